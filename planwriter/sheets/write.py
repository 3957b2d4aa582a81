"""Writes sheets of typed cells as an .xlsx with openpyxl; the bytes depend only on the cells."""

from __future__ import annotations

import io
from collections.abc import Callable
from copy import copy
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from planwriter.sheets.read import shown_value
from planwriter.start.patterns import regex
from planwriter.start.records import dataclass
from planwriter.system.zip import open_zip
from planwriter.system.zip_bounds import OURS
from planwriter.system.zip_write import Head, deflated, pack_entries

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_FONT, _HEAD_FONT = "宋体", "黑体"
_MADE = datetime(2000, 1, 1)
_CLOCK = regex(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_CORE, _SHEETS = "docProps/core.xml", "xl/worksheets/"
_FIXED = regex(rb'(<row [^>]*) customHeight="1"')
"""The attribute that would keep a row from growing when its text is changed."""
_HEAD = Head(mode=0o600 << 16)
_LINE, _MAX_HEIGHT = 15, 409
"""The height of a line of text, and the greatest height of a row, in points."""
_SPARE_ROWS = 500
"""The number of rows below the last one in which a column's choices are still offered."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header, its width in characters, the choices in it, and advice to the writer."""

    head: str
    width: int
    choices: tuple[str, ...] = ()
    prompt: str = ""
    is_text: bool = True
    """False if an empty cell is to be filled in with a number."""
    centered: bool = False
    hidden: bool = False
    """True if it is for programs, not for people."""


@dataclass(frozen=True, slots=True)
class NewSheet:
    """A sheet: its columns and rows; a Decimal becomes a number with the same decimals, a text stays a text."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str | Decimal, ...], ...]
    frozen: str = ""
    """The first cell that scrolls; "" if the sheet has no header."""
    title: str = ""
    """The text above the header, across all columns."""
    printed: bool = False
    """True if it is to be printed: on A4 across, one page wide, with the header and a page number on every page."""


def write_workbook(pages: tuple[NewSheet, ...]) -> bytes:
    """The workbook with these sheets: the same bytes for the same sheets, on every system and at any time."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator, book.properties.created = "planwriter", _MADE
    for page in pages:
        _write_page(book.create_sheet(page.name), page)
    stream = io.BytesIO()
    book.save(stream)
    return _repacked(stream.getvalue())


def _write_page(sheet: Worksheet, page: NewSheet) -> None:
    from openpyxl.utils import get_column_letter

    dress = _wardrobe(ruled=bool(page.frozen))
    top = 1 if page.title else 0
    if page.frozen:
        sheet.freeze_panes = page.frozen
        for column, each in enumerate(page.columns, 1):
            dress(sheet.cell(top + 1, column, each.head), "head")
    first = top + (2 if page.frozen else 1)
    for at, row in enumerate(page.rows, first):
        for column, (each, value) in enumerate(zip(page.columns, row, strict=True), 1):
            cell = sheet.cell(at, column)
            dress(cell, "centered" if each.centered else "")
            _write_cell(cell, value, each)
    for column, each in enumerate(page.columns, 1):
        dimension = sheet.column_dimensions[get_column_letter(column)]
        dimension.width, dimension.hidden = each.width, each.hidden
        if each.choices:
            _offer(sheet, each, f"{get_column_letter(column)}{first}", len(page.rows) + _SPARE_ROWS)
    if page.title:
        _write_title(sheet, page)
    if page.printed:
        _set_page(sheet, page, top + 1)


def _write_title(sheet: Any, page: NewSheet) -> None:
    from openpyxl.styles import Alignment, Font

    cell = sheet.cell(1, 1)
    cell.value, cell.data_type, cell.quotePrefix = page.title, "s", page.title[:1] in "=+-@"
    cell.font, cell.alignment = Font(name=_HEAD_FONT, size=16), Alignment("center", "center", wrap_text=True)
    shown = max((at for at, each in enumerate(page.columns, 1) if not each.hidden), default=1)
    if shown > 1:
        sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=shown)
    sheet.row_dimensions[1].height = 36


