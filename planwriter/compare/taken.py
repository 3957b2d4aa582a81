"""Whether what was done by hand in a .docx is in the outline already, so that nothing is lost if the file is made anew."""

from __future__ import annotations

from planwriter.compare.edited import EditKind, HandEdits
from planwriter.compare.sides import content_of, joined_sides, merged_sides
from planwriter.compare.version import PlanVersion, VersionLine


def are_taken(hand: HandEdits, current: PlanVersion) -> bool:
    """True if all words that were edited by hand are in `current`, the outline as it stands: put together they give just that.

    Formats and comments are not looked at, since an outline has none.
    """
    sides = joined_sides(hand.base, current, hand.edited, hand.matching)
    merged = merged_sides(sides)
    if merged.conflicts or merged.order != sides.ours:
        return False
    for key, content in merged.contents.items():
        here = sides.items[key].current
        if here < 0 or content_of(current.items[here]) != content:
            return False
    labels = {each.base: each.new.strip() for each in hand.edits if each.kind is EditKind.RENUMBERED}
    return all(_label(current, sides.items[base].current) == label for base, label in labels.items())


def _label(version: PlanVersion, at: int) -> str:
    item = version.items[at] if at >= 0 else None
    return item.label.strip() if isinstance(item, VersionLine) else ""
