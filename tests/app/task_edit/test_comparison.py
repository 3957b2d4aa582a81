"""The rows of both tables side by side."""

from __future__ import annotations

from planwriter.app.task_edit.comparison import TableComparison
from planwriter.importing.tasks.match import match_rows
from tests.app.task_edit.editing import SMALL, outline_table


def test_it_knows_the_edited_row_of_each_old_one() -> None:
    table = outline_table(SMALL)
    both = TableComparison(table, (), match_rows(table.keys(), table.keys()[1:]))
    assert both.edited == {1: 0, 2: 1, 3: 2}
