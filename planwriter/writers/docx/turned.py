"""The landscape page of the base: the portrait page turned to the right, its page number where the bound pages have it.

GB/T 9704 8: a table that lies on its side has its head at the binding of odd pages and at the outer edge of even ones, and
the page number stands as on the other pages. Both are so where what is left on the upright page is above on the turned one.
"""

from __future__ import annotations

from typing import Any

from planwriter.layout.layout import Layout, Length
from planwriter.writers.docx import wordml

_MIDDLE = 0.5
"""From the edge of a turned line to the dash in it, in parts of its height."""


def turn_page(sect_pr: Any, layout: Layout) -> None:
    """Gives a section that has the upright page the turned one."""
    margins = layout.margins
    width, height = layout.paper
    wordml.put(sect_pr, "pgSz", w=height.twips, h=width.twips, orient="landscape")
    sides = {"top": margins.left, "right": margins.top, "bottom": margins.right, "left": margins.bottom}
    wordml.put(
        sect_pr,
        "pgMar",
        **{side: length.twips for side, length in sides.items()},
        header=margins.left.twips // 2,
        footer=margins.right.twips // 2,
        gutter=0,
    )


def turn_footer(footer: Any, layout: Layout) -> None:
    """Puts the page number of a footer into a frame of turned text beside the type area.

    `footer` is the element of a footer with the paragraph of the upright page. The frame is a table, since WPS and
    LibreOffice turn the text of a cell but not that of a paragraph.
    """
    (paragraph,) = list(footer)
    number, margins = layout.page_number, layout.margins
    thick = number.size * 1.5
    left = margins.bottom - number.gap - thick * _MIDDLE
    table = wordml.add(footer, "tbl")
    properties = wordml.put(table, "tblPr")
    wordml.put(
        properties,
        "tblpPr",
        leftFromText=0,
        rightFromText=0,
        vertAnchor="page",
        horzAnchor="page",
        tblpX=left.twips,
        tblpY=margins.left.twips,
    )
    wordml.put(properties, "tblW", w=thick.twips, type="dxa")
    wordml.put(properties, "tblLayout", type="fixed")
    cell_margins = wordml.put(properties, "tblCellMar")
    for side in ("top", "left", "bottom", "right"):
        wordml.add(cell_margins, side, w=0, type="dxa")
    wordml.add(wordml.add(table, "tblGrid"), "gridCol", w=thick.twips)
    row = wordml.add(table, "tr")
    wordml.add(wordml.add(row, "trPr"), "trHeight", val=layout.width.twips, hRule="exact")
    cell = wordml.add(row, "tc")
    cell_properties = wordml.add(cell, "tcPr")
    wordml.add(cell_properties, "tcW", w=thick.twips, type="dxa")
    wordml.add(cell_properties, "textDirection", val="tbRl")
    wordml.add(cell_properties, "vAlign", val="center")
    cell.append(paragraph)
    _add_empty(footer, Length(12_700))


def _add_empty(footer: Any, height: Length) -> None:
    """The paragraph that must follow a table, as low as can be."""
    properties = wordml.add(wordml.add(footer, "p"), "pPr")
    wordml.put(properties, "pStyle", val="Footer")
    wordml.put(properties, "spacing", line=height.twips, lineRule="exact")
