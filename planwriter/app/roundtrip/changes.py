"""How a .docx differs from the one that was made under the same name before."""

from __future__ import annotations

from planwriter.compare.edits.hand_edits import HandEdits, hand_edits
from planwriter.compare.versions.from_record import version_of_record
from planwriter.compare.versions.version import PlanVersion
from planwriter.writers.docx.record import decode, record_text


def changes_since(before: bytes, now: bytes, *, read: bool = False) -> HandEdits | None:
    """What differs between two .docx as they were made, by their records; None if one of them has none.

    With `read`, a .docx without a record is read as it is.
    """
    old, new = _made(before, read=read), _made(now, read=read)
    return hand_edits(old, new, by_marks=False) if old is not None and new is not None else None


def _made(data: bytes, *, read: bool) -> PlanVersion | None:
    """The version that a .docx was when it was made."""
    text = record_text(data)
    record = decode(text) if text is not None else None
    if record is not None:
        return version_of_record(record, "")
    if not read:
        return None
    from planwriter.compare.versions.from_word import version_of_word

    return version_of_word(data, "").value
