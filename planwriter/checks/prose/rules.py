"""Applies the rules on prose to the lines of a document, in reading order."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from itertools import chain

from planwriter.checks.prose.characters import odd_characters
from planwriter.checks.prose.endings import open_ending
from planwriter.checks.prose.marks import odd_marks
from planwriter.checks.prose.pairs import unpaired
from planwriter.checks.prose.references import missing_attachments
from planwriter.checks.prose.repeats import Repeats
from planwriter.checks.prose.sequences import PointCounter
from planwriter.checks.prose.slip import Slip
from planwriter.start.named_tuple import NamedTuple


class LineKind(enum.Enum):
    """What a line is, as far as the rules on prose differ."""

    HEADING = enum.auto()
    PROSE = enum.auto()
    CELL = enum.auto()
    NAME = enum.auto()
    """A name, a number or a date of the official frame, a unit, a caption."""


class ProseLine(NamedTuple):
    """A text of a document."""

    text: str
    kind: LineKind
    marks: str = "。"
    """The marks by which prose is recognized that must end with one (see `open_ending`)."""


_READ_ON = (LineKind.PROSE, LineKind.CELL)


def slips(lines: Iterable[ProseLine], *, attachments: int | None, charset: str = "") -> Iterator[tuple[int, Slip]]:
    """Each slip with the index of its line.

    `attachments` is the number of the document's attachments, None if it is unknown. `charset` is the character set of
    the body's font, "" if that has all characters.
    """
    points, repeats = PointCounter(), Repeats()
    for at, (line, following) in enumerate(_with_next(lines)):
        found = [unpaired(line.text), odd_marks(line.text), odd_characters(line.text, charset)]
        if line.kind is LineKind.PROSE:
            is_last = following is None or following.kind is not LineKind.PROSE
            found += [
                open_ending(line.text, is_last=is_last, marks=line.marks),
                points.read(line.text),
                repeats.read(line.text),
            ]
        if attachments is not None and line.kind in _READ_ON:
            found.append(missing_attachments(line.text, attachments))
        for slip in chain.from_iterable(found):
            yield at, slip


def _with_next(lines: Iterable[ProseLine]) -> Iterator[tuple[ProseLine, ProseLine | None]]:
    last: ProseLine | None = None
    for line in lines:
        if last is not None:
            yield last, line
        last = line
    if last is not None:
        yield last, None
