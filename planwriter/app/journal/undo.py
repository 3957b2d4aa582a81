"""Takes back what a command changed, by the journal: all files of one run of the command, or none."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

from planwriter.app.journal import journal
from planwriter.app.journal.author_files import note_all, put_file
from planwriter.app.journal.journal import FileChange, Step
from planwriter.findings.catalogue import finding, typed
from planwriter.findings.finding import Finding, Pos, Result
from planwriter.source.decode import decode
from planwriter.start.digests import sha256
from planwriter.start.records import dataclass
from planwriter.system import files
from planwriter.system.lock import locked
from planwriter.system.workspace import STORE

_MAX_LINES = 5_000
"""Of a file with more lines it is not shown line by line what changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoneFile:
    """A file that is to become what it was; None for a file that is not there."""

    path: str
    now: bytes | None
    then: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """What is to be taken back; nothing is written yet."""

    step: int
    command: str
    at: str
    """When the command ran, in UTC."""
    told: tuple[str, ...]
    files: tuple[UndoneFile, ...]
    redo: bool
    """True if it takes back an undo."""


@dataclass(frozen=True, slots=True)
class ChangedLines:
    """Lines that differ: the number of the first one in the file as it is, and both wordings."""

    number: int
    now: tuple[str, ...]
    then: tuple[str, ...]


def plan_undo(home: str, path: str = "", *, redo: bool = False, step: int = 0) -> Result[Undo | None]:
    """The last step of a journal that is not taken back, with `path` the last that changed that file; or the step of a number.

    With `redo` it is the last undo instead. None, and findings, if there is none, or if a file is no longer as it was left.
    """
    noted = journal.read_journal(home, files.shown_path(path or home))
    made = _plan(home, path, noted.value, redo=redo, step=step)
    return Result(made.value, (*noted.findings, *made.findings))


def _plan(home: str, path: str, noted: list[FileChange], *, redo: bool, step: int) -> Result[Undo | None]:
    steps = _steps(noted)
    names = journal.known_names(home, noted, path, _now(path)) if path else ()
    taken = _taken_back(steps)
    for number in sorted(steps, reverse=True):
        done = steps[number]
        undone = steps.get(done[0].undoes)
        is_redo = undone is not None and not undone[0].undoes
        wanted = number == step if step else number not in taken and (is_redo if redo else not done[0].undoes)
        if not wanted or (path and not any(each.file in names for each in done)):
            continue
        made = _prepared(home, number, done, dict.fromkeys(names, path), redo=redo)
        if step or made is not None:
            return made or _none(home, path, steps, "这一步改过的文件现在就是改以前的样子", redo=redo)
    if step:
        reason = f"没有第 {step} 步"
    elif redo:
        reason = "没有撤销过什么"
    else:
        reason = "记着的都撤销过了" if any(each.file in names or not path for each in noted) else "没有记着它的改动"
    return _none(home, path, steps, reason, redo=redo)


def _steps(changes: list[FileChange]) -> dict[int, list[FileChange]]:
    """The changes of each step, one for each file: from how the step found it to how it left it."""
    made: dict[int, dict[str, FileChange]] = {}
    for each in changes:
        known = made.setdefault(each.step, {})
        first = known.get(each.file)
        known[each.file] = each._replace(before=first.before, told=(*first.told, *each.told)) if first else each
    return {number: [*known.values()] for number, known in made.items()}


def steps_taken_back(changes: list[FileChange]) -> set[int]:
    """The numbers of the steps in a journal that are taken back."""
    return _taken_back(_steps(changes))


def _taken_back(steps: dict[int, list[FileChange]]) -> set[int]:
    """The numbers of the steps that an undo took back, which was not taken back itself."""
    taken: set[int] = set()
    for number in sorted(steps, reverse=True):
        undoes = steps[number][0].undoes
        if undoes and number not in taken:
            taken.add(undoes)
    return taken


def _prepared(
    home: str, number: int, done: list[FileChange], places: dict[str, str], *, redo: bool
) -> Result[Undo | None] | None:
    """What taking back a step needs; None if all of its files are as they were before it."""
    made: list[UndoneFile] = []
    found: list[Finding] = []
    for each in done:
        path = _as_typed(places.get(each.file) or os.path.join(home, each.file))
        shown = files.shown_path(path)
        if journal.name_in(home, path) is None:
            real = files.shown_path(os.path.realpath(path))
            found.append(finding("PW807", Pos(shown), file=shown, real=real))
            continue
        now = _now(path)
        state = sha256(now) if now is not None else ""
        if state == each.before:
            continue
        if state != each.after:
            found.append(_moved_on(home, shown, each, is_gone=now is None))
            continue
        then = journal.copy_of(home, each.before) if each.before else None
        if then is None and each.before:
            found.append(finding("PW891", Pos(shown), file=shown, when=journal.local_time(each.at)))
            continue
        made.append(UndoneFile(path=path, now=now, then=then))
    if found:
        return Result(None, tuple(found))
    if not made:
        return None
    told = tuple(word for each in done for word in each.told)
    last = done[-1]
    return Result(
        Undo(
            step=number, command=last.command, at=last.at, told=told, files=tuple(made), redo=redo or bool(last.undoes)
        )
    )


