"""Labels that Word counts: the same as in text for every way of counting, valid XML, and few lists, so that they are editable."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from planwriter.audit.audit import audit_docx
from planwriter.language.numerals import parse_label_style
from planwriter.model import (
    Attachment,
    Block,
    Box,
    Document,
    Level,
    LevelNumbering,
    OwnNumbering,
    Paragraph,
    Part,
    Section,
    Text,
)
from planwriter.plan.number import number_document
from planwriter.readers.docx.text import read_text
from planwriter.start.records import replace
from planwriter.system.zip_write import pack
from planwriter.writers.docx.package import is_untouched, unpack
from planwriter.writers.docx.write import render_docx
from planwriter.writers.html.write import render_html
from planwriter.writers.markdown import render_markdown
from planwriter.writers.text import render_text
from tests.documents import document, sample, section
from tests.support import document as document_of
from tests.support import drafts, outline
from tests.wordml import ORDER, W, characters, render, root_of, stored
from tests.writers.docx.counting import Program
from tests.writers.docx.listed import trees
from tests.writers.framed import DOCUMENTS

TREES, PLANS = trees(), drafts()
ALL = {**DOCUMENTS, **TREES, **PLANS}
LIST_ORDER = {
    **ORDER,
    "numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
    "abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "num": "abstractNumId lvlOverride",
    "lvlOverride": "startOverride lvl",
    "numPr": "ilvl numId",
}
NUMBERING = "word/numbering.xml"


def native(made: Document) -> bytes:
    return render(replace(made, native_numbering=True))


def nums(data: bytes) -> list[etree._Element]:
    return list(root_of(data, NUMBERING).iter(f"{W}num"))


@pytest.mark.parametrize("name", ALL)
def test_the_text_is_the_same_from_both_kinds_of_docx_and_from_the_text_writer(name: str) -> None:
    made = ALL[name]
    assert read_text(native(made)) == read_text(render(made)) == render_text(made)


@pytest.mark.parametrize("name", PLANS)
def test_our_own_lists_pass_the_audit_with_nothing_found(name: str) -> None:
    assert audit_docx(native(PLANS[name]), "计划.docx", stored().layout) == ()


def test_no_other_form_knows_the_difference() -> None:
    made = TREES["usual"]
    listed = replace(made, native_numbering=True)
    layout = stored().layout
    assert (render_text(listed), render_markdown(listed), render_html(listed, layout)) == (
        render_text(made),
        render_markdown(made),
        render_html(made, layout),
    )


# whoever counts

_SAMPLES = ("一、", "（一）", "1.", "（1）", "①", "第一章", "1、", "%1", "<1>")


@st.composite
def _numberings(draw: st.DrawFn) -> tuple[LevelNumbering, ...]:
    return tuple(
        LevelNumbering(
            style=parse_label_style(draw(st.sampled_from(_SAMPLES))),
            restart=draw(st.integers(0, level)),
            run_in=draw(st.booleans()),
            start=draw(st.sampled_from((1, 1, 1, 2, 19, 98))),
        )
        for level in range(4)
    )


PROGRAMS = [Program(skipped_count=skipped, starts_stay=stay) for skipped in (True, False) for stay in (True, False)]
_OWN = st.none() | st.builds(
    OwnNumbering,
    start=st.none() | st.sampled_from((1, 2, 20, 99)),
    style=st.none() | st.sampled_from(_SAMPLES).map(parse_label_style),
    unnumbered=st.booleans(),
)


@st.composite
def _blocks(draw: st.DrawFn, above: int = 0) -> tuple[Block, ...]:
    made: list[Block] = []
    for _ in range(draw(st.integers(0, 4 - above))):
        if draw(st.integers(0, 9)) == 0:
            made.append(Box(title=Text(value="盒"), children=draw(_blocks(above=min(above + 1, 3)))))
        level = draw(st.integers(above + 1, 4))
        title, text = draw(st.sampled_from((("题", ""), ("题", "文。"), ("", "文。"))))
        made.append(
            Section(
                level=Level(level),
                title=Text(value=title),
                text=Text(value=text) if text else None,
                children=draw(_blocks(above=level)) if level < 4 else (),
                numbering=draw(_OWN),
            )
        )
    return tuple(made)


@given(_numberings(), st.lists(_blocks(), min_size=1, max_size=3), st.lists(_blocks(), max_size=2))
def test_any_numbering_has_the_same_labels_whoever_counts(
    numbering: tuple[LevelNumbering, LevelNumbering, LevelNumbering, LevelNumbering],
    parts: list[tuple[Block, ...]],
    attachments: list[tuple[Block, ...]],
) -> None:
    made = number_document(
        Document(
            title="",
            parts=tuple(Part(role="重点任务", blocks=blocks) for blocks in parts),
            attachments=tuple(Attachment(title=Text(value="附"), blocks=blocks) for blocks in attachments),
            numbering=numbering,
            native_numbering=True,
            duty_note="句末",
            layout="gb9704",
        )
    ).value
    data, expected = render(made), render_text(made)
    assert read_text(data) == expected
    for program in PROGRAMS:
        assert program.lines(data) == expected.splitlines()


@pytest.mark.parametrize("name", TREES)
def test_made_up_documents_have_the_same_labels_whoever_counts(name: str) -> None:
    for program in PROGRAMS:
        assert program.lines(native(TREES[name])) == render_text(TREES[name]).splitlines()


# lists that can be edited


def test_a_plan_without_starts_of_its_own_is_counted_by_word_alone() -> None:
    """One list of chapters and sections, one of items, which run on through the plan, and subitems: no number is said anywhere."""
    data = native(PLANS["qingshan-2026"])
    assert len(nums(data)) == 2
    assert not list(root_of(data, NUMBERING).iter(f"{W}startOverride"))


def test_items_that_begin_again_in_every_section_are_of_the_same_list() -> None:
    assert len(nums(native(PLANS["implementation-plan"]))) == 1


def test_a_box_and_an_attachment_have_lists_of_their_own() -> None:
    made = document(
        section(Level.CHAPTER, "甲"),
        Box(title=Text(value="盒"), children=(section(Level.CHAPTER, "乙"),)),
        section(Level.CHAPTER, "丙"),
    )
    data = native(made)
    assert [each.get(f"{W}val") for each in root_of(data).iter(f"{W}numId")] == ["1", "3", "1"]
    assert not list(root_of(data, NUMBERING).iter(f"{W}startOverride"))


def test_every_heading_style_is_of_a_list_and_every_list_level_of_one_style() -> None:
    data = native(sample())
    styles = {each.get(f"{W}styleId"): each for each in root_of(data, "word/styles.xml").iter(f"{W}style")}
    for level in range(4):
        place = styles[f"Heading{level + 1}"].find(f"{W}pPr/{W}numPr")
        assert place is not None
        assert [each.get(f"{W}val") for each in place] == [str(level), "1" if level < 2 else "2"]
    links = [each.get(f"{W}val") for each in root_of(data, NUMBERING).iter(f"{W}pStyle")]
    assert links == ["Heading1", "Heading2", "Heading3", "Heading4"]


# paragraphs


def test_a_label_is_of_the_list_and_not_of_the_text() -> None:
    shown = [item.text for item in docx.Document(io.BytesIO(native(TREES["usual"]))).paragraphs]
    assert not [each for each in shown if re.match(r"[一二三]、|（[一二1-9]）|[1-9][.、]", each)]


@pytest.mark.parametrize(
    ("start", "style", "mark"),
    [("扩大资源。", None, "Heading2Char"), ("聚焦普及", "Heading1", None), ("每天两小时", None, None)],
)
def test_a_label_has_the_face_of_the_characters_after_it(start: str, style: str | None, mark: str | None) -> None:
    """Word gives a number the type of its paragraph's mark: a run-in title's character style, else that of the paragraph."""
    made = sample()
    untitled = Section(level=Level.ITEM, title=Text(value=""), text=Text(value="每天两小时。"))
    made = number_document(replace(made, parts=(*made.parts, Part(role="保障措施", blocks=(untitled,))))).value
    (found,) = [each for each in root_of(native(made)).iter(f"{W}p") if characters(each).startswith(start)]

    def style_of(path: str) -> str | None:
        element = found.find(path)
        return None if element is None else element.get(f"{W}val")

    assert style_of(f"{W}pPr/{W}pStyle") == style
    assert style_of(f"{W}pPr/{W}rPr/{W}rStyle") == mark
    assert found.find(f"{W}pPr/{W}numPr") is not None
    assert not list(root_of(native(made), NUMBERING).iter(f"{W}rFonts"))


def test_a_heading_without_a_number_is_taken_out_of_the_list_and_keeps_its_indent() -> None:
    made = document_of(outline("重点任务:\n  - {章: 甲, 编号: 无}\n  - 章: 乙\n"))
    (found,) = [each for each in root_of(native(made)).iter(f"{W}p") if characters(each) == "甲"]
    form = found.find(f"{W}pPr")
    assert form is not None
    assert [each.get(f"{W}val") for each in form.iter(f"{W}numId")] == ["0"]
    assert [each.get(f"{W}firstLineChars") for each in form.iter(f"{W}ind")] == ["200"]


def test_a_run_in_title_keeps_the_indent_of_the_body_if_headings_have_a_different_one() -> None:
    layout = stored().layout
    other = replace(
        layout, roles=tuple(replace(each, indent=0) if each.name == "body" else each for each in layout.roles)
    )
    made = replace(
        document(section(Level.ITEM, "题", "文。"), section(Level.ITEM, "题")), native_numbering=True, title=""
    )
    indents = [each.get(f"{W}firstLineChars") for each in root_of(render_docx(made, other)).iter(f"{W}ind")]
    assert indents == ["0"]


def test_labels_that_word_cannot_write_stay_text() -> None:
    shown = [item.text for item in docx.Document(io.BytesIO(native(TREES["beyond ⑳"]))).paragraphs]
    assert shown[3:5] + shown[21:26] + shown[26:30] == [
        "第0项", "第1项", "第18项", "第19项", "㉑第20项", "㉒第21项", "㉓第22项", "㉔第23项", "回头", "再来", "保障",
    ]  # fmt: skip


# the package


@pytest.mark.parametrize("name", ["usual", "starts and restarts", "other forms", "forms with signs", "beyond ⑳"])
def test_children_stand_in_the_order_of_the_schema(name: str) -> None:
    data, seen = native(TREES[name]), set()
    for part in ("word/document.xml", "word/styles.xml", NUMBERING):
        for element in root_of(data, part).iter():
            tag = etree.QName(element).localname
            if tag in LIST_ORDER:
                seen.add(tag)
                places = [LIST_ORDER[tag].split().index(etree.QName(child).localname) for child in element]
                assert places == sorted(places), (part, tag, [child.tag for child in element])
                assert len(set(places)) == len(places) or tag not in ("pPr", "lvl", "numPr")
    assert seen >= {"numbering", "abstractNum", "lvl", "num", "numPr"}


@pytest.mark.parametrize("name", TREES)
def test_every_list_in_use_is_there_once(name: str) -> None:
    data = native(TREES[name])
    root = root_of(data, NUMBERING)
    for tag, key in (("abstractNum", "abstractNumId"), ("num", "numId")):
        found = [each.get(f"{W}{key}") for each in root.iter(f"{W}{tag}")]
        assert len(set(found)) == len(found)
    held = {each.get(f"{W}numId") for each in root.iter(f"{W}num")} | {"0"}
    assert {
        each.get(f"{W}val")
        for part in ("word/document.xml", "word/styles.xml")
        for each in root_of(data, part).iter(f"{W}numId")
    } <= held
    assert len({each.get(f"{W}val") for each in root.iter(f"{W}nsid")}) == len(root.findall(f"{W}abstractNum"))


def test_the_package_refers_to_the_lists_only_if_there_are_any() -> None:
    with zipfile.ZipFile(io.BytesIO(native(sample()))) as archive:
        assert NUMBERING in archive.namelist()
        assert "/word/numbering.xml" in archive.read("[Content_Types].xml").decode()
    assert docx.Document(io.BytesIO(native(sample()))).part.numbering_part is not None
    assert NUMBERING not in dict(unpack(render(sample())))


def test_the_lists_are_part_of_the_digest_of_an_unedited_file() -> None:
    data = native(sample())
    parts = {name: entry.data for name, entry in unpack(data)}
    assert is_untouched(data)
    parts[NUMBERING] = parts[NUMBERING].replace(b'"%1', b'"%2')
    assert is_untouched(pack(parts)) is False


def test_two_renderings_give_the_same_bytes() -> None:
    layout, base = stored()
    made = replace(TREES["starts"], native_numbering=True)
    assert render_docx(made, layout) == render_docx(made, layout, base) == native(made)


def test_a_plan_without_numbers_is_a_document_too() -> None:
    assert read_text(native(document(Paragraph(text=Text(value="正文。"))))) == "青山县教育局2026年工作要点\n正文。\n"
