"""Marks that do not belong into Chinese prose, with what to write instead."""

from __future__ import annotations

import pytest

from planwriter.checks.prose.marks import odd_marks
from tests.growth import assert_linear_text


def _mended(text: str) -> str:
    for slip in sorted(odd_marks(text), reverse=True):
        assert slip.new is not None
        text = text[: slip.start] + slip.new + text[slip.end :]
    return text


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("落实<<教育规划>>。", "落实《教育规划》。"),
        ("落实<教育规划>。", "落实《教育规划》。"),
        ("抓实校园餐整治--让家长放心。", "抓实校园餐整治——让家长放心。"),
        ("抓实校园餐整治—-让家长放心。", "抓实校园餐整治——让家长放心。"),
        ("抓实“双减”......", "抓实“双减”……"),
        ("抓实双减、延时…等工作。", "抓实双减、延时……等工作。"),
        ("抓实双减、延时·····等工作。", "抓实双减、延时……等工作。"),
        ("3-6月开展培训。", "3—6月开展培训。"),
        ("达到60-70%。", "达到60—70%。"),
        ("达到60%-70%。", "达到60%—70%。"),
        ("2026-2028年实施。", "2026—2028年实施。"),
        ("新建3-5所。", "新建3—5所。"),
        ("每年不少于4~5次。", "每年不少于4～5次。"),
        ("招收60%~70%。", "招收60%～70%。"),
        ("3月~6月开展培训。", "3月～6月开展培训。"),
        ("2026年3月-2026年6月开展培训。", "2026年3月—2026年6月开展培训。"),
        ("3--5分钟内出车。", "3—5分钟内出车。"),
        ("电话0335—8081234。", "电话0335-8081234。"),
        ("各学校(园)负责。", "各学校（园）负责。"),
        ("(责任单位:教育股)", "(责任单位:教育股)"),
        ("抓好工作。(责任单位：教育股)", "抓好工作。（责任单位：教育股）"),
    ],
)
def test_a_mark_is_replaced(wrong: str, right: str) -> None:
    assert _mended(wrong) == right


@pytest.mark.parametrize(
    "text",
    [
        "按GB/T 9704-2012排版，电话0335-8081234，2026-03-05印发。",
        "COVID-19、B-2、3-2-101室。",
        "3月至6月，3月～6月，2026年3月—6月，GB/T 15834—2011，0.5—0.8万元。",
        "抓实双减……等工作。",
        "整治——让家长放心；3—6月；60%—70%。",
        "1.5万人次，GB/T 15834(2011)。",
        "投资<500万元，占比>30%。",
        "(一)摸清底数",
        "",
    ],
)
def test_right_marks_are_silent(text: str) -> None:
    assert list(odd_marks(text)) == []


def test_long_texts_are_linear() -> None:
    for text in ("(" * 200_000, "<" * 200_000, "-" * 200_000, "." * 200_000, "9-" * 100_000, "汉(" * 100_000):
        assert_linear_text(lambda given: list(odd_marks(given)), text)
