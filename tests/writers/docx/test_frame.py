"""The XML of the frame: the text of the text writer, children in the schema's order, only styles of the base."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from planwriter.writers.text import render_text
from tests.pages.samples import SAMPLES, lines_of, render
from tests.wordml import ORDER, W, root_of

NAMES = sorted(SAMPLES)


@pytest.mark.parametrize("name", NAMES)
def test_the_text_of_the_docx_is_that_of_the_text_writer(name: str) -> None:
    made = SAMPLES[name]
    assert "".join(f"{line}\n" for line in lines_of(render(made))) == render_text(made)


@pytest.mark.parametrize("name", NAMES)
def test_children_stand_in_the_order_of_the_schema(name: str) -> None:
    data = render(SAMPLES[name])
    for part in ("word/document.xml", "word/styles.xml"):
        for element in root_of(data, part).iter():
            tag = etree.QName(element).localname
            order = ORDER.get(tag, "").split()
            if order:
                places = [order.index(etree.QName(child).localname) for child in element]
                assert places == sorted(places), (name, [child.tag for child in element])
                assert len(set(places)) == len(places) or tag not in ("pPr", "rPr", "tblPr"), (name, places)


@pytest.mark.parametrize("name", NAMES)
def test_every_style_in_use_is_in_the_base(name: str) -> None:
    data = render(SAMPLES[name])
    held = {each.get(f"{W}styleId") for each in root_of(data, "word/styles.xml").iter(f"{W}style")}
    used = {each.get(f"{W}val") for tag in ("pStyle", "rStyle", "tblStyle") for each in root_of(data).iter(f"{W}{tag}")}
    assert used <= held


@pytest.mark.parametrize("name", NAMES)
def test_two_renderings_give_the_same_bytes(name: str) -> None:
    assert render(SAMPLES[name]) == render(SAMPLES[name])


def test_the_frame_has_styles_of_its_own_name() -> None:
    styles = root_of(render(SAMPLES["everything"]), "word/styles.xml")
    names = {each.get(f"{W}val") for each in styles.iter(f"{W}name")}
    assert names >= {
        "份号",
        "密级",
        "发文机关标志",
        "发文字号",
        "红色分隔线",
        "主送机关",
        "附件说明",
        "署名",
        "成文日期",
        "附注",
        "附件标识",
        "版记",
    }


@pytest.mark.parametrize(
    "style", ["CopyNumber", "DocumentNumber", "AttachmentNote", "IssuerSignature", "IssueDate", "Imprint"]
)
def test_nothing_is_added_between_chinese_and_digits_where_characters_are_counted(style: str) -> None:
    (found,) = [
        each
        for each in root_of(render(SAMPLES["none"]), "word/styles.xml").iter(f"{W}style")
        if each.get(f"{W}styleId") == style
    ]
    for tag in ("autoSpaceDE", "autoSpaceDN"):
        mark = found.find(f"{W}pPr/{W}{tag}")
        assert mark is not None
        assert mark.get(f"{W}val") == "0"


def test_the_imprint_floats_on_the_lower_margin_with_thick_outer_and_thin_inner_rules() -> None:
    root = root_of(render(SAMPLES["everything"]))
    (place,) = root.iter(f"{W}tblpPr")
    assert (place.get(f"{W}vertAnchor"), place.get(f"{W}tblpYSpec")) == ("margin", "bottom")
    rules = place.getparent().find(f"{W}tblBorders")  # type: ignore[union-attr]
    assert rules is not None
    assert {etree.QName(each).localname: each.get(f"{W}sz") for each in rules} == {
        "top": "8",
        "bottom": "8",
        "insideH": "6",
    }


def test_every_section_has_the_page_numbers() -> None:
    sections = list(root_of(render(SAMPLES["notice"])).iter(f"{W}sectPr"))
    assert len(sections) == 3
    kinds = [[each.get(f"{W}orient") for each in section.iter(f"{W}pgSz")] for section in sections]
    assert kinds == [[None], ["landscape"], [None]]
    assert all(len(section.findall(f"{W}footerReference")) == 2 for section in sections)
    assert not any(section.find(f"{W}pgNumType") is not None for section in sections)


def test_what_stands_above_a_signature_stays_with_it() -> None:
    paragraphs = list(root_of(render(SAMPLES["unsealed"])).iter(f"{W}p"))
    kept = [each.find(f"{W}pPr/{W}keepNext") is not None for each in paragraphs]
    assert kept[-3:] == [True, True, False]


@pytest.mark.parametrize("name", NAMES)
def test_no_page_says_that_it_has_no_text(name: str) -> None:
    assert not re.search("此页无正文", render_text(SAMPLES[name]))
