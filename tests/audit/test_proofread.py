"""The wording and the figures of any .docx: mistakes planted in a document are reported, correct documents have none."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from docx.enum.text import WD_ALIGN_PARAGRAPH

from planwriter.audit.audit import audit_case, read_case
from planwriter.audit.flaws import Case
from planwriter.audit.proofread import proofread
from planwriter.cli.group import cli
from tests.audit.planting import layout
from tests.support import EXAMPLES, REAL, plan_file, render

TITLE = "青山县教育局2026年工作要点"
SOUND = [
    "一、办好学前教育",
    "1.增加公办学位。到2026年底，新建公办幼儿园5所，其中城区3所、乡镇2所，普惠性幼儿园覆盖率达到96%。",
    "2.规范办园行为。对照2025年检查结果，每学期检查一次，发现问题限期整改。",
]


def _docx(*paragraphs: str, title: str = TITLE) -> bytes:
    document = docx.Document()
    document.add_paragraph(title, style="Title").alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text in paragraphs:
        document.add_paragraph(text)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _told(data: bytes) -> list[tuple[str, int, str]]:
    case = read_case(data, "通知.docx", layout())
    assert isinstance(case, Case)
    return [(found.code, found.pos.line, found.message) for found in proofread(case, "通知.docx")]


@pytest.mark.parametrize("title", ["青山县教师培训实施方案", "青山县校园安全行动计划（2026—2028年）"])
def test_a_second_plan_in_one_document_counts_anew(title: str) -> None:
    labels = ["一、总体要求", "二、重点任务", title, "为做好这项工作，制定本方案。", "一、总体要求", "二、重点任务"]
    case = read_case(_docx(*labels), "通知.docx", layout())
    assert isinstance(case, Case)
    assert "PW668" not in [each.code for each in audit_case(case, "通知.docx")]
    case = read_case(_docx(*(each for each in labels if each != title)), "通知.docx", layout())
    assert isinstance(case, Case)
    assert "PW668" in [each.code for each in audit_case(case, "通知.docx")]


def test_a_sound_document_has_no_findings() -> None:
    assert _told(_docx(*SOUND)) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("每学期检查一次，", "每学期检查一次,", "PW501", "半角的 ,"),
        ("限期整改。", "限期整改。。", "PW501", "标点重复了 “。。”"),
        ("5所，其中", "6所，其中", "PW442", "5所，不是 6所"),
        ("达到96%", "达到106%", "PW444", "106%"),
        ("到2026年底", "到2025年底", "PW443", "不在计划期（2026年）"),
        ("每学期检查一次", "2月30日检查一次", "PW447", "2月30日"),
        ("每学期检查一次", "每次检查30—20所", "PW446", "30—20所"),
    ],
)
def test_a_slip_is_reported_with_its_paragraph(old: str, new: str, code: str, words: str) -> None:
    (line,) = [at for at, text in enumerate(SOUND, 2) if old in text]
    ((found, at, message),) = _told(_docx(*(text.replace(old, new) for text in SOUND)))
    assert (found, at) == (code, line) and words in message
    assert message.startswith(f"第{line}段“{SOUND[line - 2][:4]}")


@pytest.mark.parametrize("title", ["青山县教育局文件", "青山县教育三年行动计划（2024—2026年）"])
def test_years_are_held_against_the_title_alone(title: str) -> None:
    text = "1.增加学位。到2025年底，新建公办幼儿园5所。"
    assert _told(_docx(text, title=title)) == []
    assert [code for code, *_ in _told(_docx(text, title="青山县教育三年行动计划（2026—2028年）"))] == ["PW443"]


@pytest.mark.parametrize("path", [*EXAMPLES, *REAL], ids=lambda path: path.stem)
def test_what_is_reported_for_an_outline_is_reported_for_its_document(path: Path) -> None:
    made = plan_file(str(path), draft=True)
    assert made.document is not None
    data = render(made.document, "docx").value
    assert data is not None
    outline = sorted(each.code for each in made.findings if each.code.startswith(("PW44", "PW5")))
    told = [code for code, *_ in _told(data)]
    assert sorted(code for code in told if code != "PW216") == outline
    assert ("PW216" in told) == any(each.code == "PW216" for each in made.findings)


def test_the_audit_reports_wording_too(tmp_path: Path) -> None:
    (tmp_path / "通知.docx").write_bytes(_docx(*(text.replace("5所，其中", "6所，其中") for text in SOUND)))
    said = CliRunner().invoke(cli, ["audit", str(tmp_path / "通知.docx"), "--format", "short"])
    assert "PW442 第3段“1.增加公办学位。到20…”：城区3所、乡镇2所加起来是 5所，不是 6所。" in said.output
    assert "PW653" in said.output


def test_an_outline_is_no_document_to_be_audited() -> None:
    said = CliRunner().invoke(cli, ["audit", "要点.yaml"])
    assert said.exit_code == 2 and "planwriter render 要点.yaml" in said.output
