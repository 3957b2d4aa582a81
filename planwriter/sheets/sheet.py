"""A sheet of a workbook: the texts of its cells, the merged cells, and the place of each cell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate

from planwriter.findings.finding import Pos, Source, Span
from planwriter.model import Merge
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex
from planwriter.start.records import dataclass, field

ENDINGS = (".xlsx", ".xlsm", ".csv")
"""The endings of file names for workbooks."""
UNFIT = regex("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Matches a character that no cell of an .xlsx can hold."""


class SheetSource(Source):
    """The source of a sheet: one line for each row, cells separated by tabs; a place in it is a cell."""

    __slots__ = ("_edges", "_row")

    def __init__(self, name: str, rows: tuple[tuple[str, ...], ...]) -> None:
        lines = ["\t".join(cell.replace("\t", " ").replace("\n", " ") for cell in row) for row in rows]
        super().__init__(name, "\n".join(lines))
        self._edges = [0, *accumulate(len(line) + 1 for line in lines)]
        self._row: tuple[int, list[int]] = -1, []
        """The row that was asked for last, and where each of its cells begins; then where one more would."""

    def line(self, index: int) -> int:
        return 0

    def pos(self, index: int) -> Pos:
        """The cell of the character at `index`: its row, its column, and its name, such as B3."""
        row = min(bisect_right(self._edges, index) - 1, max(len(self.lines) - 1, 0))
        column = self.text.count("\t", self._edges[row], index)
        return Pos(self.name, row + 1, column + 1, cell=cell_name(row, column))

    def span(self, row: int, column: int) -> Span:
        """The span of a cell; of the nearest one if there is no such cell."""
        if row >= len(self.lines):
            return Span(self, len(self.text), len(self.text))
        cells = self._cells(row)
        end = self._edges[row] + len(self.lines[row])
        if column + 1 < len(cells):
            return Span(self, cells[column], cells[column + 1] - 1)
        return Span(self, end, end)

    def _cells(self, row: int) -> list[int]:
        if self._row[0] != row:
            widths = (len(cell) + 1 for cell in self.lines[row].split("\t"))
            self._row = row, list(accumulate(widths, initial=self._edges[row]))
        return self._row[1]


def cell_name(row: int, column: int) -> str:
    """The name of a cell: A1 for row 0 and column 0, AA10 for row 9 and column 26."""
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name ("" in a .csv), its cells as a reader sees them, from A1 on, and its merged cells."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    """All rows have the same number of cells."""
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    source: SheetSource = field(default_factory=lambda: SheetSource("", ()), compare=False, repr=False)


class SheetTable(NamedTuple):
    """The part of a sheet that is printed."""

    title: str
    """The text of the first row if that is one merged cell over the whole table; else ""."""
    rows: tuple[tuple[str, ...], ...]
    merges: tuple[Merge, ...]
    places: tuple[tuple[int, ...], tuple[int, ...]]
    """The indices of the sheet's rows and columns that the cells come from."""


def table_of(sheet: Sheet) -> SheetTable:
    """The table in a sheet, without hidden or blank rows and columns."""
    filled: dict[int, set[int]] = {}
    for at, row in enumerate(sheet.rows):
        if at not in sheet.hidden_rows:
            filled[at] = {column for column, cell in enumerate(row) if cell and column not in sheet.hidden_columns}
    for merge in sheet.merges:
        if sheet.rows[merge.row][merge.column]:
            area = {*range(merge.column, merge.column + merge.columns)} - sheet.hidden_columns
            for at in range(merge.row, merge.row + merge.rows):
                filled.get(at, set()).update(area)
    rows = [at for at, columns in filled.items() if columns]
    title = _title(sheet, rows, filled)
    rows = rows[1:] if title else rows
    columns = sorted(set().union(*(filled[at] for at in rows)))
    cells = [[sheet.rows[at][column] for column in columns] for at in rows]
    merges = _kept_merges(sheet, rows, columns, cells)
    return SheetTable(title, tuple(map(tuple, cells)), merges, (tuple(rows), tuple(columns)))


def _title(sheet: Sheet, rows: list[int], filled: dict[int, set[int]]) -> str:
    """The text of the first row if that is one merged cell as wide as all rows below; else ""."""
    if len(rows) < 2:
        return ""
    first = rows[0]
    every = set().union(*(filled[at] for at in rows))
    wide = any(
        each.row == first
        and each.rows == 1
        and each.columns > 1
        and every <= {*range(each.column, each.column + each.columns)}
        for each in sheet.merges
    )
    return "".join(sheet.rows[first]) if wide else ""


def _kept_merges(sheet: Sheet, rows: list[int], columns: list[int], cells: list[list[str]]) -> tuple[Merge, ...]:
    """The merged cells, by their indices among the kept rows and columns; each text moves to the first kept cell."""
    made: list[Merge] = []
    taken: set[tuple[int, int]] = set()
    for each in sheet.merges:
        down = range(bisect_left(rows, each.row), bisect_left(rows, each.row + each.rows))
        along = range(bisect_left(columns, each.column), bisect_left(columns, each.column + each.columns))
        area = {(row, column) for row in down for column in along}
        if len(area) > 1 and taken.isdisjoint(area):
            taken |= area
            made.append(Merge(down[0], along[0], len(down), len(along)))
            cells[down[0]][along[0]] = sheet.rows[each.row][each.column]
    return tuple(made)
