"""The landscape page of the base: the upright page turned to the right, with the page number where upright pages have it.

GB/T 9704 8: the head of a landscape table lies at the binding edge of odd pages and at the outer edge of even pages, and the
page number stands as on upright pages. Both hold if the left edge of the upright page is the upper edge of the landscape page.
"""

from __future__ import annotations

from typing import Any

from planwriter.layout.layout import Layout, Length
from planwriter.writers.docx import wordml

_MIDDLE = 0.5
"""The distance from the edge of a turned line to the dash in it, in line heights."""


def turn_page(sect_pr: Any, layout: Layout) -> None:
    """Turns the upright page of a section into the landscape page."""
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
    """Moves the page number of a footer into a frame of turned text to the left of the type area.

    `footer` is the element of a footer that holds the paragraph for the upright page. The frame is a table, since WPS and
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
    """Adds the paragraph that must follow a table, `height` high."""
    properties = wordml.add(wordml.add(footer, "p"), "pPr")
    wordml.put(properties, "pStyle", val="Footer")
    wordml.put(properties, "spacing", line=height.twips, lineRule="exact")
