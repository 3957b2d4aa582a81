"""One lock for each file that is read, changed and written back, held from the reading to the writing.

The lock is taken on an empty hidden file beside the target (beside what a link leads to), not on one in the user's cache:
two colleagues who edit a file on a network share have different caches, but see the same folder. A folder in which no such
file can be made takes no new target either. The lock is not taken on the target, which is replaced, not written into.

The empty file is deleted by its holder before the lock is released. filelock drops a lock on a deleted file and tries again,
so that those who wait do not hold locks on different files of one name; on Windows a file that somebody waits for cannot
be deleted. The system releases the lock of a process that is killed; the empty file that is left is deleted by the next one.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos
from planwriter.system.files import remove_file, shown_path
from planwriter.system.names import cut_name
from planwriter.system.reasons import reason_of
from planwriter.system.workspace import leaving

WAIT = 60.0
"""How long a process waits for the lock, in seconds."""
_ENDING = ".planwriter-lock"
_REFUSED = frozenset((errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EINVAL))


def lock_path(target: str) -> str:
    """The path of the file that is locked for `target`."""
    folder, name = os.path.split(os.path.realpath(target))
    return os.path.join(folder, f".{cut_name(name, 255 - 1 - len(_ENDING))}{_ENDING}")


@contextlib.contextmanager
def locked(target: str) -> Iterator[Finding | None]:
    """A context in which no other process holds the lock of `target`; yields a finding if the lock cannot be had.

    The target need not exist, but its folder must. The lock is not reentrant.
    """
    from filelock import FileLock, Timeout

    path, shown = lock_path(target), shown_path(target)
    failed = leaving(target)
    if failed is None and not os.path.isdir(os.path.dirname(path)):
        failed = finding("PW801", Pos(shown), folder=os.path.dirname(shown) or ".")
    if failed is not None:
        yield failed
        return
    held = FileLock(path, timeout=WAIT, fallback_to_soft=False)
    try:
        held.acquire(poll_interval=0.02)
    except Timeout:
        failed = finding("PW802", Pos(shown), file=shown, reason="另一个 planwriter 正在改它")
    except NotImplementedError:
        failed = finding("PW802", Pos(shown), file=shown, reason=_NO_LOCKS)
    except OSError as error:
        reason = _NO_LOCKS if error.errno in _REFUSED else reason_of(error)
        failed = finding("PW802", Pos(shown), file=shown, reason=reason)
    if failed is not None:
        yield failed
        return
    try:
        yield None
    finally:
        if os.name != "nt":
            remove_file(path)
        held.release()
        if os.name == "nt":
            remove_file(path)


_NO_LOCKS = "这个盘不支持给文件加锁，两个人同时改会丢掉一个人的；把文件拷到本机的盘上再改"
