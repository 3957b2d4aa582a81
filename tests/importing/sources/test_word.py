"""A .docx as a script: four makers, styles and lists as they occur, tracked changes, and what stands beside the text."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from planwriter.importing.script import Script, ScriptLine
from planwriter.importing.sources import word
from planwriter.start.records import replace
from planwriter.system.office import TIME_LIMIT, Conversion, Office, find_soffice
from planwriter.writers.text import render_text
from tests.importing.sources.shown import codes, lines
from tests.readers.docx.making import body, packed, para, part, run
from tests.support import EXAMPLES, drafts, render

TEXT = (
    "青山县教育局2026年工作要点",
    "全县教育工作坚持育人为本。",
    "一、扩大普惠资源",
    "（一）增加学位供给",
    "1.新建公办幼儿园。在柳林镇新建2所。",
    "2.改造薄弱学校。完成12所食堂改造。",
    "（二）规范办园行为",
    "1.开展质量自评。年底前完成。",
    "二、建强教师队伍",
    "（一）健全补充机制",
    "1.做好招聘。全年招聘60名。",
)
_DEPTHS = {"一": 0, "二": 0, "（": 1, "1": 2, "2": 2}


def read(inner: str, **more: str) -> Script:
    made = word.read(packed(body(inner), **more), "来文.docx")
    assert made.value is not None
    return made.value


def only(inner: str, **more: str) -> ScriptLine:
    (line,) = read(inner, **more).lines
    return line


def found(inner: str, **more: str) -> list[str]:
    return codes(word.read(packed(body(inner), **more), "来文.docx"))


# the same text of several makers


def typed() -> bytes:
    """The text as python-docx writes it, with labels that were typed."""
    document, buffer = docx.Document(), io.BytesIO()
    document.add_paragraph(TEXT[0], style="Title")
    for each in TEXT[1:]:
        document.add_paragraph(each, style="Heading 1" if each[1] == "、" else None)
    document.save(buffer)
    return buffer.getvalue()


def _level(depth: int, shown: str, form: str, style: str = "") -> str:
    tied = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{tied}<w:suff w:val="nothing"/><w:lvlText w:val="{shown}"/></w:lvl>'


def counted() -> bytes:
    """The text with lists as Word writes them: chapters tied to a style, the others by their own numPr."""
    levels = (
        _level(0, "%1、", "chineseCountingThousand", "1")
        + _level(1, "（%2）", "chineseCountingThousand")
        + _level(2, "%3.", "decimal")
    )
    numbering = part(
        "numbering",
        f'<w:abstractNum w:abstractNumId="3"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num>',
    )
    styles = part(
        "styles",
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="Title"/><w:pPr><w:jc w:val="center"/></w:pPr></w:style>',
    )
    made = para(TEXT[0], '<w:pStyle w:val="a3"/>')
    for each in TEXT[1:]:
        depth = _DEPTHS.get(each[0], -1)
        rest = each[each.index("）") + 1 :] if depth == 1 else each[2:] if depth >= 0 else each
        own = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="7"/></w:numPr>' if depth > 0 else ""
        made += para(rest, '<w:pStyle w:val="1"/>' if depth == 0 else own)
    return packed(body(made), numbering=numbering, styles=styles)


@pytest.mark.parametrize("make", [typed, counted])
def test_makers_give_the_same_text_and_the_same_levels(make: Callable[[], bytes]) -> None:
    made = word.read(make(), "要点.docx")
    assert lines(made) == list(TEXT) and made.findings == ()
    assert made.value is not None
    assert [line.style for line in made.value.lines if line.style] == ["标题", "章", "章"]


def test_a_counted_label_stands_beside_the_text_and_a_typed_one_in_it() -> None:
    one, two = (word.read(data, "要点.docx").value for data in (typed(), counted()))
    assert one is not None and two is not None
    assert (one.lines[3].label, one.lines[3].text) == ("", "（一）增加学位供给")
    assert (two.lines[3].label, two.lines[3].text) == ("（一）", "增加学位供给")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("native", [False, True], ids=["typed", "native"])
def test_our_own_docx_has_the_lines_of_the_text_writer(path: Path, native: bool) -> None:
    document = replace(drafts()[path.stem], native_numbering=native)
    made = word.read(render(document, "docx").value or b"", "计划.docx")
    assert lines(made) == render_text(document).splitlines() and made.findings == ()


@pytest.mark.libreoffice
def test_what_libreoffice_saves_of_our_docx_has_the_same_lines() -> None:
    program = find_soffice()
    assert program is not None
    documents = [replace(drafts()[path.stem], native_numbering=native) for path in EXAMPLES for native in (False, True)]
    through = [
        Conversion("docx", "", "doc", "MS Word 97", b"\xd0\xcf", ""),
        Conversion("doc", "", "docx", "MS Word 2007 XML", b"PK", ""),
    ]
    data = [render(each, "docx").value or b"" for each in documents]
    for conversion in through:
        with Office(program, conversion) as office:
            data = [made for _, made in office.convert(data, TIME_LIMIT, lambda: False)]
    assert len(data) == len(documents)
    for document, made in zip(documents, data, strict=True):
        assert lines(word.read(made, "计划.docx")) == render_text(document).splitlines()


def test_what_pandoc_makes_of_our_markdown_has_the_same_lines(tmp_path: Path) -> None:
    program = shutil.which("pandoc")
    if program is None:
        pytest.skip("pandoc is not installed")
    for path in EXAMPLES:
        document = drafts()[path.stem]
        (tmp_path / "plan.md").write_bytes(render(document, "md").value or b"")
        subprocess.run([program, "-f", "markdown", "plan.md", "-o", "made.docx"], cwd=tmp_path, check=True, timeout=120)
        made = word.read((tmp_path / "made.docx").read_bytes(), "计划.docx")
        wanted = [each.replace("\t", " ") for each in render_text(document).splitlines()]
        assert [each.replace("\t", " ") for each in lines(made)] == wanted


# styles and formats


@pytest.mark.parametrize(
    ("style", "means"),
    [
        *(
            ("heading 1", "章"),
            ("Heading 2", "节"),
            ("标题 3", "条"),
            ("标题4", "款"),
            ("一级标题", "章"),
            ("4级标题", "款"),
        ),
        *(("Title", "标题"), ("标题", "标题"), ("文章标题", "标题"), ("heading 5", ""), ("Normal", ""), ("署名", "")),
    ],
)
def test_a_style_says_which_level_a_line_has(style: str, means: str) -> None:
    styles = part("styles", f'<w:style w:styleId="s"><w:name w:val="{style}"/></w:style>')
    assert only(para("总体要求", '<w:pStyle w:val="s"/>'), styles=styles).style == means


def test_an_outline_level_says_it_too() -> None:
    assert only(para("总体要求", '<w:outlineLvl w:val="1"/>')).style == "节"
    assert only(para("总体要求", '<w:outlineLvl w:val="6"/>')).style == ""


def test_a_list_of_the_paragraph_stands_before_that_of_its_style() -> None:
    """As WPS writes it: the style has a list, and the paragraph another one or none."""
    two = (
        f'<w:abstractNum w:abstractNumId="{at}">{_level(0, shown, "decimal")}</w:abstractNum>'
        for at, shown in ((1, "%1."), (2, "（%1）"))
    )
    numbering = part(
        "numbering",
        "".join(two) + "".join(f'<w:num w:numId="{at}"><w:abstractNumId w:val="{at}"/></w:num>' for at in (1, 2)),
    )
    styles = part("styles", '<w:style w:styleId="s"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>')
    own = (
        "",
        '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>',
        '<w:numPr><w:numId w:val="0"/></w:numPr>',
        "",
    )
    inner = "".join(para("字", f'<w:pStyle w:val="s"/>{each}') for each in own)
    assert [line.label for line in read(inner, numbering=numbering, styles=styles).lines] == ["1.", "（1）", "", "2."]


def test_a_bullet_is_no_label() -> None:
    for shown in ("●", "\uf06c", "l", "—"):
        numbering = part(
            "numbering",
            f'<w:abstractNum w:abstractNumId="1">{_level(0, shown, "bullet")}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>',
        )
        assert only(para("字", '<w:numPr><w:numId w:val="1"/></w:numPr>'), numbering=numbering).label == ""


def test_where_a_line_stands_is_kept() -> None:
    page = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:left="1587" w:right="1474"/></w:sectPr>'
    big = '<w:sz w:val="32"/>'

    def formed(text: str, form: str = "") -> ScriptLine:
        return only(f"<w:p><w:pPr>{form}</w:pPr>{run(text, big)}</w:p>{page}")

    assert formed("标题", '<w:jc w:val="center"/>').centred
    assert (
        formed("青山县教育局", '<w:jc w:val="right"/>').right and formed("青山县教育局", '<w:ind w:left="5000"/>').right
    )
    assert formed("　" * 16 + "2026年2月3日").right
    assert (
        not formed("正文" * 30, '<w:ind w:left="5000"/>').right
        and not formed("正文", '<w:ind w:firstLine="640"/>').right
    )
    assert formed("正文", "<w:pageBreakBefore/>").page_break and not formed("正文").page_break


def test_a_line_is_bold_as_a_whole_or_not() -> None:
    bold, face = "<w:b/>", '<w:rFonts w:eastAsia="黑体"/>'
    inner = f"<w:p>{run('要', bold)}{run('点', bold)}</w:p><w:p>{run('要', bold)}{run('点。后面的正文')}</w:p><w:p>{run('要点', face)}</w:p>"
    assert [line.bold for line in read(inner).lines] == [True, False, True]


def test_boxes_are_lines_in_their_place() -> None:
    frame = '<w:pBdr><w:top w:val="single"/><w:left w:val="single"/></w:pBdr>'
    table = f"<w:tbl><w:tr><w:tc>{para('专栏1')}{para('内容一')}</w:tc></w:tr><w:tr><w:tc>{para('内容二')}</w:tc></w:tr></w:tbl>"
    shape = f"<w:p>{run('前')}<w:r><w:pict><w:txbxContent>{para('框里')}</w:txbxContent></w:pict></w:r></w:p>"
    made = read(para("正文") + para("框", frame) + table + shape)
    assert [(line.text, line.boxed) for line in made.lines] == [
        *(
            ("正文", False),
            ("框", True),
            ("专栏1", True),
            ("内容一", True),
            ("内容二", True),
            ("前", False),
            ("框里", True),
        ),
    ]


def test_a_line_break_stays_in_a_paragraph_but_not_in_a_title() -> None:
    broken = "<w:r><w:t>青山县</w:t><w:br/><w:t>工作要点</w:t></w:r>"
    styles = part("styles", '<w:style w:styleId="s"><w:name w:val="Title"/></w:style>')
    assert only(f"<w:p>{broken}</w:p>").text == "青山县\n工作要点"
    assert only(f'<w:p><w:pPr><w:pStyle w:val="s"/></w:pPr>{broken}</w:p>', styles=styles).text == "青山县工作要点"


def test_numbers_count_paragraphs() -> None:
    row = f"<w:tr><w:tc>{para('甲')}</w:tc><w:tc>{para('乙')}</w:tc></w:tr>"
    table = f"<w:tbl>{row * 2}</w:tbl>"
    made = read(para("一") + table + para("二"))
    assert made.counted == "段" and [line.number for line in made.lines] == [1, 2, 6]


# tracked changes, and what is left out

_INS, _DEL = '<w:ins w:id="1" w:author="a">{}</w:ins>', '<w:del w:id="2" w:author="a">{}</w:del>'


def test_tracked_changes_are_accepted_and_said_once() -> None:
    gone = run("旧").replace("w:t>", "w:delText>")
    inner = f"<w:p>{run('新建')}{_DEL.format(gone)}{_INS.format(run('3'))}{run('所')}</w:p><w:p>{_INS.format(run('添'))}</w:p>"
    made = word.read(packed(body(inner)), "来文.docx")
    assert lines(made) == ["新建3所", "添"] and codes(made) == ["PW721"]
    assert made.findings[0].pos.line == 1 and "添上 2 处，删去 1 处" in made.findings[0].message
    assert found(para("没有修订")) == []


def test_a_deleted_end_joins_two_paragraphs() -> None:
    mark = '<w:rPr><w:del w:id="1" w:author="a"/></w:rPr>'
    table = f"<w:tbl><w:tr><w:tc>{para('甲')}</w:tc><w:tc>{para('乙')}</w:tc></w:tr></w:tbl>"
    assert [line.text for line in read(para("前", mark) + para("后")).lines] == ["前后"]
    assert [line.text for line in read(para("前", mark) + para("中", mark) + table + para("后", mark)).lines] == [
        "前中",
        "",
        "后",
    ]
    assert [line.text for line in read(para("", mark) + para("后")).lines] == ["后"]


def test_what_stands_beside_the_text_is_said() -> None:
    notes = part("footnotes", f'<w:footnote w:id="1">{para("指新增公办园学位。")}</w:footnote>')
    made = word.read(packed(body(para("正文")), footnotes=notes), "来文.docx")
    assert lines(made) == ["正文"] and codes(made) == ["PW723"]
    assert "脚注1：指新增公办园学位。" in made.findings[0].related[0][1]
    comment = '<w:p><w:r><w:t>正文</w:t></w:r><w:r><w:commentReference w:id="0"/></w:r></w:p>'
    assert found(comment) == ["PW722"]
    assert found("<w:p><w:r><w:drawing><a:blip xmlns:a='a'/></w:drawing></w:r></w:p>") == ["PW723"]
    assert found(f"<w:p>{run('藏着', '<w:vanish/>')}{run('正文')}</w:p>") == ["PW723"]
    assert found(para("正文"), header1=part("hdr", para("页眉"))) == []


def test_a_table_of_contents_is_left_out_and_said() -> None:
    styles = part("styles", '<w:style w:styleId="s"><w:name w:val="toc 1"/></w:style>')
    made = word.read(
        packed(body(para("一、总体要求 1", '<w:pStyle w:val="s"/>') + para("一、总体要求")), styles=styles), "来文.docx"
    )
    assert lines(made) == ["一、总体要求"] and codes(made) == ["PW722"]


# hostile files


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x03\x04" + b"\0" * 60, b"\xd0\xcf\x11\xe0", b"\x00" * 100])
def test_what_cannot_be_read_is_a_finding(data: bytes) -> None:
    made = word.read(data, "来文.docx")
    assert made.value is None and codes(made) == ["PW720"]


def test_a_file_without_text_has_no_lines_of_text() -> None:
    assert all(not line.text for line in read(para("")).lines)


_CHILD = """
import re, sys
from planwriter.importing.sources import word
data = open(sys.argv[1], "rb").read()
made = word.read(data, "x.docx").value
print(len(made.lines), int(re.search("VmHWM:\\s*(\\d+)", open("/proc/self/status").read())[1]) // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="/proc says how much memory a process took")
def test_three_hundred_pages_take_less_than_300_megabytes(tmp_path: Path) -> None:
    sentence = "压实工作责任，细化推进措施，定期通报进展，确保目标任务按期完成，让群众看得见、感受得到变化。"
    inner = "".join(f"<w:p>{run(f'{at}.抓好落实。', '<w:b/>')}{run(sentence * 4)}</w:p>" for at in range(1100))
    path = tmp_path / "长.docx"
    path.write_bytes(packed(body(inner)))  # 210,000 characters, 700 to a page
    done = subprocess.run([sys.executable, "-c", _CHILD, str(path)], capture_output=True, text=True, check=True)
    count, megabytes = map(int, done.stdout.split())
    assert count == 1100 and megabytes < 300
