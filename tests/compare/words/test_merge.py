"""Tests of two changed wordings put together."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
        ("大力加强管理。", "加强管理。", "大力推进管理。", "推进管理。"),
        ("建成3所。", "力争建成3所。", "建成5所。", "力争建成5所。"),
        ("按月调度。", "按季调度。", "严格按月调度。", "严格按季调度。"),
        ("加强管理。", "大力加强管理。", "大力加强监督。", "大力加强监督。"),
        ("由教育局牵头。", "由教体局牵头。", "由教育局纪检组牵头。", "由教体局纪检组牵头。"),
    ],
)
def test_changes_of_different_words_go_together(base: str, ours: str, theirs: str, merged: str) -> None:
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


@pytest.mark.parametrize(
    ("base", "one", "other", "words"),
    [
        ("加强管理。", "大力加强管理。", "严格管理。", "加强"),
        ("加强管理。", "加强资金管理。", "严格管理。", "加强"),
        ("做好甲事，加强管理。", "做好甲事，大力加强管理。", "做好甲事，严格管理。", "加强"),
        ("加强管理。", "大力加强管理。", "管理。", "加强"),
        ("加强管理。", "加强和改进管理。", "管理。", "加强"),
        ("加强管理。", "大力加强管理。", "加大管理。", "加强"),
        ("推进改革。", "推动改革。", "促进改革。", "推进"),
        ("建成3所。", "建成约3所。", "建成5所。", "3"),
        ("建成3所。", "建成3余所。", "建成5所。", "3"),
        ("一事。二事。", "一事。首先，二事。", "一事。", "二事。"),
    ],
)
def test_words_put_in_beside_words_that_the_other_side_changed_are_a_conflict(
    base: str, one: str, other: str, words: str
) -> None:
    for ours, theirs in ((one, other), (other, one)):
        made = merge_texts(base, ours, theirs)
        assert [each.base for each in made.conflicts] == [words]
        assert made.text == ours
        assert made.with_theirs((0,)) == theirs


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        (
            "做好甲事，抓好乙事。",
            "做好甲事，做好丁事，抓好乙事。",
            "做好甲事，推进丙事。",
            "做好甲事，做好丁事，推进丙事。",
        ),
        ("语文、数学", "语文、体育、数学", "语文、算术", "语文、体育、算术"),
        ("加强管理", "加强管理、服务", "加强监督", "加强监督、服务"),
        ("全面部署。", "全面部署，加强督查。", "全面安排。", "全面安排，加强督查。"),
        ("抓好教学，抓好科研。", "抓好教学和管理，抓好科研。", "抓好教学。", "抓好教学和管理。"),
        ("一事。加强管理。", "加强管理。", "一事。大力加强管理。", "大力加强管理。"),
        ("一事。二事。", "一事。另外的任务。二事。", "一事。五件别的工作。", "一事。另外的任务。五件别的工作。"),
        ("要点：加强管理", "要点：一是加强管理", "总的要求：加强管理", "总的要求：一是加强管理"),
    ],
)
def test_a_mark_parts_words_put_in_from_what_the_other_side_changed(
    base: str, ours: str, theirs: str, merged: str
) -> None:
    assert merge_texts(base, ours, theirs) == Merged(merged)
    assert merge_texts(base, theirs, ours) == Merged(merged)


_BASE_WORDS = ("加强", "管理", "按月", "调度", "学校", "落实", "，", "、", "。", "；")


@settings(max_examples=500)
@given(
    st.lists(st.sampled_from(_BASE_WORDS), min_size=1, max_size=8),
    st.lists(st.tuples(st.integers(0, 8), st.sampled_from(("甲", "甲甲", "甲，", "，甲", "甲。"))), max_size=3),
    st.lists(st.tuples(st.integers(0, 8), st.integers(0, 3), st.sampled_from(("", "乙", "乙乙", "乙，"))), max_size=2),
)
def test_words_that_one_side_put_in_never_stand_beside_new_words_of_the_other(
    words: list[str], put_in: list[tuple[int, str]], replaced: list[tuple[int, int, str]]
) -> None:
    base = "".join(words)
    ours, theirs = [*words], [*words]
    for at, text in put_in:
        ours.insert(min(at, len(ours)), text)
    for at, size, text in replaced:
        theirs[at : at + size] = [text]
    for made in (merge_texts(base, "".join(ours), "".join(theirs)), merge_texts(base, "".join(theirs), "".join(ours))):
        if not made.conflicts:
            assert "甲乙" not in made.text
            assert "乙甲" not in made.text
            assert made.text.count("甲") == "".join(ours).count("甲")
            assert made.text.count("乙") == "".join(theirs).count("乙")


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
