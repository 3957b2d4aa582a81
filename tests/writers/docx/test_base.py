"""The base .docx: our own styles and none of python-docx's template, the same bytes every time."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest
from docx.shared import Mm, Pt
from lxml import etree

from planwriter.layout.find import Stored, load_layout
from planwriter.layout.layout import Layout, Role
from planwriter.start.records import replace
from planwriter.writers.docx.base import make_base

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def stored() -> Stored:
    found = load_layout("gb9704").value
    assert found is not None
    return found


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def root_of(data: bytes, part: str) -> etree._Element:
    return etree.fromstring(parts_of(data)[part])


def style_of(data: bytes, style_id: str) -> etree._Element:
    (style,) = [
        each for each in root_of(data, "word/styles.xml").iter(f"{W}style") if each.get(f"{W}styleId") == style_id
    ]
    return style


def attribute(element: etree._Element, path: str, name: str = "val") -> str | None:
    """An attribute of the descendant at `path` (pPr/jc), its names those of the w: namespace."""
    found = element.find("/".join(W + step for step in path.split("/")))
    assert found is not None, path
    return found.get(W + name)


def with_role(layout: Layout, role: Role) -> Layout:
    return replace(layout, roles=tuple(role if each.name == role.name else each for each in layout.roles))


def test_the_stored_base_is_what_its_layout_makes_part_by_part() -> None:
    layout, base = stored()
    assert base is not None
    fresh = make_base(layout)
    assert parts_of(base) == parts_of(fresh), "run python -m planwriter.writers.docx.store"
    assert list(parts_of(base)) == list(parts_of(fresh))


def test_the_stored_base_carries_the_fingerprint_of_its_layout() -> None:
    layout, base = stored()
    assert base is not None
    with zipfile.ZipFile(io.BytesIO(base)) as archive:
        assert archive.comment.decode() == layout.fingerprint


def test_making_it_twice_gives_the_same_bytes() -> None:
    layout = stored().layout
    first = make_base(layout)
    make_base.cache_clear()
    assert make_base(layout) == first


def test_it_holds_nothing_of_the_template_it_was_made_from() -> None:
    assert set(parts_of(make_base(stored().layout))) == {
        *("[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "docProps/custom.xml"),
        *(
            "word/_rels/document.xml.rels",
            "word/document.xml",
            "word/fontTable.xml",
            "word/settings.xml",
            "word/styles.xml",
        ),
        *(f"word/footer{number}.xml" for number in (1, 2, 3, 4)),
    }


def test_no_part_names_a_theme_a_date_or_an_author() -> None:
    for name, data in parts_of(make_base(stored().layout)).items():
        assert not re.search(rb"[tT]heme", data), name
        assert not re.search(rb"dcterms|creator|lastModifiedBy|rsid|\d{4}-\d\d-\d\dT", data), name


def test_every_entry_is_dated_1980_and_says_nothing_of_the_system() -> None:
    with zipfile.ZipFile(io.BytesIO(make_base(stored().layout))) as archive:
        assert archive.testzip() is None
        for entry in archive.infolist():
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert (entry.create_system, entry.external_attr, entry.extra) == (0, 0, b"")


def test_quotes_dashes_and_dots_take_the_chinese_font_and_digits_the_latin_one() -> None:
    """Word sets “ ” … — in the hAnsi font."""
    base = make_base(stored().layout)
    fonts = list(root_of(base, "word/styles.xml").iter(f"{W}rFonts"))
    assert len(fonts) > 10
    for each in fonts:
        assert each.get(f"{W}hAnsi") == each.get(f"{W}eastAsia")
        assert each.get(f"{W}ascii") in ("Times New Roman", "宋体")


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_headings_are_the_built_in_ones_with_a_linked_character_style(level: int) -> None:
    """The navigation pane of WPS goes by the names of the styles."""
    base = make_base(stored().layout)
    heading, inline = style_of(base, f"Heading{level}"), style_of(base, f"Heading{level}Char")
    assert attribute(heading, "name") == f"heading {level}"
    assert attribute(heading, "link") == f"Heading{level}Char"
    assert attribute(inline, "link") == f"Heading{level}"
    assert attribute(heading, "pPr/outlineLvl") == str(level - 1)
    heading_type, inline_type = heading.find(f"{W}rPr"), inline.find(f"{W}rPr")
    assert heading_type is not None and inline_type is not None
    assert etree.tostring(heading_type) == etree.tostring(inline_type)
    assert heading.find(f"{W}pPr/{W}keepNext") is not None


def test_python_docx_reads_the_page_as_the_layout_has_it() -> None:
    turned, section = docx.Document(io.BytesIO(make_base(stored().layout))).sections
    assert section.page_width is not None and turned.page_height == section.page_width
    assert (turned.top_margin, turned.left_margin) == (section.left_margin, section.bottom_margin)
    assert round(section.page_width.mm) == 210
    assert abs((section.top_margin or 0) - Mm(37)) < Pt(0.05)
    assert abs((section.left_margin or 0) - Mm(28)) < Pt(0.05)
    assert section.even_page_footer.paragraphs[0].text.replace(" ", "") == "—1—"


def test_body_lines_stand_exactly_579_twips_apart_and_characters_draw_5_together() -> None:
    normal = style_of(make_base(stored().layout), "Normal")
    spacing, indent = normal.find(f"{W}pPr/{W}spacing"), normal.find(f"{W}pPr/{W}ind")
    assert spacing is not None and indent is not None
    assert (spacing.get(f"{W}line"), spacing.get(f"{W}lineRule")) == ("579", "exact")
    assert (indent.get(f"{W}firstLineChars"), indent.get(f"{W}firstLine")) == ("200", "640")
    assert attribute(normal, "rPr/spacing") == "-5"
    assert attribute(normal, "pPr/widowControl") == "0"


def test_there_is_no_character_grid() -> None:
    assert root_of(make_base(stored().layout), "word/document.xml").find(f".//{W}docGrid") is None


def test_the_title_is_centred_without_indent_and_leaves_a_line_below() -> None:
    title = style_of(make_base(stored().layout), "Title")
    assert attribute(title, "pPr/jc") == "center"
    assert (attribute(title, "pPr/ind", "firstLineChars"), attribute(title, "pPr/ind", "firstLine")) == ("0", "0")
    assert attribute(title, "pPr/spacing", "after") == "579"


def test_table_text_has_single_spacing_so_that_nothing_is_clipped() -> None:
    for style_id in ("TableHead", "TableText"):
        spacing = style_of(make_base(stored().layout), style_id).find(f"{W}pPr/{W}spacing")
        assert spacing is not None
        assert (spacing.get(f"{W}line"), spacing.get(f"{W}lineRule")) == ("240", "auto")


@pytest.mark.parametrize(
    ("part", "align", "side"), [("word/footer1.xml", "right", "right"), ("word/footer2.xml", "left", "left")]
)
def test_page_numbers_stand_outside_with_one_character_free(part: str, align: str, side: str) -> None:
    root = root_of(make_base(stored().layout), part)
    indent, jc = root.find(f".//{W}ind"), root.find(f".//{W}jc")
    assert indent is not None and jc is not None
    assert (jc.get(f"{W}val"), indent.attrib.items()) == (align, [(f"{W}{side}", "280")])


def test_the_page_number_is_a_complex_field_of_runs_of_its_own() -> None:
    """WPS needs begin, code, separate, result and end apart."""
    root = root_of(make_base(stored().layout), "word/footer1.xml")
    runs = ["".join(child.get(f"{W}fldCharType") or child.text or "" for child in run) for run in root.iter(f"{W}r")]
    assert runs == ["— ", "begin", " PAGE ", "separate", "1", "end", " —"]


def test_even_and_odd_pages_differ() -> None:
    base = make_base(stored().layout)
    assert root_of(base, "word/settings.xml").find(f"{W}evenAndOddHeaders") is not None
    kinds = [each.get(f"{W}type") for each in root_of(base, "word/document.xml").iter(f"{W}footerReference")]
    assert kinds == ["default", "even"] * 2


def test_a_centred_page_number_needs_one_footer_a_section_only() -> None:
    layout = stored().layout
    base = make_base(replace(layout, page_number=replace(layout.page_number, outside=False)))
    assert "word/footer3.xml" not in parts_of(base)
    assert root_of(base, "word/settings.xml").find(f"{W}evenAndOddHeaders") is None
    assert attribute(root_of(base, "word/footer1.xml"), "p/pPr/jc") == "center"


def test_the_number_of_a_landscape_page_is_turned_text_beside_the_type_area() -> None:
    base = make_base(stored().layout)
    turned = root_of(base, "word/document.xml").findall(f".//{W}p//{W}footerReference")
    assert len(turned) == 2
    for name in ("word/footer3.xml", "word/footer4.xml"):
        footer = root_of(base, name)
        assert attribute(footer, "tbl/tr/tc/tcPr/textDirection") == "tbRl"
        assert attribute(footer, "tbl/tr/trPr/trHeight") == str(stored().layout.width.twips)
        assert [each.text for each in footer.iter(f"{W}instrText")] == [" PAGE "]


def test_a_bold_level_is_bold_in_both_of_its_styles() -> None:
    layout = stored().layout
    base = make_base(with_role(layout, replace(layout.role("heading3"), bold=True)))
    for style_id in ("Heading3", "Heading3Char"):
        assert attribute(style_of(base, style_id), "rPr/b") == "1"


def test_a_font_name_with_marks_of_xml_is_escaped() -> None:
    layout = stored().layout
    base = make_base(with_role(layout, replace(layout.role("title"), font='A&B "<体>')))
    assert attribute(style_of(base, "Title"), "rPr/rFonts", "eastAsia") == 'A&B "<体>'


def test_the_font_table_names_the_substitute_for_a_missing_font() -> None:
    root = root_of(make_base(stored().layout), "word/fontTable.xml")
    others = {font.get(f"{W}name"): attribute(font, "altName") for font in root}
    assert others["仿宋_GB2312"] == "仿宋"
    assert others["方正小标宋简体"] == "华文中宋"
