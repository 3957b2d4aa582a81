"""Checks the wording and the figures in any .docx, with the rules for the texts of an outline."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from planwriter.audit.flaws import Case
from planwriter.audit.roles import (
    ATTACHED,
    BODY,
    BOXED,
    CELL,
    EMPTY,
    HEADINGS,
    LABEL,
    PROSE,
    TITLE,
    ClassifiedParagraph,
    is_sentence,
)
from planwriter.audit.stories import PlacedParagraph
from planwriter.checks.collocations import faulty_collocations
from planwriter.checks.figures.passages import Passage
from planwriter.checks.figures.rules import check_passages
from planwriter.checks.prose.characters import charset_of
from planwriter.checks.prose.leftovers import around, holes, leftovers
from planwriter.checks.prose.own_terms import NO_TERMS, OwnTerms
from planwriter.checks.prose.part_references import missing_parts
from planwriter.checks.prose.report import PlacedSlip, gather, report_slips
from planwriter.checks.prose.rules import read_line, slips
from planwriter.checks.prose.slip import LineKind, ProseLine, Slip
from planwriter.checks.wording import check_marks
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import MAX_FINDINGS, Finding, Pos, Source, Span
from planwriter.model import Text
from planwriter.readers.docx.document import SideStory, WordParagraph
from planwriter.start.patterns import regex
from planwriter.start.records import replace

_YEARS = regex(r"(?<!\d)(20\d\d)\s*[—－–～~至-]+\s*(20\d\d)\s*年")
_YEAR = regex(r"(?<!\d)(20\d\d)\s*年(?:(?!20\d\d\s*年)[^》])*工作(?:要点|计划|安排|思路|打算)")
_HAS_SENTENCE = regex(r"[。；]|[，、]$")
_BULLETS = "".join(map(chr, range(0xF020, 0xF100)))
"""The characters of symbol fonts, which Word uses as bullets."""
_ENDS = "。；，：！？"
MAX_LINE = 60
"""In characters; a longer paragraph is no line of a title."""
_HAS_WORD = regex(r"[^\W\d_]")
_ITEMS = regex(r"(?:^|[：:\s])([0-9]{1,2})[.．、]")


def proofread(case: Case, name: str, terms: OwnTerms = NO_TERMS) -> Iterator[Finding]:
    """The findings on wording and figures in the .docx `name`, its tables, headers, footers, notes and text boxes included.

    The line in a finding's place is the paragraph's number, 0 outside the body; the column is a character of its text. Years are compared with those in the title.
    `terms` are those of the workspace.
    """
    return islice(gather(chain(_blanks(case, name), _slips(case, name), _prose(case, name, terms))), MAX_FINDINGS)


def _slips(case: Case, name: str) -> Iterator[Finding]:
    span = _span(case)
    read = [(PlacedParagraph(part.para), part.role == CELL) for part in case.having(*PROSE, CELL, BOXED)]
    beside = [(each, each.para.table >= 0) for side in case.document.sides for each in _worded(side)]
    for place, is_cell in (*read, *beside):
        text = _text(name, place.para.text)
        passage = Passage(text, is_narrow=is_cell)
        for found in (*check_marks(text), *check_passages(iter([passage]), (), span), *_collocations(text)):
            message = f"{place.where}{found.message}"
            pos = place.pos(name, _index(place.para.text, found.pos))
            yield replace(found, pos=pos, message=message, source=None, remedy=())


def _collocations(text: Text) -> Iterator[Finding]:
    """The findings on verbs with an object that they cannot take (PW513)."""
    assert text.origin is not None
    for each in faulty_collocations(text.value):
        place, shown = text.origin.within(text.value, each.start, each.end), text.value[each.start : each.end]
        yield finding("PW513", place, shown=shown, verb=each.verb, noun=each.noun, instead=each.instead)


def _index(text: str, pos: Pos) -> int | None:
    """Which character of a text a finding on it points at; None if it is on the whole text."""
    if not pos.line or not pos.column:
        return None
    return sum(len(line) + 1 for line in text.split("\n")[: pos.line - 1]) + pos.column - 1


def _worded(side: SideStory) -> Iterator[PlacedParagraph]:
    """The paragraphs of a header, a note or another text beside the body, without page numbers alone and typed rules."""
    for para in side.paragraphs:
        if _HAS_WORD.search("".join(run.text for run in para.shown if not run.page)):
            yield PlacedParagraph(para, side.place)


def _blanks(case: Case, name: str) -> Iterator[Finding]:
    """One finding for all that was left to be filled in (PW216)."""
    body = map(PlacedParagraph, (part.para for part in case.parts))
    beside = chain.from_iterable(map(_worded, case.document.sides))
    found = [
        (place, blank[0], around(place.para.text, *blank))
        for place in chain(body, beside)
        for blank in chain(leftovers(place.para.text), holes(place.para.text))
    ]
    if found:
        samples = "”“".join(dict.fromkeys(shown for _, _, shown in found[:3]))
        first, at, _ = found[0]
        related = tuple((place.pos(name, begin), f"{place.where}“{shown}”") for place, begin, shown in found[1:6])
        made = finding("PW216", first.pos(name, at), related=related, count=len(found), samples=samples)
        yield replace(made, message=f"{first.where}{made.message}")


def _span(case: Case) -> tuple[int, int]:
    return _years("".join(part.para.text for part in case.having(TITLE)))


def _prose(case: Case, name: str, terms: OwnTerms) -> Iterator[Finding]:
    """The findings of the rules on prose (PW502 to PW510, PW520 to PW539)."""
    parts, lines = [], []
    for part, text in _joined(case):
        parts.append(part)
        lines.append(read_line(ProseLine(text, _kind(part))))
    body = next((role.font for role in case.layout.roles if role.name == BODY), "")
    attachments, charset, years = _attachments(case), charset_of(body), _span(case)
    main = slips(lines, attachments=attachments, charset=charset, years=years, terms=terms)
    found = [(PlacedParagraph(parts[at].para), _in_lines(parts[at], slip)) for at, slip in main]
    chapters = sum(1 for _ in case.having(HEADINGS[0]))
    for part, line in zip(parts, lines, strict=True):
        found += ((PlacedParagraph(part.para), slip) for slip in missing_parts(line.line.text, chapters))
    for side in case.document.sides:
        beside = list(_worded(side))
        texts = (read_line(ProseLine(each.para.words, _kind_beside(side, each.para))) for each in beside)
        more = slips(texts, attachments=attachments, charset=charset, years=years, terms=terms)
        found += [(beside[at], slip) for at, slip in more]
    return report_slips(PlacedSlip(slip, _place(place, slip, name), where=place.where) for place, slip in found)


def _place(place: PlacedParagraph, slip: Slip, name: str) -> Pos:
    """The place of a slip; in the later lines of a title that of its first line."""
    text = place.para.text
    return place.pos(name, slip.start + len(text) - len(text.lstrip(_BULLETS)))


def _in_lines(part: ClassifiedParagraph, slip: Slip) -> Slip:
    """A slip in the joined lines of a title, where it stands in the title as typed."""
    start, end = slip.start, slip.end
    if part.role == TITLE:
        for at, mark in enumerate(part.para.text):
            start, end = start + (mark == "\n" and at <= start), end + (mark == "\n" and at < end)
    return slip._replace(start=start, end=end)


def _kind_beside(side: SideStory, para: WordParagraph) -> LineKind:
    if para.table >= 0:
        return LineKind.CELL
    return LineKind.PROSE if side.is_note or is_sentence(para.text) else LineKind.NAME


def _joined(case: Case) -> Iterator[tuple[ClassifiedParagraph, str]]:
    """The paragraphs with their texts; the lines of one title are one text."""
    begun: ClassifiedParagraph | None = None
    text = ""
    for part in case.parts:
        if begun is not None and not (part.role == begun.role == TITLE or _is_cut(text)):
            yield begun, text
            begun, text = None, ""
        if part.role != EMPTY:
            typed = part.para.text.lstrip(_BULLETS)
            begun, text = begun or part, text + (typed.replace("\n", "") if part.role == TITLE else typed)
    if begun is not None:
        yield begun, text


def _is_cut(text: str) -> bool:
    """True for a line of a title that ends inside 《》 or “”, so that the next line continues it."""
    if len(text) > MAX_LINE or text[-1] in _ENDS:
        return False
    return any(text.rfind(opening) > text.rfind(closing) for opening, closing in ("《》", "“”", "（）"))


def _kind(part: ClassifiedParagraph) -> LineKind:
    if part.role == CELL:
        return LineKind.CELL
    if part.role == BODY or (part.role in HEADINGS and _HAS_SENTENCE.search(part.para.text)):
        return LineKind.PROSE
    return LineKind.HEADING if part.role in HEADINGS else LineKind.NAME


def _attachments(case: Case) -> int | None:
    """The number of the attachments that are named or that follow; None if there are none, as they may be separate files."""
    named = sum(max(1, len(_ITEMS.findall(part.para.text))) for part in case.having(ATTACHED))
    return max(named, sum(1 for _ in case.having(LABEL))) or None


def _text(name: str, value: str) -> Text:
    return Text(value=value, origin=Span(Source(name, value), 0, len(value)))


def _years(title: str) -> tuple[int, int]:
    """The first and the last year of the plan, from its title; zeros if the title names none."""
    several, one = _YEARS.search(title), _YEAR.search(title)
    if several:
        return int(several[1]), int(several[2])
    return (int(one[1]), int(one[1])) if one else (0, 0)
