"""Whether what was done by hand in a .docx is in the outline already, so that nothing is lost if the file is made anew."""

from __future__ import annotations

from collections.abc import Collection

from planwriter.compare.edits.hand_edits import EditKind, HandEdit, HandEdits
from planwriter.compare.edits.outline_labels import is_printed
from planwriter.compare.edits.sides import (
    EditsTaken,
    MergedSides,
    Sides,
    content_of,
    joined_sides,
    merged_sides,
    paragraphs_of,
    sides_of,
)
from planwriter.compare.versions.version import PlanVersion
from planwriter.start.named_tuple import NamedTuple

_OF_TWO = (EditKind.SPLIT, EditKind.JOINED)
"""Edits of one item and another."""


def are_taken(
    hand: HandEdits,
    current: PlanVersion,
    earlier: EditsTaken | None = None,
    decided: Collection[str] = (),
) -> bool:
    """True if all words that were edited by hand are in `current`, the outline as it stands: put together they give just that.

    Formats and comments are not looked at, since an outline has none; a line break is the end of a paragraph there. `earlier` is what
    the outline printed before and after hand edits were taken into it; `decided` are the cases in which it was
    decided that the outline's words stand.
    """
    sides = sides_of(hand.base, current, hand.edited, earlier=earlier)
    merged = merged_sides(sides)
    if any(each.case not in decided for each in merged.conflicts) or merged.order != sides.ours:
        return False
    return all(_is_here(sides, key, merged) for key in merged.order if key in merged.contents) and all(
        _is_printed(sides, each) for each in hand.edits if each.kind is EditKind.RENUMBERED
    )


class TakenEdits(NamedTuple):
    """The edits that both sides made: their numbers among those made by hand, and among those of the outline."""

    hand: frozenset[int]
    ours: frozenset[int]


def taken_edits(
    hand: HandEdits, ours: HandEdits, earlier: EditsTaken | None = None, decided: Collection[str] = ()
) -> TakenEdits:
    """The edits of words that are in the outline already, and those of the outline that are in the file too.

    Of an item that both sides edited, all edits count as made by both if the outline has all words of the file; and those of
    the outline if the file has all of its words. For `decided` see `are_taken`.
    """
    parts = paragraphs_of(hand.edited, hand.base)
    if earlier is None and sum(map(len, parts)) == len(parts):
        sides = joined_sides(hand.base, ours.edited, hand.edited, hand.matching)
    else:
        sides = sides_of(hand.base, ours.edited, hand.edited, earlier=earlier)
    merged = merged_sides(sides)
    troubled = {each.key for each in merged.conflicts if each.case not in decided}
    key_of = {each.edited: key for key, each in sides.items.items() if each.edited >= 0}
    own_keys = {each.current: key for key, each in sides.items.items() if each.current >= 0}
    keys: list[set[int]] = []  # of each item of the file, which is several of an outline if line ends were typed in it
    first = 0
    for part in parts:
        keys.append({key_of[at] for at in range(first, first + len(part))})
        first += len(part)
    by_hand = frozenset(
        number
        for number, each in enumerate(hand.edits)
        if all(key not in troubled and _is_taken(sides, merged, each, key) for key in _keys(each, keys))
    )
    if sides.ours == sides.theirs and all(_are_equal(sides, key) for key in sides.ours):
        return TakenEdits(by_hand, frozenset(range(len(ours.edits))))  # however the two were told
    touched = {key for number in by_hand for key in _keys(hand.edits[number], keys)}
    in_outline = frozenset(
        number
        for number, each in enumerate(ours.edits)
        if (key := own_keys.get(each.item, each.base)) >= 0
        and (key in touched or sides.items[key].edited < 0)
        and _are_equal(sides, key)
    )
    return TakenEdits(by_hand, in_outline)


def _keys(edit: HandEdit, keys: list[set[int]]) -> set[int]:
    """The items that an edit is about; -1 for one that is about none."""
    known = keys[edit.item] if edit.item >= 0 else set()
    if edit.base >= 0 and (not known or edit.kind in _OF_TWO):
        known = known | {edit.base}
    return known or {-1}


def _is_taken(sides: Sides, merged: MergedSides, edit: HandEdit, key: int) -> bool:
    if edit.kind in (EditKind.FORMAT, EditKind.COMMENT) or key < 0:
        return False
    if edit.kind is EditKind.MOVED:
        return merged.order == sides.ours
    if edit.kind is EditKind.RENUMBERED:
        return _is_printed(sides, edit)
    return _is_here(sides, key, merged) if key in merged.order else sides.items[key].current < 0


def _is_here(sides: Sides, key: int, merged: MergedSides) -> bool:
    """True if the outline shows of an item what both sides put together give."""
    here = sides.items[key].current
    if here < 0:
        return False
    content = content_of(sides.current.items[here])
    return merged.contents.get(key, content) == content


def _are_equal(sides: Sides, key: int) -> bool:
    """True if the outline and the file show the same of an item."""
    item = sides.items[key]
    if item.current < 0 or item.edited < 0:
        return item.current == item.edited
    return content_of(sides.current.items[item.current]) == content_of(sides.edited.items[item.edited])


def _is_printed(sides: Sides, edit: HandEdit) -> bool:
    """True if the outline prints the label that was typed, or counts on by itself."""
    item = sides.items[edit.base]
    if min(item.current, item.edited) < 0:
        return False
    return is_printed(sides, sides.edited.items[item.edited], sides.current.items[item.current])
