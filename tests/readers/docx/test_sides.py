"""Headers, footers, notes and text boxes as stories of their own; the body has none of their paragraphs."""

from __future__ import annotations

from planwriter.readers.docx.document import SideStory
from planwriter.readers.docx.read import read_docx
from tests.readers.docx.making import body, packed, para, part, read, related, run

PAGE = "<w:fldSimple w:instr='PAGE'/>"


def uses(*names: str, more: str = "") -> str:
    """The properties of a section with headers and footers, each as kind, number and type: header1:first."""
    references = ""
    for each in names:
        name, _, page = each.partition(":")
        references += f'<w:{name[:-1]}Reference w:type="{page or "default"}" r:id="r{name}"/>'
    return f"<w:sectPr>{references}{more}</w:sectPr>"


def shown(sides: tuple[SideStory, ...]) -> list[tuple[str, list[str]]]:
    return [(each.place, [paragraph.text for paragraph in each.paragraphs]) for each in sides]


def hdr(text: str) -> str:
    return part("hdr", para(text))


def test_headers_and_footers_are_beside_the_body() -> None:
    found = read(para("甲") + uses("header1", "footer1"), header1=hdr("眉"), footer1=part("ftr", f"<w:p>{PAGE}</w:p>"))
    assert shown(found.sides) == [("页眉", ["眉"]), ("页脚", ["1"])]
    assert [each.text for each in found.paragraphs] == ["甲"]
    assert [each.paragraphs[0].number for each in found.sides] == [1, 1]


def test_only_printed_headers_count() -> None:
    parts = {"header1": hdr("首"), "header2": hdr("双")}
    inner = para("甲") + uses("header1:first", "header2:even")
    assert shown(read(inner, **parts).sides) == []
    assert shown(read(inner, **parts, settings=part("settings", "<w:evenAndOddHeaders/>")).sides) == [
        ("双页页眉", ["双"])
    ]
    first = para("甲") + uses("header1:first", more="<w:titlePg/>")
    assert shown(read(first, **parts).sides) == [("首页页眉", ["首"])]


def test_a_header_that_several_sections_use_is_one() -> None:
    sections = para("甲", uses("header1")) + para("乙", uses()) + para("丙", uses("header1")) + uses("header2")
    found = read(sections, header1=hdr("一"), header2=hdr("二"))
    assert shown(found.sides) == [("页眉", ["一"]), ("第4节页眉", ["二"])]


def test_a_later_section_prints_the_first_page_header_of_an_earlier_one() -> None:
    found = read(para("甲", uses("header1:first")) + uses(more="<w:titlePg/>"), header1=hdr("首"))
    assert shown(found.sides) == [("第2节首页页眉", ["首"])]


def test_notes_are_numbered_without_separators() -> None:
    notes = '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>' + "".join(
        f'<w:footnote w:id="{at}">{para(text)}{para("续")}</w:footnote>' for at, text in enumerate("甲乙", 1)
    )
    end = f'<w:endnote w:id="1">{para("末")}</w:endnote>'
    found = read(para("题"), footnotes=part("footnotes", notes), endnotes=part("endnotes", end)).sides
    assert shown(found) == [("脚注1", ["甲", "续"]), ("脚注2", ["乙", "续"]), ("尾注1", ["末"])]
    assert all(each.is_note for each in found)


def test_text_boxes_are_named_by_their_paragraph() -> None:
    inner = f"<w:r><w:pict><w:txbxContent>{para('内')}</w:txbxContent></w:pict></w:r>"
    box = f"<w:p>{run('外')}<w:r><w:pict><w:txbxContent><w:p>{inner}</w:p></w:txbxContent></w:pict></w:r></w:p>"
    assert shown(read(para("甲") + box).sides) == [("第2段的文本框", ["", "内"])]


def test_links_have_the_targets_of_their_own_part() -> None:
    link = part("hdr", f'<w:p><w:hyperlink r:id="rX">{run("甲")}</w:hyperlink></w:p>')
    data = packed(
        body(para("题") + f'<w:p><w:hyperlink r:id="rX">{run("乙")}</w:hyperlink></w:p>' + uses("header1")),
        header1=link,
    )
    data = related(data, "word/document.xml", ("rX", "hyperlink", "file:///甲.docx"), outside=True)
    data = related(data, "word/header1.xml", ("rX", "hyperlink", "https://example.cn"), outside=True)
    found = read_docx(data)
    assert found.paragraphs[1].links == ("file:///甲.docx",)
    assert found.sides[0].paragraphs[0].links == ("https://example.cn",)
