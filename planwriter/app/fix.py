"""Mends what is certain in an outline: applies the remedies of its findings, round by round, until nothing changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from planwriter.app import plans
from planwriter.app.journal.author_files import replace_file
from planwriter.app.journal.journal import Step
from planwriter.app.outputs import keep_copy
from planwriter.app.session import Session
from planwriter.findings.finding import Finding, Result, has_errors
from planwriter.source import keys
from planwriter.source.decode import CODECS, decode
from planwriter.source.remedies import apply_remedies
from planwriter.start.records import dataclass
from planwriter.system import files
from planwriter.system.lock import locked

MAX_ROUNDS = 100
"""How often remedies are applied; what one round applies may uncover what the next one finds."""
_ROOM = 10_000
"""How many bytes a mended file may have beyond twice its size."""


@dataclass(frozen=True, slots=True)
class FixedLine:
    """A line that changed: its number, how it was and how it is, and the codes of the findings that are mended."""

    number: int
    before: str
    after: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """A mended outline; nothing is written yet."""

    path: str
    before: bytes
    after: bytes
    count: int
    """How many findings were mended."""
    lines: tuple[FixedLine, ...]
    converted: str
    """The encoding that was changed to UTF-8; "" if none was."""
    left: tuple[Finding, ...]
    """The findings on the mended outline."""


def fix_bytes(session: Session, data: bytes, path: str) -> Fixed:
    """The outline `data`, which stands at `path`, with every certain remedy applied."""
    shown = files.shown_path(path)
    made, converted, count = data, "", 0
    codes: dict[int, list[str]] = {}
    for _ in range(MAX_ROUNDS):
        found = plans.plan_bytes(session, made, shown, path=path).findings
        by_remedy = {each.remedy: each for each in found if each.remedy}
        old = made
        made, applied = apply_remedies(made, list(by_remedy), keys.OUTLINE_KEYS)
        if made == old or len(made) > 2 * len(data) + _ROOM:
            break
        count += len(applied)
        for remedy in applied:
            for pos, encoding, _new in remedy:
                if pos.line:
                    codes.setdefault(pos.line, []).append(by_remedy[remedy].code)
                else:
                    converted = CODECS[encoding]
    else:
        found = plans.plan_bytes(session, made, shown, path=path).findings
    lines = tuple(
        FixedLine(number, before, after, tuple(dict.fromkeys(codes.get(number, ()))))
        for number, (before, after) in enumerate(zip(_lines(data), _lines(made), strict=True), 1)
        if before != after
    )
    return Fixed(path=path, before=data, after=made, count=count, lines=lines, converted=converted, left=found)


def _lines(data: bytes) -> list[str]:
    return decode(data, "").value.split("\n")


@contextmanager
def fixing(session: Session, path: str) -> Iterator[Result[Fixed | None]]:
    """The mended outline at `path`, while no other process may change the file; None if it cannot be read or locked."""
    with locked(path) as failed:
        data = files.read_file(path, files.shown_path(path)) if failed is None else Result(None, (failed,))
        yield Result(None if data.value is None else fix_bytes(session, data.value, path), data.findings)


def write_fixed(fixed: Fixed, step: Step) -> Result[str | None]:
    """Writes a mended outline, all of it or nothing, and returns the path of the copy of the old one beside it.

    `step` is the run of the command, which may mend several.
    """
    copy = keep_copy(fixed.path, "改前", files.write_file)
    if copy.value is None:
        return copy
    told = [f"改了 {fixed.count} 处"]
    written = replace_file(fixed.path, fixed.before, fixed.after, step, told)
    return Result(None, written) if has_errors(written) else Result(copy.value, written)
