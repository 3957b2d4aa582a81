"""Small files that would take the machine: each command that reads their kind ends within its limits, in findings."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from planwriter.findings.characters import UNSHOWN
from tests.commands import run_limited
from tests.readers.docx.making import body, packed, para
from tests.sheets.workbooks import SHEET, SMALL, rezipped
from tests.support import outline

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits of a process")


def _sheet(rows: str, more: str = "") -> bytes:
    return rezipped(SMALL, SHEET, f"<worksheet><sheetData>{rows}</sheetData>{more}</worksheet>".encode())


def _styled(form: str) -> bytes:
    styles = f'<styleSheet><numFmts><numFmt numFmtId="200" formatCode="{form}"/></numFmts><cellXfs><xf numFmtId="200"/></cellXfs></styleSheet>'
    return rezipped(_sheet('<row><c s="0"><v>1.5</v></c></row>'), "xl/styles.xml", styles.encode())


ROW = "<row><c t='inlineStr'><is><t>甲</t></is></c><c><v>1</v></c></row>"
WORKBOOKS: dict[str, tuple[Callable[[], bytes], str]] = {
    "a merged range of the whole sheet": (
        lambda: _sheet(ROW, '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        "PW120",
    ),
    "thousands of merged ranges": (
        lambda: _sheet(ROW, "<mergeCells>" + '<mergeCell ref="A1:T300"/>' * 19_000 + "</mergeCells>"),
        "PW120",
    ),
    "a link on the whole sheet": (lambda: _sheet(ROW, '<hyperlinks><hyperlink ref="A1:XFD1048576"/></hyperlinks>'), ""),
    "a long text in every cell": (
        lambda: _sheet(f"<row><c t='inlineStr'><is><t>{'x' * 9_000_000}</t></is></c></row>"),
        "PW120",
    ),
    "a million elements": (lambda: _sheet("", "<a/>" * 1_300_000), "PW120"),
    "300,000 attributes": (lambda: _sheet("<row " + " ".join(f'a{at}="1"' for at in range(300_000)) + "/>"), "PW120"),
    "formulas without values": (lambda: _sheet("<row><c><f t='shared' si='0'/></c></row>" * 20_000), "PW121"),
    "a format of 250 decimals": (lambda: _styled("0." + "0" * 250), "PW474"),
}
COMMANDS = {
    "attachment": ("check", "附件.yaml"),
    "targets": ("check", "指标.yaml"),
    "listed": ("targets", "list", "指标.yaml"),
    "imported": ("targets", "import", "表.xlsx", "提纲.yaml", "--yes"),
    "each": ("render", "提纲.yaml", "--each", "表.xlsx", "-o", "各校/"),
}


TRIALS = [
    *((name, command) for name in WORKBOOKS for command in ("attachment", "targets")),
    *(("a merged range of the whole sheet", command) for command in ("listed", "imported", "each")),
]


@pytest.mark.parametrize(("name", "command"), TRIALS)
def test_a_workbook_that_would_take_the_machine_is_refused(name: str, command: str, tmp_path: Path) -> None:
    make, code = WORKBOOKS[name]
    (tmp_path / "表.xlsx").write_bytes(make())
    (tmp_path / "附件.yaml").write_text(outline(extra="附件:\n  - {标题: 表, 表: 表.xlsx}\n"), "utf-8")
    (tmp_path / "指标.yaml").write_text(outline(extra="指标: 表.xlsx\n"), "utf-8")
    (tmp_path / "提纲.yaml").write_text(outline(), "utf-8")
    done = run_limited(tmp_path, *COMMANDS[command])
    assert done.returncode in (0, 1, 4), done.stderr[-500:]
    assert "PW9" not in done.stdout + done.stderr and "Traceback" not in done.stderr
    assert command == "targets" or code in done.stdout + done.stderr


def test_a_format_of_15_decimals_shows_them(tmp_path: Path) -> None:
    from planwriter.sheets.read import read_workbook

    assert read_workbook(_styled("0." + "0" * 15), "表.xlsx").value[0].rows == (("1.500000000000000",),)


BEGIN = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
DOCUMENTS: dict[str, Callable[[], bytes]] = {
    "fields that never end": lambda: packed(body(para("正文") + f"<w:p>{BEGIN * 100_000}</w:p>")),
    "a long label": lambda: packed(
        body('<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:p>' * 20_000),
        numbering="<w:numbering xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'>"
        f"<w:lvlText w:val='{'甲' * 1_000_000}'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>",
    ),
    "nested tables": lambda: packed(
        body("<w:tbl><w:tr><w:tc>" * 5_000 + para("甲") + "</w:tc></w:tr></w:tbl>" * 5_000)
    ),
    "thousands of tables": lambda: packed(body(f"<w:tbl><w:tr><w:tc>{para('甲')}</w:tc></w:tr></w:tbl>" * 5_000)),
    "a wide table": lambda: packed(body("<w:tbl><w:tr>" + f"<w:tc>{para('甲')}</w:tc>" * 5_000 + "</w:tr></w:tbl>")),
    "many styles": lambda: packed(
        body(para("甲")),
        styles="<w:styles xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
        + "".join(f"<w:style w:styleId='s{at}'><w:basedOn w:val='s{at + 1}'/></w:style>" for at in range(30_000))
        + "</w:styles>",
    ),
    "300,000 attributes": lambda: packed(body("<w:p " + " ".join(f'a{at}="1"' for at in range(300_000)) + "/>")),
    "thousands of paragraphs": lambda: packed(body(para("（一）抓好落实，新建3所。") * 5_000)),
    "statements that never end": lambda: packed(body(para("{%" * 50_000))),
}


@pytest.mark.parametrize("command", [("audit", "文.docx"), ("layout", "learn", "文.docx", "-o", "本局.yaml")])
@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_docx_that_would_take_the_machine_is_read_or_refused(
    name: str, command: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "文.docx").write_bytes(DOCUMENTS[name]())
    done = run_limited(tmp_path, *command)
    assert done.returncode in (0, 1), (done.returncode, done.stderr[-500:])
    assert "PW9" not in done.stdout + done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("name", DOCUMENTS)
def test_such_a_docx_is_held_against_an_outline_or_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "要点.yaml").write_text(outline(), "utf-8")
    (tmp_path / "要点.docx").write_bytes(DOCUMENTS[name]())
    done = run_limited(tmp_path, "status", "要点.yaml", seconds=3)
    assert done.returncode in (0, 1), (done.returncode, done.stderr[-500:])
    assert "PW9" not in done.stdout + done.stderr and "Traceback" not in done.stderr


TEXTS = {
    "{%" * 45_000: "PW310",
    "{%if" * 45_000: "PW308",
    "{{ '\\ud800' }}": "PW310",
    "{{ '\\x1b[2J' }}": "PW310",
    '"\\e[31m"': "PW112",
    '"\\u202e"': "PW112",
    '"\\uE000"': "PW112",
}


@pytest.mark.parametrize("command", [("check",), ("render", "--to", "text", "-o", "-")])
@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:20])
def test_a_text_that_would_take_the_machine_or_the_terminal_is_refused(
    text: str, command: tuple[str, ...], tmp_path: Path
) -> None:
    typed = text if text.startswith('"') else "'" + text.replace("'", "''") + "'"
    tasks = f"重点任务:\n  - 章: 提高质量\n    内容:\n      - 条: 抓好教学\n        文: {typed}\n"
    (tmp_path / "提纲.yaml").write_text(outline(tasks), "utf-8")
    done = run_limited(tmp_path, command[0], "提纲.yaml", *command[1:])
    shown = done.stdout + done.stderr
    assert done.returncode == 1 and TEXTS[text] in shown, shown[-500:]
    assert not UNSHOWN.search(shown)


def test_control_characters_in_a_file_do_not_reach_the_terminal(tmp_path: Path) -> None:
    name = "提\x1b[31m\u202e纲.yaml"
    (tmp_path / name).write_text('文种: "\\e]0;坏\\a"\n单位: 甲\u202e乙\n地区: "\\r覆盖"\n', "utf-8")
    for form in ("human", "short", "json"):
        done = run_limited(tmp_path, "check", name, "--format", form)
        assert done.returncode == 1 and not UNSHOWN.search(done.stdout + done.stderr)
    assert "\\x1b[31m\\u202e" in run_limited(tmp_path, "check", name).stdout


def test_what_is_too_much_for_the_memory_is_not_called_a_fault_of_ours(tmp_path: Path) -> None:
    (tmp_path / "文.docx").write_bytes(packed(body(para("甲") * 20_000)))
    done = run_limited(tmp_path, "audit", "文.docx", megabytes=40)
    assert (done.returncode, "文.docx [PW125]" in done.stderr) == (1, True), done.stderr[-500:]
    assert run_limited(tmp_path, "audit", "文.docx").returncode == 1


@pytest.mark.parametrize("text", ["{%" * 45_000, "{{ '\\ud800' }}", "{{" * 45_000, "“（《" * 30_000])
def test_a_library_that_would_take_the_machine_is_checked_or_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "县库").mkdir()
    (tmp_path / "县库" / "library.yaml").write_text("名称: 县库\n版本: 1.0.0\n", "utf-8")
    clause = f"- 条款: 教师/师德\n  条: 加强师德建设\n  文: '{text.replace(chr(39), chr(39) * 2)}'\n"
    (tmp_path / "县库" / "教师.yaml").write_text(clause, "utf-8")
    (tmp_path / "planwriter.yaml").write_text("单位: 青山县教育局\n", "utf-8")
    for command in (("check", "县库"), ("install", "县库", "--allow-unsigned")):
        done = run_limited(tmp_path, "library", *command)
        assert done.returncode in (0, 1), (command, done.returncode, done.stderr[-500:])
        assert "PW9" not in done.stdout + done.stderr and not UNSHOWN.search(done.stdout + done.stderr)


def test_a_lock_with_half_a_character_is_refused(tmp_path: Path) -> None:
    (tmp_path / "planwriter.yaml").write_text("单位: 青山县教育局\n", "utf-8")
    (tmp_path / "planwriter.lock").write_text('{"格式": 1, "库": [], "使用": {"\\ud800": {}}}', "utf-8")
    (tmp_path / "提纲.yaml").write_text(outline(), "utf-8")
    for command in (("library", "status"), ("check", "提纲.yaml"), ("library", "list")):
        done = run_limited(tmp_path, *command)
        assert "PW9" not in done.stdout + done.stderr and "Traceback" not in done.stderr
