"""The rows of a comparison as every output shows them: label and text in marked pieces, tables as marked cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planwriter.compare.display.marked_text import Mark, MarkedPiece, Pieces, excerpt, joined, marked_pieces
from planwriter.compare.edits.difference import Difference, DifferenceKind, Differences
from planwriter.compare.matching.grids import match_grids, width_of
from planwriter.compare.versions.version import VersionItem, VersionLine, VersionTable
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.typing import TypeAlias

GridRows: TypeAlias = tuple[tuple[Pieces, ...], ...]


class MarkedCell(NamedTuple):
    """A place in a table that differs: what people call it, and its words."""

    where: str
    pieces: Pieces


def item_of(found: Differences, row: Difference) -> VersionItem:
    """The item that a row is about: of the new version, or of the old one if it is not in that."""
    return (
        found.new.items[row.new] if row.new >= 0 and row.kind is not DifferenceKind.LEFT else found.old.items[row.old]
    )


def moved_words(row: Difference) -> str:
    """From where to where a paragraph was moved; if both places have the same name, behind what it stands and stood."""
    if row.was != row.where:
        return f"{row.was} → {row.where}"
    here, there = (f"“{place}”后面" if place else "开头" for place in (row.behind, row.was_behind))
    return f"{row.where}：原在{there}，现在{here}"


def row_pieces(found: Differences, row: Difference, *, short: bool = False) -> Pieces:
    """The words of a line or a picture with its label, marked. With `short` only the sentences that changed."""
    item = item_of(found, row)
    label = item.label if isinstance(item, VersionLine) else ""
    if row.kind in (DifferenceKind.NEW, DifferenceKind.DELETED):
        return joined((MarkedPiece(label + item.text, Mark.IN if row.kind is DifferenceKind.NEW else Mark.OUT),))
    if row.kind is DifferenceKind.LEFT or row.kind is DifferenceKind.SAME:
        return joined((MarkedPiece(label + item.text),))
    old = found.old.items[row.old]
    pieces = marked_pieces(old.text, item.text, row.edits)
    if short:
        pieces = excerpt(pieces)
    before = old.label if isinstance(old, VersionLine) else ""
    if row.relabelled and before != label:
        return joined((MarkedPiece(before, Mark.OUT), MarkedPiece(label, Mark.IN), *pieces))
    return joined((MarkedPiece(label), *pieces))


def table_rows(found: Differences, row: Difference) -> GridRows:
    """The cells of a table, marked; rows and columns that are gone stand where they stood."""
    item = item_of(found, row)
    assert isinstance(item, VersionTable)
    if row.old < 0 or row.new < 0 or row.kind is DifferenceKind.LEFT:
        mark = {DifferenceKind.NEW: Mark.IN, DifferenceKind.DELETED: Mark.OUT}.get(row.kind, Mark.KEPT)
        return tuple(tuple(joined((MarkedPiece(cell, mark),)) for cell in cells) for cells in item.rows)
    old = found.old.items[row.old]
    assert isinstance(old, VersionTable)
    matching = match_grids(old.rows, item.rows)
    rows = list(_merged(matching.rows, len(old.rows), len(item.rows)))
    columns = list(_merged(matching.columns, width_of(old.rows), width_of(item.rows)))
    return tuple(
        tuple(_cell_pieces(_cell(old.rows, a, c), _cell(item.rows, b, d)) for c, d in columns) for a, b in rows
    )


def marked_cells(found: Differences, row: Difference) -> Iterator[MarkedCell]:
    """The places of a table that differ, one by one: named by the first words of their row and the head of their column."""
    old, new = found.old.items[row.old], found.new.items[row.new]
    assert isinstance(old, VersionTable) and isinstance(new, VersionTable)
    for cell in row.cells:
        rows = new.rows if cell.new or (cell.row >= 0 and cell.column >= 0) else old.rows
        if cell.column < 0 or cell.row < 0:
            word, number = ("行", cell.row) if cell.column < 0 else ("列", cell.column)
            mark = Mark.IN if cell.new else Mark.OUT
            where = f"{'增加' if cell.new else '删去'}第{number + 1}{word}"
            yield MarkedCell(where, joined((MarkedPiece(cell.new or cell.old, mark),)))
            continue
        names = (_row_name(rows, cell.row, cell.column), _cell(rows, 0, cell.column) if cell.row else "")
        where = " · ".join(name for name in names if name.strip()) or f"第{cell.row + 1}行第{cell.column + 1}列"
        yield MarkedCell(where, marked_pieces(cell.old, cell.new))


def _cell_pieces(old: str, new: str) -> Pieces:
    return joined((MarkedPiece(new),)) if old.strip() == new.strip() else marked_pieces(old, new)


def _merged(pairs: Sequence[tuple[int, int]], old: int, new: int) -> Iterator[tuple[int, int]]:
    """The rows or columns of both tables in one order; -1 for what one of them does not have."""
    last = (-1, -1)
    for a, b in (*pairs, (old, new)):
        yield from ((at, -1) for at in range(last[0] + 1, a))
        yield from ((-1, at) for at in range(last[1] + 1, b))
        if a < old and b < new:
            yield a, b
        last = (a, b)


def _row_name(rows: Sequence[Sequence[str]], row: int, column: int) -> str:
    """What names a row: its first cell with words that are no number, before the column."""
    cells = rows[row] if row < len(rows) else ()
    return next((cell for cell in cells[:column] if cell.strip() and not cell.strip().isdecimal()), "")


def _cell(rows: Sequence[Sequence[str]], row: int, column: int) -> str:
    return rows[row][column] if 0 <= row < len(rows) and 0 <= column < len(rows[row]) else ""
