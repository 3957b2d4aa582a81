"""The sheets of an .xlsx or a .csv that may come from anywhere, as the texts their readers see."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, time, timedelta
from itertools import islice

from planwriter.findings.catalogue import finding
from planwriter.findings.characters import UNSHOWN
from planwriter.findings.finding import MAX_FINDINGS, Finding, Findings, Pos, Result, Span
from planwriter.sheets.number_formats import GENERAL, Unshowable, sections_of
from planwriter.sheets.sheet import Sheet, SheetSource, cell_name
from planwriter.sheets.shown_day import serial_of
from planwriter.sheets.shown_number import number_text, text_in
from planwriter.sheets.workbook import MAX_CELLS, MAX_TEXT, TOO_MANY_CELLS, BadWorkbook, Cell, Worksheet, read_pages
from planwriter.source.decode import decode
from planwriter.system.zip_bounds import XLSX, in_mib

MAX_BYTES = XLSX.packed


def read_workbook(data: bytes, name: str) -> Result[tuple[Sheet, ...]]:
    """The visible sheets of the file `name`; none, and a finding, if it cannot or must not be read.

    Cells are texts as Excel shows them, by their number formats; a day in figures becomes 2026年3月5日. What a
    formula gave when the file was last calculated counts; a cell without such a value, or with an error, is a finding.
    """
    try:
        if len(data) > MAX_BYTES:
            raise BadWorkbook(f"超过 {in_mib(MAX_BYTES)}")
        if name.lower().endswith(".csv") and not data.startswith(b"PK"):
            return _read_csv(data, name)
        return _read_sheets(data, name)
    except BadWorkbook as reason:
        return Result((), (finding("PW120", Pos(name), reason=str(reason)),))


# .csv


def _read_csv(data: bytes, name: str) -> Result[tuple[Sheet, ...]]:
    """A .csv in UTF-8, with or without its mark, or in GB18030, as Excel and WPS write it."""
    text = decode(data, name)
    try:
        lines = list(csv.reader(io.StringIO(text.value), delimiter=_delimiter(text.value)))
    except csv.Error as error:
        raise BadWorkbook("引号没有配对，或者有不能用的字符") from error
    width = max(map(len, lines), default=0)
    if width * len(lines) > MAX_CELLS:
        raise BadWorkbook(TOO_MANY_CELLS)
    rows = tuple(tuple(cell.strip() for cell in (*line, *[""] * (width - len(line)))) for line in lines)
    broken = tuple(each for each in text.findings if "GB18030" not in each.message)
    source = SheetSource(name, rows)
    unshown = (
        finding("PW121", source.span(at, column), cell=cell_name(at, column), reason=why)
        for at, row in enumerate(rows)
        for column, cell in enumerate(row)
        for why in _unshown(cell)
    )
    return Result((Sheet("", rows, source=source),), (*broken, *islice(unshown, MAX_FINDINGS + 1)))


def _delimiter(text: str) -> str:
    first = text[:4000].partition("\n")[0]
    return max(",\t;", key=first.count)


# .xlsx


def _read_sheets(data: bytes, name: str) -> Result[tuple[Sheet, ...]]:
    pages = read_pages(data)
    if not pages:
        raise BadWorkbook("里面没有工作表")
    found, left = Findings(), MAX_TEXT
    sheets = []
    for page in pages:
        sheet = found.take(_read_sheet(page, f"{name}（{page.title}）" if len(pages) > 1 else name, left))
        left -= sum(len(cell) for row in sheet.rows for cell in row)
        sheets.append(sheet)
    return found.result(tuple(sheets))


def _read_sheet(page: Worksheet, name: str, left: int) -> Result[Sheet]:
    """A sheet whose cells may show `left` characters."""
    rows: list[tuple[str, ...]] = []
    flaws: list[tuple[int, int, str]] = []
    unshown: dict[tuple[int, int], str] = {}
    for at in range(page.rows):
        made = [""] * page.columns
        for column, cell in page.cells.get(at, {}).items():
            reason = _flaw(cell)
            if reason:
                flaws.append((at, column, reason))
                continue
            try:
                made[column] = shown_value(cell.value, cell.form)
            except Unshowable as error:
                unshown[at, column] = cell.form
                flaws.append((at, column, str(error)))
            else:
                left -= len(made[column])
                flaws += ((at, column, why) for why in _unshown(made[column]))
                if left < 0:
                    raise BadWorkbook(f"文字一共超过 {MAX_TEXT} 个字")
        rows.append(tuple(made))
    last = max((at for at, _, _ in flaws), default=-1)
    while len(rows) > last + 1 and not any(rows[-1]):
        rows.pop()
    source = SheetSource(name, tuple(rows))
    findings = (
        _flawed(source.span(at, column), cell_name(at, column), reason, unshown.get((at, column), ""))
        for at, column, reason in sorted(flaws)[: MAX_FINDINGS + 1]
    )
    sheet = Sheet(
        page.title,
        tuple(rows),
        tuple(sorted(each for each in page.merges if each.row < len(rows))),
        frozenset(at for at in page.hidden_rows if at < page.rows),
        _hidden_columns(page),
        source,
    )
    return Result(sheet, tuple(findings))


def _flawed(place: Span, cell: str, reason: str, form: str) -> Finding:
    """The finding on a cell: on its number format `form` if that cannot be shown."""
    if form:
        return finding("PW474", place, cell=cell, form=form if len(form) <= 40 else f"{form[:40]}…", reason=reason)
    return finding("PW121", place, cell=cell, reason=reason)


def _unshown(text: str) -> Iterator[str]:
    """Why a cell's text cannot be printed: it holds a character that nobody sees."""
    mark = UNSHOWN.search(text)
    if mark is not None:
        yield f"里有看不见的控制字符（U+{ord(mark.group()):04X}）"


def _hidden_columns(page: Worksheet) -> frozenset[int]:
    hidden: set[int] = set()
    reached = 0
    for first, last in sorted(page.hidden_columns):
        hidden.update(range(max(first, reached), min(last + 1, page.columns)))
        reached = max(reached, last + 1)
    return frozenset(hidden)


def _flaw(cell: Cell) -> str:
    """Why a cell's value cannot be used; "" if it can."""
    if cell.is_error:
        return f"算出来是错误值 {str(cell.value)[:20]}"
    limit = 1e15 if isinstance(cell.value, float) else 10**28
    if isinstance(cell.value, int | float) and not -limit < cell.value < limit:
        return "数太大了，或者不是一个数"
    return "是公式，文件里没有存下算出来的数" if cell.value is None and cell.has_formula else ""


def shown_value(value: object, form: str) -> str:
    """A cell's value as its reader sees it: as the number format `form` shows it, days in figures as 2026年3月5日.

    Raises Unshowable.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return number_text(value, form, official=True).strip()
    if isinstance(value, date | time | timedelta):
        is_day = any(section.is_day for section in sections_of(form))
        return number_text(serial_of(value), form if is_day else "yyyy/m/d", official=True).strip()
    text = str(value) if form in (GENERAL, "@") else text_in(str(value), form)
    return "\n".join(line.strip() for line in text.strip().splitlines())
