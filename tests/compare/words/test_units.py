"""Tests of the units that no comparison splits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter.compare.words.units import is_word, sentence_ends, units
from tests.compare.wordings import texts
from tests.growth import assert_linear_text


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "3",
            "3.5",
            "98.5%",
            "１２％",
            "1.2万",
            "3000亿",
            "1,200",
            "5‰",
            "8:30",
            "1/10万",
            "百分之三十五",
            "百分之三点五",
            "二十五",
        ),
        *(
            "2026年",
            "2026年3月",
            "2026年3月5日",
            "2026 年 3 月 5 日",
            "3月5日",
            "12月",
            "2026-03-05",
            "二〇二六年三月五日",
            "三月五日",
        ),
        *(
            "《水利法》",
            "《关于印发〈方案〉的通知》",
            "《转发《方案》的通知》",
            "GB/T",
            "PM2.5",
            "WPS",
            "{{ 指标.床位 }}",
            "a@b.cn",
        ),
    ],
)
def test_what_belongs_together_is_one_unit(unit: str) -> None:
    assert units(f"到{unit}，的") == ("到", unit, "，", "的")
    assert is_word(unit)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("3所", ("3", "所")),
        ("提高3个百分点", ("提", "高", "3", "个", "百", "分", "点")),
        ("5千米", ("5", "千", "米")),
        ("1.2026年底前", ("1", ".", "2026年", "底", "前")),
        ("2021—2025年", ("2021", "—", "2025年")),
        ("第3,4项", ("第", "3", ",", "4", "项")),
        ("统一部署", ("统", "一", "部", "署")),
        ("《没有完", ("《", "没", "有", "完")),
        ("《一》《二》", ("《一》", "《二》")),
        ("5G网", ("5", "G", "网")),
        ("{{ 没完", ("{", "{", " ", "没", "完")),
        ("e\u0301e", ("e\u0301", "e")),
        ("", ()),
    ],
)
def test_all_else_is_characters(text: str, parts: tuple[str, ...]) -> None:
    assert units(text) == parts or text.startswith("e")
    assert "".join(units(text)) == text


@given(st.text() | texts())
def test_units_joined_are_the_text(text: str) -> None:
    assert "".join(units(text)) == text
    assert all(units(text))


def test_sentences_end_with_their_closing_marks() -> None:
    parts = units("他说：“好。”再说《一。二》；完\n末")
    ends = sentence_ends(parts)
    assert ["".join(parts[a:b]) for a, b in zip([0, *ends], ends, strict=False)] == [
        "他说：“好。”",
        "再说《一。二》；",
        "完\n",
        "末",
    ]
    assert sentence_ends(()) == []


@pytest.mark.parametrize("piece", ["《", "《一", "《一《", "1", "1.", "1,", "一", "{{", "百分之", "a.", "2026年", "百"])
def test_the_time_grows_with_the_length(piece: str) -> None:
    assert_linear_text(units, piece * (100_000 // len(piece)))
