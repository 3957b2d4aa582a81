"""Tests of what changed between two wordings."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter.compare.words.texts import changed, offsets, sentences
from planwriter.compare.words.units import units
from tests.compare.wordings import pairs, texts
from tests.growth import steps


def shown(old: str, new: str) -> str:
    """The old text with the edits marked."""
    made, at = "", 0
    for edit in changed(old, new):
        out, put_in = old[edit.start : edit.end], new[edit.new_start : edit.new_end]
        made += old[at : edit.start] + (f"[-{out}-]" if out else "") + (f"{{+{put_in}+}}" if put_in else "")
        at = edit.end
    return made + old[at:]


@pytest.mark.parametrize(
    ("old", "new", "marked"),
    [
        ("建成3所学校", "建成12所学校", "建成[-3-]{+12+}所学校"),
        ("覆盖率达到95%。", "覆盖率达到98.5%。", "覆盖率达到[-95%-]{+98.5%+}。"),
        ("3所5人", "4所6人", "[-3-]{+4+}所[-5-]{+6+}人"),
        ("2026年3月底前完成", "2026年6月底前完成", "[-2026年3月-]{+2026年6月+}底前完成"),
        ("落实《水利规划》。", "落实《交通规划》。", "落实[-《水利规划》-]{+《交通规划》+}。"),
        ("加强建设", "强化建设", "[-加强-]{+强化+}建设"),
        ("加快推进项目建设", "持续推进工程建设", "[-加快-]{+持续+}推进[-项目-]{+工程+}建设"),
        ("甲、乙、丁", "甲、乙、丙、丁", "甲、乙、{+丙、+}丁"),
        ("先改造。后验收。", "先改造。再试水。后验收。", "先改造。{+再试水。+}后验收。"),
        ("先改造。再试水。后验收。", "先改造。后验收。", "先改造。[-再试水。-]后验收。"),
        (
            "建立台账，逐项销号。",
            "建立台账。逐项销号，按月调度。",
            "建立台账[-，-]{+。+}逐项销号{+，按月调度+}。",
        ),
        (
            "开展排查整治，建立台账。定期通报。",
            "全面动员部署，压实责任。定期通报。",
            "[-开展排查整治，建立台账。-]{+全面动员部署，压实责任。+}定期通报。",
        ),
        ("县教育局牵头。", "县财政局、县教育局牵头。", "{+县财政局、+}县教育局牵头。"),
        ("", "新增", "{+新增+}"),
        ("删去", "", "[-删去-]"),
        ("不变", "不变", "不变"),
    ],
)
def test_changes_are_marked_as_a_reader_would(old: str, new: str, marked: str) -> None:
    assert shown(old, new) == marked


@given(pairs())
def test_the_edits_make_the_new_text(pair: tuple[str, str]) -> None:
    old, new = pair
    made, at, there = "", 0, -1
    old_borders, new_borders = set(offsets(units(old))), set(offsets(units(new)))
    for edit in changed(old, new):
        assert {edit.start, edit.end} <= old_borders
        assert {edit.new_start, edit.new_end} <= new_borders
        assert edit.start > at or not made
        assert edit.new_start > there
        assert old[edit.start : edit.end] != new[edit.new_start : edit.new_end]
        made += old[at : edit.start] + new[edit.new_start : edit.new_end]
        at, there = edit.end, edit.new_end
    assert made + old[at:] == new


@given(st.text() | texts())
def test_sentences_joined_are_the_text(text: str) -> None:
    assert "".join(text[start:end] for start, end in sentences(text)) == text


def test_sentences() -> None:
    assert sentences("一。二；三") == ((0, 2), (2, 4), (4, 5))
    assert sentences("") == ()


@pytest.mark.parametrize(
    "sides",
    [
        lambda n: ("的" * n, "的" * (n // 2) + "。"),
        lambda n: ("甲乙，" * n, "，乙甲" * n),
        lambda n: ("一。" * 2 * n, "二。一。" * n),
        lambda n: ("3" * n, "4" * n),
        lambda n: ("甲" * n, "乙" * n),
    ],
    ids=["equal", "turned", "sentences", "numbers", "nothing"],
)
def test_the_work_grows_with_the_length(sides: Callable[[int], tuple[str, str]]) -> None:
    (old, new), (longer_old, longer_new) = sides(500), sides(1_500)
    assert changed(old, new)
    assert steps(lambda: changed(longer_old, longer_new)) < 4 * steps(lambda: changed(old, new))
