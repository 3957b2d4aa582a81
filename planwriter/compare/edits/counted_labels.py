"""Labels that differ between two versions: whether they only count on, because others were put in or left out before them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from planwriter.compare.versions.version import VersionItem, VersionLine
from planwriter.importing.labels import LabelSeries, read_label
from planwriter.start.named_tuple import NamedTuple

_DEEPEST = 9


class OtherLabel(NamedTuple):
    """A label that is not the old one."""

    old: str
    new: str
    counts_on: bool
    """True if it follows from what was put in, left out or moved, so that nobody changed it."""


class _Numbered(NamedTuple):
    series: LabelSeries | None
    number: int


def relabelled(
    old: Sequence[VersionItem], new: Sequence[VersionItem], pairs: Mapping[int, int], moved: Collection[int]
) -> dict[int, OtherLabel]:
    """The items of `new` with another label than in `old`. `pairs` gives items of `old` for items of `new`.

    A number counts on if it differs by as much as that of the one before it of the same level, or by another amount where
    something of this level or above was put in, left out or moved since then. Of what was moved, any label counts on.
    """
    gone = _gone(old, pairs, moved)
    shifts = [0] * (_DEEPEST + 1)
    free = [False] * (_DEEPEST + 1)
    """Of each level: whether something that was put in, left out or moved explains another number."""
    for level in gone.get(-1, ()):
        _loosen(free, level)
    made: dict[int, OtherLabel] = {}
    for at, item in enumerate(new):
        before = pairs.get(at, -1)
        level = _level(item)
        if before < 0 or at in moved:
            _loosen(free, level)
            if before >= 0 and isinstance(item, VersionLine):
                label = _label(old[before])
                if label.strip() != item.label.strip():
                    made[at] = OtherLabel(label, item.label, counts_on=True)
        elif isinstance(item, VersionLine) and (level or _level(old[before])):
            other, label = old[before], _label(old[before])
            one, now = _read(label), _read(item.label)
            shift = now.number - one.number
            fits = shift in (0, shifts[level]) or free[level]
            counts_on = one.series == now.series and _level(other) == level and fits
            if counts_on:
                shifts[level], free[level] = shift, False
            if label.strip() != item.label.strip():
                made[at] = OtherLabel(label, item.label, counts_on)
        for left in gone.get(before, ()) if before >= 0 and at not in moved else ():
            _loosen(free, left)
    return made


def _gone(old: Sequence[VersionItem], pairs: Mapping[int, int], moved: Collection[int]) -> dict[int, list[int]]:
    """The levels of items that are gone from their place, by the item of `old`, still in its place, that they stood behind."""
    kept = {old_at for at, old_at in pairs.items() if at not in moved}
    made: dict[int, list[int]] = {}
    last = -1
    for at, item in enumerate(old):
        if at in kept:
            last = at
        elif _level(item):
            made.setdefault(last, []).append(_level(item))
    return made


def _loosen(free: list[bool], level: int) -> None:
    """Something of a level was put in or left out: what follows of this level and below it may have other numbers."""
    if level:
        free[level:] = [True] * (len(free) - level)


def _level(item: VersionItem) -> int:
    return min(item.level, _DEEPEST) if isinstance(item, VersionLine) else 0


def _label(item: VersionItem) -> str:
    return item.label if isinstance(item, VersionLine) else ""


def series_of(label: str) -> object:
    """What labels that count on have in common, such as their brackets; None for no label."""
    return _read(label).series


def _read(label: str) -> _Numbered:
    read = read_label(label) if label else None
    return _Numbered(None, 0) if read is None else _Numbered(read.series, read.number)
