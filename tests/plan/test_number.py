"""Numbering: forms, restarts, start values, and that numbering twice changes nothing."""

from pathlib import Path

import pytest

from planwriter.model import Section
from planwriter.model.memo import Memo
from planwriter.model.walk import walk_plan
from planwriter.plan.number import number_document
from tests.support import EXAMPLES, ROOT, codes, document, lines, outline, plan, plan_file

_TREE = """重点任务:
  - 章: 甲
    内容:
      - 节: 甲一
        内容:
          - 条: 子
          - 条: 丑
            内容:
              - 款: 午
              - 款: 未
      - 节: 甲二
        内容:
          - 条: 寅
  - 章: 乙
    内容:
      - 节: 乙一
        内容:
          - 条: 卯
            内容:
              - 款: 申
"""


def _labels(numbering: str) -> list[str]:
    made = lines(outline(_TREE, extra=f"编号: {numbering}\n" if numbering else ""))
    names = {"甲", "甲一", "甲二", "乙", "乙一", "子", "丑", "寅", "卯", "午", "未", "申"}
    return [line for line in made if any(line.endswith(name) and len(line) <= len(name) + 6 for name in names)]


def test_chapters_restart_sections_and_items_run_through_work_points() -> None:
    assert _labels("") == [
        "一、甲", "（一）甲一", "1.子", "2.丑", "（1）午", "（2）未", "（二）甲二", "3.寅", "二、乙", "（一）乙一", "4.卯", "（1）申",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("numbering", "expected"),
    [
        ("{条: {连续: 章}}", ["1.子", "2.丑", "3.寅", "1.卯"]),
        ("{条: {连续: 节}}", ["1.子", "2.丑", "1.寅", "1.卯"]),
        ("{条: {连续: 全文, 式样: 1、}}", ["1、子", "2、丑", "3、寅", "4、卯"]),
        ("{条: 1．}", ["1．子", "2．丑", "3．寅", "4．卯"]),
        ("{起始: {条: 16}}", ["16.子", "17.丑", "18.寅", "19.卯"]),
        ("{条: {连续: 节}, 起始: {条: 5}}", ["5.子", "6.丑", "1.寅", "1.卯"]),
    ],
)
def test_items_follow_the_form_restart_and_start_asked_for(numbering: str, expected: list[str]) -> None:
    assert [line for line in _labels(numbering) if line[-1] in "子丑寅卯"] == expected


def test_sections_run_on_through_chapters_when_asked() -> None:
    assert [line for line in _labels("{节: {连续: 全文}}") if (line.startswith("（") and "甲" in line) or "乙一" in line] == [
        "（一）甲一", "（二）甲二", "（三）乙一",
    ]  # fmt: skip


def test_a_start_that_equals_a_running_number_still_restarts() -> None:
    tree = "重点任务:\n" + "".join(
        f"  - 章: 第{name}\n    内容:\n      - 节: 子{name}\n      - 节: 丑{name}\n" for name in "甲乙"
    )
    made = lines(outline(tree, extra="编号: {起始: {节: 3}}\n"))
    assert [line for line in made if "子" in line or "丑" in line] == [
        "（三）子甲",
        "（四）丑甲",
        "（一）子乙",
        "（二）丑乙",
    ]


def test_a_start_holds_once_only_even_where_the_numbers_meet_it_again() -> None:
    tree = "重点任务:\n" + "".join(
        f"  - 章: 第{name}\n    内容:\n      - 节: 子{name}\n      - 节: 丑{name}\n" for name in "甲乙丙"
    )
    made = [line for line in lines(outline(tree, extra="编号: {起始: {节: 3}}\n")) if "子" in line or "丑" in line]
    assert [line[:3] for line in made] == ["（三）", "（四）", "（一）", "（二）", "（一）", "（二）"]


def test_a_box_does_not_take_the_start_of_the_document() -> None:
    box = "      - 专栏: 盒\n        内容:\n" + "".join(
        f"          - 节: {name}\n            内容: [{{条: 子}}, {{条: 丑}}]\n" for name in "甲乙"
    )
    tree = f"重点任务:\n  - 章: 章\n    内容:\n      - 条: 先\n{box}"
    made = lines(outline(tree, extra="编号: {条: {连续: 节}, 起始: {条: 3}}\n"))
    assert [line for line in made if line[-1] in "先子丑"] == ["3.先", "1.子", "2.丑", "1.子", "2.丑"]


def test_a_label_of_words_stands_off_from_its_title() -> None:
    made = lines(outline(extra="编号: {章: 第一章, 条: 第一条}\n"))
    assert "第一章　提高质量" in made and "第一条　抓好教学。上好课。" in made


def test_labels_past_ten_and_past_a_hundred_stay_chinese() -> None:
    tree = "重点任务:\n" + "".join(f"  - 章: 任务甲{number}乙\n" for number in range(1, 112))
    made = [line for line in lines(outline(tree)) if "任务甲" in line]
    assert made[10] == "十一、任务甲11乙"
    assert made[99] == "一百、任务甲100乙"
    assert made[110] == "一百一十一、任务甲111乙"


