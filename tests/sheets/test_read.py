"""Workbooks made by other programs are read as their readers see them, or refused."""

import io
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from planwriter.model import Merge
from planwriter.plan.flow import Grid, flow
from planwriter.sheets.read import MAX_BYTES, read_workbook, shown_value
from planwriter.sheets.sheet import Sheet, SheetSource, SheetTable, cell_name, table_of
from planwriter.system.office import find_soffice
from tests.growth import soon
from tests.sheets.workbooks import HOSTILE, SMALL, book
from tests.support import outline, plan_file, render

HEADER = ("序号", "项目", "总投资", "完成率")


def sheet(*rows: tuple[str, ...], merges: tuple[Merge, ...] = (), **hidden: frozenset[int]) -> Sheet:
    return Sheet("表", rows, merges, source=SheetSource("表.xlsx", rows), **hidden)


def only(data: bytes, name: str = "表.xlsx") -> Sheet:
    read = read_workbook(data, name)
    assert read.findings == ()
    assert len(read.value) == 1
    return read.value[0]


def reason(data: bytes, name: str = "表.xlsx") -> str:
    """Why a file is refused."""
    read = read_workbook(data, name)
    assert read.value == ()
    assert [each.code for each in read.findings] == ["PW120"]
    return read.findings[0].message


# values


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (None, "General", ""),
        (12, "General", "12"),
        (0.1 + 0.2, "General", "0.3"),
        (96.5, "General", "96.5"),
        (96.5, "0.00", "96.50"),
        (0.95, "0%", "95%"),
        (0.955, "0.0%", "95.5%"),
        (0.955, "0.00%;[Red]-0.00%", "95.50%"),
        (1200.5, "#,##0.00", "1,200.50"),
        (1200, "#,##0", "1,200"),
        (2.5, "0", "3"),
        (1200, '0"万元"', "1200万元"),
        (12345678901, "General", "12345678901"),
        (100000000000000000, "0", "100000000000000000"),
        (1.5e-7, "General", "0.00000015"),
        (-3, "0_ ", "-3"),
        (0.0, "General", "0"),
        (1.5, "0.0E+00", "1.5E+00"),
        (3, '0"所"', "3所"),
        (12345678, '0!.0,"万元"', "1234.6万元"),
        (12, "000000", "000012"),
        (0, '0;-0;"—"', "—"),
        (True, "General", "是"),
        (date(2026, 3, 5), "yyyy-mm-dd", "2026年3月5日"),
        (date(2026, 3, 1), 'yyyy"年"m"月"', "2026年3月"),
        (46086, "m/d/yy", "2026年3月5日"),
        (46086, "mm-dd", "3月5日"),
        (46086.604166666664, "yyyy-mm-dd h:mm:ss", "2026年3月5日 14:30:00"),
        (46086.604166666664, "m月d日 h:mm", "3月5日 14:30"),
        (46086, '[$-804]yyyy"年"m"月"d"日";@', "2026年3月5日"),
        (46086, "aaaa", "星期四"),
        ("计财", '0;0;0;@"股"', "计财股"),
        ("计财", '"编号"@', "编号计财"),
        ("计财", "0.00", "计财"),
        ("  青山\n  小学 ", "General", "青山\n小学"),
        ("０９５", "@", "０９５"),
        (1.5, "0.000000000000000", "1.500000000000000"),
        (123456789012.25, "0." + "0" * 30, "123456789012.25" + "0" * 28),
    ],
)
def test_a_value_is_what_its_reader_sees(value: object, form: str, text: str) -> None:
    assert shown_value(value, form) == text


@given(st.decimals(-(10**6), 10**6, places=4))
def test_a_decimal_that_was_typed_comes_back(value: object) -> None:
    from decimal import Decimal

    typed = Decimal(str(value))
    assert Decimal(shown_value(float(typed), "General")) == typed


# workbooks of several makers


def by_openpyxl(path: Path) -> None:
    path.write_bytes(book(("项目", [list(HEADER), [1, "城东幼儿园", 1200.5, 0.5], [2, "云河中学", 800, 1]])))
    made = openpyxl.load_workbook(path)
    for row in (2, 3):
        made["项目"][f"D{row}"].number_format = "0%"
    made.save(path)


def by_xlsxwriter(path: Path) -> None:
    made = xlsxwriter.Workbook(str(path))
    page, percent = made.add_worksheet("项目"), made.add_format({"num_format": "0%"})
    page.write_row(0, 0, HEADER)
    page.write_row(1, 0, (1, "城东幼儿园", 1200.5))
    page.write_formula("D2", "=C2/2401", percent, 0.5)
    page.write_row(2, 0, (2, "云河中学", 800))
    page.write_number("D3", 1, percent)
    made.close()


