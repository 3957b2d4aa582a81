"""What holds for every made input. A trial raises when it does not."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from click.testing import CliRunner

from planwriter.app.batch import record
from planwriter.app.plans import plan_bytes
from planwriter.app.session import Session
from planwriter.audit.audit import audit_case, read_case
from planwriter.audit.learn import learn_layout
from planwriter.audit.proofread import proofread
from planwriter.audit.traces import traces
from planwriter.cli.group import cli
from planwriter.findings import report
from planwriter.findings.characters import UNSHOWN
from planwriter.findings.finding import Finding
from planwriter.layout.layout import Layout
from planwriter.sharing.bundle import open_bundle
from planwriter.sharing.contents import read_contents
from planwriter.sharing.lock import read_lock, write_lock
from planwriter.sharing.naming import from_file_name, is_file_name, to_file_name
from planwriter.sheets.read import read_workbook
from planwriter.sheets.sheet import table_of
from planwriter.source.edit import Uneditable, Value, edit, overlaid, plain
from planwriter.source.load import load_tree
from planwriter.writers.text import render_text
from tests.audit.planting import layout
from tests.fuzz import making
from tests.support import render

OUTLINE = "文种: 甲\n指标:   # 各股\n  新建园: {名称: '普惠园', 数值: 95 , 单位: \"所\"}   # 学前股\n  '入园率': 96%\n总体要求: 乙\n"


def _drawn(findings: Iterable[Finding]) -> None:
    """Every finding can be shown in each form, and shows no character that a terminal would obey."""
    findings = tuple(findings)
    for shown in (report.format_human(findings), report.format_short(findings), report.format_json(findings)):
        assert not UNSHOWN.search(shown), repr(shown)
        shown.encode()
    assert report.exit_code(findings) != report.EXIT_FAULT


@cache
def _session() -> Session:
    return Session()


def outlines(chance: Random) -> None:
    """An outline gives findings or a document that can be written, without controls."""
    made = plan_bytes(_session(), making.an_outline(chance), "提纲.yaml")
    assert made.findings or made.document is not None
    _drawn(made.findings)
    if made.sound and made.document is not None:
        text = render_text(made.document)
        text.encode()
        assert not UNSHOWN.search(text), repr(text)
        if chance.random() < 0.1:
            for form in ("docx", "html", "md"):
                assert render(made.document, form).value is not None


def workbooks(chance: Random) -> None:
    """A workbook gives sheets or findings, and its tables keep to their bounds."""
    data, name = (making.a_csv(chance), "表.csv") if chance.random() < 0.2 else (making.a_workbook(chance), "表.xlsx")
    read = read_workbook(data, name)
    assert read.value or read.findings
    _drawn(read.findings)
    for sheet in read.value:
        table = table_of(sheet)
        assert all(len(row) == len(table.rows[0]) for row in table.rows)
        assert read.findings or not any(UNSHOWN.search(cell) for row in table.rows for cell in row)


@cache
def _layout() -> Layout:
    return layout()


def documents(chance: Random) -> None:
    """A .docx is audited, read off, proofread and searched for what it carries, or refused."""
    data = making.a_docx(chance)
    case = read_case(data, "文.docx", _layout())
    if isinstance(case, Finding):
        _drawn([case])
    else:
        _drawn((*audit_case(case, "文.docx"), *proofread(case, "文.docx"), *traces(case, "文.docx")))
    learned = learn_layout(data, "文.docx", "本局")
    assert learned.value is not None or learned.findings
    _drawn(learned.findings)


def packages(chance: Random) -> None:
    """A package is opened or refused; what is in an opened one is read or refused."""
    opened = open_bundle(making.a_package(chance), "包.pwlib")
    assert opened.value is not None or opened.findings
    _drawn(opened.findings)
    if opened.value is not None:
        _drawn(read_contents(opened.value.files, "包.pwlib").findings)


def locks(chance: Random) -> None:
    """A lock is refused, or written and read as the same."""
    read = read_lock(making.a_lock(chance), "planwriter.lock")
    _drawn(read.findings)
    assert (read.value is None) == bool(read.findings)
    if read.value is not None:
        assert read_lock(write_lock(read.value), "planwriter.lock").value == read.value


def cells(chance: Random) -> None:
    """A value that is set is read back, and nothing else changes."""
    tree = load_tree(OUTLINE.encode(), "提纲.yaml").value
    assert tree is not None
    name = chance.choice(["新建园", "入园率", "食堂"])
    value: dict[str, Value] = {"指标": {name: {chance.choice(["名称", "备注", "数值"]): making.a_text(chance)}}}
    try:
        made = edit(OUTLINE.encode(), tree, value)
    except Uneditable:
        return
    assert plain(load_tree(made, "提纲.yaml").value) == overlaid(plain(tree), value)
    assert made.startswith("文种: 甲\n指标:   # 各股\n".encode()) and made.endswith("总体要求: 乙\n".encode())


def file_names(chance: Random) -> None:
    """A text has a file name that is valid everywhere and leads back to it; a file's name is shown without controls."""
    text = making.a_text(chance)
    name = to_file_name(text)
    assert len(name) > 60 or is_file_name(name) or not name.strip(), name
    assert from_file_name(name) == text
    shown = load_tree(b"", text.replace("\n", " ")).findings
    _drawn(shown)


