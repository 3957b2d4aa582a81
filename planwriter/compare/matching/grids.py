"""Which rows and columns of one table are which of another, and what differs between them, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from planwriter.compare.matching.sequence import shared_runs
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.typing import TypeAlias

Rows: TypeAlias = Sequence[Sequence[str]]
Pairs: TypeAlias = tuple[tuple[int, int], ...]


class GridMatching(NamedTuple):
    """The rows and the columns that both tables have: their numbers in the old one and in the new one, in order."""

    rows: Pairs
    columns: Pairs


class CellEdit(NamedTuple):
    """A cell that differs. `row` and `column` are those of the new table, or of the old one for what was deleted.

    A whole row has the column -1, a whole column the row -1; its text is that of its cells.
    """

    row: int
    column: int
    old: str
    new: str


def match_grids(old: Rows, new: Rows) -> GridMatching:
    """The rows and columns of `old` that are in `new`: by equal words, then by the first cell, then by their place."""
    columns = _columns(old, new)
    here = [tuple([row[a] if a < len(row) else "" for a, _ in columns]) for row in old]
    there = [tuple([row[b] if b < len(row) else "" for _, b in columns]) for row in new]
    return GridMatching(tuple(_rows(here, there)), columns)


def grid_edits(old: Rows, new: Rows) -> Iterator[CellEdit]:
    """What differs: cells, then whole rows and columns that one of the tables does not have."""
    rows, columns = match_grids(old, new)
    for a, b in rows:
        for c, d in columns:
            one, other = _cell(old, a, c), _cell(new, b, d)
            if one.strip() != other.strip():
                yield CellEdit(b, d, one, other)
    kept_old, kept_new = {a for a, _ in rows}, {b for _, b in rows}
    yield from (CellEdit(at, -1, _row(row), "") for at, row in enumerate(old) if at not in kept_old)
    yield from (CellEdit(at, -1, "", _row(row)) for at, row in enumerate(new) if at not in kept_new)
    kept_old, kept_new = {a for a, _ in columns}, {b for _, b in columns}
    yield from (CellEdit(-1, at, _column(old, at), "") for at in range(width_of(old)) if at not in kept_old)
    yield from (CellEdit(-1, at, "", _column(new, at)) for at in range(width_of(new)) if at not in kept_new)


def _columns(old: Rows, new: Rows) -> Pairs:
    before, after = width_of(old), width_of(new)
    if before == after:
        return tuple((at, at) for at in range(before))
    heads = [[_cell(rows, 0, at) for at in range(width)] for rows, width in ((old, before), (new, after))]
    return tuple(_filled(heads[0], heads[1]))


def _rows(here: list[tuple[str, ...]], there: list[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """The pairs of equal rows; between them those with the same first cell; between these by place."""
    runs = shared_runs(here, there)
    equal = [(run.old + at, run.new + at) for run in runs for at in range(run.size)]
    last = (-1, -1)
    for pair in (*equal, (len(here), len(there))):
        first, start = last[0] + 1, last[1] + 1
        if first < pair[0] and start < pair[1]:
            olds = [_first(row) for row in here[first : pair[0]]]
            news = [_first(row) for row in there[start : pair[1]]]
            yield from ((first + a, start + b) for a, b in _filled(olds, news))
        if pair[0] < len(here):
            yield pair
        last = pair


def _first(row: tuple[str, ...]) -> str:
    """What names a row: its first cell with words that are no number."""
    return next((cell for cell in row if cell.strip() and not cell.strip().isdecimal()), "")


def _filled(old: list[str], new: list[str]) -> Iterator[tuple[int, int]]:
    """The pairs of equal texts, in order; and between two of them all others, if both have as many."""
    runs = shared_runs(old, new)
    equal = [(run.old + at, run.new + at) for run in runs for at in range(run.size)]
    for (a, b), (c, d) in pairwise(((-1, -1), *equal, (len(old), len(new)))):
        if c - a == d - b:
            yield from zip(range(a + 1, c), range(b + 1, d), strict=True)
        if c < len(old):
            yield c, d


def width_of(rows: Sequence[Sequence[object]]) -> int:
    """The number of cells in the longest row."""
    return max(map(len, rows), default=0)


def _cell(rows: Rows, row: int, column: int) -> str:
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else ""


def _row(row: Sequence[str]) -> str:
    return "　".join(cell for cell in row if cell.strip())


def _column(rows: Rows, at: int) -> str:
    return "　".join(cell for row in range(len(rows)) if (cell := _cell(rows, row, at)).strip())
