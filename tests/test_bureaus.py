"""What writers of other bureaus than education type, and what they are told."""

from __future__ import annotations

import pytest

from planwriter.changed import changed_sentences
from planwriter.dates import official_date
from planwriter.diagnostics import Finding
from tests.support import document, lines, outline, plan


def found(text: str, code: str) -> list[Finding]:
    """The findings of a code in an outline."""
    return [each for each in plan(text).findings if each.code == code]


def tasks(text: str, *more: str) -> str:
    """A 重点任务 part of one item, its text `text`, and further keys of that item."""
    return "重点任务:\n  - 章: 一类事\n    内容:\n      - 条: 一件事\n        文: " + text + "\n" + "".join(f"        {each}\n" for each in more)


# numbers typed by hand


@pytest.mark.parametrize(
    ("line", "block"),
    [("一、加强领导", "- 章: 加强领导"), ("（二）筹措资金。多方筹措。", "- 节: 筹措资金"), ("1、开展排查", "- 条: 开展排查"), ("（3）上报", "- 款: 上报"), ("①上报", "- 款: 上报")],
)
def test_a_number_in_a_line_that_gets_none_is_told_with_the_level_to_write(line: str, block: str) -> None:
    (told,) = found(outline(f"重点任务:\n  - 章: 一类事\n    内容:\n      - {line}\n"), "PW218")
    assert "再编一次" not in told.message and block in told.hint


def test_a_number_in_a_title_would_be_doubled() -> None:
    (told,) = found(outline("重点任务:\n  - 章: 一、重点任务\n    内容: [做事。]\n"), "PW218")
    assert "再编一次" in told.message and told.hint == "删去“一、”，编号由程序统一编排。"


# dates


@pytest.mark.parametrize(
    ("typed", "hint"),
    [("2026.3.5", "写成 2026年3月5日。"), ("2026/03/05", "写成 2026年3月5日。"), ("2026年03月05日", "写成 2026年3月5日。"), ("2026.2.30", "核对年、月、日。"), ("2026-02-29", "核对年、月、日。")],
)
def test_a_wrong_date_is_told_with_the_right_form(typed: str, hint: str) -> None:
    (told,) = found(outline(extra=f"发文:\n  成文日期: {typed}\n"), "PW602")
    assert told.hint == hint


def test_the_29th_of_february_is_a_day_of_leap_years_only() -> None:
    assert official_date("2028-02-29") == "2028年2月29日" and official_date("2026年2月29日") is None


# where a changed row stands


def test_a_changed_row_of_the_table_of_targets_is_not_placed_in_another_table() -> None:
    text = outline(
        tasks("开设{{ 指标.门诊 }}。") + "      - 表: [[岗位, 人数], [临床, 16], [合计, \"\"]]\n",
        extra="指标:\n  门诊: {数值: 15, 单位: 个, 责任单位: 医政股}\n附件: [指标表, {标题: 表样, 表: [[岗位, 数], [门诊, \"{{ 指标.门诊.数 }}\"]]}]\n",
    )
    made = changed_sentences(document(text), document(text.replace("数值: 15", "数值: 16")))
    assert [(each.where, each.pos and each.pos.line) for each in made] == [("1.一件事", 13), ("附件1 指标表 1 门诊", None), ("附件2 表样 门诊 16", 7)]


# rates of a health bureau


HEALTH = """指标:
  婴儿死亡率: {数值: 3.2, 单位: ‰, 界限: 不超过, 基期: {年份: 2025, 数值: 3.5}}
  孕产妇死亡率: {数值: 10, 单位: 1/10万, 界限: 不超过, 基期: {年份: 2025, 数值: 12}, 责任单位: 妇幼股}
  标化发病率: {数值: 0.5, 单位: ‰, 公式: 孕产妇死亡率 * 5}
"""


def test_a_rate_in_a_hundred_thousand_is_a_rate_and_reads_as_one() -> None:
    text = outline(
        tasks("死亡率{{ 指标.孕产妇死亡率 }}，即{{ 指标.孕产妇死亡率.值 }}，降{{ 指标.孕产妇死亡率.减量 }}；{{ 指标.婴儿死亡率 }}，降{{ 指标.婴儿死亡率.下降 }}。"),
        extra=HEALTH + "附件: [指标表]\n",
    )
    made = plan(text)
    assert [each.code for each in made.findings] == []
    assert any("死亡率不超过10/10万，即10/10万，降2/10万；不超过3.2‰，降0.3个千分点。" in line for line in lines(text))
    assert any("1/10万\t12\t≤10" in line for line in lines(text))
