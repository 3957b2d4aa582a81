"""Web pages as scripts: the pages of several sites give the text that they were published for."""

from __future__ import annotations

import subprocess
import sys

import pytest

from planwriter.importing.script import Script, ScriptLine
from planwriter.importing.sources import web
from tests.growth import assert_linear_text
from tests.importing.sources.shown import codes, lines
from tests.importing.sources.sites import EXTRA, PARAGRAPHS, SITES, TITLE


def page(inner: str, head: str = "") -> Script:
    made = web.read(f"<html><head>{head}</head><body>{inner}</body></html>".encode(), "网页.html")
    assert made.value is not None
    return made.value


def texts(inner: str, head: str = "") -> list[str]:
    return [line.text for line in page(inner, head).lines]


PROSE = "<p>各学校要细化措施，明确到人，每季度报送一次进展情况。</p>"


@pytest.mark.parametrize("name", SITES)
def test_a_page_of_a_site_gives_the_text_and_nothing_else(name: str) -> None:
    make, encoding = SITES[name]
    made = web.read(make(TITLE, PARAGRAPHS).encode(encoding), f"{name}.html")
    assert [line.strip(" \u3000\xa0") for line in lines(made)] == [TITLE, *PARAGRAPHS, *EXTRA.get(name, [])]
    assert codes(made) == []
    assert made.value is not None and [line.number for line in made.value.lines] == list(range(1, len(lines(made)) + 1))


@pytest.mark.parametrize("name", SITES)
def test_the_same_in_any_encoding_that_can_hold_it(name: str) -> None:
    make, encoding = SITES[name]
    text = make(TITLE, PARAGRAPHS)
    other = "utf-16" if encoding == "utf-8" else "utf-8"  # a declaration that is wrong
    one, two = web.read(text.encode(encoding), "a.html"), web.read(text.encode(other), "a.html")
    assert lines(one) == lines(two) and codes(two) == []


def test_breaks_and_blocks_end_lines_and_wrapped_lines_do_not() -> None:
    assert texts("<div>甲<br>乙<div>丙</div>丁</div><p>全县\n 教育<p>English\n words") == [
        *("甲", "乙", "丙", "丁", "全县教育", "English words"),
    ]


def test_blanks_that_were_typed_stay() -> None:
    assert texts("<p>\u3000\u3000正文&nbsp;&nbsp;后</p>") == ["\u3000\u3000正文\xa0\xa0后"]


def test_headings_say_their_levels_and_are_one_line() -> None:
    made = page(f"<h1>青山县<br>工作要点</h1><h2>一、总则</h2>{PROSE}<h4>1.甲</h4><h6>乙</h6>")
    assert [(line.text, line.style) for line in made.lines if line.bold] == [
        *(("青山县工作要点", "标题"), ("一、总则", "章"), ("1.甲", "条"), ("乙", "")),
    ]


def test_where_a_line_stands_and_how_it_looks_is_kept() -> None:
    inner = (
        '<p style="text-align: center">中</p><div align="right"><p>右</p></div><center>央</center><p><b>粗</b><strong>体</strong></p>'
        f'<p><b>题。</b>文</p><p style="text-align:end">尾</p>{PROSE}'
    )
    made = page(inner).lines
    assert [line.text for line in made if line.centred] == ["中", "央"]
    assert [line.text for line in made if line.right] == ["右", "尾"] and [line.text for line in made if line.bold] == [
        "粗体"
    ]


def test_lists_are_counted_as_a_browser_does() -> None:
    made = page(f"<ol><li>甲<li value=5>乙<p>续</p><li>丙</ol><ul><li>丁</ul>{PROSE}")
    assert [(line.label, line.text) for line in made.lines][:5] == [
        ("1.", "甲"),
        ("5.", "乙"),
        ("", "续"),
        ("6.", "丙"),
        ("", "丁"),
    ]


def test_a_table_of_data_is_a_table() -> None:
    table = "<table><tr><th>任务<th>单位<tr><td rowspan=2>一<br>二<td>县教育局<tr><td>县财政局</table>"
    (line,) = [each for each in page(PROSE + table).lines if each.rows]
    assert line.rows == (("任务", "单位"), ("一\n二", "县教育局"), ("", "县财政局")) and len(line.merges) == 1


