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
_CORE = "docProps/core.xml"
_HEAD = Head(mode=0o600 << 16)
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


@dataclass(frozen=True, slots=True)
class NewSheet:
    """A sheet: its columns and rows; a Decimal becomes a number with the same decimals, a text stays a text."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str | Decimal, ...], ...]
    frozen: str = ""
    """The first cell that scrolls; "" if the sheet has no header."""


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
    if page.frozen:
        sheet.freeze_panes = page.frozen
        for column, each in enumerate(page.columns, 1):
            dress(sheet.cell(1, column, each.head), head=True)
    first = 2 if page.frozen else 1
    for at, row in enumerate(page.rows, first):
        for column, (each, value) in enumerate(zip(page.columns, row, strict=True), 1):
            cell = sheet.cell(at, column)
            dress(cell, head=False)
            _write_cell(cell, value, each)
    for column, each in enumerate(page.columns, 1):
        sheet.column_dimensions[get_column_letter(column)].width = each.width
        if each.choices:
            _offer(sheet, each, get_column_letter(column), len(page.rows) + _SPARE_ROWS)


def _wardrobe(*, ruled: bool) -> Callable[..., None]:
    """Returns a function that formats a cell; all cells share its objects, which is faster in openpyxl."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    line = Side(style="thin", color="FF999999")
    border, fill = Border(line, line, line, line), PatternFill("solid", fgColor="FFE7EEF7")
    faces = {True: Font(name=_HEAD_FONT, size=11), False: Font(name=_FONT, size=11)}
    places = {True: Alignment("center", "center", wrap_text=True), False: Alignment(vertical="center", wrap_text=True)}
    styles: dict[bool, Any] = {}

    def dress(cell: Any, *, head: bool) -> None:
        if head not in styles:
            cell.font, cell.alignment = faces[head], places[head]
            if ruled:
                cell.border = border
            if head:
                cell.fill = fill
            styles[head] = copy(cell._style)
        cell._style = copy(styles[head])

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


def _offer(sheet: Worksheet, column: Column, letter: str, last: int) -> None:
    """Adds a drop-down with the choices of a column."""
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation(type="list", formula1=f'"{",".join(column.choices)}"', allow_blank=True)
    rule.showErrorMessage = rule.showInputMessage = True
    rule.errorTitle, rule.error = column.head, f"只能写：{'、'.join(column.choices)}。"
    rule.promptTitle, rule.prompt = column.head, column.prompt
    rule.add(f"{letter}2:{letter}{last}")
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
    return pack_entries({name: deflated(part, _HEAD) for name, part in parts.items()})
