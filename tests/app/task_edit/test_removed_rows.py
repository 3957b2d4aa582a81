"""Rows that are gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.task_edit.editing import Change, check_made, check_refused, deleted

MADE: dict[str, Change] = {
    "删去一行": deleted(1),
    "删去一章": deleted(4),
}


@pytest.mark.parametrize("change", MADE.values(), ids=MADE)
def test_the_outline_gives_the_edited_table(change: Change, tmp_path: Path) -> None:
    check_made(tmp_path, change)


REFUSED: dict[str, tuple[Change, str]] = {
    "下面有款的行": (deleted(3), ""),
}


@pytest.mark.parametrize(("change", "cell"), REFUSED.values(), ids=REFUSED)
def test_a_change_whose_place_is_not_certain_is_not_made(change: Change, cell: str, tmp_path: Path) -> None:
    check_refused(tmp_path, change, cell)
