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
