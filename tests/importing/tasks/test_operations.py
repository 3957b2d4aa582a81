"""Changes of an outline's file are made together, read again, and refused if anything else would change."""

from __future__ import annotations

import pytest

from planwriter.importing.tasks.operations import AddItems, Operation, RemoveItem, operated
from planwriter.source.changes import Drop, SetEntry
from planwriter.source.edit import Uneditable
from planwriter.source.keys import OUTLINE_KEYS
from planwriter.source.load import load_tree

TEXT = """\
重点任务:
  - 章: 甲   # 注
    内容:
      - 条: 一
        时限: 长期
      - 条: 二
      - 条: 三   # 注
"""
LIST = ("重点任务", 0, "内容")


def made(*operations: Operation, text: str = TEXT) -> str:
    data = text.encode()
    tree = load_tree(data, "", OUTLINE_KEYS).value
    assert tree is not None
    return operated(data, tree, operations).decode()


def test_nothing_to_do_is_no_byte() -> None:
    assert made() == TEXT


def test_all_kinds_at_once() -> None:
    assert (
        made(
            SetEntry(("重点任务", 0), "章", "乙"),
            Drop((*LIST, 0), "时限"),
            RemoveItem(LIST, 1),
            AddItems(LIST, 2, ("- 条: 新", "  文: 好。")),
            AddItems(LIST, 2, ("- 条: 又",)),
            AddItems(LIST, 3, ("- 条: 末",)),
        )
        == TEXT.replace("章: 甲", "章: 乙")
        .replace("        时限: 长期\n", "")
        .replace("      - 条: 二\n", "      - 条: 新\n        文: 好。\n      - 条: 又\n")
        + "      - 条: 末\n"
    )


def test_a_new_item_takes_the_place_of_the_first() -> None:
    new = made(RemoveItem(LIST, 0), AddItems(LIST, 0, ("- 条: 新",)))
    assert new == TEXT.replace("条: 一\n        时限: 长期", "条: 新")


def test_what_would_be_read_otherwise_is_refused() -> None:
    with pytest.raises(Uneditable):
        made(SetEntry(("重点任务", 0), "章", "乙"), text=TEXT.replace("章: 甲", "章: &甲 甲"))
    with pytest.raises(Uneditable):
        made(RemoveItem(LIST, 0), text=TEXT.replace("章: 甲", "章：甲"))
