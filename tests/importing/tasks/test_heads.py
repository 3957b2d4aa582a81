"""What the headers of task lists say."""

from __future__ import annotations

import pytest

from planwriter.importing.tasks.heads import TaskRole, role_of, task_tables
from planwriter.sheets.read import read_workbook
from planwriter.sheets.sheet import table_of
from tests.importing.tasks.lists import TEN, workbook

HEADS = {
    TaskRole.NUMBER: "序号 编号 项次",
    TaskRole.GROUP: "类别 工作类别 领域 板块",
    TaskRole.TASK: "重点任务 工作任务 目标任务 主要任务 任务名称 事项 项目名称 年度目标任务 主要目标任务 重点工作任务",
    TaskRole.CONTENT: "具体内容 工作措施 工作要求 具体措施 推进措施 年度目标 主要内容 目标要求 工作目标 工作内容",
    TaskRole.LEAD: "责任单位 牵头单位 责任科室 牵头部门 责任部门 落实单位 牵头单位（排第一位的为总牵头）",
    TaskRole.SUPPORT: "配合单位 配合部门 协办单位",
    TaskRole.DEADLINE: "完成时限 时间节点 完成时间 办结时限 时限要求 完 成 时 限",
    TaskRole.PERSON: "责任人 分管领导 责任领导 联系电话 责任单位及责任人",
    TaskRole.NOTE: "备注 说明",
    None: "进展情况 第一季度 资金来源 总投资（万元）",
}


@pytest.mark.parametrize("role", HEADS, ids=lambda role: role.name if role else "none")
def test_a_header_says_what_its_column_holds(role: TaskRole | None) -> None:
    heads = HEADS[role].split(" ") if role is not TaskRole.DEADLINE else HEADS[role].split(" ")[:5]
    assert {head: role_of(head) for head in heads} == dict.fromkeys(heads, role)


def test_spaces_inside_a_header_do_not_matter() -> None:
    assert role_of("完 成 时 限") is TaskRole.DEADLINE and role_of("序\u3000号") is TaskRole.NUMBER


def test_several_header_rows_are_one_header() -> None:
    [sheet] = read_workbook(TEN["progress_columns"](), "表.xlsx").value
    [block] = task_tables(table_of(sheet))
    assert (block.header.start, block.header.end) == (0, 4)
    assert block.roles[-3:] == (TaskRole.LEAD, TaskRole.DEADLINE, TaskRole.OTHER)


def test_a_table_of_something_else_has_no_tasks() -> None:
    rows = [["指标名称", "单位", "目标值"], ["入园率", "%", 96]]
    [sheet] = read_workbook(workbook(("表", rows, [])), "表.xlsx").value
    assert [*task_tables(table_of(sheet))] == []
