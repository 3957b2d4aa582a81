"""The columns of a sheet of targets: names, units, years, and what is not read."""

from __future__ import annotations

import pytest

from tests.targets.reading import codes, read


@pytest.mark.parametrize(
    ("lines", "merges"),
    [
        ([["一级指标", "二级指标", "三级指标", "目标值"], ["供水", "农村", "普及率", "95%"]], ()),
        ([["项目", "指标", "目标值"], ["供水", "普及率", "95%"]], ()),
        ([["二级指标", "指标名称", "目标值"], ["农村", "普及率", "95%"]], ()),
        ([["二级指标", "三级指标", "目标值"], ["普及率", None, "95%"]], ()),
        ([["一级指标", "二级指标", "三级指标", "目标值"], ["供水", "普及率", None, "95%"]], ("B2:C2",)),
    ],
)
def test_the_last_of_nested_columns_names_the_target(lines: list[list[object]], merges: tuple[str, ...]) -> None:
    assert read(*lines, merges=merges) == ({"普及率": "95%"}, {}, [])


def test_one_name_under_two_groups_is_refused_with_the_right_advice() -> None:
    shown, _, found = read(["二级指标", "三级指标", "数值"], ["农村", "完成率", "95%"], ["城市", "完成率", "9%"])
    assert (shown, codes(found)) == ({"完成率": "95%"}, [("PW420", "B3")])
    assert "不同" in found[0].hint


def test_a_group_over_several_rows_names_no_target() -> None:
    _, _, found = read(["二级指标", "三级指标", "数值"], ["农村", "甲", 1], [None, None, 2], merges=("A2:A3",))
    assert codes(found) == [("PW420", "C3")]


@pytest.mark.parametrize(
    "lines",
    [
        [["指标", "目标值（万元）"], ["投资", 9000]],
        [["指标", "2026年\n目标（单位：万元）"], ["投资", "9000"]],
        [["指标（万元）", "目标值"], ["投资", "９０００"]],
        [["指标（单位）", "目标值"], ["投资（万元）", 9000]],
        [["单位：万元"], ["指标", "目标值"], ["投资", 9000]],
        [[None, "单位：万元"], ["指标", "目标值"], ["投资", 9000]],
        [["填报单位：某局", "金额单位：万元"], ["指标", "目标值"], ["投资", 9000]],
        [["指标", "计量单位", "目标值（万元）"], ["投资", "万元", "9000万元"]],
        [["指标", "目标", None], [None, "2026年", "2027年"], [None, "（万元）", "（万元）"], ["投资", None, 9000]],
    ],
)
def test_a_unit_in_a_header_a_name_or_above_is_the_unit(lines: list[list[object]]) -> None:
    shown, _, found = read(*lines)
    assert (shown, found) == ({"投资": "9000万元"}, [])


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ([["单位：某市民政局"], ["指标", "目标值"], ["床位", 90]], {"床位": "90"}),
        (
            [["单位：万元"], ["指标", "目标值"], ["床位", "90张"], ["入住率（%）", 50]],
            {"床位": "90张", "入住率": "50%"},
        ),
        ([["单位：万元、%"], ["指标", "目标值"], ["床位（张）", 90]], {"床位": "90张"}),
    ],
)
def test_a_line_above_gives_no_unit_to_others(lines: list[list[object]], wanted: dict[str, str]) -> None:
    assert read(*lines)[0] == wanted
    assert read(*lines)[2] == []


@pytest.mark.parametrize(
    ("lines", "code", "cell"),
    [
        ([["指标", "单位", "目标值（万元）"], ["支出", "亿元", 7]], "PW470", "C2"),
        ([["指标", "目标值（万元）"], ["支出", "3户"]], "PW470", "B2"),
        ([["指标", "目标值（万元）"], ["支出", "1.2亿"]], "PW470", "B2"),
        ([["指标", "单位", "目标值"], ["支出（亿元）", "万元", 7]], "PW477", "B2"),
        ([["指标", "2025年完成（亿元）", "目标值（万元）"], ["支出", 1, 13000]], "PW414", "B2"),
        ([["单位：万元、亩"], ["指标", "目标值"], ["支出", 7]], "PW476", "A3"),
        ([["指标", "单位", "目标值"], ["支出", "财政局", 7]], "PW476", "B2"),
    ],
)
def test_units_that_conflict_are_named_with_their_cell(lines: list[list[object]], code: str, cell: str) -> None:
    assert codes(read(*lines)[2]) == [(code, cell)]


def test_units_of_one_base_are_converted_in_the_advice() -> None:
    _, _, found = read(["指标", "2025年完成", "目标值（万元）"], ["支出", "1.2亿元", 13000])
    assert "写“12000”" in found[0].hint and "亿元" in found[0].hint


