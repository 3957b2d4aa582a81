"""The door to openpyxl: the sheets of an .xlsx or a .csv that may come from anywhere, as the texts their readers see."""

from __future__ import annotations

import csv
import io
import re
import warnings
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos, Result
from planwriter.model import Merge
from planwriter.sheets.sheet import Sheet, SheetSource, cell_name
from planwriter.source.load import decode
from planwriter.system.zip import open_zip
from planwriter.system.zip_bounds import XLSX, BadArchive, in_mib
from planwriter.system.zip_write import pack_entries, stored

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MAX_BYTES = XLSX.packed
MAX_CELLS = 200_000
MAX_MERGES = 20_000
_MAX_TAGS = 8 * MAX_CELLS
_CELL = re.compile(rb"<(?:\w+:)?c[ >/]")


class _Refused(Exception):
    """The file is not read; the message says why, in the writer's words."""


def read_workbook(data: bytes, name: str) -> Result[tuple[Sheet, ...]]:
    """The visible sheets of the file `name`; none, and a finding, where it cannot or must not be read.

    Cells are texts as they are shown: a percentage with its sign, a figure with its decimals, a day as 2026年3月5日. What a
    formula gave when the file was last calculated counts; a cell without such a value, or with an error, is a finding.
    """
    try:
        if len(data) > MAX_BYTES:
            raise _Refused(f"超过 {in_mib(MAX_BYTES)}")
        if name.lower().endswith(".csv") and not data.startswith(b"PK"):
            return _read_csv(data, name)
        return _read_sheets(_screen(data), name)
    except _Refused as reason:
        return Result((), (finding("PW120", Pos(name), reason=str(reason)),))


# .csv


def _read_csv(data: bytes, name: str) -> Result[tuple[Sheet, ...]]:
    """A .csv in UTF-8, with or without its mark, or in GB18030, as Excel and WPS write it."""
    text = decode(data, name)
    try:
        lines = list(csv.reader(io.StringIO(text.value), delimiter=_delimiter(text.value)))
    except csv.Error as error:
        raise _Refused("引号没有配对，或者有不能用的字符") from error
    width = max(map(len, lines), default=0)
    if width * len(lines) > MAX_CELLS:
        raise _Refused(f"超过 {MAX_CELLS} 个单元格")
    rows = tuple(tuple(cell.strip() for cell in (*line, *[""] * (width - len(line)))) for line in lines)
    broken = tuple(each for each in text.findings if "GB18030" not in each.message)
    return Result((Sheet("", rows, source=SheetSource(name, rows)),), broken)


def _delimiter(text: str) -> str:
    first = text[:4000].partition("\n")[0]
    return max(",\t;", key=first.count)


# .xlsx