def by_libreoffice(path: Path) -> None:
    office = find_soffice()
    assert office is not None
    (path.parent / "in").mkdir()
    source = path.parent / "in" / path.name
    by_openpyxl(source)
    profile = f"-env:UserInstallation=file://{path.parent}/profile"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        str(path.parent),
        str(source),
    ]
    done = subprocess.run(command, check=False, capture_output=True, timeout=120)
    if not path.exists():
        pytest.skip(f"LibreOffice without Calc: {done.stderr.decode()[-200:]}")


@pytest.mark.parametrize(
    "make", [by_openpyxl, by_xlsxwriter, pytest.param(by_libreoffice, marks=pytest.mark.libreoffice)]
)
def test_a_workbook_of_any_maker_reads_the_same(tmp_path: Path, make: object) -> None:
    assert callable(make)
    make(tmp_path / "表.xlsx")
    rows = only((tmp_path / "表.xlsx").read_bytes()).rows
    assert rows == (HEADER, ("1", "城东幼儿园", "1200.5", "50%"), ("2", "云河中学", "800", "100%"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_a_csv_reads_in_the_encodings_that_excel_and_wps_write(encoding: str, mark: str) -> None:
    data = f'序号{mark}项目{mark}备注\r\n1{mark}"城东{mark}幼儿园"\r\n'.encode(encoding)
    assert only(data, "表.csv").rows == (("序号", "项目", "备注"), ("1", f"城东{mark}幼儿园", ""))


def test_hidden_sheets_are_not_read_and_sheets_are_distinguished() -> None:
    data = book(("甲", [["一"]]), ("乙", [["二"]]), ("丙", [["三"]]))
    made = openpyxl.load_workbook(io.BytesIO(data))
    made["乙"].sheet_state = "hidden"
    stream = io.BytesIO()
    made.save(stream)
    read = read_workbook(stream.getvalue(), "表.xlsx").value
    assert [each.name for each in read] == ["甲", "丙"]
    assert [each.source.span(0, 0).pos.file for each in read] == ["表.xlsx（甲）", "表.xlsx（丙）"]


def test_a_formula_without_its_value_and_an_error_are_reported_by_cell() -> None:
    data = book(("项目", [["甲", "乙"], [1, "=A2*2"], ["#REF!", 3]]))
    read = read_workbook(data, "表.xlsx")
    assert [(each.code, each.pos.cell) for each in read.findings] == [("PW121", "B2"), ("PW121", "A3")]
    assert "公式" in read.findings[0].message and "#REF!" in read.findings[1].message


def test_a_cell_with_a_character_that_nobody_sees_is_reported() -> None:
    read = read_workbook(book(("项目", [["甲\u202e乙", "丙"]])), "表.xlsx")
    assert [(each.code, each.pos.cell) for each in read.findings] == [("PW121", "A1")]
    assert "U+202E" in read.findings[0].message
    read = read_workbook("甲,乙\x1b[31m\n".encode(), "表.csv")
    assert [(each.code, each.pos.cell) for each in read.findings] == [("PW121", "B1")]


@pytest.mark.parametrize(
    "form", ["yyyy-mm-dd", "h:mm", "[h]:mm", "m/d/yy h:mm", "mmm-yy", "0.00", "0%", "General", "@"]
)
@pytest.mark.parametrize("value", [0.25, 1, 59, 61, 45000, 45000.75, 45000.999999999, 2958465, 1234.5])
def test_a_number_in_any_format_is_what_openpyxl_makes_of_it(value: float, form: str) -> None:
    made = openpyxl.Workbook()
    cell = made.worksheets[0]["A1"]
    cell.value, cell.number_format = value, form
    stream = io.BytesIO()
    made.save(stream)
    theirs = openpyxl.load_workbook(io.BytesIO(stream.getvalue()), data_only=True).worksheets[0]["A1"].value
    assert only(stream.getvalue()).rows[0][0] == shown_value(theirs, form)


# the table in a sheet


def test_a_title_row_blank_rows_and_what_is_hidden_are_left_out() -> None:
    rows = (
        ("重点项目表", "", "", ""),
        ("", "", "", ""),
        ("序号", "项目", "内部", ""),
        ("1", "食堂", "密", ""),
        ("2", "宿舍", "密", ""),
    )
    made = table_of(
        sheet(*rows, merges=(Merge(0, 0, 1, 4),), hidden_columns=frozenset({2}), hidden_rows=frozenset({4}))
    )
    assert made == SheetTable("重点项目表", (("序号", "项目"), ("1", "食堂")), (), ((2, 3), (0, 1)))


def test_a_first_row_that_is_no_title_stays() -> None:
    rows = (("投资", "", "进度"), ("总额", "本年", ""), ("1", "2", "3"))
    made = table_of(sheet(*rows, merges=(Merge(0, 0, 1, 2),)))
    assert made.title == "" and made.rows == rows and made.merges == (Merge(0, 0, 1, 2),)


def test_a_merged_header_with_a_note_beside_it_is_no_title() -> None:
    rows = (("附注", "投资（万元）", ""), ("", "总额", "本年"), ("", "1", "2"))
    made = table_of(sheet(*rows, merges=(Merge(0, 1, 1, 2),)))
    assert made.title == "" and made.rows == rows and made.merges == (Merge(0, 1, 1, 2),)


def test_a_merged_cell_keeps_its_text_if_its_first_row_is_hidden() -> None:
    rows = (("片区", "学校"), ("城关", "一小"), ("", "二小"), ("", "三小"))
    made = table_of(sheet(*rows, merges=(Merge(1, 0, 3, 1),), hidden_rows=frozenset({1})))
    assert made.rows == (("片区", "学校"), ("城关", "二小"), ("", "三小"))
    assert made.merges == (Merge(1, 0, 2, 1),)


def test_overlapping_merges_of_a_damaged_file_give_one() -> None:
    made = table_of(sheet(("甲", "乙", "丙"), ("一", "二", "三"), merges=(Merge(0, 0, 2, 1), Merge(0, 0, 1, 2))))
    assert len(made.merges) == 1


TEXTS = st.lists(st.lists(st.sampled_from(["", "甲", "12", "两\n行"]), min_size=3, max_size=3), min_size=1, max_size=6)
MERGES = st.builds(Merge, st.integers(0, 4), st.integers(0, 2), st.integers(1, 3), st.integers(1, 3))


@given(TEXTS, st.lists(MERGES, max_size=3), st.frozensets(st.integers(0, 5)), st.frozensets(st.integers(0, 2)))
def test_no_visible_text_is_lost_and_merges_stay_inside(
    texts: list[list[str]], merges: list[Merge], rows: frozenset[int], columns: frozenset[int]
) -> None:
    inside = tuple(each for each in merges if each.row + each.rows <= len(texts) and each.column + each.columns <= 3)
    for each in inside:  # what a workbook holds below a merged cell is nothing
        for row in range(each.row, each.row + each.rows):
            for column in range(each.column, each.column + each.columns):
                if (row, column) != (each.row, each.column):
                    texts[row][column] = ""
    made = table_of(sheet(*map(tuple, texts), merges=inside, hidden_rows=rows, hidden_columns=columns))
    shown = [made.title, *(cell for row in made.rows for cell in row)]
    for at, typed in enumerate(texts):
        for column, cell in enumerate(typed):
            assert not cell or at in rows or column in columns or cell in shown
    taken = [
        (row, column)
        for each in made.merges
        for row in range(each.row, each.row + each.rows)
        for column in range(each.column, each.column + each.columns)
    ]
    assert len(taken) == len(set(taken))
    assert all(row < len(made.rows) and column < len(made.rows[0]) for row, column in taken)


@given(st.lists(st.lists(st.text("甲\t\n乙", max_size=3), min_size=2, max_size=2), min_size=1, max_size=5))
def test_every_cell_has_its_place(texts: list[list[str]]) -> None:
    source = SheetSource("表.xlsx", tuple(map(tuple, texts)))
    for at, row in enumerate(texts):
        for column, cell in enumerate(row):
            span = source.span(at, column)
            assert (span.pos.line, span.pos.column, span.pos.cell) == (at + 1, column + 1, cell_name(at, column))
            assert span.raw == cell.replace("\t", " ").replace("\n", " ")


@pytest.mark.parametrize(
    ("row", "column", "name"), [(0, 0, "A1"), (9, 25, "Z10"), (0, 26, "AA1"), (4, 701, "ZZ5"), (4, 702, "AAA5")]
)
def test_a_cell_is_named_as_in_the_program(row: int, column: int, name: str) -> None:
    assert cell_name(row, column) == name


# in an outline


def _grids(folder: Path, text: str) -> list[Grid]:
    path = folder / "提纲.yaml"
    path.write_text(text, "utf-8")
    made = plan_file(str(path))
    assert made.sound, made.findings
    assert made.document is not None
    return [item for item in flow(made.document) if isinstance(item, Grid)]


def test_an_attachment_and_a_block_take_their_table_from_a_workbook(tmp_path: Path) -> None:
    (tmp_path / "项目.xlsx").write_bytes(
        book(("甲", [["片区", "数"], ["城关", 2]]), ("乙", [["片区", "数"], ["城北", 3]]))
    )
    tasks = "重点任务:\n  - 章: 抓好项目\n    内容:\n      - 表: 项目.xlsx\n        工作表: 乙\n        题: 项目\n"
    grids = _grids(tmp_path, outline(tasks, extra="附件:\n  - {标题: 项目表, 表: 项目.xlsx}\n"))
    assert [each.rows for each in grids] == [(("片区", "数"), ("城北", "3")), (("片区", "数"), ("城关", "2"))]


def test_a_target_cited_in_a_cell_is_filled_in_and_a_slip_is_reported_by_cell(tmp_path: Path) -> None:
    (tmp_path / "项目.xlsx").write_bytes(
        book(("甲", [["事项", "数"], ["新建", "{{ 指标.新建园 }}"], ["改建", "{{ 指标.改建园 }}"]]))
    )
    path = tmp_path / "提纲.yaml"
    path.write_text(
        outline(extra="指标:\n  新建园: {数值: 12, 单位: 所}\n附件:\n  - {标题: 项目表, 表: 项目.xlsx}\n"), "utf-8"
    )
    made = plan_file(str(path))
    assert [(each.code, each.pos.file, each.pos.cell) for each in made.findings] == [("PW402", "项目.xlsx", "B3")]
    assert made.document is not None
    rows = [item.rows for item in flow(made.document) if isinstance(item, Grid)]
    assert rows[0][1] == ("新建", "12所")


@pytest.mark.parametrize(
    "name", ["/etc/项目.xlsx", "D:\\文件\\项目.xlsx", "file:///项目.xlsx", "没有.xlsx", "项目.docx"]
)
def test_a_workbook_that_cannot_be_had_is_reported_at_its_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / "提纲.yaml"
    path.write_text(outline(extra=f"附件:\n  - 标题: 项目表\n    表: '{name}'\n"), "utf-8")
    found = plan_file(str(path)).findings
    assert [(each.pos.line, each.pos.column) for each in found] == [(7, 8)]
    assert found[0].code == ("PW101" if name == "没有.xlsx" else "PW203")


def test_a_header_of_two_rows_repeats_whole_and_merged_cells_stay_merged(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    page = made.worksheets[0]
    rows: list[list[str | int | None]] = [["序号", "投资", None], [None, "总额", "本年"], [1, 20, 10], [None, 30, 15]]
    for row in rows:
        page.append(row)
    for area in ("A1:A2", "B1:C1", "A3:A4"):
        page.merge_cells(area)
    made.save(tmp_path / "项目.xlsx")
    (grid,) = _grids(tmp_path, outline(extra="附件:\n  - {标题: 项目表, 表: 项目.xlsx}\n"))
    assert grid.heads == 2
    plan = plan_file(str(tmp_path / "提纲.yaml"))
    assert plan.document is not None
    data = render(plan.document, "docx").value
    assert data is not None
    xml = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    assert xml.count("<w:tblHeader/>") == 2
    assert xml.count('<w:gridSpan w:val="2"/>') == 1
    assert (xml.count('<w:vMerge w:val="restart"/>'), xml.count("<w:vMerge/>")) == (2, 2)
    html = render(plan.document, "html").value
    assert html is not None
    assert (
        'rowspan="2"' in html.decode()
        and 'colspan="2"' in html.decode()
        and html.decode().count("<th") - html.decode().count("<thead") == 4
    )


# what is refused


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_hostile_or_broken_is_refused_and_soon(name: str) -> None:
    data, word = HOSTILE[name]
    with soon():
        assert word in reason(data)


def test_a_workbook_longer_than_the_limit_is_not_read_to_its_end(tmp_path: Path) -> None:
    with (tmp_path / "项目.xlsx").open("wb") as file:
        file.truncate(MAX_BYTES * 100)
    (tmp_path / "提纲.yaml").write_text(outline(extra="附件:\n  - {标题: 项目表, 表: 项目.xlsx}\n"), "utf-8")
    assert [each.code for each in plan_file(str(tmp_path / "提纲.yaml")).findings] == ["PW120"]


@given(st.integers(0, len(SMALL) - 1), st.integers(0, 255))
def test_a_damaged_byte_never_ends_in_a_traceback(at: int, byte: int) -> None:
    read_workbook(SMALL[:at] + bytes([byte]) + SMALL[at + 1 :], "表.xlsx")


@given(st.binary(max_size=200))
def test_any_bytes_are_a_csv_or_a_finding(data: bytes) -> None:
    read_workbook(data, "表.csv")
