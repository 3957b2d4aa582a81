"""Tests of the hand that edits .docx files in tests: each edit is seen by a reader as it should be."""

from __future__ import annotations

import pytest

from planwriter.readers.docx.read import read_docx
from tests.hands import Hand, resaved, retouched, through_office, without_marks, without_record
from tests.support import document, outline
from tests.wordml import render

TASKS = (
    "重点任务:\n  - 章: 提高质量\n    内容:\n      - 条: 抓好教学\n        文: 上好每一堂课，新建公办园{{ 指标.新建 }}。\n"
    "      - 条: 抓好体育\n        文: 每天锻炼一小时。\n      - 表: [[学校, 学位], [一小, 300]]\n        题: 学位\n"
)


@pytest.fixture(scope="module")
def data() -> bytes:
    return render(document(outline(TASKS, extra="指标: {新建: {数值: 3, 单位: 所}}\n")))


def _texts(data: bytes) -> list[str]:
    return [each.words for each in read_docx(data).paragraphs]


def _edited(data: bytes, *steps: tuple[str, tuple[str, ...]]) -> list[str]:
    hand = Hand(data)
    for name, arguments in steps:
        getattr(hand, name)(*arguments)
    return _texts(hand.save())


@pytest.mark.parametrize(
    ("step", "old", "new"),
    [
        (("replace", ("3所", "5所")), "新建公办园3所", "新建公办园5所"),
        (("track", ("每一堂", "每堂")), "上好每一堂课", "上好每堂课"),
        (("break_line", ("新建公办园",)), "课，新建", "课，\n新建"),
        (("type_cell", ("300", "450")), "300", "450"),
    ],
)
def test_an_edit_inside_a_paragraph(data: bytes, step: tuple[str, tuple[str, ...]], old: str, new: str) -> None:
    before, after = _texts(data), _edited(data, step)
    assert [each.replace(old, new) for each in before] == after != before


def test_edits_of_whole_paragraphs(data: bytes) -> None:
    first = next(each for each in _texts(data) if "抓好教学" in each)
    second = next(each for each in _texts(data) if "抓好体育" in each)
    at = _texts(data).index(first)
    assert _edited(data, ("swap", ("抓好教学", "抓好体育")))[at : at + 2] == [second, first]
    assert _edited(data, ("move", ("抓好教学", "抓好体育")))[at : at + 2] == [second, first]
    assert _edited(data, ("delete", ("抓好教学",)))[at] == second
    assert _edited(data, ("add_after", ("抓好教学", "抓好美育。")))[at : at + 3] == [first, "抓好美育。", second]
    assert _edited(data, ("split", ("新建公办园",)))[at + 1] == "新建公办园3所。"


def test_a_tracked_deletion_and_a_comment_are_there(data: bytes) -> None:
    hand = Hand(data)
    hand.track_deletion("抓好体育")
    hand.comment("上好每一堂课", "是否写明课时")
    read = read_docx(hand.save())
    gone = [each for each in read.paragraphs if each.mark and each.mark.deletes]
    assert [each.words for each in gone] == [""]
    assert [each.words for each in read.paragraphs if each.comments] == ["1.抓好教学。上好每一堂课，新建公办园3所。"]


def test_what_programs_do_changes_no_word(data: bytes) -> None:
    for change in (resaved, retouched, without_marks, without_record):
        assert _texts(change(data)) == _texts(data)


@pytest.mark.libreoffice
def test_libreoffice_changes_no_word(data: bytes) -> None:
    assert [_texts(each) for each in through_office(data, data)] == [_texts(data)] * 2
