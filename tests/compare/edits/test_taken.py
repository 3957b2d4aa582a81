from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter.compare.edits.hand_edits import hand_edits
from planwriter.compare.edits.taken import are_taken, taken_edits
from planwriter.compare.versions.version import PlanVersion, VersionItem, VersionLine, VersionTable
from planwriter.plan.flow import BODY

TEXTS = ("建好3所学校，改善条件。", "上好每一堂课。", "配齐紧缺学科教师。", "改善食堂条件。")


def line(text: str, label: str = "") -> VersionLine:
    return VersionLine(role=BODY, text=text, label=label, level=3 if label else 0)


def version(*items: str | VersionItem) -> PlanVersion:
    made = (line(each) if isinstance(each, str) else each for each in items)
    return PlanVersion(name="稿", items=tuple(made))


BASE = version(*TEXTS)


def taken(edited: PlanVersion, current: PlanVersion, base: PlanVersion = BASE) -> bool:
    return are_taken(hand_edits(base, edited), current)


EDITED = [
    version("建好5所学校，改善条件。", *TEXTS[1:]),
    version(*TEXTS[:3]),
    version(TEXTS[0], "另办一件事。", *TEXTS[1:]),
    version(TEXTS[1], TEXTS[2], TEXTS[0], TEXTS[3]),
]


@pytest.mark.parametrize("edited", EDITED)
def test_what_the_outline_has_too_is_taken(edited: PlanVersion) -> None:
    assert taken(edited, edited)
    assert not taken(edited, BASE)
    more = tuple(line(f"{each.text}再查一次。") if each.text == TEXTS[2] else each for each in edited.items)
    assert taken(edited, PlanVersion(name="稿", items=more))
    assert not taken(edited, version(*TEXTS[:2], f"{TEXTS[2]}再查一次。", TEXTS[3]))
    fewer = tuple(each for each in edited.items if each.text != TEXTS[2])  # the outline deleted what was not edited
    assert taken(edited, PlanVersion(name="稿", items=fewer))
    assert not taken(edited, version(*TEXTS[:2], TEXTS[3]))


def test_another_wording_of_the_same_words_is_not() -> None:
    assert not taken(EDITED[0], version("建好6所学校，改善条件。", *TEXTS[1:]))
    assert taken(EDITED[0], version("建好5所学校，改善环境。", *TEXTS[1:]))
    assert not taken(EDITED[0], version(*TEXTS[1:]))


def test_a_typed_label_must_be_the_printed_one() -> None:
    base, edited = version(line(TEXTS[0], "1.")), version(line(TEXTS[0], "3."))
    assert not taken(edited, base, base)
    assert taken(edited, edited, base)


def test_cells_are_looked_at_too() -> None:
    rows = (("指标", "数值"), ("学位", "810"), ("教师", "96"))
    tables = [version(VersionTable(rows=(*rows[:2], ("教师", each)))) for each in ("96", "99", "100")]
    assert taken(tables[1], tables[1], tables[0])
    assert not taken(tables[1], tables[0], tables[0])
    assert not taken(tables[1], tables[2], tables[0])


ORDERS = st.lists(st.sampled_from([*TEXTS, "另办一件事。", "建好5所学校，改善条件。"]), max_size=6, unique=True)


@given(ORDERS)
def test_whatever_was_edited_is_taken_once_the_outline_prints_it(texts: list[str]) -> None:
    edited = version(*texts)
    assert taken(edited, edited)


@given(ORDERS)
def test_nothing_edited_is_lost_in_an_outline_that_did_not_change(texts: list[str]) -> None:
    edited = version(*texts)
    assert taken(edited, BASE) == (not hand_edits(BASE, edited).words)


def test_the_edits_that_both_sides_made_are_told() -> None:
    edited = version("建好5所学校，改善条件。", TEXTS[1], "另办一件事。", TEXTS[3])
    current = version("建好5所学校，改善条件。", "上好音乐课。", TEXTS[2], TEXTS[3])
    hand, ours = hand_edits(BASE, edited), hand_edits(BASE, current)
    both = taken_edits(hand, ours)
    assert [hand.edits[at].new for at in both.hand] == ["建好5所学校，改善条件。"]
    assert [ours.edits[at].new for at in both.ours] == ["建好5所学校，改善条件。"]
    assert taken_edits(hand, hand_edits(BASE, edited)).hand == frozenset(range(len(hand.edits)))
    assert taken_edits(hand, hand_edits(BASE, BASE)) == (frozenset(), frozenset())


@given(ORDERS)
def test_all_edits_are_taken_once_the_outline_prints_them(texts: list[str]) -> None:
    made = hand_edits(BASE, version(*texts))
    both = taken_edits(made, made)
    assert both.hand == both.ours == frozenset(range(len(made.edits)))


def test_a_line_break_is_the_end_of_a_paragraph_in_an_outline() -> None:
    broken = version("建好3所学校，\n改善条件。", *TEXTS[1:])
    assert taken(broken, version("建好3所学校，", "改善条件。", *TEXTS[1:]))
    assert not taken(broken, BASE)


BROKEN = st.lists(
    st.sampled_from([*TEXTS, "另办一件事。", "建好3所学校，\n改善条件。", "上好\n\n每一堂课。", TEXTS[1] + TEXTS[2]]),
    max_size=6,
    unique=True,
)


@given(BROKEN)
def test_line_breaks_are_taken_once_the_outline_has_the_paragraphs(texts: list[str]) -> None:
    broken = version(*texts)
    parted = version(*(part for text in texts for part in text.split("\n") if part))
    hand, ours = hand_edits(BASE, broken), hand_edits(BASE, parted)
    assert taken_edits(hand, ours) == (frozenset(range(len(hand.edits))), frozenset(range(len(ours.edits))))
    if any("\n" in each for each in texts):
        assert len(taken_edits(hand, hand_edits(BASE, BASE)).hand) < len(hand.edits)
