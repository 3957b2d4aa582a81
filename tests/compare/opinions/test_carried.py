"""Words that one row takes away and another puts elsewhere are one change."""

from __future__ import annotations

import pytest

from planwriter.compare.opinions.carried import carried_alone
from planwriter.compare.opinions.opinion_table import FilledRow, Verdict
from planwriter.compare.opinions.opinions import Opinion, Wish

FIRST, SECOND = "新建幼儿园三所，年内开园。", "补充教师三十名，九月到岗。"


def row(number: int, opinion: Opinion | None, units: str = "财政局") -> FilledRow:
    return FilledRow(number, units, "", "", Verdict.TAKEN, "采纳", "", opinion, opinion, "{}", (), False)


def change(old: str, new: str, at: int = 1) -> Opinion:
    return Opinion(
        wish=Wish.CHANGE, at=at, text=old or FIRST, start=0 if old else len(FIRST), end=len(old) or len(FIRST), new=new
    )


REMOVE = Opinion(wish=Wish.REMOVE, at=2, text=SECOND, end=len(SECOND))
PUT_IN = change("", SECOND)
JOINED = [row(3, PUT_IN), row(4, REMOVE)]
PARTED = [row(3, change(FIRST + SECOND, FIRST)), row(4, Opinion(wish=Wish.ADD, at=1, text=FIRST + SECOND, new=SECOND))]
MOVED = [row(3, change(FIRST + SECOND, FIRST)), row(4, change("", SECOND, at=5))]


@pytest.mark.parametrize("rows", [JOINED, PARTED, MOVED])
def test_both_rows_or_none(rows: list[FilledRow]) -> None:
    assert carried_alone(rows, {0, 1}) == carried_alone(rows, set()) == {}
    for one, other in ((0, 1), (1, 0)):
        found = carried_alone(rows, {one})
        assert found.keys() == {one} and f"第 {rows[other].at} 行" in found[one]


def test_what_another_bureau_wanted_alone_can_be_taken_alone() -> None:
    rows = [row(3, PUT_IN), row(4, REMOVE, "财政局、审计局")]
    assert carried_alone(rows, {1}) == {}
    assert carried_alone(rows, {0}).keys() == {0}


def test_other_words_have_nothing_to_do_with_each_other() -> None:
    rows = [row(3, change(FIRST, "新建幼儿园五所，年内开园。")), row(4, REMOVE), row(5, None)]
    assert carried_alone(rows, {0}) == carried_alone(rows, {1}) == carried_alone(rows, {2}) == {}


def test_what_depends_on_a_row_that_cannot_be_taken_cannot_either() -> None:
    third = "修好道路两条，年内通车。"
    rows = [
        row(3, change(FIRST, third)),
        row(4, change("", FIRST, at=4)),
        row(5, Opinion(wish=Wish.REMOVE, at=7, text=third)),
    ]
    assert carried_alone(rows, {0, 1, 2}) == {}
    assert carried_alone(rows, {0, 1}).keys() == {0, 1}
