"""The table of opinions, written and read again."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter.compare.opinions.opinion_table import (
    FilledRow,
    OpinionRow,
    Reply,
    Verdict,
    opinion_sheets,
    read_rows,
    shown_old,
    shown_wish,
    verdict_of,
)
from planwriter.compare.opinions.opinions import Opinion, Wish
from planwriter.plan.flow import LineRole
from planwriter.sheets.read import read_workbook
from planwriter.sheets.sheet import Sheet
from planwriter.sheets.write import write_workbook
from planwriter.start.records import replace

_TEXT = "新建幼儿园3所。补充教师30名。"
_SHORT = "新建幼儿园3所。"
_CHANGE = Opinion(wish=Wish.CHANGE, at=4, text=_TEXT, start=0, end=8, new="新建幼儿园5所。")


def _rows(*opinions: Opinion) -> tuple[OpinionRow, ...]:
    return tuple(OpinionRow(opinion=each, units=("财政局", "民政局"), clause="一、（一）") for each in opinions)


def _written(*opinions: Opinion, replies: Sequence[Reply] = ()) -> tuple[Sheet, ...]:
    read = read_workbook(write_workbook(opinion_sheets("要点", _rows(*opinions), replies)), "意见.xlsx")
    assert read.findings == ()
    return read.value


def _filled(sheets: Sequence[Sheet], column: str = "", text: str = "") -> list[FilledRow]:
    """The rows as they are read, after a text was typed into a column of all of them."""
    sheet = sheets[0]
    at = sheet.rows[1].index(column) if column else -1
    rows = [
        tuple(text if number > 1 and place == at else cell for place, cell in enumerate(row))
        for number, row in enumerate(sheet.rows)
    ]
    found = read_rows([replace(sheet, rows=tuple(rows))])
    assert found is not None
    return found


_ALL = (
    _CHANGE,
    replace(_CHANGE, start=8, end=8, new="加一句。"),
    replace(_CHANGE, start=0, end=0, new="加一句。"),
    replace(_CHANGE, new=""),
    replace(_CHANGE, start=0, end=len(_TEXT), new=""),
    Opinion(wish=Wish.ADD, at=4, text=_TEXT, new="新的一段。", label="2.", level=3),
    Opinion(wish=Wish.ADD, at=-1, new="新的一段。", role=LineRole.TITLE),
    Opinion(wish=Wish.REMOVE, at=4, text=_TEXT, end=len(_TEXT)),
    Opinion(wish=Wish.MOVE, at=4, text=_TEXT, end=len(_TEXT), new="后面的一段。", count=3),
    Opinion(wish=Wish.MOVE, at=4, text=_TEXT, end=len(_TEXT)),
    Opinion(wish=Wish.CELL, at=5, text="项目\t数量\n幼儿园\t3", start=10, end=11, new="5", row=1, column=1),
    Opinion(wish=Wish.CELL, at=5, text="项目\t\n幼儿园\t3", start=3, end=3, new="数量", column=1),
    Opinion(wish=Wish.TABLE, at=5, text="项目\t数量", end=5, new="项目\t数量\n小学\t1"),
    Opinion(wish=Wish.SAY, at=4, text=_TEXT, start=0, end=8, new="太少。\n再核。"),
    Opinion(wish=Wish.SAY, at=-1, new="总的没有意见。", older=True),
)


@pytest.mark.parametrize("opinion", _ALL, ids=[str(each.wish) + str(at) for at, each in enumerate(_ALL)])
def test_what_is_written_is_read_again(opinion: Opinion) -> None:
    (row,) = _filled(_written(opinion))
    assert row.opinion == opinion
    assert (row.units, row.clause, row.verdict) == ("财政局、民政局", "一、（一）", Verdict.OPEN)


def test_the_words_of_the_table() -> None:
    assert [(shown_old(each), shown_wish(each)) for each in _ALL] == [
        ("新建幼儿园3所。", "改为：新建幼儿园5所。"),
        (_SHORT, "在这后面增加：加一句。"),
        (_TEXT, "在这一段前面增加：加一句。"),
        ("新建幼儿园3所。", "删去。"),
        (_TEXT, "删去这几句。"),
        (_TEXT, "在这一段后面增加一段：2.新的一段。"),
        ("", "在最前面增加一段：新的一段。"),
        (_TEXT, "删去这一段。"),
        (_TEXT, "连同后面共 3 段，移到这一段后面：后面的一段。"),
        (_TEXT, "移到最前面。"),
        ("3", "第 2 行第 2 列改为：5"),
        ("（空格）", "第 1 行第 2 列改为：数量"),
        ("项目\t数量", "表的行、列改了，改为：\n项目\t数量\n小学\t1"),
        ("新建幼儿园3所。", "批注：太少。\n再核。"),
        ("", "批注：总的没有意见。"),
    ]


def test_other_words_typed_into_the_table_are_taken() -> None:
    (row,) = _filled(_written(_CHANGE), "意见或修改", "改为：新建幼儿园4所。")
    assert row.opinion == replace(_CHANGE, new="新建幼儿园4所。")
    (row,) = _filled(_written(_ALL[5]), "意见或修改", "在这一段后面增加一段：2.另一段。")
    assert row.opinion == replace(_ALL[5], new="另一段。")
    for other in ("新建幼儿园4所。", "改成四所"):
        (row,) = _filled(_written(_CHANGE), "意见或修改", other)
        assert row.opinion is None


@pytest.mark.parametrize(
    ("old", "said", "new"),
    [
        (_SHORT, "改为：新建幼儿园4所。", "新建幼儿园4所。"),
        (_SHORT, "在这后面增加：先做规划。", "先做规划。"),
        (_SHORT, "删去。", ""),
        (_SHORT, "建议将“3所”修改为“4所”。", "新建幼儿园4所。"),
        (_SHORT, "“新建”改为“改建”", "改建幼儿园3所。"),
        (_SHORT, "“改建”改为“新建”", None),
        (_SHORT, "3所太少，请教育局再核。", None),
        (_SHORT, "改为：", None),
        ("", "改为：新建幼儿园4所。", None),
    ],
)
def test_a_row_that_a_person_added_is_an_opinion_if_it_is_worded_like_one(old: str, said: str, new: str | None) -> None:
    sheets = _written(_CHANGE)
    for column, text in (("记号", ""), ("原文", old)):
        at = sheets[0].rows[1].index(column)
        rows = [
            tuple(text if number > 1 and place == at else cell for place, cell in enumerate(row))
            for number, row in enumerate(sheets[0].rows)
        ]
        sheets = (replace(sheets[0], rows=tuple(rows)),)
    (row,) = _filled(sheets, "意见或修改", said)
    assert row.original is None and row.is_by_hand
    assert (row.opinion.new if row.opinion is not None else None) == new
    assert row.opinion is None or (row.opinion.text, row.opinion.end) == (old, len(old))


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [
        ("采纳", Verdict.TAKEN),
        (" 已 采纳。", Verdict.TAKEN),
        ("部分采纳", Verdict.PARTLY),
        ("未采纳", Verdict.REFUSED),
        ("", Verdict.OPEN),
        ("再议", Verdict.UNCLEAR),
        ("不", Verdict.UNCLEAR),
    ],
)
def test_decisions_and_their_other_words(typed: str, verdict: Verdict) -> None:
    assert verdict_of(typed) is verdict
    (row,) = _filled(_written(_CHANGE), "采纳情况", typed)
    assert row.verdict is verdict


@pytest.mark.parametrize(
    "mark",
    [
        "x",
        "[]",
        "{}",
        '{"w":"改"',
        '{"w":"变","t":"甲"}',
        '{"w":"改","t":"甲","s":0,"e":9}',
        '{"w":"改","t":1}',
        '{"w":"改","t":"甲","e":1e9}',
        '{"w":"改","t":"甲","r":"nothing"}',
        "[" * 30_000,
        '{"w":"改","s":"1"}',
        '{"w":"改","a":-5}',
    ],
)
def test_a_mark_that_was_damaged_is_none(mark: str) -> None:
    (row,) = _filled(_written(_CHANGE), "记号", mark)
    assert row.opinion is None


def test_a_sheet_of_another_kind_is_no_table() -> None:
    assert read_rows([Sheet("", (("甲", "乙"), ("1", "2")))]) is None and read_rows([]) is None


def test_the_replies_are_a_list_of_their_own() -> None:
    replies = (
        Reply("a.docx", "财政局", 2),
        Reply("b.docx", "民政局", 0, "略"),
        Reply("c.docx", "某", 0, "读不了", True),
    )
    sheet = _written(_CHANGE, replies=replies)[1]
    assert sheet.name == "回复情况"
    assert [row[1:] for row in sheet.rows[2:]] == [
        ("财政局", "a.docx", "2 条意见", ""),
        ("民政局", "b.docx", "无意见", "略"),
        ("某", "c.docx", "没有收进来", "读不了"),
    ]


def test_long_texts_are_cut_and_then_cannot_be_taken_back() -> None:
    long = "长" * 40_000
    (row,) = _filled(_written(replace(_CHANGE, text=long, end=40_000)))
    assert row.opinion is None and row.said == "改为：新建幼儿园5所。"


def test_the_bytes_depend_on_the_opinions_only() -> None:
    sheets = opinion_sheets("要点", _rows(*_ALL), ())
    assert write_workbook(sheets) == write_workbook(opinion_sheets("要点", _rows(*_ALL), ()))


_WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=12)


@given(_WORDS, _WORDS)
def test_any_words_come_back(text: str, new: str) -> None:
    opinion = Opinion(wish=Wish.CHANGE, at=1, text=text + "甲", start=0, end=len(text), new=new)
    rows = read_rows(
        [
            Sheet(
                "",
                (
                    tuple(each.head for each in opinion_sheets("要点", (), ())[0].columns),
                    tuple(str(cell).strip() for cell in opinion_sheets("要点", _rows(opinion), ())[0].rows[0]),
                ),
            )
        ]
    )
    assert rows is not None and rows[0].opinion == opinion
