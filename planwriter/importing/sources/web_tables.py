"""The tables of a web page: those that hold data as rows of one length, told from those that only lay out the page."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.importing.sources.markup import Block
from planwriter.model import Merge
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex

MAX_COLUMNS = 200
_MAX_CELL = 5000
_LONGEST = 1500
"""A cell with more characters is a column of a page."""
_WHOLE = regex(r"\s*(\d{1,4})\s*")


class WebGrid(NamedTuple):
    """The cells of a table, row by row, and its merged areas."""

    rows: tuple[tuple[str, ...], ...]
    merges: tuple[Merge, ...]


def is_data(table: Block) -> bool:
    """True for a table of at least two rows and two columns, without a table in it or a cell as long as a page."""
    if table.has_table:
        return False
    rows = [[cell for cell in row.blocks() if cell.name in ("td", "th")] for row in _rows(table)]
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return False
    for row in rows:
        for cell in row:
            if sum([len(line.text) for line in cell.lines()]) > _LONGEST:
                return False
    return True


def _rows(table: Block) -> Iterator[Block]:
    """The rows of a table itself."""
    for each in table.blocks():
        if each.name == "tr":
            yield each
        elif each.name in ("thead", "tbody", "tfoot"):
            yield from (row for row in each.blocks() if row.name == "tr")


def rows_of(table: Block, limit: int) -> WebGrid | None:
    """The cells of a table of data; None if there are more than `limit`."""
    taken: dict[tuple[int, int], str] = {}
    merges: list[Merge] = []
    rows = list(_rows(table))
    width = 0
    for number, row in enumerate(rows):
        at = 0
        for cell in row.blocks():
            if cell.name not in ("td", "th"):
                continue
            while (number, at) in taken:
                at += 1
            down = min(max(_span(cell, "rowspan"), 1), len(rows) - number)
            across = min(_span(cell, "colspan") or 1, MAX_COLUMNS - at)
            if across <= 0 or len(taken) + down * across > limit:
                return None
            places = [(number + low, at + right) for low in range(down) for right in range(across)]
            if any(place in taken for place in places):
                down, across, places = 1, 1, [(number, at)]
            taken |= dict.fromkeys(places, "")
            taken[number, at] = cell.text(_MAX_CELL)
            if down > 1 or across > 1:
                merges.append(Merge(number, at, down, across))
            at += across
            width = max(width, at)
    made = tuple([tuple([taken.get((number, at), "") for at in range(width)]) for number in range(len(rows))])
    return WebGrid(made, tuple(merges)) if len(made) * width <= limit else None


def _span(cell: Block, name: str) -> int:
    match = _WHOLE.fullmatch(cell.attributes.get(name, ""))
    return int(match[1]) if match is not None else 1
