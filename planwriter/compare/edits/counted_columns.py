"""What differs between two tables, apart from columns that number the rows: a number that only counts on is no difference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planwriter.compare.matching.grids import CellEdit, grid_edits
from planwriter.compare.versions.version import VersionTable

_COUNTED = frozenset(("序号", "编号", "No", "№"))
_FEWEST = 3
"""So many rows must be counted where the head does not say so."""


def table_edits(old: VersionTable, new: VersionTable) -> Iterator[CellEdit]:
    """The cells, rows and columns that differ."""
    counted = counted_columns(old.rows) & counted_columns(new.rows)
    yield from grid_edits(_without(old.rows, counted), _without(new.rows, counted))


def counted_columns(rows: Sequence[Sequence[str]]) -> set[int]:
    """The columns whose cells below the head are 1, 2, 3 …"""
    made = set()
    for column in range(max(map(len, rows), default=0)):
        cells = [row[column].strip() if column < len(row) else "" for row in rows]
        numbers = [cell for cell in cells[1:] if cell]
        is_headed = bool(cells) and cells[0] in _COUNTED
        if numbers == [str(at) for at in range(1, len(numbers) + 1)] and len(numbers) >= (1 if is_headed else _FEWEST):
            made.add(column)
    return made


def _without(rows: Sequence[Sequence[str]], columns: set[int]) -> list[list[str]]:
    """The rows with the cells of some columns empty below the head."""
    return [
        [cell if at == 0 or column not in columns else "" for column, cell in enumerate(row)]
        for at, row in enumerate(rows)
    ]
