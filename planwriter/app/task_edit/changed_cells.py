"""Cells that were edited, as changes of the outline: texts, units, deadlines, and the titles of 章."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.app.task_edit.comparison import TableComparison
from planwriter.app.task_edit.table_change import NotCertain, ShownChange, TableChange, TableRow, not_made
from planwriter.findings.finding import Finding, Span
from planwriter.importing.tasks.content import SENTENCE_ENDS
from planwriter.importing.tasks.edited import EditedTask, flat
from planwriter.importing.tasks.heads import TaskRole
from planwriter.importing.tasks.operations import Operation
from planwriter.importing.tasks.retyped import retyped
from planwriter.model import LEVELS, Paragraph, Section, Text
from planwriter.plan.tables import content_of
from planwriter.source.changes import Drop, Path, SetEntry
from planwriter.source.nodes import Mapping, Scalar, Sequence

_WORDS = {TaskRole.CONTENT: "具体内容", TaskRole.LEAD: "责任单位", TaskRole.DEADLINE: "完成时限"}


def changed_cells_of(both: TableComparison, old: int, task: EditedTask) -> Iterator[TableChange | Finding]:
    """The changes that the edited cells of a row make, and a finding for each that cannot be made for certain."""
    line = both.table.lines[old]
    before = TableRow(*line[1:])
    columns: list[tuple[TaskRole, str, str]] = []
    if task.key.content != flat(before.content):
        columns.append((TaskRole.CONTENT, before.content, task.key.content))
    if task.owners is not None and task.typed_owners != before.owners and task.owners != before.owners:
        columns.append((TaskRole.LEAD, before.owners, task.owners))
    if task.deadline is not None and task.deadline != before.deadline:
        columns.append((TaskRole.DEADLINE, before.deadline, task.deadline))
    for role, was, now in columns:
        place = task.place(role)
        try:
            operations, after = _field(both, role, old, task, before)
        except NotCertain as refusal:
            yield not_made(place, refusal)
            continue
        shown = ShownChange(old + 1, _WORDS[role], was, now)
        yield TableChange(place=place, cell=place.pos.cell, shown=(shown,), operations=operations, row=old, new=after)


def _field(
    both: TableComparison, role: TaskRole, old: int, task: EditedTask, before: TableRow
) -> tuple[tuple[Operation, ...], TableRow]:
    """How one cell is changed in the outline, and the row afterwards."""
    path, node = both.table.node(old)
    block = both.table.lines[old].visit.block
    assert isinstance(block, (Section, Paragraph))
    if role is TaskRole.CONTENT:
        operations = _content(path, node, block, task.key.content)
        return operations, before._replace(content=task.key.content)
    if both.table.uses[path] > 1:
        raise NotCertain("这几行是同一条“用”带出来的，单位和时限改了会一起变")
    if role is TaskRole.LEAD:
        operations = _duty(path, node, task)
        if not task.lead and not task.support and not before.deadline:
            raise NotCertain("去掉单位，这一行就不在任务分解表里了", "真要去掉的，在提纲里删“责任单位”。")
        return operations, before._replace(owners=task.owners or "")
    if "{{" in _typed(node, "时限"):
        raise NotCertain("“时限”是算出来的")
    if task.deadline:
        return (SetEntry(path, "时限", task.typed_deadline),), before._replace(deadline=task.deadline)
    if not before.owners:
        raise NotCertain("去掉时限，这一行就不在任务分解表里了", "真要去掉的，在提纲里删“时限”。")
    if "时限" not in node.entries:
        raise NotCertain("时限来自条款")
    return (Drop(path, "时限"),), before._replace(deadline="")


def _content(path: Path, node: Mapping, block: Section | Paragraph, edited: str) -> tuple[Operation, ...]:
    if "用" in node.entries:
        raise NotCertain("这句话来自条款", "改“参数”；要自己写的，把“用”换成“条”和“文”。")
    if not isinstance(block, Section):
        raise NotCertain("这句话来自条款")
    head = next(key for key in node.entries if key in LEVELS)
    title, text = _split(block, edited)
    operations: list[Operation] = []
    if block.title is not None and title != block.title.value:
        operations.append(SetEntry(path, head, _retyped(block.title, title)))
    if block.text is not None and text != flat(block.text.value):
        operations.append(SetEntry(path, "文", _paragraphs(node, block.text, text)))
    return tuple(operations)


def renamed_chapters(both: TableComparison) -> Iterator[TableChange | Finding]:
    """Titles of 章 that were changed in all of their rows; a row with another 章 alone is a finding."""
    groups: dict[str, list[int]] = {}
    for old, line in enumerate(both.table.lines):
        groups.setdefault(line.task, []).append(old)
    for name, rows in groups.items():
        matched = [(old, both.tasks[both.edited[old]]) for old in rows if old in both.edited]
        moved = [(old, task) for old, task in matched if task.key.task and task.key.task != flat(name)]
        if not moved:
            continue
        names = {task.key.task for _, task in matched if task.key.task}
        place = moved[0][1].place(TaskRole.TASK)
        chapter = both.table.chapter(rows[0])
        titles = {id(each) for each in map(both.table.chapter, rows)}
        if len(names) == 1 and len(titles) == 1 and not names & set(groups) and chapter is not None:
            new = names.pop()
            try:
                yield _rename(both, chapter, name, new, place)
            except NotCertain as refusal:
                yield not_made(place, refusal)
            continue
        for _, task in moved:
            reason = f"这一行从“{name}”换到了“{task.key.task}”，提纲里没有移动"
            yield not_made(task.place(TaskRole.TASK), NotCertain(reason, "在提纲里把这一条移到那一章。"))


def _rename(both: TableComparison, chapter: Section, name: str, new: str, place: Span) -> TableChange:
    assert chapter.title is not None
    path = both.table.path_of(chapter)
    if path is None or both.table.cause_of(chapter) is not None:
        raise NotCertain("章的标题来自条款")
    operation = SetEntry(path, "章", _retyped(chapter.title, new))
    shown = ShownChange(0, "章的标题", name, new)
    return TableChange(place=place, cell=place.pos.cell, shown=(shown,), operations=(operation,), renames=(name, new))


def _split(block: Section, edited: str) -> tuple[str, str]:
    """The edited content of a block as its title and its text."""
    if block.title is None or block.text is None:
        return (edited, "") if block.text is None else ("", edited)
    title, text = block.title.value, flat(block.text.value)
    stop = content_of(block)[len(title) : len(title) + 1] if not title.endswith(SENTENCE_ENDS) else ""
    if edited.startswith(title + stop):
        return title, edited[len(title + stop) :]
    if edited.endswith(text) and edited[: len(edited) - len(text)].endswith(stop or SENTENCE_ENDS):
        return edited[: len(edited) - len(text) - len(stop)], text
    head, found, rest = edited.partition("。")
    if not stop or not found or len(head) > 60 or not rest:
        raise NotCertain("分不清哪里是标题，哪里是正文")
    return head, rest


def _retyped(text: Text, edited: str) -> str:
    made = retyped(text, edited)
    if made is None:
        if not edited:
            raise NotCertain("标题或者正文删空了")
        raise NotCertain("改到了由指标或参数算出来的字", "在提纲的“指标”里改数；别的字在提纲里自己改。")
    return made


def _paragraphs(node: Mapping, text: Text, edited: str) -> str | tuple[str, ...]:
    """The value of 文 for an edited text; one of several paragraphs may change."""
    value = node.entries.get("文")
    if isinstance(value, Scalar) and "\n" not in text.value:
        return _retyped(text, edited)
    if not isinstance(value, Sequence) or text.filling is not None:
        raise NotCertain("正文有几段，改的是哪一段不一定")
    old = text.value.split("\n")
    for at in range(len(old)):
        before, after = "".join(old[:at]), "".join(old[at + 1 :])
        if edited.startswith(before) and edited.endswith(after) and len(edited) > len(before) + len(after):
            return (*old[:at], edited[len(before) : len(edited) - len(after)], *old[at + 1 :])
    raise NotCertain("正文有几段，改的不止一段")


def _typed(node: Mapping, key: str) -> str:
    value = node.entries.get(key)
    return value.span.raw if value is not None else ""


def _duty(path: Path, node: Mapping, task: EditedTask) -> tuple[Operation, ...]:
    """How the units of a block are set."""
    made: list[Operation] = []
    for key, names in (("责任单位", task.lead), ("配合单位", task.support)):
        if "{{" in _typed(node, key):
            raise NotCertain(f"“{key}”是算出来的")
        value = node.entries.get(key)
        old = (
            tuple(each.value for each in value.items if isinstance(each, Scalar))
            if isinstance(value, Sequence)
            else (value.value,)
            if isinstance(value, Scalar) and not value.empty
            else ()
        )
        if "、".join(old) == "、".join(names) and (names or key not in node.entries):
            continue
        if names:
            made.append(SetEntry(path, key, names[0] if len(names) == 1 else names))
        elif key in node.entries:
            made.append(Drop(path, key))
    return tuple(made)
