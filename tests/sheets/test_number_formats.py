"""Number formats: what a cell shows in Excel, compared with a table of cases and with LibreOffice."""

from __future__ import annotations

import contextlib
import csv
import io
import subprocess
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from planwriter.sheets.number_formats import BUILT_IN, MAX_FORMAT, MAX_FORMATS, Unshowable, sections_of
from planwriter.sheets.read import read_workbook
from planwriter.sheets.shown_number import number_text
from planwriter.system.office import find_soffice
from tests.growth import soon
from tests.sheets.workbooks import SMALL, rezipped

REFUSED = "PW474"


def cases() -> list[tuple[float, str, str, str]]:
    """Value, format, what Excel shows (PW474: refused), and what LibreOffice shows."""
    lines = (Path(__file__).parent / "number_formats.tsv").read_text("utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    assert all(len(row) == 5 and (row[3] == "=") != bool(row[4]) for row in rows)
    return [(float(value), form, excel, excel if other == "=" else other) for value, form, excel, other, _ in rows]


CASES = cases()


def test_the_table_has_at_least_200_formats() -> None:
    assert len({form for _, form, _, _ in CASES}) >= 200


@pytest.mark.parametrize(("value", "form", "excel", "other"), CASES)
def test_a_number_is_shown_as_in_excel(value: float, form: str, excel: str, other: str) -> None:
    if excel == REFUSED:
        with pytest.raises(Unshowable):
            number_text(value, form)
    else:
        assert number_text(value, form).strip() == excel


@pytest.mark.libreoffice
def test_libreoffice_shows_what_the_table_says(tmp_path: Path) -> None:
    office = find_soffice()
    if office is None:
        pytest.skip("no LibreOffice")
    made = openpyxl.Workbook()
    for row, (value, form, _, _) in enumerate(CASES, 1):
        cell = made.worksheets[0].cell(row, 1, int(value) if value.is_integer() else value)
        cell.number_format = form
        made.worksheets[0].cell(row, 2, "|")
    made.worksheets[0].column_dimensions["A"].width = 60
    made.save(tmp_path / "表.xlsx")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    shown = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        shown,
        "--outdir",
        str(tmp_path),
        str(tmp_path / "表.xlsx"),
    ]
    subprocess.run(command, check=False, capture_output=True, timeout=120)
    if not (tmp_path / "表.csv").exists():
        pytest.skip("LibreOffice without Calc")
    theirs = [row[0].strip() for row in csv.reader(io.StringIO((tmp_path / "表.csv").read_text("utf-8")))]
    wrong = [
        (case, other) for case, other in zip(CASES, theirs, strict=True) if case[3] != other and case[2] != REFUSED
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("number", "value", "shown"),
    [
        (14, 46086, "2026年3月5日"),
        (22, 46086.604166666664, "2026年3月5日 14:30"),
        (27, 46086, "2026年3月"),
        (31, 46086, "2026年3月5日"),
        (32, 46086.604166666664, "14时30分"),
        (34, 46086.604166666664, "下午2时30分"),
        (57, 46086, "2026年3月"),
        (58, 46086, "3月5日"),
        (5, 1200, "¥1,200"),
        (44, 1234.5, "¥1,234.50"),
        (43, 0, "-"),
        (46, 1.5, "36:00:00"),
    ],
)
def test_a_built_in_format_shows_what_excel_shows_in_china(number: int, value: float, shown: str) -> None:
    from planwriter.sheets.read import shown_value

    assert " ".join(shown_value(value, BUILT_IN[number]).split()) == shown


def book_of(value: float, form: str) -> bytes:
    """A workbook with one cell."""
    made = openpyxl.Workbook()
    made.worksheets[0]["B3"] = value
    made.worksheets[0]["B3"].number_format = form
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("value", "form", "reason"),
    [
        (123456789012, "General", "1.23457E+11"),
        (1e-10, "General", "E-10"),
        (12, "[DBNum2]0", "[DBNum2]"),
        (46086, "[$-130000]yyyy/m/d", "历法"),
        (-1, "yyyy-mm-dd", "负数"),
        (3e6, "yyyy-mm-dd", "太大"),
        (5, "[>10]0;[>7]0.0", "####"),
        (12345, "0!.0,\n%", "换行"),
        (0.5, "0." + "0" * 31, "小数超过"),
    ],
)
def test_a_format_that_cannot_be_shown_is_named_with_its_cell(value: float, form: str, reason: str) -> None:
    read = read_workbook(book_of(value, form), "表.xlsx")
    (found,) = read.findings
    assert (found.code, found.pos.cell) == (REFUSED, "B3")
    assert reason in found.message and form[:5] in found.message


def test_days_of_the_1904_calendar_are_the_same_days() -> None:
    made = openpyxl.Workbook()
    made.epoch = CALENDAR_MAC_1904
    made.worksheets[0]["A1"], made.worksheets[0]["B1"] = 44624, 44624
    made.worksheets[0]["A1"].number_format = "yyyy-mm-dd"
    stream = io.BytesIO()
    made.save(stream)
    assert read_workbook(stream.getvalue(), "表.xlsx").value[0].rows == (("2026年3月5日", "44624"),)


@given(st.text(alphabet='0#?.,%/@;E+-[]<>=1"\\!_* ymdhsaeGn$万', max_size=40), st.floats(-1e12, 1e12))
def test_no_format_ends_in_an_error(form: str, value: float) -> None:
    try:
        assert isinstance(number_text(value, form), str)
    except Unshowable as error:
        assert str(error)


@pytest.mark.parametrize(
    "form", ["#" * 255, "0," * 127, "%" * 255, "_ " * 127, ";" * 255, "[" * 255, "?/" * 127, "y" * 255]
)
def test_a_long_format_takes_no_time(form: str) -> None:
    with soon(20):
        for value in range(1_000):
            with contextlib.suppress(Unshowable):
                number_text(value, form)


def test_formats_are_bounded() -> None:
    styles = "xl/styles.xml"
    many = "".join(f'<numFmt numFmtId="{at}" formatCode="0"/>' for at in range(MAX_FORMATS + 1))
    for content, reason in ((many, "种"), (f'<numFmt numFmtId="200" formatCode="{"0" * (MAX_FORMAT + 1)}"/>', "个字")):
        data = rezipped(SMALL, styles, f"<styleSheet><numFmts>{content}</numFmts></styleSheet>".encode())
        (found,) = read_workbook(data, "表.xlsx").findings
        assert found.code == "PW120" and reason in found.message


def test_sections_are_at_most_four() -> None:
    assert len(sections_of("0;0;0;@;0;0")) == 4
