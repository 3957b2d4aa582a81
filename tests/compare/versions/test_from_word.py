from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter.compare.versions.from_word import mark_of, version_of_word
from planwriter.compare.versions.version import VersionLine, VersionTable
from planwriter.plan.flow import BODY, HEADINGS
from tests.compare.office import rendered, saved, word
from tests.hands import Hand, resaved, retouched
from tests.random_documents import random_document, seen, shown
from tests.readers.docx.making import body, packed, para, part
from tests.support import drafts

PLANS = drafts()


def docx(*inner: str, **more: str) -> bytes:
    return packed(body("".join(inner)), **more)


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize("save", [bytes, retouched, resaved])
def test_a_rendered_file_has_the_lines_of_its_plan(name: str, save: Callable[[bytes], bytes]) -> None:
    expected, found = seen(PLANS[name]), word(save(rendered(PLANS[name])))
    assert shown(found) == shown(expected)
    assert all(each.place > 0 for each in found.items)


@given(st.integers(0, 10**6))
def test_so_has_any_plan(seed: int) -> None:
    plan = random_document(seed)
    expected = seen(plan)
    assert shown(word(rendered(plan)), expected) == shown(expected)


@pytest.mark.libreoffice
def test_a_save_by_libreoffice_changes_none() -> None:
    for plan, data in saved().plans:
        expected = seen(plan)
        assert shown(word(data), expected) == shown(expected)


def lines(*body: str) -> list[VersionLine]:
    return [each for each in word(docx(*body)).items if isinstance(each, VersionLine)]


def test_labels_in_files_of_others_are_split_off() -> None:
    made = lines(
        para("一、总体要求"),
        para("办好教育。"),
        para("（一）抓好教学。上好每一堂课，完成3所。"),
        para("（二）保安全。"),
    )
    assert [(each.label, each.text, each.level) for each in made] == [
        ("一、", "总体要求", 1),
        ("", "办好教育。", 0),
        ("（一）", "抓好教学。上好每一堂课，完成3所。", 2),
        ("（二）", "保安全。", 2),
    ]
    assert [each.role for each in made] == [HEADINGS[0], BODY, BODY, BODY]


def test_a_label_that_word_counts_is_one() -> None:
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    bullet = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="●"/></w:lvl>'
    lists = "".join(
        f'<w:abstractNum w:abstractNumId="{at}">{each}</w:abstractNum>' for at, each in enumerate((level, bullet))
    ) + "".join(f'<w:num w:numId="{at + 1}"><w:abstractNumId w:val="{at}"/></w:num>' for at in range(2))
    numbers = [
        para(text, f'<w:numPr><w:numId w:val="{num}"/></w:numPr>') for text, num in (("甲", 1), ("乙", 1), ("丙", 2))
    ]
    made = word(docx(*numbers, numbering=part("numbering", lists))).items
    assert [(each.label, each.text) for each in made if isinstance(each, VersionLine)] == [
        ("一、", "甲"),
        ("二、", "乙"),
        ("", "丙"),
    ]


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("_pw_12", (12, True, False)),
        ("_pw_12_1", (12, False, False)),
        ("_pw_12_r3c2", (12, False, False)),
        ("_pw_12_Copy_1", (12, True, True)),
        ("_pw_12_1_Copy_22", (12, False, True)),
        ("_pw_x", None),
        ("_Toc12", None),
        ("_pw_1234567", None),
    ],
)
def test_bookmarks_name_items(name: str, mark: object) -> None:
    assert mark_of(name) == mark


def marked(name: str, text: str) -> str:
    return (
        f'<w:p><w:bookmarkStart w:id="1" w:name="{name}"/><w:r><w:t>{text}</w:t></w:r><w:bookmarkEnd w:id="1"/></w:p>'
    )


def test_a_paragraph_has_the_mark_of_its_bookmark() -> None:
    made = lines(marked("_pw_3_1", "甲。"), marked("_pw_4_Copy_1", "乙。"), marked("_GoBack", "丙。"))
    assert [(each.mark, each.copied) for each in made] == [(3, False), (4, True), (-1, False)]


def test_the_whole_items_bookmark_goes_before_a_values() -> None:
    both = '<w:p><w:bookmarkStart w:id="1" w:name="_pw_2_1"/><w:bookmarkStart w:id="2" w:name="_pw_7"/><w:r><w:t>甲</w:t></w:r></w:p>'
    assert lines(both)[0].mark == 7


CHANGED = (
    '<w:p><w:r><w:t>新建</w:t></w:r><w:del w:id="1" w:author="甲"><w:r><w:delText>3所</w:delText></w:r></w:del>'
    '<w:ins w:id="2" w:author="甲"><w:r><w:t>5所</w:t></w:r></w:ins><w:r><w:t>学校。</w:t></w:r></w:p>'
)


