"""One outline for many: each row of a sheet gives a document, its cells put over the outline or cited as 行.名称."""

from __future__ import annotations

import re
from dataclasses import dataclass

from planwriter.diagnostics import Finding, Pos, Result, Span
from planwriter.load import Mapping, Scalar
from planwriter.messages import finding
from planwriter.overlay import overlay
from planwriter.sheets import Sheet, table_of

NAME = "行"
"""The name by which texts cite the cells of a row: {{ 行.校长室电话 }}."""
FILE_NAME = "文件名"
OUTER = ("单位", "地区", "年度", "标题", "导语", "结语", "文号")
"""Columns of these names take the place of the outline's own keys."""
_TARGET = "指标."
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.I)
MAX_ROWS = 5000


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the sheet: its number there, the name of its file without an ending, and its cells by their columns."""

    number: int
    name: str
    cells: tuple[tuple[str, Scalar], ...]
    tree: Mapping
    """What it puts over the outline."""

    @property
    def cited(self) -> dict[str, str]:
        """What texts may cite as 行.名称."""
        return {name: cell.value for name, cell in self.cells}


def read_rows(sheet: Sheet, stem: str) -> Result[tuple[Row, ...]]:
    """The rows below the sheet's header; findings where two would go into one file, or a name is no file's.

    A file is named by the column 文件名, else by `stem`, the outline's name, and the first cell of its row.
    """
    table = table_of(sheet)
    findings: list[Finding] = []
    if len(table.rows) < 2:
        place = sheet.source.span(0, 0)
        return Result((), (finding("PW450", place, reason="表头下面没有内容"),))
    head, down, along = table.rows[0], table.places[0], table.places[1]
    for at, name in enumerate(head):
        if not name or name in head[:at]:
            reason = f"表头里“{name}”写了两次" if name else "表头里有一格空着"
            findings.append(finding("PW450", sheet.source.span(down[0], along[at]), reason=reason))
    rows: list[Row] = []
    taken: dict[str, int] = {}
    for cells, number in zip(table.rows[1 : MAX_ROWS + 1], down[1:], strict=False):
        spans = [sheet.source.span(number, column) for column in along]
        row = _row(head, cells, spans, number + 1, stem)
        wrong = _name_fault(row.name, taken)
        if wrong:
            findings.append(finding("PW450", spans[0], reason=f"第 {row.number} 行：{wrong}"))
        taken.setdefault(row.name.casefold(), row.number)
        rows.append(row)
    if len(table.rows) > MAX_ROWS + 1:
        findings.append(finding("PW450", sheet.source.span(down[MAX_ROWS + 1], 0), reason=f"超过 {MAX_ROWS} 行"))
    return Result(() if findings else tuple(rows), tuple(findings))


def _row(head: tuple[str, ...], cells: tuple[str, ...], spans: list[Span], number: int, stem: str) -> Row:
    made = tuple((name, Scalar(cell, span, empty=not cell)) for name, cell, span in zip(head, cells, spans, strict=True))
    given = dict(made)
    named = given[FILE_NAME].value if FILE_NAME in given else ""
    name = named.removesuffix(".docx") if named else f"{stem}-{cells[0]}"
    tree = Mapping(spans[0])
    for key, cell in made:
        if key in OUTER and not cell.empty:
            tree.entries[key], tree.keys[key] = cell, Scalar(key, cell.span)
    return Row(number, name, made, tree)


def _name_fault(name: str, taken: dict[str, int]) -> str:
    if not name or _UNFIT.search(name) or _RESERVED.fullmatch(name) or name != name.strip(" .") or len(name.encode()) > 200:
        return f"“{name}”不能作文件名"
    if name.casefold() in taken:
        return f"和第 {taken[name.casefold()]} 行是同一个文件名“{name}”"
    return ""


def lay_row(outline: Mapping, row: Row) -> Mapping:
    """The outline with a row's cells in the place of its outermost keys."""
    tree = overlay(outline, row.tree)
    tree.span, tree.lost = outline.span, outline.lost
    return tree


def lay_targets(targets: Mapping, row: Row) -> Mapping:
    """The targets with the values that columns give: 指标.新建园, or the name of the target alone."""
    over = Mapping(targets.span)
    for name, cell in row.cells:
        key = name.removeprefix(_TARGET)
        node = targets.entries.get(key)
        if node is None or cell.empty:
            continue
        if isinstance(node, Mapping):
            inner = Mapping(node.span)
            inner.entries, inner.keys = {"数值": cell}, {"数值": Scalar("数值", cell.span)}
            over.entries[key] = inner
        else:
            over.entries[key] = cell
        over.keys[key] = targets.keys[key]
    return overlay(targets, over)


def no_sheet(shown: str) -> Finding:
    """What is told where a workbook has nothing to make documents of."""
    return finding("PW450", Pos(shown), reason="里面没有内容")
