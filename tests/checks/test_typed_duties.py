"""Responsible units that stand only in a text (PW250)."""

import pytest

from tests.support import outline, plan


def _codes(text: str, more: str = "") -> list[str]:
    made = outline(f"重点任务:\n  - 章: 提高质量\n    内容:\n      - 条: 抓好教学\n        文: {text}\n{more}")
    return [each.code for each in plan(made).findings]


@pytest.mark.parametrize(
    "text",
    [
        "上好每一节课。（责任单位：教研室）",
        "上好每一节课（责任单位：教研室、人事股）。",
        "上好每一节课。(责任单位：教研室)",
        "上好每一节课。（牵头单位：教研室；配合单位：人事股；完成时限：2026年12月）",
        "上好每一节课。（责任股室：教研室）",
        "上好每一节课。（责任部门：县教育局，各镇人民政府）",
        "上好每一节课。责任单位：教研室、人事股。",
        "责任单位：教研室。",
    ],
)
def test_units_at_the_end_of_a_text_are_reported(text: str) -> None:
    assert "PW250" in _codes(text)


def test_units_in_a_paragraph_are_reported() -> None:
    assert "PW250" in [each.code for each in plan(outline(lead="总体要求: 办好教育。（责任单位：办公室）\n")).findings]


def test_the_hint_gives_the_value_of_the_key() -> None:
    text = "上好每一节课。（责任单位：教研室/人事股；完成时限：2026年12月）"
    made = plan(outline(f"重点任务:\n  - 章: 提高质量\n    内容:\n      - 条: 抓好教学\n        文: {text}\n"))
    found = next(each for each in made.findings if each.code == "PW250")
    assert found.hint == (
        "从文字里删去，另起一行写“责任单位: [教研室, 人事股]”“时限: 2026年12月”，程序会照样排在段末。"
    )


@pytest.mark.parametrize(
    ("text", "shown", "entries"),
    [
        (
            "上好每一节课。（牵头股室：教研室，配合股室：人事股、办公室）",
            "牵头股室：教研室，配合股室：人事股、办公室",
            "“责任单位: 教研室”“配合单位: [人事股, 办公室]”，程序会照样排在段末（“牵头股室”排成“责任单位”）。",
        ),
        (
            "上好每一节课。【责任领导：分管副校长；责任部门：教研室】",
            "责任部门：教研室",
            "“责任单位: 教研室”，程序会照样排在段末（“责任部门”排成“责任单位”）。",
        ),
    ],
)
def test_a_label_of_its_own_is_told_and_brackets_are_no_part_of_it(text: str, shown: str, entries: str) -> None:
    made = plan(outline(f"重点任务:\n  - 章: 提高质量\n    内容:\n      - 条: 抓好教学\n        文: {text}\n"))
    found = next(each for each in made.findings if each.code == "PW250")
    assert found.message.startswith(f"“{shown}”写在了文字里")
    assert found.hint == f"从文字里删去，另起一行写{entries}"


@pytest.mark.parametrize(
    "text",
    [
        "逐项明确责任单位：谁主管、谁负责，一级抓一级。",
        "建立台账，明确责任单位、完成时限。",
        "压实责任单位的责任（含民办园）。",
        "明确（责任单位：教研室）和时限，逐项销号。",
        "印发任务分解表（明确到责任单位）。",
        "上好每一节课（{{ 单位 }}负责）。",
    ],
)
def test_a_text_about_units_is_silent(text: str) -> None:
    assert _codes(text) == []


def test_units_that_stand_in_their_key_too_are_not_reported_here() -> None:
    assert "PW250" not in _codes("上好每一节课。（责任单位：教研室）", "        责任单位: 教研室\n")
