"""Labels typed by hand against those that an outline prints: it counts by itself, also after what was put in, left out or promoted."""

from __future__ import annotations

from planwriter.compare.edits.counted_labels import series_of
from planwriter.compare.edits.sides import Sides
from planwriter.compare.versions.version import PlanVersion, VersionItem, VersionLine


def is_printed(sides: Sides, typed: VersionItem, printed: VersionItem | None) -> bool:
    """True if a label is the typed one; or of the same level and style, with another number since what is numbered has changed.

    Whoever promotes an item in a file, or puts one in, may leave the numbers of the others as they were; the outline counts on.
    """
    if not isinstance(typed, VersionLine) or not isinstance(printed, VersionLine):
        return False
    if typed.label.strip() == printed.label.strip():
        return True
    is_alike = typed.level == printed.level and series_of(typed.label) == series_of(printed.label) is not None
    return is_alike and _numbered(sides.base, sides, 0) != _numbered(sides.edited, sides, 2)


def _numbered(version: PlanVersion, sides: Sides, side: int) -> list[tuple[int, int]]:
    """What is numbered in a version: the items and their levels."""
    keys = {each[side]: key for key, each in sides.items.items() if each[side] >= 0}
    return [
        (keys[at], item.level)
        for at, item in enumerate(version.items)
        if at in keys and isinstance(item, VersionLine) and item.level
    ]
