"""The headers of a sheet of targets: where they stand, how many tables there are, and what stands over each column."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from itertools import pairwise

from planwriter.model import Merge
from planwriter.sheets.sheet import SheetTable
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex
from planwriter.start.records import dataclass
from planwriter.targets.heads import KEY, OTHER, Path, head_and_unit, path_of, plain_head

_LETTER = regex(r"[甲乙丙丁戊]|栏次|[A-J]")
"""What stands in a row of column numbers besides 1, 2, 3."""
_LABEL = regex(r"(?:填报|计量|金额|编制|制表)?(?:单位|时间|日期|人)\s*[:：]")
"""The beginning of a text above a table: 单位：万元, 填报单位：……"""
_NAMING = regex("[标目称容]")
"""A character that every header of a column of names has."""
_MAX_HEAD = 30
_MAX_HEADER = 10
_MAX_LOWER = 3
_MAX_TABLES = 40
"""How many rows below a header may be the header of a further table."""


@dataclass(frozen=True, slots=True)
class Header:
    """The rows of a header, and the texts over each column of the table, from the highest down."""

    start: int
    end: int
    heads: tuple[tuple[str, ...], ...]

    def path(self, column: int) -> Path | None:
        """The path of a column, from all texts of its header together, else from the lowest."""
        heads = [head for each in self.heads[column] if (head := plain_head(each))]
        lowest = path_of(heads[-1]) if heads else None
        if lowest in (("责任单位",), ("配合单位",)) or (heads and OTHER.fullmatch(heads[-1])):
            return lowest
        return path_of("".join(heads)) or lowest

    def head(self, column: int) -> str:
        """The text over a column without its unit."""
        return "".join(map(plain_head, self.heads[column]))

    def unit(self, column: int) -> str:
        """The unit that the header gives a column; "" if none."""
        return next(filter(None, (head_and_unit(each)[1] for each in reversed(self.heads[column]))), "")


class TargetBlock(NamedTuple):
    """One table of targets in a sheet: its cells, its header, and the texts above it."""

    table: SheetTable
    header: Header
    above: tuple[str, ...]


def find_header(table: SheetTable) -> Header | None:
    """The first rows that name a target and one of its values; merged cells add further rows to the header."""
    return next(filter(None, (_header_at(table, row) for row in range(min(_MAX_HEADER, len(table.rows))))), None)


def tables_in(table: SheetTable) -> Iterator[TargetBlock]:
    """The tables of targets in a sheet: one below another, each with its own header, and side by side under equal ones."""
    header = find_header(table)
    if header is None:
        return
    starts, end = [0], header.end
    named = [at for at, row in enumerate(table.rows) if at >= end and any(map(_is_name, row))]
    for at in named[:_MAX_TABLES]:
        below = _header_at(table, at) if at >= end else None
        if below is not None:
            starts.append(next(row for row in range(at, 0, -1) if row == end or not is_lone(table.rows[row - 1])))
            end = below.end
    for start, end in pairwise((*starts, len(table.rows))):
        piece = cut_table(table, (start, end), (0, len(table.places[1])))
        under = find_header(piece)
        if under is not None:
            above = (table.title, *(cell for row in piece.rows[: under.start] for cell in row if cell))
            yield from (TargetBlock(*each, above) for each in _side_by_side(piece, under))


def _is_name(cell: str) -> bool:
    return len(cell) < _MAX_HEAD and _NAMING.search(cell) is not None and path_of(cell) == ("名称",)


def is_lone(row: tuple[str, ...]) -> bool:
    """True if a row has at most one text."""
    return sum(map(bool, row)) < 2


def _side_by_side(table: SheetTable, header: Header) -> Iterator[tuple[SheetTable, Header]]:
    """The tables that stand beside each other, each from the column with the first header on; usually one."""
    width, filled = len(header.heads), [at for at, heads in enumerate(header.heads) if heads]
    for first in filled[:2]:
        starts = [at for at in filled if header.heads[at] == header.heads[first]]
        spans = [*pairwise((0, *starts[1:], width))]
        pieces = [Header(header.start, header.end, header.heads[start:end]) for start, end in spans]
        if len(pieces) > 1 and all(map(_has_figures, pieces)):
            whole = (0, len(table.rows))
            yield from ((cut_table(table, whole, span), piece) for span, piece in zip(spans, pieces, strict=True))
            return
    yield table, header


def _has_figures(header: Header) -> bool:
    return _is_header(header) and any(
        path and path[0] in ("数值", "分年") for path in map(header.path, range(len(header.heads)))
    )


def cut_table(table: SheetTable, rows: tuple[int, int], columns: tuple[int, int]) -> SheetTable:
    """A part of a table: some of its rows and columns, with the merged cells that lie in it."""
    (top, bottom), (left, right) = rows, columns
    merges = tuple(
        Merge(each.row - top, each.column - left, each.rows, each.columns)
        for each in table.merges
        if top <= each.row and each.row + each.rows <= bottom
        if left <= each.column and each.column + each.columns <= right
    )
    down, along = table.places
    cells = tuple(row[left:right] for row in table.rows[top:bottom])
    return SheetTable("", cells, merges, (down[top:bottom], along[left:right]))


def _header_at(table: SheetTable, start: int) -> Header | None:
    """The header that begins in a row; None if none does."""
    if any(map(_LABEL.match, table.rows[start])):
        return None
    made = merged_header(table, start)
    return _with_lower_rows(table, made) if made and _is_header(made) else None


def merged_header(table: SheetTable, start: int) -> Header | None:
    """The header that would begin in a row, as far down as its merged cells reach; None if the row has a single text."""
    if is_lone(table.rows[start]):
        return None
    bound = [each for each in table.merges if each.row == start and (each.rows > 1 or each.columns > 1)]
    end = min(max([start + 1, *(each.row + max(each.rows, 2) for each in bound)]), len(table.rows))
    return _header_of(table, start, end)


def _is_header(header: Header) -> bool:
    paths = {header.path(at) for at in range(len(header.heads))} - {None}
    return len(paths) > 1 and not paths.isdisjoint((KEY, ("名称",)))


def _header_of(table: SheetTable, start: int, end: int, *, spread: bool = False) -> Header:
    """The header of some rows; with `spread` a text also stands over the empty cells to its right."""
    cells = [list(row) for row in table.rows[:end]]
    for merge in table.merges:
        _spread(merge, cells)
    if spread:
        for at in range(1, len(cells[start])):
            cells[start][at] = cells[start][at] or (cells[start][at - 1] if cells[end - 1][at] else "")
    heads = tuple(tuple(dict.fromkeys(row[at] for row in cells[start:] if row[at])) for at in range(len(table.rows[0])))
    return Header(start, end, heads)


def _with_lower_rows(table: SheetTable, header: Header) -> Header:
    """The header with a second row that is not merged (2026年, 2027年 below 目标)."""
    names = [at for at in range(len(header.heads)) if header.path(at) in (KEY, ("名称",))]
    return lower_rows(table, header, names, lambda cell: bool(path_of(cell)) or _is_lower(cell))


def lower_rows(table: SheetTable, header: Header, names: Collection[int], is_head: Callable[[str], bool]) -> Header:
    """The header with further rows that are not merged: each has only texts of a header, and none below one of `names`."""
    for _ in range(_MAX_LOWER):
        row = table.rows[header.end] if header.end < len(table.rows) else ()
        below = [cell for cell in row if cell]
        if not below or any(row[at] for at in names) or not all(map(is_head, below)):
            break
        header = _header_of(table, header.start, header.end + 1, spread=True)
    return _with_column_numbers(table, header)


def _with_column_numbers(table: SheetTable, header: Header) -> Header:
    """The header past a row of column numbers."""
    if header.end < len(table.rows):
        numbers = [cell.strip("()（）") for cell in table.rows[header.end] if cell and not _LETTER.fullmatch(cell)]
        if len(numbers) > 2 and numbers == [str(at) for at in range(1, len(numbers) + 1)]:
            return Header(header.start, header.end + 1, header.heads)
    return header


def _is_lower(cell: str) -> bool:
    """True for a text of a lower row that alone names no column: （万元）, 上半年."""
    head, unit = head_and_unit(cell)
    return bool(unit and not head) or OTHER.fullmatch(head) is not None


def _spread(merge: Merge, cells: list[list[str]]) -> None:
    """Writes the text of a merged cell into every cell that it covers."""
    for row in cells[merge.row : merge.row + merge.rows]:
        for column in range(merge.column, merge.column + merge.columns):
            row[column] = cells[merge.row][merge.column]
