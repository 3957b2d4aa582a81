"""Where the headers of a sheet of targets stand, and how many tables it has."""

from __future__ import annotations

from planwriter.sheets.read import read_workbook
from planwriter.targets.sheet import choose_sheet, targets_in
from tests.targets.bureau_sheets import rows
from tests.targets.reading import codes, read


def test_tables_side_by_side_are_all_read() -> None:
    heads = ["指标", "单位", "目标值"]
    shown, _, found = read([*heads, None, *heads], ["甲", "个", 1, None, "乙", "座", 2], [*[None] * 4, "丙", "个", 3])
    assert (shown, found) == ({"甲": "1个", "乙": "2座", "丙": "3个"}, [])


def test_tables_one_below_another_are_all_read() -> None:
    shown, _, found = read(
        ["一、民生"],
        ["序号", "指标", "单位", "2026年目标"],
        [1, "甲", "个", 5],
        ["注：年报数"],
        [],
        ["二、发展（单位：万元）"],
        ["序号", "指标名称", "目标值", "责任股室"],
        [1, "乙", 7, "计财股"],
    )
    assert (shown, found) == ({"甲": "5个", "乙": "7万元"}, [])


def test_a_header_printed_again_on_the_next_page_is_no_target() -> None:
    heads: list[object] = ["指标", "单位", "目标值"]
    assert read(heads, ["甲", "个", 1], heads, ["乙", "个", 2])[0] == {"甲": "1个", "乙": "2个"}


def test_one_column_twice_is_still_refused() -> None:
    assert codes(read(["指标", "单位", "目标值", "目标值"], ["甲", "个", 1, 2])[2]) == [("PW420", "D1")]


def test_a_name_in_two_tables_is_refused() -> None:
    _, _, found = read(["指标", "目标值", "指标", "目标值"], ["甲", 1, "甲", 2])
    assert codes(found) == [("PW109", "C2")]


def test_headers_of_three_rows_are_read() -> None:
    shown, _, found = read(
        ["序号", "指标", "单位", "目标", None, None, "责任单位", None],
        [None, None, None, "2026年", "2027年", "2028年", "牵头", "配合"],
        [None, None, None, "（%）", "（%）", "（%）", None, None],
        [1, "甲", None, 1, 2, "3以上", "甲股", "乙股"],
    )
    assert (shown, found) == ({"甲": "3%以上"}, [])


def test_lines_under_a_note_are_notes() -> None:
    assert read(["指标", "目标值"], ["甲", 1], ["注：1.年底数。"], ["2.含续建。"])[2] == []


def test_each_target_knows_its_own_cells() -> None:
    data = rows(["指标", "目标值", None, "指标", "目标值"], ["甲", 1, None, "乙", 2])
    sheet = choose_sheet(read_workbook(data, "指标.xlsx").value)
    assert sheet is not None
    made = targets_in(sheet).value
    assert made is not None
    assert (made.rows, made.columns["甲"][("数值",)], made.columns["乙"][("数值",)]) == ({"甲": 1, "乙": 1}, 1, 4)
