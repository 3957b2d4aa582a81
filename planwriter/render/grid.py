"""Tables in WordprocessingML: columns as wide as their content wants, and whether a table wants a landscape page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise, zip_longest
from typing import TYPE_CHECKING

from planwriter.render.flow import Grid
from planwriter.render.markup import END, STYLE_TAGS, TABLE_STYLE, text_xml

if TYPE_CHECKING:
    from planwriter.style import Layout, Length

_STYLE = re.compile("<w:pStyle [^>]*>")
_MIN_CELL = 8
"""The least width of a column, in halves of a character, where its content would fill it."""
_CELL_MARGINS = 190
"""The free space beside a cell's text, in twips: a little more than the style's two margins."""


_WIDE_CELL, _SMALL = 12, 105
"""What a column may want at least, in halves of a character of 五号 (twips): columns that do not get it want a landscape page."""


def is_wide(grid: Grid, layout: Layout) -> bool:
    """Whether the table has too many columns of too much text for an upright page."""
    if max(map(len, grid.rows), default=0) * (_WIDE_CELL * _SMALL + _CELL_MARGINS) <= layout.width.twips:
        return False
    from planwriter.render.title import text_width

    wants = (max(map(text_width, column)) for column in zip_longest(*grid.rows, fillvalue=""))
    return sum(min(want, _WIDE_CELL) * _SMALL + _CELL_MARGINS for want in wants) > layout.width.twips


def grid_xml(rows: Sequence[Sequence[str]], layout: Layout, width: Length, *, keep: bool = False) -> str:
    """A table as wide as the type area; its header repeats on every page, no row is split.

    `keep`: its last row stays on the page of what follows.
    """
    columns = max(map(len, rows), default=0)
    if not columns:
        return END
    widths, single = _column_widths(rows, layout, width.twips)
    head = [_cell_open(own, "table_head", "") for own in widths]
    cells = [
        _cell_open(own, "table_text", "" if fits else '<w:jc w:val="left"/>') for own, fits in zip(widths, single, strict=True)
    ]
    made = [
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{TABLE_STYLE}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>',
        *(f'<w:gridCol w:w="{own}"/>' for own in widths),
        "</w:tblGrid>",
    ]
    opens, properties = head, "<w:cantSplit/><w:tblHeader/>"
    for at, row in enumerate(rows, 1):
        if keep and at == len(rows):
            opens = [_STYLE.sub(lambda match: match[0] + "<w:keepNext/>", each) for each in opens]
        made.append(f"<w:tr><w:trPr>{properties}</w:trPr>")
        made += (
            f"{start}<w:r>{text_xml(cell)}</w:r></w:p></w:tc>" if cell else f"{start}</w:p></w:tc>"
            for start, cell in zip_longest(opens, row, fillvalue="")
        )
        made.append("</w:tr>")
        opens, properties = cells, "<w:cantSplit/>"
    made.append("</w:tbl>")
    return "".join(made)


def _cell_open(width: int, role: str, align: str) -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"<w:p><w:pPr>{STYLE_TAGS[role]}{align}</w:pPr>"
    )


def _column_widths(rows: Sequence[Sequence[str]], layout: Layout, total: int) -> tuple[list[int], list[bool]]:
    """The columns' widths in twips, which fill `total`, and whether each holds every cell below its header in one line."""
    half = max(layout.role("table_text").size.twips, layout.role("table_head").size.twips) / 2
    from planwriter.render.title import text_width

    texts = [[text_width(cell) for cell in column] for column in zip_longest(*rows, fillvalue="")]
    wants = [max(column) * half + _CELL_MARGINS for column in texts]
    below = [max(column[1:], default=0) * half + _CELL_MARGINS for column in texts]
    exact = _share_out(wants, total, _MIN_CELL * half + _CELL_MARGINS)
    edges = [round(edge) for edge in accumulate(exact, initial=0.0)]
    widths = [edge - before for before, edge in pairwise(edges)]
    return widths, [want <= width + 1 for want, width in zip(below, widths, strict=True)]


def _share_out(wants: list[float], total: float, least: float) -> list[float]:
    """`total` shared out among columns that want so much.

    Where all get what they want, they get more in proportion. Otherwise those that want no more than an equal share get it,
    and the rest is shared by the others in proportion to what they want above `least`.
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
