"""Deadlines in the forms that people type: what they mean and how they are printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter.language.deadlines import Day, read_deadline


@pytest.mark.parametrize(
    "typed",
    [
        "2026年12月",
        "2026年12月31日",
        "2026年12月31日前",
        "2026年6月底前",
        "12月底",
        "12月底前",
        "年底前",
        "年内",
        "全年",
        "第三季度",
        "三季度末",
        "下半年",
        "2026年上半年",
        "6月至9月",
        "2026年4月至10月",
        "2026年12月至2027年3月",
        "2026—2028年",
        "10月中旬",
        "长期坚持",
        "持续推进",
        "常年",
        "即日起",
        "每季度末",
        "每年12月底前",
        "逐年推进",
        "2026年春季学期",
        "9月开学前",
        "2026年6月底前完成方案，12月底前完成验收",
        "收到通知后30日内",
    ],
)
def test_official_prose_is_understood_and_stays_as_typed(typed: str) -> None:
    read = read_deadline(typed, 2026)
    assert read.shown == typed and read.kind != ""


@pytest.mark.parametrize(
    ("typed", "shown", "last"),
    [
        ("2026.12.31", "2026年12月31日", (2026, 12, 31)),
        ("2026/12/31", "2026年12月31日", (2026, 12, 31)),
        ("2026-3-5", "2026年3月5日", (2026, 3, 5)),
        ("20261231", "2026年12月31日", (2026, 12, 31)),
        ("2026.12.31前", "2026年12月31日前", (2026, 12, 31)),
        ("2026.6.30前制定方案", "2026年6月30日前制定方案", (2026, 6, 30)),
        ("2026.12", "2026年12月", (2026, 12, 31)),
        ("2026-09", "2026年9月", (2026, 9, 30)),
        ("2026/2", "2026年2月", (2026, 2, 28)),
        ("12.31", "12月31日", (2026, 12, 31)),
        ("6/30前", "6月30日前", (2026, 6, 30)),
        ("6.30前完成", "6月30日前", (2026, 6, 30)),
        ("6月-9月", "6月至9月", (2026, 9, 30)),
        ("6-9月", "6月至9月", (2026, 9, 30)),
        ("6月~9月", "6月至9月", (2026, 9, 30)),
        ("2026年3-9月", "2026年3月至9月", (2026, 9, 30)),
        ("2026.3-9", "2026年3月至9月", (2026, 9, 30)),
        ("2026.3-2026.9", "2026年3月至2026年9月", (2026, 9, 30)),
        ("5月1日-10月31日", "5月1日至10月31日", (2026, 10, 31)),
        ("2026-2028年", "2026—2028年", (2028, 12, 31)),
        ("3季度", "第三季度", (2026, 9, 30)),
        ("2026年Q4", "2026年第四季度", (2026, 12, 31)),
        ("十二月底", "12月底", (2026, 12, 31)),
        ("二〇二六年十二月三十一日", "2026年12月31日", (2026, 12, 31)),
        ("2026年06月05号", "2026年6月5日", (2026, 6, 5)),
        ("6月份", "6月", (2026, 6, 30)),
        ("１２月底", "12月底", (2026, 12, 31)),
        ("2026 年 12 月", "2026年12月", (2026, 12, 31)),
        ("12月底。", "12月底", (2026, 12, 31)),
        ("2026", "2026年", (2026, 12, 31)),
        ("2026底", "2026年底", (2026, 12, 31)),
        ("2026年年中", "2026年年中", (2026, 6, 30)),
        ("2028年2月", "2028年2月", (2028, 2, 29)),
    ],
)
def test_other_forms_are_printed_as_official_prose(typed: str, shown: str, last: Day) -> None:
    read = read_deadline(typed, 2026)
    assert (read.shown, read.kind, read.last) == (shown, "日期", last)


@pytest.mark.parametrize(
    "typed",
    ["26年12月", "2026.13.1", "2026.2.30", "2026年2月30日", "13月底", "尽快", "待定", "县里开会之前", "12" * 200],
)
def test_what_is_no_time_stays_as_typed(typed: str) -> None:
    assert read_deadline(typed, 2026) == (typed, "", None, None, False)


@pytest.mark.parametrize(
    ("typed", "lacks"),
    [
        ("12月底前", True),
        ("第三季度", True),
        ("年底前", True),
        ("下半年", True),
        ("6.30", True),
        ("2027年12月", False),
        ("2026年6月底、12月底", False),
        ("每年12月底前", False),
        ("全年", False),
        ("长期坚持", False),
        ("2026—2028年", False),
    ],
)
def test_a_month_without_a_year_is_known(typed: str, lacks: bool) -> None:
    assert read_deadline(typed, 2026).lacks_year is lacks


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        *(("全年", (1, 1), (12, 31)), ("年内", (1, 1), (12, 31)), ("年初", (1, 1), (1, 31)), ("年中", (6, 1), (6, 30))),
        *(("上半年", (1, 1), (6, 30)), ("下半年", (7, 1), (12, 31)), ("年末", (12, 1), (12, 31))),
        *(("春季学期", (2, 1), (7, 31)), ("秋季学期", (9, 1), (12, 31)), ("寒假", (1, 1), (2, 28))),
        *(("暑期", (7, 1), (8, 31)), ("开学", (9, 1), (9, 30)), ("汛前", (1, 1), (5, 31)), ("汛期", (5, 1), (9, 30))),
        *(
            ("高考", (6, 1), (6, 30)),
            ("元旦", (1, 1), (1, 31)),
            ("春节", (1, 1), (2, 28)),
            ("国庆节", (10, 1), (10, 31)),
        ),
        *(("第一季度", (1, 1), (3, 31)), ("四季度", (10, 1), (12, 31)), ("2月", (2, 1), (2, 28))),
        *(("5月上旬", (5, 1), (5, 10)), ("5月中旬", (5, 11), (5, 20)), ("5月下旬", (5, 21), (5, 31))),
        *(("5月初", (5, 1), (5, 5)), ("6月底", (6, 21), (6, 30)), ("2月末", (2, 21), (2, 28))),
    ],
)
def test_the_days_of_each_time(typed: str, first: tuple[int, int], last: tuple[int, int]) -> None:
    read = read_deadline(typed, 2026)
    assert (read.first, read.last) == ((2026, *first), (2026, *last))


def test_the_first_day_belongs_to_the_first_time() -> None:
    assert read_deadline("2026年4月至10月").first == (2026, 4, 1)
    assert read_deadline("第二季度", 2027).first == (2027, 4, 1)


@given(st.text("0123456789年月日.-/~至底前季度第一二三四十Qq。 每长期", max_size=14))
def test_what_is_printed_reads_as_the_same_time(typed: str) -> None:
    read = read_deadline(typed, 2026)
    again = read_deadline(read.shown, 2026)
    assert again.shown == read.shown
    assert (again.kind, again.first, again.last) == (read.kind, read.first, read.last) or not read.kind
