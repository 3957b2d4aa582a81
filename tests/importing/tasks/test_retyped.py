"""Edited texts as they are typed: figures that come from targets stay holes."""

from __future__ import annotations

import pytest

from planwriter.importing.tasks.retyped import retyped
from planwriter.model import Section, Text
from tests.support import HEAD, LEAD, TAIL, document

TARGETS = "指标:\n  园: {数值: 12, 单位: 所}\n  率: {数值: 95, 单位: '%'}\n"


def filled(typed: str) -> Text:
    """The text of a 条 as it is composed."""
    text = f"{HEAD}{TARGETS}{LEAD}重点任务:\n  - 章: 办学\n    内容:\n      - 条: 建园\n        文: {typed}\n{TAIL}"
    [part] = [each for each in document(text).parts if each.role == "重点任务"]
    chapter = part.blocks[0]
    assert isinstance(chapter, Section) and isinstance(chapter.children[0], Section)
    made = chapter.children[0].text
    assert made is not None
    return made


TYPED = "新建幼儿园{{ 指标.园 }}，覆盖率达到{{ 指标.率 }}，年底开园。"


@pytest.mark.parametrize(
    ("edited", "typed"),
    [
        ("新建幼儿园12所，覆盖率达到95%，年底开园。", TYPED),
        ("新建公办幼儿园12所，覆盖率达到95%，年底开园。", TYPED.replace("新建", "新建公办")),
        ("新建幼儿园12所，覆盖率达到95%，9月开园。", TYPED.replace("年底", "9月")),
        ("扩建幼儿园12所，普惠率达到95%，秋季开园。", "扩建幼儿园{{ 指标.园 }}，普惠率达到{{ 指标.率 }}，秋季开园。"),
        ("新建幼儿园12所，覆盖率达到95%", "新建幼儿园{{ 指标.园 }}，覆盖率达到{{ 指标.率 }}"),
        ("新建幼儿园15所，覆盖率达到95%，年底开园。", None),
        ("新建幼儿园112所，覆盖率达到95%，年底开园。", None),
        ("新建幼儿园12所，覆盖率达到95.5%，年底开园。", None),
        ("新建幼儿园，覆盖率达到95%，年底开园。", None),
        ("覆盖率达到95%，新建幼儿园12所，年底开园。", None),
        ("新建幼儿园12所，覆盖率达到{{ 率 }}，年底开园。", None),
        ("", None),
    ],
)
def test_only_what_stands_around_figures_changes(edited: str, typed: str | None) -> None:
    assert retyped(filled(TYPED), edited) == typed


def test_a_text_without_holes_is_typed_as_edited() -> None:
    assert retyped(filled("上好课。"), "上好每一节课。") == "上好每一节课。"
