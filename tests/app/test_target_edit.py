"""Targets as data: a figure is changed in the place where it is typed, and is then right everywhere."""

import io
import json
import os
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from planwriter import cli
from planwriter.app.session import Session
from planwriter.app.target_edit import set_values, write_edit
from planwriter.app.target_list import open_targets
from planwriter.plan.changed import changed_sentences
from tests.support import document, lines, outline, plan_file, render
from tests.targets.makers import MAKERS, TEXT

FIVE = """\
文种: 工作要点
单位: 青山县教育局   # 发文单位
地区: 青山县
年度: 2026
责任标注: 附表
库: 县库

指标:
  # 各股报来的数
  新建园:   {名称: 新建幼儿园,   数值: 12, 单位: 所,   责任单位: 计财股}   # 12 月底前
  覆盖率:   {数值: 95,  单位: "%"}
附件: [指标表, 任务分解表]
总体要求: 今年新建幼儿园{{ 指标.新建园 }}，努力办好教育。
重点任务:
  - 章: 办好学前教育
    内容:
      - 条: 建设幼儿园
        文: 全年新建{{ 指标.新建园 }}，年底全部开园。覆盖率达到{{ 指标.覆盖率 }}。
      - 用: 学前/建园
        参数: {数量: '{{ 指标.新建园.数 }}'}
        责任单位: 计财股
      - 条: 管好12个网点
        文: 规范办园。
保障措施:
  - 章: 强化保障
    内容:
      - 条: 加强领导
        文: 落实责任。
"""


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """Exit code and everything that is shown."""
    with pytest.raises(SystemExit) as stop:
        cli.main(["targets", *arguments])
    shown = capsys.readouterr()
    return int(stop.value.code or 0), shown.out + shown.err


