"""Words around figures."""

from __future__ import annotations

from planwriter.importing.figure_words import last_clause, last_verb


def test_the_last_clause_and_its_verb() -> None:
    assert last_clause("完成建设，改造校舍") == "改造校舍"
    assert last_clause("完成建设。") == ""
    assert last_verb("完成项目建设并改造校舍") == "改造"
    assert last_verb("全县") == ""
