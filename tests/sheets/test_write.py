"""Sheets that are written: their print set-up, titles, hidden columns."""

import io
import zipfile
from typing import Any

import openpyxl

from planwriter.sheets.read import read_workbook
from planwriter.sheets.write import Column, NewSheet, write_workbook

_PAGE = NewSheet(
    "表",
    (
        Column("序号", 6, centered=True),
        Column("内容", 10),
        Column("情况", 8, ("是", "否"), "选一个。"),
        Column("记号", 4, hidden=True),
    ),
    (("1", "字" * 20, "", "x"), ("2", "=1+1", "是", "")),
    "A3",
    title="某某汇总表",
    printed=True,
)


def _opened(page: NewSheet) -> Any:
    return openpyxl.load_workbook(io.BytesIO(write_workbook((page,)))).worksheets[0]


def test_a_sheet_that_is_printed() -> None:
    sheet = _opened(_PAGE)
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        "landscape",
        1,
        0,
    )
    assert sheet.print_title_rows == "$2:$2" and sheet.freeze_panes == "A3"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet["A1"].value, str(sheet.merged_cells)) == ("某某汇总表", "A1:C1")
    assert [cell.value for cell in sheet[2]] == ["序号", "内容", "情况", "记号"]


def test_rows_are_as_high_as_their_texts_but_may_grow() -> None:
    sheet = _opened(_PAGE)
    assert sheet.row_dimensions[3].height > 4 * 15 > sheet.row_dimensions[4].height
    with zipfile.ZipFile(io.BytesIO(write_workbook((_PAGE,)))) as archive:
        written = archive.read("xl/worksheets/sheet1.xml")
    assert b" ht=" in written and b"customHeight" not in written


def test_choices_begin_below_the_header() -> None:
    (rule,) = _opened(_PAGE).data_validations.dataValidation
    assert str(rule.sqref) == "C3:C502" and rule.formula1 == '"是,否"'


def test_a_hidden_column_is_read_and_a_formula_stays_a_text() -> None:
    (sheet,) = read_workbook(write_workbook((_PAGE,)), "a.xlsx").value
    assert sheet.hidden_columns == {3} and sheet.rows[2][3] == "x" and sheet.rows[3][1] == "=1+1"
    assert _opened(_PAGE)["A3"].alignment.horizontal == "center" and _opened(_PAGE)["B3"].alignment.horizontal is None


def test_a_sheet_without_title_begins_with_its_header() -> None:
    sheet = _opened(NewSheet("表", (Column("甲", 5, ("是",)),), (("是",),), "A2"))
    assert sheet["A1"].value == "甲" and not sheet.merged_cells.ranges
    assert str(sheet.data_validations.dataValidation[0].sqref) == "A2:A501" and sheet.page_setup.orientation is None
