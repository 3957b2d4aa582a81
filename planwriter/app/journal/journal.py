"""The journal of a workspace: which command changed which of its author's files when, with copies of both states.

It lies in `.planwriter/journal` beside the workspace file, or beside the changed file if there is no workspace: a text with a
line for each change, and compressed copies named by the sha256 of what they hold. `app/journal/undo` takes changes back
by it, `app/history` shows them, `app/journal/rendered` keeps what documents were made from.

A change that cannot be noted happens all the same, and a finding says that it cannot be taken back. The journal may come from
somebody else: it is bounded, what does not fit is left out, a copy counts only if it has the sha256 of its name, and no
path in it leads out of the folder.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos, Result
from planwriter.start.digests import sha256
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import re, regex
from planwriter.start.records import dataclass, field
from planwriter.system import files
from planwriter.system.journal_folder import make_journal_folder
from planwriter.system.kept_files import append_line, read_end, size_of, sizes_in
from planwriter.system.workspace import STORE, home_of, journal_folder, leads_astray

MAX_COPIES = 64 * 1024 * 1024
"""How much room the copies may take; the oldest are dropped."""
MAX_COPY = 32 * 1024 * 1024
"""A larger file is not copied, so that its change cannot be taken back."""
MAX_TEXT = 4 * 1024 * 1024
"""How long the text of the journal may be; the older half is dropped."""
_TEXT = "journal.txt"
_COPY = ".z"
_HEAD = b"# planwriter 1\n"
_MAX_WORD = 1000
_MAX_TOLD = 20
_SHA = regex(r"[0-9a-f]{64}")
_NUMBER = regex(r"\d{1,9}", re.A)
_TIME = regex(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.A)
_COPY_HEAD = regex(rb"planwriter (\d{1,9})\n")
_ESCAPED = regex(r"\\(.)", re.S)
_PLAIN = {"t": "\t", "n": "\n", "r": "\r"}


class FileChange(NamedTuple):
    """One file that a command changed."""

    step: int
    """The number of the run of the command; several files changed by one run have the same."""
    at: str
    """When, in UTC: 2026-11-30T08:00:00Z."""
    command: str
    file: str
    """Its path relative to the folder of the journal, with forward slashes."""
    before: str
    """The sha256 of what it held; "" if it was not there."""
    after: str
    """The sha256 of what it holds since; "" if it was deleted."""
    undoes: int
    """The number of the step that was taken back; 0 if this is none that takes back."""
    told: tuple[str, ...]
    """What changed, as the command showed it."""


@dataclass(slots=True)
class Step:
    """One run of a command, whose changes belong together."""

    command: str
    undoes: int = 0
    at: str = ""
    """When; now, if it is not given."""
    numbers: dict[str, int] = field(default_factory=dict)
    """Its number in each journal in which it has noted something."""


def stamp(seconds: int) -> str:
    """A time in seconds since 1970 as the journal writes it, in UTC."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def local_time(at: str) -> str:
    """A time of the journal as a writer here reads it: 2026-11-30 16:00."""
    import calendar

    seconds = calendar.timegm(time.strptime(at, "%Y-%m-%dT%H:%M:%SZ"))
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(seconds))


# names


def name_in(home: str, path: str) -> str | None:
    """The path of a file relative to the folder of its journal; None if it lies elsewhere, links followed."""
    real, folder = os.path.realpath(path), os.path.realpath(home)
    if not os.path.normcase(real).startswith(os.path.join(os.path.normcase(folder), "")):
        return None
    name = os.path.relpath(os.path.abspath(path), home).replace(os.sep, "/")
    return name if is_inner(name) else None


def is_inner(name: str) -> bool:
    """True for the relative path of a file that commands change: not hidden, but for the packages of libraries."""
    if not 0 < len(name) <= _MAX_WORD or "\0" in name or "\\" in name or ":" in name:
        return False
    parts = name.split("/")
    if parts[0] == STORE:
        return len(parts) == 2 and parts[1].endswith(".pwlib") and not parts[1].startswith(".")
    return all(each and not each.startswith(".") for each in parts)


def known_names(home: str, done: Sequence[FileChange], path: str, data: bytes | None) -> tuple[str, ...]:
    """The names under which the journal knows a file: its own, and those that it had before it was renamed.

    That it was renamed shows in what it holds (`data`, or what its first change found), and in that the other file is gone.
    """
    own = name_in(home, path)
    names = [own] if own is not None else []
    state = sha256(data) if data is not None else ""
    for each in reversed(done):
        if each.file not in names:
            if not state or each.after != state or os.path.lexists(os.path.join(home, each.file)):
                continue
            names.append(each.file)
        state = each.before
    return tuple(names)


