"""A change that is not made is told at its cell."""

from __future__ import annotations

from planwriter.app.task_edit.table_change import NotCertain, not_made
from planwriter.findings.finding import Source, Span


def test_why_a_change_is_not_made() -> None:
    told = not_made(Span(Source("提纲.yaml", "甲"), 0, 1), NotCertain("不知道在哪里"))
    assert told.code == "PW747" and "不知道在哪里" in told.message
