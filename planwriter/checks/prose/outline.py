"""Applies the rules on prose to the texts of an outline: PW502 to PW510, PW520 to PW539."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

from planwriter.checks.prose.own_terms import NO_TERMS, OwnTerms
from planwriter.checks.prose.part_references import missing_parts
from planwriter.checks.prose.references import references_to_itself
from planwriter.checks.prose.report import PlacedSlip, report_slips
from planwriter.checks.prose.rules import ReadLine, read_line, slips
from planwriter.checks.prose.sequences import typed_numbers
from planwriter.checks.prose.slip import LineKind, ProseLine, Slip
from planwriter.checks.wording import literal_text
from planwriter.findings.finding import Finding, Span
from planwriter.language.deadlines import read_deadline
from planwriter.model import Block, Level, Outline, Section, Text, Use
from planwriter.model.memo import NO_MEMO, Memo
from planwriter.model.walk import NAMES, OWN_FORM, PlacedText, TextRole, read_plan_texts
from planwriter.start.named_tuple import NamedTuple

_PROSE = (TextRole.TEXT, TextRole.PREFACE, TextRole.CLOSING, TextRole.NOTICE_BODY)
_HEADINGS = (
    *(TextRole.TITLE, TextRole.BOX_TITLE, TextRole.CAPTION),
    *(TextRole.PLAN_TITLE, TextRole.ATTACHMENT_TITLE, TextRole.NOTICE_TITLE),
)
_BEHIND_THE_BODY = (TextRole.ATTACHMENT_TITLE, TextRole.NOTICE_TITLE, TextRole.NOTICE_BODY)
_LEFT_OUT = NAMES | OWN_FORM | {TextRole.ARGUMENT}


class _Read(NamedTuple):
    """A text of the outline, as read, with the numbers typed inside it."""

    text: Text
    line: ReadLine
    role: TextRole
    numbers: tuple[Slip, ...] = ()


def check_prose(
    outline: Outline, charset: Callable[[], str], memo: Memo = NO_MEMO, terms: OwnTerms = NO_TERMS
) -> tuple[Finding, ...]:
    """The findings on prose; `charset` gives the character set of the body's font, and is called only if it matters.

    `terms` are those of the workspace.
    """
    texts = read_plan_texts(outline, _read, memo)
    font = "" if memo.once(_are_usual, texts) else charset()
    is_attached = outline.frame is not None and outline.frame.is_notice and outline.frame.body_attached
    chapters = sum(_may_be_chapter(block) for part in outline.parts for block in part.blocks)
    return memo.once(_findings, texts, by=(font, is_attached, len(outline.attachments), chapters, outline.years, terms))


def _may_be_chapter(block: Block) -> bool:
    return isinstance(block, Use) or (isinstance(block, Section) and block.level is Level.CHAPTER)


def _are_usual(texts: tuple[_Read, ...]) -> bool:
    return all(each.line.is_usual for each in texts)


def _findings(
    font: str,
    is_attached: bool,
    attachments: int,
    chapters: int,
    years: tuple[int, int],
    terms: OwnTerms,
    texts: tuple[_Read, ...],
) -> tuple[Finding, ...]:
    own = 1 if is_attached and attachments else 0  # the plan itself is printed as 附件1
    lines = [each.line for each in texts]
    found = slips(lines, attachments=attachments + own, charset=font, years=years, terms=terms)
    placed = [_placed(texts[at].text, slip) for at, slip in found if slip.code != "PW526" or not _is_period(slip.kind)]
    placed = [each for each in placed if not isinstance(each.place, Span) or each.place.raw != "\ufffd"]  # PW102
    placed += [_placed(each.text, slip) for each in texts for slip in each.numbers]
    placed += [_placed(each.text, slip) for each in texts for slip in missing_parts(each.line.line.text, chapters)]
    if own:
        placed += [_placed(each.text, slip) for each in _body(texts) for slip in references_to_itself(each.text.value)]
    return tuple(report_slips(placed))


def _is_period(phrase: str) -> bool:
    """True for the name of a plan period, which `year_words` holds against the years of an outline."""
    from planwriter.checks.year_words import PERIODS

    return phrase in PERIODS


def _body(texts: tuple[_Read, ...]) -> Iterator[_Read]:
    """The texts of the plan itself, without those of its attachments and of the frame, which follow them."""
    return itertools.takewhile(lambda each: each.role not in _BEHIND_THE_BODY, texts)


def _read(placed: PlacedText) -> _Read | None:
    if placed.text.origin is None or not _is_read(placed):
        return None
    literal = literal_text(placed.text.value)
    line = read_line(ProseLine(literal, _kind(placed.role), _marks(placed)))
    return _Read(placed.text, line, placed.role, tuple(typed_numbers(literal)) if placed.role is TextRole.TEXT else ())


def _is_read(placed: PlacedText) -> bool:
    """True if the rules apply to a text; a deadline that is understood is printed in its official form anyway."""
    if placed.role is TextRole.DEADLINE:
        return not read_deadline(placed.text.value).kind
    return placed.role not in _LEFT_OUT


def _kind(role: TextRole) -> LineKind:
    if role in _PROSE:
        return LineKind.PROSE
    if role in _HEADINGS:
        return LineKind.HEADING
    return LineKind.CELL if role is TextRole.CELL else LineKind.NAME


def _marks(placed: PlacedText) -> str:
    """The marks by which prose is recognized; none for the text below a title, whose ending is PW501."""
    follows_title = (
        placed.role is TextRole.TEXT and isinstance(placed.block, Section) and placed.block.title is not None
    )
    return "" if follows_title else "。，；"


def _placed(text: Text, slip: Slip) -> PlacedSlip:
    assert text.origin is not None
    place = text.origin.within(text.value, slip.start, slip.end)
    old = text.value[slip.start : slip.end]
    return PlacedSlip(slip, place, place.replaced(old, slip.new) if slip.new is not None else ())
