"""Writes every table of a plan as a sheet of one workbook, with openpyxl; the same bytes every time."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Pos, Result
from planwriter.model import Document, Merge, Part, Table
from planwriter.model.walk import Parent, is_made, walk_plan
from planwriter.plan.flow import CAPTION, Grid
from planwriter.plan.tables import target_table, task_table
from planwriter.sheets.sheet import UNFIT
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex
from planwriter.system.zip import open_zip
from planwriter.system.zip_bounds import OURS
from planwriter.system.zip_write import pack
from planwriter.writers.docx.grid import CELL_MARGINS, column_widths, is_wide
from planwriter.writers.docx.package import CUSTOM_PART, digest, properties_xml
from planwriter.writers.docx.title import text_width

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from planwriter.layout.layout import Layout, Length

MAX_TEXT = 32_767
"""The most characters in a cell of a workbook; programs cut off the rest silently."""
TARGETS, TASKS = "指标表", "任务分解表"
_TITLE, _HEAD, _TEXT, _LEFT, _FIGURE = "表题", "表头", "表文", "表文左齐", "表数"
"""The names of the workbook's cell styles, each of which its user can change in one place."""

_CHINESE = 134
"""The character set of the fonts (GB 2312), by which programs choose a replacement if a font is missing."""


class Titled(NamedTuple):
    """A table for a sheet, and its title."""

    title: str
    grid: Grid


def render_xlsx(document: Document, layout: Layout) -> Result[bytes | None]:
    """The workbook of a document: 指标表, 任务分解表, then every other table in order, one sheet each.

    None and PW452 if there is no table, or if a cell holds more than a workbook can.
    """
    tables = list(tables_of(document))
    reason = "" if tables else "提纲里没有指标，也没有任务和表"
    for titled in tables:
        longest = max((len(cell) for row in titled.grid.rows for cell in row), default=0)
        if longest > MAX_TEXT:
            reason = f"“{titled.title}”里有一格 {longest} 字，工作簿的一格最多 {MAX_TEXT} 字"
    if reason:
        return Result(None, (finding("PW452", Pos(document.title), reason=reason),))
    return Result(_packed(_workbook(tables, document.title, layout)))


# tables


def tables_of(document: Document) -> Iterator[Titled]:
    """The tables that a workbook holds; one without a title gets that of the block or part around it."""
    if document.targets:
        yield Titled(TARGETS, _grid(target_table(document.targets)))
    tasks = task_table(document.parts)
    if len(tasks.rows) > 1:
        yield Titled(TASKS, _grid(tasks))
    for visit in walk_plan(document):
        if isinstance(visit.block, Table) and any(visit.block.rows) and not is_made(visit):
            yield Titled(_title_of(visit.block, visit.parents), _grid(visit.block))


def _title_of(table: Table, parents: tuple[Parent, ...]) -> str:
    """The caption of a table, else the title of the innermost block that has one, of the attachment or the part."""
    titles = [part.role if isinstance(part, Part) else part.title.value if part.title else "" for part in parents]
    return next(filter(None, (table.caption.value if table.caption else "", *reversed(titles))), "")


def _grid(table: Table) -> Grid:
    return Grid(tuple(tuple(UNFIT.sub("", cell.value) for cell in row) for row in table.rows), table.merges)


# workbook


def _workbook(tables: Sequence[Titled], title: str, layout: Layout) -> Workbook:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator, book.properties.title = "planwriter", title
    _add_styles(book, layout)
    for titled, name in zip(tables, sheet_names([each.title for each in tables]), strict=True):
        _fill(book.create_sheet(name), titled, layout)
    return book


