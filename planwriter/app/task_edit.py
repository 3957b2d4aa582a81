"""Takes an edited 任务分解表 in again: first shows what changes in the outline, then writes all of it or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from planwriter.app import plans
from planwriter.app.journal.author_files import replace_file
from planwriter.app.journal.journal import Step
from planwriter.app.session import Session
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Findings, Result, Severity, Span
from planwriter.importing.tasks.blocks import duty_of_texts
from planwriter.importing.tasks.content import split_title
from planwriter.importing.tasks.edited import EditedTask, edited_tasks, shown_units
from planwriter.importing.tasks.heads import TaskRole
from planwriter.importing.tasks.into import mappings_in
from planwriter.importing.tasks.match import MatchedRow, Matching, match_rows
from planwriter.importing.tasks.operations import AddItems, Operation, RemoveItem, operated
from planwriter.importing.tasks.retyped import retyped
from planwriter.importing.tasks.units import TypedDuty
from planwriter.importing.write import blocks_yaml
from planwriter.model import LEVELS, Level, Paragraph, Section, Text
from planwriter.model.walk import Visit
from planwriter.plan.tables import TaskLine, content_of, task_lines
from planwriter.sheets.read import MAX_BYTES, read_workbook
from planwriter.source.changes import Drop, Path, SetEntry, node_at
from planwriter.source.edit import Uneditable
from planwriter.source.keys import BLOCK_HEADS, OUTLINE_KEYS
from planwriter.source.load import load_tree
from planwriter.source.nodes import Mapping, Scalar, Sequence
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.records import dataclass, field
from planwriter.system import files

SHEET = "任务分解表"
_ELSEWHERE = "在提纲里自己改这一处。"
_STOPS = ("。", "！", "？", "；", "：")


class ShownChange(NamedTuple):
    """A change as it is shown: the number of the row in the old table (0 for a new one), what changes, before and after."""

    number: int
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskEdit:
    """What an edited table changes in an outline; nothing is written yet."""

    path: str
    before: bytes
    after: bytes
    changes: tuple[ShownChange, ...]
    matched: dict[str, int]
    """How many rows were matched by what."""
    loose: tuple[tuple[str, int, str], ...]
    """The rows that were not matched by their text or title: the cell, the number of the old row, by what."""
    findings: tuple[Finding, ...]
    """The findings on the outline that are new after the change."""


class _Row(NamedTuple):
    """A row of the table as its cells."""

    task: str
    content: str
    owners: str
    deadline: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """One change: how it is done in the file, what it does to the table, and the cell that it comes from."""

    place: Span
    cell: str
    shown: tuple[ShownChange, ...]
    operations: tuple[Operation, ...]
    row: int = -1
    """The old row that it changes, or before which it adds one."""
    new: _Row | None = None
    """The row as it becomes, or that is added."""
    adds: bool = False
    removes: tuple[int, ...] = ()
    renames: tuple[str, str] = ("", "")
    """The title of a 章, before and after."""


class _Refused(Exception):
    """A change whose place in the outline is not certain; says why, and what to do."""

    def __init__(self, reason: str, advice: str = _ELSEWHERE) -> None:
        super().__init__(reason)
        self.reason, self.advice = reason, advice


def import_tasks(session: Session, path: str, sheet: str) -> Result[TaskEdit | None]:
    """What the edited table in the workbook `sheet` changes in the outline at `path`; None, and findings, if it cannot be read."""
    shown, shown_sheet = files.shown_path(path), files.shown_path(sheet)
    found = Findings()
    data = found.take(files.read_named(path, shown))
    book = found.take(files.read_named(sheet, shown_sheet, limit=MAX_BYTES))
    if data is None or book is None:
        return found.result(None)
    plan = plans.plan_bytes(session, data, shown, path=path)
    tree = load_tree(data, shown, OUTLINE_KEYS)
    if plan.document is None or tree.value is None:
        return Result(None, plan.findings)
    sheets = found.take(read_workbook(book, shown_sheet))
    tasks = found.take(edited_tasks(sheets, shown_sheet, SHEET)) if sheets else None
    if tasks is None:
        return found.result(None)
    table = _Table(tree.value, shown, task_lines(plan.document.parts))
    matching = match_rows(table.keys(), [each.key for each in tasks])
    planned = found.take(_Planner(table, tasks, matching).made())
    trial = _Trial(session, path, shown, data, tree.value, plan, table)
    made, kept = found.take(trial.made(planned))
    after = plans.plan_bytes(session, made, shown, path=path) if kept else plan
    how = Counter(by for _, by in matching.pairs.values())
    loose = tuple(
        (tasks[at].place(TaskRole.CONTENT).pos.cell, old + 1, by)
        for at, (old, by) in sorted(matching.pairs.items())
        if by in ("文字相似", "序号")
    )
    return found.result(
        TaskEdit(
            path=path,
            before=data,
            after=made,
            changes=tuple(shown for change in kept for shown in change.shown),
            matched=dict(how),
            loose=loose,
            findings=plans.new_findings(plan.findings, after.findings),
        )
    )


def write_edit(edited: TaskEdit) -> tuple[Finding, ...]:
    """Writes the changed outline, all of it or nothing. To be called while the file is locked."""
    told = [f"{each.what}：{each.after or each.before}" for each in edited.changes]
    return replace_file(edited.path, edited.before, edited.after, Step("tasks import"), told)


# the table that the outline gives


class _Table:
    """The rows of the outline's table, and where each one stands in its file."""

    def __init__(self, tree: Mapping, shown: str, lines: list[TaskLine]) -> None:
        self.tree, self.shown, self.lines = tree, shown, lines
        self.places: dict[int, Path] = {}
        for path, node in mappings_in(tree):
            head = next((key for key in node.entries if key in BLOCK_HEADS), None)
            if head is not None:
                self.places[node.keys[head].span.start] = path
        self.paths = [self.path_of(line.visit.block) for line in lines]
        self.uses = Counter(self.paths)

    def keys(self) -> list[MatchedRow]:
        return [MatchedRow(number, line.task, line.content) for number, line in enumerate(self.lines, 1)]

    def rows(self) -> list[_Row]:
        return [_Row(*line[1:]) for line in self.lines]

    def path_of(self, block: object) -> Path | None:
        """The path of the block, or of the use of the clause that it was made from; None if it is not known."""
        span = self.cause_of(block)
        if span is None and isinstance(block, Section) and not block.clause:
            span = block.origin
        return self.places.get(span.start) if span is not None and span.source.name == self.shown else None

    def cause_of(self, block: object) -> Span | None:
        """The use that a block of a clause was made from."""
        texts = (block.title, block.text) if isinstance(block, Section) else (getattr(block, "text", None),)
        causes = (text.origin.cause for text in texts if text is not None and text.origin is not None)
        return next((cause.place for cause in causes if cause is not None), None)

    def node(self, row: int) -> tuple[Path, Mapping]:
        """The mapping that a row was made from. Raises _Refused."""
        path = self.paths[row]
        if path is None:
            raise _Refused("不知道它在提纲的哪一处")
        node = node_at(self.tree, path)
        assert isinstance(node, Mapping)
        return path, node

    def place(self, row: int) -> Span:
        """Where the block of a row stands in the outline."""
        path = self.paths[row]
        return next(iter(node.keys.values())).span if path and (node := self.node(row)[1]).keys else self.tree.span

    def chapter(self, row: int) -> Section | None:
        """The 章 around a row."""
        visit: Visit = self.lines[row].visit
        for each in reversed((*visit.parents, visit.block)):
            if isinstance(each, Section) and each.level is Level.CHAPTER and each.title:
                return each
        return None


