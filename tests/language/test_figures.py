"""Figures as typed: read exactly, printed with every word typed, or refused with the way to write them."""

from __future__ import annotations

import copy
import pickle
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter.language.figures import Refusal, Settled, TypedFigure, TypedNumber, is_blank, read_figure, settle
from planwriter.language.numerals import chinese_numeral, numeral_value

MAGNITUDES = ("", "十", "百", "千", "万", "十万", "百万", "千万", "亿", "十亿", "百亿", "千亿", "万亿")
POWERS = dict(zip(MAGNITUDES, range(13), strict=True))
UNITS = ("人", "人次", "元", "所", "亩", "平方米", "公里", "个", "元/生")


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("95", "95"),
        ("96.50", "96.50"),
        ("-3", "-3"),
        ("−3".replace("−", "－"), "-3"),
        ("1,200", "1200"),
        ("1，234，567.5", "1234567.5"),
        ("１２", "12"),
        ("９５．５％", "95.5%"),
        ("约300", "约300"),
        ("≈300", "约300"),
        ("大约 300 人", "约300人"),
        ("300余", "300余"),
        ("300多人", "300多人"),
        ("30余万人", "30余万人"),
        ("1.2万余人次", "1.2万余人次"),
        ("≥96%", "不低于96%"),
        (">=96", "不低于96"),
        ("≥ 96", "不低于96"),
        ("≤11", "不超过11"),
        ("＜5", "低于5"),
        (">5", "超过5"),
        ("不少于50场", "不少于50场"),
        ("至少50", "不少于50"),
        ("不高于0.6%", "不高于0.6%"),
        ("95%以上", "95%以上"),
        ("95%及以上", "95%以上"),
        ("11以内", "11以内"),
        ("300人左右", "300人左右"),
        ("力争达到95%", "力争95%"),
        ("新增300个", "新增300个"),
        ("19万", "19万"),
        ("5000 万元", "5000万元"),
        ("5千米", "5千米"),
        ("3个百分点", "3个百分点"),
        ("3百分点", "3百分点"),
        ("12㎡", "12㎡"),
        ("1200元/生", "1200元/生"),
    ],
)
def test_a_figure_is_read_whole(typed: str, plain: str) -> None:
    read = read_figure(typed)
    assert isinstance(read, TypedFigure)
    assert read.plain == plain
    assert read_figure(plain) == read


@pytest.mark.parametrize(
    ("typed", "way"),
    [
        ("3/4", "0.75"),
        ("1/3", "33.33%"),
        ("10/10万", "写成 10，单位写“/10万”。"),
        ("十二", "写成 12。"),
        ("三百所", "写成 300所。"),
        ("一百二十万", "写成 1200000。"),
        ("百分之九十五", "写成 95%。"),
        ("百分之95.5", "写成 95.5%。"),
        ("九成", "写成 90%。"),
        ("9成", "写成 90%。"),
        ("八成二", "写成 82%。"),
        ("8成5", "写成 85%。"),
        ("七成半", "写成 75%。"),
        ("七成多", "写成 70%。"),
        ("1.2w", "写成 1.2万。"),
        ("1.2W人", "写成 1.2万人。"),
        ("1万2千", "写成 12000。"),
        ("3万5", "写成 35000。"),
        ("90-95%", "一个指标只有一个数"),
        ("90%—95%", "一个指标只有一个数"),
        ("300至500人", "一个指标只有一个数"),
        ("1,2", "写成 12。"),
        ("12 000", "写成 12000。"),
        ("近300", "去掉前面的词"),
        ("不低于95%以上", "留一个"),
        ("很多", "写阿拉伯数字"),
        ("12（所）", "写阿拉伯数字"),
        ("1e5", "写阿拉伯数字"),
        ("+5", "写阿拉伯数字"),
        ("1.2亿亿", "写阿拉伯数字"),
        ("①", "写阿拉伯数字"),
        ("", "写阿拉伯数字"),
        ("9" * 500, "写阿拉伯数字"),
        ("1" + ",111" * 50, "写阿拉伯数字"),
    ],
)
def test_what_is_no_figure_is_refused_with_the_way_to_write_it(typed: str, way: str) -> None:
    read = read_figure(typed)
    assert isinstance(read, Refusal)
    assert way in read.advice
    if read.advice.startswith("写成 ") and "，" not in read.advice:
        assert isinstance(read_figure(read.advice[3:-1]), TypedFigure)


