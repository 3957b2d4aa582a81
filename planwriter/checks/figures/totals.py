"""Finds rows 合计 of tables that differ from the sum of the rows that they total."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding
from planwriter.language.figures import TypedFigure, read_figure
from planwriter.model import Table, Text
from planwriter.model.memo import NO_MEMO, Memo
from planwriter.start.patterns import re, regex

_TOTALS = frozenset(("合计", "总计", "共计", "总合计"))
_SUBTOTAL = "小计"
_MAX_UNIT = 4
_NO_AMOUNT = regex("[%‰/]")
"""Units whose figures are not added up."""
_BLANK = frozenset(("", "—", "——", "-", "－", "/", "／", "无"))
_NO_SUM = (
    "率",
    "比",
    "比例",
    "比重",
    "均",
    "价",
    "标准",
    "年份",
    "年度",
    "时间",
    "日期",
    "序号",
    "排名",
    "名次",
    "编号",
    "号",
    "电话",
    "时限",
    "年龄",
    "折",
    "%",
    "‰",
)
"""The endings of column headers whose figures are not added up."""
_NARROW = ("其中", "内含", "#")
_STEP = regex(r"[（(]?[一二三四五六七八九十]{1,3}(?:[）)、]|$)|\d+[.．]\d")
"""Matches the beginning of a row of a different level than its neighbours: 一、 above 1, or 1.1 below it."""
_GAP = regex(r"\s+")


def wrong_totals(tables: Iterable[Table], memo: Memo = NO_MEMO) -> Iterator[Finding]:
    """Yields a finding for each cell of a row 合计 of a typed table that is not the sum of its column."""
    for table in tables:
        yield from memo.once(_all_in_table, table)


def _all_in_table(table: Table) -> tuple[Finding, ...]:
    return tuple(_in_table(table))


def _in_table(table: Table) -> Iterator[Finding]:
    labels = [_label(row) for row in table.rows]
    totals = [at for at, label in enumerate(labels) if label in _TOTALS]
    others = [at for at, label in enumerate(labels) if at and label not in _TOTALS and label != _SUBTOTAL]
    steps = {_STEP.match(labels[at]) is not None for at in others}
    if (
        len(totals) != 1
        or not totals[0]
        or len(others) < 2
        or len(steps) > 1
        or any(_is_narrow(row) for row in table.rows)
    ):
        return  # the rows are of several levels, and some may be included in other rows
    subtotals = [at for at, label in enumerate(labels) if label == _SUBTOTAL]
    for column, cell in enumerate(table.rows[totals[0]]):
        head = _GAP.sub("", table.rows[0][column].value) if column < len(table.rows[0]) else ""
        head = re.sub(r"[（(][^（）()]*[）)]$", "", head)
        if head.endswith(_NO_SUM) or not head:
            continue
        added = _sum([table.rows[at][column] for at in others if column < len(table.rows[at])])
        total = _figure(cell)
        if added is None or total is None or (added[1] and total[1] and added[1] != total[1]):
            continue
        also = _sum([table.rows[at][column] for at in subtotals if column < len(table.rows[at])]) if subtotals else None
        if _is_near(added, total[0]) or (also and _is_near(also, total[0])):
            continue
        place = cell.place(0, len(cell.value))
        if place:
            yield finding(
                "PW442", place, parts=f"“{head}”这一列", result=f"{added[0]:f}{total[1]}", total=cell.value.strip()
            )


def _label(row: Sequence[Text]) -> str:
    """The text of the first non-empty cell of a row, without spaces."""
    return next((shown for cell in row if (shown := _GAP.sub("", cell.value).rstrip("：:"))), "")


def _is_narrow(row: Sequence[Text]) -> bool:
    return any(_GAP.sub("", cell.value).startswith(_NARROW) for cell in row)


def _figure(cell: Text) -> tuple[Decimal, str] | None:
    read = read_figure(cell.value)
    if not isinstance(read, TypedFigure) or read.bound or read.words != read.magnitude or read.number.startswith("-"):
        return None
    return None if len(read.unit) > _MAX_UNIT or _NO_AMOUNT.search(read.unit) else (read.value(), read.unit)


def _sum(cells: list[Text]) -> tuple[Decimal, str, Decimal] | None:
    """The sum of a column, its unit, and the tolerance for rounded figures; None if it is not a column of figures."""
    figures = [_figure(cell) for cell in cells if _GAP.sub("", cell.value) not in _BLANK]
    known = [figure for figure in figures if figure is not None]
    units = {unit for _, unit in known if unit}
    if len(known) < len(figures) or len(known) < 2 or len(units) > 1:
        return None
    steps = [step for step in map(_step, (value for value, _ in known)) if step]
    slack = Decimal(len(known) + 1) / 2 * min(steps) if steps else Decimal(0)
    return sum((value for value, _ in known), Decimal(0)), units.pop() if units else "", slack


def _step(value: Decimal) -> Decimal | None:
    """What the last decimal of a figure counts: 0.1 for 3.5, 1000 for 1.2万; None for a figure without decimals."""
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) and "." in f"{value:f}" else None


def _is_near(added: tuple[Decimal, str, Decimal], total: Decimal) -> bool:
    return abs(added[0] - total) <= added[2]
