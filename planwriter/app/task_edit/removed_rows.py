"""Rows that are gone, as changes of the outline."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.app.task_edit.comparison import TableComparison
from planwriter.app.task_edit.table_change import NotCertain, ShownChange, TableChange
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding
from planwriter.importing.tasks.operations import RemoveItem
from planwriter.model import Section
from planwriter.source.changes import Path, node_at
from planwriter.source.nodes import Mapping, Sequence


def removed_rows(both: TableComparison) -> Iterator[TableChange | Finding]:
    """The changes that take out the blocks of rows that are gone."""
    doubtful = {each for candidates in both.matching.doubtful.values() for each in candidates}
    gone = [old for old in range(len(both.table.lines)) if old not in both.edited and old not in doubtful]
    items: dict[Path, set[int]] = {}
    rows: list[tuple[int, Path]] = []
    for old in gone:
        try:
            path = _deleted(both, old, gone)
        except NotCertain as refusal:
            reason = f"表里没有了这一行“{both.table.lines[old].content[:20]}”，可是{refusal.reason}"
            advice = "真要删的，在提纲里删。"
            where = both.table.place(old)
            yield finding("PW747", where, cell=f"第 {old + 1} 项", reason=reason, advice=advice)
            continue
        if path is not None:
            rows.append((old, path))
            items.setdefault(path[:-1], set()).add(int(path[-1]))
    emptied = _emptied(both, items)
    together: dict[Path, list[int]] = {}
    for old, path in rows:
        holder = next((each for each in emptied if path[: len(each)] == each), path)
        together.setdefault(holder, []).append(old)
    for holder, olds in together.items():
        shown = tuple(ShownChange(old + 1, "删去", both.table.lines[old].content, "") for old in olds)
        operations = (RemoveItem(holder[:-1], int(holder[-1])),)
        where, name = both.table.place(olds[0]), f"第 {olds[0] + 1} 项"
        yield TableChange(place=where, cell=name, shown=shown, operations=operations, removes=tuple(olds))


def _deleted(both: TableComparison, old: int, gone: list[int]) -> Path | None:
    """The path of the block of a row that is gone; None if it is inside another one that is gone. Raises NotCertain."""
    path, _ = both.table.node(old)
    rows = [row for row, each in enumerate(both.table.paths) if each == path]
    if not set(rows) <= set(gone):
        raise NotCertain("它和别的行是同一条“用”带出来的")
    block = both.table.lines[old].visit.block
    shown = {id(both.table.lines[row].visit.block) for row in gone}
    inner = block.children if isinstance(block, Section) else ()
    if any(id(each) not in shown for each in inner):
        raise NotCertain("它下面还有没有列进表的内容")
    if not path or not isinstance(path[-1], int):
        raise NotCertain("它在提纲里不是列表里的一块")
    outer = [each for row in gone if (each := both.table.paths[row]) and each != path and path[: len(each)] == each]
    return None if outer else path


def _emptied(both: TableComparison, items: dict[Path, set[int]]) -> list[Path]:
    """The blocks that have nothing but a title when what is in them is taken out: they go too."""
    made: list[Path] = []
    for path, indices in sorted(items.items(), key=lambda each: -len(each[0])):
        node = node_at(both.table.tree, path)
        holder = node_at(both.table.tree, path[:-1])
        is_empty = isinstance(node, Sequence) and len(indices) == len(node.items)
        if is_empty and isinstance(holder, Mapping) and len(path) > 2 and "文" not in holder.entries:
            made.append(path[:-1])
            items.setdefault(path[:-2], set()).add(int(path[-2]))
    return sorted(made, key=len)
