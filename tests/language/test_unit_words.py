"""Units in brackets behind a name, told from other words."""

import pytest

from planwriter.language.unit_words import is_unit, split_unit


@pytest.mark.parametrize(
    "unit",
    [
        "%",
        "％",
        "‰",
        "万元",
        "亿元",
        "个",
        "座",
        "人次",
        "万人次",
        "公里",
        "元/月",
        "人/10万",
        "/10万",
        "1/10万",
        "微克/立方米",
        "万立方米",
        "吨标准煤",
        "万",
        "个百分点",
        "张",
    ],
)
def test_a_unit_is_known(unit: str) -> None:
    assert is_unit(unit)


@pytest.mark.parametrize(
    "word", ["", "助理", "城乡居民", "2026年", "基期", "目标", "含续建", "教育局", "/", "人社局", "不含个体"]
)
def test_another_word_is_no_unit(word: str) -> None:
    assert not is_unit(word)


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("危桥改造（座）", ("危桥改造", "座")),
        ("客运量 (万人次)", ("客运量", "万人次")),
        ("参保率（％）", ("参保率", "%")),
        ("参保率%", ("参保率", "%")),
        ("完成投资（单位：万元）", ("完成投资", "万元")),
        ("新增床位\n（张）", ("新增床位", "张")),
        ("执业（助理）医师（人）", ("执业（助理）医师", "人")),
        ("执业（助理）医师", ("执业（助理）医师", "")),
        ("基本医保参保率（城乡居民）", ("基本医保参保率（城乡居民）", "")),
        ("95%", ("95%", "")),
        ("%", ("%", "")),
    ],
)
def test_a_unit_is_split_off_a_name(typed: str, parts: tuple[str, str]) -> None:
    assert split_unit(typed) == parts
