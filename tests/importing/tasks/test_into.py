"""Tasks put under a 章 of an outline that is there."""

from __future__ import annotations

import pytest

from planwriter.importing.tasks.into import add_to_chapter, find_chapter
from planwriter.importing.tasks.outlines import task_blocks
from planwriter.sheets.read import read_workbook
from planwriter.source.keys import OUTLINE_KEYS
from planwriter.source.load import load_tree
from tests.importing.tasks.lists import TEN

OUTLINE = """\
文种: 工作要点   # 一年一份
重点任务:
  # 第一章
  - 章: 提高质量
    内容:
      - 条: 抓好教学   # 全年
        文: >
          上好课，
          办好学。
      # 完
  - {章: 写在一行}
  - 章: 空着
  - 章: 只有文
    文: 一句话。

  - 章: 一段话
    内容: 一段话。
  - 章: 重名
    内容: []
  - 章: 重名
# 最后
"""


def added(chapter: str, name: str = "plain", outline: str = OUTLINE) -> tuple[str, list[str]]:
    """The outline with the tasks of a list, and the codes of the findings."""
    data = outline.encode()
    tree = load_tree(data, "提纲.yaml", OUTLINE_KEYS).value
    assert tree is not None
    place = find_chapter(tree, chapter)
    if place.value is None:
        return outline, [each.code for each in place.findings]
    tasks = task_blocks(read_workbook(TEN[name](), "表.xlsx").value, "表.xlsx", place.value.inner).value
    assert tasks is not None
    made = add_to_chapter(data, tree, place.value, tasks)
    return (made.value.data.decode() if made.value else outline), [each.code for each in made.findings]


def test_they_stand_behind_the_last_block_and_nothing_else_changes() -> None:
    made, codes = added("提高质量")
    start = made.index("      - 条: 扩大学前学位")
    end = made.index("      # 完")
    assert codes == [] and made[:start] + made[end:] == OUTLINE
    assert made[start:end].startswith("      - 条: 扩大学前学位\n        文: 在城东")
    assert made[start:end].count("- 条:") == 3


@pytest.mark.parametrize("chapter", ["空着", "只有文"])
def test_a_chapter_without_blocks_gets_them(chapter: str) -> None:
    made, codes = added(chapter)
    assert codes == [] and f"- 章: {chapter}" in made and "    内容:\n      - 条: 扩大学前学位" in made
    start = made.index("    内容:\n      - 条: 扩大学前学位")
    end = made.index("        时限: 2026.12.31\n") + len("        时限: 2026.12.31\n")
    assert made[:start] + made[end:] == OUTLINE


@pytest.mark.parametrize("chapter", ["写在一行", "一段话", "没有这章", "重名"])
def test_what_cannot_be_done_is_a_finding(chapter: str) -> None:
    assert added(chapter) == (OUTLINE, ["PW746"])


def test_groups_are_at_the_level_of_the_blocks_that_are_there() -> None:
    made, codes = added("提高质量", "merged_groups")
    assert codes == [] and "      - 条: 健全养老服务网络\n        内容:\n          - 款:" in made
    made, codes = added("空着", "merged_groups")
    assert codes == [] and "      - 节: 健全养老服务网络\n        内容:\n          - 条:" in made


def test_line_ends_and_encoding_stay() -> None:
    data = OUTLINE.replace("\n", "\r\n").encode("gb18030")
    tree = load_tree(data, "提纲.yaml", OUTLINE_KEYS).value
    assert tree is not None
    place = find_chapter(tree, "提高质量").value
    tasks = task_blocks(read_workbook(TEN["plain"](), "表.xlsx").value, "表.xlsx").value
    assert place is not None and tasks is not None
    made = add_to_chapter(data, tree, place, tasks).value
    assert made is not None
    text = made.data.decode("gb18030")
    assert "\n" not in text.replace("\r\n", "") and "扩大学前学位\r\n" in text
