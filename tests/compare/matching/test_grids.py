from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter.compare.matching.grids import CellEdit, grid_edits, match_grids

TABLE = [["指标", "单位", "数值"], ["学位", "个", "810"], ["幼儿园", "所", "3"], ["教师", "名", "96"]]


def without_row(at: int) -> list[list[str]]:
    return [*TABLE[:at], *TABLE[at + 1 :]]


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (TABLE, []),
        ([*TABLE[:1], ["学位", "个", "900"], *TABLE[2:]], [CellEdit(1, 2, "810", "900")]),
        (without_row(2), [CellEdit(2, -1, "幼儿园　所　3", "")]),
        ([*TABLE, ["食堂", "个", "5"]], [CellEdit(4, -1, "", "食堂　个　5")]),
        ([row[:2] for row in TABLE], [CellEdit(-1, 2, "数值　810　3　96", "")]),
        ([[row[0], "股", *row[1:]] for row in TABLE], [CellEdit(-1, 1, "", "股　股　股　股")]),
        ([["指标 ", "单位", "数值"], *TABLE[1:]], []),
    ],
)
def test_what_differs_is_told_cell_by_cell(new: list[list[str]], expected: list[CellEdit]) -> None:
    assert list(grid_edits(TABLE, new)) == expected


def test_rows_that_both_tables_changed_are_paired_by_what_names_them() -> None:
    new = [TABLE[0], ["操场", "片", "4"], ["食堂", "个", "2"], ["教师", "名", "100"]]
    assert match_grids(TABLE, new).rows == ((0, 0), (1, 1), (2, 2), (3, 3))
    assert match_grids(TABLE, [*new[:1], *new[2:]]).rows == ((0, 0), (3, 2))
    new = [TABLE[0], ["1", "新增学位", "个"], *TABLE[2:]]
    assert match_grids(TABLE, new).rows == ((0, 0), (1, 1), (2, 2), (3, 3))


ROWS = st.lists(st.lists(st.sampled_from(["甲", "乙", "丙", "1", "2", ""]), min_size=1, max_size=4), max_size=6)


@given(ROWS, ROWS)
def test_the_edits_are_all_that_differs(old: list[list[str]], new: list[list[str]]) -> None:
    matching = match_grids(old, new)
    for pairs in matching:
        assert all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))
    edits = list(grid_edits(old, new))
    cells = {(each.row, each.column) for each in edits}
    assert len(cells) == len({each for each in edits if each.row >= 0 and each.column >= 0}) + len(
        {(each.row, each.column) for each in edits if each.row < 0 or each.column < 0}
    )
    for a, b in matching.rows:
        for c, d in matching.columns:
            one = old[a][c] if c < len(old[a]) else ""
            other = new[b][d] if d < len(new[b]) else ""
            assert (one != other) == (CellEdit(b, d, one, other) in edits)
    added = {each.row for each in edits if each.column < 0 and each.new} | {b for _, b in matching.rows}
    assert {at for at, row in enumerate(new) if any(row)} <= added
