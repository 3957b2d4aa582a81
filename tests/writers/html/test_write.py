"""The HTML writer: one valid file without scripts or network access, with the text writer's text and the layout's styles."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from planwriter.layout.find import load_layout
from planwriter.layout.layout import Layout, mm, pt
from planwriter.model import Document
from planwriter.start.records import replace
from planwriter.writers.html.write import render_html
from planwriter.writers.text import render_text
from tests.documents import document, paragraph, sample, text
from tests.writers.framed import DOCUMENTS, NOTICE

VOID = {"meta", "hr", "br"}
LINES = {"p", "h1", "h2", "h3", "h4", "h5", "tr"}


def layout() -> Layout:
    found = load_layout("gb9704").value
    assert found is not None
    return found.layout


def html(made: Document) -> str:
    return render_html(made, layout())


class Reader(HTMLParser):
    """The lines of a page, its elements, and whether every one is closed where it should be."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.lines: list[str] = []
        self.feed(page)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)
        if tag in LINES:
            self.lines.append("")
        if tag in ("td", "th") and self.lines[-1] != "":
            self.lines[-1] += "\t"
        elif tag in ("td", "th"):
            self.lines[-1] += "\x00"

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "td" in self.open or "th" in self.open:
            self.lines[-1] += data.replace("\n", " ")
        elif LINES.intersection(self.open) - {"tr"}:
            self.lines[-1] += data
        elif "head" not in self.open:
            assert not data.strip(), data

    @property
    def text(self) -> list[str]:
        return [line for each in self.lines for line in each.removeprefix("\x00").split("\n")]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_tags_taken_off_it_is_the_text_of_the_text_writer(name: str) -> None:
    assert Reader(html(DOCUMENTS[name])).text == render_text(DOCUMENTS[name]).split("\n")[:-1]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_it_is_one_file_without_script_or_network(name: str) -> None:
    page = html(DOCUMENTS[name])
    assert page.startswith('<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">')
    assert "<script" not in page and "http" not in page and "url(" not in page and "@import" not in page
    assert not [
        each
        for each in Reader(page).elements
        if {"src", "href"} & each[1].keys() or any(name.startswith("on") for name in each[1])
    ]


def test_what_looks_like_markup_is_text() -> None:
    nasty = "</style><script>alert(1)</script>&amp;\"'"
    made = replace(
        document(paragraph(nasty), title=nasty), frame=replace(NOTICE, notice_title=text(nasty), issuers=(text(nasty),))
    )
    page = html(made)
    assert "<script" not in page and page.count("</style>") == 1
    assert nasty in Reader(page).text


def test_characters_that_html_forbids_are_left_out_and_spaces_are_kept() -> None:
    page = html(document(paragraph("甲\x00\x0b\ud800乙  丙　")))
    assert '<p class="body">甲乙  丙　</p>' in page and "white-space:pre-wrap" in page
    page.encode()


def test_a_font_name_cannot_end_the_style_sheet() -> None:
    roles = tuple(replace(role, font='x"}</style><script>') for role in layout().roles)
    page = render_html(sample(), replace(layout(), roles=roles))
    assert page.count("</style>") == 1 and "<script" not in page


def test_titles_are_headings_and_titles_that_run_in_are_spans() -> None:
    page = html(sample())
    assert '<h1 class="title">青山县教育局2026年工作要点</h1>' in page
    assert '<h2 class="heading1">一、聚焦普及普惠，办好学前教育</h2>' in page
    assert '<p class="body"><span class="heading2">（一）扩大资源。</span>新建公办幼儿园12所。' in page
    assert page.count("<thead>") == 3 and page.count('<aside class="box">') == 2


def test_a_title_is_broken_between_words_and_stays_one_text() -> None:
    page = html(DOCUMENTS["notice"])
    assert (
        '<span class="line">青山县教育局关于印发</span><span class="line">《青山县教育局2026年教育系统</span>' in page
    )
    assert f"<title>{NOTICE.notice_title.value if NOTICE.notice_title else ''}</title>" in page


def test_what_begins_a_page_begins_a_sheet() -> None:
    assert html(DOCUMENTS["notice"]).count('<section class="sheet">') == 3
    assert html(DOCUMENTS["direct"]).count('<section class="sheet">') == 1


def test_lengths_and_fonts_are_the_layouts() -> None:
    own = replace(layout(), paper=(mm(200), mm(290)), pitch=pt(30))
    page = render_html(sample(), own)
    assert "@page{size:200mm 290mm;margin:37mm 26mm 35mm 28mm}" in page
    assert re.search(r'\.body\{font-family:"planwriter-latin","仿宋_GB2312","仿宋",[^}]*font-size:16pt', page)
    assert re.search(r"p\.body\{text-align:justify;text-indent:2em;[^}]*line-height:30pt", page)


def test_page_numbers_stand_outside_or_in_the_middle() -> None:
    assert '@page:right{@bottom-right{content:"— " counter(page) " —"' in html(sample())
    centred = replace(layout(), page_number=replace(layout().page_number, outside=False))
    assert "@page{@bottom-center{" in render_html(sample(), centred)


def test_the_mark_is_red_fits_the_type_area_and_leaves_its_place_on_printed_paper() -> None:
    page = html(DOCUMENTS["notice"])
    size = re.search(r'<p class="mark many" style="font-size:([0-9.]+)pt', page)
    assert size is not None and float(size[1]) * 11 <= layout().width.points + 1
    assert re.search(r"\.mark\{[^}]*color:#d7000f", page)
    left = html(DOCUMENTS["direct"])
    assert 'class="mark' not in left and '<hr class="rule blank">' in left


@pytest.mark.parametrize(
    ("sealed", "name", "date", "style"),
    [
        (True, "青山县教育局", "2026年12月15日", 'sealed" style="margin-right:4em'),
        (True, "青山县普通高中教育教学指导委员会", "2026年3月5日", 'sealed" style="margin-right:0'),
        (False, "青山县教育局", "2026年3月5日", 'unsealed" style="margin-right:2em'),
    ],
)
def test_the_signature_stands_where_the_seal_wants_it(sealed: bool, name: str, date: str, style: str) -> None:
    frame = replace(NOTICE, form="直发", sealed=sealed, signatures=(text(name),), date=text(date))
    assert f'<div class="signed-off {style}' in html(replace(sample(), frame=frame))