@pytest.fixture
def five(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An outline in which one target is cited in five places."""
    monkeypatch.chdir(tmp_path)
    Path("县库").mkdir()
    Path("县库/library.yaml").write_text("名称: 县库\n版本: 1.0.0\n", "utf-8")
    clause = "- 条款: 学前/建园\n  条: 建设进度\n  文: 按进度建好{{ 参数.数量 }}所幼儿园。其余照旧。\n  参数: {数量: {类型: 整数}}\n"
    Path("县库/学前.yaml").write_text(clause, "utf-8")
    Path("要点.yaml").write_bytes(FIVE.encode())
    return tmp_path / "要点.yaml"


def _paragraphs(path: Path) -> list[bytes]:
    made = plan_file(str(path))
    assert made.sound and made.document is not None, made.findings
    xml = zipfile.ZipFile(io.BytesIO(render(made.document, "docx").value or b"")).read("word/document.xml")
    return re.findall(rb"<w:p[ >].*?</w:p>", xml, re.S)


def _text(path: Path) -> list[str]:
    made = plan_file(str(path)).document
    assert made is not None
    return (render(made, "text").value or b"").decode().splitlines()


def test_one_target_changes_where_it_is_cited_and_nothing_else(five: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, text = _paragraphs(five), _text(five)
    code, shown = run(capsys, "set", "要点.yaml", "新建幼儿园", "数值=14")
    assert code == 0
    assert five.read_bytes() == FIVE.replace("数值: 12,", "数值: 14,").encode()
    after = _paragraphs(five)
    pairs = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert len(pairs) == 5  # the lead, the text, the clause, the cell of 指标表, the row of the clause in 任务分解表
    assert all(re.sub(rb"\b12(?=\xe6|<)", b"14", old) == new for old, new in pairs)
    new_text = _text(five)
    changed = [(old, new) for old, new in zip(text, new_text, strict=True) if old != new]
    assert len(changed) == 5 and all(old.replace("12", "14") == new for old, new in changed)
    assert "新建园　数值：12 → 14\n文中变了 5 处：\n" in shown
    assert (
        "  1.建设幼儿园（要点.yaml:18:12）\n    － 全年新建12所，年底全部开园。\n    ＋ 全年新建14所，年底全部开园。\n"
        in shown
    )
    assert shown.endswith("已写进 要点.yaml。\n")


@pytest.mark.parametrize("form", ["utf-8-sig", "crlf"])
def test_line_ends_and_mark_stay(five: Path, capsys: pytest.CaptureFixture[str], form: str) -> None:
    text = FIVE.replace("\n", "\r\n") if form == "crlf" else FIVE
    five.write_bytes(text.encode("utf-8" if form == "crlf" else form))
    before = five.read_bytes()
    assert run(capsys, "set", "要点.yaml", "覆盖率", "数值=９６.５")[0] == 0
    assert five.read_bytes() == before.replace("数值: 95".encode(), "数值: 96.5".encode())


@pytest.mark.parametrize(
    "assignment", ["数值=很多", "界限=至少", "公式=没有的 + 1", "分年.2026=x", "名称=覆盖率", "基期.数值=9"]
)
def test_a_value_that_makes_the_outline_unreadable_is_not_written(
    five: Path, capsys: pytest.CaptureFixture[str], assignment: str
) -> None:
    code, shown = run(capsys, "set", "要点.yaml", "新建园", assignment)
    assert code == 1 and "PW424" in shown
    assert five.read_bytes() == FIVE.encode() and sorted(os.listdir()) == ["县库", "要点.yaml"]


def test_new_findings_are_reported_after_the_change(five: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "set", "要点.yaml", "新建园", "分年.2026=12")[0] == 0
    code, shown = run(capsys, "set", "要点.yaml", "新建园", "数值=13")
    assert (
        code == 0
        and "改了以后新出的问题" in shown
        and "PW404" in shown
        and "分年: {2026: 12}" in five.read_text("utf-8")
    )


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("新建院", "数值=1"), "新建园"),
        (("新建园", "数=1"), "数值"),
        (("新建园", "数值"), "项=值"),
        (("新建园", "数值=1", "数值=2"), "两次"),
        (("新建园", "2028=5"), "是不是“分年.2028”？"),
        (("新建园", "2028年=5"), "是不是“分年.2028”？"),
    ],
)
def test_a_slip_in_the_command_is_reported(
    five: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], word: str
) -> None:
    code, shown = run(capsys, "set", "要点.yaml", *arguments)
    assert code in (1, 2) and word in shown and five.read_bytes() == FIVE.encode()


def test_setting_what_is_there_already_writes_nothing(five: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "没有改" in run(capsys, "set", "要点.yaml", "新建园", "数值=12")[1]


@pytest.mark.parametrize(
    ("before", "arguments", "after"),
    [
        ("新建园: 12", ("数值=13",), "新建园: 13"),
        ("新建园: 95%", ("数值=96",), "新建园: 96%"),
        ("新建园: 95%  # 注", ("单位=‰", "数值=9"), "新建园: 9‰  # 注"),
        ("新建园: 12", ("单位=所",), "新建园: {数值: 12, 单位: 所}"),
        ("新建园: {数值: 95%}", ("数值=96",), "新建园: {数值: 96%}"),
        ("新建园: {数值: 95%}", ("数值=96", "单位=所"), "新建园: {数值: 96所}"),
        ("新建园: {数值: 3, 责任单位: [甲股, 乙股]}", ("责任单位=丙股",), "新建园: {数值: 3, 责任单位: [丙股]}"),
        ("新建园: {数值: 3}", ("责任单位=丙股、丁股",), "新建园: {数值: 3, 责任单位: [丙股, 丁股]}"),
        ("新建园: {数值: 3, 分年: {2026年: 3}}", ("分年.2026=4", "数值=4"), "新建园: {数值: 4, 分年: {2026年: 4}}"),
        ("新建园: {数值: 1.2万, 单位: 人次}", ("数值=1.5万",), "新建园: {数值: 1.5万, 单位: 人次}"),
        ("新建园: {数值: 5000万元}", ("数值=7000",), "新建园: {数值: 7000万元}"),
        ("新建园: {数值: 5000万元}", ("数值=0.6亿",), "新建园: {数值: 0.6亿元}"),
        ("新建园: {数值: ≥96%}", ("数值=97",), "新建园: {数值: 不低于97%}"),
        ("新建园: {数值: ≥96%}", ("数值=98%以上",), "新建园: {数值: 98%以上}"),
        ("新建园: {数值: ≥96%}", ("界限=不超过",), "新建园: {数值: 不超过96%}"),
        ("新建园: {数值: 96, 界限: 不低于}", ("数值=97",), "新建园: {数值: 97, 界限: 不低于}"),
        ("新建园: {数值: 800, 单位: 个}", ("数值=约１，２００",), "新建园: {数值: 约1200, 单位: 个}"),
        ("新建园: 300余人", ("数值=400余",), "新建园: 400余人"),
        ("新建园: {分年: {2026: 3所}}", ("分年.2026=5",), "新建园: {分年: {2026: 5所}}"),
        (
            "新建园: {单位: 人, 分年: {2026: ≥1.2万}}",
            ("分年.2026=1.5万",),
            "新建园: {单位: 人, 分年: {2026: 不低于1.5万}}",
        ),
    ],
)
def test_a_target_is_changed_in_the_way_it_is_written(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    before: str,
    arguments: tuple[str, ...],
    after: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    text = outline(TEXT, extra=f"指标:\n  {before}\n  覆盖率: 95%\n")
    Path("要点.yaml").write_text(text, "utf-8")
    code, shown = run(capsys, "set", "要点.yaml", "新建园", *arguments)
    assert code == 0, shown
    assert Path("要点.yaml").read_text("utf-8") == text.replace(before, after)


def test_targets_are_listed_with_the_lines_that_cite_them(five: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = run(capsys, "list", "要点.yaml")[1]
    assert re.search(r"新建园（新建幼儿园） +12所 +计财股 +第 12、13、18、20 行\n", shown), shown
    assert re.search(r"覆盖率 +95% +第 12、18 行\n", shown), shown
    record = json.loads(run(capsys, "list", "要点.yaml", "--format", "json")[1])[0]
    assert record["value"] == "12" and record["owners"] == ["计财股"] and record["uses"][1] == "要点.yaml:13:17"


# in a workbook


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_one_cell_of_a_workbook_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], make: Callable[[Path], None]
) -> None:
    make(tmp_path / "指标.xlsx")
    monkeypatch.chdir(tmp_path)
    Path("要点.yaml").write_text(outline(TEXT, extra="指标: 指标.xlsx\n"), "utf-8")
    before = zipfile.ZipFile("指标.xlsx")
    parts = {entry.filename: before.read(entry) for entry in before.infolist()}
    code, shown = run(capsys, "set", "要点.yaml", "覆盖率", "数值=97.25", "界限=达到", "责任单位=学前股")
    assert code == 0 and "－ 新建1300所，覆盖率不低于96.50%。\n    ＋ 新建1300所，覆盖率达到97.25%。" in shown, shown
    with zipfile.ZipFile("指标.xlsx") as after:
        changed = [name for name in after.namelist() if after.read(name) != parts[name]]
        assert changed == ["xl/worksheets/sheet1.xml"] and after.namelist() == [*parts]
    cell = openpyxl.load_workbook("指标.xlsx").worksheets[0]["I2"]
    assert (cell.value, cell.number_format) == (0.9725, "0.00%")
    assert run(capsys, "set", "要点.yaml", "覆盖率", "分年.2030=99")[0] == 1
    assert run(capsys, "set", "要点.yaml", "新建园", "数值=1400.5")[0] == 0
    assert "1400.5" in run(capsys, "list", "要点.yaml")[1]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_one_field_of_a_csv_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], encoding: str
) -> None:
    monkeypatch.chdir(tmp_path)
    text = '名称,数值,备注,单位\r\n"新建园","1,200","一,二\r\n三",所\r\n\r\n覆盖率,95%,,\r\n'
    Path("指标.csv").write_bytes(text.encode(encoding))
    Path("要点.yaml").write_text(outline(TEXT, extra="指标: 指标.csv\n"), "utf-8")
    assert run(capsys, "set", "要点.yaml", "新建园", "数值=1300", "备注=甲,乙")[0] == 0
    assert run(capsys, "set", "要点.yaml", "覆盖率", "数值=96", "备注==1+1")[0] == 0
    text = text.replace("95%,,", "95%,'=1+1,")
    after = text.replace('"1,200"', '"1300"').replace('"一,二\r\n三"', '"甲,乙"').replace("95%", "96%")
    assert Path("指标.csv").read_bytes() == after.encode(encoding)


def test_a_workbook_with_formulas_or_merged_values_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import xlsxwriter

    monkeypatch.chdir(tmp_path)
    Path("要点.yaml").write_text(outline(TEXT, extra="指标: 指标.xlsx\n"), "utf-8")
    for formula in (True, False):
        made = xlsxwriter.Workbook("指标.xlsx")
        sheet = made.add_worksheet()
        for at, row in enumerate((["名称", "数值", "单位"], ["新建园", 3, ""], ["覆盖率", 95, ""])):
            sheet.write_row(at, 0, row)
        if formula:
            sheet.write_formula("B3", "=B2+92", None, 95)
        else:
            sheet.merge_range("C2:C3", "所")
        made.close()
        before = Path("指标.xlsx").read_bytes()
        code, shown = run(capsys, "set", "要点.yaml", "新建园", *(["数值=4"] if formula else ["单位=个"]))
        assert code == 1 and "PW424" in shown and ("公式" if formula else "别的格子") in shown
        assert Path("指标.xlsx").read_bytes() == before


def test_charts_comments_and_prefixes_of_a_workbook_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import xlsxwriter

    monkeypatch.chdir(tmp_path)
    Path("要点.yaml").write_text(outline(TEXT, extra="指标: 指标.xlsx\n"), "utf-8")
    made = xlsxwriter.Workbook("指标.xlsx")
    sheet = made.add_worksheet("指标 & 表")
    for at, row in enumerate((["名称", "数值", "单位", "备注"], ["新建园", 3, "%"], ["覆盖率", 95, "%"])):
        sheet.write_row(at, 0, row)
    sheet.write_comment("B2", "各股报来")
    chart = made.add_chart({"type": "column"})
    chart.add_series({"values": "='指标 & 表'!$B$2:$B$3"})
    sheet.insert_chart("F2", chart)
    made.close()
    with zipfile.ZipFile("指标.xlsx") as plain:
        parts = {name: plain.read(name) for name in plain.namelist()}
    for prefix in (b"", b"x:"):
        xml = parts["xl/worksheets/sheet1.xml"]
        if prefix:
            xml = re.sub(rb"<(/?)(?=[a-z])(?!x:)", rb"<\1x:", xml).replace(b'xmlns="', b'xmlns:x="')
        with zipfile.ZipFile("指标.xlsx", "w") as new:
            for name, part in parts.items():
                new.writestr(name, xml if name == "xl/worksheets/sheet1.xml" else part)
        code, shown = run(capsys, "set", "要点.yaml", "新建园", "数值=4", "单位=个", "备注==1+1")
        assert code == 0, shown
        with zipfile.ZipFile("指标.xlsx") as new:
            assert [name for name in new.namelist() if new.read(name) != parts[name]] == ["xl/worksheets/sheet1.xml"]
            assert b"=1+1" in new.read("xl/worksheets/sheet1.xml") and b"<%sf>" % prefix not in new.read(
                "xl/worksheets/sheet1.xml"
            )


# export and import


def test_an_export_read_back_changes_nothing_and_an_edit_comes_back(
    five: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("表.xlsx", "表.csv"):
        assert run(capsys, "export", "要点.yaml", "-o", name)[0] == 0
        assert "没有改" in run(capsys, "import", name, "要点.yaml")[1]
    assert run(capsys, "export", "要点.yaml", "-o", "要点.yaml")[0] == 2
    text = Path("表.csv").read_text("utf-8-sig")
    Path("表.csv").write_text(text.replace(",12,", ",14,").replace("%", "％") + "改扩建园,,所,,,,5,,,,,,,\n", "gb18030")
    code, shown = run(capsys, "export", "要点.yaml", "-o", "表.csv")
    assert code == 4 and "PW803" in shown
    code, shown = run(capsys, "import", "表.csv", "要点.yaml")
    assert "没有写" in shown and five.read_bytes() == FIVE.encode()
    assert run(capsys, "import", "表.csv", "要点.yaml", "--yes")[0] == 0
    wanted = FIVE.replace("数值: 12,", "数值: 14,").replace('"%"}\n', '"％"}\n  改扩建园: {单位: 所, 数值: 5}\n')
    assert five.read_bytes() == wanted.encode()


def test_what_is_wrong_with_a_value_is_found_in_its_cell(five: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("表.csv").write_text("名称,数值,2026年,单位\n新建幼儿园,十四,,所\n覆盖率,96,九成,%\n", "utf-8")
    code, shown = run(capsys, "import", "表.csv", "要点.yaml", "--yes")
    assert code == 1 and five.read_bytes() == FIVE.encode()
    assert "PW425" not in shown
    assert "错误 表.csv:B2 [PW410] 指标“新建园”的“数值”应当是数，这里是“十四”。" in shown
    assert "错误 表.csv:C3 [PW410] 指标“覆盖率”的“2026年”应当是数，这里是“九成”。" in shown


def test_a_row_with_nothing_but_the_name_of_a_target_is_that_target(
    five: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("表.csv").write_text("指标名称,目标值\n新建幼儿园,13\n新增学位,800\n", "utf-8")
    assert run(capsys, "import", "表.csv", "要点.yaml", "--yes")[0] == 0
    made = five.read_text("utf-8")
    assert "  新建园:   {名称: 新建幼儿园,   数值: 13, 单位: 所" in made and "  新建幼儿园:" not in made
    assert "  新增学位: {数值: 800}\n" in made


def test_the_sheet_and_the_outline_may_be_named_in_any_order(five: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("表.csv").write_text("键,数值\n新建园,13\n", "utf-8")
    assert run(capsys, "import", "要点.yaml", "表.csv", "--yes")[0] == 0
    assert "数值: 13," in five.read_text("utf-8")


def test_what_a_sheet_leaves_out_stays(five: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("表.csv").write_text("键,数值,单位\n新建园,13,\n", "utf-8")
    code, shown = run(capsys, "import", "表.csv", "要点.yaml", "--yes")
    assert (
        code == 0
        and shown.count("PW425") == 2
        and "“单位”在表里空着（提纲里是“所”）" in shown
        and "没有指标“覆盖率”" in shown
    )
    assert five.read_bytes() == FIVE.replace("数值: 12,", "数值: 13,").encode()


def test_a_sheet_fills_an_outline_without_targets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("要点.yaml").write_text(outline("", extra=""), "utf-8")
    Path("表.csv").write_text("名称,数值,单位\n新建园,12,所\n覆盖率,95%,\n", "utf-8")
    assert run(capsys, "import", "表.csv", "要点.yaml", "--yes")[0] == 0
    assert '年度: 2026\n指标:\n  新建园: {数值: 12, 单位: 所}\n  覆盖率: {数值: 95, 单位: "%"}\n总体要求' in Path(
        "要点.yaml"
    ).read_text("utf-8")
    made = plan_file("要点.yaml").outline
    assert made is not None and [
        (each.key, str(each.value and each.value.value), each.unit) for each in made.targets
    ] == [("新建园", "12", "所"), ("覆盖率", "95", "%")]


def test_a_file_that_changed_meanwhile_is_not_overwritten(five: Path) -> None:
    source = open_targets(Session(), "要点.yaml").value
    assert source is not None
    edited = set_values(Session(), source, {"新建园": {("数值",): "14"}}).value
    five.write_text(FIVE + "# 别人加的\n", "utf-8")
    assert edited is not None and [each.code for each in write_edit(edited, "targets set")] == ["PW802"]
    assert five.read_text("utf-8").endswith("别人加的\n")


# sentences that change


def test_changed_sentences_of_documents_of_other_lengths() -> None:
    old = "重点任务:\n  - 章: 甲章\n    内容:\n      - 条: 一事\n        文: 头一句。第二句。\n"
    new = old.replace("第二句", "第三句") + "      - 条: 二事\n        文: 新添的。\n"
    made = changed_sentences(document(outline(old)), document(outline(new)))
    assert [(each.before, each.after) for each in made] == [
        ("1.一事。头一句。第二句。", ""),
        ("", "1.一事。头一句。第三句。"),
        ("", "2.二事。新添的。"),
        ("2.加强领导。", "3.加强领导。"),
    ]
    assert changed_sentences(document(outline(old)), document(outline(old))) == ()
    assert lines(outline(old)) != lines(outline(new))


@pytest.mark.parametrize(
    ("value", "form", "assignment", "shown", "number"),
    [
        (3, '0"所"', "5", "5所", 5),
        (0.955, "0.0%", "96.5", "96.5%", 0.965),
        (12345678, '0!.0,"万元"', "1300", "1300万元", None),
        ("1.2万人次", "General", "1.5万", "1.5万人次", None),
        ("1.2万人次", "General", "1.5", "1.5万人次", None),
        ("≥50次", "General", "60", "不低于60次", None),
        ("300余所", "General", "约400", "约400所", None),
    ],
)
def test_a_figure_in_a_cell_keeps_its_unit_and_its_bound(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    value: str | float,
    form: str,
    assignment: str,
    shown: str,
    number: float | None,
) -> None:
    monkeypatch.chdir(tmp_path)
    book = openpyxl.Workbook()
    for row in (["指标名称", "2026年目标"], ["新建园", value], ["覆盖率", "95%"]):
        book.worksheets[0].append(row)
    book.worksheets[0]["B2"].number_format = form
    book.save("指标.xlsx")
    Path("要点.yaml").write_text(outline(TEXT, extra="指标: 指标.xlsx\n"), "utf-8")
    code, said = run(capsys, "set", "要点.yaml", "新建园", f"分年.2026={assignment}")
    assert code == 0 and f"新建{shown}" in said, said
    if number is not None:
        assert openpyxl.load_workbook("指标.xlsx").worksheets[0]["B2"].value == number


def test_a_unit_typed_with_the_new_value_is_not_written_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "要点.yaml"
    targets = "指标:\n  堤防: {名称: 加固堤防, 数值: , 单位: 公里}\n  投资: {名称: 完成投资, 单位: 亿元, 数值: }\n"
    path.write_text(outline(extra=targets), "utf-8")
    for key, typed in (("堤防", "数值＝12公里"), ("投资", "数值=5.2亿元")):
        assert run(capsys, "set", str(path), key, typed)[0] == 0
    assert "{名称: 加固堤防, 数值: 12, 单位: 公里}" in path.read_text("utf-8")
    assert "{名称: 完成投资, 单位: 亿元, 数值: 5.2}" in path.read_text("utf-8")


def test_targets_without_values_are_exported_to_be_filled_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, sheet = tmp_path / "要点.yaml", tmp_path / "要点-指标.xlsx"
    path.write_text(outline(extra="指标:\n  堤防: {数值: , 单位: 公里}\n  投资: {数值: 5亿元, 单位: 亿元}\n"), "utf-8")
    code, told = run(capsys, "export", str(path))
    assert (code, sheet.exists()) == (0, True) and "2 个指标" in told
    path.write_text(outline(extra="指标:\n  堤防: {数值: , 单位: 公里}\n  投资: {数值: 很多, 单位: 亿元}\n"), "utf-8")
    code, told = run(capsys, "export", str(path), "--force")
    assert code == 1 and "PW410" in told and "PW412" not in told
