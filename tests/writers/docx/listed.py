"""Documents with every kind of numbering, for the lists that Word counts; contains no tests."""

from __future__ import annotations

import functools

from planwriter.model import Document
from tests.support import document, outline

_TREE = """重点任务:
  - 章: 甲
    内容:
      - {条: 跳级, 文: 后面的话。}
      - 节: 甲一
        文: 接排的话，比一行要长一些，好看得出接排的段落从哪里折行，又从哪里换了字体。
        内容:
          - {条: "", 文: 没有题目的话。}
          - 条: 丑
            内容: [{款: 午}, {款: 未}]
      - {条: 子, 编号: 7}
      - {条: 丑}
      - {条: 寅, 编号: 无}
      - {条: 卯, 编号: "1、", 文: 换了式样。}
      - {条: 辰}
      - 节: 甲二
        内容:
          - 条: 寅
            内容: [{款: 酉}]
      - 专栏: 盒
        内容:
          - {章: 盒内, 内容: [{节: 盒节, 文: 盒里的话。}, {节: 盒节, 编号: 无}, {节: 盒节}]}
          - 条: 盒条
      - 条: 盒后
  - 章: 乙
    内容:
      - 款: 跳了两级
      - 节: 乙一
        内容:
          - 条: 卯
            文: 正文。
            内容: [{款: 申, 文: 款文。}]
  - {章: 丙, 编号: 无}
  - 章: 丁
    内容: [{节: 丁一, 内容: [{条: 午}]}]
"""
_ATTACHED = "附件:\n" + "".join(
    f"  - 标题: 名单{at}\n    内容: [{{章: 子, 内容: [{{节: 丑}}, {{条: 寅}}]}}, {{章: 卯}}]\n" for at in "甲乙"
)
_NUMBERINGS = {
    "usual": "{}",
    "items by section": "{条: {连续: 节}}",
    "items by chapter": "{条: {连续: 章}}",
    "sections and subitems run on": "{条: {连续: 节}, 节: {连续: 全文}, 款: {连续: 全文}}",
    "everything by chapter": "{条: {连续: 章}, 款: {连续: 章}}",
    "starts": "{起始: {章: 3, 节: 4, 条: 5, 款: 6}}",
    "starts and restarts": "{条: {连续: 节}, 起始: {章: 3, 节: 4, 条: 5, 款: 6}}",
    "other forms": "{章: 第一章, 节: 第一条, 条: ①, 款: 1．}",
    "forms with signs": '{章: "<一>", 节: "〔一〕", 条: "&1;", 款: "1%"}',
}


def _many(level: str, count: int) -> str:
    return "重点任务:\n  - 章: 甲\n    内容:\n" + "".join(f"      - {level}: 第{at}项\n" for at in range(count))


@functools.cache
def trees() -> dict[str, Document]:
    """Invented documents by name."""
    made = {
        name: document(outline(_TREE, extra=f"{_ATTACHED}编号: {numbering}\n"))
        for name, numbering in _NUMBERINGS.items()
    }
    circled = _many("条", 24) + "      - {条: 回头, 编号: 2}\n      - 条: 再来\n"
    made["beyond ⑳"] = document(outline(circled, extra="编号: {条: ①}\n", tail="保障措施:\n  - 章: 保障\n"))
    made["beyond 九十九"] = document(outline(_many("节", 102)))
    return made
