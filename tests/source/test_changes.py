"""Changes of an outline made together: only what they are about changes, and comments go with their items."""

from __future__ import annotations

import pytest

from planwriter.source.changes import (
    Arrange,
    Change,
    Drop,
    Lay,
    NewBlock,
    Rename,
    SetEntry,
    SetParagraphs,
    SetText,
    changed_file,
)
from planwriter.source.edit import Uneditable
from planwriter.source.keys import OUTLINE_KEYS
from planwriter.source.load import load_tree

TEXT = """\
指标:
  园所: {数值: 5, 单位: 所}   # 待核
重点任务:
  - 章: 甲   # 注
    内容:
      - 条: 一
        时限: 长期
      # 二的注
      - 条: 二
        文:
          - 头一段。
          - 第二段。   # 段注

      - 条: 三   # 注三
  - 章: 乙
    文: 只有一段。
保障措施: 一段话。
"""
FIRST, SECOND = ("重点任务", 0, "内容"), ("重点任务", 1, "内容")


def made(*changes: Change, text: str = TEXT, encoding: str = "utf-8") -> str:
    data = text.encode(encoding)
    tree = load_tree(data, "", OUTLINE_KEYS).value
    assert tree is not None
    return changed_file(data, tree, changes).decode(encoding)


def test_nothing_to_do_is_no_byte() -> None:
    assert made() == TEXT


def test_values_are_set_in_place() -> None:
    assert made(
        SetText(("重点任务", 0, "章"), "新"),
        SetEntry(("重点任务", 1), "时限", "2026年"),
        Drop((*FIRST, 0), "时限"),
        Lay((), {"指标": {"园所": {"数值": "6"}}}),
        SetText(("保障措施",), "另一段。"),
    ) == TEXT.replace("章: 甲", "章: 新").replace(
        "只有一段。\n", "只有一段。\n    时限: '2026年'\n".replace("'", "")
    ).replace("        时限: 长期\n", "").replace("数值: 5", "数值: 6").replace("一段话", "另一段")


def test_paragraphs() -> None:
    second = (*FIRST, 1)
    assert made(SetParagraphs(second, "文", ("头一段。", "改了。"))) == TEXT.replace("第二段。", "改了。")
    assert made(SetParagraphs(second, "文", ("头一段。", "中间。", "第二段。"))) == TEXT.replace(
        "头一段。\n", "头一段。\n          - 中间。\n"
    )
    assert made(SetParagraphs(second, "文", ("第二段。",))) == TEXT.replace("          - 头一段。\n", "")
    one = ("重点任务", 1)
    assert made(SetParagraphs(one, "文", ("一。", "二。"))) == TEXT.replace(
        "文: 只有一段。", "文:\n      - 一。\n      - 二。"
    )
    assert made(SetParagraphs((*FIRST, 0), "文", ("一。", "二。"))) == TEXT.replace(
        "- 条: 一\n", "- 条: 一\n        文:\n          - 一。\n          - 二。\n"
    )


def test_items_move_with_their_comments() -> None:
    new = made(Arrange(FIRST, ((*FIRST, 1), (*FIRST, 0), (*FIRST, 2))))
    assert new == TEXT.replace(
        "      - 条: 一\n        时限: 长期\n      # 二的注\n      - 条: 二\n        文:\n          - 头一段。\n          - 第二段。   # 段注\n",
        "      # 二的注\n      - 条: 二\n        文:\n          - 头一段。\n          - 第二段。   # 段注\n      - 条: 一\n        时限: 长期\n",
    )


def test_items_move_between_lists_and_are_changed_on_the_way() -> None:
    new = made(
        SetText((*FIRST, 1, "文", 0), "改了。"),
        Arrange(FIRST, ((*FIRST, 0), ("- 条: 新", "  文: 好。"))),
        Arrange(SECOND, ((*FIRST, 2), (*FIRST, 1))),
    )
    assert (
        new
        == """\
指标:
  园所: {数值: 5, 单位: 所}   # 待核
重点任务:
  - 章: 甲   # 注
    内容:
      - 条: 一
        时限: 长期
      - 条: 新
        文: 好。
  - 章: 乙
    文: 只有一段。
    内容:
      - 条: 三   # 注三
      # 二的注
      - 条: 二
        文:
          - 改了。
          - 第二段。   # 段注
保障措施: 一段话。
"""
    )


