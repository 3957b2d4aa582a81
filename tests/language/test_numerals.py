"""Chinese numerals and labels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter.language.numerals import NUMERAL_MAX, TYPED_LABEL, chinese_numeral, circled, parse_label_style

_VALUES = {mark: value for value, mark in enumerate("零一二三四五六七八九")}
_UNITS = {"十": 10, "百": 100, "千": 1000}


def _read(text: str) -> int:
    """A reader of Chinese numerals, written for the test, the other way round."""
    total, digit = 0, 0
    for mark in text:
        if mark in _UNITS:
            total += (digit or 1) * _UNITS[mark]
            digit = 0
        else:
            digit = _VALUES[mark]
    return total + digit


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (21, "二十一"),
        (99, "九十九"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (111, "一百一十一"),
        (1001, "一千零一"),
        (1010, "一千零一十"),
        (9999, "九千九百九十九"),
    ],
)
def test_numerals_are_written_as_official_prose_writes_them(number: int, text: str) -> None:
    assert chinese_numeral(number) == text


@given(st.integers(1, NUMERAL_MAX))
def test_every_numeral_reads_back_as_its_number(number: int) -> None:
    assert _read(chinese_numeral(number)) == number


@pytest.mark.parametrize("number", [0, -1, NUMERAL_MAX + 1])
def test_numbers_without_a_numeral_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match="no Chinese numeral"):
        chinese_numeral(number)


def test_circled_numbers_reach_fifty_without_a_gap() -> None:
    assert [circled(number) for number in (1, 20, 21, 35, 36, 50)] == ["①", "⑳", "㉑", "㉟", "㊱", "㊿"]
    with pytest.raises(ValueError, match="no circled"):
        circled(51)


@pytest.mark.parametrize(
    ("sample", "number", "label"),
    [
        ("一、", 12, "十二、"),
        ("（一）", 11, "（十一）"),
        ("(一)", 100, "(一百)"),
        ("1.", 10, "10."),
        ("1．", 2, "2．"),
        ("1、", 3, "3、"),
        ("（1）", 4, "（4）"),
        ("①", 21, "㉑"),
        ("第一章 ", 3, "第三章 "),
        ("第一条", 12, "第十二条\u3000"),
    ],
)
def test_a_sample_determines_the_form_of_every_label(sample: str, number: int, label: str) -> None:
    assert parse_label_style(sample).label(number) == label


@pytest.mark.parametrize("sample", ["", "甲", "1.1", "2.", "第一章的标题"])
def test_what_is_no_label_is_refused(sample: str) -> None:
    with pytest.raises(ValueError, match="not a label"):
        parse_label_style(sample)


@pytest.mark.parametrize("text", ["一、加强", "（二）加强", "(十二)加强", "3.加强", "12、加强", "（4）加强", "⑤加强"])
def test_labels_typed_by_hand_are_seen(text: str) -> None:
    match = TYPED_LABEL.match(text)
    assert match and text[match.end() :] == "加强"


@pytest.mark.parametrize(
    "text", ["一体化推进", "1.5万人参加", "2026年工作", "“1+N”体系", "十四五规划", "三名工程", "12所学校"]
)
def test_words_that_begin_with_a_number_are_not_labels(text: str) -> None:
    assert TYPED_LABEL.match(text) is None
