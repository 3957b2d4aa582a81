"""The sheets of an .xlsx or a .csv that may come from anywhere, as the texts their readers see."""

from __future__ import annotations

import csv
import functools
import io
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Context, Decimal
from itertools import islice

from planwriter.findings.catalogue import finding
from planwriter.findings.characters import UNSHOWN
from planwriter.findings.finding import MAX_FINDINGS, Findings, Pos, Result
from planwriter.sheets.number_formats import MAX_DECIMALS
from planwriter.sheets.sheet import Sheet, SheetSource, cell_name
from planwriter.sheets.workbook import MAX_CELLS, MAX_TEXT, TOO_MANY_CELLS, BadWorkbook, Cell, Worksheet, read_pages
from planwriter.source.decode import decode
from planwriter.start.patterns import regex
from planwriter.system.zip_bounds import XLSX, in_mib

MAX_BYTES = XLSX.packed


def read_workbook(data: bytes, name: str) -> Result[tuple[Sheet, ...]]:
    """The visible sheets of the file `name`; none, and a finding, if it cannot or must not be read.

    Cells are texts as they are shown: a percentage with its sign, a figure with its decimals, a day as 2026年3月5日. What a
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
    for at in range(page.rows):
        made = [""] * page.columns
        for column, cell in page.cells.get(at, {}).items():
            reason = _flaw(cell)
            if reason:
                flaws.append((at, column, reason))
            else:
                made[column] = shown_value(cell.value, cell.form)
                left -= len(made[column])
                flaws += ((at, column, why) for why in _unshown(made[column]))
                if left < 0:
                    raise BadWorkbook(f"文字一共超过 {MAX_TEXT} 个字")
        rows.append(tuple(made))
    while rows and not any(rows[-1]):
        rows.pop()
    source = SheetSource(name, tuple(rows))
    findings = (
        finding("PW121", source.span(at, column), cell=cell_name(at, column), reason=reason)
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
    if isinstance(cell.value, int | float) and _decimals(cell.form) > MAX_DECIMALS:
        return f"格式要显示的小数超过 {MAX_DECIMALS} 位"
    return "是公式，文件里没有存下算出来的数" if cell.value is None and cell.has_formula else ""


def _decimals(form: str) -> int:
    """How many decimals a number format shows at least."""
    places = _shape(form)[1]
    return len(places[1] or "") if places else 0


_DECIMALS = regex(r"0(?:\.(0+))?(?![#0])")
_WIDE = Context(prec=80)
"""More digits than a number of a cell and the decimals of its format have together."""
_LITERAL = regex(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


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
    plain, places = _shape(form)
    if "%" in plain:
        exact *= 100
    if places and "E" not in plain:
        exact = exact.quantize(Decimal(1).scaleb(-len(places[1] or "")), "ROUND_HALF_UP", _WIDE)
        text = f"{exact:,f}" if "," in plain else f"{exact:f}"
    else:
        text = f"{exact.normalize():f}" if exact else "0"
    return text + ("%" if "%" in plain else "")


@functools.lru_cache(maxsize=256)
def _shape(form: str) -> tuple[str, re.Match[str] | None]:
    """What a number format says of positive numbers, without literal text; and where its decimals stand."""
    plain = _LITERAL.sub("", form.partition(";")[0])
    return plain, _DECIMALS.search(plain)


def _shown_day(value: date, form: str) -> str:
    plain = _LITERAL.sub("", form).lower()
    if "d" not in plain and "y" in plain and "m" in plain:
        return f"{value.year}年{value.month}月"
    return f"{value.year}年{value.month}月{value.day}日"
