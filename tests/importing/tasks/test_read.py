"""The rows of task lists."""

from __future__ import annotations

import pytest

from planwriter.importing.tasks.read import is_order, order_value, read_task_sheets
from planwriter.sheets.read import read_workbook
from tests.importing.tasks.lists import TEN, workbook


@pytest.mark.parametrize(
    ("text", "value"), [("3", 3), ("三、", 3), ("（十二）", 12), ("③", 3), ("1.2", None), ("甲", None)]
)
def test_a_number_in_any_spelling(text: str, value: int | None) -> None:
    assert order_value(text) == value


def test_what_only_numbers_a_row() -> None:
    assert all(map(is_order, ("1", "（一）", "2.1", "三、", "④")))
    assert not any(map(is_order, ("一期工程", "甲", "1号楼", "")))


def test_a_workbook_without_tasks_says_so() -> None:
    sheets = read_workbook(workbook(("表", [["姓名", "分机"], ["甲", 1]], [])), "表.xlsx").value
    made = read_task_sheets(sheets, "表.xlsx")
    assert made.value == () and [each.code for each in made.findings] == ["PW735"]


def test_a_cell_keeps_its_place() -> None:
    [sheet] = read_task_sheets(read_workbook(TEN["merged_groups"](), "表.xlsx").value, "表.xlsx").value
    assert sheet.title is not None and sheet.title.span.pos.cell == "A1"
    assert [row.span.pos.cell for row in sheet.rows] == ["A3", "A4", "A5", "A6", "A7"]


HEAD = ["序号", "重点任务", "责任单位", "完成时限"]


def test_the_title_is_the_line_above_the_header_that_names_a_list() -> None:
    rows = [["附件1"], ["青山县水利局2026年重点任务清单"], ["填报单位：青山县水利局", None, "2026年1月10日"], []]
    book = workbook(("Sheet1", [*rows, HEAD, [1, "修订预案", "防御股", "3月底前"]], []))
    made = read_task_sheets(read_workbook(book, "表.xlsx").value, "表.xlsx")
    [sheet] = made.value
    assert sheet.title is not None and sheet.title.text == "青山县水利局2026年重点任务清单"
    assert [(each.code, each.pos.cell) for each in made.findings] == [("PW739", cell) for cell in ("A1", "A3", "C3")]


def test_the_heading_above_the_first_of_two_tables_is_no_title() -> None:
    rows = [
        ["一、重点工作"],
        HEAD,
        [1, "抽检", "食品科", "1月"],
        [],
        ["二、民生实事"],
        HEAD,
        [1, "快检", "食品科", "9月"],
    ]
    [sheet] = read_task_sheets(read_workbook(workbook(("Sheet1", rows, [])), "表.xlsx").value, "表.xlsx").value
    assert sheet.title is None
    assert [row.section.text if row.section else "" for row in sheet.rows] == ["一、重点工作", "", "二、民生实事", ""]
