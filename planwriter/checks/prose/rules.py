"""Applies the rules on prose to the lines of a document, in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planwriter.checks.prose.characters import is_usual, odd_characters
from planwriter.checks.prose.cited import Citations
from planwriter.checks.prose.endings import open_ending
from planwriter.checks.prose.marks import odd_marks
from planwriter.checks.prose.mistyped import mistyped
from planwriter.checks.prose.offices import OfficeNames
from planwriter.checks.prose.own_terms import NO_TERMS, OwnTerms
from planwriter.checks.prose.pairs import unpaired
from planwriter.checks.prose.references import missing_attachments
from planwriter.checks.prose.repeats import Repeats, Sentence, sentences_in
from planwriter.checks.prose.sequences import CountedPoint, PointCounter, points_in, promised_points
from planwriter.checks.prose.slip import LineKind, ProseLine, Slip
from planwriter.checks.prose.wording import read_wording
from planwriter.model.memo import Recent
from planwriter.start.named_tuple import NamedTuple

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


_lines = Recent()


def read_line(line: ProseLine) -> ReadLine:
    """Reads one line; a pure function."""
    known: ReadLine | None = _lines.get(line)
    if known is None:
        known = _read_line(line)
        _lines.put(line, line.text, known)
    return known


def _read_line(line: ProseLine) -> ReadLine:
    text = line.text
    found, usual = (*unpaired(text), *odd_marks(text), *mistyped(text)), is_usual(text)
    if line.kind is not LineKind.PROSE:
        return ReadLine(line, found, usual)
    found = (*found, *promised_points(text))
    inner, last = (tuple(open_ending(text, is_last=each, marks=line.marks)) for each in (False, True))
    return ReadLine(line, found, usual, (inner, last), tuple(points_in(text)), tuple(sentences_in(text)))


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
    lines = list(lines)
    wordings = read_wording([each.line for each in lines])
    for at, (read, following) in enumerate(_with_next(lines)):
        text, kind, _ = read.line
        wording = wordings[at]
        found = [*read.found, *wording.found]
        if not read.is_usual:
            found += odd_characters(text, charset)
        if kind is LineKind.PROSE:
            is_last = following is None or following.line.kind is not LineKind.PROSE
            found += (*read.endings[is_last], *points.read(read.points), *repeats.read(read.sentences))
        if attachments is not None and kind in _READ_ON:
            found += missing_attachments(text, attachments)
        found += (each.slip for each in wording.dated if each.is_in(years))
        found += (*citations.read(wording.cited), *offices.read(wording.offices))
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
