"""Rows that are new."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.task_edit.editing import Change, check_made, check_refused, inserted, replaced, together

MADE: dict[str, Change] = {
    "添一行": inserted(2, "办学", "办好托班。新增托位六十个。", "学前教育股", "2026年9月"),
    "添两行": together(
        inserted(2, "办学", "甲事。做好甲事。", "甲股（配合：乙股）", ""), inserted(3, None, "乙事", "乙股", "长期")
    ),
    "末尾添一行": inserted(5, "管理", "安全。装好门禁。", "安全股", "2026年5月"),
    "开头添一行": inserted(1, "办学", "规划。摸清底数。", "计财股", ""),
    "添一章": inserted(4, "队伍", "培训。人人轮训。", "人事股", "2026年8月"),
}


@pytest.mark.parametrize("change", MADE.values(), ids=MADE)
def test_the_outline_gives_the_edited_table(change: Change, tmp_path: Path) -> None:
    check_made(tmp_path, change)


REFUSED: dict[str, tuple[Change, str]] = {
    "没有单位的新行": (inserted(2, "办学", "甲事。做好甲事。", None, None), "C4"),
    "花括号": (replaced(4, 3, "明厨亮灶", "{{ 指标.园 }}"), "C6"),
}


@pytest.mark.parametrize(("change", "cell"), REFUSED.values(), ids=REFUSED)
def test_a_change_whose_place_is_not_certain_is_not_made(change: Change, cell: str, tmp_path: Path) -> None:
    check_refused(tmp_path, change, cell)
