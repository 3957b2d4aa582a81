"""The two tables that are made from an outline: 指标表 and 任务分解表."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.model import (
    BOUND_SIGNS,
    Attachment,
    Box,
    Duty,
    Figure,
    Level,
    Paragraph,
    Part,
    Section,
    Table,
    Target,
    Text,
)
from planwriter.model.walk import Visit, walk
from planwriter.start.named_tuple import NamedTuple


def target_table(targets: tuple[Target, ...]) -> Table:
    """指标表: 序号, name, unit, baseline, a column for each year of any target, final value with bound, nature, units.

    The parts (分项) of a target stand below it, without a number. Columns that would stay empty are left out. So is the
    only year if it repeats the final values.
    """
    numbers = {target.key: str(number) for number, target in enumerate(targets, 1)}
    targets = tuple(each for target in targets for each in (target, *_shares(target)))
    years = sorted({year for target in targets for year, _ in target.years})
    if len(years) == 1 and all(figure == target.value for target in targets for _, figure in target.years):
        years = []
    baselines = sorted({target.baseline[0] for target in targets if target.baseline})
    columns: list[tuple[str, list[str]]] = [
        ("序号", [numbers.get(target.key, "") for target in targets]),
        ("指标名称", [target.title for target in targets]),
        ("单位", [target.unit for target in targets]),
    ]
    for year in baselines:
        values = [
            _shown(target.baseline[1]) if target.baseline and target.baseline[0] == year else "" for target in targets
        ]
        columns.append((f"{year}年（基期）", values))
    columns += [(f"{year}年", [_shown(dict(target.years).get(year)) for target in targets]) for year in years]
    columns += [
        ("目标值", [_goal(target) for target in targets]),
        ("性质", [target.nature for target in targets]),
        ("责任单位", [_units(target.duty) for target in targets]),
    ]
    kept = [(head, cells) for head, cells in columns if any(cells) or head in ("指标名称", "目标值")]
    rows = [[head for head, _ in kept], *([cells[row] for _, cells in kept] for row in range(len(targets)))]
    return Table(rows=tuple(tuple(Text(value=cell) for cell in row) for row in rows))


def _shares(target: Target) -> Iterator[Target]:
    """The parts of a target, each as a row of the table shows it."""
    for nth, share in enumerate(target.shares):
        name = f"其中：{share.name}" if nth == 0 else share.name
        yield Target(key="", name=name, value=share.figure, unit=share.unit or target.unit, bound=share.figure.bound)


def _shown(figure: Figure | None) -> str:
    return f"{BOUND_SIGNS.get(figure.bound, '')}{figure.value:f}" if figure else ""


def _goal(target: Target) -> str:
    """The final value with a sign for its bound, as tables write it."""
    if target.value is None:
        return ""
    return f"{BOUND_SIGNS.get(target.bound, '')}{target.value.value:f}"


def _units(duty: Duty | None) -> str:
    return "、".join(unit.value for unit in duty.lead) if duty else ""


class TaskLine(NamedTuple):
    """A row of 任务分解表, and the block that it shows."""

    visit: Visit
    task: str
    content: str
    owners: str
    deadline: str


def task_lines(parts: tuple[Part, ...]) -> list[TaskLine]:
    """The rows of 任务分解表: each block with units or a deadline; if there is none, each item."""
    visits = [visit for part in parts for visit in walk(part.blocks)]
    owned = [visit for visit in visits if isinstance(visit.block, (Section, Paragraph)) and visit.block.duty]
    made = []
    for visit in owned or filter(_is_item, visits):
        block = visit.block
        assert isinstance(block, (Section, Paragraph))
        made.append(
            TaskLine(visit, chapter_of(visit), content_of(block), shown_owners(block.duty), _deadline(block.duty))
        )
    return made


def task_table(parts: tuple[Part, ...]) -> Table:
    """任务分解表: 序号, key task (the chapter), content, units, deadline; a row for each block with units or a deadline.

    If no block names a unit or a deadline, every item has a row.
    """
    rows = [("序号", "重点任务", "具体内容", "责任单位", "完成时限")]
    rows += ((str(number), *line[1:]) for number, line in enumerate(task_lines(parts), 1))
    return Table(rows=tuple(tuple(Text(value=cell) for cell in row) for row in rows))


def _is_item(visit: Visit) -> bool:
    """True for the lowest 条 or 款 of the plan; those in a box are no tasks."""
    block = visit.block
    if not isinstance(block, Section) or block.level < Level.ITEM:
        return False
    if any(isinstance(each, Box) for each in visit.parents):
        return False
    return not any(isinstance(child, Section) for child in block.children)


def chapter_of(visit: Visit) -> str:
    """The title of a block's chapter, else of its attachment; "" if there is none."""
    for each in (visit.block, *reversed(visit.parents)):
        if isinstance(each, Attachment) or (isinstance(each, Section) and each.level is Level.CHAPTER and each.title):
            return each.title.value if each.title else ""
    return ""


def content_of(block: Section | Paragraph) -> str:
    """A block's title and text as one; a title that ends like a sentence gets no full stop."""
    title = block.title.value if isinstance(block, Section) and block.title else ""
    text = block.text.value.replace("\n", "") if block.text else ""
    stop = "" if title.endswith(("。", "！", "？", "；", "：")) else "。"
    return f"{title}{stop}{text}" if title and text else title or text


def shown_owners(duty: Duty | None) -> str:
    """The units of a block in one cell: 学前教育股（配合：计财股）."""
    lead = _units(duty)
    support = "、".join(unit.value for unit in duty.support) if duty else ""
    return f"{lead}（配合：{support}）" if support else lead


def _deadline(duty: Duty | None) -> str:
    return duty.deadline.value if duty and duty.deadline else ""