# what is to be changed


class _Planner:
    """Makes the changes of an edited table, one for each cell, and findings for those that are not made."""

    def __init__(self, table: _Table, tasks: tuple[EditedTask, ...], matching: Matching) -> None:
        self.table, self.tasks, self.matching = table, tasks, matching
        self.old = {old: at for at, (old, _) in matching.pairs.items()}
        self._found = Findings()

    def made(self) -> Result[list[_Change]]:
        changes: list[_Change] = []
        for at, candidates in sorted(self.matching.doubtful.items()):
            place = self.tasks[at].place(TaskRole.CONTENT)
            rows = "、".join(f"第 {each + 1} 项" for each in candidates)
            self._found.append(finding("PW748", place, cell=place.pos.cell, rows=rows))
        changes += self.renames()
        for at, (old, _) in sorted(self.matching.pairs.items()):
            changes += self.row_changes(old, self.tasks[at])
        changes += self.deletions()
        changes += self.additions()
        self.tell_order()
        return self._found.result(changes)

    def refuse(self, place: Span, refusal: _Refused) -> None:
        self._found.append(finding("PW747", place, cell=place.pos.cell, reason=refusal.reason, advice=refusal.advice))

    def tell_order(self) -> None:
        """A finding if rows stand in another order: blocks are not moved."""
        last = -1
        for at, (old, _) in sorted(self.matching.pairs.items()):
            if old < last:
                reason = f"它原来是第 {old + 1} 项，排到了第 {last + 1} 项的后面，次序没有改"
                self.refuse(
                    self.tasks[at].place(TaskRole.CONTENT), _Refused(reason, "要换次序的，在提纲里移动这一条。")
                )
                return
            last = old

    # rows that are there

    def row_changes(self, old: int, task: EditedTask) -> Iterator[_Change]:
        line = self.table.lines[old]
        before = _Row(*line[1:])
        columns: list[tuple[TaskRole, str, str]] = []
        if task.key.content != _flat(before.content):
            columns.append((TaskRole.CONTENT, before.content, task.key.content))
        if task.owners is not None and task.typed_owners != before.owners and task.owners != before.owners:
            columns.append((TaskRole.LEAD, before.owners, task.owners))
        if task.deadline is not None and task.deadline != before.deadline:
            columns.append((TaskRole.DEADLINE, before.deadline, task.deadline))
        for role, was, now in columns:
            place = task.place(role)
            try:
                operations, after = self.field(role, old, task, before)
            except _Refused as refusal:
                self.refuse(place, refusal)
                continue
            shown = ShownChange(old + 1, _WORDS[role], was, now)
            yield _Change(place=place, cell=place.pos.cell, shown=(shown,), operations=operations, row=old, new=after)

    def field(self, role: TaskRole, old: int, task: EditedTask, before: _Row) -> tuple[tuple[Operation, ...], _Row]:
        """How one cell is changed in the outline, and the row afterwards."""
        path, node = self.table.node(old)
        block = self.table.lines[old].visit.block
        assert isinstance(block, (Section, Paragraph))
        if role is TaskRole.CONTENT:
            operations = self.content(path, node, block, task.key.content)
            return operations, before._replace(content=task.key.content)
        if self.table.uses[path] > 1:
            raise _Refused("这几行是同一条“用”带出来的，单位和时限改了会一起变")
        if role is TaskRole.LEAD:
            operations = _duty(path, node, task)
            if not task.lead and not task.support and not before.deadline:
                raise _Refused("去掉单位，这一行就不在任务分解表里了", "真要去掉的，在提纲里删“责任单位”。")
            return operations, before._replace(owners=task.owners or "")
        if "{{" in _typed(node, "时限"):
            raise _Refused("“时限”是算出来的")
        if task.deadline:
            return (SetEntry(path, "时限", task.typed_deadline),), before._replace(deadline=task.deadline)
        if not before.owners:
            raise _Refused("去掉时限，这一行就不在任务分解表里了", "真要去掉的，在提纲里删“时限”。")
        if "时限" not in node.entries:
            raise _Refused("时限来自条款")
        return (Drop(path, "时限"),), before._replace(deadline="")

    def content(self, path: Path, node: Mapping, block: Section | Paragraph, edited: str) -> tuple[Operation, ...]:
        if "用" in node.entries:
            raise _Refused("这句话来自条款", "改“参数”；要自己写的，把“用”换成“条”和“文”。")
        if not isinstance(block, Section):
            raise _Refused("这句话来自条款")
        head = next(key for key in node.entries if key in LEVELS)
        title, text = _split(block, edited)
        operations: list[Operation] = []
        if block.title is not None and title != block.title.value:
            operations.append(SetEntry(path, head, _retyped(block.title, title)))
        if block.text is not None and text != _flat(block.text.value):
            operations.append(SetEntry(path, "文", _paragraphs(node, block.text, text)))
        return tuple(operations)

    def renames(self) -> Iterator[_Change]:
        """Titles of 章 that were changed in all of their rows; a row with another 章 alone is a finding."""
        groups: dict[str, list[int]] = {}
        for old, line in enumerate(self.table.lines):
            groups.setdefault(line.task, []).append(old)
        for name, rows in groups.items():
            matched = [(old, self.tasks[self.old[old]]) for old in rows if old in self.old]
            moved = [(old, task) for old, task in matched if task.key.task and task.key.task != _flat(name)]
            if not moved:
                continue
            names = {task.key.task for _, task in matched if task.key.task}
            place = moved[0][1].place(TaskRole.TASK)
            chapter = self.table.chapter(rows[0])
            titles = {id(each) for each in map(self.table.chapter, rows)}
            if len(names) == 1 and len(titles) == 1 and not names & set(groups) and chapter is not None:
                new = names.pop()
                try:
                    yield self.rename(chapter, name, new, place)
                except _Refused as refusal:
                    self.refuse(place, refusal)
                continue
            for _, task in moved:
                reason = f"这一行从“{name}”换到了“{task.key.task}”，提纲里没有移动"
                self.refuse(task.place(TaskRole.TASK), _Refused(reason, "在提纲里把这一条移到那一章。"))

    def rename(self, chapter: Section, name: str, new: str, place: Span) -> _Change:
        assert chapter.title is not None
        path = self.table.path_of(chapter)
        if path is None or self.table.cause_of(chapter) is not None:
            raise _Refused("章的标题来自条款")
        operation = SetEntry(path, "章", _retyped(chapter.title, new))
        shown = ShownChange(0, "章的标题", name, new)
        return _Change(place=place, cell=place.pos.cell, shown=(shown,), operations=(operation,), renames=(name, new))

    # rows that are gone

    def deletions(self) -> list[_Change]:
        doubtful = {each for candidates in self.matching.doubtful.values() for each in candidates}
        gone = [old for old in range(len(self.table.lines)) if old not in self.old and old not in doubtful]
        made: list[_Change] = []
        items: dict[Path, set[int]] = {}
        rows: list[tuple[int, Path]] = []
        for old in gone:
            try:
                path = self.deleted(old, gone)
            except _Refused as refusal:
                reason = f"表里没有了这一行“{self.table.lines[old].content[:20]}”，可是{refusal.reason}"
                advice = "真要删的，在提纲里删。"
                where = self.table.place(old)
                self._found.append(finding("PW747", where, cell=f"第 {old + 1} 项", reason=reason, advice=advice))
                continue
            if path is not None:
                rows.append((old, path))
                items.setdefault(path[:-1], set()).add(int(path[-1]))
        emptied = self.emptied(items)
        together: dict[Path, list[int]] = {}
        for old, path in rows:
            holder = next((each for each in emptied if path[: len(each)] == each), path)
            together.setdefault(holder, []).append(old)
        for holder, olds in together.items():
            shown = tuple(ShownChange(old + 1, "删去", self.table.lines[old].content, "") for old in olds)
            operations = (RemoveItem(holder[:-1], int(holder[-1])),)
            where, name = self.table.place(olds[0]), f"第 {olds[0] + 1} 项"
            made.append(_Change(place=where, cell=name, shown=shown, operations=operations, removes=tuple(olds)))
        return made

    def deleted(self, old: int, gone: list[int]) -> Path | None:
        """The path of the block of a row that is gone; None if it is inside another one that is gone. Raises _Refused."""
        path, _ = self.table.node(old)
        rows = [row for row, each in enumerate(self.table.paths) if each == path]
        if not set(rows) <= set(gone):
            raise _Refused("它和别的行是同一条“用”带出来的")
        block = self.table.lines[old].visit.block
        shown = {id(self.table.lines[row].visit.block) for row in gone}
        inner = block.children if isinstance(block, Section) else ()
        if any(id(each) not in shown for each in inner):
            raise _Refused("它下面还有没有列进表的内容")
        if not path or not isinstance(path[-1], int):
            raise _Refused("它在提纲里不是列表里的一块")
        outer = [each for row in gone if (each := self.table.paths[row]) and each != path and path[: len(each)] == each]
        return None if outer else path

    def emptied(self, items: dict[Path, set[int]]) -> list[Path]:
        """The blocks that have nothing but a title when what is in them is taken out: they go too."""
        made: list[Path] = []
        for path, indices in sorted(items.items(), key=lambda each: -len(each[0])):
            node = node_at(self.table.tree, path)
            holder = node_at(self.table.tree, path[:-1])
            is_empty = isinstance(node, Sequence) and len(indices) == len(node.items)
            if is_empty and isinstance(holder, Mapping) and len(path) > 2 and "文" not in holder.entries:
                made.append(path[:-1])
                items.setdefault(path[:-2], set()).add(int(path[-2]))
        return sorted(made, key=len)

    # rows that are new

    def additions(self) -> Iterator[_Change]:
        known = {line.task for line in self.table.lines}
        for at, task in enumerate(self.tasks):
            if at in self.matching.pairs or at in self.matching.doubtful:
                continue
            place = task.place(TaskRole.CONTENT)
            try:
                if not (task.lead or task.support or task.deadline) and any(
                    line.owners or line.deadline for line in self.table.lines
                ):
                    raise _Refused(
                        "新的一行没有写责任单位和时限，进不了任务分解表", "补上单位或时限；或者直接写进提纲。"
                    )
                yield self.addition(at, task, known)
            except _Refused as refusal:
                self.refuse(place, refusal)

    def addition(self, at: int, task: EditedTask, known: set[str]) -> _Change:
        """The change that adds a row behind the one above it, else before the one below it."""
        before = next(
            (self.matching.pairs[each][0] for each in range(at - 1, -1, -1) if each in self.matching.pairs), None
        )
        after = next(
            (self.matching.pairs[each][0] for each in range(at + 1, len(self.tasks)) if each in self.matching.pairs),
            None,
        )
        name = task.key.task
        renamed = {self.tasks[self.old[old]].key.task: self.table.lines[old].task for old in self.old}
        name = renamed.get(name, name) if name not in known else name
        lines = self.table.lines
        if name and name not in known:
            return self.new_chapter(at, task, before, after)
        if before is not None and name in ("", lines[before].task):
            anchor, behind = before, True
        elif after is not None and name in ("", lines[after].task):
            anchor, behind = after, False
        else:
            raise _Refused(f"它写的是“{name}”这一章，上下两行却都不是这一章的", "把这一行挪到那一章的行里，再导入。")
        path, _ = self.table.node(anchor)
        if not path or not isinstance(path[-1], int):
            raise _Refused("挨着的一行在提纲里不是列表里的一块")
        block = lines[anchor].visit.block
        level = block.level if isinstance(block, Section) else Level.ITEM
        section = new_section(task, level)
        index = int(path[-1]) + behind
        row = anchor + 1 if behind else anchor
        if behind:  # rows made by blocks inside the same block stand before the new one
            while row < len(lines) and (inner := self.table.paths[row]) is not None and inner[: len(path)] == path:
                row += 1
        return self.added(task, section, path[:-1], index, row, lines[anchor].task)

    def new_chapter(self, at: int, task: EditedTask, before: int | None, after: int | None) -> _Change:
        """The change that adds a 章 with the row in it, behind the 章 of the row above."""
        anchor = before if before is not None else after
        chapter = self.table.chapter(anchor) if anchor is not None else None
        path = self.table.path_of(chapter) if chapter is not None else None
        if path is None or not isinstance(path[-1], int) or chapter is None or anchor is None:
            raise _Refused(f"提纲里没有“{task.key.task}”这一章，也不知道放在哪里")
        if sum(each.key.task == task.key.task for each in self.tasks) > 1:
            raise _Refused(f"提纲里没有“{task.key.task}”这一章", "先在提纲里写上这一章，再导入。")
        behind = before is not None
        inner = self.table.lines[anchor].visit.block
        section = new_section(task, inner.level if isinstance(inner, Section) else Level.ITEM)
        whole = Section(level=Level.CHAPTER, title=Text(value=task.key.task), children=(section,))
        rows = [old for old in range(len(self.table.lines)) if self.table.chapter(old) is chapter]
        if anchor != (rows[-1] if behind else rows[0]):
            advice = "把这一行挪到那一章的行的后面，再导入。"
            raise _Refused(f"新的一章“{task.key.task}”排在“{self.table.lines[anchor].task}”这一章的中间", advice)
        row = rows[-1] + 1 if behind else rows[0]
        return self.added(task, whole, path[:-1], int(path[-1]) + behind, row, task.key.task)

    def added(self, task: EditedTask, section: Section, path: Path, index: int, row: int, chapter: str) -> _Change:
        place = task.place(TaskRole.CONTENT)
        owners = shown_units([*task.lead], [*task.support])
        new = _Row(chapter, task.key.content, owners, task.deadline or "")
        return _Change(
            place=place,
            cell=place.pos.cell,
            shown=(ShownChange(0, "新增", "", task.key.content),),
            operations=(AddItems(path, index, tuple(blocks_yaml((section,)))),),
            row=row,
            new=new,
            adds=True,
        )


