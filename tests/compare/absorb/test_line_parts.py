"""The texts of an edited line: which of them changed."""

from __future__ import annotations

import pytest

from planwriter.compare.absorb.line_parts import EditedDuty, edited_line, line_texts, split_duty
from planwriter.compare.absorb.retyping import Unabsorbable
from planwriter.compare.versions.from_plan import shown_items
from planwriter.model.walk import TextRole
from planwriter.plan.flow import Line
from tests.support import document, outline

TASKS = (
    "重点任务:\n  - 章: 提高质量\n    内容:\n"
    "      - 条: 抓好教学\n        文: 上好课。\n        责任单位: [甲股, 乙股]\n        时限: 2026年6月\n"
)
FRAME = "发文: {形式: 直发, 主送: [各校, 各园], 成文日期: 2026年3月5日}\n"


def line(text: str) -> Line:
    items = shown_items(document(outline(TASKS, extra=FRAME)))
    return next(each for each in items if isinstance(each, Line) and text in each.text)


def edits(old: str, new: str, whole: str) -> list[tuple[TextRole, str, str]]:
    """For each changed text: its role, what it was, and what is typed anew."""
    one = line(whole)
    text, _ = line_texts(one)
    made = edited_line(one, text.replace(old, new))
    return [
        (each.printed.role, each.printed.text.value, "|".join(edit.new for edit in each.edits)) for each in made.texts
    ]


def test_a_title_and_its_text() -> None:
    assert edits("抓好", "狠抓", "抓好教学") == [(TextRole.TITLE, "抓好教学", "狠抓")]
    assert edits("上好课", "上好每节课", "抓好教学") == [(TextRole.TEXT, "上好课。", "每节")]
    both = edits("抓好教学。上好课", "教学常规。上课", "抓好教学")
    assert [each[0] for each in both] == [TextRole.TITLE, TextRole.TEXT]
    merged = edits("抓好教学。上好课。", "抓好教学，上好课。", "抓好教学")
    assert merged == [(TextRole.TITLE, "抓好教学", ""), (TextRole.TEXT, "上好课。", "抓好教学，")]


def test_units() -> None:
    one = line("抓好教学")
    text, _ = line_texts(one)
    made = edited_line(one, text.replace("甲股、乙股", "甲股"))
    assert made.texts == () and made.duty == EditedDuty(("甲股",), (), "2026年6月")
    assert edited_line(one, text.replace("上好", "上足")).duty is None
    assert edited_line(one, text[: text.index("（责任")]).duty == EditedDuty()


def test_units_are_told_from_other_brackets() -> None:
    assert split_duty("办好园（含民办）。") == ("办好园（含民办）。", None)
    assert split_duty("办好园。（责任单位：各校（园）、甲股）") == ("办好园。", EditedDuty(("各校（园）", "甲股")))
    assert split_duty("办好园（责任单位：甲股）。")[1] is None
    assert split_duty("好。（责任单位：甲股；别的）")[1] is None


def test_a_list_of_the_frame() -> None:
    one = line("各校")
    assert edited_line(one, "各校，各园，各镇：").listed == (TextRole.RECIPIENT, ("各校", "各园", "各镇"))
    assert edited_line(one, "各校：").listed == (TextRole.RECIPIENT, ("各校",))
    assert edited_line(one, "各校，各幼儿园：").listed is None
    with pytest.raises(Unabsorbable):
        edited_line(one, "各校，各园")


def test_what_the_program_prints_is_refused() -> None:
    with pytest.raises(Unabsorbable):
        edited_line(Line(line("各校").role, line("各校").runs), "别的")
