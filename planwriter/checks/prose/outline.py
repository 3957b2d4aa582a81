"""Applies the rules on prose to the texts of an outline: PW502 to PW509."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from planwriter.checks.prose.report import PlacedSlip, report_slips
from planwriter.checks.prose.rules import LineKind, ProseLine, slips
from planwriter.checks.prose.sequences import typed_numbers
from planwriter.checks.prose.slip import Slip
from planwriter.checks.wording import literal_text
from planwriter.findings.finding import Finding, Span
from planwriter.language.deadlines import read_deadline
from planwriter.model import Outline, Section, Text
from planwriter.model.walk import NAMES, TextRole, TextVisit, walk_plan_texts

_PROSE = (TextRole.TEXT, TextRole.PREFACE, TextRole.CLOSING, TextRole.NOTICE_BODY)
_HEADINGS = (
    *(TextRole.TITLE, TextRole.BOX_TITLE, TextRole.CAPTION),
    *(TextRole.PLAN_TITLE, TextRole.ATTACHMENT_TITLE, TextRole.NOTICE_TITLE),
)
_OWN_FORM = (TextRole.NUMBER, TextRole.CLASSIFICATION, TextRole.COPY_NUMBER, TextRole.DATE, TextRole.PRINT_DATE)
"""Texts whose form is checked when the frame is read."""
_LEFT_OUT = NAMES.union((*_OWN_FORM, TextRole.ARGUMENT))


def check_prose(outline: Outline, charset: Callable[[], str]) -> Iterator[Finding]:
    """The findings on prose; `charset` gives the character set of the body's font, and is called only if it matters."""
    visits = [visit for visit in walk_plan_texts(outline) if visit.text.origin and _is_read(visit)]
    is_usual = all(_is_usual(visit.text.value) for visit in visits)
    lines = [ProseLine(literal_text(visit.text.value), _kind(visit), _follows_title(visit)) for visit in visits]
    found = slips(lines, attachments=len(outline.attachments), charset="" if is_usual else charset())
    placed = [_placed(visits[at].text, slip) for at, slip in found]
    placed = [each for each in placed if not isinstance(each.place, Span) or each.place.raw != "\ufffd"]  # PW102
    for visit, line in zip(visits, lines, strict=True):
        if visit.role is TextRole.TEXT:
            placed += [_placed(visit.text, slip) for slip in typed_numbers(line.text)]
    return report_slips(placed)


def _is_read(visit: TextVisit) -> bool:
    """True if the rules apply to a text; a deadline that is understood is printed in its official form anyway."""
    if visit.role is TextRole.DEADLINE:
        return not read_deadline(visit.text.value).kind
    return visit.role not in _LEFT_OUT


def _kind(visit: TextVisit) -> LineKind:
    if visit.role in _PROSE:
        return LineKind.PROSE
    if visit.role in _HEADINGS:
        return LineKind.HEADING
    return LineKind.CELL if visit.role is TextRole.CELL else LineKind.NAME


def _follows_title(visit: TextVisit) -> bool:
    return visit.role is TextRole.TEXT and isinstance(visit.holder, Section) and visit.holder.title is not None


def _placed(text: Text, slip: Slip) -> PlacedSlip:
    assert text.origin is not None
    place = text.origin.within(text.value, slip.start, slip.end)
    old = text.value[slip.start : slip.end]
    return PlacedSlip(slip, place, place.replaced(old, slip.new) if slip.new is not None else ())


def _is_usual(text: str) -> bool:
    """True if every common font has all characters of a text."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return all(mark in _COMMON or mark.encode("gb2312", "ignore") for mark in text)
    return True


_COMMON = frozenset("—–‑•·\u00a0\u3000€™©®²³㎡㎜㎝㎞㏄％")
