"""The comments of people in a .docx go into the one that is rendered anew; if they are all that was added, it may take its place."""

from __future__ import annotations

import os

from planwriter.compare.edited import hand_edits
from planwriter.compare.from_record import version_of_record
from planwriter.compare.from_word import version_of_word
from planwriter.compare.kept_comments import KeptComments, keep_comments
from planwriter.findings.finding import Result
from planwriter.readers.docx.read import read_docx
from planwriter.start.records import dataclass
from planwriter.system import files
from planwriter.writers.docx.record import record_of_docx

_MAX_BYTES = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class WithComments:
    """A rendered .docx with the comments of an older one."""

    kept: KeptComments
    may_replace: bool
    """True if nothing but its comments is lost when the older one is overwritten."""


def with_kept_comments(old: str, new: bytes, target: str) -> Result[WithComments | None]:
    """The .docx `new`, to be written to `target`, with the comments in the file `old`; None if that cannot be read."""
    shown = files.shown_path(old)
    data = files.read_named(old, shown, limit=_MAX_BYTES)
    if data.value is None:
        return Result(None, data.findings)
    made = keep_comments(data.value, new, shown)
    if made.value is None:
        return Result(None, made.findings)
    is_same = os.path.exists(target) and os.path.samefile(old, target)
    return Result(WithComments(made.value, is_same and _has_only_comments(data.value, shown)), made.findings)


def _has_only_comments(data: bytes, shown: str) -> bool:
    """True if nothing that a reader sees was changed since the file was made, and no tracked change is open."""
    record = record_of_docx(data, shown).value
    if record is None:
        return False
    base = version_of_record(record, shown)
    read = version_of_word(data, shown, base=base)
    if read.value is None or read.findings:
        return False
    found = hand_edits(base, read.value)
    if found.words or found.format:
        return False
    return not any(run.revision is not None for each in read_docx(data).paragraphs for run in each.runs)
