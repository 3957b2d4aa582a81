"""Whether a .docx was edited since it was made of its outline, and how, as a reader sees it.

It is compared with what it was when it was made: the record in it, or the copy that the journal keeps. Without either it is compared
with the outline as it stands, and a finding says so.
"""

from __future__ import annotations

import os

from planwriter.app.session import Session
from planwriter.compare.edits.hand_edits import EditKind, HandEdits, hand_edits
from planwriter.compare.edits.own_units import with_units_in_place
from planwriter.compare.edits.taken import are_taken
from planwriter.compare.versions.from_record import version_of_record
from planwriter.compare.versions.from_word import version_of_word
from planwriter.compare.versions.version import PlanVersion
from planwriter.findings.catalogue import finding, typed
from planwriter.findings.finding import Finding, Findings, Pos, Result
from planwriter.model import MadeFrom
from planwriter.start.enums import Enum
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.records import replace
from planwriter.system import files
from planwriter.system.workspace import home_of
from planwriter.writers.docx.package import is_untouched
from planwriter.writers.docx.record import record_of_docx


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


def made_of(data: bytes) -> MadeFrom | None:
    """What the .docx `data` was made from, as its record says; None without one."""
    record = record_of_docx(data, "").value
    return record.made if record is not None else None


def base_of(data: bytes, docx: str, current: PlanVersion | None, outline: str = "") -> Result[DocxBase | None]:
    """What the .docx `data` was when it was made; `current` is its outline as it stands, if that is sound.

    `docx` and `outline` are the paths under which the journal may know it.
    """
    found = Findings()
    shown = files.shown_path(docx)
    record = found.take(record_of_docx(data, shown))
    if record is not None:
        return found.result(DocxBase(version_of_record(record, shown), BaseSource.RECORD))
    if is_untouched(data):
        version = found.take(version_of_word(data, shown))
        return found.result(DocxBase(version, BaseSource.FILE) if version is not None else None)
    if "://" not in docx:
        from planwriter.app.journal.rendered import kept_record

        copy = found.take(kept_record(docx, outline or docx, data))
        if copy is not None:
            return found.result(DocxBase(version_of_record(copy, shown), BaseSource.COPY))
    if current is None:
        found += (finding("PW852", Pos(shown), what="提纲又有错误，没有东西可比"),)
        return found.result(None)
    found += (finding("PW852", Pos(shown), what="和现在的提纲比，提纲后来改的也算在手改里"),)
    return found.result(DocxBase(current, BaseSource.OUTLINE))


def edits_in(data: bytes, docx: str, base: DocxBase, now: bytes | None = None) -> Result[HandEdits | None]:
    """What was done by hand in the .docx `data`; None if it cannot be read.

    `now` is what the outline would give now: the record does not know pages, headers and footers, so these are compared with it.
    """
    fresh = version_of_word(now, "").value if now is not None else None
    version = replace(base.version, around=fresh.around) if fresh is not None else base.version
    edited = version_of_word(data, files.shown_path(docx), base=version)
    if edited.value is None:
        return Result(None, edited.findings)
    return Result(hand_edits(version, with_units_in_place(edited.value, version)), edited.findings)


class Unsaved(NamedTuple):
    """What would be lost if a .docx was made anew."""

    words: bool
    """True if words would be, or may."""
    formats: int = 0
    """How many formats set by hand."""
    remarks: int = 0
    """How many comments."""


def unsaved_in(old: bytes, docx: str, now: bytes, outline: str = "") -> Unsaved:
    """What the .docx `old` holds that a reader sees and that would be lost if `now`, made of the file `outline`, took its place.

    What was edited by hand is not lost if the outline, which gives `now`, says the same. If it is not known what `old` was, it
    is compared with `now`.
    """
    record = record_of_docx(now, "").value
    current = version_of_record(record, "") if record is not None else version_of_word(now, "").value
    base = base_of(old, docx, current).value
    edits = edits_in(old, docx, base, now).value if base is not None else None
    if edits is None:
        return Unsaved(words=True)
    own = "" if record is not None and record.made.row else outline  # of a row's document an outline takes nothing
    words = edits.words and not (current is not None and _is_in(edits, current, own))
    return Unsaved(words, sum(each.kind is EditKind.FORMAT for each in edits.edits), edits.remarks)


def _is_in(edits: HandEdits, current: PlanVersion, outline: str) -> bool:
    """True if the words edited by hand are in the outline, or were taken into it before its author changed them there."""
    if are_taken(edits, current):
        return True
    data = files.read_file(outline).value if os.path.isfile(outline) else None
    if data is None:
        return False
    from planwriter.app.absorbed_before import absorbed_before
    from planwriter.app.journal.decided import decided_cases

    earlier = absorbed_before(Session.apart(outline), outline, data, current)
    decided = decided_cases(home_of(outline))
    return (earlier is not None or bool(decided)) and are_taken(edits, current, earlier, decided)


def why_edited(old: bytes, docx: str, now: bytes, outline: str = "") -> Finding | None:
    """PW803 if the .docx `old` must not be replaced by `now`, with what would be lost and the way out; None if nothing would."""
    lost = unsaved_in(old, docx, now, outline)
    if not any(lost):
        return None
    shown = files.shown_path(docx)
    is_here = "://" not in docx
    if lost.words:
        reason = "生成以后在 Word 或 WPS 里改动过"
        record = record_of_docx(old, "").value if is_here else None
        is_row = record is not None and bool(record.made.row)
        way = f"先用 {typed('planwriter', 'absorb', shown)} 把手改的收回提纲" if is_here else "先把手改的内容誊回提纲"
        way = "一表多份里的一份收不回，先把手改的自己写进提纲或表" if is_row else way
        return finding("PW803", Pos(docx), file=docx, reason=reason, advice=f"{way}，再生成；不想动它，")
    told = [f"手改的格式（{lost.formats} 处）"] if lost.formats else []
    told += [f"批注（{lost.remarks} 条）"] if lost.remarks else []
    reason = f"里有{'、'.join(told)}，提纲里没有，再生成就没了"
    keeps = is_here and lost.remarks and not lost.formats
    advice = f"加 {typed('--keep-comments', shown)}，批注就带进新的一份；不想动它，" if keeps else "要留着，"
    return finding("PW803", Pos(docx), file=docx, reason=reason, advice=advice)
