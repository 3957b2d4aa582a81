"""What a document was made from: the files that were read and looked for while it was made, each with its state then.

Nothing is recorded until `accounted` or `begin` is called, so that a short command does not pay for it.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator

from planwriter.system.plain import open_plain

MAX_BYTES = 64 * 1024 * 1024
"""Of a larger file the state is unknown, as if it changed all the time."""
UNKNOWN = "?"
CONTENT, FILE, THERE, NAMES = "=", "?", "!", "/"
SORTS = (CONTENT, FILE, THERE, NAMES)
"""The sorts of facts: the content of a file, whether a file or anything is there, the names in a folder."""


class _Account:
    """The facts that are being recorded in this process."""

    __slots__ = ("begun", "kept", "on", "open")

    def __init__(self) -> None:
        self.on = False
        self.begun = 0
        self.open = 0
        """How many contexts of `facts` there are around this place."""
        self.kept: dict[object, dict[str, str]] = {}


log: list[tuple[str, str]] = []
"""The facts recorded so far, in their order: what a context or a function reads is what it adds. Empty between documents."""


_account = _Account()


def begin() -> None:
    """From now on this process keeps account of what it reads."""
    if not _account.on:
        _account.on = True
        _account.begun += 1


def number() -> int:
    """The number of the account that this process keeps, 0 if it keeps none."""
    return _account.begun if _account.on else 0


@contextlib.contextmanager
def accounted() -> Iterator[None]:
    """A context in which this process keeps account of what it reads; within another one it changes nothing."""
    if _account.on:
        yield
        return
    begin()
    try:
        yield
    finally:
        _account.on = False
        _account.kept.clear()
        log.clear()


@contextlib.contextmanager
def keeping(key: object) -> Iterator[None]:
    """A context whose reads are remembered under a key, since what was read stays in memory. See `reuse`."""
    start = len(log)
    try:
        yield
    finally:
        if _account.on:
            _account.kept.setdefault(key, {}).update(log[start:])


def reuse(key: object) -> None:
    """To be called when what was read in `keeping` is used: counts those reads for what is being made now."""
    count(_account.kept.get(key))


def since(start: int) -> dict[str, str] | None:
    """The facts recorded since the log had `start` entries; None if there are none."""
    return dict(log[start:]) if len(log) > start else None


def count(again: dict[str, str] | None) -> None:
    """Counts what was read earlier for what is being made now."""
    if again and _account.on:
        log.extend(again.items())


@contextlib.contextmanager
def facts() -> Iterator[dict[str, str]]:
    """A context whose reads are recorded: a mapping from a sort and an absolute path (`=/home/a.yaml`) to a state.

    It is filled when the context ends, and stays empty if no account is kept. The outermost one empties the log.
    """
    made: dict[str, str] = {}
    if not _account.on:
        yield made
        return
    start = len(log)
    _account.open += 1
    try:
        yield made
    finally:
        made.update(log[start:])
        _account.open -= 1
        if not _account.open:
            log.clear()


def note(sort: str, path: str, state: Callable[[], str]) -> None:
    """Records a fact, if account is kept."""
    if _account.on:
        log.append((sort + os.path.abspath(path), state()))


def is_file(path: str) -> bool:
    """Whether there is a file at `path`, recorded."""
    found = os.path.isfile(path)
    note(FILE, path, lambda: str(int(found)))
    return found


def is_there(path: str) -> bool:
    """Whether there is anything at `path`, recorded."""
    found = os.path.exists(path)
    note(THERE, path, lambda: str(int(found)))
    return found


def content(data: bytes | None, limit: int = MAX_BYTES) -> str:
    """The state of a file whose bytes are `data`, read up to `limit`; None if it could not be read."""
    if data is None:
        return ""
    return UNKNOWN if len(data) > limit else _digest(data)


def names(found: Iterable[str] | None) -> str:
    """The state of a folder with these names in it; None if it could not be read."""
    return "" if found is None else _digest("\n".join(sorted(found)).encode("utf-8", "replace"))


def _digest(data: bytes) -> str:
    import hashlib  # not needed by a short command

    return hashlib.sha256(data).hexdigest()[:32]


def state_of(fact: str) -> str:
    """The state of a fact now."""
    sort, path = fact[:1], fact[1:]
    if sort == CONTENT:
        return content(_read(path))
    if sort == NAMES:
        return names(_listed(path))
    return str(int(os.path.isfile(path) if sort == FILE else os.path.exists(path)))


def _read(path: str) -> bytes | None:
    try:
        with open_plain(path) as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError):
        return None


def _listed(path: str) -> list[str] | None:
    try:
        return os.listdir(path)
    except (OSError, ValueError):
        return None
