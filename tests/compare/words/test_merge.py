"""Tests of two changed wordings put together."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from planwriter.compare.words.merge import Merged, TextConflict, merge_texts
from planwriter.compare.words.texts import changed
from planwriter.compare.words.units import units
from tests.compare.wordings import pairs, triples


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        ("建成3所。按月调度。", "建成5所。按月调度。", "建成3所。按季调度。", "建成5所。按季调度。"),
        ("年内建成3所、改造5所。", "年内建成4所、改造5所。", "年内建成3所、改造6所。", "年内建成4所、改造6所。"),
        ("新建学校3所", "改建学校3所", "新建学校5所", "改建学校5所"),
        ("建成3所", "建设3所", "建成5所", "建设5所"),
        ("甲、乙、丙", "甲、丙", "甲、乙、丁、丙", "甲、丁、丙"),
        ("一事。二事。", "一事。二事。三事。", "零事。一事。二事。", "零事。一事。二事。三事。"),
        ("一事。二事。", "一事。", "一事。中间的事。二事。", "一事。中间的事。"),
        ("建成3所。", "建成5所。", "建成5所，投入使用。", "建成5所，投入使用。"),
        ("甲乙丙丁", "甲子丙丑", "甲子丙丁", "甲子丙丑"),
    ],
)
def test_changes_beside_each_other_go_together(base: str, ours: str, theirs: str, merged: str) -> None:
    assert merge_texts(base, ours, theirs) == Merged(merged)
    assert merge_texts(base, theirs, ours) == Merged(merged)


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "conflict"),
    [
        ("建成3所。", "建成5所。", "建成6所。", TextConflict(2, 3, "3", "5", "6")),
        ("按月调度。", "按季调度。", "按周调度。", TextConflict(1, 2, "月", "季", "周")),
        ("一事。二事。", "一事。", "一事。另外二事。", TextConflict(3, 3, "二事。", "", "另外二事。")),
        (
            "全面部署。",
            "全面部署，严格考核。",
            "全面部署，加强督查。",
            TextConflict(4, 9, "", "，严格考核", "，加强督查"),
        ),
        ("有甲乙所", "有1乙所", "有甲2所", TextConflict(1, 3, "甲乙", "1乙", "甲2")),
        ("有5个甲3所", "有5甲3所", "有5个3所", TextConflict(1, 4, "5个甲3", "5甲3", "5个3")),
    ],
)
def test_words_that_both_changed_are_a_conflict(base: str, ours: str, theirs: str, conflict: TextConflict) -> None:
    made = merge_texts(base, ours, theirs)
    assert made.conflicts == (conflict,) or made.conflicts[0].base in conflict.base
    assert made.text == ours
    assert made.with_theirs((0,)) == theirs
    assert made.with_theirs(()) == ours


def test_in_a_conflict_neither_side_makes_one_name_with_what_stands_beside() -> None:
    base, ours, theirs = "建设3{{ 指标.床位 }}", "建设3{{{ 指标.床位 }}床位 }}", "建设3{{ 指标"
    made, turned = merge_texts(base, ours, theirs), merge_texts(base, theirs, ours)
    assert made.text == turned.with_theirs((0,)) == ours
    assert turned.text == made.with_theirs((0,)) == theirs


@given(pairs())
def test_one_unchanged_side_gives_the_other(pair: tuple[str, str]) -> None:
    base, other = pair
    assert merge_texts(base, base, other) == Merged(other)
    assert merge_texts(base, other, base) == Merged(other)
    assert merge_texts(base, other, other) == Merged(other)


@settings(max_examples=300)
@given(triples())
def test_nothing_is_lost_but_in_a_conflict_that_shows_it(sides: tuple[str, str, str]) -> None:
    base, ours, theirs = sides
    made = merge_texts(base, ours, theirs)
    for each in made.conflicts:
        assert made.text[each.start : each.end] == each.ours
        assert each.ours != each.theirs
    shown = (made.text, *(each.theirs for each in made.conflicts))
    for side in (ours, theirs):
        for edit in changed(base, side):
            assert any(side[edit.new_start : edit.new_end] in text for text in shown)


@settings(max_examples=300)
@given(triples())
def test_both_sides_are_treated_alike(sides: tuple[str, str, str]) -> None:
    base, ours, theirs = sides
    made, turned = merge_texts(base, ours, theirs), merge_texts(base, theirs, ours)
    assert made.with_theirs(range(len(made.conflicts))) == turned.text
    assert [each.base for each in made.conflicts] == [each.base for each in turned.conflicts]


@settings(max_examples=300)
@given(triples())
def test_every_number_and_name_was_written_by_someone(sides: tuple[str, str, str]) -> None:
    written = {unit for text in sides for unit in units(text) if len(unit) > 1}
    made = merge_texts(*sides)
    assert {unit for unit in units(made.text) if len(unit) > 1} <= written
