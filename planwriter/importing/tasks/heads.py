"""What stands over the columns of a task list: which one names the task, says what to do, who does it and by when."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from itertools import pairwise

from planwriter.sheets.sheet import SheetTable
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex
from planwriter.targets.header import Header, cut_table, is_lone, lower_rows, merged_header
from planwriter.targets.heads import Path, is_person, path_of, plain_head


class TaskRole(enum.Enum):
    """What a column of a task list holds."""

    NUMBER = "序号"
    GROUP = "类别"
    TASK = "任务"
    CONTENT = "内容"
    LEAD = "责任单位"
    SUPPORT = "配合单位"
    DEADLINE = "时限"
    PERSON = "责任人"
    NOTE = "备注"
    OTHER = "其他"
    """A column with a header that says nothing known."""


_NUMBER = regex(r"序号?|编号|项目?序号|项次|(?:任务)?编?号|[Nn][Oo]\.?")
_GROUP = regex(
    r"(?:工作|任务|项目|目标|重点)?(?:类别|类型|分类|大类|领域|板块|方面|模块|门类|专项)|一级(?:任务|目标)|(?:章|篇)"
)
_TASK = regex(
    r"(?:年度|全年|\d{4}年度?)?(?:主要|重点|核心|目标|工作|改革|中心|具体|二级|三级|主要目标|重点工作)?"
    r"(?:任务|工作事项|事项|工作|项目|举措|工程)(?:名称|清单|分解|事项|项目)?|任务(?:名称|清单|目标)|目标任务|目标名称|[二三]级目标"
)
_CONTENT = regex(
    r"(?:主要|具体|重点|工作|任务|建设|推进|落实|实施|改革|年度|阶段|阶段性|主要工作|工作推进|保障|细化|目标任务|预期|总体)?"
    r"(?:内容|措施|举措|要求|做法|标准|步骤|思路|目标|任务内容|工作任务|成效|安排|目标要求)"
    r"(?:[及和与](?:内容|措施|要求|目标|标准|时限))?"
)
_LEAD = regex(
    r"(?:第一|主要|具体|市级|县级|区级|县直|市直)?(?:牵头|责任|主责|主办|承办|实施|落实|负责|主管|完成|执行)(?:责任)?(?:单位|部门|科室|股室|处室|机构|主体|股)"
    r"(?:[（(].*[）)])?|牵头|主办|责任(?:单位|部门)?[及和](?:配合|协办)单位|单位|部门"
)
_DEADLINE = regex(
    r"(?:任务|工作|计划|目标|要求|拟)?(?:完成|办结|推进|落实|实施|进度|起止|开始|启动|截止|办理|整改)?(?:时限|时间|期限|时间节点|节点|日期|时间安排|时间进度|时间要求|时限要求)"
    r"|(?:完成|推进)?时间(?:节点|表|安排|进度|要求)|进度时限|时间|节点"
)
_PERSON = regex(
    r".*(?:领导|责任人|负责人|联系人|联络员|经办人?|姓名|电话|手机|联系方式|包保人|包联人|挂钩人|承办人|牵头人|签字)(?:[（(].*[）)])?"
)
_NOTE = regex(r"备注|说明|附注|注")
_GUIDE = regex(r"[（(].{1,20}[）)]")
"""A text below a header that says how to fill it in: （填写全称）."""
_BY_PATH: dict[Path, TaskRole] = {
    ("责任单位",): TaskRole.LEAD,
    ("配合单位",): TaskRole.SUPPORT,
    ("时限",): TaskRole.DEADLINE,
}
"""The columns that targets have too."""
_MAX_HEAD = 30
_MAX_START = 15
_MAX_TABLES = 40
_OWNED = frozenset((TaskRole.LEAD, TaskRole.SUPPORT, TaskRole.DEADLINE, TaskRole.PERSON))


class TaskBlock(NamedTuple):
    """One table of tasks in a sheet: its cells, its header, the role of each column, and the rows above it."""

    table: SheetTable
    header: Header
    roles: tuple[TaskRole | None, ...]
    """None for a column without any header."""
    above: SheetTable


def role_of(head: str) -> TaskRole | None:
    """The role of a column with this text over it; None if the text says none."""
    plain = plain_head(head).strip("*※")
    if not plain or len(plain) > _MAX_HEAD:
        return None
    if _PERSON.fullmatch(plain) or is_person(plain):
        return TaskRole.PERSON
    for pattern, role in (
        (_NUMBER, TaskRole.NUMBER),
        (_GROUP, TaskRole.GROUP),
        (_DEADLINE, TaskRole.DEADLINE),
        (_LEAD, TaskRole.LEAD),
        (_NOTE, TaskRole.NOTE),
        (_TASK, TaskRole.TASK),
        (_CONTENT, TaskRole.CONTENT),
    ):
        if pattern.fullmatch(plain):
            return role
    return _BY_PATH.get(path_of(plain) or ())


def task_tables(table: SheetTable) -> Iterator[TaskBlock]:
    """The tables of tasks in a sheet, one below another, each with its own header; none if there is no header of tasks."""
    starts: list[int] = []
    end = 0
    for at, row in enumerate(table.rows):
        if at < end or len(starts) >= _MAX_TABLES or (not starts and at >= _MAX_START):
            continue
        if sum(role_of(cell) is not None for cell in row if cell and len(cell) <= _MAX_HEAD) < 2:
            continue
        header = _header_at(table, at)
        if header is not None:
            starts.append(at)
            end = header.end
    width = (0, len(table.places[1]))
    for start, stop in pairwise((*starts, len(table.rows))):
        piece = cut_table(table, (start, stop), width)
        header = _header_at(piece, 0)
        if header is not None:
            roles = tuple(_column_role(header, at) for at in range(len(header.heads)))
            above = cut_table(table, (0, start if start == starts[0] else 0), width)
            yield TaskBlock(piece, header, _settled(roles), above)


def _header_at(table: SheetTable, start: int) -> Header | None:
    """The header of tasks that begins in a row; None if none does."""
    if is_lone(table.rows[start]):
        return None
    made = merged_header(table, start)
    if made is None or made.end >= len(table.rows) or not _names_tasks(made):
        return None
    names = [at for at in range(len(made.heads)) if _column_role(made, at) in (TaskRole.TASK, TaskRole.CONTENT)]
    return lower_rows(table, made, names, lambda cell: role_of(cell) is not None or _GUIDE.fullmatch(cell) is not None)


def _names_tasks(header: Header) -> bool:
    roles = {_column_role(header, at) for at in range(len(header.heads))}
    named = not roles.isdisjoint((TaskRole.TASK, TaskRole.CONTENT))
    return named and (not roles.isdisjoint(_OWNED) or {TaskRole.TASK, TaskRole.CONTENT} <= roles)


def _column_role(header: Header, at: int) -> TaskRole | None:
    """The role of a column: from the lowest text over it that says one, else from all texts together."""
    heads = header.heads[at]
    if not heads:
        return None
    found = (role_of(text) for text in (heads[-1], header.head(at), *reversed(heads[:-1])))
    return next((role for role in found if role is not None), TaskRole.OTHER)


def _settled(roles: tuple[TaskRole | None, ...]) -> tuple[TaskRole | None, ...]:
    """The roles with one column for each task: of several, those before the last order the list."""
    made = list(roles)
    tasks = [at for at, role in enumerate(made) if role is TaskRole.TASK]
    has_content = TaskRole.CONTENT in made
    for at in tasks[: None if len(tasks) < 2 else -1] if len(tasks) > 1 else ():
        made[at] = TaskRole.GROUP
    if len(tasks) > 1 and not has_content:
        made[tasks[-1]] = TaskRole.CONTENT
        made[tasks[-2]] = TaskRole.TASK
    return tuple(made)
