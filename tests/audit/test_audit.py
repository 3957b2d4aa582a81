"""The audit finds nothing in our own output, and every planted deviation by its code."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from planwriter.audit.audit import audit_docx
from planwriter.cli.group import cli
from planwriter.findings.finding import Finding, Severity
from planwriter.model import Document
from planwriter.writers.docx.write import render_docx
from tests.audit.planting import (
    BODY,
    SETTINGS,
    STYLES,
    Change,
    appended,
    changed,
    everywhere,
    footer_part,
    formed,
    good,
    inserted,
    layout,
    removed,
    reworded,
    styled,
    typed,
)
from tests.documents import sample
from tests.support import EXAMPLES, REAL, ROOT, document, plan_file, render

FOOT = "footer:default"
EVEN = "footer:even"


def audit(data: bytes) -> tuple[Finding, ...]:
    return audit_docx(data, "通知.docx", layout())


def codes(data: bytes) -> set[str]:
    return {each.code for each in audit(data)}


def told(data: bytes) -> str:
    return "\n".join(f"{each.pos.line} {each.code} {each.message}" for each in audit(data))


@pytest.mark.parametrize("path", [*EXAMPLES, *REAL], ids=lambda path: path.stem)
def test_our_own_output_passes_with_nothing_found(path: Path) -> None:
    made = plan_file(str(path), draft=True)
    assert made.document is not None
    data = render(made.document, "docx").value
    assert data is not None
    assert not audit(data), told(data)


@pytest.mark.parametrize("made", [sample()], ids=["boxes and tables"])
def test_boxes_and_tables_pass(made: Document) -> None:
    data = render_docx(made, layout())
    assert not audit(data), told(data)


@pytest.mark.parametrize("extra", ["", '  通知标题: "青山县教育局\\n关于印发《青山县教育局2026年工作要点》的通知"\n'])
def test_a_notice_without_a_head_passes(extra: str) -> None:
    text = (ROOT / "examples" / "first.yaml").read_text("utf-8")
    assert text.count("发文:\n") == 1
    made = document(text.replace("发文:\n", f"发文:\n  版头: 无\n{extra}"))
    data = render(made, "docx").value
    assert data is not None
    assert not audit(data), told(data)


def test_the_good_file_passes_with_nothing_found() -> None:
    assert not audit(good()), told(good())


PLANTED: dict[str, tuple[str, str, Change]] = {
    # page
    "letter paper": ("PW651", BODY, everywhere("pgSz", w="12240", h="15840")),
    "paper of 16 kai": ("PW651", BODY, everywhere("pgSz", w="10433", h="14742")),
    "top margin": ("PW652", BODY, everywhere("pgMar", top="1440")),
    "bottom margin": ("PW652", BODY, everywhere("pgMar", bottom="1440")),
    "left margin": ("PW652", BODY, everywhere("pgMar", left="1800")),
    "right margin": ("PW652", BODY, everywhere("pgMar", right="1800")),
    "gutter": ("PW652", BODY, everywhere("pgMar", gutter="284")),
    "line pitch of 30 points": ("PW653", STYLES, styled("Normal", "pPr/spacing", line="600")),
    "line pitch that gives 21 lines": ("PW653", STYLES, styled("Normal", "pPr/spacing", line="582")),
    "lines and a half": ("PW653", STYLES, styled("Normal", "pPr/spacing", line="360", lineRule="auto")),
    "space between paragraphs": ("PW653", STYLES, styled("Normal", "pPr/spacing", after="200")),
    "27 characters a line": ("PW654", STYLES, styled("Normal", "rPr/spacing", val="0")),
    # page number
    "no page number": ("PW655", BODY, removed("footerReference")),
    "no dashes": ("PW656", FOOT, removed("t")),
    "hyphens for dashes": ("PW656", FOOT, reworded("—", "-")),
    "第1页": ("PW656", FOOT, reworded("— ", "第 ")),
    "page number in the middle": ("PW657", FOOT, everywhere("jc", val="center")),
    "page number flush right": ("PW657", FOOT, removed("ind")),
    "even page number on the right": ("PW657", EVEN, everywhere("jc", val="right")),
    "odd and even pages alike": ("PW657", SETTINGS, removed("evenAndOddHeaders")),
    "page number of five": ("PW658", STYLES, styled("footer", "rPr/sz", val="21")),
    "page number in black type": (
        "PW658",
        STYLES,
        styled("footer", "rPr/rFonts", ascii="黑体", hAnsi="黑体", eastAsia="黑体"),
    ),
    "page number too low": ("PW659", BODY, everywhere("pgMar", footer="720")),
    # type
    "title in black type": ("PW660", STYLES, styled("Title", "rPr/rFonts", eastAsia="黑体", hAnsi="黑体")),
    "body in Song": ("PW660", STYLES, styled("Normal", "rPr/rFonts", eastAsia="宋体", hAnsi="宋体")),
    "first level in the body's face": (
        "PW660",
        STYLES,
        styled("heading 1", "rPr/rFonts", eastAsia="仿宋_GB2312", hAnsi="仿宋_GB2312"),
    ),
    "second level in black type": ("PW660", STYLES, styled("heading 2", "rPr/rFonts", eastAsia="黑体", hAnsi="黑体")),
    "one pasted paragraph": ("PW660", BODY, typed("现将", "rFonts", eastAsia="微软雅黑", hAnsi="微软雅黑")),
    "no run-in change of font": (
        "PW660",
        BODY,
        typed("（二）落实政策", "rFonts", eastAsia="楷体_GB2312", hAnsi="楷体_GB2312"),
    ),
    "title of xiao er": ("PW661", STYLES, styled("Title", "rPr/sz", val="36")),
    "body of four": ("PW661", STYLES, styled("Normal", "rPr/sz", val="28")),
    "first level of three and a half": ("PW661", STYLES, styled("heading 1", "rPr/sz", val="30")),
    "bold title": ("PW662", STYLES, styled("Title", "rPr/b", val="1")),
    "bold third level": ("PW662", BODY, typed("1.新建园舍", "b", val="1")),
    "bold body": ("PW662", BODY, typed("现将", "b")),
    "title on the left": ("PW663", STYLES, styled("Title", "pPr/jc", val="left")),
    "heading in the middle": ("PW663", STYLES, styled("heading 1", "pPr/jc", val="center")),
    "number on the left": ("PW663", BODY, formed("青教发", "pPr/jc", val="left")),
    "title with an indent": ("PW664", STYLES, styled("Title", "pPr/ind", firstLineChars="200", firstLine="880")),
    "body without an indent": ("PW664", STYLES, styled("Normal", "pPr/ind", firstLineChars="0", firstLine="0")),
    "heading without an indent": ("PW664", STYLES, styled("heading 1", "pPr/ind", firstLineChars="0", firstLine="0")),
    "body pushed in": (
        "PW664",
        BODY,
        formed("现将", "pPr/ind", leftChars="200", left="640", firstLineChars="0", firstLine="0"),
    ),
    "recipients with an indent": (
        "PW664",
        BODY,
        formed("各镇中心学校", "pPr/ind", firstLineChars="200", firstLine="640"),
    ),
    "red words": ("PW665", BODY, typed("现将", "color", val="FF0000")),
    "blue headings": ("PW665", STYLES, styled("heading 1", "rPr/color", val="2F5496")),
    "theme font": ("PW666", BODY, typed("现将", "rFonts", eastAsiaTheme="minorEastAsia")),
    "Western quotation marks": ("PW667", STYLES, styled("Normal", "rPr/rFonts", hAnsi="Times New Roman")),
    # labels
    "三、 after 一、": ("PW668", BODY, reworded("二、办好义务教育", "三、办好义务教育")),
    "（二） twice": ("PW668", BODY, reworded("（三）科学保教", "（二）科学保教")),
    "1. then 3.": ("PW668", BODY, reworded("2.配齐教师", "3.配齐教师")),
    "first label 二、": ("PW668", BODY, reworded("一、办好学前教育", "二、办好学前教育")),
    "（一）、": ("PW669", BODY, reworded("（一）扩大资源", "（一）、扩大资源")),
    "（1）.": ("PW669", BODY, reworded("（1）选好校址", "（1）.选好校址")),
    "half-width brackets": ("PW670", BODY, reworded("（一）扩大资源", "(一)扩大资源")),
    "一. for 一、": ("PW670", BODY, reworded("一、办好学前教育", "一.办好学前教育")),
    "1. and 2、": ("PW670", BODY, reworded("2.配齐教师", "2、配齐教师")),
    # elements
    "number in square brackets": ("PW671", BODY, reworded("〔2026〕", "[2026]")),
    "number in lenticular brackets": ("PW671", BODY, reworded("〔2026〕", "【2026】")),
    "第3号": ("PW671", BODY, reworded("〕3号", "〕第3号")),
    "03号": ("PW671", BODY, reworded("〕3号", "〕03号")),
    "number without 号": ("PW671", BODY, reworded("〕3号", "〕3")),
    "number with a short year": ("PW671", BODY, reworded("〔2026〕", "〔26〕")),
    "date with zeros": ("PW672", BODY, reworded("2026年3月5日", "2026年03月05日")),
    "date in Chinese numerals": ("PW672", BODY, reworded("2026年3月5日", "二〇二六年三月五日")),
    "date with dots": ("PW672", BODY, reworded("2026年3月5日", "2026.3.5")),
    "attachment label with a colon": ("PW673", BODY, reworded("附件1", "附件1：")),
    "attachment label in the body's face": ("PW673", BODY, typed("附件1", "rFonts", eastAsia="仿宋_GB2312")),
    "attachment label of four": ("PW673", BODY, typed("附件1", "sz", val="28")),
    "attachment runs on": ("PW673", BODY, formed("附件2", "pPr/pageBreakBefore", val="0")),
    "附件说明 in book-title marks": (
        "PW674",
        BODY,
        reworded("附件：1.青山县教育局2026年工作要点", "附件：1.《青山县教育局2026年工作要点》"),
    ),
    "附件说明 with a full stop": ("PW674", BODY, reworded("2.主要指标", "2.主要指标。")),
    "附件说明 with a half-width colon": ("PW674", BODY, reworded("附件：1.", "附件:1.")),
    "附件说明 counts wrongly": ("PW674", BODY, reworded("2.主要指标", "3.主要指标")),
    "附件说明 names another title": ("PW674", BODY, reworded("2.主要指标", "2.主要指标表")),
    "此页无正文": ("PW675", BODY, inserted("2026年3月5日", "（此页无正文）")),
    "rows that split": ("PW676", BODY, removed("cantSplit")),
    "header that does not repeat": ("PW676", BODY, removed("tblHeader")),
    "copies without a full stop": ("PW677", BODY, reworded("县政府办公室。", "县政府办公室")),
    "copies with a half-width colon": ("PW677", BODY, reworded("抄送：", "抄送:")),
    "printed on a date with zeros": ("PW677", BODY, reworded("2026年3月6日印发", "2026年03月06日印发")),
    "words after the imprint": ("PW677", BODY, appended("谢谢。")),
    "recipients with a half-width colon": ("PW678", BODY, reworded("县直各学校：", "县直各学校:")),
    "note in half-width brackets": ("PW678", BODY, reworded("（此件公开发布）", "(此件公开发布)")),
    "copy number of four": ("PW678", BODY, reworded("000012", "0012")),
    "period without a star": ("PW678", BODY, reworded("机密★1年", "机密1年")),
    "full-width digits": ("PW679", BODY, reworded("招聘教师60名", "招聘教师６０名")),
    "zero before a month": ("PW679", BODY, reworded("年内完成选址", "2026年05月完成选址")),
    "round zero": ("PW679", BODY, reworded("年内完成选址", "二○二六年完成选址")),
}


def planted(name: str) -> bytes:
    _, part, change = PLANTED[name]
    data = good()
    return changed(data, footer_part(data, part.partition(":")[2]) if part.startswith("footer:") else part, change)


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_deviation_is_found(name: str) -> None:
    data = planted(name)
    assert PLANTED[name][0] in codes(data), told(data)


def test_every_code_has_a_deviation() -> None:
    from planwriter.findings.messages import all_codes

    audited = {code for code in all_codes() if "PW651" <= code <= "PW679"}
    assert audited == {code for code, _, _ in PLANTED.values()}


ALONE = {
    "body in Song": {"PW660", "PW658"},
    "body of four": {"PW661", "PW654", "PW664"},
}
"""Deviations that cause further ones."""


@pytest.mark.parametrize("name", PLANTED)
def test_nothing_else_is_said_of_it(name: str) -> None:
    code = PLANTED[name][0]
    others = {each for each in codes(planted(name)) if each != code}
    allowed = {"PW660": {"PW666", "PW667"}, "PW651": {"PW653"}, "PW652": {"PW653", "PW659"}}.get(code, set())
    assert others <= allowed | ALONE.get(name, set()), told(planted(name))


def test_a_finding_names_the_paragraph_and_its_first_words() -> None:
    found = [each for each in audit(planted("date with zeros")) if each.code == "PW672"]
    assert len(found) == 1
    assert found[0].severity is Severity.ERROR
    assert f"第{found[0].pos.line}段“2026年03月05日”：" in found[0].message
    assert found[0].pos.line > 1 and found[0].pos.column == 0


def test_many_paragraphs_alike_are_reported_once() -> None:
    found = [
        each for each in audit(planted("body without an indent")) if each.code == "PW664" and "正文" in each.message
    ]
    assert len(found) == 1
    assert "段：" in found[0].message and "等" in found[0].message


def test_what_is_usual_is_a_hint_and_what_must_be_is_an_error() -> None:
    severities = {
        name: {each.severity for each in audit(planted(name))}
        for name in ("bold title", "top margin", "odd and even pages alike")
    }
    assert severities["bold title"] == severities["odd and even pages alike"] == {Severity.HINT}
    assert Severity.ERROR in severities["top margin"]


def test_the_command_audits_files(tmp_path: Path) -> None:
    (tmp_path / "good.docx").write_bytes(good())
    (tmp_path / "bad.docx").write_bytes(planted("date with zeros"))
    (tmp_path / "hint.docx").write_bytes(planted("bold title"))
    run = CliRunner()
    assert run.invoke(cli, ["audit", str(tmp_path / "good.docx")]).exit_code == 0
    bad = run.invoke(cli, ["audit", str(tmp_path / "bad.docx"), "--format", "json"])
    assert bad.exit_code == 1
    assert [each["code"] for each in json.loads(bad.stdout)] == ["PW672"]
    assert run.invoke(cli, ["audit", str(tmp_path / "hint.docx")]).exit_code == 0
    assert run.invoke(cli, ["audit", str(tmp_path / "hint.docx"), "--strict"]).exit_code == 3
    assert run.invoke(cli, ["audit", str(tmp_path / "none.docx")]).exit_code == 4
    every = run.invoke(cli, ["audit", str(tmp_path / "*.docx"), "--format", "short"])
    assert every.exit_code == 1 and {"bad.docx", "hint.docx"} <= set(re.findall(r"\w+\.docx", every.output))
    human = run.invoke(cli, ["audit", str(tmp_path / "bad.docx")])
    assert "段“2026年03月05日”" in human.stdout and "1 个错误" in human.stderr
