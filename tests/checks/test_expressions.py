"""Expressions in a composed plan, at the place where they were typed."""

from __future__ import annotations

from planwriter.checks.expressions import check_expressions, read_expressions
from planwriter.model.walk import _placed_texts
from tests.support import HEAD, outline, plan

TASKS = "重点任务:\n  - 章: 提高质量\n    内容:\n      - 条: 抓好教学\n        文: {text}\n"


def told(text: str, *, head: str = HEAD) -> list[tuple[str, int, int]]:
    made = plan(outline(TASKS.format(text=text), head=head)).findings
    return [(each.code, each.pos.line, each.pos.column) for each in made if each.code in ("PW513", "PW514")]


def test_each_has_the_place_of_its_words() -> None:
    line = outline(TASKS.format(text="X")).split("文: X")[0].count("\n") + 1
    assert told("上好课。切实加强教研水平。") == [("PW513", line, 18)]
    assert told("上好课，迎接党的二十大胜利召开。") == [("PW514", line, 16)]
    assert told("上好课，提高教研水平，学习贯彻党的二十大精神。") == []


def test_the_year_is_that_of_the_plan() -> None:
    text = '"{{ 年度 }}年是“十五五”规划开局之年，要上好课。"'
    assert told(text) == []
    assert [code for code, *_ in told(text, head=HEAD.replace("2026", "2027"))] == ["PW514"]


def test_titles_and_paragraphs_before_the_parts_are_read_too() -> None:
    made = plan(outline("重点任务:\n  - 章: 加强教研水平\n    内容:\n      - 条: 抓好教学\n        文: 上好课。\n"))
    assert [each.code for each in made.findings] == ["PW513"]


def test_text_by_text_they_are_the_same_whatever_was_read_before() -> None:
    """In a batch each text is read by itself, and one that differs only in its digits from one without findings is not read."""
    year = "{year}年是“十五五”规划开局之年，要上好课。"
    texts = (*(year.format(year=each) for each in (2026, 2027, 2026)), "加强教研水平3次。", "讲课3次。", "讲课4次。")
    for text in texts:
        made = plan(outline(TASKS.format(text=text))).document
        assert made is not None
        found = [each for placed in _placed_texts(made) for each in read_expressions((2026, 2026), placed)]
        assert found == list(check_expressions(made, (2026, 2026)))
        assert bool(found) is (text in (texts[1], texts[3]))