EACH = (
    "文种: 工作要点\n单位: 青山县教育局\n地区: 青山县\n年度: 2026\n总体要求: 甲。\n"
    "重点任务:\n  - 章: 乙\n    内容:\n      - 条: 丙\n        文: 丁。\n        责任单位: 学前股\n"
    "保障措施:\n  - 章: 戊\n    内容:\n      - 条: 己\n        文: 庚。\n"
)
NO_DEVICE = re.compile(r"(?!(con|prn|aux|nul|clock\$|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\.|$))", re.I)
STORED = re.compile(
    r'[^\0-\x1f\x7f-\x9f\\/:*?"<>|\ud800-\udfff\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\xad]+(?<![ .])'
)


def _is_storable(name: str) -> bool:
    """True if Windows, macOS and Linux store a name as it is, and it shows what it is."""
    whole = bool(STORED.fullmatch(name) and NO_DEVICE.match(name)) and not name.startswith(" ")
    return whole and unicodedata.is_normalized("NFC", name) and len(os.fsencode(name)) <= 255


def each_names(chance: Random) -> None:
    """`render --each` makes files of a sheet's cells only in its folder, with names that every system stores and tells apart."""
    names = [making.a_file_name(chance) for _ in range(chance.choice([1, 2, 5]))]
    column = chance.choice(["文件名", "学校"])
    rows = [[column, "备注"], ["sound", ""], *([name, ""] for name in names)]
    form, unit = chance.choice(["text", "md"]), chance.choice(["", "", "学前股"])
    with TemporaryDirectory() as folder:
        area = Path(folder, "甲", "乙")
        area.mkdir(parents=True)
        outline = area / f"{making.a_stem(chance)}.yaml"
        outline.write_text(EACH, "utf-8")
        as_csv = chance.random() < 0.5
        workbook = area / ("表.csv" if as_csv else "表.xlsx")
        workbook.write_bytes(making.a_csv_of(rows) if as_csv else making.a_workbook_of(rows))
        before = sorted(Path(folder).rglob("*"))
        command = ["render", str(outline), "--each", str(workbook), "--to", form, "-o", f"{area}/各校/"]
        done = CliRunner().invoke(cli, [*command, *(["--unit", unit] if unit else [])])
        assert isinstance(done.exception, SystemExit | None), repr(done.exception)
        assert "PW9" not in done.output and not UNSHOWN.search(done.output), done.output
        written = os.listdir(area / "各校")
        made = [name for name in written if name != record.NAME]
        assert sorted(Path(folder).rglob("*")) == sorted(
            [*before, area / "各校", *(area / "各校" / name for name in written)]
        )
        assert all(map(_is_storable, made)), made
        assert len({unicodedata.normalize("NFC", name.casefold()) for name in made}) == len(made)
        assert (f"已生成 {len(made)} 份" if made else "一份也没有生成") in done.output, done.output
        assert not made or any("sound" in name for name in made), "the row with a sound name is made"


TRIALS: dict[str, Callable[[Random], None]] = {
    each.__name__: each for each in (outlines, workbooks, documents, packages, locks, cells, file_names, each_names)
}
