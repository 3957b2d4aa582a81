"""Figures of a text that are targets: their places, and hostile texts."""

from __future__ import annotations

from itertools import islice

import pytest

from planwriter.importing.figures import liftable_figures
from tests.growth import assert_linear


def test_the_places_are_those_of_the_text() -> None:
    text = "抓好落实。普惠园覆盖率由2024年的93.2%提高到95%以上，流失率不超过1%。"
    first, second = liftable_figures(text)
    assert text[first.start : first.end] == "95%以上" and first.bound == "以上" and first.before == first.start
    assert first.baseline is not None and text[first.baseline.start : first.baseline.end] == "93.2%"
    assert first.baseline.year == 2024
    assert text[second.before : second.end] == "不超过1%" and text[second.start : second.end] == "1%"


def test_a_year_goes_with_the_figure_behind_it() -> None:
    assert [each.year for each in liftable_figures("到2027年新建幼儿园3所，毛入园率达到95%。")] == [2027, 2027]
    assert [each.year for each in liftable_figures("到2027年新建幼儿园3所。毛入园率达到95%。")] == [2027, 0]


@pytest.mark.parametrize(
    "text", ["", "没有数。", "{{ 指标.甲 }}，新建幼儿园3所。", "第3所、3.5.2、A3所、３所、1/5、3~5所、03所"]
)
def test_there_are_none(text: str) -> None:
    assert list(liftable_figures(text)) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("60岁以上老年人接种率达到90%以上。", ["老年人接种率"]),
        ("每千人口执业（助理）医师数达到3.1人。", ["每千人口执业医师数"]),
        ("新（改）建农村户厕1.2万座。", ["新建农村户厕"]),
        ("命名体育传统学校10所，硬化通组路12公里。", ["命名体育传统学校", "硬化通组路"]),
        ("高血压、糖尿病患者管理率分别达到64%、63%。", []),
        ("手术7200台，其中三、四级手术占比达到42%。", []),
        ("门诊量同比增长4%。", ["门诊量同比增长"]),
        ("门诊量达到52万人次，同比增长4%。", ["门诊量"]),
        ("30户以上自然村垃圾处理率达到100%。", ["自然村垃圾处理率"]),
        ("引进10亿元以上项目，对50万元以上项目开展评估。", []),
        ("建设标准：路基宽度不低于6.5米。", []),
        ("单个项目支持不超过1000万元。", []),
        ("办结时限压缩至5个工作日。", []),
        ("检测能力不低于3万管。", []),
        ("明确治安、安全等7大类32项职责。", []),
    ],
)
def test_what_a_figure_belongs_to(text: str, names: list[str]) -> None:
    assert [each.name for each in liftable_figures(text)] == names


HOSTILE = {
    "figures": "新建1所，" * 20_000,
    "years": "2026年、" * 30_000,
    "one sentence": "由1%提高到2%" * 10_000,
    "digits": "1" * 200_000,
    "letters": "和" * 200_000 + "1所",
    "brackets": "（" * 100_000 + "新建1所" + "）" * 100_000,
    "quotes": "“《" * 60_000 + "1所",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_read_in_linear_time(name: str) -> None:
    text = HOSTILE[name]
    assert_linear(lambda given: list(islice(liftable_figures(given), 500)), lambda size: text[:size] + "1所", len(text))