def _set_page(sheet: Any, page: NewSheet, head: int) -> None:
    """Prepares the sheet for the printer, and gives each row the height of its text, which not every program computes."""
    from openpyxl.worksheet.page import PageMargins

    sheet.page_setup.paperSize, sheet.page_setup.orientation = sheet.PAPERSIZE_A4, "landscape"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.page_margins = PageMargins(left=0.5, right=0.5, top=0.6, bottom=0.7, header=0.3, footer=0.35)
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    sheet.print_title_rows = f"{head}:{head}"
    sheet.row_dimensions[head].height = 24
    for at, row in enumerate(page.rows, head + 1):
        lines = [
            _lines(str(value), each.width) for each, value in zip(page.columns, row, strict=True) if not each.hidden
        ]
        sheet.row_dimensions[at].height = min(max(lines, default=1) * _LINE + 8, _MAX_HEIGHT)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column; a Chinese character is as wide as two digits."""
    room = max(width - 1, 1)
    return sum(max(1, -(-sum(1 if mark.isascii() else 2 for mark in line) // room)) for line in text.split("\n"))


def _wardrobe(*, ruled: bool) -> Callable[..., None]:
    """Returns a function that formats a cell of the header ("head"), of a centered column, or of another (""); all cells share its objects, which is faster in openpyxl."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    line = Side(style="thin", color="FF999999")
    border, fill = Border(line, line, line, line), PatternFill("solid", fgColor="FFE7EEF7")
    faces = {True: Font(name=_HEAD_FONT, size=11), False: Font(name=_FONT, size=11)}
    places = {True: Alignment("center", "center", wrap_text=True), False: Alignment(vertical="center", wrap_text=True)}
    styles: dict[str, Any] = {}

    def dress(cell: Any, part: str) -> None:
        if part not in styles:
            cell.font, cell.alignment = faces[part == "head"], places[bool(part)]
            if ruled:
                cell.border = border
            if part == "head":
                cell.fill = fill
            styles[part] = copy(cell._style)
        cell._style = copy(styles[part])

    return dress


def _write_cell(cell: Any, value: str | Decimal, column: Column) -> None:
    """Writes a figure as a number and a text as a text; an empty cell for a text keeps its input as a text."""
    number, form = _number(value)
    if number is not None:
        cell.value, cell.number_format = number, form
        return
    if column.is_text or value != "":
        cell.number_format = "@"  # 2026年12月 typed here stays a text
    if value != "":
        cell.value, cell.data_type = str(value), "s"  # "=1+1" stays a text
        cell.quotePrefix = str(value)[:1] in "=+-@"  # stays a text when edited


def _offer(sheet: Worksheet, column: Column, first: str, last: int) -> None:
    """Adds a drop-down with the choices of a column, from the cell `first` to the row `last`."""
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation(type="list", formula1=f'"{",".join(column.choices)}"', allow_blank=True)
    rule.showErrorMessage = rule.showInputMessage = True
    rule.errorTitle, rule.error = column.head, f"只能写：{'、'.join(column.choices)}。"
    rule.promptTitle, rule.prompt = column.head, column.prompt
    rule.add(f"{first}:{first.rstrip('0123456789')}{last}")
    sheet.add_data_validation(rule)


def _number(value: str | Decimal) -> tuple[float | int | None, str]:
    """A figure as a cell's number, and the format that shows it as typed; None if a cell cannot hold it exactly."""
    if not isinstance(value, Decimal):
        return None, ""
    exponent = value.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    form = f"0.{'0' * places}" if places else "0"
    number = float(value) if places else int(value)
    exact = abs(value) < 10**15 and shown_value(number, form) == f"{value:f}"
    return (number, form) if exact else (None, "")


def _repacked(data: bytes) -> bytes:
    """The archive without the time at which it was made."""
    parts = dict(open_zip(data, OURS))
    parts[_CORE] = _CLOCK.sub(rb"\g<1>2000-01-01T00:00:00Z", parts[_CORE])
    parts |= {name: _FIXED.sub(rb"\1", part) for name, part in parts.items() if name.startswith(_SHEETS)}
    return pack_entries({name: deflated(part, _HEAD) for name, part in parts.items()})
