"""The figures of a race as tables of text, and their display: the only place that formats tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """Rows of cells below headings; the first column is a name, the others are figures."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Figures:
    """The result of a race: its tables, and notes such as what was wanted and which peers were missing."""

    title: str
    tables: tuple[Table, ...]
    notes: tuple[str, ...] = ()


def show(figures: Figures) -> str:
    """The tables and notes as plain text, without the title."""
    tables = "\n\n".join(f"{each.caption}\n{_lines(each.headings, each.rows)}" for each in figures.tables)
    return "\n\n".join(part for part in (tables, "\n".join(figures.notes)) if part)


def _lines(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The headings, a rule, and the rows: the first column is aligned left, the others right."""
    widths = [max(len(row[column]) for row in (headings, *rows)) for column in range(len(headings))]

    def line(cells: Sequence[str]) -> str:
        shown = [
            cell.rjust(width) if column else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
        ]
        return "  ".join(shown).rstrip()

    return "\n".join([line(headings), "  ".join("-" * width for width in widths), *map(line, rows)])