def _add_styles(book: Any, layout: Layout) -> None:
    """The cell styles, in the type of the layout's tables."""
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, Side
    from openpyxl.utils.indexed_list import IndexedList

    text = layout.role("table_text")
    book._named_styles["Normal"].font = own = Font(name=text.font, size=text.size.points, charset=_CHINESE)
    book._fonts = IndexedList([own])  # the widths of columns are measured in the first font
    line = Side(style="thin")
    box = Border(left=line, right=line, top=line, bottom=line)
    for name, role, border, side in (
        (_TITLE, CAPTION, Border(), "center"),
        (_HEAD, "table_head", box, "center"),
        (_TEXT, "table_text", box, "center"),
        (_LEFT, "table_text", box, "left"),
        (_FIGURE, "table_text", box, "center"),
    ):
        kind = layout.role(role)
        font = Font(name=kind.font, size=kind.size.points, bold=kind.bold, charset=_CHINESE)
        fits = (
            {"shrink_to_fit": True} if name == _FIGURE else {"wrap_text": True}
        )  # a figure that is too wide would show as ####
        align = Alignment(horizontal=side, vertical="center", **fits)
        book.add_named_style(NamedStyle(name=name, font=font, border=border, alignment=align))


_UNFIT = str.maketrans("[]:*?/\\", "［］：＊？／＼")
_MAX_NAME = 31


def sheet_names(titles: Sequence[str]) -> list[str]:
    """A name for each sheet: its title as far as a workbook allows, with a number if the name is already taken."""
    names: list[str] = []
    taken = {"history"}  # Excel keeps this one for itself
    for title in titles:
        plain = " ".join(title.translate(_UNFIT).split()).strip("'") or "表"
        name, number = _cut(plain, _MAX_NAME), 1
        while name.casefold() in taken:
            number += 1
            mark = f"（{number}）"
            name = _cut(plain, _MAX_NAME - len(mark)) + mark
        taken.add(name.casefold())
        names.append(name)
    return names


def _cut(name: str, units: int) -> str:
    """The name cut to `units` UTF-16 code units, by which workbooks count."""
    while len(name.encode("utf-16-le")) > 2 * units:
        name = name[:-1]
    return name.rstrip(" '")


# sheet

_LEADING = 1.3
"""The line spacing in a cell, in type sizes."""
_SPACE = 5
"""The free space above and below the text of a cell together, in points."""
_MAX_HEIGHT = 409
"""The greatest height of a row in a workbook, in points."""


def _fill(sheet: Worksheet, titled: Titled, layout: Layout) -> None:
    """Fills a sheet with the table; if it has several columns, the title stands above it across all of them."""
    grid = titled.grid
    turned = is_wide(grid, layout)
    total = layout.height if turned else layout.width
    widths, single = column_widths(grid, layout, total.twips)
    digit = layout.role("table_text").size.twips / 2  # widths are counted in digits of the style Normal
    for at, width in enumerate(widths):
        sheet.column_dimensions[_letter(at)].width = round(width / digit, 2)
    top = 1 if len(widths) > 1 else 0
    if top:
        cell = sheet.cell(1, 1)
        _put_text(cell, titled.title, _TITLE)
        sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(widths))
        size = layout.role(CAPTION).size
        sheet.row_dimensions[1].height = round(
            _lines(titled.title, size, total.twips) * size.points * _LEADING * 1.5, 1
        )
    styles = [_TEXT if fits else _LEFT for fits in single]
    for at, row in enumerate(grid.rows):
        for column, (text, style) in enumerate(zip_longest(row, styles, fillvalue="")):
            if at < grid.heads:
                _put_text(sheet.cell(top + at + 1, column + 1), text, _HEAD)
            else:
                _put(sheet.cell(top + at + 1, column + 1), text, style)
    for at, height in enumerate(_heights(grid, layout, widths), top + 1):
        sheet.row_dimensions[at].height = height
    for each in grid.merges:
        first, left = top + each.row + 1, each.column + 1
        sheet.merge_cells(
            start_row=first, end_row=first + each.rows - 1, start_column=left, end_column=left + each.columns - 1
        )
    _set_page(sheet, layout, top, grid.heads, turned=turned)


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(column + 1)


