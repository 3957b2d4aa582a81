"""Tests of a .docx whose characters are marked by their format."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest

from planwriter.layout.find import STANDARD, load_layout
from planwriter.model import Merge
from planwriter.plan.flow import BODY, DATE, HEADINGS, IMPRINT, LABEL, MARK, NUMBER
from planwriter.writers.docx.marked import MarkedGrid, MarkedItem, MarkedLine, MarkedRun, Marking, render_marked
from planwriter.writers.docx.package import is_untouched
from tests.revisions import missing_validator, validated

HEADER = "花脸稿　不得印发"
ITEMS: tuple[MarkedItem, ...] = (
    MarkedLine("title", (MarkedRun("青山县\n工作要点"),)),
    MarkedLine(
        BODY,
        (
            MarkedRun("1.抓好教学。", Marking.NONE, HEADINGS[2]),
            MarkedRun("3<&所", Marking.STRUCK),
            MarkedRun("5>\x00所", Marking.PUT_IN, HEADINGS[2]),
        ),
    ),
    MarkedLine(BODY, (MarkedRun("移来", Marking.COME), MarkedRun("移走", Marking.GONE)), boxed=True),
    MarkedLine(BODY, (MarkedRun("〔图〕"),), plain=True),
    MarkedLine(DATE, (MarkedRun("2026年3月5日"),)),
    MarkedLine(LABEL, (MarkedRun("附件1"),)),
    MarkedGrid(
        (((MarkedRun("甲"),), (MarkedRun("乙"),)), ((MarkedRun("长" * 90), MarkedRun("新", Marking.PUT_IN)), ()))
    ),
    MarkedGrid(
        (((MarkedRun("合"),), (), (MarkedRun("丙"),)), ((MarkedRun("一"),), (MarkedRun("二"),), ())),
        merges=(Merge(row=0, column=0, rows=1, columns=2), Merge(row=0, column=2, rows=2, columns=1)),
        shares=(1, 2, 3),
    ),
)

FRAME: tuple[MarkedItem, ...] = (
    MarkedLine(MARK, (MarkedRun("甲局", Marking.PUT_IN), MarkedRun("文件", Marking.STRUCK))),
    MarkedLine(NUMBER, (MarkedRun("甲〔2026〕3号"),)),
    MarkedLine(IMPRINT, (MarkedRun("抄送：乙。"),)),
)


def _made(items: tuple[MarkedItem, ...] = ITEMS, header: str = HEADER, name: str = STANDARD) -> bytes:
    stored = load_layout(name).value
    assert stored is not None and stored.base is not None
    return render_marked(items, stored.layout, stored.base, header)


def _part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def test_the_text_is_that_of_the_items_and_every_page_says_what_it_is() -> None:
    document = docx.Document(io.BytesIO(_made()))
    assert [each.text for each in document.paragraphs[:3]] == ["青山县\n工作要点", "1.抓好教学。3<&所5>所", "移来移走"]
    assert [cell.text for cell in document.tables[0].rows[1].cells] == ["长" * 90 + "新", ""]
    for section in document.sections:
        assert section.header.paragraphs[0].text == section.even_page_header.paragraphs[0].text == HEADER


def test_marks_are_formats_and_no_tracked_changes() -> None:
    xml = _part(_made(), "word/document.xml")
    assert '<w:r><w:rPr><w:strike/><w:color w:val="C00000"/></w:rPr><w:t>3&lt;&amp;所</w:t></w:r>' in xml
    assert '<w:rPr><w:rStyle w:val="Heading3Char"/><w:color w:val="0B5394"/><w:u w:val="single"/></w:rPr>' in xml
    assert "<w:ins " not in xml and "<w:del " not in xml


@pytest.mark.parametrize(
    ("issuer", "scale", "half_points"),
    [
        ("青山县教育局文件", 98, 112),
        ("青山县农业农村局文件", 78, 112),
        ("青山县退役军人事务和综合保障服务局文件", 60, 77),
    ],
)
def test_the_mark_of_the_issuer_fits_one_line(issuer: str, scale: int, half_points: int) -> None:
    xml = _part(_made((MarkedLine(MARK, (MarkedRun(issuer),)),)), "word/document.xml")
    assert f'<w:w w:val="{scale}"/><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr>' in xml


def test_the_frame_has_its_rules_and_marked_characters_keep_the_order_of_the_schema() -> None:
    xml = _part(_made(FRAME), "word/document.xml")
    assert '<w:color w:val="0B5394"/><w:w w:val="100"/>' in xml and '/><w:u w:val="single"/></w:rPr>' in xml
    assert '<w:pBdr><w:bottom w:val="single" w:sz="10" w:space="4" w:color="FF0000"/></w:pBdr>' in xml
    assert xml.index('w:color="FF0000"') < xml.index('<w:pBdr><w:top w:val="single" w:sz="6"')


def test_the_same_bytes_and_known_as_ours() -> None:
    assert _made() == _made()
    assert is_untouched(_made()) is True


def test_no_items_are_a_page_with_its_header() -> None:
    assert len(docx.Document(io.BytesIO(_made(()))).paragraphs) == 1


@pytest.mark.skipif(bool(missing_validator()), reason=missing_validator())
def test_word_accepts_it() -> None:
    found = validated({"a": _made(), "b": _made((), "<&>"), "c": _made((MarkedGrid(()),)), "d": _made(FRAME)})
    assert found == {"a": [], "b": [], "c": [], "d": []}


def test_the_mark_stays_on_one_line_and_a_title_is_broken_as_in_print() -> None:
    title = "青山县教育局关于印发《青山县教育局2026年工作要点》的通知"
    items = (
        MarkedLine("mark", (MarkedRun("青山县教育局文件", Marking.PUT_IN),)),
        MarkedLine("title", (MarkedRun(title[:4]), MarkedRun(title[4:], Marking.STRUCK))),
        MarkedLine("attached", (MarkedRun("附件：1.甲"),)),
        MarkedLine("attached", (MarkedRun("2.乙"),)),
    )
    data = _made(items)
    paragraphs = docx.Document(io.BytesIO(data)).paragraphs
    lines = paragraphs[1].text.split("\n")
    assert "".join(lines) == title and lines[0] == "青山县教育局关于印发"
    xml = _part(data, "word/document.xml")
    assert re.search(r'<w:color w:val="0B5394"/><w:w w:val="\d\d"/><w:sz w:val="\d+"/><w:szCs w:val="\d+"/><w:u ', xml)
    assert [re.search(r'leftChars="(\d+)"', each._p.xml)[1] for each in paragraphs[2:4]] == ["200", "500"]  # type: ignore[index]


def test_only_long_rows_are_split() -> None:
    def row(text: str) -> tuple[tuple[MarkedRun, ...], ...]:
        return ((MarkedRun(text),), (MarkedRun("乙"),))

    xml = _part(_made((MarkedGrid((row("头"), row("短"), row("长" * 400)), shares=(1, 1)),)), "word/document.xml")
    assert [each.count("cantSplit") for each in xml.split("<w:tr>")[1:]] == [1, 1, 0]
