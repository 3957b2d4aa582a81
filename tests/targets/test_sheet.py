"""Targets in sheets of any program: one row per target, read as a reader sees it, or refused with the cell."""

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter.findings.finding import Finding, Result
from planwriter.model import Target
from planwriter.outline.targets import read_targets
from planwriter.sheets.read import read_workbook
from planwriter.source.edit import plain
from planwriter.source.load import load_tree
from planwriter.source.nodes import Mapping
from planwriter.targets.form import export_csv, export_xlsx
from planwriter.targets.heads import path_of
from planwriter.targets.sheet import cells_of, choose_sheet, targets_in
from tests.sheets.workbooks import HOSTILE, SMALL
from tests.support import outline, plan_file, render
from tests.targets.makers import MAKERS, TEXT

WANTED = {
    "覆盖率": {
        "名称": "普惠园覆盖率",
        "单位": "%",
        "界限": "不低于",
        "基期": {"年份": "2025", "数值": "91.5"},
        "分年": {"2026": "94.0", "2027": "96.5"},
        "数值": "96.50",
        "责任单位": ["学前股", "计财股"],
    },
    "新建园": {"单位": "所", "分年": {"2026": "1200", "2027": "1300"}, "数值": "1300", "责任单位": "计财股"},
}


def read(data: bytes, name: str = "指标.xlsx") -> tuple[object, list[Finding]]:
    """The mapping of a sheet as plain values, and what is wrong with it."""
    sheets = read_workbook(data, name)
    sheet = choose_sheet(sheets.value)
    made = targets_in(sheet) if sheet else Result(None)
    return plain(made.value.mapping) if made.value else None, [*sheets.findings, *made.findings]


def book(*rows: list[object], merges: tuple[str, ...] = ()) -> bytes:
    made = openpyxl.Workbook()
    for row in rows:
        made.worksheets[0].append(row)
    for area in merges:
        made.worksheets[0].merge_cells(area)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_a_workbook_of_any_maker_holds_the_same_targets(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "指标.xlsx")
    assert read((tmp_path / "指标.xlsx").read_bytes()) == (WANTED, [])
    (tmp_path / "提纲.yaml").write_text(outline(TEXT, extra="指标: 指标.xlsx\n"), "utf-8")
    made = plan_file(str(tmp_path / "提纲.yaml"))
    assert {each.code for each in made.findings} == {"PW411"}, made.findings  # its years go beyond the plan's
    assert made.document is not None
    assert render(made.document, "text").value is not None
    assert "新建1300所，覆盖率不低于96.50%。" in (render(made.document, "text").value or b"").decode()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_csv_holds_targets_too(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "指标.csv").write_bytes("名称,数值,单位\r\n新建园,12,所\r\n覆盖率,95%,\r\n".encode(encoding))
    for named in ("指标.csv", "{文件: 指标.csv}"):
        (tmp_path / "提纲.yaml").write_text(outline(TEXT, extra=f"指标: {named}\n"), "utf-8")
        made = plan_file(str(tmp_path / "提纲.yaml"))
        assert made.findings == () and made.document is not None