@pytest.mark.parametrize(
    ("head", "year", "base"),
    [
        ("上年", 2026, "2025: 3个"),
        ("上年完成", 2026, "2025: 3个"),
        ("上年度实际完成数", 2030, "2029: 3个"),
        ("去年完成情况", 2026, "2025: 3个"),
        ("2025年", 2026, "2025: 3个"),
        ("“十四五”末基数", 2026, "2025: 3个"),
        ("“十四五”期末完成值", 2026, "2025: 3个"),
        ("十三五末", 2026, "2020: 3个"),
    ],
)
def test_a_baseline_has_its_year(head: str, year: int, base: str) -> None:
    assert read(["指标", "单位", head, "目标值"], ["甲", "个", 3, 5], year=year) == ({"甲": "5个"}, {"甲": base}, [])


def test_the_year_of_last_year_is_taken_from_the_sheet_if_the_plan_has_none() -> None:
    assert read(["指标", "上年", "2027年目标"], ["甲", 3, 5], year=0)[1] == {"甲": "2026: 3"}
    assert read(["某局2028年目标"], ["指标", "上年", "目标"], ["甲", 3, 5], year=0)[1] == {"甲": "2027: 3"}
    assert codes(read(["指标", "上年", "目标"], ["甲", 3, 5], year=0)[2]) == [("PW476", "B1")]


def test_a_baseline_without_a_year_is_one_finding() -> None:
    _, bases, found = read(["指标", "现状", "目标值"], ["甲", 3, 5], ["乙", 3, 5])
    assert (bases, codes(found)) == ({}, [("PW476", "B1")])
    assert "2025年现状" in found[0].hint


def test_of_several_years_before_the_plan_the_last_result_is_read() -> None:
    heads: list[object] = ["指标", "2023年", "2024年完成", "2025年目标", "2025年完成", "2026年"]
    shown, bases, found = read(heads, ["新增学位", 11, 12, 13, 14, 15])
    assert (shown, bases, codes(found)) == ({"新增学位": "15"}, {"新增学位": "2025: 14"}, [("PW475", "B1")])
    assert all(f"“{head}”" in found[0].message for head in ("2023年", "2024年完成", "2025年目标"))


@pytest.mark.parametrize(
    "head",
    [
        "同比增长",
        "2026年增幅（%）",
        "增减",
        "完成情况",
        "一季度",
        "其中：上半年",
        "牵头领导",
        "1—6月完成",
        "主要措施",
        "权重",
    ],
)
def test_a_column_of_other_things_is_told_if_it_holds_any(head: str) -> None:
    shown, _, found = read(["指标", "单位", "目标值", head], ["甲", "个", 5, "3"])
    assert (shown, codes(found)) == ({"甲": "5个"}, [("PW475", "D1")])
    assert read(["指标", "单位", "目标值", head], ["甲", "个", 5, None])[2] == []


@pytest.mark.parametrize("head", ["2026年增长目标", "单价", "2026年3月"])
def test_an_unknown_column_with_figures_is_refused(head: str) -> None:
    assert codes(read(["指标", "单位", "目标值", head], ["甲", "个", 5, 3])[2]) == [("PW421", "D1")]


@pytest.mark.parametrize("word", ["全覆盖", "持平", "稳步提高", "优良", "应保尽保"])
def test_words_instead_of_a_figure_are_no_target(word: str) -> None:
    shown, _, found = read(["指标", "单位", "目标值"], ["甲", "个", 5], ["乙", None, word])
    assert (shown, codes(found)) == ({"甲": "5个"}, [("PW479", "C3")])


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("待定", "定下来"),
        ("增长5%左右", "数只写“5%左右”"),
        ("比上年提高 0.5个百分点", "0.5个百分点"),
        ("10—12", "写“10”"),
        ("十二", "写成 12"),
        ("百分之九十五", "写成 95%"),
        ("完成率95", "阿拉伯数字"),
    ],
)
def test_a_cell_that_is_no_figure_is_refused_with_the_way_out(typed: str, advice: str) -> None:
    _, _, found = read(["指标", "目标值"], ["甲", typed])
    assert codes(found)[0] == ("PW410", "B2")
    assert advice in found[0].hint


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("-3.2%", "-3.2%"), ("0.5个百分点", "0.5个百分点"), ("１００％", "100%"), ("5%左右", "5%左右"), ("100 %", "100%")],
)
def test_a_figure_as_bureaus_type_it_is_read(typed: str, shown: str) -> None:
    assert read(["指标", "目标值"], ["甲", typed]) == ({"甲": shown}, {}, [])
