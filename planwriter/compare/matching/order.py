"""The order of the items after both sides put in, left out and moved some of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from planwriter.compare.matching.sequence import longest_rising
from planwriter.start.enums import Enum
from planwriter.start.named_tuple import NamedTuple


class OrderTrouble(str, Enum):
    """What both sides did to one item that does not go together."""

    MOVED_APART = "moved apart"
    """Both moved it, to different places. It stands where we put it."""
    WE_DELETED = "we deleted"
    """We deleted it, and they changed it. It stays."""
    THEY_DELETED = "they deleted"
    """They deleted it, and we changed it. It stays."""


class OrderConflict(NamedTuple):
    """An item about which the sides do not agree."""

    item: int
    trouble: OrderTrouble


class MergedOrder(NamedTuple):
    """The items in their new order."""

    order: tuple[int, ...]
    conflicts: tuple[OrderConflict, ...] = ()


def merge_orders(
    base: Sequence[int],
    ours: Sequence[int],
    theirs: Sequence[int],
    *,
    changed_by_us: Collection[int] = (),
    changed_by_them: Collection[int] = (),
) -> MergedOrder:
    """The items of `base` with the insertions, deletions and moves of both sides.

    A number is an item, once in a sequence. What both put in has one number and stands where we put it. An item that one side
    deleted is gone, unless the other side changed its words. What is put in stands behind the item that it was put behind, also if
    that was moved. Different items that both put in at one place stay, ours first.
    """
    in_ours, in_theirs = set(ours), set(theirs)
    kept, undeleted = _kept(base, in_ours, in_theirs, changed_by_us, changed_by_them)
    held = set(kept)
    moved_by_us, moved_by_them, moved_apart = _moves(base, ours, theirs, held)
    moved_by_them_alone = moved_by_them - moved_by_us
    order = _Chain([item for item in kept if item not in moved_by_us and item not in moved_by_them])
    order.follow([item for item in theirs if item in held and item not in moved_by_us], moved_by_them_alone)
    order.follow([item for item in ours if item in held and item not in moved_by_them_alone], moved_by_us)
    old = set(base)
    our_items = [item for item in ours if item in held or item not in old]
    their_items = [item for item in theirs if item in held or item not in old]
    put_in_by_us, put_in_by_them = in_ours - old, in_theirs - old
    order.follow(our_items, put_in_by_us & put_in_by_them)
    order.follow(their_items, put_in_by_them - put_in_by_us)
    order.follow(our_items, put_in_by_us - put_in_by_them)
    return MergedOrder(order.items(), (*undeleted, *moved_apart))


def _kept(
    base: Sequence[int],
    in_ours: Collection[int],
    in_theirs: Collection[int],
    changed_by_us: Collection[int],
    changed_by_them: Collection[int],
) -> tuple[list[int], list[OrderConflict]]:
    """The items of `base` that stay, and the conflicts about those that only one side deleted."""
    kept, conflicts = [], []
    for item in base:
        if item in in_ours and item in in_theirs:
            kept.append(item)
        elif item in in_ours and item in changed_by_us:
            kept.append(item)
            conflicts.append(OrderConflict(item, OrderTrouble.THEY_DELETED))
        elif item in in_theirs and item in changed_by_them:
            kept.append(item)
            conflicts.append(OrderConflict(item, OrderTrouble.WE_DELETED))
    return kept, conflicts


def _moves(
    base: Sequence[int], ours: Sequence[int], theirs: Sequence[int], held: set[int]
) -> tuple[set[int], set[int], list[OrderConflict]]:
    """The items that we moved, those that they moved, and the conflicts about those that both moved to different places.

    If both sides have the items in one order, both moved whatever one of them did.
    """
    places = {item: at for at, item in enumerate(base)}
    moved_by_us, moved_by_them = _moved(ours, places), _moved(theirs, places)
    in_ours, in_theirs = set(ours), set(theirs)
    both = held & in_ours & in_theirs
    if [item for item in ours if item in both] == [item for item in theirs if item in both]:
        moved = moved_by_us | moved_by_them
        return moved & in_ours, moved & in_theirs, []
    steady = held - moved_by_us - moved_by_them
    before_ours, before_theirs = _before(ours, steady), _before(theirs, steady)
    apart = both & moved_by_us & moved_by_them
    conflicts = [
        OrderConflict(item, OrderTrouble.MOVED_APART)
        for item in ours
        if item in apart and before_ours[item] != before_theirs[item]
    ]
    return moved_by_us, moved_by_them, conflicts


def _moved(side: Sequence[int], places: Mapping[int, int]) -> set[int]:
    """The fewest items that must have been moved, so that the others follow each other in `side` as before."""
    old = [item for item in side if item in places]
    return set(old) - {old[at] for at in longest_rising([places[item] for item in old])}


def _before(side: Sequence[int], fixed: set[int]) -> dict[int, int | None]:
    """For each item, the nearest of the fixed items before it."""
    made: dict[int, int | None] = {}
    last = None
    for item in side:
        made[item] = last
        if item in fixed:
            last = item
    return made


class _Chain:
    """Items in an order to which more are added."""

    def __init__(self, items: Sequence[int]) -> None:
        self._next: dict[int | None, int | None] = dict(zip((None, *items), (*items, None), strict=True))

    def follow(self, side: Sequence[int], added: Collection[int]) -> None:
        """Puts each item of `added` behind the one that it follows in `side`."""
        last: int | None = None
        for item in side:
            if item in added:
                self._next[item], self._next[last] = self._next[last], item
            if item in self._next:
                last = item

    def items(self) -> tuple[int, ...]:
        made = []
        at = self._next[None]
        while at is not None:
            made.append(at)
            at = self._next[at]
        return tuple(made)
