"""The differences of two versions for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.compare.display.marked_rows import item_of, marked_cells, moved_words, row_pieces
from planwriter.compare.display.marked_text import Mark, Pieces
from planwriter.compare.edits.difference import Difference, DifferenceKind, Differences, summary
from planwriter.compare.versions.version import VersionItem, VersionTable
from planwriter.findings.characters import escaped

_INDENT = "      "
_COLORS = {Mark.OUT: "\033[31;9m", Mark.IN: "\033[32;4m"}
_SIGNS = {Mark.OUT: "〔-", Mark.IN: "〔+"}
_HEADS = {
    DifferenceKind.CHANGED: "\033[33m",
    DifferenceKind.NEW: "\033[32m",
    DifferenceKind.DELETED: "\033[31m",
    DifferenceKind.MOVED: "\033[36m",
}
_END = "\033[0m"
_TABLE_ROWS = 20
"""So many rows of a table that is new or deleted are shown."""


def difference_text(found: Differences, *, color: bool = False) -> str:
    """The summary, and every change with its place and its words; without colors brackets show what changed.

    Characters that would steer a terminal are shown as escapes, whoever typed them.
    """
    lines = [escaped(f"{found.old.name} → {found.new.name}"), summary(found)]
    if found.targets:
        lines += ["", "指标："]
        targets = (f"  {each.name}：{each.old or '（没有）'} → {each.new or '（没有）'}" for each in found.targets)
        lines += map(escaped, targets)
    for row in found.changes:
        if not row.follows:
            lines.append("")
        lines += _row(found, row, color)
    return "\n".join(lines) + "\n"


def _row(found: Differences, row: Difference, color: bool) -> Iterator[str]:
    start, end = (_HEADS[row.kind], _END) if color else ("", "")
    item = item_of(found, row)
    is_outline = not found.new.name.lower().endswith(".docx")
    line = f"  第 {item.place} 行" if item.place and row.new >= 0 and is_outline else ""
    if row.follows and not row.edits and not row.cells:
        yield escaped(f"{_INDENT}随之移动：{row.where}")
        return
    if row.kind is DifferenceKind.MOVED:
        yield f"{start}移动{end}  " + escaped(moved_words(row))
    else:
        yield f"{start}{row.kind.value}{end}  {escaped(row.where)}{line}"
    reasons = [each for each in row.reasons if each not in ("新增", "删除", "移动", "文字修改")]
    if row.doubtful:
        reasons.append("是不是同一段拿不准")
    if reasons:
        yield escaped(_INDENT + "；".join(reasons))
    if isinstance(item, VersionTable):
        yield from _table(found, row, item, color)
    elif row.edits or row.relabelled or row.kind in (DifferenceKind.NEW, DifferenceKind.DELETED):
        yield from _block(_shown(row_pieces(found, row, short=True), color))


def _table(found: Differences, row: Difference, item: VersionItem, color: bool) -> Iterator[str]:
    if row.kind in (DifferenceKind.NEW, DifferenceKind.DELETED) and isinstance(item, VersionTable):
        sign = "+" if row.kind is DifferenceKind.NEW else "-"
        for cells in item.rows[:_TABLE_ROWS]:
            yield escaped(f"{_INDENT}{sign} " + " | ".join(cell.replace("\n", " ") for cell in cells))
        if len(item.rows) > _TABLE_ROWS:
            yield f"{_INDENT}……共 {len(item.rows)} 行"
        return
    if row.cells:
        for cell in marked_cells(found, row):
            yield from _block(f"{escaped(cell.where.replace(chr(10), ' '))}：{_shown(cell.pieces, color)}")


def _block(text: str) -> Iterator[str]:
    return (_INDENT + line for line in text.split("\n"))


def _shown(pieces: Pieces, color: bool) -> str:
    made = []
    for raw, mark in pieces:
        text = escaped(raw)
        if mark is Mark.KEPT:
            made.append(text)
        elif color:
            made.append(_COLORS[mark] + text.replace("\n", f"{_END}\n{_COLORS[mark]}") + _END)
        else:
            made.append(f"{_SIGNS[mark]}{text}〕")
    return "".join(made)