def _as_typed(path: str) -> str:
    """A path relative to the current folder, if it is in it."""
    here = files.current_folder()
    inside = os.path.normcase(path).startswith(os.path.join(os.path.normcase(here), ""))
    return os.path.relpath(path, here) if inside else path


def _now(path: str) -> bytes | None:
    if not os.path.isfile(path):
        return None
    data = files.read_file(path, limit=journal.MAX_COPY).value
    return data if data is None or len(data) <= journal.MAX_COPY else None


def _moved_on(home: str, shown: str, change: FileChange, *, is_gone: bool) -> Finding:
    """PW890: a file is no longer as the step left it."""
    when = f"{journal.local_time(change.at)} 那一步（{change.command}）"
    if is_gone:
        return finding(
            "PW890",
            Pos(shown),
            file=shown,
            reason=f"在 {when}以后不在了",
            advice="改了名的，写新名字：planwriter undo 新名字。",
        )
    kept = bool(change.before) and journal.copy_of(home, change.before) is not None
    out = typed(
        "planwriter", "undo", shown, "--step", str(change.step), "-o", f"{os.path.splitext(shown)[0]}-改以前.yaml"
    )
    advice = f"要看改以前的样子，另存一份来对照：{out}。" if kept else "对照着自己改回来。"
    return finding("PW890", Pos(shown), file=shown, reason=f"在 {when}以后又改过", advice=advice)


_MOST_NAMED = 3


def _none(home: str, path: str, steps: dict[int, list[FileChange]], reason: str, *, redo: bool) -> Result[Undo | None]:
    shown = files.shown_path(path) if path else os.path.basename(os.path.abspath(home))
    others = list(dict.fromkeys(each.file for number in sorted(steps, reverse=True) for each in steps[number]))
    others = [name for name in others if not name.startswith(STORE)]
    own = journal.name_in(home, path) if path else None
    others = [name for name in others if name != own]
    advice = "planwriter log 提纲 列出记着的改动。"
    if own and others and shown.endswith(own):
        folder = shown[: -len(own)]
        commands = "、".join(typed("planwriter", "undo", folder + name) for name in others[:_MOST_NAMED])
        advice = f"记着改动的是别的文件，要撤销的是它，输入 {commands}。"
    return Result(None, (finding("PW892", Pos(shown), what="重做" if redo else "撤销", reason=reason, advice=advice),))


def old_copy(home: str, path: str, step: int) -> Result[bytes | None]:
    """What a file held before a step, whether or not it can be taken back."""
    steps = _steps(journal.read_changes(home))
    name = journal.name_in(home, path)
    found = next((each for each in steps.get(step, ()) if each.file == name), None)
    shown = files.shown_path(path)
    if found is None:
        return Result(None, _none(home, path, steps, f"没有改过它的第 {step} 步", redo=False).findings)
    data = journal.copy_of(home, found.before) if found.before else None
    when = journal.local_time(found.at)
    return Result(data, () if data is not None else (finding("PW891", Pos(shown), file=shown, when=when),))


def save_old(home: str, path: str, step: int, output: str) -> tuple[Finding, ...]:
    """Writes what a file held before a step as a new file."""
    old = old_copy(home, path, step)
    if old.value is None:
        return old.findings
    failed = files.write_new(output, old.value, private=files.is_private(path))
    return (failed,) if failed else ()


def write_undo(undo: Undo) -> tuple[Finding, ...]:
    """Writes all files of an undo, or none if one is no longer as it was shown; the journal notes it as a step."""
    with contextlib.ExitStack() as held:
        for each in sorted(undo.files, key=lambda file: os.path.realpath(file.path)):
            failed = held.enter_context(locked(each.path))
            if failed is not None:
                return (failed,)
        for each in undo.files:
            if _now(each.path) != each.now:
                shown = files.shown_path(each.path)
                return (finding("PW890", Pos(shown), file=shown, reason="刚刚被别人改过", advice="再试一次。"),)
        done: list[UndoneFile] = []
        for each in undo.files:
            failed = put_file(each.path, each.then)
            if failed is not None:
                for back in done:
                    put_file(back.path, back.now)
                return (failed,)
            done.append(each)
        step = Step("undo --redo" if undo.redo else "undo", undoes=undo.step)
        return note_all([(each.path, each.now, each.then) for each in undo.files], step, undo.told)


def changed_lines(now: bytes | None, then: bytes | None) -> Iterator[ChangedLines] | None:
    """The lines in which two states of a text differ; None if they are not both texts that can be compared."""
    texts = [decode(data, "") if data is not None else Result("") for data in (now, then)]
    lines = [text.value.split("\n") if text.value else [] for text in texts]
    is_text = not any(data and (b"\0" in data or data.startswith(b"PK")) for data in (now, then))
    return _differing(lines[0], lines[1]) if is_text and max(map(len, lines)) <= _MAX_LINES else None


def _differing(now: list[str], then: list[str]) -> Iterator[ChangedLines]:
    from difflib import SequenceMatcher

    for tag, first, last, start, end in SequenceMatcher(None, now, then, autojunk=False).get_opcodes():
        if tag != "equal":
            yield ChangedLines(first + 1, tuple(now[first:last]), tuple(then[start:end]))
