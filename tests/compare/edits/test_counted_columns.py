"""Tests of columns that count the rows."""

from __future__ import annotations

from planwriter.compare.edits.counted_columns import counted_columns, table_edits
from planwriter.compare.matching.grids import CellEdit
from tests.compare.sides import table


def test_counted_columns() -> None:
    assert counted_columns(table("序号|甲", "1|x", "2|y").rows) == {0}
    assert counted_columns(table("目|甲", "1|x", "2|y").rows) == set()
    assert counted_columns(table("目|甲", "1|x", "2|y", "3|z").rows) == {0}
    assert counted_columns(table("序号|甲", "2|x", "3|y").rows) == set()
    assert counted_columns(()) == set()


def test_only_what_counts_in_both_is_left_out() -> None:
    old = table("序号|甲", "1|x", "2|y")
    assert list(table_edits(old, table("序号|甲", "1|y"))) == [CellEdit(1, -1, "x", "")]
    assert CellEdit(2, 0, "2", "7") in list(table_edits(old, table("序号|甲", "1|x", "7|y")))
