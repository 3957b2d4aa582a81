"""A block without its dash and a key one column beside its place are mended; what could be meant in two ways is left alone."""

import pytest

from planwriter.app.fix import fix_bytes
from planwriter.app.session import Session
from tests.support import outline, plan

BLOCK = """重点任务:
  - 章: 提高质量
    内容:
      - 条: 抓好教学
        文: 上好课。
      - 条: 抓好阅读
        文: 读好书。
"""


def _mended(old: str, new: str) -> tuple[list[tuple[str, int, int]], str]:
    """The places of what is found in the block with a slip, lines counted within it, and what `fix` makes of it."""
    assert BLOCK.count(old) == 1
    whole, typed = outline(BLOCK), BLOCK.replace(old, new)
    text = whole.replace(BLOCK, typed)
    first = text[: text.index(typed)].count("\n")
    found = [(each.code, each.pos.line - first, each.pos.column) for each in plan(text).findings]
    fixed = fix_bytes(Session(), text.encode(), "提纲.yaml").after.decode()
    return [each for each in found if each[0] in ("PW128", "PW129")], fixed


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("      - 条: 抓好阅读", "        条: 抓好阅读", ("PW128", 6, 9)),
        ("      - 条: 抓好阅读", "      条: 抓好阅读", ("PW128", 6, 7)),
        ("      - 条: 抓好教学", "      条: 抓好教学", ("PW128", 4, 7)),
        ("      - 条: 抓好教学", "        条: 抓好教学", ("PW128", 4, 9)),
        ("  - 章: 提高质量", "  章: 提高质量", ("PW128", 2, 3)),
        ("        文: 读好书。", "       文: 读好书。", ("PW129", 7, 8)),
        ("        文: 读好书。", "         文: 读好书。", ("PW129", 7, 10)),
        ("        文: 上好课。", "         文: 上好课。", ("PW129", 5, 10)),
        ("      - 条: 抓好阅读", "     - 条: 抓好阅读", ("PW129", 6, 6)),
        ("      - 条: 抓好阅读", "       - 条: 抓好阅读", ("PW129", 6, 8)),
        ("    内容:", "   内容:", ("PW129", 3, 4)),
    ],
)
def test_a_slip_that_can_be_meant_in_one_way_is_mended(old: str, new: str, found: tuple[str, int, int]) -> None:
    assert _mended(old, new) == ([found], outline(BLOCK))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("      - 条: 抓好阅读\n        文: 读", "      条: 抓好阅读\n      文: 读"),
        ("      - 条: 抓好阅读\n        文: 读", "     - 条: 抓好阅读\n       文: 读"),
        ("      - 条: 抓好阅读\n        文: 读", "    - 条: 抓好阅读\n      文: 读"),
        ("        文: 读好书。", "      文: 读好书。"),
        ("        文: 读好书。", "        文: |\n         文: 读好书。"),
        ("        文: 读好书。", "        文:\n         读好书。"),
        ("      - 条: 抓好阅读\n        文: 读好书。", "          条: 抓好阅读"),
        ("        文: 读好书。", "        责任单位:\n          条: 读好书"),
    ],
)
def test_lines_that_contradict_each_other_are_left_alone(old: str, new: str) -> None:
    found, fixed = _mended(old, new)
    assert not found and new in fixed


def test_a_block_below_a_part_with_an_unknown_name_gets_its_dash_too() -> None:
    typed = BLOCK.replace("重点任务:\n  - 章", "重点工作事项:\n  章")
    assert "PW128" in [each.code for each in plan(outline(typed)).findings]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("      - 条: 抓好阅读", "        条: 抓好阅读", "第 7 列"),
        ("        文: 读好书。", "       文: 读好书。", "第 8 列"),
        ("        文: 读好书。", "       文: 读好书。", "第 9 列"),
    ],
)
def test_the_finding_says_the_columns(old: str, new: str, said: str) -> None:
    found = plan(outline(BLOCK.replace(old, new))).findings
    assert any(said in f"{each.message}{each.hint}" for each in found if each.code in ("PW128", "PW129"))
