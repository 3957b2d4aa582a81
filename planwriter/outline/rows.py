"""One outline for many documents, one for each row of a sheet; cells replace keys or are cited as 行.名称."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

from planwriter.fill.written_names import odd_names
from planwriter.findings.catalogue import finding, near, nearest
from planwriter.findings.finding import Finding, Pos, Result, Span
from planwriter.model import Text
from planwriter.sheets.sheet import Sheet, SheetSource, table_of
from planwriter.source.nodes import Mapping, NewMapping, NewScalar, Node, Scalar
from planwriter.source.overlay import overlay
from planwriter.start.patterns import regex
from planwriter.start.records import dataclass
from planwriter.system.names import MAX_BYTES, is_file_name, is_plain, same_name

NAME = "行"
"""The name by which texts cite the cells of a row: {{ 行.校长室电话 }}."""
FILE_NAME = "文件名"
OUTER = ("单位", "地区", "年度", "标题", "导语", "结语", "文号")
"""Columns of these names take the place of the outline's own keys."""
_FRAME, _IN_FRAME = "发文", ("文号",)
"""The columns among them that belong to the frame."""
_TARGET = "指标."
_LONGEST_ENDING = len(".docx")
MAX_ROWS = 5000
_ASIDE = frozenset((FILE_NAME, "序号", "编号", "备注"))
"""Columns that need not be cited."""
_CITED = regex(rf"{NAME}\s*(?:\.\s*(\w+)|\[\s*'([^']*)'|\[\s*\"([^\"]*)\")")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the sheet: its number there, the name of its file without the ending, and the values of its cells."""

    number: int
    name: str
    heads: tuple[Scalar, ...]
    """The names of the columns, with their places in the sheet."""
    values: tuple[str, ...]
    source: SheetSource
    columns: tuple[int, ...]
    """The columns of the cells in the sheet, from 0."""

    @property
    def cells(self) -> tuple[tuple[str, Scalar], ...]:
        """The cells by their columns; only those of the last row are kept, since a sheet may have many."""
        last = _last[0]
        if last is None or last[0] is not self:
            spans = (self.source.span(self.number - 1, column) for column in self.columns)
            each = zip(self.heads, self.values, spans, strict=True)
            last = _last[0] = (
                self,
                tuple((head.value, NewScalar(value, span, empty=not value)) for head, value, span in each),
            )
        return last[1]

    @property
    def tree(self) -> Mapping:
        """The values that replace those of the outline."""
        return _outer_tree(self.cells, self.source.span(self.number - 1, self.columns[0]))

    @property
    def cited(self) -> tuple[tuple[str, Text], ...]:
        """The cells that texts may cite as 行.名称."""
        return tuple((name, Text(value=cell.value, origin=cell.span)) for name, cell in self.cells)


_last: list[tuple[Row, tuple[tuple[str, Scalar], ...]] | None] = [None]
"""The row whose cells were made last, and these."""


def read_rows(sheet: Sheet, stem: str) -> Result[tuple[Row, ...]]:
    """The rows below the sheet's header; none if the header is wrong.

    Rows without a valid file name, or with the name of a different row, are left out and reported. The name is that in the
    column 文件名, else `stem`, the outline's name, with the first cell of the row.
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
    if len(table.rows) > MAX_ROWS + 1:
        findings.append(finding("PW450", sheet.source.span(down[MAX_ROWS + 1], 0), reason=f"超过 {MAX_ROWS} 行"))
    if findings:
        return Result((), tuple(findings))
    heads = tuple(Scalar(name, sheet.source.span(down[0], column)) for name, column in zip(head, along, strict=True))
    columns = tuple(along)
    rows: list[Row] = []
    for cells, number in zip(table.rows[1 : MAX_ROWS + 1], down[1:], strict=False):
        name = _file_name(dict(zip(head, cells, strict=True)), f"{stem}-{cells[0]}")
        rows.append(Row(number + 1, name, heads, cells, sheet.source, columns))
    takers: dict[str, list[int]] = {}
    for row in rows:
        takers.setdefault(same_name(row.name), []).append(row.number)
    good = []
    for row in rows:
        wrong = _name_fault(row, takers[same_name(row.name)])
        if wrong:
            place = next(
                (cell.span for name, cell in row.cells if name == FILE_NAME and not cell.empty), row.cells[0][1].span
            )
            findings.append(finding("PW450", place, reason=f"第 {row.number} 行：{wrong}"))
        else:
            good.append(row)
    return Result(tuple(good), tuple(findings))


