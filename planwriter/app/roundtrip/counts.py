"""Edits counted in words, and their lines in the outline as it stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from planwriter.compare.edits.hand_edits import EditKind, HandEdits

_COUNTED = {
    EditKind.CHANGED: "句",
    EditKind.NEW: "句",
    EditKind.DELETED: "句",
    EditKind.MOVED: "段",
    EditKind.CELL: "格",
    EditKind.COMMENT: "条",
}


def counts_line(edits: HandEdits) -> str:
    """How much was done of each kind: 改 3 句、新增 1 句、移动 1 段."""
    made = "、".join(f"{kind.value} {count} {_COUNTED.get(kind, '处')}" for kind, count in edits.counts.items())
    return f"{made}（另有 {edits.counted} 处序号顺延）" if edits.counted else made


def outline_lines(ours: HandEdits) -> Iterable[int]:
    """The lines of the outline, as it stands, for the edits made in it; of what is gone, of what stands before it."""
    kept = ours.matching.new_of_old
    olds = sorted(kept)
    for each in ours.edits:
        item = each.item
        if item < 0:
            at = bisect_right(olds, each.base)
            item = kept[olds[at - 1]] if at else -1
        yield ours.edited.items[item].place if item >= 0 else 0
