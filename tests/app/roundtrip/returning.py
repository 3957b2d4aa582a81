"""Files that come back, edited, to an outline with two targets; no test by itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from planwriter.app.outputs import render
from planwriter.app.roundtrip.absorb import AbsorbPlan, plan_absorb
from planwriter.app.roundtrip.absorb_choices import NO_CHOICES, AbsorbChoices
from planwriter.app.roundtrip.returned import Returned
from planwriter.app.session import Session
from planwriter.compare.versions.from_word import version_of_word
from tests.absorbing import NAME, opened
from tests.hands import Hand
from tests.support import outline

TARGETS = "指标:\n  园: {数值: 12, 单位: 所}\n  率: {数值: 95, 单位: '%', 界限: 不低于}\n"
TASKS = (
    "重点任务:\n  - 章: 办园   # 章注\n    内容:\n"
    "      - 条: 建园\n        文: 新建幼儿园{{ 指标.园 }}，入园率{{ 指标.率 }}。\n        责任单位: 学前教育股\n"
    "      - 条: 开园\n        文: 这{{ 指标.园 }}秋季开园。\n"
    "      - 条: 收费\n        文: 收费要公示。\n"
)
TEXT = outline(TASKS, extra=TARGETS)


def returned(text: str, hand: Callable[[Hand], None]) -> Returned:
    """A .docx of the outline `text`, edited."""
    made = opened(text)
    data = render(Session(), made.document, "docx").value
    assert data is not None
    edits = Hand(data)
    hand(edits)
    edited = version_of_word(edits.save(), "改.docx").value
    assert edited is not None
    return Returned(path="改.docx", record=None, base=made.version(), edited=edited)


def plan(
    folder: Path, hand: Callable[[Hand], None], choices: AbsorbChoices = NO_CHOICES, base: str = TEXT
) -> AbsorbPlan:
    path = str(folder / NAME)
    made = plan_absorb(Session().at(path), path, returned(base, hand), choices)
    assert made.value is not None, made.findings
    return made.value