def test_the_sheet_of_a_name_is_taken(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    for name, value in (("说明", None), ("一稿", 3), ("二稿", 4)):
        sheet = made.create_sheet(name)
        for row in (["指标", "数值"], ["新建园", value], ["覆盖率", "95%"]) if value else (["填表说明"],):
            sheet.append(row)
    made.save(tmp_path / "指标.xlsx")
    for named, figure in (("指标.xlsx", 3), ("{文件: 指标.xlsx, 工作表: 二稿}", 4)):
        (tmp_path / "提纲.yaml").write_text(outline(TEXT, extra=f"指标: {named}\n"), "utf-8")
        plan = plan_file(str(tmp_path / "提纲.yaml"))
        assert plan.findings == () and plan.outline is not None
        assert [str(each.value.value) for each in plan.outline.targets if each.value] == [str(figure), "95"]


def test_a_workbook_that_cannot_be_read_is_one_finding(tmp_path: Path) -> None:
    for named in ("没有.xlsx", "{文件: 没有.xlsx}", "指标.docx"):
        (tmp_path / "提纲.yaml").write_text(outline(TEXT, extra=f"指标: {named}\n"), "utf-8")
        assert [each.code for each in plan_file(str(tmp_path / "提纲.yaml")).findings] == [
            "PW203" if "docx" in named else "PW101"
        ]


def test_titles_notes_groups_blank_rows_and_merged_cells_are_understood() -> None:
    data = book(
        ["2026年主要指标", None, None, None, None, None],
        [],
        ["指标", "单位", "基期", None, "分年目标", None],
        [None, None, "年份", "数值", "2026年", "２０２７年度"],
        ["一、学前教育", None, None, None, None, None],
        ["覆盖率", "%", "2025年", 91, "94%", "95％"],
        [],
        ["入园率", None, 2025, 90, 92, "96.50"],
        ["注：由各股填报", None, None, None, None, None],
        merges=("A1:F1", "A3:A4", "B3:B4", "C3:D3", "E3:F3", "A5:F5", "B6:B8"),
    )
    steps = {"2026": "94", "2027": "95"}
    first = {"单位": "%", "基期": {"年份": "2025", "数值": "91"}, "分年": steps}
    second = {"单位": "%", "基期": {"年份": "2025", "数值": "90"}, "分年": {"2026": "92", "2027": "96.50"}}
    assert read(data) == ({"覆盖率": first, "入园率": second}, [])


@pytest.mark.parametrize(
    ("rows", "merges", "code", "cell"),
    [
        ([["项", "额"], ["甲", 1]], (), "PW420", "A1"),
        ([["名称", "数值", "2026年", "2026"], ["甲", 1, 1, 1]], (), "PW420", "D1"),
        ([["名称", "数值", "责任单位"], ["", 3, "甲股"]], (), "PW420", "B2"),
        ([["名称", "数值", "单价"], ["甲", 1, 2]], (), "PW421", "C1"),
        ([["名称", "数值", "单位"], ["甲", 3, "所"], ["乙", None, "所"]], ("B2:B3",), "PW422", "B2"),
        ([["名称", "数值", "2026年"], ["甲", 3, None]], ("B2:C2",), "PW422", "B2"),
        ([["名称", "数值"], ["甲", 3], ["甲", 4]], (), "PW109", "A3"),
        ([["名称", "数值"], ["甲", "#DIV/0!"]], (), "PW121", "B2"),
    ],
)
def test_what_is_ambiguous_is_refused_by_cell(
    rows: list[list[object]], merges: tuple[str, ...], code: str, cell: str
) -> None:
    found = read(book(*rows, merges=merges))[1]
    assert [(each.code, each.pos.cell) for each in found] == [(code, cell)]


@pytest.mark.parametrize(
    ("head", "value", "code", "cell"),
    [
        ("数值", "三", "PW410", "C2"),
        ("数值", "1,20", "PW410", "C2"),
        ("界限", "至少", "PW204", "C2"),
        ("2026年", "94‰", "PW414", "C2"),
        ("2029年", "95", "PW411", "C2"),
    ],
)
def test_what_is_wrong_with_a_value_is_reported_at_its_cell(
    tmp_path: Path, head: str, value: object, code: str, cell: str
) -> None:
    rows: list[list[object]] = [
        ["名称", "单位", head, "目标值" if head != "数值" else "备注"],
        ["新建园", "%", value, 95],
        ["覆盖率", "%", "" if head == "界限" else 95, 95],
    ]
    (tmp_path / "指标.xlsx").write_bytes(book(*rows))
    (tmp_path / "提纲.yaml").write_text(outline(TEXT, extra="指标: 指标.xlsx\n"), "utf-8")
    found = plan_file(str(tmp_path / "提纲.yaml")).findings
    assert (code, "指标.xlsx", cell) in [(each.code, each.pos.file, each.pos.cell) for each in found]


@pytest.mark.parametrize(
    ("head", "path"),
    [
        (" 指标 名称", ("名称",)),
        ("２０２６年", ("分年", "2026")),
        ("2026年目标值", ("分年", "2026")),
        ("2025年基期", ("基期", "数值", "2025")),
        ("单价", None),
        ("20260年", None),
    ],
)
def test_headers_are_known_by_several_names(head: str, path: object) -> None:
    assert path_of(head) == path


# hostile workbooks in bounds of memory and time

BOMBS = {"50 MB": None, "a bomb": None, "many cells": None, "a far cell": None}
CHILD = """
import resource, sys
import planwriter.sheets.read
resource.setrlimit(resource.RLIMIT_AS, (300 * 2**20,) * 2)
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
from planwriter.app import plans
from planwriter.app.session import Session
found = plans.plan_file(Session(), sys.argv[1]).findings
print(found[0].code, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def full_of(tag: bytes) -> bytes:
    """A workbook whose sheet unpacks to what is allowed, of nothing but one tag."""
    from tests.sheets.workbooks import SHEET, rezipped

    return rezipped(
        SMALL, SHEET, b"<worksheet><sheetData>" + tag * (47 * 2**20 // len(tag)) + b"</sheetData></worksheet>"
    )


@pytest.mark.skipif(sys.platform != "linux", reason="limits of a process")
@pytest.mark.parametrize("name", [*BOMBS, "cells", "tags"])
def test_a_hostile_workbook_is_refused_soon_and_in_300_megabytes(tmp_path: Path, name: str) -> None:
    data = {"cells": lambda: full_of(b"<c/>"), "tags": lambda: full_of(b"<a/>")}.get(name, lambda: HOSTILE[name][0])()
    (tmp_path / "指标.xlsx").write_bytes(data)
    (tmp_path / "提纲.yaml").write_text(outline(TEXT, extra="指标: 指标.xlsx\n"), "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(tmp_path / "提纲.yaml")], capture_output=True, text=True, check=False
    )
    assert done.stdout.startswith("PW120 "), done.stderr[-500:]


# there and back

NAME = st.text(st.characters(categories=("L", "N"), max_codepoint=0x9FFF), min_size=1, max_size=6)
WORDS = st.text(st.sampled_from("甲乙 a1=+-@'\"，。：（）%#&<>\\"), min_size=1, max_size=8).filter(
    lambda text: text == text.strip()
)
UNITS = st.lists(st.text(st.sampled_from("甲乙股=@'室"), min_size=1, max_size=4), min_size=1, max_size=3)
FIGURES = st.builds(
    lambda whole, rest: f"{whole}{rest}",
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.sampled_from(["", ".0", ".50", ".125", ".1234567891"]),
)
YEARS = st.dictionaries(st.integers(2020, 2032).map(str), FIGURES, min_size=1, max_size=4)
PARTS: dict[str, st.SearchStrategy[object]] = {
    "名称": WORDS,
    "单位": st.sampled_from(["%", "所", "万人", "=x"]),
    "界限": st.sampled_from(["不低于", "新增"]),
    "性质": st.just("约束性"),
    "分年": YEARS,
    "基期": st.fixed_dictionaries({"年份": st.integers(2000, 2030).map(str), "数值": FIGURES}),
    "责任单位": UNITS,
    "配合单位": UNITS,
    "时限": WORDS,
    "依据": st.lists(WORDS, min_size=1, max_size=3),
    "公式": WORDS,
    "备注": WORDS,
}
TARGETS = st.dictionaries(NAME, st.fixed_dictionaries({"数值": FIGURES}, optional=PARTS), min_size=1, max_size=4)


def tree_of(value: dict[str, dict[str, object]]) -> Mapping:
    import json

    tree = load_tree(json.dumps({"指标": value}, ensure_ascii=False).encode(), "提纲.yaml").value
    assert tree is not None and isinstance(tree.entries["指标"], Mapping)
    return tree.entries["指标"]


def typed(mapping: Mapping) -> tuple[Target, ...]:
    return read_targets(mapping).value


@given(TARGETS)
def test_what_is_exported_and_read_again_is_the_same(value: dict[str, dict[str, object]]) -> None:
    mapping = tree_of(value)
    for name, data in (("指标.xlsx", export_xlsx(mapping)), ("指标.csv", export_csv(mapping))):
        sheet = choose_sheet(read_workbook(data, name).value)
        assert sheet is not None
        made = targets_in(sheet)
        assert made.value is not None and not made.findings
        assert typed(made.value.mapping) == typed(mapping)
        assert {key: cells_of(node) for key, node in made.value.mapping.entries.items()} == {
            key: cells_of(node) for key, node in mapping.entries.items()
        }


def test_an_export_is_the_same_bytes_at_any_time_and_no_text_is_a_formula() -> None:
    mapping = tree_of({"甲": {"数值": "96.50", "单位": "%", "备注": "=HYPERLINK(1)", "时限": "@x"}})
    first = export_xlsx(mapping, (2026, 2027))
    import time

    time.sleep(2.1)  # a zip entry's time has steps of two seconds
    assert export_xlsx(mapping, (2026, 2027)) == first
    sheet = openpyxl.load_workbook(io.BytesIO(first))["指标"]
    cells = {str(head.value): cell for head, cell in zip(sheet[1], sheet[2], strict=True)}
    assert (cells["数值"].value, cells["数值"].number_format, cells["数值"].data_type) == (96.5, "0.00", "n")
    assert (cells["备注"].data_type, cells["时限"].data_type) == ("s", "s")
    assert sheet.freeze_panes == "C2" and len(sheet.data_validations.dataValidation) == 2 and "2027年" in cells
    assert ",'@x,,,'=HYPERLINK(1)\r\n" in export_csv(mapping).decode("utf-8-sig")
    assert export_csv(mapping, gb18030=True).decode("gb18030") == export_csv(mapping).decode("utf-8-sig")


@given(
    st.lists(
        st.lists(
            st.sampled_from(["", "名称", "数值", "2026年", "基期", "甲", "12", "95%", "=1"]), min_size=3, max_size=3
        ),
        min_size=1,
        max_size=5,
    )
)
def test_any_sheet_is_targets_or_findings(rows: list[list[str]]) -> None:
    read("\r\n".join(",".join(row) for row in rows).encode(), "指标.csv")
