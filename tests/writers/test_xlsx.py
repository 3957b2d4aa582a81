"""The workbook: figures and texts of the document, numbers as numbers, texts that stay texts, the same bytes every time."""

from __future__ import annotations

import html
import io
import re
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from click.testing import CliRunner
from docx.table import Table as DocxTable
from hypothesis import given
from hypothesis import strategies as st

from planwriter.cli.group import cli
from planwriter.model import Attachment, Document, Merge, Table
from planwriter.plan.tables import target_table, task_table
from planwriter.sheets.read import read_workbook
from planwriter.sheets.sheet import table_of
from planwriter.start.records import replace
from planwriter.system.office import find_soffice
from planwriter.system.zip_write import pack
from planwriter.writers.docx.package import is_untouched, unpack
from planwriter.writers.docx.write import render_docx
from planwriter.writers.text import render_text
from planwriter.writers.xlsx import MAX_TEXT, render_xlsx, sheet_names
from tests.documents import document, table, text
from tests.support import EXAMPLES, outline, plan_file
from tests.support import document as composed
from tests.wordml import stored
from tests.writers.workbooks import sheets

TARGETS = """\
指标:
  覆盖率: {名称: 普惠性幼儿园覆盖率, 数值: 96.50, 单位: "%", 界限: 不低于, 基期: {年份: 2025, 数值: 93}, 责任单位: 学前教育股}
  新建园: {名称: 新建公办幼儿园, 数值: 3, 单位: 所, 责任单位: 计财股}
"""
TASKS = """\
重点任务:
  - 章: 办好学前教育
    内容:
      - 条: 扩大资源
        文: 新建公办幼儿园{{ 指标.新建园 }}，普惠性幼儿园覆盖率{{ 指标.覆盖率 }}。
        责任单位: 学前教育股
      - 表: [[项目, 数量], [新建, "{{ 指标.新建园 }}"], [覆盖率, "{{ 指标.覆盖率.值 }}"]]
        题: 项目安排
"""
TABLES = "附件: [指标表, 任务分解表, {标题: 进度表, 表: [[年, 数], ['2026', '96.50%']]}]\n"
PLAN = outline(TASKS, extra=TARGETS + TABLES)


def workbook(made: Document) -> bytes:
    data = render_xlsx(made, stored().layout).value
    assert data is not None
    return data


def cells(data: bytes) -> dict[tuple[str, str], Any]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        (sheet.title, cell.coordinate): cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row
    }


def docx_tables(made: Document) -> Iterator[tuple[tuple[str, ...], ...]]:
    layout, base = stored()
    for item in docx.Document(io.BytesIO(render_docx(made, layout, base))).iter_inner_content():
        if isinstance(item, DocxTable):
            yield tuple(tuple(cell.text for cell in row.cells) for row in item.rows)


def test_every_table_of_the_document_is_a_sheet_and_says_what_the_word_table_and_the_text_say() -> None:
    made = composed(PLAN)
    found = sheets(workbook(made))
    assert list(found) == ["指标表", "任务分解表", "项目安排", "进度表"]
    assert sorted(found.values()) == sorted(docx_tables(made))
    lines = render_text(made).splitlines()
    assert all("\t".join(row) in lines for rows in found.values() for row in rows)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_tables_of_the_outline_are_there_without_being_attached(path: Path) -> None:
    made = plan_file(str(path)).document
    assert made is not None and not made.attachments
    data = workbook(made)
    found = sheets(data)
    attached = composed_with_tables(made)
    assert [found["指标表"], found["任务分解表"]] == list(docx_tables(attached))
    assert data == workbook(made) and is_untouched(data)


def composed_with_tables(made: Document) -> Document:
    tables = (target_table(made.targets), task_table(made.parts))
    return replace(made, parts=(replace(made.parts[0], blocks=tables),), frame=None)