def test_a_block_can_have_its_own_number_form_or_none() -> None:
    tree = """重点任务:
  - 章: 甲
    内容:
      - {条: 子, 编号: 7}
      - {条: 丑}
      - {条: 寅, 编号: 无}
      - {条: 卯, 编号: "1、"}
"""
    assert [line for line in lines(outline(tree)) if line[-1] in "子丑寅卯"] == ["7.子", "8.丑", "寅", "9、卯"]


@pytest.mark.parametrize(
    ("number", "told"),
    [("2", "“2.”前面是“2.”，编号重复了。"), ("5", "“5.”前面是“2.”，编号接不上。"), ("3", ""), ("1", "")],
)
def test_a_number_set_by_hand_follows_the_one_before_it(number: str, told: str) -> None:
    items = f"      - {{条: 子}}\n      - {{条: 丑}}\n      - {{条: 寅, 编号: {number}}}\n      - {{条: 卯}}\n"
    found = plan(outline(f"重点任务:\n  - 章: 甲\n    内容:\n{items}")).findings
    assert [each.message for each in found if each.code == "PW544"] == [told] * bool(told)


def test_the_first_number_may_be_any() -> None:
    tree = "重点任务:\n  - 章: 甲\n    内容:\n      - {条: 子, 编号: 7}\n      - {条: 丑}\n"
    assert not [each for each in plan(outline(tree)).findings if each.code == "PW544"]


def test_a_box_counts_by_itself() -> None:
    tree = """重点任务:
  - 章: 甲
    内容:
      - 条: 子
      - 专栏: 盒
        内容:
          - 条: 丑
      - 条: 寅
"""
    assert [line for line in lines(outline(tree)) if line[-1] in "子丑寅"] == ["1.子", "1.丑", "2.寅"]


def test_an_attachment_counts_by_itself() -> None:
    extra = "附件:\n  - 标题: 名单\n    内容:\n      - 章: 子\n        内容: [{条: 丑}]\n      - 章: 寅\n"
    made = lines(outline(extra=extra))
    assert made[made.index("附件") :] == ["附件", "名单", "一、子", "1.丑", "二、寅"]


def test_a_form_that_does_not_reach_so_far_is_a_finding() -> None:
    tree = "重点任务:\n  - 章: 甲\n    内容:\n" + "".join(f"      - 条: 项{number}号\n" for number in range(51))
    made = plan(outline(tree, extra="编号: {条: ①}\n", tail="保障措施:\n  - 章: 保障\n"))
    assert [each.code for each in made.findings] == ["PW221"]


def test_what_is_remembered_of_earlier_documents_does_not_change_the_numbers() -> None:
    tree = """重点任务:
  - 章: 甲
    内容:
      - 专栏: 盒一
        内容: [{条: 子}]
      - 专栏: 盒二
        内容: [{条: 丑}]
  - 章: 乙
    内容:
      - 专栏: 盒三
        内容: [{条: 寅}]
"""
    made, memo = document(outline(tree)), Memo(least=0)
    counts = [visit.block.count for visit in walk_plan(made) if isinstance(visit.block, Section) and visit.block.count]
    series = {count.series for count in counts}
    assert len(series) == 4, "the plan itself, and each box"
    for _ in range(3):
        memo.next_document()
        assert number_document(made, memo).value == made


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_numbering_twice_gives_the_same(path: object) -> None:
    made = document(Path(str(path)).read_text("utf-8"))
    assert number_document(made).value == made


# 编号方式


@pytest.mark.parametrize(
    ("kind", "workspace", "own", "native"),
    [
        ("", "", "", False),
        ("自动", "", "", True),
        ("自动", "文本", "", False),
        ("文本", "自动", "", True),
        ("", "自动", "文本", False),
        ("文本", "文本", "自动", True),
    ],
)
def test_the_outline_says_before_the_workspace_and_the_workspace_before_the_kind_who_counts(
    tmp_path: Path, kind: str, workspace: str, own: str, native: bool
) -> None:
    def said(mode: str) -> str:
        return f"编号方式: {mode}\n" if mode else ""

    folder = tmp_path / "templates" / "points"
    folder.mkdir(parents=True)
    built_in = ROOT / "templates" / "annual_work_points" / "kind.yaml"
    (folder / "kind.yaml").write_text(built_in.read_text("utf-8") + said(kind), "utf-8")
    (tmp_path / "planwriter.yaml").write_text("备注: 本局\n" + said(workspace), "utf-8")
    (tmp_path / "提纲.yaml").write_text(outline(extra=said(own)), "utf-8")
    made = plan_file(str(tmp_path / "提纲.yaml"))
    assert made.sound and made.outline and made.document, made.findings
    assert made.outline.native_numbering == made.document.native_numbering == native


def test_an_unknown_word_for_who_counts_is_a_finding() -> None:
    assert codes(outline(extra="编号方式: 手动\n")) == ["PW204"]
