"""Task lists as blocks: their groups as 章 and 节, each task as a 条 with its text, units and deadline."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Findings, Result, Span
from planwriter.importing.tasks.content import Content, label_depth, read_content, split_title, without_label
from planwriter.importing.tasks.heads import TaskRole
from planwriter.importing.tasks.read import TaskCell, TaskRow, TaskSheet
from planwriter.importing.tasks.units import (
    TypedDuty,
    deadlines_in,
    is_understood,
    read_units,
    split_brackets,
    whole_deadline,
)
from planwriter.importing.texts import escaped
from planwriter.language.deadlines import read_deadline
from planwriter.model import Duty, Level, Section, Text
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex
from planwriter.start.records import dataclass

_BEGINS = regex(r".*(?:开始|启动|起始|起).*")
_MAX_GROUP, _MAX_TASK = 60, 60
_MAX_DEADLINE = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskPlan:
    """The blocks of the task lists of one workbook."""

    blocks: tuple[Section, ...]
    remarks: dict[Span, str]
    """What goes into 备注, which is not printed, by the origin of the block."""
    titles: tuple[TaskCell, ...]
    """The texts above the lists, of which the first is the title of the plan."""
    tasks: int
    """How many tasks there are."""


class _Group(NamedTuple):
    title: str
    text: str
    span: Span


class _Leaf:
    """A task while it is being read: rows without a text of their own add to it."""

    def __init__(self, span: Span) -> None:
        self.span = span
        self.title = ""
        self.paragraphs: list[str] = []
        self.points: list[tuple[str, TypedDuty]] = []
        self.lead: dict[str, None] = {}
        self.support: dict[str, None] = {}
        self.deadlines: list[str] = []
        self.remarks: dict[str, None] = {}

    def section(self, level: Level) -> Section:
        """The task as a block of that level."""
        paragraphs, points = [*self.paragraphs], self.points
        if points and level is Level.SUBITEM:
            paragraphs += (f"{number}.{text}" for number, (text, _) in enumerate(points, 1))
            points = []
        duty = TypedDuty(tuple(self.lead), tuple(each for each in self.support if each not in self.lead))
        duty = duty._replace(deadline="；".join(self.deadlines))
        return Section(
            level=level,
            title=_text(self.title, self.span),
            text=_text("\n".join(paragraphs), self.span),
            children=tuple(_point(text, own, self.span) for text, own in points),
            duty=duty_of_texts(duty, self.span),
            origin=self.span,
        )


def _text(value: str, span: Span) -> Text | None:
    return Text(value=escaped(value), origin=span) if value else None


def duty_of_texts(duty: TypedDuty, span: Span) -> Duty | None:
    """Units and a deadline as the duty of a block; None if there are none."""
    if not duty:
        return None
    lead, support = (
        tuple(Text(value=escaped(each), origin=span) for each in units) for units in (duty.lead, duty.support)
    )
    return Duty(lead=lead, support=support, deadline=_text(duty.deadline, span))


def _point(text: str, duty: TypedDuty, span: Span) -> Section:
    own = split_title(text)
    return Section(
        level=Level.SUBITEM,
        title=_text(own.title, span),
        text=_text(own.text, span),
        duty=duty_of_texts(duty, span),
        origin=span,
    )


def task_plan(sheets: tuple[TaskSheet, ...], top: Level = Level.CHAPTER) -> Result[TaskPlan]:
    """The blocks of task lists; `top` is the level of the highest groups, below 章 if they go into one that is there."""
    found = Findings()
    made: list[tuple[tuple[_Group, ...], _Leaf]] = []
    several = len([sheet for sheet in sheets if sheet.rows]) > 1
    for sheet in sheets:
        outer: tuple[_Group, ...] = ()
        if several and (sheet.name or sheet.title) and sheet.rows:
            title = without_label(sheet.name or (sheet.title.text if sheet.title else ""))
            outer = (_Group(title, "", sheet.head),)
        leaves = found.take(_leaves(sheet, outer))
        made += leaves
    base = top - 1
    depth = min(max((len(groups) for groups, _ in made), default=0), 3 - base)
    leaf_level = Level.ITEM if base + depth <= 2 or not depth else Level.SUBITEM
    blocks = _nested([(_fitted(groups, depth), leaf) for groups, leaf in made], base + 1, leaf_level)
    remarks = {leaf.span: "；".join(leaf.remarks) for _, leaf in made if leaf.remarks}
    titles = tuple(sheet.title for sheet in sheets if sheet.title is not None)
    return found.result(TaskPlan(blocks=blocks, remarks=remarks, titles=titles, tasks=len(made)))


def _fitted(groups: tuple[_Group, ...], depth: int) -> tuple[_Group, ...]:
    """Groups of at most that depth; the titles of deeper ones are joined to the last."""
    if len(groups) <= depth:
        return groups
    *kept, last = groups[:depth]
    deeper = groups[depth - 1 :]
    title = "：".join(each.title for each in deeper if each.title)
    return (*kept, last._replace(title=title, text="\n".join(each.text for each in deeper if each.text)))


def _nested(rows: list[tuple[tuple[_Group, ...], _Leaf]], level: int, leaf: Level) -> tuple[Section, ...]:
    """The rows as blocks: neighbours with the same first group stand in one block."""
    made: list[Section] = []
    at = 0
    while at < len(rows):
        groups, task = rows[at]
        if not groups:
            made.append(task.section(leaf))
            at += 1
            continue
        first = groups[0]
        inner = []
        while at < len(rows) and rows[at][0] and rows[at][0][0][:2] == first[:2]:
            inner.append((rows[at][0][1:], rows[at][1]))
            at += 1
        children = _nested(inner, level + 1, leaf)
        made.append(
            Section(
                level=Level(level),
                title=_text(first.title, first.span),
                text=_text(first.text, first.span),
                children=children,
                origin=first.span,
            )
        )
    return tuple(made)


def _leaves(sheet: TaskSheet, outer: tuple[_Group, ...]) -> Result[list[tuple[tuple[_Group, ...], _Leaf]]]:
    """The tasks of a sheet, each with the groups that it stands in."""
    found = Findings()
    made: list[tuple[tuple[_Group, ...], _Leaf]] = []
    sections: list[tuple[int, _Group, bool]] = []
    orders = _tasks_are_groups(sheet.rows)
    pending: list[_Group] = []
    for row in sheet.rows:
        if row.section is not None:
            depth = label_depth(row.section.text) or 1
            sections = [each for each in sections if each[0] < depth]
            sections.append((depth, _group(row.section), False))
            pending.append(sections[-1][1])
            continue
        if row.joined:
            if made:
                found += _add_duty(made[-1][1], row)
            continue
        pending.clear()
        columns = [cell for role, cell in row.cells if role is TaskRole.GROUP or (orders and role is TaskRole.TASK)]
        groups = [_group(cell) for cell in columns]
        leaf = _Leaf(row.span)
        found += _fill(leaf, row, orders, groups)
        made.append(((*outer, *(each for _, each, _ in sections), *groups), leaf))
    for group in pending:
        found.append(finding("PW740", group.span, cell=group.span.pos.cell, text=group.title))
    return found.result(made)


def _tasks_are_groups(rows: tuple[TaskRow, ...]) -> bool:
    """True if the column of tasks orders the list: one of its texts holds for several rows."""
    before = ""
    for row in rows:
        tasks, contents = row.of(TaskRole.TASK), row.of(TaskRole.CONTENT)
        text = tasks[0].text if tasks and contents and not row.joined else ""
        if text and text == before:
            return True
        before = text or ("" if not row.joined else before)
    return False


def _group(cell: TaskCell) -> _Group:
    lines = [line.strip() for line in cell.text.split("\n") if line.strip()]
    whole = without_label("".join(lines)).strip()
    if len(whole) <= _MAX_GROUP:
        own = split_title(whole)
        title, text = (own.title, own.text) if own.title else (own.text, "")
    elif len(lines) > 1 and len(lines[0]) <= _MAX_GROUP:
        title, text = without_label(lines[0]), "\n".join(lines[1:])
    else:
        own = split_title(whole)
        title, text = (own.title, own.text) if own.title else ("", whole)
    return _Group(title.rstrip("。：:；;"), text, cell.span)


def _fill(leaf: _Leaf, row: TaskRow, orders: bool, groups: list[_Group]) -> Iterator[Finding]:
    """Reads the texts, the units, the deadline and the remarks of a row."""
    tasks = [] if orders else [*row.of(TaskRole.TASK)]
    contents = [*row.of(TaskRole.CONTENT)]
    if not tasks and not contents and groups:
        last = groups.pop()
        leaf.title, leaf.paragraphs = last.title, [last.text] if last.text else []
    if tasks and contents:
        title = without_label("".join(tasks[0].text.split("\n")).strip()).strip()
        if len(title) <= _MAX_TASK and "。" not in title.rstrip("。"):
            leaf.title = title.rstrip("。：:；;")
        else:
            contents = [tasks[0], *contents]
        tasks = tasks[1:]
    brackets: list[TypedDuty] = []
    for cell in (*tasks, *contents):
        own = read_content(cell.text)
        if own.title and (leaf.title or leaf.paragraphs):
            own = Content("", f"{own.title}。{own.text}", own.points, own.labels)
        leaf.title = leaf.title or own.title
        text, duty = split_brackets(own.text)
        if duty:
            brackets.append(duty)
        leaf.paragraphs += [line for line in text.split("\n") if line]
        leaf.points += (split_brackets(point) for point in own.points)
    if not leaf.title and len(leaf.paragraphs) == 1 and not leaf.points and _is_short(leaf.paragraphs[0]):
        leaf.title = leaf.paragraphs.pop()
    yield from _add_duty(leaf, row)
    for duty in brackets:
        yield from _add_brackets(leaf, duty, row)


def _is_short(text: str) -> bool:
    return len(text) <= 30 and text[-1:] not in "。；！？"


def _add_brackets(leaf: _Leaf, duty: TypedDuty, row: TaskRow) -> Iterator[Finding]:
    """Takes the units from the brackets of a text; if the columns name others, both are kept and a finding says so."""
    differs = (leaf.lead and duty.lead and [*leaf.lead] != [*duty.lead]) or (
        leaf.deadlines and duty.deadline and leaf.deadlines != [duty.deadline]
    )
    if differs:
        text = "、".join((*duty.lead, *duty.support, *filter(None, (duty.deadline,))))
        cell = (row.of(TaskRole.CONTENT) or row.of(TaskRole.TASK))[0]
        yield finding("PW743", cell.span, cell=cell.span.pos.cell, text=text)
    leaf.lead.update(dict.fromkeys(duty.lead))
    leaf.support.update(dict.fromkeys(duty.support))
    if duty.deadline and duty.deadline not in leaf.deadlines:
        leaf.deadlines.append(duty.deadline)


def _add_duty(leaf: _Leaf, row: TaskRow) -> Iterator[Finding]:
    """Adds the units, the deadlines and the remarks of a row."""
    for role in (TaskRole.LEAD, TaskRole.SUPPORT):
        for cell in row.of(role):
            duty = read_units(cell.text, support=role is TaskRole.SUPPORT)
            leaf.lead.update(dict.fromkeys(duty.lead))
            leaf.support.update(dict.fromkeys(duty.support))
            if duty.deadline:
                leaf.deadlines.append(duty.deadline)
    yield from _add_deadlines(leaf, row.of(TaskRole.DEADLINE))
    for role, cell in row.cells:
        if role in (TaskRole.NOTE, TaskRole.OTHER):
            text = " ".join(cell.text.split("\n"))
            leaf.remarks[text if role is TaskRole.NOTE else f"{cell.head}：{text}"] = None


def _add_deadlines(leaf: _Leaf, cells: tuple[TaskCell, ...]) -> Iterator[Finding]:
    if len(cells) == 2 and _BEGINS.fullmatch(cells[0].head) and all(is_understood(cell.text) for cell in cells):
        leaf.deadlines.append(whole_deadline(cells[0].text, cells[1].text))
        return
    for cell in cells:
        own = deadlines_in(cell.text)
        unread = [each for each in own if not is_understood(without_label(each))]
        if unread:
            yield finding(
                "PW741", cell.span, cell=cell.span.pos.cell, text=cell.text, what="看不懂，照原样写进了“时限”"
            )
        elif len(own) > 1 and len(own) == len(leaf.points):
            labelled = zip(leaf.points, own, strict=True)
            leaf.points = [
                (text, duty if duty.deadline else duty._replace(deadline=without_label(each)))
                for (text, duty), each in labelled
            ]
            what = f"有 {len(own)} 个，依次给了这一条的 {len(own)} 款"
            yield finding("PW741", cell.span, cell=cell.span.pos.cell, text=cell.text, what=what)
            continue
        elif len(own) > 1:
            what = f"有 {len(own)} 个，写进了同一个“时限”"
            yield finding("PW741", cell.span, cell=cell.span.pos.cell, text=cell.text, what=what)
        elif len(cell.text) > _MAX_DEADLINE:
            yield finding("PW741", cell.span, cell=cell.span.pos.cell, text=cell.text, what="太长，像是内容")
        if len(own) > 1:
            own = [read_deadline(without_label(each)).shown for each in own]
        leaf.deadlines += (each for each in own if each not in leaf.deadlines)