def test_changing_a_target_changes_the_cells_that_cite_it_and_no_other() -> None:
    before, after = (cells(workbook(composed(text))) for text in (PLAN, PLAN.replace("数值: 3,", "数值: 5,")))
    assert before.keys() == after.keys()
    changed = {at: after[at].value for at in before if before[at].value != after[at].value}
    assert changed == {
        ("指标表", "E4"): 5,
        ("任务分解表", "C3"): "扩大资源。新建公办幼儿园5所，普惠性幼儿园覆盖率不低于96.50%。",
        ("项目安排", "B3"): "5所",
    }
    assert all(before[at].number_format == after[at].number_format for at in before)


@pytest.mark.parametrize(
    ("typed", "value", "form"),
    [
        ("12", 12, "0"),
        ("96.50", 96.5, "0.00"),
        ("-3.2", -3.2, "0.0"),
        ("1,200.50", 1200.5, "#,##0.00"),
        ("96.50%", 0.965, "0.00%"),
        ("0", 0, "0"),
        *(
            (typed, typed, "General")
            for typed in ("007", "≥95", "12所", "1.", "1,20", "2026年", "4401021990010112345", "１２")
        ),
    ],
)
def test_a_number_is_a_number_that_looks_as_it_was_typed(typed: str, value: object, form: str) -> None:
    data = workbook(document(table(("项目", "数"), ("甲", typed), caption="表")))
    cell = cells(data)["表", "B3"]
    assert (cell.value, cell.number_format) == (value, form)
    assert sheets(data)["表"][1] == ("甲", typed)


@pytest.mark.parametrize(
    "typed", ["=1+1", '=HYPERLINK("http://example.org")', "+86", "-甲", "@SUM(A1)", "#N/A", "2026-03-05", "TRUE"]
)
def test_a_text_never_becomes_a_formula(typed: str) -> None:
    data = workbook(document(table(("项目", typed), ("甲", typed), caption=typed)))
    assert [sheet.title for sheet in openpyxl.load_workbook(io.BytesIO(data)).worksheets]
    for cell in cells(data).values():
        assert cell.data_type in ("s", "inlineStr", "n") and cell.value in (None, typed, "项目", "甲")
        assert cell.value != typed or cell.quotePrefix == (typed[0] in "=+-@")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


@given(st.lists(st.text(max_size=40), max_size=8))
def test_sheets_have_names_that_a_workbook_takes(titles: list[str]) -> None:
    names = sheet_names(titles)
    assert len({name.casefold() for name in names}) == len(titles)
    for name in names:
        assert 0 < len(name.encode("utf-16-le", "surrogatepass")) // 2 <= 31
        assert not re.search(r"[\[\]:*?/\\]", name) and name == name.strip("'") and name.casefold() != "history"


def test_a_name_that_is_taken_gets_a_number() -> None:
    assert sheet_names(["进度表", "进度表", "甲/乙：丙?", "长" * 40, "长" * 40, ""]) == [
        "进度表",
        "进度表（2）",
        "甲／乙：丙？",
        "长" * 31,
        "长" * 28 + "（2）",
        "表",
    ]


def test_a_page_is_one_wide_with_its_header_on_every_page_and_merged_cells_merged() -> None:
    rows = tuple(tuple(map(text, row)) for row in (("项目", "数量", ""), ("", "计划", "完成"), ("甲", "1", "2")))
    made = document(Table(rows=rows, merges=(Merge(0, 0, 2, 1), Merge(0, 1, 1, 2)), caption=text("进度")))
    data = workbook(made)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert {str(each) for each in sheet.merged_cells.ranges} == {"A1:C1", "A2:A3", "B2:C2"}
    assert sheet.freeze_panes == "A4" and sheet.print_title_rows == "$2:$3"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight, sheet.page_setup.paperSize) == (1, 0, 9)
    assert sheet.page_setup.orientation == "portrait"
    assert (
        sheet["B4"].border.left.style == "thin"
        and sheet["A4"].font.name == "仿宋_GB2312"
        and sheet["A2"].font.name == "黑体"
    )
    (read,) = read_workbook(data, "表.xlsx").value
    assert table_of(read).title == "进度" and table_of(read).merges == (Merge(0, 0, 2, 1), Merge(0, 1, 1, 2))


