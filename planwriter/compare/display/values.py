"""The differences of two versions as plain values, for programs (`diff --to json`; described in the handbook)."""

from __future__ import annotations

from planwriter.compare.edits.difference import Difference, DifferenceKind, Differences, summary
from planwriter.compare.versions.version import PlanVersion, VersionLine, VersionTable

FORMAT = 1
"""Rises when a key changes its meaning or goes; new keys may come at any time."""
_KINDS = {
    DifferenceKind.CHANGED: "changed",
    DifferenceKind.NEW: "new",
    DifferenceKind.DELETED: "deleted",
    DifferenceKind.MOVED: "moved",
}


def difference_values(found: Differences) -> dict[str, object]:
    """The whole comparison: counts, targets, and every change with both texts."""
    counts: dict[str, int] = {word: found.count(kind) for kind, word in _KINDS.items()}
    counts["renumbered"] = found.renumbered
    counts["targets"] = len(found.targets)
    counts["doubtful"] = sum(row.doubtful for row in found.rows)
    return {
        "format": FORMAT,
        "old": found.old.name,
        "new": found.new.name,
        "summary": summary(found),
        "counts": counts,
        "targets": [each._asdict() for each in found.targets],
        "changes": [_change(found, row) for row in found.changes],
    }


def _change(found: Differences, row: Difference) -> dict[str, object]:
    old = found.old.items[row.old].text if row.old >= 0 else ""
    new = found.new.items[row.new].text if row.new >= 0 else ""
    return {
        "kind": _KINDS[row.kind],
        "where": row.where,
        "was": row.was,
        "behind": row.behind,
        "was_behind": row.was_behind,
        "old": _item(found.old, row.old),
        "new": _item(found.new, row.new),
        "edits": [
            {**edit._asdict(), "old": old[edit.start : edit.end], "new": new[edit.new_start : edit.new_end]}
            for edit in row.edits
        ],
        "cells": [cell._asdict() for cell in row.cells],
        "reasons": list(row.reasons),
        "relabelled": row.relabelled,
        "with_previous": row.follows,
        "doubtful": row.doubtful,
    }


def _item(version: PlanVersion, number: int) -> dict[str, object] | None:
    if number < 0:
        return None
    item = version.items[number]
    if isinstance(item, VersionLine):
        return {
            "item": "line",
            "role": str(item.role),
            "label": item.label,
            "level": item.level,
            "text": item.text,
            "place": item.place,
        }
    if isinstance(item, VersionTable):
        return {"item": "table", "rows": [list(row) for row in item.rows], "place": item.place}
    return {"item": "picture", "text": item.text, "place": item.place}
