"""A returned .docx in which everything that both sides changed differently stands twice: its own wording, and the outline's as a tracked change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planwriter.compare.edits.sides import ConflictKind, MergedSides, SideConflict, Sides, content_of
from planwriter.compare.tracked.in_word import WordPlaces, line_changes, table_changes
from planwriter.compare.versions.version import VersionLine, VersionTable
from planwriter.compare.words.merge import merge_texts
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos, Result
from planwriter.readers.docx.read import read_docx
from planwriter.readers.docx.xml import UnreadableDocx
from planwriter.start.named_tuple import NamedTuple
from planwriter.writers.docx.tracked import Insert, Move, Remove, WordChange, WordRewrite, track

AUTHOR = "提纲"
"""Whose tracked changes they are: accepted, the outline's wording is taken; rejected, the file's."""


class ConflictCopy(NamedTuple):
    """The .docx, how many conflicts are marked in it, and how many could not be."""

    data: bytes
    marked: int
    left: int


def conflict_copy(
    data: bytes, sides: Sides, merged: MergedSides, conflicts: Sequence[SideConflict], name: str
) -> Result[ConflictCopy | None]:
    """The .docx `data`, from which the edited version was read, with `conflicts` marked; the other changes of the outline are not in it."""
    try:
        places = WordPlaces(read_docx(data))
    except UnreadableDocx as reason:
        return Result(None, (finding("PW880", Pos(name), file=name, reason=str(reason)),))
    changes: list[WordChange] = []
    marked = 0
    by_item: dict[int, list[SideConflict]] = {}
    for each in conflicts:
        by_item.setdefault(each.key, []).append(each)
    drawn = _Drawn(places, sides, merged, {each.key for each in conflicts if each.kind is ConflictKind.PLACE})
    for key, found in by_item.items():
        made = [*drawn.changes(key, found)]
        changes += made
        marked += len(found) if made else 0
    tracked = track(data, changes, name)
    if tracked.value is None:
        return Result(None, tracked.findings)
    refused = len(tracked.value.refused)
    left: tuple[Finding, ...] = tracked.findings
    return Result(ConflictCopy(tracked.value.data, marked - refused, len(conflicts) - marked + refused), left)


class _Drawn:
    """The tracked changes that put the outline's wording, or place, of items beside the file's; `moved` are in conflict over their place."""

    def __init__(self, places: WordPlaces, sides: Sides, merged: MergedSides, moved: set[int]) -> None:
        self.places, self.sides, self.merged, self.moved = places, sides, merged, moved
        self.behind = _behind(sides, moved)

    def changes(self, key: int, conflicts: Sequence[SideConflict]) -> Iterator[WordChange]:
        """The changes for the conflicts of one item."""
        at = self.sides.items[key].edited
        edited = self.sides.edited.items[at] if at >= 0 else None
        kinds = {each.kind for each in conflicts}
        said = "\n".join(map(_said, conflicts))
        if ConflictKind.DELETED_THERE in kinds:
            text = content_of(self.sides.current.items[self.sides.items[key].current])
            if isinstance(text, str) and self.behind[key] > 0:
                yield Insert(self.behind[key], text, AUTHOR, like=self.behind[key], comment=said)
        elif isinstance(edited, VersionTable):
            yield from self.table_changes(key, edited, said)
        elif isinstance(edited, VersionLine):
            yield from self.line_changes(key, edited, conflicts)

    def line_changes(self, key: int, edited: VersionLine, conflicts: Sequence[SideConflict]) -> Iterator[WordChange]:
        line = self.places.line(edited)
        if line is None:
            return
        number = line.paragraph.number
        words = [_said(each) for each in conflicts if each.kind is ConflictKind.WORDS]
        for each in conflicts:
            if each.kind is ConflictKind.DELETED_HERE:
                yield Remove(number, AUTHOR, _said(each))
                return
            if each.kind is ConflictKind.PLACE and line.paragraph.table < 0:
                yield Move(number, number, self.behind[key], AUTHOR, comment=_said(each))
        new = self.merged.contents.get(key)
        if words and isinstance(new, str):
            label = "" if line.counted and edited.label == line.paragraph.label else edited.label
            yield from line_changes(line, label + new, AUTHOR, "\n".join(words))

    def table_changes(self, key: int, edited: VersionTable, said: str) -> Iterator[WordChange]:
        """The cells that both sides changed, or the outline's rows if both changed the rows."""
        number, new = self.places.table(edited), self.merged.contents.get(key)
        if number < 0 or new is None or isinstance(new, str) or self.places.has_merges_down(number):
            return
        if len({len(row) for row in (*edited.rows, *new)}) > 1:  # other columns
            return
        made = table_changes(self.places, number, edited.rows, new, AUTHOR, self.cell_comments(key))
        if made.failed or not made.changes:
            return
        yield from made.changes
        if not any(isinstance(each, WordRewrite) and each.comment for each in made.changes):
            yield WordRewrite(edited.place, 0, 0, "", AUTHOR, said)

    def cell_comments(self, key: int) -> dict[tuple[int, int], str]:
        """What is said of the cells that both sides changed."""
        base, current, edited = self.sides.items[key]
        versions = ((self.sides.base, base), (self.sides.current, current), (self.sides.edited, edited))
        tables = [version.items[at] for version, at in versions]
        rows = [each.rows for each in tables if isinstance(each, VersionTable)]
        if len(rows) < len(tables) or len({tuple(map(len, each)) for each in rows}) > 1:
            return {}
        return {
            (row, column): "\n".join(
                _said(SideConflict(key, 0, ConflictKind.WORDS, each.base, each.ours, each.theirs)) for each in found
            )
            for row, some in enumerate(zip(*rows, strict=True))
            for column, cells in enumerate(zip(*some, strict=True))
            if (found := merge_texts(*cells).conflicts)
        }


def _behind(sides: Sides, moved: set[int]) -> dict[int, int]:
    """For each item that is not in the file, or is at another place, the paragraph of the last one before it that is; 0 for none."""
    made: dict[int, int] = {}
    last = 0
    for key in sides.ours:
        edited = sides.items[key].edited
        item = sides.edited.items[edited] if edited >= 0 else None
        if item is None or key in moved:
            made[key] = last
        elif isinstance(item, VersionLine):
            last = item.place
    return made


def _said(conflict: SideConflict) -> str:
    shown = (each or "（没有）" for each in (conflict.base, conflict.ours, conflict.theirs))
    old, ours, theirs = shown
    return f"{conflict.kind.value}。原来：{old}；提纲：{ours}；文件：{theirs}。接受这处修订用提纲的，拒绝用文件的。"
