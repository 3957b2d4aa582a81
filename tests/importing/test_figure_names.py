"""What targets that are lifted out of prose are called."""

from __future__ import annotations

import pytest

from planwriter.importing.figure_names import TakenFigure, cleaned, noun_before, shared_names, target_name


@pytest.mark.parametrize(
    ("lead", "name"),
    [
        ("力争全县用水总量控制在", "用水总量"),
        ("一般项目办结时限压缩至", "一般项目办结时限"),
        ("旅游收入同比增长", "旅游收入同比增长"),
        ("注册护士（助理）人数达到", "注册护士"),
        ("到2027年，普惠园覆盖率不低于", "普惠园覆盖率"),
        ("", ""),
    ],
)
def test_the_noun_before_a_figure_is_its_name(lead: str, name: str) -> None:
    assert noun_before(lead) == name


def test_words_that_name_nothing_are_left_out() -> None:
    assert cleaned("确保全县应急电源至少") == "应急电源"
    assert cleaned("60岁以上老年人") == "老年人"
    assert cleaned("50万元以上的村占比") == "达50万元以上的村占比"
    assert cleaned("12345热线") == "热线"


@pytest.mark.parametrize(
    ("clause", "count", "verb", "names"),
    [
        ("自来水普及率和规模供水比例", 2, "", ["自来水普及率", "规模供水比例"]),
        ("职工、城乡居民住院支付比例", 2, "", ["职工支付比例", "城乡居民住院支付比例"]),
        ("玉米、水稻", 2, "种植", ["种植玉米", "种植水稻"]),
        ("玉米、水稻", 2, "", []),
        ("甲、乙、丙覆盖率", 2, "", []),
    ],
)
def test_things_listed_before_their_figures_have_a_name_each(
    clause: str, count: int, verb: str, names: list[str]
) -> None:
    assert shared_names(clause, count, verb) == names


LAST = TakenFigure(4, "新增学位", "新增", "个")


@pytest.mark.parametrize(
    ("lead", "after", "unit", "gap", "name"),
    [
        ("新增学位900个，其中2026年", "。", "个", "，其中2026年", "新增学位2026年"),
        ("新增学位900个，增长", "。", "%", "，增长", "新增学位增长"),
        ("新增学位900个，总数达到", "。", "个", "，总数达到", "新增学位总数"),
        ("新增学位900个、", "。", "平方米", "、", "新增学位面积"),
        ("新增学位900个，占学位总量的", "。", "%", "，占学位总量的", "新增学位占比"),
        ("新增学位900个、托位", "。", "个", "、托位", "新增托位"),
        ("新增学位900个。培训教师", "。", "人", "。培训教师", "培训教师"),
    ],
)
def test_a_figure_goes_on_with_the_one_before_it(lead: str, after: str, unit: str, gap: str, name: str) -> None:
    assert target_name(lead, after, unit, LAST, gap) == name


def test_a_figure_by_itself_is_named_by_verb_and_noun() -> None:
    assert target_name("新建", "幼儿园。", "所", None, "") == "新建幼儿园"
    assert target_name("增长", "。", "%", None, "") == ""
    assert target_name("为", "残疾儿童提供康复服务。", "名", None, "") == "残疾儿童康复服务"
