"""Rows that are new, as changes of the outline."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.app.task_edit.comparison import TableComparison
from planwriter.app.task_edit.table_change import NotCertain, ShownChange, TableChange, TableRow, not_made
from planwriter.findings.finding import Finding
from planwriter.importing.tasks.blocks import duty_of_texts
from planwriter.importing.tasks.content import SENTENCE_ENDS, split_title
from planwriter.importing.tasks.edited import EditedTask, shown_units
from planwriter.importing.tasks.heads import TaskRole
from planwriter.importing.tasks.operations import AddItems
from planwriter.importing.tasks.units import TypedDuty
from planwriter.importing.write import blocks_yaml
from planwriter.model import Level, Section, Text
from planwriter.source.changes import Path


def added_rows(both: TableComparison) -> Iterator[TableChange | Finding]:
    """The changes that new rows make, and a finding for each row that cannot be placed for certain."""
    known = {line.task for line in both.table.lines}
    for at, task in enumerate(both.tasks):
        if at in both.matching.pairs or at in both.matching.doubtful:
            continue
        place = task.place(TaskRole.CONTENT)
        try:
            if not (task.lead or task.support or task.deadline) and any(
                line.owners or line.deadline for line in both.table.lines
            ):
                raise NotCertain("新的一行没有写责任单位和时限，进不了任务分解表", "补上单位或时限；或者直接写进提纲。")
            yield _addition(both, at, task, known)
        except NotCertain as refusal:
            yield not_made(place, refusal)


def _addition(both: TableComparison, at: int, task: EditedTask, known: set[str]) -> TableChange:
    """The change that adds a row behind the one above it, else before the one below it."""
    before = next((both.matching.pairs[each][0] for each in range(at - 1, -1, -1) if each in both.matching.pairs), None)
    after = next(
        (both.matching.pairs[each][0] for each in range(at + 1, len(both.tasks)) if each in both.matching.pairs),
        None,
    )
    name = task.key.task
    renamed = {both.tasks[both.edited[old]].key.task: both.table.lines[old].task for old in both.edited}
    name = renamed.get(name, name) if name not in known else name
    lines = both.table.lines
    if name and name not in known:
        return _new_chapter(both, task, before, after)
    if before is not None and name in ("", lines[before].task):
        anchor, behind = before, True
    elif after is not None and name in ("", lines[after].task):
        anchor, behind = after, False
    else:
        raise NotCertain(f"它写的是“{name}”这一章，上下两行却都不是这一章的", "把这一行挪到那一章的行里，再导入。")
    path, _ = both.table.node(anchor)
    if not path or not isinstance(path[-1], int):
        raise NotCertain("挨着的一行在提纲里不是列表里的一块")
    block = lines[anchor].visit.block
    level = block.level if isinstance(block, Section) else Level.ITEM
    section = new_section(task, level)
    index = int(path[-1]) + behind
    row = anchor + 1 if behind else anchor
    if behind:  # rows made by blocks inside the same block stand before the new one
        while row < len(lines) and (inner := both.table.paths[row]) is not None and inner[: len(path)] == path:
            row += 1
    return _added(task, section, path[:-1], index, row, lines[anchor].task)


def _new_chapter(both: TableComparison, task: EditedTask, before: int | None, after: int | None) -> TableChange:
    """The change that adds a 章 with the row in it, behind the 章 of the row above."""
    anchor = before if before is not None else after
    chapter = both.table.chapter(anchor) if anchor is not None else None
    path = both.table.path_of(chapter) if chapter is not None else None
    if path is None or not isinstance(path[-1], int) or chapter is None or anchor is None:
        raise NotCertain(f"提纲里没有“{task.key.task}”这一章，也不知道放在哪里")
    if sum(each.key.task == task.key.task for each in both.tasks) > 1:
        raise NotCertain(f"提纲里没有“{task.key.task}”这一章", "先在提纲里写上这一章，再导入。")
    behind = before is not None
    inner = both.table.lines[anchor].visit.block
    section = new_section(task, inner.level if isinstance(inner, Section) else Level.ITEM)
    whole = Section(level=Level.CHAPTER, title=Text(value=task.key.task), children=(section,))
    rows = [old for old in range(len(both.table.lines)) if both.table.chapter(old) is chapter]
    if anchor != (rows[-1] if behind else rows[0]):
        advice = "把这一行挪到那一章的行的后面，再导入。"
        raise NotCertain(f"新的一章“{task.key.task}”排在“{both.table.lines[anchor].task}”这一章的中间", advice)
    row = rows[-1] + 1 if behind else rows[0]
    return _added(task, whole, path[:-1], int(path[-1]) + behind, row, task.key.task)


def _added(task: EditedTask, section: Section, path: Path, index: int, row: int, chapter: str) -> TableChange:
    place = task.place(TaskRole.CONTENT)
    owners = shown_units([*task.lead], [*task.support])
    new = TableRow(chapter, task.key.content, owners, task.deadline or "")
    return TableChange(
        place=place,
        cell=place.pos.cell,
        shown=(ShownChange(0, "新增", "", task.key.content),),
        operations=(AddItems(path, index, tuple(blocks_yaml((section,)))),),
        row=row,
        new=new,
        adds=True,
    )


def new_section(task: EditedTask, level: Level) -> Section:
    """A new row as a block of that level."""
    if "{{" in task.key.content or "}}" in task.key.content:
        raise NotCertain("里面有 {{ }}，会被当成要填的空")
    own = split_title(task.key.content)
    title, text = own.title, own.text
    if not title and text[-1:] not in SENTENCE_ENDS and len(text) <= 30:
        title, text = text, ""
    duty = duty_of_texts(TypedDuty(task.lead, task.support, task.typed_deadline), task.place(TaskRole.OTHER))
    return Section(
        level=level,
        title=Text(value=title) if title else None,
        text=Text(value=text) if text else None,
        duty=duty,
    )