def test_the_title_is_taken_from_the_page_once() -> None:
    head = '<meta name="ArticleTitle" content="青山县2026年工作要点"><title>别的_青山县</title>'
    first = page(PROSE, head).lines[0]
    assert (first.text, first.style, first.centred) == ("青山县2026年工作要点", "标题", True)
    assert len(page(f"<p>青山县</p><p>2026年 工作要点</p>{PROSE}", head).lines) == 3
    assert len(page(PROSE, "<title>首页</title>").lines) == 1
    named = "<title>青山县教育三年行动计划（2026-2028年）_青山县政府-政务公开</title>"
    assert (
        texts("<p>现印发《青山县教育三年行动计划（2026-2028年）》。</p>", named)[0]
        == "青山县教育三年行动计划（2026-2028年）"
    )
    assert texts(PROSE, "<title>青山县2026年工作要点 - 青山县政府</title>")[0] == "青山县2026年工作要点"
    assert len(page(PROSE, '<meta name="ArticleTitle" content="青山县关于印发2026年…">').lines) == 1


def test_what_is_left_out_of_the_text_is_said() -> None:
    inner = f'<div class="TRS_Editor"><div class="share">分享到微信</div>{PROSE * 9}</div>'
    made = web.read(inner.encode(), "网页.html")
    assert codes(made) == ["PW722"] and "分享到微信" in made.findings[0].message
    assert "分享到微信" not in lines(made)


def test_a_page_of_two_texts_of_one_size_is_read_as_a_whole() -> None:
    assert len(lines(web.read(f"<div>{PROSE * 9}</div><div>{PROSE * 9}</div>".encode(), "网页.html"))) == 18


def test_a_text_that_is_only_a_part_of_the_page_is_doubted() -> None:
    other = "".join(f"<p>{at}号楼的住户请注意，今天下午停水，请各家提前蓄水备用。</p>" for at in range(9))
    inner = f'<div class="a">{other}</div><div id="zoom">{PROSE * 11}</div>'
    assert codes(web.read(inner.encode(), "网页.html")) == ["PW729"]


def test_a_part_with_a_wrong_name_and_sentences_stays() -> None:
    assert texts(f'<div class="list">{PROSE * 3}</div>')[0].startswith("各学校")


def test_damaged_bytes_are_said() -> None:
    data = '<html><head><meta charset="gbk"></head><body><p>全县教育工作要点</p>'.encode("gbk") + b"\xff\xff</body>"
    assert "PW710" in codes(web.read(data, "网页.html"))


# hostile pages

_HOSTILE = {
    "open tags": "<a " * 400_000,
    "open quotes": '<p class="' * 200_000,
    "one quote": '<p a="' + "<p b='" * 200_000,
    "comments": "<!--" * 400_000,
    "half comments": "<!-- " + "-- >" * 400_000,
    "nested": "<div>" * 100_000 + "字",
    "nested tables": "<table><tr><td>" * 30_000 + "字",
    "titles": '<div class="title">' * 5000 + "题" * 200_000,
    "unclosed": "<p><b><font>字" * 40_000,
    "ends": "</div>" * 400_000,
    "scripts": "<script>" * 300_000,
    "entities": "<p>" + "&amp;" * 400_000,
    "half entities": "<p>" + "&#" * 600_000,
    "spans": "<table>" + "<tr><td rowspan=9999 colspan=9999>字</td></tr>" * 3000 + "</table>",
    "lists": "<ol>" * 190 + "<li>" * 60_000,
    "equals": "<p " + "a=" * 600_000 + ">",
    "links": '<a href="x">字</a><br>' * 20_000,
    "blanks": "<p>" + " \n" * 600_000 + "字",
    "null": "\0" * 500_000,
    "selects": "<select><option>" * 100_000 + "</div>",
    "declared": "<meta " + "charset " * 100_000,
}


@pytest.mark.parametrize("name", _HOSTILE)
def test_a_hostile_page_is_read_or_refused_in_linear_time(name: str) -> None:
    assert_linear_text(lambda text: web.read(text.encode(), "网页.html"), _HOSTILE[name])


def test_too_many_marks_are_a_finding() -> None:
    made = web.read(b"<p>x" * 400_001, "网页.html")
    assert made.value is None and codes(made) == ["PW709"]


def test_too_many_cells_are_a_finding() -> None:
    rows = f"<tr>{'<td>字' * 150}" + "<tr><td rowspan=1500 colspan=150>" + "<tr>" * 1500
    made = web.read(f"<table>{rows}</table>".encode(), "网页.html")
    assert made.value is None and codes(made) == ["PW709"]


def test_a_line_is_a_value() -> None:
    assert page(PROSE).lines[0] == ScriptLine(text="各学校要细化措施，明确到人，每季度报送一次进展情况。", number=1)


def test_reading_pages_needs_no_library() -> None:
    program = "import sys; from planwriter.importing.sources import web; web.read(b'<p>x', 'x'); print(sorted({'lxml', 'docx', 'yaml'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
