"""Tests of the order of items that both sides changed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planwriter.compare.matching.order import MergedOrder, OrderConflict, OrderTrouble, _moved, merge_orders
from tests.growth import steps


@st.composite
def _sides(draw: st.DrawFn) -> tuple[list[int], list[int], list[int]]:
    base = list(range(draw(st.integers(0, 10))))
    made = []
    for first in (100, 200):
        side = list(base)
        for number in range(draw(st.integers(0, 4))):
            what = draw(st.sampled_from(("delete", "move", "insert")))
            if what == "insert":
                side.insert(draw(st.integers(0, len(side))), first + number)
            elif side:
                item = side.pop(draw(st.integers(0, len(side) - 1)))
                if what == "move":
                    side.insert(draw(st.integers(0, len(side))), item)
        made.append(side)
    return base, made[0], made[1]


@pytest.mark.parametrize(
    ("ours", "theirs", "order"),
    [
        ([1, 2, 3, 4, 9], [1, 8, 2, 3, 4], (1, 8, 2, 3, 4, 9)),
        ([1, 9, 2, 3, 4], [1, 8, 2, 3, 4], (1, 9, 8, 2, 3, 4)),
        ([1, 3, 4], [1, 2, 3, 4, 8], (1, 3, 4, 8)),
        ([4, 1, 2, 3], [1, 2, 8, 3, 4], (4, 1, 2, 8, 3)),
        ([1, 2, 3, 4, 9], [4, 1, 2, 3], (4, 9, 1, 2, 3)),
        ([2, 1, 3, 4], [1, 2, 4, 3], (2, 1, 4, 3)),
        ([1, 2, 3], [4, 1, 2, 3], (1, 2, 3)),
        ([], [1, 2, 3, 4, 8], (8,)),
    ],
)
def test_changes_of_both_sides_go_together(ours: list[int], theirs: list[int], order: tuple[int, ...]) -> None:
    assert merge_orders([1, 2, 3, 4], ours, theirs) == MergedOrder(order)


def test_an_item_moved_to_two_places_is_a_conflict() -> None:
    made = merge_orders([1, 2, 3, 4, 5], [2, 3, 1, 4, 5], [2, 3, 4, 5, 1])
    assert made == MergedOrder((2, 3, 1, 4, 5), (OrderConflict(1, OrderTrouble.MOVED_APART),))
    assert merge_orders([1, 2, 3, 4, 5], [2, 3, 1, 4, 5], [2, 3, 1, 4, 5]).conflicts == ()


def test_a_deleted_item_that_the_other_side_changed_stays_and_is_a_conflict() -> None:
    made = merge_orders([1, 2, 3], [1, 3], [1, 2, 3], changed_by_them={2})
    assert made == MergedOrder((1, 2, 3), (OrderConflict(2, OrderTrouble.WE_DELETED),))
    made = merge_orders([1, 2, 3], [3, 1, 2], [1, 3], changed_by_us={2})
    assert made == MergedOrder((3, 1, 2), (OrderConflict(2, OrderTrouble.THEY_DELETED),))
    assert merge_orders([1, 2, 3], [1, 3], [1, 3], changed_by_us={2}, changed_by_them={2}) == MergedOrder((1, 3))


@given(_sides())
def test_one_unchanged_side_gives_the_other(sides: tuple[list[int], list[int], list[int]]) -> None:
    base, ours, theirs = sides
    assert merge_orders(base, base, theirs) == MergedOrder(tuple(theirs))
    assert merge_orders(base, ours, base) == MergedOrder(tuple(ours))
    assert merge_orders(base, ours, ours) == MergedOrder(tuple(ours))


@settings(max_examples=300)
@given(_sides(), st.sets(st.integers(0, 10)), st.sets(st.integers(0, 10)))
def test_no_item_is_lost_or_doubled(
    sides: tuple[list[int], list[int], list[int]], by_us: set[int], by_them: set[int]
) -> None:
    base, ours, theirs = sides
    made = merge_orders(base, ours, theirs, changed_by_us=by_us, changed_by_them=by_them)
    wanted = {item for item in (*ours, *theirs) if item not in base or (item in ours and item in theirs)}
    wanted |= {item for item in base if (item in ours and item in by_us) or (item in theirs and item in by_them)}
    assert sorted(made.order) == sorted(wanted)
    kept = {each.item for each in made.conflicts if each.trouble is not OrderTrouble.MOVED_APART}
    assert kept == {item for item in wanted if item in base and not (item in ours and item in theirs)}


def test_as_few_as_possible_are_moved() -> None:
    places = {item: item for item in range(10)}
    assert _moved([5, 0, 1, 2, 3, 4, 6, 7, 8, 9], places) == {5}
    assert _moved([0, 1, 2, 3], places) == set()


def test_ten_thousand_items() -> None:
    base = list(range(10_000))
    made = merge_orders(base, base[::-1], [*base[5_000:], *base[:5_000], 20_000])
    assert len(made.order) == 10_001


def test_the_work_grows_with_the_number_of_items() -> None:
    def work(count: int) -> int:
        base = list(range(count))
        return steps(lambda: merge_orders(base, base[::-1], [*base[count // 2 :], *base[: count // 2], count]))

    assert work(2_000) < 5 * work(500)


def test_what_both_put_in_stands_once_where_we_put_it() -> None:
    assert merge_orders([1, 2], [1, 9, 2], [1, 2, 9, 8]) == MergedOrder((1, 9, 8, 2))
