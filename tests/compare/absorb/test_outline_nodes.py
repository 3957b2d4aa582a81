"""The blocks of an outline's file and the lines that they print."""

from __future__ import annotations

from planwriter.app.open_outline import open_outline
from planwriter.app.session import Session
from planwriter.compare.absorb.outline_nodes import OutlineMap, Slot, outline_map
from planwriter.compare.versions.from_plan import shown_items
from tests.support import HEAD, ROOT

TEXT = (
    HEAD
    + """\
发文: {形式: 通知, 成文日期: 2026年3月5日}
导语: 开头。
总体要求: 一段。
重点任务:
  - 章: 甲
    内容:
      - 专栏: 栏
        内容: [栏内]
      - 条:
        内容:
          - 款: 子
      - 用: 教师队伍/师德师风
        参数: {宣讲场次: 6}
      - 表: [[项目], [图书]]
        题: 表题
保障措施:
  - 章: 丙
    文: [一。, 二。]
附件:
  - 标题: 名单
    内容: [甲校]
"""
)


def mapped(text: str) -> OutlineMap:
    outline = open_outline(Session().at(str(ROOT / "planwriter.yaml")), text.encode(), "提纲.yaml", "").value
    assert outline is not None and outline.plan.outline is not None
    parts = [part.role for part in outline.plan.outline.parts]
    return outline_map(outline.tree, parts, shown_items(outline.document))


def test_each_line_is_known_by_its_block() -> None:
    made = mapped(TEXT)
    heads = [(block.head, block.path[-1]) if block else None for block in made.of_line]
    texts = ["" if not hasattr(item, "text") else str(item.text) for item in made.items]  # type: ignore[union-attr]
    known = {text[:6]: head for text, head in zip(texts, heads, strict=True) if text}
    assert known["一段。"] == ("文", "总体要求")
    assert known["一、甲"] == ("章", 0) and known["栏"] == ("专栏", 0) and known["栏内"] == ("文", 0)
    assert known["（1）子"] == ("款", 0) and known["表题"] == ("表", 3)
    assert known["甲校"] == ("文", 0) and known["二。"] == ("章", 0)
    assert sum(block is not None and block.head == "用" for block in made.of_line) >= 1
    assert made.slots[[*texts].index("开头。")] == Slot((), "导语")
    assert [each for each in made.slots.values() if each.key == "通知正文"] == [Slot(("发文",), "通知正文")]
    assert made.roots == [("总体要求",), ("重点任务",), ("保障措施",), ("附件", 0, "内容")]


def test_parents_and_names() -> None:
    made = mapped(TEXT)
    inner = made.blocks["重点任务", 0, "内容", 1, "内容", 0]
    assert inner.parent is made.blocks["重点任务", 0, "内容", 1] and inner.level == 4 and inner.root == 1
    use = made.blocks["重点任务", 0, "内容", 2]
    assert made.clause_of(use) == "教师队伍/师德师风"
    assert made.node(("没有",)) is None and made.block_at(("标题",)) is None
