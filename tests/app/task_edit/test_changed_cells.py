"""Edited cells: texts, units, deadlines, titles of 章."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.task_edit.editing import (
    EXAMPLE,
    Change,
    check_made,
    check_refused,
    codes,
    edited,
    put,
    replaced,
    together,
)

MADE: dict[str, Change] = {
    "文字": replaced(1, 3, "年底", "秋季"),
    "指标旁边的字": replaced(1, 3, "新建幼儿园", "新建、改扩建公办幼儿园"),
    "标题": replaced(1, 3, "建园。", "办好幼儿园。"),
    "标题和文字": put(4, 3, "管好食堂。公开账目。"),
    "几行的文字": replaced(2, 3, "阳光分班", "均衡分班"),
    "几段里的一段": replaced(3, 3, "第二段", "下一段"),
    "单位": put(1, 4, "计财股、办公室（配合：学前教育股）"),
    "列表里的单位": put(2, 4, "招生考试中心"),
    "括号里的单位": put(3, 4, "基础教育股（配合：办公室）"),
    "时限": put(1, 5, "2026.6.30"),
    "添上时限": put(2, 5, "2026年9月"),
    "去掉时限": put(1, 5, None),
    "章的标题": put(4, 2, "后勤管理"),
}


@pytest.mark.parametrize("change", MADE.values(), ids=MADE)
def test_the_outline_gives_the_edited_table(change: Change, tmp_path: Path) -> None:
    check_made(tmp_path, change)


REFUSED: dict[str, tuple[Change, str]] = {
    "指标的数": (replaced(1, 3, "12所", "15所"), "C3"),
    "两段一起": (replaced(3, 3, "第一段。第二段。", "只有一段。"), "C5"),
    "删去正文": (put(4, 3, "食堂"), "C6"),
    "去掉唯一的单位": (put(2, 4, None), "A4"),
    "换了章": (put(1, 2, "管理"), "B3"),
}


@pytest.mark.parametrize(("change", "cell"), REFUSED.values(), ids=REFUSED)
def test_a_change_whose_place_is_not_certain_is_not_made(change: Change, cell: str, tmp_path: Path) -> None:
    check_refused(tmp_path, change, cell)


def test_the_text_of_a_clause_stays_and_its_units_change(tmp_path: Path) -> None:
    change = together(replaced(1, 3, "12次", "14次"), put(3, 4, "机关党委、办公室"))
    made, findings = edited(tmp_path, change, EXAMPLE.read_bytes())
    assert codes(findings) == [("PW747", "C3")]
    before, after = EXAMPLE.read_text("utf-8").split("\n"), made.after.decode().split("\n")
    changed = [(one, other) for one, other in zip(before, after, strict=True) if one != other]
    assert changed == [("        责任单位: 机关党委", "        责任单位: [机关党委, 办公室]")]
