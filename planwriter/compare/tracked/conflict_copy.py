"""A returned .docx in which everything that both sides changed differently stands twice: its own wording, and the outline's as a tracked change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planwriter.compare.edits.sides import ConflictKind, MergedSides, SideConflict, Sides, content_of
from planwriter.compare.tracked.in_word import WordPlaces, line_changes
from planwriter.compare.versions.version import VersionLine
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos, Result
from planwriter.readers.docx.read import read_docx
from planwriter.readers.docx.xml import UnreadableDocx
from planwriter.start.named_tuple import NamedTuple
from planwriter.writers.docx.tracked import Insert, Remove, WordChange, track

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
    behind = _behind(sides)
    for key, found in by_item.items():
        made = [*_changes(places, sides, merged, key, found, behind)]
        changes += made
        marked += len(found) if made else 0
    tracked = track(data, changes, name)
    if tracked.value is None:
        return Result(None, tracked.findings)
    refused = len(tracked.value.refused)
    left: tuple[Finding, ...] = tracked.findings
    return Result(ConflictCopy(tracked.value.data, marked - refused, len(conflicts) - marked + refused), left)


def _changes(
    places: WordPlaces,
    sides: Sides,
    merged: MergedSides,
    key: int,
    conflicts: Sequence[SideConflict],
    behind: dict[int, int],
) -> Iterator[WordChange]:
    """The tracked changes that put the outline's wording of one item beside the file's."""
    item = sides.items[key]
    edited = sides.edited.items[item.edited] if item.edited >= 0 else None
    said = "\n".join(_said(each) for each in conflicts)
    if conflicts[0].kind is ConflictKind.DELETED_THERE:
        text = content_of(sides.current.items[item.current])
        if isinstance(text, str) and behind[key] > 0:
            yield Insert(behind[key], text, AUTHOR, like=behind[key], comment=said)
    elif isinstance(edited, VersionLine):
        line = places.line(edited)
        if line is None:
            return
        if conflicts[0].kind is ConflictKind.DELETED_HERE:
            yield Remove(line.paragraph.number, AUTHOR, said)
        elif conflicts[0].kind is ConflictKind.WORDS:
            new = merged.contents[key]
            if isinstance(new, str):
                label = "" if line.counted and edited.label == line.paragraph.label else edited.label
                yield from line_changes(line, label + new, AUTHOR, said)


def _behind(sides: Sides) -> dict[int, int]:
    """For each item that is not in the file, the paragraph of the last item before it that is; 0 if there is none."""
    made: dict[int, int] = {}
    last = 0
    for key in sides.ours:
        edited = sides.items[key].edited
        item = sides.edited.items[edited] if edited >= 0 else None
        if isinstance(item, VersionLine):
            last = item.place
        elif item is None:
            made[key] = last
    return made


def _said(conflict: SideConflict) -> str:
    shown = (each or "（没有）" for each in (conflict.base, conflict.ours, conflict.theirs))
    old, ours, theirs = shown
    return f"{conflict.kind.value}。原来：{old}；提纲：{ours}；文件：{theirs}。接受这处修订用提纲的，拒绝用文件的。"
