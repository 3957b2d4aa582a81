"""Whether a .docx was edited since it was made of its outline, and how, as a reader sees it.

It is compared with what it was when it was made: the record in it, or the copy that the journal keeps. Without either it is compared
with the outline as it stands, and a finding says so.
"""

from __future__ import annotations

from planwriter.compare.edited import HandEdits, hand_edits
from planwriter.compare.from_record import version_of_record
from planwriter.compare.from_word import version_of_word
from planwriter.compare.version import PlanVersion
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Findings, Pos, Result
from planwriter.model import MadeFrom
from planwriter.start.enums import Enum
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.records import replace
from planwriter.system import files
from planwriter.writers.docx.package import is_untouched
from planwriter.writers.docx.record import record_of_docx

MAX_DOCX = 64 * 1024 * 1024


class BaseSource(str, Enum):
    """Where it stands what a .docx was when it was made."""

    RECORD = "record"
    """In the .docx."""
    COPY = "copy"
    """In the journal."""
    FILE = "file"
    """The .docx itself, which is as it was made."""
    OUTLINE = "outline"
    """Nowhere: the outline as it stands takes its place."""


class DocxBase(NamedTuple):
    """What a .docx was when it was made."""

    version: PlanVersion
    source: BaseSource
    made: MadeFrom | None = None
    """The outline that it was made of, if the record says so."""


def base_of(data: bytes, docx: str, current: PlanVersion | None, outline: str = "") -> Result[DocxBase | None]:
    """What the .docx `data` was when it was made; `current` is its outline as it stands, if that is sound.

    `docx` and `outline` are the paths under which the journal may know it.
    """
    found = Findings()
    shown = files.shown_path(docx)
    record = found.take(record_of_docx(data, shown))
    if record is not None:
        return found.result(DocxBase(version_of_record(record, shown), BaseSource.RECORD, record.made))
    if is_untouched(data):
        version = found.take(version_of_word(data, shown))
        return found.result(DocxBase(version, BaseSource.FILE) if version is not None else None)
    copy = _kept(docx, outline)
    if copy is not None:
        return found.result(DocxBase(copy, BaseSource.COPY))
    if current is None:
        found += (finding("PW852", Pos(shown), what="提纲又有错误，没有东西可比"),)
        return found.result(None)
    found += (finding("PW852", Pos(shown), what="和现在的提纲比，提纲后来改的也算在手改里"),)
    return found.result(DocxBase(current, BaseSource.OUTLINE))


def _kept(docx: str, outline: str) -> PlanVersion | None:
    """The version of which the journal keeps a copy."""
    if "://" in docx:
        return None
    from planwriter.app.rendered import last_render
    from planwriter.writers.docx.record import decode

    kept = last_render(docx, outline)
    record = decode(kept.record_text()) if kept is not None else None
    return version_of_record(record, files.shown_path(docx)) if record is not None else None


def edits_in(data: bytes, docx: str, base: DocxBase, now: bytes | None = None) -> Result[HandEdits | None]:
    """What was done by hand in the .docx `data`; None if it cannot be read.

    `now` is what the outline would give now: the record does not know pages, headers and footers, so these are compared with it.
    """
    fresh = version_of_word(now, "").value if now is not None else None
    version = replace(base.version, around=fresh.around) if fresh is not None else base.version
    edited = version_of_word(data, files.shown_path(docx), base=version)
    if edited.value is None:
        return Result(None, edited.findings)
    return Result(hand_edits(version, edited.value), edited.findings)


def is_edited(old: bytes, docx: str, now: bytes) -> bool:
    """True if the .docx `old` holds anything that a reader sees and that was not made by planwriter, or may.

    `now` is the .docx that is to take its place; if it is not known what `old` was, it is compared with this.
    """
    fresh = version_of_word(now, "").value
    base = base_of(old, docx, fresh).value
    edits = edits_in(old, docx, base, now).value if base is not None else None
    return edits is None or bool(edits.edits)
