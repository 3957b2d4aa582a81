from __future__ import annotations

from planwriter.compare.versions.around import around
from planwriter.readers.docx.read import read_docx
from tests.compare.office import rendered, word
from tests.hands import Hand
from tests.random_documents import random_document
from tests.readers.docx.making import body, packed, para
from tests.support import drafts

PAGE = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="{}" w:bottom="1985" w:left="1587" w:right="1474"/></w:sectPr>'


def lines(data: bytes, contents: int = 0, comments: int = 0) -> tuple[str, ...]:
    return around(read_docx(data), data, contents, comments)


def test_pages_are_told_in_millimetres() -> None:
    made = [lines(packed(body(para("甲。") + PAGE.format(top)))) for top in (2098, 2100, 1134)]
    assert made[0] == made[1] == ("页面：纸张 210×297 毫米，页边距上 37、下 35、左 28、右 26 毫米",)
    assert made[2] != made[0]


def test_footers_of_our_files_are_told_once() -> None:
    assert lines(rendered(drafts()["first"]))[1:] == ("页脚：— 1 —", "双页页脚：— 1 —")


def test_a_header_typed_in_is_told() -> None:
    data = rendered(drafts()["first"])
    hand = Hand(data)
    hand.document.sections[0].header.paragraphs[0].text = "内部资料"
    assert set(word(hand.save()).around) - set(word(data).around) == {"页眉：内部资料"}


def test_other_pictures_have_another_mark() -> None:
    files = map(rendered, map(random_document, range(99)))
    data = next(each for each in files if any("图片" in one for one in lines(each)))
    mark = next(each for each in lines(data) if each.startswith("图片"))
    hand = Hand(data)
    assert mark in lines(hand.save())
    part = next(each for each in hand.document.part.package.iter_parts() if "/media/" in each.partname)
    part._blob += b"\0"
    assert mark not in lines(hand.save())


def test_what_is_left_out_of_the_text_is_counted() -> None:
    data = packed(body(para("甲。")))
    assert lines(data, 3, 2)[-2:] == ("目录：3 行", "不在正文里的批注：2 条")
    assert len(lines(data)) == 1
