"""The tables of outlines and clauses: typed as lists of rows, or read from the sheet of a workbook."""

from __future__ import annotations

from collections.abc import Callable

from planwriter.findings.catalogue import finding, near
from planwriter.findings.finding import Findings, Result, Span
from planwriter.model import Table, Text
from planwriter.sheets.sheet import ENDINGS, Sheet, table_of
from planwriter.source.nodes import Node, Scalar, Sequence, kind_word
from planwriter.start.typing import TypeAlias

OpenWorkbook: TypeAlias = Callable[[Scalar], Result[tuple[Sheet, ...] | None]]
"""Opens the workbook whose file name an outline gives; findings on it are placed at that name."""


def read_table(
    got: dict[str, Node], origin: Span, caption: Text | None, open_workbook: OpenWorkbook | None
) -> Result[Table | None]:
    """The table of checked values: a list of rows, or the sheet of a workbook; None if there is none."""
    rows, sheet = got.get("rows"), got.get("sheet")
    if isinstance(rows, Scalar) and not rows.empty:
        return _table_in(rows, sheet if isinstance(sheet, Scalar) else None, caption, open_workbook)
    found = Findings()
    if isinstance(sheet, Scalar):
        expected, shown = "工作簿里一张表的名字", "表没有取自工作簿"
        advice = "删去“工作表”，或写“表: 文件.xlsx”。"
        found.append(finding("PW203", sheet.span, key="工作表", expected=expected, found=shown, advice=advice))
    return found.result(found.take(_table_of(rows, origin, caption)) if isinstance(rows, Sequence) else None)


def _table_in(
    file: Scalar, wanted: Scalar | None, caption: Text | None, open_workbook: OpenWorkbook | None
) -> Result[Table | None]:
    """The table in a workbook: of the named sheet, else of the first sheet that is not empty."""
    found = Findings()
    sheets = found.take(read_sheets(file, open_workbook))
    if sheets is None:
        return found.result(None)
    if wanted is not None:
        named = found.take(find_sheet(wanted, file, sheets))
        if named is None:
            return found.result(None)
        sheets = (named,)
    else:
        sheets = tuple(sheet for sheet in sheets if table_of(sheet).rows)
    made = table_of(sheets[0]) if sheets else None
    if made is None or not made.rows:
        advice = "填好表再生成；隐藏的行和列不算。"
        found.append(finding("PW122", file.span, file=file.value, what="没有内容", advice=advice))
        return found.result(None)
    source, (down, along) = sheets[0].source, made.places
    rows = tuple(
        tuple(Text(value=cell, origin=source.span(row, column)) for cell, column in zip(cells, along, strict=True))
        for cells, row in zip(made.rows, down, strict=True)
    )
    own = Text(value=made.title, origin=source.span(0, 0)) if made.title else None
    return found.result(Table(rows=rows, merges=made.merges, caption=caption or own, origin=file.span))


def read_sheets(
    file: Scalar, open_workbook: OpenWorkbook | None, key: str = "表", expected: str = "一行一行的列表"
) -> Result[tuple[Sheet, ...] | None]:
    """The sheets of a workbook that an outline names under `key`; None if it cannot be read.

    `expected` names, for findings, the other values that are allowed. Clauses have no `open_workbook`.
    """
    shown = f"“{file.value}”"
    if open_workbook is None:
        expected, advice = "一行一行的列表", "条款里的表要写成一行一行的列表，不能取自工作簿。"
        return Result(None, (finding("PW203", file.span, key="表", expected=expected, found=shown, advice=advice),))
    if not file.value.lower().endswith(ENDINGS):
        expected, advice = f"{expected}，或工作簿的文件名", "工作簿的文件名以 .xlsx 或 .csv 结尾。"
        return Result(None, (finding("PW203", file.span, key=key, expected=expected, found=shown, advice=advice),))
    return open_workbook(file)


def find_sheet(wanted: Scalar, file: Scalar, sheets: tuple[Sheet, ...]) -> Result[Sheet | None]:
    """The sheet of that name; None, and a finding, if the workbook has none."""
    chosen = next((sheet for sheet in sheets if sheet.name == wanted.value), None)
    if chosen is not None:
        return Result(chosen)
    advice = near(wanted.value, tuple(sheet.name for sheet in sheets), what="里面有")
    what = f"没有工作表“{wanted.value}”"
    return Result(None, (finding("PW122", wanted.span, file=file.value, what=what, advice=advice),))


def _table_of(node: Sequence, origin: Span, caption: Text | None) -> Result[Table | None]:
    """The table of a list of rows, each with as many cells as the first; None if there are no rows."""
    found = Findings()
    rows: list[tuple[Text, ...]] = []
    for item in node.items:
        cells = found.take(_read_cells(item))
        if rows and len(cells) != len(rows[0]):
            expected, shown = f"每行{len(rows[0])}格（与首行一样）", f"{len(cells)}格"
            advice = '补上空格子 ""，或删去多余的。'
            found.append(finding("PW203", item.span, key="表", expected=expected, found=shown, advice=advice))
            continue
        rows.append(cells)
    is_empty = not rows or not rows[0]
    return found.result(None if is_empty else Table(rows=tuple(rows), caption=caption, origin=origin))


def _read_cells(node: Node) -> Result[tuple[Text, ...]]:
    """The cells of a row."""
    if not isinstance(node, Sequence):
        expected, advice = "一行，例如 - [序号, 任务, 单位]", "每一行写成一个方括号列表。"
        shown = kind_word(node)
        return Result((), (finding("PW203", node.span, key="表", expected=expected, found=shown, advice=advice),))
    found = Findings()
    cells = []
    for item in node.items:
        if isinstance(item, Scalar):
            cells.append(Text(value="" if item.empty else item.value, origin=item.span))
        else:
            shown, advice = kind_word(item), "一格只写文字或数。"
            found.append(finding("PW203", item.span, key="表", expected="文字", found=shown, advice=advice))
            cells.append(Text(value="", origin=item.span))
    return found.result(tuple(cells))
