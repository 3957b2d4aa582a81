"""A .docx that came back: what it was made from, and what it is now."""

from __future__ import annotations

import os
from collections.abc import Mapping

from planwriter.app.journal.rendered import kept_record
from planwriter.compare.edits.hand_edits import EditKind, HandEdit, hand_edits
from planwriter.compare.versions.from_record import version_of_record
from planwriter.compare.versions.from_word import version_of_word
from planwriter.compare.versions.version import PlanVersion
from planwriter.findings.finding import Findings, Result
from planwriter.start.records import dataclass, field
from planwriter.system import files
from planwriter.writers.docx.package import is_untouched
from planwriter.writers.docx.questions import questions_of
from planwriter.writers.docx.record import Record, record_of_docx


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A .docx that came back: what it was made from, and what it is now."""

    path: str
    data: bytes = b""
    record: Record | None
    base: PlanVersion | None
    """None if it is not known what it was made from."""
    edited: PlanVersion
    kept: tuple[HandEdit, ...] = ()
    """The sentences with tracked changes, if these stay as they are."""
    asked: Mapping[str, str] = field(default_factory=dict)
    """The conflicts that were marked in it as tracked changes, with their cases: what it says now is what was decided."""


def read_returned(path: str, outline_path: str, *, keeps_tracked: bool = False) -> Result[Returned | None]:
    """The file at `path`; None, and findings, if it cannot be read."""
    shown_name = files.shown_path(path)
    data = files.read_named(path, shown_name)
    if data.value is None:
        return Result(None, data.findings)
    found = Findings()
    record = found.take(record_of_docx(data.value, shown_name))
    base = None
    if record is None and is_untouched(data.value):  # it is what it was made as
        base = version_of_word(data.value, shown_name).value
    elif record is None:
        record = found.take(kept_record(path, outline_path, data.value))
    if record is not None:
        base = version_of_record(record, shown_name)
    edited = found.take(version_of_word(data.value, shown_name, base=base))
    if edited is None:
        return found.result(None)
    kept: tuple[HandEdit, ...] = ()
    if keeps_tracked:
        before = version_of_word(data.value, shown_name, view="original", base=base).value
        if before is not None:
            tracked = hand_edits(before, edited, by_marks=False)
            kept = tuple(each for each in tracked.edits if each.kind not in (EditKind.COMMENT, EditKind.FORMAT))
            edited = before
    asked = {} if keeps_tracked else questions_of(data.value)
    made = Returned(path=path, data=data.value, record=record, base=base, edited=edited, kept=kept, asked=asked)
    return found.result(made)


def outline_of(docx: str) -> str | None:
    """The outline that a .docx was made from, if it stands in the same folder; None if that is not known."""
    data = files.read_file(docx)
    record = record_of_docx(data.value, docx).value if data.value is not None else None
    name = record.made.outline if record is not None else ""
    if not name or os.path.basename(name.replace("\\", "/")) != name:  # a record may say anything
        return None
    path = os.path.join(os.path.dirname(docx), name)
    return path if os.path.isfile(path) else None