def test_tracked_changes_are_accepted_or_rejected() -> None:
    data = docx(CHANGED)
    assert word(data).items[0].text == "新建5所学校。"
    original = version_of_word(data, "稿.docx", view="original").value
    assert original is not None
    assert original.items[0].text == "新建3所学校。"


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next() -> None:
    first = '<w:p><w:pPr><w:rPr><w:del w:id="1" w:author="甲"/></w:rPr></w:pPr><w:r><w:t>甲，</w:t></w:r></w:p>'
    data = docx(first, para("乙。"))
    assert [each.text for each in word(data).items] == ["甲，乙。"]
    original = version_of_word(data, "稿.docx", view="original").value
    assert original is not None
    assert [each.text for each in original.items] == ["甲，", "乙。"]


def test_comments_stand_at_their_characters() -> None:
    hand = Hand(rendered(PLANS["first"]))
    line = next(
        each for each in word(hand.save()).items if isinstance(each, VersionLine) and each.label and len(each.text) > 6
    )
    hand.comment(line.text[2:5], "为什么？", author="财政局")
    made = next(each for each in word(hand.save()).items if each.place == line.place)
    assert [(each.author, each.text, made.text[each.start : each.end]) for each in made.remarks] == [
        ("财政局", "为什么？", line.text[2:5])
    ]


def test_a_comment_on_a_blank_paragraph_is_not_lost() -> None:
    blank = '<w:p><w:commentRangeStart w:id="0"/><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>'
    note = '<w:comment w:id="0" w:author="甲"><w:p><w:r><w:t>此处加一段</w:t></w:r></w:p></w:comment>'
    made = word(docx(para("第一段。"), blank, para("第二段。"), comments=part("comments", note)))
    assert [[one.text for one in each.remarks] for each in made.items] == [["此处加一段"], []]


def test_what_is_set_by_hand_is_the_look() -> None:
    hand = Hand(rendered(PLANS["first"]))
    line = next(each for each in word(hand.save()).items if isinstance(each, VersionLine) and each.role == BODY)
    hand.format(line.text[1:4], bold=True)
    made = next(each for each in word(hand.save()).items if each.place == line.place)
    assert isinstance(made, VersionLine)
    assert (made.text, made.look) == (line.text, f"“{line.text[1:4]}”加粗")


def test_a_table_of_one_column_from_others_is_a_box() -> None:
    cell = f"<w:tbl><w:tr><w:tc>{para('专栏 重点工程')}</w:tc></w:tr></w:tbl>"
    two = f"<w:tbl><w:tr><w:tc>{para('甲')}</w:tc><w:tc>{para('乙')}</w:tc></w:tr></w:tbl>"
    box, table = word(docx(cell, para("文。"), two)).items[::2]
    assert isinstance(box, VersionLine)
    assert (box.text, box.boxed) == ("专栏 重点工程", True)
    assert isinstance(table, VersionTable)
    assert table.rows == (("甲", "乙"),)


def test_notes_and_contents_are_left_out_and_said() -> None:
    field = '<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr><w:fldSimple w:instr="TOC \\o"><w:r><w:t>一、总体要求……1</w:t></w:r></w:fldSimple></w:p>'
    made = version_of_word(docx(field, para("甲。")), "稿.docx")
    assert [(each.code, "目录（1 行）" in each.message) for each in made.findings] == [("PW851", True)]
    assert made.value is not None
    assert [each.text for each in made.value.items] == ["甲。"]


def test_a_broken_file_is_a_finding() -> None:
    for data in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", rendered(PLANS["first"])[:2000]):
        made = version_of_word(data, "稿.docx")
        assert made.value is None
        assert [each.code for each in made.findings] == ["PW850"]


def test_breaks_that_a_hand_put_in_are_a_look() -> None:
    def edited(change: Callable[[Hand], None]) -> list[str]:
        hand = Hand(rendered(PLANS["first"]))
        change(hand)
        return [
            f"{each.text[:6]}：{each.look}"
            for each in word(hand.save()).items
            if isinstance(each, VersionLine) and each.look
        ]

    assert edited(lambda hand: None) == []  # the attachment begins a page of its own
    assert edited(lambda hand: hand.break_page("增加公办学位供给")) == ["增加公办学位：前面分页"]
    assert edited(lambda hand: hand.break_page("增加公办学位供给", apart=True)) == ["增加公办学位：前面分页"]
    assert edited(lambda hand: hand.break_section("增加公办学位供给")) == ["增加公办学位：前面分节"]


def test_hidden_words_are_left_out_and_said() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏着的话</w:t></w:r>"
    made = version_of_word(docx(f"<w:p><w:r><w:t>看得见。</w:t></w:r>{hidden}</w:p>"), "改.docx")
    assert made.value is not None and [each.text for each in made.value.items] == ["看得见。"]
    assert "隐藏的文字（1 段）" in made.findings[0].message
