"""The parts of a figure in prose: number, unit, bound, year."""

from __future__ import annotations

import pytest

from planwriter.importing.figure_parts import NUMBER, bound_before, figure_at, unit_behind, year_before


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("12所", "所"),
        ("1.2万人次", "人次"),
        ("22微克/立方米", "微克/立方米"),
        ("9/10万", "/10万"),
        ("8支队伍", "支"),
        ("3个工作日", "个工作日"),
        ("3个", "个"),
        ("120批次", "批次"),
        ("800顶、", "顶"),
        ("300床位", ""),
        ("4天然气", ""),
        ("0.56。", ""),
    ],
)
def test_the_unit_stands_behind_the_number(text: str, unit: str) -> None:
    number = NUMBER.match(text)
    assert number is not None
    found, end = unit_behind(text, number.end())
    assert found == unit
    figure = figure_at(text, number, found, end)
    assert figure is not None and figure.unit == unit


@pytest.mark.parametrize("text", ["第3所", "3.5.2", "A3所", "新增1 200个", "2.8∶1", "3—5所"])
def test_what_is_no_number_of_its_own(text: str) -> None:
    assert NUMBER.search(text) is None


def test_the_bound_and_the_year_stand_before() -> None:
    assert bound_before("覆盖率不低于") == ("不低于", "不低于")
    assert bound_before("覆盖率提高到") == ("达到", "")
    assert bound_before("时间压缩至") == ("达到", "")
    assert bound_before("幼儿园") == ("", "")
    assert year_before("2026年新建，到2027年达到") == 2027
    assert year_before("新建") == 0