def _file_name(given: dict[str, str], otherwise: str) -> str:
    """The name of a row's file: the one that is `given` in its column, without the ending."""
    named = given.get(FILE_NAME, "")
    return unicodedata.normalize("NFC", named.removesuffix(".docx") if named else otherwise)


def _outer_tree(cells: tuple[tuple[str, Scalar], ...], span: Span) -> Mapping:
    """The values that a row lays over the outline: its cells under the outermost keys, and those of the frame."""
    outer: dict[str, Node] = {}
    frame: dict[str, Node] = {}
    for key, cell in cells:
        if key in _IN_FRAME and not cell.empty:
            outer.setdefault(_FRAME, cell)  # keeps its place in the order of the columns
            frame[key] = cell
        elif key in OUTER and not cell.empty:
            outer[key] = cell
    if frame:
        outer[_FRAME] = Mapping(span, frame, {key: Scalar(key, cell.span) for key, cell in frame.items()})
    return Mapping(span, outer, {key: Scalar(key, node.span) for key, node in outer.items()})


def _name_fault(row: Row, takers: list[int]) -> str:
    name = row.name
    if not is_file_name(name, most=MAX_BYTES - _LONGEST_ENDING):
        shown = "".join(mark if is_plain(mark) or mark.isascii() else f"\\u{ord(mark):04x}" for mark in name)
        return f"“{shown}”不能作文件名"
    other = next((number for number in takers if number != row.number), None)
    return f"和第 {other} 行是同一个文件名“{name}”" if other else ""


def check_columns(row: Row, targets: Collection[str], texts: Collection[str]) -> tuple[Finding, ...]:
    """Findings on columns that name a target that does not exist, and on columns that nothing uses.

    `targets` are the keys of the outline's targets, `texts` all texts that may cite a cell.
    """
    cited = {name for text in texts for match in _CITED.findall(text) for name in match}
    odd = odd_names(head.value for head in row.heads)
    cited.update(name for name in odd if any(f"{NAME}.{name}" in text for text in texts))
    findings = []
    for at, head in enumerate(row.heads):
        name = head.value
        if name.startswith(_TARGET) and name.removeprefix(_TARGET) not in targets:
            key = name.removeprefix(_TARGET)
            findings.append(
                finding("PW402", head.span, name=key, advice=near(key, tuple(targets), what="提纲里的指标有"))
            )
        elif not (name in _ASIDE or name in OUTER or name in cited or name.removeprefix(_TARGET) in targets):
            names_files = at == 0 and all(each.value != FILE_NAME for each in row.heads)
            findings += (
                [] if names_files else [finding("PW463", head.span, head=name, advice=_column_advice(name, targets))]
            )
    return tuple(findings)


def _column_advice(name: str, targets: Collection[str]) -> str:
    meant = nearest(name, (*targets, *OUTER, FILE_NAME))
    return near(name, meant) if meant else f"要用它，在文字里写 {{{{ {NAME}.{name} }}}}。"


def lay_row(outline: Mapping, row: Row) -> Mapping:
    """The outline with a row's cells as the values of its outermost keys."""
    tree = overlay(outline, row.tree)
    return Mapping(outline.span, tree.entries, tree.keys, torn=tree.torn, lost=outline.lost)


def lay_targets(targets: Mapping, row: Row) -> Mapping:
    """The targets with the values that columns give: 指标.新建园, or the name of the target alone."""
    over: dict[str, Node] = {}
    for name, cell in row.cells:
        key = name.removeprefix(_TARGET)
        node = targets.entries.get(key)
        if node is None or cell.empty:
            continue
        over[key] = _with_figure(node, cell) if isinstance(node, Mapping) else cell
    entries = {key: over.get(key, node) for key, node in targets.entries.items()}
    return NewMapping(targets.span, entries, dict(targets.keys), targets.torn, targets.lost)


def _with_figure(target: Mapping, cell: Scalar) -> Mapping:
    """A target with another value."""
    entries, keys = dict(target.entries), dict(target.keys)
    entries["数值"], keys["数值"] = cell, NewScalar("数值", cell.span)
    return NewMapping(target.span, entries, keys, target.torn, target.lost)


def no_sheet(shown: str) -> Finding:
    """The finding on a workbook without any rows."""
    return finding("PW450", Pos(shown), reason="里面没有内容")