_ALONE = "原来的任务都没有写单位和时限，只给几行写上，任务分解表里就只有这几行了"
_WORDS = {TaskRole.CONTENT: "具体内容", TaskRole.LEAD: "责任单位", TaskRole.DEADLINE: "完成时限"}


def new_section(task: EditedTask, level: Level) -> Section:
    """A new row as a block of that level."""
    if "{{" in task.key.content or "}}" in task.key.content:
        raise _Refused("里面有 {{ }}，会被当成要填的空")
    own = split_title(task.key.content)
    title, text = own.title, own.text
    if not title and text[-1:] not in _STOPS and len(text) <= 30:
        title, text = text, ""
    duty = duty_of_texts(TypedDuty(task.lead, task.support, task.typed_deadline), task.place(TaskRole.OTHER))
    return Section(
        level=level,
        title=Text(value=title) if title else None,
        text=Text(value=text) if text else None,
        duty=duty,
    )


def _flat(text: str) -> str:
    return "".join(line.strip() for line in text.split("\n"))


def _split(block: Section, edited: str) -> tuple[str, str]:
    """The edited content of a block as its title and its text."""
    if block.title is None or block.text is None:
        return (edited, "") if block.text is None else ("", edited)
    title, text = block.title.value, _flat(block.text.value)
    stop = content_of(block)[len(title) : len(title) + 1] if not title.endswith(_STOPS) else ""
    if edited.startswith(title + stop):
        return title, edited[len(title + stop) :]
    if edited.endswith(text) and edited[: len(edited) - len(text)].endswith(stop or _STOPS):
        return edited[: len(edited) - len(text) - len(stop)], text
    head, found, rest = edited.partition("。")
    if not stop or not found or len(head) > 60 or not rest:
        raise _Refused("分不清哪里是标题，哪里是正文")
    return head, rest


