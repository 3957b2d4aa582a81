"""Tables in WordprocessingML: column widths by content, and whether a table needs a landscape page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise, zip_longest

from planwriter.plan.flow import Grid
from planwriter.start.patterns import regex
from planwriter.start.typing import TYPE_CHECKING
from planwriter.writers.docx.markup import END, STYLE_TAGS, TABLE_STYLE, text_xml

if TYPE_CHECKING:
    from planwriter.layout.layout import Layout, Length
    from planwriter.writers.docx.recording import CellValues

_STYLE = regex("<w:pStyle [^>]*>")
_MIN_CELL = 8
"""The least width of a column whose content would fill it, in halves of a character."""
CELL_MARGINS = 190
"""The free space to the left and right of a cell's text, in twips: a little more than the style's two margins."""


_WIDE_CELL, _SMALL = 12, 105
"""The width that every column gets if its text needs it, in halves of a character of 五号, and that half in twips.

If the columns do not fit an upright page at these widths, the table needs a landscape page.
"""


def is_wide(grid: Grid, layout: Layout) -> bool:
    """True if the columns of the table do not fit an upright page."""
    if max(map(len, grid.rows), default=0) * (_WIDE_CELL * _SMALL + CELL_MARGINS) <= layout.width.twips:
        return False
    from planwriter.writers.docx.title import text_width

    wants = (max(map(text_width, column)) for column in zip_longest(*grid.rows, fillvalue=""))
    return sum(min(want, _WIDE_CELL) * _SMALL + CELL_MARGINS for want in wants) > layout.width.twips


def grid_xml(grid: Grid, layout: Layout, width: Length, *, keep: bool = False, values: CellValues = ()) -> str:
    """A table as wide as the type area; its header repeats on every page, and no row is split.

    With `keep`, its last row stays on the same page as what follows. Its `values` are marked.
    """
    rows = grid.rows
    columns = max(map(len, rows), default=0)
    if not columns:
        return END
    widths, single = column_widths(grid, layout, width.twips)
    cells = [
        _cell_open(own, "table_text", "" if fits else '<w:jc w:val="left"/>')
        for own, fits in zip(widths, single, strict=True)
    ]
    opens = [_cell_open(own, "table_head", "") for own in widths]
    made = [
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{TABLE_STYLE}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>',
        *(f'<w:gridCol w:w="{own}"/>' for own in widths),
        "</w:tblGrid>",
    ]
    merged = _merged_cells(grid, widths)
    runs = _valued_cells(grid, values) if values else {}
    for at, row in enumerate(rows):
        head = at < grid.heads
        opens = opens if head else cells
        if keep and at == len(rows) - 1:
            opens = [_STYLE.sub(lambda match: match[0] + "<w:keepNext/>", each) for each in opens]
        own_opens = [_merge(start, merged.get((at, column))) for column, start in enumerate(opens)] if merged else opens
        made.append(f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' * head}</w:trPr>")
        made += (
            f"{start}{runs.get((at, column)) or f'<w:r>{text_xml(cell)}</w:r>'}</w:p></w:tc>"
            if cell
            else f"{start}</w:p></w:tc>"
            for column, (start, cell) in enumerate(zip_longest(own_opens, row, fillvalue=""))
            if start
        )
        made.append("</w:tr>")
    made.append("</w:tbl>")
    return "".join(made)


def _valued_cells(grid: Grid, values: CellValues) -> dict[tuple[int, int], str]:
    from planwriter.writers.docx.marks import valued_cells

    return valued_cells(grid, values)


def _merged_cells(grid: Grid, widths: list[int]) -> dict[tuple[int, int], str]:
    """The properties of merged cells by row and column; "" for a cell covered by one to its left."""
    made: dict[tuple[int, int], str] = {}
    for each in grid.merges:
        covered = range(each.column, each.column + each.columns)
        size = f'<w:tcW w:w="{sum(widths[column] for column in covered)}" w:type="dxa"/>'
        span = f'<w:gridSpan w:val="{each.columns}"/>' if each.columns > 1 else ""
        for row in range(each.row, each.row + each.rows):
            made.update({(row, column): "" for column in covered})
            down = "" if each.rows == 1 else '<w:vMerge w:val="restart"/>' if row == each.row else "<w:vMerge/>"
            made[row, each.column] = size + span + down
    return made


def _merge(start: str, properties: str | None) -> str:
    """The start of a cell, with the properties of a merged one; "" if the cell is covered by one to its left."""
    if not properties:
        return start if properties is None else ""
    return _SIZE.sub(lambda _: properties, start, count=1)


_SIZE = regex("<w:tcW [^>]*>")


def _measured(grid: Grid) -> Sequence[Sequence[str]]:
    """The rows without the text of cells that span several columns, which does not count for the width of any one column."""
    wide = {(each.row, each.column) for each in grid.merges if each.columns > 1}
    if not wide:
        return grid.rows
    return [
        [("" if (at, column) in wide else cell) for column, cell in enumerate(row)] for at, row in enumerate(grid.rows)
    ]


def _cell_open(width: int, role: str, align: str) -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"<w:p><w:pPr>{STYLE_TAGS[role]}{align}</w:pPr>"
    )


def column_widths(grid: Grid, layout: Layout, total: int) -> tuple[list[int], list[bool]]:
    """The widths of the columns in twips, which fill `total`, and whether every cell below a column's header fits in one line."""
    half = max(layout.role("table_text").size.twips, layout.role("table_head").size.twips) / 2
    from planwriter.writers.docx.title import text_width

    heads = grid.heads
    texts = [[text_width(cell) for cell in column] for column in zip_longest(*_measured(grid), fillvalue="")]
    wants = [max(column) * half + CELL_MARGINS for column in texts]
    below = [max(column[heads:], default=0) * half + CELL_MARGINS for column in texts]
    exact = _share_out(wants, total, _MIN_CELL * half + CELL_MARGINS)
    edges = [round(edge) for edge in accumulate(exact, initial=0.0)]
    widths = [edge - before for before, edge in pairwise(edges)]
    return widths, [want <= width + 1 for want, width in zip(below, widths, strict=True)]


def _share_out(wants: list[float], total: float, least: float) -> list[float]:
    """Distributes `total` among columns that need the widths `wants`.

    If all needs can be met, the rest is distributed in proportion. Otherwise columns that need at most an equal share get
    what they need; the remaining columns share the rest in proportion to what they need above `least`.
    """
    if sum(wants) <= total:
        return [want * total / sum(wants) for want in wants]
    left, greedy = total, set(range(len(wants)))
    while modest := {at for at in greedy if wants[at] <= left / len(greedy)}:
        greedy -= modest
        left -= sum(wants[at] for at in modest)
    floor = min(least, left / len(greedy))
    spare = (left - floor * len(greedy)) / sum(wants[at] - floor for at in greedy)
    return [floor + spare * (want - floor) if at in greedy else want for at, want in enumerate(wants)]
