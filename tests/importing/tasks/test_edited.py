"""The rows of an edited 任务分解表."""

from __future__ import annotations

from planwriter.importing.tasks.edited import edited_tasks, flat
from planwriter.sheets.read import read_workbook
from tests.importing.tasks.lists import workbook

HEAD = ["序号", "重点任务", "具体内容", "责任单位", "完成时限"]


def test_merged_chapters_line_breaks_and_units() -> None:
    rows = [
        HEAD,
        [1, "办学", "建园。\n年底开园。", "甲股、乙股（配合：丙股）", "2026.12.31"],
        [None, None, "招生", "甲股", None],
    ]
    other: tuple[str, list[list[str]], list[str]] = ("任务", [["重点任务", "责任单位"], ["别的", "丁股"]], [])
    sheets = read_workbook(workbook(other, ("任务分解表", rows, ["B2:B3"])), "表.xlsx").value
    made = edited_tasks(sheets, "表.xlsx", "任务分解表").value
    assert made is not None
    first, second = made
    assert (first.key.number, first.key.task, first.key.content) == (1, "办学", "建园。年底开园。")
    assert (first.owners, first.lead, first.support) == ("甲股、乙股（配合：丙股）", ("甲股", "乙股"), ("丙股",))
    assert (first.deadline, first.typed_deadline) == ("2026年12月31日", "2026.12.31")
    assert (second.key.number, second.key.task, second.deadline) == (0, "办学", "")


def test_a_column_that_was_taken_out_is_not_empty() -> None:
    rows = [HEAD[:4], [1, "办学", "建园。", "甲股"]]
    made = edited_tasks(
        read_workbook(workbook(("任务分解表", rows, [])), "表.xlsx").value, "表.xlsx", "任务分解表"
    ).value
    assert made is not None and made[0].deadline is None and made[0].owners == "甲股"


def test_a_row_without_content_is_named() -> None:
    rows = [HEAD, [1, "办学", "建园。", "甲股", None], [2, None, None, "乙股", None]]
    made = edited_tasks(read_workbook(workbook(("任务分解表", rows, [])), "表.xlsx").value, "表.xlsx", "任务分解表")
    assert made.value is not None and len(made.value) == 1
    assert [(each.code, each.pos.cell) for each in made.findings] == [("PW740", "D3")]


def test_a_text_of_several_lines_is_one_in_a_cell() -> None:
    assert flat("第一段。\n  第二段。") == "第一段。第二段。"