def _lines(text: str, size: Length, width: int) -> int:
    """How many lines a text takes in a column of `width` twips."""
    room = max(width - CELL_MARGINS + 1, 1)
    return sum(max(1, math.ceil(text_width(line) * size.twips / 2 / room)) for line in text.split("\n"))


def _heights(grid: Grid, layout: Layout, widths: list[int]) -> list[float]:
    """The heights of the rows in points: not every program computes them, and none does so for merged cells."""
    firsts = {(each.row, each.column): each for each in grid.merges}
    heights = [0.0] * len(grid.rows)
    for at, row in enumerate(grid.rows):
        size = layout.role("table_head" if at < grid.heads else "table_text").size
        for column, text in enumerate(row):
            own = firsts.get((at, column), Merge(at, column, 1, 1))
            lines = _lines(text, size, sum(widths[column : column + own.columns]))
            needed = (lines * _LEADING * size.points + _SPACE) / own.rows
            for covered in range(at, at + own.rows):
                heights[covered] = max(heights[covered], needed)
    return [round(min(height, _MAX_HEIGHT), 1) for height in heights]


def _set_page(sheet: Any, layout: Layout, top: int, heads: int, *, turned: bool) -> None:
    """Sets the layout's margins, one page in width, and a header that stays visible and is repeated on every page."""
    from openpyxl.worksheet.page import PageMargins

    edges, number = layout.margins, layout.page_number
    sides = (edges.left, edges.top, edges.right, edges.bottom)
    left, above, right, below = (round(side.points / 72, 3) for side in (sides[1:] + sides[:1] if turned else sides))
    sheet.page_margins = PageMargins(
        left=left, right=right, top=above, bottom=below, header=above / 2, footer=below / 2
    )
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if turned else "portrait"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = f"{number.before}&P{number.after}".strip()
    sheet.freeze_panes = f"A{top + heads + 1}"
    sheet.print_title_rows = f"{top + 1}:{top + heads}"


# cells

_NUMBER = regex(r"(-?(?:0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?)(%?)", re.ASCII)
_MAX_DIGITS = 15
"""The digits that a workbook keeps of a number."""


def _put(cell: Any, text: str, style: str) -> None:
    """Writes a number as a number that is displayed as it was typed, anything else as text."""
    match = _NUMBER.fullmatch(text)
    if match is None or sum(map(str.isdigit, text)) > _MAX_DIGITS:
        _put_text(cell, text, style)
        return
    typed, percent = match[1], match[2]
    figure = Decimal(typed.replace(",", ""))
    cell.value = figure.scaleb(-2) if percent else figure
    cell.style = _FIGURE
    cell.number_format = (
        ("#,##0" if "," in typed else "0")
        + re.sub(r"\d", "0", typed[typed.find(".") :] if "." in typed else "")
        + percent
    )


def _put_text(cell: Any, text: str, style: str) -> None:
    """Writes text as text: if it begins like a formula, it is not one and does not become one when edited."""
    cell.style = style
    if text:
        cell.value = text
        cell.data_type = "s"
        cell.quotePrefix = text[0] in "=+-@"


# bytes

_MODIFIED = regex(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")
_FIXED = regex(rb'(<row [^>]*) customHeight="1"')
"""The attribute that would keep a row from growing when its text is changed."""


def _packed(book: Any) -> bytes:
    """The bytes of the workbook without any time in them, and with the digest that shows whether it was edited."""
    from openpyxl.packaging.custom import StringProperty

    book.custom_doc_props.append(StringProperty(name="planwriter", value=""))  # the place of the digest
    stream = io.BytesIO()
    book.save(stream)
    parts = {name: _FIXED.sub(rb"\1", part) for name, part in sorted(open_zip(stream.getvalue(), OURS).items())}
    parts["docProps/core.xml"] = _MODIFIED.sub(b"", parts["docProps/core.xml"])
    parts[CUSTOM_PART] = properties_xml(digest(parts.items()))
    return pack(parts)