def _retyped(text: Text, edited: str) -> str:
    made = retyped(text, edited)
    if made is None:
        if not edited:
            raise _Refused("标题或者正文删空了")
        raise _Refused("改到了由指标或参数算出来的字", "在提纲的“指标”里改数；别的字在提纲里自己改。")
    return made


def _paragraphs(node: Mapping, text: Text, edited: str) -> str | tuple[str, ...]:
    """The value of 文 for an edited text; one of several paragraphs may change."""
    value = node.entries.get("文")
    if isinstance(value, Scalar) and "\n" not in text.value:
        return _retyped(text, edited)
    if not isinstance(value, Sequence) or text.filling is not None:
        raise _Refused("正文有几段，改的是哪一段不一定")
    old = text.value.split("\n")
    for at in range(len(old)):
        before, after = "".join(old[:at]), "".join(old[at + 1 :])
        if edited.startswith(before) and edited.endswith(after) and len(edited) > len(before) + len(after):
            return (*old[:at], edited[len(before) : len(edited) - len(after)], *old[at + 1 :])
    raise _Refused("正文有几段，改的不止一段")


def _typed(node: Mapping, key: str) -> str:
    value = node.entries.get(key)
    return value.span.raw if value is not None else ""


def _duty(path: Path, node: Mapping, task: EditedTask) -> tuple[Operation, ...]:
    """How the units of a block are set."""
    made: list[Operation] = []
    for key, names in (("责任单位", task.lead), ("配合单位", task.support)):
        if "{{" in _typed(node, key):
            raise _Refused(f"“{key}”是算出来的")
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