# noting


def note_change(
    path: str, before: bytes | None, after: bytes | None, step: Step, told: Sequence[str] = ()
) -> tuple[Finding, ...]:
    """Notes that a file was changed; None if it was not, or is no longer, there. To be called when it is done.

    A warning (PW894) if that fails, and a hint (PW895) if older copies were dropped for it.
    """
    if before == after:
        return ()
    home = home_of(path)
    reason = _why_not(home, path, before, after)
    if not reason:
        from planwriter.system.lock import locked

        folder = journal_folder(home)
        failed = make_journal_folder(home)
        if failed is None:
            with locked(os.path.join(folder, _TEXT)) as failed:
                if failed is None:
                    return _note(home, path, before, after, step, told)
        reason = _reason(failed)
    return (_unnoted(path, reason),)


def _why_not(home: str, path: str, before: bytes | None, after: bytes | None) -> str:
    """Why a change cannot be noted; "" if it can."""
    if leads_astray(home):
        return f"{STORE}/journal 是指到别处的链接"
    if name_in(home, path) is None:
        return "它是指到别处的链接，或者是隐藏的文件"
    if max(len(before or b""), len(after or b"")) > MAX_COPY:
        return f"文件超过 {MAX_COPY // 1024 // 1024} MB"
    return ""


def _note(
    home: str, path: str, before: bytes | None, after: bytes | None, step: Step, told: Sequence[str]
) -> tuple[Finding, ...]:
    """Notes a change in a journal that is locked."""
    folder = journal_folder(home)
    done = read_changes(home)
    if home not in step.numbers:
        step.numbers[home] = max((each.step for each in done), default=0) + 1
    private = files.is_private(path)
    states = []
    for data in (before, after):
        states.append(sha256(data) if data is not None else "")
        failed = _keep(folder, data, states[-1], private=private, sync=data is before) if data is not None else None
        if failed is not None:
            return (_unnoted(path, _reason(failed)),)
    change = FileChange(
        step.numbers[home],
        step.at or stamp(files.now()),
        step.command,
        name_in(home, path) or "",
        states[0],
        states[1],
        step.undoes,
        () if private else tuple(each[:_MAX_WORD] for each in told[:_MAX_TOLD]),
    )
    line = f"{_line_of(change)}\n".encode("utf-8", "replace")
    failed = append_line(os.path.join(folder, _TEXT), line, head=_HEAD)
    if failed is not None:
        return (_unnoted(path, _reason(failed)),)
    return _shortened(home, path, [*done, change])


def _unnoted(path: str, reason: str) -> Finding:
    shown = files.shown_path(path)
    return finding("PW894", Pos(shown), file=shown, reason=reason)


def _reason(failed: Finding | None) -> str:
    """Why the journal could not be written, without the name of its file."""
    return failed.message.rstrip("。").partition("：")[2] or failed.message.rstrip("。") if failed else ""


def copy_path(home: str, state: str) -> str:
    """The path of the copy of what has this sha256."""
    return os.path.join(journal_folder(home), state + _COPY)


def packed_copy(data: bytes) -> bytes:
    """Bytes as they are kept: their number, then deflated."""
    from planwriter.system.zip_write import deflated

    return b"planwriter %d\n" % len(data) + deflated(data).packed


def unpacked_copy(packed: bytes) -> bytes | None:
    """The bytes that were packed; None if anything is wrong with them."""
    from planwriter.system.zip_inflate import inflate

    head = _COPY_HEAD.match(packed)
    if head is None or int(head[1]) > MAX_COPY:
        return None
    return inflate(packed[head.end() :], int(head[1]))


def _keep(folder: str, data: bytes, state: str, *, private: bool, sync: bool) -> Finding | None:
    """Keeps a copy, unless it is there already."""
    path = os.path.join(folder, state + _COPY)
    if os.path.lexists(path):
        if _read_copy(path, state) is not None:
            return None
        files.remove_file(path)  # damaged, or a link
    return files.write_file(path, packed_copy(data), private=private, sync=sync)


def copy_of(home: str, state: str) -> bytes | None:
    """What had this sha256; None if there is no copy, or a damaged one."""
    return None if leads_astray(home) else _read_copy(copy_path(home, state), state)


def _read_copy(path: str, state: str) -> bytes | None:
    if os.path.islink(path) or not os.path.isfile(path):
        return None
    packed = files.read_file(path, limit=MAX_COPY).value
    data = unpacked_copy(packed) if packed is not None and len(packed) <= MAX_COPY else None
    return data if data is not None and sha256(data) == state else None