def _screen(data: bytes) -> dict[str, bytes]:
    """The parts of a workbook; refuses what must not be read: one with a password, bombs, document type definitions."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise _Refused("是旧的 .xls 格式，或者加了密码；用 WPS 或 Excel 另存为 .xlsx")
    if not data.startswith(b"PK"):
        raise _Refused("不是 .xlsx 文件")
    try:
        archive = open_zip(data, XLSX)
        if "xl/workbook.xml" not in archive:
            raise _Refused("压缩包里没有工作簿，不是 .xlsx 文件")
        parts = dict(archive)
    except BadArchive as error:
        raise _Refused(str(error)) from error
    cells = tags = 0
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")):
            if b"<!DOCTYPE" in part or b"<!ENTITY" in part or part[:2] in (b"\xff\xfe", b"\xfe\xff"):
                raise _Refused(f"{name} 里有 DTD 或用了 UTF-16，工作簿不许有")
            tags += part.count(b"<")
            if tags > _MAX_TAGS:
                raise _Refused(f"超过 {MAX_CELLS} 个单元格")
            if "worksheets/" in name:
                cells += sum(1 for _ in islice(_CELL.finditer(part), MAX_CELLS + 1))
    if cells > MAX_CELLS:
        raise _Refused(f"超过 {MAX_CELLS} 个单元格")
    return parts


def _read_sheets(parts: dict[str, bytes], name: str) -> Result[tuple[Sheet, ...]]:
    # packed again, so that openpyxl reads what was screened, however it reads an archive
    data = pack_entries({part: stored(content) for part, content in parts.items()})
    shown = _open(data, values=True)
    formulas = _open(data, values=False) if _has_formulas(parts) else None
    sheets, findings = [], list[Finding]()
    for at, sheet in enumerate(shown):
        if sheet.sheet_state == "visible":
            read = _read_sheet(sheet, formulas[at] if formulas else None, name)
            sheets.append(read.value)
            findings += read.findings
    if not sheets:
        raise _Refused("里面没有工作表")
    return Result(tuple(sheets), tuple(findings))


def _open(data: bytes, *, values: bool) -> list[Worksheet]:
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of extensions that it leaves out; none concerns the cells
            return list(openpyxl.load_workbook(io.BytesIO(data), data_only=values, keep_links=False).worksheets)
    except Exception as error:  # a foreign file makes openpyxl raise nearly anything
        raise _Refused("里面的内容坏了，打不开") from error


def _has_formulas(parts: dict[str, bytes]) -> bool:
    return any(re.search(rb"<(?:\w+:)?f[ >/]", part) for name, part in parts.items() if "worksheets/sheet" in name)


def _read_sheet(sheet: Worksheet, formulas: Worksheet | None, name: str) -> Result[Sheet]:
    if sheet.max_row * sheet.max_column > 2 * MAX_CELLS:
        raise _Refused(
            f"工作表“{sheet.title}”写到了第 {sheet.max_row} 行第 {sheet.max_column} 列，中间大多空着；删去多余的行和列"
        )
    merges = sheet.merged_cells.ranges
    if len(merges) > MAX_MERGES:
        raise _Refused(f"合并的单元格超过 {MAX_MERGES} 处")
    findings: list[Finding] = []
    rows: list[tuple[str, ...]] = []
    flaws: list[tuple[int, int, str]] = []
    for at, cells in enumerate(sheet.iter_rows()):
        made = []
        for column, cell in enumerate(cells):
            reason = _flaw(cell, formulas)
            if reason:
                flaws.append((at, column, reason))
            made.append("" if reason else shown_value(cell.value, str(cell.number_format or "General")))
        rows.append(tuple(made))
    while rows and not any(rows[-1]):
        rows.pop()
    many = len(_names(sheet)) > 1
    source = SheetSource(f"{name}（{sheet.title}）" if many else name, tuple(rows))
    for at, column, reason in flaws:
        findings.append(finding("PW121", source.span(at, column), cell=cell_name(at, column), reason=reason))
    kept = (Merge(each.min_row - 1, each.min_col - 1, each.size["rows"], each.size["columns"]) for each in merges)
    return Result(
        Sheet(
            sheet.title,
            tuple(rows),
            tuple(sorted(each for each in kept if each.row < len(rows))),
            frozenset(at - 1 for at, row in sheet.row_dimensions.items() if row.hidden),
            _hidden_columns(sheet),
            source,
        ),
        tuple(findings),
    )


def _hidden_columns(sheet: Worksheet) -> frozenset[int]:
    spans = [(each.min or 0, each.max or 0) for each in sheet.column_dimensions.values() if each.hidden]
    return frozenset(at - 1 for first, last in spans for at in range(first, min(last, sheet.max_column) + 1))


def _names(sheet: Worksheet) -> list[str]:
    return [each.title for each in sheet.parent.worksheets if each.sheet_state == "visible"] if sheet.parent else []


def _flaw(cell: Any, formulas: Worksheet | None) -> str:
    """Why a cell's value cannot be used; "" where it can."""
    if cell.data_type == "e":
        return f"算出来是错误值 {cell.value}"
    if isinstance(cell.value, float) and not -1e15 < cell.value < 1e15:
        return "数太大了，或者不是一个数"
    if cell.value is None and formulas is not None:
        other = formulas.cell(cell.row, cell.column)
        if other.data_type == "f":
            return "是公式，文件里没有存下算出来的数"
    return ""


_DECIMALS = re.compile(r"0(?:\.(0+))?(?![#0])")
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


def shown_value(value: object, form: str) -> str:
    """A cell's value as the number format `form` shows it, in the ways that matter in an official text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return _shown_number(value, form)
    if isinstance(value, datetime | date):
        return _shown_day(value, form)
    if isinstance(value, time):
        return value.isoformat("minutes")
    return "\n".join(line.strip() for line in str(value).strip().splitlines())


def _shown_number(value: float, form: str) -> str:
    exact = Decimal(f"{value:.15g}" if isinstance(value, float) else value)  # 15 digits: 0.1 + 0.2 is shown as 0.3
    plain = _LITERAL.sub("", form.partition(";")[0])
    places = _DECIMALS.search(plain)
    if "%" in plain:
        exact *= 100
    if places and "E" not in plain:
        exact = exact.quantize(Decimal(1).scaleb(-len(places[1] or "")), "ROUND_HALF_UP")
        text = f"{exact:,f}" if "," in plain else f"{exact:f}"
    else:
        text = f"{exact.normalize():f}" if exact else "0"
    return text + ("%" if "%" in plain else "")


def _shown_day(value: date, form: str) -> str:
    plain = _LITERAL.sub("", form).lower()
    if "d" not in plain and "y" in plain and "m" in plain:
        return f"{value.year}年{value.month}月"
    return f"{value.year}年{value.month}月{value.day}日"