# trying it


@dataclass(slots=True)
class _Trial:
    """Applies changes to the outline and keeps those after which it gives the edited table."""

    session: Session
    path: str
    shown: str
    data: bytes
    tree: Mapping
    plan: plans.Plan
    table: _Table
    reason: str = field(default="")

    def made(self, changes: list[_Change]) -> Result[tuple[bytes, list[_Change]]]:
        """The outline with the changes, those that are made, and a finding for each other one."""
        whole = self.tried(changes) if changes else self.data
        if whole is not None:
            return Result((whole, changes))
        kept: list[_Change] = []
        made, told = self.data, Findings()
        for change in changes:
            again = self.tried([*kept, change])
            if again is None:
                told.append(finding("PW747", change.place, cell=change.cell, reason=self.reason, advice=_ELSEWHERE))
            else:
                made = again
                kept.append(change)
        return told.result((made, kept))

    def tried(self, changes: list[_Change]) -> bytes | None:
        """The outline with the changes; None, and the reason, if it then is not read as it should be."""
        operations = [each for change in changes for each in change.operations]
        try:
            made = operated(self.data, self.tree, operations)
        except Uneditable as error:
            self.reason = str(error)
            return None
        after = plans.plan_bytes(self.session, made, self.shown, path=self.path)
        new = plans.new_findings(self.plan.findings, after.findings)
        if after.document is None or any(each.severity is Severity.ERROR for each in new):
            told = next((each.message for each in new if each.severity is Severity.ERROR), "提纲就读不通了")
            self.reason = f"改了以后，{told}".rstrip("。")
            return None
        rows = [_Row(*line[1:]) for line in task_lines(after.document.parts)]
        if [*map(_flattened, rows)] != [*map(_flattened, self.expected(changes))]:
            is_bare = not any(row.owners or row.deadline for row in self.table.rows())
            self.reason = _ALONE if is_bare else "改了以后，任务分解表和改过的表对不上"
            return None
        return made

    def expected(self, changes: list[_Change]) -> list[_Row]:
        """The rows of the table after the changes."""
        old = self.table.rows()
        rows: list[_Row | None] = [*old]
        added: dict[int, list[_Row]] = {}
        for change in changes:
            if change.adds and change.new is not None:
                added.setdefault(change.row, []).append(change.new)
            for row in change.removes:
                rows[row] = None
            if change.row >= 0 and not change.adds:
                rows[change.row] = _merged(old[change.row], rows[change.row], change.new)
        made = [
            each
            for at in range(len(rows) + 1)
            for each in (*added.get(at, ()), *([rows[at]] if at < len(rows) else ()))
            if each
        ]
        names = {before: after for change in changes for before, after in [change.renames] if before}
        return [row._replace(task=names.get(row.task, row.task)) for row in made]


def _flattened(row: _Row) -> _Row:
    return _Row(*map(_flat, row))


def _merged(old: _Row, row: _Row | None, new: _Row | None) -> _Row | None:
    """A row with one more change of its cells."""
    if row is None or new is None:
        return None
    return _Row(*(after if after != before else now for before, now, after in zip(old, row, new, strict=True)))