def _shortened(home: str, path: str, done: list[FileChange]) -> tuple[Finding, ...]:
    """Drops the oldest copies and lines if there are too many; a hint says since when changes can be taken back."""
    folder = journal_folder(home)
    sizes = {name: size for name, size in sizes_in(folder).items() if name.endswith(_COPY)}
    if size_of(os.path.join(folder, _TEXT)) > MAX_TEXT * 3 // 4:
        left = done[len(done) // 2 :]
        lines = "".join(f"{_line_of(each)}\n" for each in left)
        failed = files.write_file(os.path.join(folder, _TEXT), _HEAD + lines.encode("utf-8", "replace"))
        if failed is not None:
            return ()  # the next change tries again
    elif sum(sizes.values()) > MAX_COPIES:
        left = _fitting(done, sizes)
    else:
        return ()
    kept = {state + _COPY for each in left for state in (each.before, each.after)}
    files.delete_files(folder, lambda name: name.endswith(_COPY) and name not in kept)
    shown, size = files.shown_path(path), f"{MAX_COPIES // 1024 // 1024} MB"
    return (finding("PW895", Pos(shown), file=shown, size=size, since=local_time(left[0].at)),)


def _fitting(done: list[FileChange], sizes: dict[str, int]) -> list[FileChange]:
    """The last changes, at least one, whose copies take three quarters of the room."""
    kept: set[str] = set()
    room = MAX_COPIES * 3 // 4
    for number in range(len(done) - 1, -1, -1):
        names = {state + _COPY for state in (done[number].before, done[number].after)} - kept
        room -= sum(sizes.get(name, 0) for name in names)
        if room < 0 and kept:
            return done[number + 1 :]
        kept |= names
    return done


# the text


def _line_of(change: FileChange) -> str:
    return joined(
        "change",
        str(change.step),
        change.at,
        change.command,
        change.file,
        change.before or "-",
        change.after or "-",
        str(change.undoes),
        *change.told,
    )


def joined(*words: str) -> str:
    """Words as one line, separated by tabs; read by `parted`."""
    return "\t".join(
        word.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r") for word in words
    )


def parted(line: str) -> list[str]:
    """The words of a line."""
    return [_ESCAPED.sub(lambda mark: _PLAIN.get(mark[1], mark[1]), word) for word in line.split("\t")]


def read_journal(home: str, shown: str) -> Result[list[FileChange]]:
    """What the journal of a folder notes, oldest first, with a warning (PW893) on what is left out for the file `shown`."""
    path = os.path.join(journal_folder(home), _TEXT)
    if not os.path.lexists(path):
        return Result([])
    if leads_astray(home) or os.path.islink(path):
        return _unread(shown, "它是指到别处的链接，整份没有看")
    data = read_end(path, MAX_TEXT)
    if data.value is None:
        return _unread(shown, _reason(data.findings[0]))
    made: list[FileChange] = []
    damaged = 0
    for line in data.value.decode("utf-8", "replace").split("\n"):
        change = _change(line)
        if change is not None:
            made.append(change)
        elif line and not line.startswith("#"):
            damaged += 1
    return Result(made, _unread(shown, f"有 {damaged} 行坏了，略过了").findings if damaged else ())


def _unread(shown: str, reason: str) -> Result[list[FileChange]]:
    return Result([], (finding("PW893", Pos(shown), reason=reason),))


def read_changes(home: str) -> list[FileChange]:
    """What the journal of a folder notes, as far as it can be read."""
    return read_journal(home, "").value


def _change(line: str) -> FileChange | None:
    """The change in a line of the journal; None if the line does not fit, such as a torn one."""
    match parted(line):
        case ["change", step, at, command, file, before, after, undoes, *told]:
            states = [each.replace("-", "") for each in (before, after)]
            numbers = all(_NUMBER.fullmatch(each) for each in (step, undoes))
            is_sound = numbers and _is_time(at) and is_inner(file) and states[0] != states[1]
            if is_sound and int(step) and all(not each or _SHA.fullmatch(each) for each in states):
                words = tuple(each[:_MAX_WORD] for each in told[:_MAX_TOLD])
                return FileChange(int(step), at, command[:_MAX_WORD], file, states[0], states[1], int(undoes), words)
        case _:
            pass
    return None


def _is_time(word: str) -> bool:
    if _TIME.fullmatch(word) is None:
        return False
    try:
        time.strptime(word, "%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        return False
    return True
