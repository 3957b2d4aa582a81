"""What stands under what in a version, and what one side did under an item that the other side deleted with all that was under it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from planwriter.compare.versions.version import TEXT_ROLES, VersionItem, VersionLine, VersionPicture, VersionTable
from planwriter.plan.flow import BOX_TITLE, CAPTION, LABEL
from planwriter.start.named_tuple import NamedTuple

_IN_TEXT = TEXT_ROLES | {CAPTION, BOX_TITLE}


def owners(items: Sequence[VersionItem]) -> list[int]:
    """For each item the number of the one that it stands under, such as the title of its chapter; -1 for none.

    A table stands under its caption, the caption of a picture under the picture.
    """
    made: list[int] = []
    text: list[tuple[int, int]] = []
    """The numbered lines, and their levels, that the next one may stand under."""
    box: list[tuple[int, int]] = []
    boxed = False
    for at, item in enumerate(items):
        level = 0
        if isinstance(item, VersionLine):
            if item.role not in _IN_TEXT:
                text, box = [(0, at)] if item.role == LABEL else [], []
                made.append(-1)
                continue
            level, boxed = item.level, item.boxed
            if item.role == BOX_TITLE:
                box = [(0, at)]
                made.append(text[-1][1] if text else -1)
                continue
        above = box if boxed and box else text
        while level and above and above[-1][0] >= level:
            above.pop()
        owner = above[-1][1] if above else -1
        made.append(at - 1 if at and _are_pair(items[at - 1], item) else owner)
        if level:
            above.append((level, at))
    return made


def _are_pair(one: VersionItem, other: VersionItem) -> bool:
    """True for a caption and its table, and for a picture and its caption."""
    if isinstance(one, VersionLine):
        return one.role == CAPTION and isinstance(other, VersionTable)
    return isinstance(one, VersionPicture) and isinstance(other, VersionLine) and other.role == CAPTION


class OneSide(NamedTuple):
    """What one side did, while the other deleted items; all by their keys."""

    items: Sequence[VersionItem]
    keys: Sequence[int]
    """The keys of `items`."""
    known: Collection[int]
    """The keys of both sides' common base."""
    others: Collection[int]
    """The keys of the other side."""
    changed: Collection[int]
    """The keys whose words this side changed."""


class Orphans(NamedTuple):
    """Items whose place the other side deleted."""

    places: frozenset[int]
    """What the other side deleted with all under it, though this side changed or put something under it."""
    put_in: tuple[int, ...]
    """What this side put in there, in its order."""


def orphans(side: OneSide, base_owners: Mapping[int, int]) -> Orphans:
    """What one side changed, moved or put in under items that the other side deleted.

    `base_owners` gives for the numbered lines of the base those that they stood under. Who deletes a title and keeps a numbered line
    under it means just that.
    """
    has = set(side.keys)
    gone = {key for key in side.known if key in has and key not in side.others}
    if not gone:
        return Orphans(frozenset(), ())
    for key in side.known:
        if key in side.others:
            gone.difference_update(_chain(base_owners.get(key, -1), lambda each: base_owners.get(each, -1)))
    numbers = owners(side.items)
    owner = {key: side.keys[number] for key, number in zip(side.keys, numbers, strict=True) if number >= 0}
    places: set[int] = set()
    put_in: list[int] = []
    for key in side.keys:
        is_new = key not in side.known and key not in side.others
        is_moved = key in side.others and key in base_owners and owner.get(key, -1) != base_owners[key]
        if not (is_new or is_moved or (key in gone and key in side.changed)):
            continue
        above = gone.intersection(_chain(owner.get(key, -1), lambda each: owner.get(each, -1)))
        places |= above
        if is_new and above:
            put_in.append(key)
    for key, item, number in zip(side.keys, side.items, numbers, strict=True):
        if number >= 0 and side.keys[number] in side.changed and _are_pair(side.items[number], item):
            places.update({key} if {key, side.keys[number]} <= gone else ())
    return Orphans(frozenset(places - set(side.changed)), tuple(put_in))


def _chain(key: int, owner: Callable[[int], int]) -> Iterator[int]:
    while key >= 0:
        yield key
        key = owner(key)
