"""Tests of labels that only count on."""

from __future__ import annotations

from planwriter.compare.edits.counted_labels import OtherLabel, relabelled
from tests.compare.sides import line


def _told(old: str, new: str, pairs: dict[int, int], moved: tuple[int, ...] = ()) -> dict[int, OtherLabel]:
    return relabelled([line(each) for each in old.split()], [line(each) for each in new.split()], pairs, moved)


def test_what_follows_an_insertion_counts_on() -> None:
    assert _told("1.甲 2.乙 3.丙", "1.甲 2.新 3.乙 4.丙", {0: 0, 2: 1, 3: 2}) == {
        2: OtherLabel("2.", "3.", counts_on=True),
        3: OtherLabel("3.", "4.", counts_on=True),
    }


def test_what_follows_a_deletion_at_the_start_counts_on() -> None:
    assert _told("1.甲 2.乙", "1.乙", {0: 1}) == {0: OtherLabel("2.", "1.", counts_on=True)}


def test_a_number_that_nothing_explains_was_changed() -> None:
    assert _told("1.甲 2.乙 3.丙", "1.甲 3.乙 4.丙", {0: 0, 1: 1, 2: 2}) == {
        1: OtherLabel("2.", "3.", counts_on=False),
        2: OtherLabel("3.", "4.", counts_on=False),
    }


def test_a_new_chapter_begins_the_numbers_below_it_anew() -> None:
    made = _told(
        "一、甲 （一）子 （二）丑 （三）寅", "一、甲 （一）子 二、新 （一）丑 （二）寅", {0: 0, 1: 1, 3: 2, 4: 3}
    )
    assert [each.counts_on for each in made.values()] == [True, True]


def test_an_item_below_does_not_explain_a_number_above() -> None:
    made = _told("一、甲 二、乙", "一、甲 （一）新 三、乙", {0: 0, 2: 1})
    assert made == {2: OtherLabel("二、", "三、", counts_on=False)}


def test_an_unnumbered_item_does_not_explain_a_number() -> None:
    made = _told("1.甲 2.乙", "1.甲 新 3.乙", {0: 0, 2: 1})
    assert made == {2: OtherLabel("2.", "3.", counts_on=False)}


def test_a_label_that_was_taken_away_or_given_was_changed() -> None:
    assert _told("1.甲 2.乙", "1.甲 乙", {0: 0, 1: 1}) == {1: OtherLabel("2.", "", counts_on=False)}
    assert _told("甲 乙", "甲 1.乙", {0: 0, 1: 1}) == {1: OtherLabel("", "1.", counts_on=False)}
    assert _told("甲 乙", "甲 乙", {0: 0, 1: 1}) == {}


def test_what_was_moved_away_explains_the_numbers_behind_its_old_place() -> None:
    made = _told("1.甲 2.乙 3.丙", "1.乙 2.丙 3.甲", {0: 1, 1: 2, 2: 0}, (2,))
    assert [made[at].counts_on for at in sorted(made)] == [True, True, True]


def test_another_sort_of_label_was_changed_and_a_moved_one_counts_on() -> None:
    assert not _told("1.甲 2.乙", "1.甲 （2）乙", {0: 0, 1: 1})[1].counts_on
    assert _told("1.甲 2.乙 3.丙", "1.丙 2.甲 3.乙", {0: 2, 1: 0, 2: 1}, (0,))[0].counts_on
