"""The table of an outline and the places of its rows in the file."""

from __future__ import annotations

import pytest

from planwriter.app.task_edit.table_change import NotCertain
from tests.app.task_edit.editing import SMALL, outline_table


def test_each_row_knows_its_block_and_its_chapter() -> None:
    table = outline_table(SMALL)
    assert [row.content[:2] for row in table.rows()] == ["建园", "招生", "编班", "食堂"]
    assert [table.node(row)[1].entries["条"].span.raw for row in range(4)] == ["建园", "招生", "编班", "食堂"]
    chapters = [table.chapter(row) for row in range(4)]
    assert [each.title.value for each in chapters if each is not None and each.title] == [
        "办学",
        "办学",
        "办学",
        "管理",
    ]
    assert table.place(3).pos.line == SMALL[: SMALL.index("条: 食堂")].count("\n") + 1


def test_a_row_of_unknown_place_cannot_be_changed() -> None:
    table = outline_table(SMALL)
    table.paths[0] = None
    with pytest.raises(NotCertain):
        table.node(0)
