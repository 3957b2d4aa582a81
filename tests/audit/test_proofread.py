"""The wording and the figures of any .docx: mistakes planted in a document are reported, correct documents have none."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from docx.enum.text import WD_ALIGN_PARAGRAPH

from planwriter.audit.audit import audit_case, audit_docx, read_case
from planwriter.audit.flaws import Case
from planwriter.audit.proofread import proofread
from planwriter.cli.group import cli
from tests.audit.planting import layout
from tests.readers.docx.making import body, packed, para, part, run
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


def test_marks_have_their_partners_on_any_line_of_a_title() -> None:
    sound = "青山县教育局关于印发\n《青山县教育局2026年\n工作要点》的通知"
    assert _told(_docx(SOUND[0], title=sound)) == []
    data = _docx(SOUND[0], title=sound.replace("《", ""))
    case = read_case(data, "通知.docx", layout())
    assert isinstance(case, Case)
    (found,) = proofread(case, "通知.docx")
    assert found.code == "PW502" and case.parts[0].para.text[found.pos.column - 1] == "》"


@pytest.mark.parametrize("title", ["青山县教育局文件", "青山县教育三年行动计划（2024—2026年）"])
def test_years_are_held_against_the_title_alone(title: str) -> None:
    text = "1.增加学位。到2025年底，新建公办幼儿园5所。"
    assert _told(_docx(text, title=title)) == []
    assert [code for code, *_ in _told(_docx(text, title="青山县教育三年行动计划（2026—2028年）"))] == ["PW443"]


def test_verbs_and_their_objects_are_looked_at() -> None:
    assert [code for code, *_ in _told(_docx("1.抓质量。提高培训力度。"))] == ["PW513"]
    assert _told(_docx("1.抓质量。实施过程中遇到的问题，及时报告。加大“示范校”创建力度。")) == []


def test_parts_that_are_not_there_are_told() -> None:
    texts = ("一、抓质量", "按照本方案第三部分执行。", "二、抓安全", "压实责任。")
    assert [code for code, *_ in _told(_docx(*texts))] == ["PW539"]
    assert _told(_docx(*(each.replace("第三", "第二") for each in texts))) == []


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


def _beside(place: str, text: str, body_text: str = "一、做好。") -> bytes:
    """A document with a text in a header, a footer, a note or a text box."""
    title, inner = para(TITLE, '<w:pStyle w:val="Title"/>'), para(text)
    kind = {"页眉": "header", "页脚": "footer"}.get(place)
    if kind:
        section = f'<w:sectPr><w:{kind}Reference w:type="default" r:id="r{kind}1"/></w:sectPr>'
        return packed(body(title + para(body_text) + section), **{f"{kind}1": part("hdr", inner)})
    if place == "第2段的文本框":
        box = f"<w:p><w:r><w:pict><w:txbxContent>{inner}</w:txbxContent></w:pict></w:r></w:p>"
        return packed(body(title + box + para(body_text)))
    name = {"脚注1": "footnote", "尾注1": "endnote"}[place]
    note = f'<w:{name} w:type="separator"><w:p/></w:{name}><w:{name} w:id="1">{inner}</w:{name}>'
    return packed(body(title + para(body_text)), **{f"{name}s": part(f"{name}s", note)})


PLACES = ("页眉", "页脚", "脚注1", "尾注1", "第2段的文本框")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("青山县教育局,县财政局", "PW501", "半角的 ,"),
        ("XX县教育局", "PW216", "“XX县教育局”"),
        ("（青山县教育局", "PW502", "后面没有“）”"),
        ("公办园6所，其中城区3所、乡镇2所", "PW442", "5所，不是 6所"),
        ("覆盖率达到106%", "PW444", "106%"),
    ],
)
def test_texts_beside_the_body_are_read_too(place: str, text: str, code: str, words: str) -> None:
    ((found, line, message),) = _told(_beside(place, text))
    assert (found, line) == (code, 0) and words in message
    assert message.startswith(f"{place}“{text[:12]}")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "text", ["青山县教育局", "内部资料　注意保存", "青教发〔2026〕3号", "数据来源：县统计局", "________"]
)
def test_sound_texts_beside_the_body_have_no_findings(place: str, text: str) -> None:
    assert _told(_beside(place, text)) == []


@pytest.mark.parametrize("shown", ["— {} —", "- {} -", "第{}页", "第 {} 页 共 {} 页", "{}/{}", "_{}_"])
def test_page_numbers_are_no_leftovers(shown: str) -> None:
    first, *rest = shown.split("{}")
    fields = "".join(
        f'<w:fldSimple w:instr="{name}">{run("12")}</w:fldSimple>{run(text)}'
        for name, text in zip(("PAGE", "NUMPAGES"), rest, strict=False)
    )
    section = '<w:sectPr><w:footerReference w:type="default" r:id="rfooter1"/></w:sectPr>'
    footer = part("ftr", f"<w:p>{run(first)}{fields}</w:p>")
    assert _told(packed(body(para("一、做好。") + section), footer1=footer)) == []


def test_a_note_may_miss_an_attachment() -> None:
    plan = para("一、做好。") + para("附件：指标表") + para("附件1") + para("指标表")
    note = part("footnotes", f'<w:footnote w:id="1">{para("见附件3。")}</w:footnote>')
    ((code, _, message),) = _told(packed(body(para("题") + plan), footnotes=note))
    assert code == "PW505" and message.startswith("脚注1“见附件3。”：")


def test_slips_beside_the_body_count_with_those_in_it() -> None:
    told = _told(_beside("脚注1", "新增3-6月、5-7月、6-8月。", "一、做好。到3-5月、4-6月。"))
    ((code, line, message),) = told
    assert (code, line) == ("PW503", 2) and "（共 5 处）" in message


def test_the_layout_rules_do_not_see_texts_beside_the_body() -> None:
    data = _beside("脚注1", "三、不是标题")
    case = read_case(data, "通知.docx", layout())
    assert isinstance(case, Case)
    assert "三、不是标题" not in [part.para.text for part in case.parts]
    assert {each.code for each in audit_case(case, "通知.docx")} == {
        each.code for each in audit_docx(_beside("脚注1", "注"), "通知.docx", layout())
    }


def test_the_audit_reports_wording_too(tmp_path: Path) -> None:
    (tmp_path / "通知.docx").write_bytes(_docx(*(text.replace("5所，其中", "6所，其中") for text in SOUND)))
    said = CliRunner().invoke(cli, ["audit", str(tmp_path / "通知.docx"), "--format", "short"])
    assert "PW442 第3段“1.增加公办学位。到20…”：城区3所、乡镇2所加起来是 5所，不是 6所。" in said.output
    assert "PW653" in said.output


def test_an_outline_is_no_document_to_be_audited() -> None:
    said = CliRunner().invoke(cli, ["audit", "要点.yaml"])
    assert said.exit_code == 2 and "planwriter render 要点.yaml" in said.output
