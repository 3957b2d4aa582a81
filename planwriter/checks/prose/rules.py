"""Applies the rules on prose to the lines of a document, in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planwriter.checks.prose.characters import is_usual, odd_characters
from planwriter.checks.prose.cited import Citations, Cited, cited_in, outdated
from planwriter.checks.prose.counted import skipped_labels
from planwriter.checks.prose.endings import open_ending
from planwriter.checks.prose.lost import lost_characters
from planwriter.checks.prose.marks import odd_marks
from planwriter.checks.prose.mistyped import mistyped
from planwriter.checks.prose.numbers import odd_numbers
from planwriter.checks.prose.offices import Office, OfficeNames, offices_in
from planwriter.checks.prose.own_terms import NO_TERMS, OwnTerms
from planwriter.checks.prose.pairs import unpaired
from planwriter.checks.prose.quoted import own_words
from planwriter.checks.prose.references import missing_attachments
from planwriter.checks.prose.repeats import Repeats, Sentence, sentences_in
from planwriter.checks.prose.sequences import CountedPoint, PointCounter, points_in
from planwriter.checks.prose.slip import Slip
from planwriter.checks.prose.stops import odd_stops
from planwriter.checks.prose.style import absolute_words, long_sentences
from planwriter.checks.prose.terms import Dated, listed
from planwriter.checks.prose.unseen import unseen
from planwriter.model.memo import Recent
from planwriter.start.enums import Enum, auto
from planwriter.start.named_tuple import NamedTuple


class LineKind(Enum):
    """What a line is, as far as the rules on prose differ."""

    HEADING = auto()
    PROSE = auto()
    CELL = auto()
    NAME = auto()
    """A name, a number or a date of the official frame, a unit, a caption."""


class ProseLine(NamedTuple):
    """A text of a document."""

    text: str
    kind: LineKind
    marks: str = "。"
    """The marks by which prose is recognized that must end with one (see `open_ending`)."""


_READ_ON = (LineKind.PROSE, LineKind.CELL)


class ReadLine(NamedTuple):
    """A line, the slips in it whatever the other lines are, and what is compared with the other lines."""

    line: ProseLine
    found: tuple[Slip, ...]
    is_usual: bool
    """True if every common font has all characters of the line."""
    endings: tuple[tuple[Slip, ...], tuple[Slip, ...]] = ((), ())
    """The slips at its end: if another line of prose follows, and if none does."""
    points: tuple[CountedPoint, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    dated: tuple[Dated, ...] = ()
    """The slips that are some only in plans of certain years."""
    cited: tuple[Cited, ...] = ()
    offices: tuple[Office, ...] = ()


_lines = Recent()


def read_line(line: ProseLine) -> ReadLine:
    """Reads one line; a pure function."""
    known: ReadLine | None = _lines.get(line)
    if known is None:
        known = _read_line(line)
        _lines.put(line, line.text, known)
    return known


def _read_line(line: ProseLine) -> ReadLine:
    text, kind, marks = line
    found, usual = [*unpaired(text), *odd_marks(text), *mistyped(text), *unseen(text)], is_usual(text)
    if kind is LineKind.NAME:
        return ReadLine(line, tuple(found), usual)
    own = own_words(text)
    found += (*odd_numbers(own.prose, is_cell=kind is LineKind.CELL), *lost_characters(own.prose))
    found += (*odd_stops(text), *absolute_words(own.prose))
    cited, terms = tuple(cited_in(text)), tuple(listed(own))
    found += (each.slip for each in terms if each.is_certain)
    dated = (*(each for each in terms if not each.is_certain), *outdated(text, cited))
    read = ReadLine(line, tuple(found), usual, dated=dated, cited=cited, offices=tuple(offices_in(own.prose)))
    if kind is not LineKind.PROSE:
        return read
    found += (*skipped_labels(text), *long_sentences(text))
    inner, last = (tuple(open_ending(text, is_last=each, marks=marks)) for each in (False, True))
    return read._replace(
        found=tuple(found), endings=(inner, last), points=tuple(points_in(text)), sentences=tuple(sentences_in(text))
    )


def slips(
    lines: Iterable[ReadLine],
    *,
    attachments: int | None,
    charset: str = "",
    years: tuple[int, int] = (0, 0),
    terms: OwnTerms = NO_TERMS,
) -> Iterator[tuple[int, Slip]]:
    """Each slip with the index of its line.

    `attachments` is the number of the document's attachments, None if it is unknown. `charset` is the character set of
    the body's font, "" if that has all characters. `years` are those of the plan, zeros if they are unknown; `terms` are
    those of its workspace.
    """
    points, repeats, citations, offices = PointCounter(), Repeats(), Citations(), OfficeNames()
    for at, (read, following) in enumerate(_with_next(lines)):
        text, kind, _ = read.line
        found = list(read.found)
        if not read.is_usual:
            found += odd_characters(text, charset)
        if kind is LineKind.PROSE:
            is_last = following is None or following.line.kind is not LineKind.PROSE
            found += (*read.endings[is_last], *points.read(read.points), *repeats.read(read.sentences))
        if attachments is not None and kind in _READ_ON:
            found += missing_attachments(text, attachments)
        found += (each.slip for each in read.dated if each.is_in(years))
        found += (*citations.read(read.cited), *offices.read(read.offices))
        if terms is not NO_TERMS and kind is not LineKind.NAME:
            found = [*(slip for slip in found if not terms.spares(text, slip)), *terms.slips(text)]
        for slip in found:
            yield at, slip


def _with_next(lines: Iterable[ReadLine]) -> Iterator[tuple[ReadLine, ReadLine | None]]:
    last: ReadLine | None = None
    for line in lines:
        if last is not None:
            yield last, line
        last = line
    if last is not None:
        yield last, None