def test_a_wide_table_lies_across_and_a_long_cell_gets_the_height_it_needs() -> None:
    made = document(
        table(tuple("指标名称列" + str(at) for at in range(10)), ("很长的一段文字" * 9, *"123456789"), caption="宽表")
    )
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(made))).worksheets[0]
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.row_dimensions[3].height or 0) > 60


def test_what_a_workbook_cannot_hold_is_reported() -> None:
    for made in (document(), document(table(("甲", "乙"), ("字" * (MAX_TEXT + 1), "")))):
        result = render_xlsx(made, stored().layout)
        assert result.value is None and [each.code for each in result.findings] == ["PW452"]


def test_an_attachment_of_several_tables_gives_each_a_sheet() -> None:
    own = Attachment(title=text("安排"), blocks=(table(("甲", "乙"), ("1", "2")), table(("丙",), ("3",))))
    assert list(sheets(workbook(replace(document(), attachments=(own,))))) == ["安排", "安排（2）"]


def test_a_workbook_changed_by_hand_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("要点.yaml").write_text(PLAN, "utf-8")
    arguments = ["render", "要点.yaml", "--to", "xlsx"]
    assert CliRunner().invoke(cli, arguments).exit_code == 0
    Path("要点.yaml").write_text(PLAN.replace("数值: 3,", "数值: 5,"), "utf-8")
    assert CliRunner().invoke(cli, arguments).exit_code == 0, "an untouched one is made again"
    parts = {name: entry.data for name, entry in unpack(Path("要点.xlsx").read_bytes())}
    edited = pack({name: data.replace(b"<v>5</v>", b"<v>9</v>") for name, data in parts.items()})
    Path("要点.xlsx").write_bytes(edited)
    refused = CliRunner().invoke(cli, arguments)
    assert refused.exit_code != 0 and "在 Excel 或 WPS 里改动过" in refused.output
    assert CliRunner().invoke(cli, [*arguments, "--force"]).exit_code == 0
    assert CliRunner().invoke(cli, [*arguments, "-o", "要点.docx"]).exit_code == 2


def figures(path: Path) -> dict[str, str]:
    """The goals of a workbook's targets by their names."""
    rows = sheets(path.read_bytes())["指标表"]
    return {row[1]: row[rows[0].index("目标值")] for row in rows[1:]}


def test_each_row_gives_a_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("要点.yaml").write_text(PLAN, "utf-8")
    Path("园.csv").write_text("名称,指标.新建园\n东园,4\n西园,6\n", "utf-8")
    result = CliRunner().invoke(cli, ["render", "要点.yaml", "--to", "xlsx", "--each", "园.csv", "-o", "各园/"])
    assert result.exit_code == 0, result.output
    made = {path.name: figures(path)["新建公办幼儿园"] for path in Path("各园").glob("*.xlsx")}
    assert made == {"要点-东园.xlsx": "4", "要点-西园.xlsx": "6"}


@pytest.mark.libreoffice
def test_libreoffice_opens_it_and_shows_the_same(tmp_path: Path) -> None:
    made = composed(PLAN)
    data = workbook(made)
    (tmp_path / "表.xlsx").write_bytes(data)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    office = find_soffice()
    assert office is not None
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "html",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "表.xlsx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    page = (tmp_path / "表.html").read_text("utf-8")
    shown = [html.unescape(re.sub("<[^>]*>|\\s", "", cell)) for cell in re.findall(r"<td[^>]*>(.*?)</td>", page, re.S)]
    expected = [text for name, rows in sheets(data).items() for text in (name, *(cell for row in rows for cell in row))]
    assert [cell for cell in shown if cell] == [cell for cell in expected if cell]