def test_a_chapter_moves_while_its_items_change() -> None:
    new = made(
        Arrange(("重点任务",), (("重点任务", 1), ("重点任务", 0))),
        Arrange(FIRST, ((*FIRST, 2), (*FIRST, 0))),
    )
    assert new.index("章: 乙") < new.index("章: 甲") < new.index("条: 三") < new.index("条: 一")
    assert "条: 二" not in new and "# 二的注" in new


def test_a_list_in_place_of_a_text_and_an_emptied_list() -> None:
    new = made(Arrange(("保障措施",), (("保障措施",), ("- 又一段。",))))
    assert new == TEXT.replace("保障措施: 一段话。", "保障措施:\n  - 一段话。\n  - 又一段。")
    assert "内容" not in made(Arrange(FIRST, ()))


def test_encodings_and_line_ends_stay() -> None:
    change = Arrange(FIRST, ((*FIRST, 1), (*FIRST, 0), (*FIRST, 2)))
    assert made(change, text=TEXT.replace("\n", "\r\n")) == made(change).replace("\n", "\r\n")
    assert made(change, encoding="gb18030") == made(change)
    assert made(change, text="\ufeff" + TEXT) == "\ufeff" + made(change)


def test_what_is_not_certain_is_refused() -> None:
    with pytest.raises(Uneditable):
        made(Arrange(FIRST, ((*FIRST, 1),)), text=TEXT.replace("章: 甲", "章：甲"))
    with pytest.raises(Uneditable):
        made(SetText(("重点任务", 0, "章"), "乙"), text=TEXT.replace("章: 甲", "章: &甲 甲"))
    chapters = ("重点任务",)
    with pytest.raises(Uneditable):
        made(Arrange(chapters, (("重点任务", 1),)), Arrange(FIRST, (("重点任务", 0),)))
    with pytest.raises(Uneditable):
        made(
            Arrange(FIRST, ((*FIRST, 1),)), text="重点任务:\n  - 章: 甲\n    内容: &a\n      - 条: 一\n      - 条: 二\n"
        )


def test_a_new_block_takes_items_of_the_file() -> None:
    block = NewBlock(("- 节: 新",), ((*FIRST, 1), ("- 条: 更新",)))
    new = made(Arrange(FIRST, ((*FIRST, 0), block, (*FIRST, 2))))
    assert new == TEXT.replace(
        "      # 二的注\n      - 条: 二\n        文:\n          - 头一段。\n          - 第二段。   # 段注\n",
        "      - 节: 新\n        内容:\n          # 二的注\n          - 条: 二\n            文:\n"
        "              - 头一段。\n              - 第二段。   # 段注\n          - 条: 更新\n",
    )


def test_a_key_gets_another_name() -> None:
    assert made(Rename((*FIRST, 0), "条", "款")) == TEXT.replace("- 条: 一", "- 款: 一")


def test_a_text_behind_a_bar() -> None:
    text = "总体要求: |\n  一段。\n\n  二段。\n保障措施: 好。\n"
    assert made(SetText(("总体要求",), "一段。\n新段。\n三段。"), text=text) == text.replace(
        "  二段。\n", "  新段。\n\n  三段。\n"
    )
    assert made(SetText(("总体要求",), "只一段。"), text=text) == "总体要求: |\n  只一段。\n保障措施: 好。\n"


def test_a_list_in_brackets() -> None:
    text = "附件:\n  - {标题: 名单, 内容: [甲校, '乙，校']}   # 注\n  - {标题: 表, 表: [[甲, 乙], [1, 2]]}\n"
    inner, rows = ("附件", 0, "内容"), ("附件", 1, "表")
    new = made(
        Arrange(inner, ((*inner, 1), ("- 丙, 校",), (*inner, 0))),
        Arrange(rows, ((*rows, 0), ("- [3, '']",), (*rows, 1))),
        text=text,
    )
    assert new == text.replace("[甲校, '乙，校']", "['乙，校', \"丙, 校\", 甲校]").replace(
        "[[甲, 乙], [1, 2]]", '[[甲, 乙], [3, ""], [1, 2]]'
    )
    with pytest.raises(Uneditable):
        made(Arrange(inner, ((*rows, 0),)), text=text)
    braces = "重点任务:\n  - {章: 甲, 文: 好。}   # 注\n"
    block = NewBlock(("- 条: 丙",), (("- 款: 丁",),))
    new = made(Arrange(("重点任务", 0, "内容"), (("- 乙。",), block)), text=braces)
    assert new == braces.replace("好。}", "好。, 内容: [乙。, {条: 丙, 内容: [{款: 丁}]}]}")