@pytest.mark.parametrize("dash", ["", " ", "—", "——", "-", "--", "－", "/", "无"])
def test_a_dash_is_no_figure(dash: str) -> None:
    assert is_blank(dash)


@given(
    st.decimals(min_value=0, max_value=99999, places=2),
    st.sampled_from(MAGNITUDES),
    st.sampled_from(("", "余", "多")),
    st.sampled_from(("", *UNITS)),
    st.sampled_from(UNITS),
)
def test_what_is_printed_has_the_magnitude_typed_and_is_exact(
    number: Decimal, magnitude: str, tail: str, unit: str, own: str
) -> None:
    typed = f"{number:f}{magnitude}{tail}"
    read = read_figure(typed + unit)
    assert isinstance(read, TypedFigure)
    alone, beside = settle(read, ""), settle(read, own)
    assert isinstance(alone, Settled)
    assert f"{alone.value:f}{alone.unit}" == typed + unit
    if isinstance(beside, Settled):
        assert f"{beside.value:f}{beside.unit}" == typed + own
        assert Fraction(beside.value) == Fraction(number) * 10 ** POWERS[magnitude]
    else:
        assert unit and (unit != own or magnitude)
        assert own in beside.advice


@given(st.lists(st.tuples(st.integers(0, 9999), st.sampled_from(MAGNITUDES)), min_size=1, max_size=8))
def test_sums_are_exact(figures: list[tuple[int, str]]) -> None:
    total = sum((TypedNumber(str(number), words) for number, words in figures), Decimal(0))
    assert total == sum(number * 10 ** POWERS[words] for number, words in figures)


@pytest.mark.parametrize(
    ("typed", "own", "ways"),
    [
        ("1.2万人", "人", ("“1.2万”", "“万人”")),
        ("1.2万", "万人", ("“人”", "“1.2”", "“12000”")),
        ("5000万元", "元", ("“5000万”", "“万元”")),
        ("30余万人", "人", ("“30余万”",)),
        ("1.2万", "%", ("“%”",)),
        ("95%", "人", ("“%”", "“人”")),
        ("12所", "个", ("“所”", "“个”")),
        ("1.2万", "万", ("只留一个",)),
    ],
)
def test_two_units_that_do_not_agree_are_refused_with_both_ways_out(
    typed: str, own: str, ways: tuple[str, ...]
) -> None:
    read = read_figure(typed)
    assert isinstance(read, TypedFigure)
    made = settle(read, own)
    assert isinstance(made, Refusal)
    assert all(way in made.advice for way in ways)


@pytest.mark.parametrize(("typed", "own"), [("1.2万人", "万人"), ("95%", "%"), ("300余人", "人"), ("5千米", "千米")])
def test_one_unit_typed_twice_is_one_unit(typed: str, own: str) -> None:
    read = read_figure(typed)
    assert isinstance(read, TypedFigure)
    made = settle(read, own)
    assert isinstance(made, Settled) and made.is_doubled
    assert f"{made.value:f}{made.unit}" == typed


def test_a_number_with_words_counts_as_a_decimal_and_can_be_copied() -> None:
    number = TypedNumber("1.20", "万")
    assert number == 12000 and f"{number:f}" == "1.20万" and f"{number + 1:f}" == "12001"
    assert f"{copy.deepcopy(number):f}" == f"{pickle.loads(pickle.dumps(number)):f}" == "1.20万"


@given(st.integers(1, 9999))
def test_numerals_are_read_back(number: int) -> None:
    assert numeral_value(chinese_numeral(number)) == number


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader(text: str) -> None:
    read = read_figure(text)
    assert isinstance(read, (TypedFigure, Refusal))
