"""The duties of units as a page of text, as JSON, and as a document with one table for each unit."""

from __future__ import annotations

from decimal import Decimal

from planwriter.model import Document, Part, Table, Text
from planwriter.plan.duties import Owed, Task, UnitDuties
from planwriter.start.records import replace

_HEAD = ("序号", "类别", "编号", "重点任务", "具体内容", "完成时限", "其他责任单位")
_SUMMARY = "责任单位汇总"


def duty_page(duties: tuple[UnitDuties, ...]) -> str:
    """Lines for the screen: if there are several units, a list with their counts; then the duties of each."""
    if not duties:
        return "提纲里没有写责任单位。\n"
    lines = [*map(_counted, duties), ""] if len(duties) > 1 else []
    for each in duties:
        lines += [_counted(each)]
        lines += _listed("牵头任务", [_task_lines(task, each.unit) for task in each.lead])
        lines += _listed("配合任务", [_task_lines(task, each.unit) for task in each.support])
        lines += _listed(
            "指标", [[f"{_when(owed.deadline)}　{owed_text(owed)}{_role(owed, each.unit)}"] for owed in each.targets]
        )
        lines.append("")
    return "\n".join(lines)


def _counted(duties: UnitDuties) -> str:
    return f"{duties.unit}：牵头 {len(duties.lead)} 项，配合 {len(duties.support)} 项，指标 {len(duties.targets)} 个"


def _listed(heading: str, entries: list[list[str]]) -> list[str]:
    return [f"  {heading}", *(f"    {line}" for entry in entries for line in entry)] if entries else []


def _task_lines(task: Task, unit: str) -> list[str]:
    place = "；".join(piece for piece in (task.chapter, _others(task, unit)) if piece)
    return [f"{_when(task.deadline)}　{task.label}{task.content}", *([f"    （{place}）"] if place else [])]


def _when(deadline: str) -> str:
    return deadline or "未写时限"


def _role(owed: Owed, unit: str) -> str:
    return "" if unit in owed.lead else "（配合）"


def owed_text(owed: Owed) -> str:
    """A target in one line: 普惠性幼儿园覆盖率不低于95%（2026年93%、2027年94%、2028年95%）."""
    steps = "、".join(f"{year}年{figure}" for year, figure in owed.years)
    return f"{owed.target.title}{owed.goal}" + (f"（{steps}）" if steps else "")


def _others(each: Task | Owed, unit: str) -> str:
    """The other units: 共同牵头：甲股；配合：乙股."""
    lead = "、".join(name for name in each.lead if name != unit)
    support = "、".join(name for name in each.support if name != unit)
    word = "共同牵头" if unit in each.lead else "牵头"
    return "；".join(f"{role}：{names}" for role, names in ((word, lead), ("配合", support)) if names)


# JSON


def duty_values(duties: tuple[UnitDuties, ...]) -> list[dict[str, object]]:
    """The duties as plain values, for programs."""
    return [
        {
            "unit": each.unit,
            "lead": [task._asdict() for task in each.lead],
            "support": [task._asdict() for task in each.support],
            "targets": [_target_value(owed) for owed in each.targets],
        }
        for each in duties
    ]


def _target_value(owed: Owed) -> dict[str, object]:
    target = owed.target
    return {
        "key": target.key,
        "name": target.title,
        "goal": owed.goal,
        "value": f"{Decimal(target.value.value):f}" if target.value else "",
        "unit": target.unit,
        "years": dict(owed.years),
        "lead": owed.lead,
        "support": owed.support,
        "deadline": owed.deadline,
    }


# document


def duty_document(duties: tuple[UnitDuties, ...], document: Document) -> Document:
    """The duties as a document for every output form: a table for each unit; for several units, first an overview."""
    named = f"{'' if len(duties) > 1 else duties[0].unit if duties else ''}责任清单"
    tables = (*([_summary(duties)] if len(duties) > 1 else []), *(_table(each) for each in duties))
    return replace(
        document,
        title=f"{document.title}（{named}）" if document.title else named,
        preface=(),
        parts=(Part(role="责任清单", blocks=tables),),
        closing=(),
        attachments=(),
        frame=None,
        native_numbering=False,
        targets=(),
    )


def _summary(duties: tuple[UnitDuties, ...]) -> Table:
    rows: list[tuple[str, ...]] = [("序号", "责任单位", "牵头任务", "配合任务", "指标")]
    for number, each in enumerate(duties, 1):
        rows.append((str(number), each.unit, *(str(len(group)) for group in (each.lead, each.support, each.targets))))
    return _made(_SUMMARY, rows)


def _table(duties: UnitDuties) -> Table:
    unit = duties.unit
    entries: list[tuple[str, ...]] = []
    for kind, tasks in (("牵头任务", duties.lead), ("配合任务", duties.support)):
        entries += [
            (kind, task.label, task.chapter, task.content, task.deadline, _others(task, unit)) for task in tasks
        ]
    for owed in duties.targets:
        kind = "牵头指标" if unit in owed.lead else "配合指标"
        entries.append((kind, "", "", owed_text(owed), owed.deadline, _others(owed, unit)))
    return _made(unit, [_HEAD, *((str(number), *entry) for number, entry in enumerate(entries, 1))])


def _made(caption: str, rows: list[tuple[str, ...]]) -> Table:
    return Table(rows=tuple(tuple(Text(value=cell) for cell in row) for row in rows), caption=Text(value=caption))
