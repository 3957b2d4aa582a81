"""What was filled in in a line, and what was typed for it."""

from __future__ import annotations

from planwriter.plan.filled import filled_in
from planwriter.plan.flow import Line, flow
from tests.support import document, outline, plan

_TARGETS = "指标:\n  入园率: {数值: 95, 单位: '%'}\n  园数: {数值: 12, 单位: 所}\n"


def _filled(text: str, *, draft: bool = False) -> list[tuple[str, str, str]]:
    """The line, the characters and what was typed, for everything that was filled in."""
    made = plan(text, draft=True).document if draft else document(text)
    assert made is not None
    lines = [item for item in flow(made) if isinstance(item, Line)]
    return [(line.text, line.text[at:end], typed) for line in lines for at, end, typed in filled_in(line.texts)]


def _tasks(words: str) -> str:
    return f"重点任务:\n  - 章: 提高质量\n    内容:\n      - 条: 抓好入园\n        文: {words}\n"


def test_each_hole_is_found_in_the_line_that_it_was_printed_in() -> None:
    tasks = _tasks("新建{{ 指标.园数 }}，入园率达到{{ 指标.入园率 }}。")
    found = [each for each in _filled(outline(tasks, extra=_TARGETS)) if "指标" in each[2]]
    assert [each[1:] for each in found] == [("12所", "指标.园数"), ("95%", "指标.入园率")]
    assert {each[0] for each in found} == {"1.抓好入园。新建12所，入园率达到95%。"}


def test_a_hole_stands_in_its_own_paragraph_of_several() -> None:
    tasks = _tasks("|\n          办好{{ 指标.园数 }}园。\n\n            入园率{{ 指标.入园率 }}。\n")
    found = [each for each in _filled(outline(tasks, extra=_TARGETS)) if "指标" in each[2]]
    assert found[0][1:] == ("12所", "指标.园数") and found[0][0].endswith("办好12所园。")
    assert found[1] == ("入园率95%。", "95%", "指标.入园率")


def test_nothing_is_found_in_text_without_holes() -> None:
    assert [each for each in _filled(outline(_tasks("入园率达到95%。"))) if each[1] == "95%"] == []


def test_a_title_that_nobody_typed_has_its_values() -> None:
    assert ("青山县教育局", "单位") in [each[1:] for each in _filled(outline())]
