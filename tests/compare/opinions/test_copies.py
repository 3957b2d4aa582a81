"""Whether a returned file is a copy of the plan."""

from __future__ import annotations

import pytest

from planwriter.compare.edits.hand_edits import hand_edits
from planwriter.compare.opinions.copies import letter_says, plan_title, share_kept, share_of_file
from tests.compare.sides import version

PLAN = ("新建幼儿园三所，补充教师三十名。", "每月检查一次食堂，限期整改。")


def test_the_title_is_on_one_line() -> None:
    assert plan_title(version("甲", "# 青山县教育局\n2026年 工作要点", "乙")) == "青山县教育局2026年工作要点"
    assert plan_title(version("甲", "乙")) == ""


def test_the_share_of_a_file_that_is_the_plan_s() -> None:
    strange = "关于召开会议的通知，请各单位准时参加。"
    assert share_of_file(hand_edits(version("甲", *PLAN), version("甲", *PLAN))) == 1.0
    assert share_of_file(hand_edits(version("甲", *PLAN), version("甲", PLAN[0], strange))) == len(PLAN[0]) / (
        16 + len(strange)
    )
    assert share_of_file(hand_edits(version("甲", *PLAN), version("甲", strange))) == 0.0
    assert share_of_file(hand_edits(version("甲", *PLAN), version("甲"))) == 0.0


def test_the_share_of_an_earlier_state_that_is_kept() -> None:
    old = version("甲", *PLAN).items
    assert share_kept(old, version("甲", *PLAN, "新的一段话。").items) == 1.0
    assert share_kept(old, version("甲", PLAN[1]).items) == len(PLAN[1]) / sum(map(len, PLAN))
    assert share_kept((), old) == 0.0


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (("县教育局：", "来文收悉。经研究，我局无意见；特此函复。"), "经研究，我局无意见"),
        (("我局意见如下。", "原则同意。"), "原则同意"),
        (("关于放假的通知。",), ""),
        (("无意见。" + "甲" * 2_000,), ""),
    ],
)
def test_what_a_letter_says(texts: tuple[str, ...], said: str) -> None:
    assert letter_says(version("甲", *texts)) == said
