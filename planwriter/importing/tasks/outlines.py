"""A whole outline of task lists: kind, bureau, region and years from the title, the tasks as 重点任务."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Findings, Pos, Result, Span
from planwriter.importing.assemble import Way
from planwriter.importing.identity import Given, Identity, identify
from planwriter.importing.outlines import Imported, told_doubts
from planwriter.importing.plan_lines import PlanLines
from planwriter.importing.script import ScriptLine
from planwriter.importing.tasks.blocks import TaskPlan, task_plan
from planwriter.importing.tasks.heads import TaskRole
from planwriter.importing.tasks.read import TaskCell, TaskSheet, no_list, read_task_sheets
from planwriter.importing.texts import escaped
from planwriter.importing.write import outline_yaml
from planwriter.language.figures import TypedFigure, read_figure
from planwriter.model import Level, Outline, Part, Text
from planwriter.outline.kind import Kind
from planwriter.sheets.sheet import Sheet
from planwriter.source.nodes import Node
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex
from planwriter.targets.sheet import cells_of, choose_sheet, targets_in

_TASKS, _USUAL = "重点任务", "工作要点"
_SPAN = regex(r"20\d\d\s*年?\s*[—–―~～\-－至到]+\s*20\d\d")


class ImportedTasks(NamedTuple):
    """An outline made from task lists, and its YAML."""

    imported: Imported
    yaml: str


def task_blocks(sheets: tuple[Sheet, ...], name: str, top: Level = Level.CHAPTER) -> Result[TaskPlan | None]:
    """The blocks of the task lists in a workbook; None, and findings, if there are none."""
    found = Findings()
    read = read_task_sheets(sheets, name)
    told = _only_targets(sheets, read.value, name)
    if told is not None:
        return Result(None, (told,))
    lists = found.take(read)
    plan = found.take(task_plan(lists, top))
    if lists and not plan.blocks:
        found.append(no_list(sheets[0].source.span(0, 0)))
    return found.result(plan if plan.blocks else None)


def _only_targets(sheets: tuple[Sheet, ...], lists: tuple[TaskSheet, ...], name: str) -> Finding | None:
    """The finding on a workbook whose rows are targets and not tasks; None if they may be tasks."""
    cells = (cell.text for each in lists for row in each.rows for role, cell in row.cells if role in _SAID)
    if not all(isinstance(read_figure(text), TypedFigure) for text in cells):
        return None
    sheet = choose_sheet(sheets)
    targets = targets_in(sheet).value if sheet else None
    filled = [key for key, node in targets.mapping.entries.items() if _has_figure(node)] if targets else []
    if sheet is None or len(filled) < _FEW:
        return None
    what = f"这是一张指标表（{len(filled)} 个指标），不是任务清单"
    book = name.replace("\\", "/").rpartition("/")[2]
    advice = f"放在提纲旁边，在提纲里写“指标: {book}”，正文写 {{{{ 指标.{filled[0]} }}}}，数就从表里取；没有提纲的，先用 planwriter new 写一份。"
    return finding("PW735", sheet.source.span(0, 0), what=what, advice=advice)


def _has_figure(node: Node) -> bool:
    return any(path[0] in ("数值", "分年") for path in cells_of(node))


_SAID = (TaskRole.TASK, TaskRole.CONTENT)
_FEW = 2
"""So many targets make a sheet one of targets."""


def import_task_lists(
    sheets: tuple[Sheet, ...], name: str, kinds: tuple[Kind, ...], given: Given
) -> Result[ImportedTasks | None]:
    """The outline of the task lists in a workbook."""
    found = Findings()
    plan = found.take(task_blocks(sheets, name))
    if plan is None:
        return found.result(None)
    title = plan.titles[0] if plan.titles and (len(plan.titles) == 1 or len(sheets) == 1) else None
    found += left_titles(plan.titles[1:] if title else plan.titles)
    lines = [ScriptLine(text="".join(title.text.split("\n")), number=title.span.pos.line)] if title else []
    usual = _usual_kind(title.text if title else "", kinds) if given.kind is None else None
    identity = identify(PlanLines(title=lines, all=lines), kinds, given._replace(kind=usual) if usual else given)
    if usual:
        identity.doubts["文种"] = "任务清单没有写文种"
    outline = _outline(plan, identity, title)
    found += told_doubts(title.span if title else Pos(name), identity, outline)
    notes: dict[object, str] = dict(identity.doubts.items())
    imported = Imported(outline, identity.kind, notes, Way.UNFRAMED, ())
    return found.result(ImportedTasks(imported, outline_yaml(outline, identity.kind, notes, plan.remarks)))


def left_titles(titles: tuple[TaskCell, ...]) -> Iterator[Finding]:
    """A hint for each title of a list that has no place in the outline."""
    for each in titles:
        yield finding("PW739", each.span, cell=each.span.pos.cell, text=each.text)


def _usual_kind(title: str, kinds: tuple[Kind, ...]) -> Kind | None:
    """The kind of a list whose title names none and covers no several years: 工作要点."""
    named = any(name in title for kind in kinds for name in (kind.name, *kind.aliases))
    if named or "三年" in title or _SPAN.search(title):
        return None
    return next((kind for kind in kinds if kind.name == _USUAL), None)


def _outline(plan: TaskPlan, identity: Identity, title: TaskCell | None) -> Outline:
    kind = identity.kind
    role = next((each for each in kind.roles if each == _TASKS), kind.roles[0])
    span: Span | None = title.span if title else None
    return Outline(
        kind=kind.name,
        unit=identity.unit,
        region=identity.region,
        years=identity.years,
        title=Text(value=escaped("".join(title.text.split("\n"))), origin=span) if title else None,
        parts=(Part(role=role, blocks=plan.blocks),),
        numbering=kind.numbering,
        native_numbering=kind.native_numbering,
        duty_note=kind.duty_note,
        layout=kind.layout,
    )
