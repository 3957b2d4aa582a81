"""Blocks added to an author's file and taken out of it; what is not touched stays as it was typed."""

from __future__ import annotations

import pytest

from planwriter.source.changes import Arrange, changed_file
from planwriter.source.edit import Patch, Uneditable, patched
from planwriter.source.edit_items import add_list, insert_items, remove_entry, set_entry
from planwriter.source.keys import OUTLINE_KEYS
from planwriter.source.load import load_tree
from planwriter.source.nodes import Mapping, Sequence

TEXT = """\
重点任务:   # 部分
  # 注
  - 章: 甲   # 一
    文: >
      几行
      文字。

    责任单位:
      - 甲股
      - 乙股
    内容:
      - 条: 子
        时限: 长期   # 注
  - {章: 流}

  - 章: 乙
    内容: []
"""


def items() -> Sequence:
    tree = load_tree(TEXT.encode(), "", OUTLINE_KEYS).value
    assert tree is not None
    made = tree.entries["重点任务"]
    assert isinstance(made, Sequence)
    return made


def item(at: int) -> Mapping:
    made = items().items[at]
    assert isinstance(made, Mapping)
    return made


def kept(*numbers: int) -> str:
    """The outline with only these items in its list."""
    tree = load_tree(TEXT.encode(), "", OUTLINE_KEYS).value
    assert tree is not None
    path = ("重点任务",)
    return changed_file(TEXT.encode(), tree, [Arrange(path, tuple((*path, each) for each in numbers))]).decode()


def after(*patches: Patch, outline: str = TEXT) -> str:
    return patched(outline.encode(), [*patches]).decode()


def test_items_stand_before_and_behind_others() -> None:
    new = ["- 章: 新", "  文: 好。"]
    assert after(insert_items(items(), 0, new)) == TEXT.replace("  - 章: 甲", "  - 章: 新\n    文: 好。\n  - 章: 甲")
    assert after(insert_items(items(), 1, new)) == TEXT.replace("  - {", "  - 章: 新\n    文: 好。\n  - {")
    assert after(insert_items(items(), 3, new)) == TEXT.replace("[]\n", "[]\n  - 章: 新\n    文: 好。\n")


def test_an_item_goes_with_its_lines() -> None:
    start, end = TEXT.index("  - 章: 甲"), TEXT.index("  - {")
    assert kept(1, 2) == TEXT[:start] + "  # 一\n  # 注\n" + TEXT[end:]  # no comment is lost
    assert kept(0, 1) == TEXT[: TEXT.index("\n  - 章: 乙")]  # with the blank line before it


def test_a_list_is_begun_where_there_is_none() -> None:
    assert after(add_list(item(2), "内容", ["- 条: 新"])) == TEXT.replace("内容: []", "内容:\n      - 条: 新")
    with pytest.raises(Uneditable):
        add_list(item(1), "内容", ["- 条: 新"])


def test_entries_are_set_where_they_belong() -> None:
    assert after(*set_entry(item(0), "时限", "2026年")) == TEXT.replace(
        "    内容:\n      - 条", "    时限: 2026年\n    内容:\n      - 条"
    )
    assert after(*set_entry(item(0), "责任单位", ["甲股", "丙股"])) == TEXT.replace("乙股", "丙股")
    one = TEXT.replace("责任单位:\n      - 甲股\n      - 乙股", "责任单位: 甲股")
    assert after(*set_entry(item(0), "责任单位", "甲股")) == one
    assert after(*set_entry(item(0), "文", "几行好文字。")) == TEXT.replace("几行\n", "几行好\n") or "好" in one
    assert after(*set_entry(item(1), "章", "河")) == TEXT.replace("{章: 流}", "{章: 河}")


def test_an_entry_is_taken_out() -> None:
    child = item(0).entries["内容"]
    assert isinstance(child, Sequence) and isinstance(child.items[0], Mapping)
    assert after(remove_entry(child.items[0], "时限")) == TEXT.replace("        时限: 长期   # 注\n", "")
    with pytest.raises(Uneditable):
        remove_entry(item(1), "章")


def test_a_list_with_a_comment_is_not_written_anew() -> None:
    tree = load_tree("章: 甲\n责任单位:\n  - 甲股 # 注\n  - 乙股\n".encode(), "", OUTLINE_KEYS).value
    assert tree is not None
    with pytest.raises(Uneditable):
        set_entry(tree, "责任单位", ["甲股", "丙股"])
