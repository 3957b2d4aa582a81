"""A returned .docx in which everything that both sides changed differently stands twice: its own wording, and the outline's as a tracked change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planwriter.compare.edits.sides import (
    GONE_HERE,
    GONE_THERE,
    ConflictKind,
    MergedSides,
    SideConflict,
    Sides,
)
from planwriter.compare.edits.table_rows import rows_together
from planwriter.compare.matching.match import likeness
from planwriter.compare.tracked.in_word import LineInWord, WordPlaces, line_changes, table_changes
from planwriter.compare.tracked.new_lines import NewLines
from planwriter.compare.versions.version import ASKER, QUESTION, VersionItem, VersionLine, VersionPicture, VersionTable
from planwriter.compare.words.merge import merge_texts
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos, Result
from planwriter.readers.docx.read import read_docx
from planwriter.readers.docx.xml import UnreadableDocx
from planwriter.start.named_tuple import NamedTuple
from planwriter.writers.docx.tracked import (
    InsertTable,
    Move,
    Remove,
    RemoveTable,
    WordChange,
    WordRewrite,
    track,
)

_ALIKE = 0.5
"""How alike words are that were parted from a line and changed."""
_SHOWN = 12
_MOST_SAID = 60
"""How many characters of each wording stand in a comment: the paragraph beside it has them all."""


class ConflictCopy(NamedTuple):
    """The .docx, how many conflicts are marked in it, and how many could not be; each of these has a finding."""

    data: bytes
    marked: int
    left: int


def conflict_copy(
    data: bytes, sides: Sides, merged: MergedSides, conflicts: Sequence[SideConflict], name: str
) -> Result[ConflictCopy | None]:
    """The .docx `data`, from which the edited version was read, with `conflicts` marked; the other changes of the outline are not in it.

    Accepted, a change takes the outline's wording; rejected, the file's.
    """
    try:
        places = WordPlaces(read_docx(data))
    except UnreadableDocx as reason:
        return Result(None, (finding("PW880", Pos(name), file=name, reason=str(reason)),))
    drawn = _Drawn(places, sides, merged, {each.key for each in conflicts if each.kind is ConflictKind.PLACE})
    changes: list[WordChange] = []
    of_key: dict[int, list[SideConflict]] = {}
    at_ours = {key: at for at, key in enumerate(sides.ours)}
    for each in sorted(conflicts, key=lambda each: (at_ours.get(each.key, len(at_ours)), each)):
        of_key.setdefault(each.key, []).append(each)
    made: dict[int, range] = {}
    for key, found in of_key.items():
        first = len(changes)
        changes += drawn.changes(key, found)
        made[key] = range(first, len(changes))
    tracked = track(data, changes, name)
    if tracked.value is None:
        return Result(None, tracked.findings)
    refused = set(tracked.value.refused)
    left = [each for key, found in of_key.items() if refused.issuperset(made[key]) for each in found]
    unmarked = (drawn.finding(each, name) for each in left if not made[each.key])
    findings = (*tracked.findings, *unmarked)
    return Result(ConflictCopy(tracked.value.data, len(conflicts) - len(left), len(left)), findings)


class _Place(NamedTuple):
    """Behind which paragraph something stands, of which item of the file that is, and whether it is the end of a table."""

    paragraph: int
    item: int
    beyond: bool


class _Drawn:
    """The tracked changes that put the outline's wording, or place, of items beside the file's; `moved` are in conflict over their place."""

    def __init__(self, places: WordPlaces, sides: Sides, merged: MergedSides, moved: set[int]) -> None:
        self.places, self.sides, self.merged = places, sides, merged
        items = sides.edited.items
        self.new_lines = NewLines(
            items, [places.line(each) if isinstance(each, VersionLine) else None for each in items]
        )
        self.tables = [places.table(each) for each in items if isinstance(each, VersionTable)]
        self.behind = self._behind(moved)
        self.new = {each.edited for each in sides.items.values() if each.base < 0 and each.current < 0}
        """The items that are in the file alone."""

    def _behind(self, moved: set[int]) -> dict[int, _Place]:
        """For each item that is not in the file, or is at another place, where it would stand."""
        made: dict[int, _Place] = {}
        last = _Place(0, -1, beyond=False)
        for key in self.sides.ours:
            at = self.sides.items[key].edited
            item = self.sides.edited.items[at] if at >= 0 else None
            if item is None or key in moved:
                made[key] = last
            elif isinstance(item, VersionTable):
                number = self.places.table(item)
                last = _Place(self.places.span(number)[1], at, beyond=True) if number >= 0 else last
            elif item.place > 0:
                last = _Place(item.place, at, beyond=False)
        return made

    def changes(self, key: int, conflicts: Sequence[SideConflict]) -> Iterator[WordChange]:
        """The changes for the conflicts of one item; none if they cannot be written."""
        _, current, edited = self.sides.items[key]
        said = "\n".join(map(_said, conflicts))
        kinds = {each.kind for each in conflicts}
        if kinds & GONE_THERE:
            yield from self.put_in(key, self.sides.current.items[current], said)
            return
        item = self.sides.edited.items[edited]
        if kinds & GONE_HERE:
            yield from self.taken_out(item, said)
        elif isinstance(item, VersionTable) and ConflictKind.PLACE in kinds:
            yield from self.table_moved(key, item, said)
        elif isinstance(item, VersionTable):
            yield from self.table_changes(key, item, said)
        elif isinstance(item, VersionLine):
            yield from self.line_changes(key, item, conflicts)

    def put_in(self, key: int, item: VersionItem, said: str) -> Iterator[WordChange]:
        place = self.behind[key]
        if not place.paragraph:
            return
        if isinstance(item, VersionLine):
            yield self.new_lines.insert(item, place.item, place.paragraph, ASKER, beyond=place.beyond, comment=said)
        elif isinstance(item, VersionTable):
            like = max(self.tables, default=-1)
            yield InsertTable(place.paragraph, item.rows, ASKER, item.merges, like, place.beyond, said)

    def taken_out(self, item: VersionItem, said: str) -> Iterator[WordChange]:
        if isinstance(item, VersionTable):
            number = self.places.table(item)
            if number >= 0:
                yield RemoveTable(number, ASKER, said)
        elif isinstance(item, VersionLine) and self.places.line(item) is not None:
            yield Remove(item.place, ASKER, said)

    def line_changes(self, key: int, edited: VersionLine, conflicts: Sequence[SideConflict]) -> Iterator[WordChange]:
        line = self.places.line(edited) or self.parted(key, edited, conflicts)
        if line is None:
            return
        number = line.paragraph.number
        for each in conflicts:
            if each.kind is ConflictKind.PLACE and line.paragraph.table < 0:
                place = self.behind[key]
                yield Move(number, number, place.paragraph, ASKER, place.beyond, _said(each))
        words = [_said(each) for each in conflicts if each.kind is ConflictKind.WORDS]
        new = self.merged.contents.get(key)
        if words and isinstance(new, str):
            label = "" if line.counted and edited.label == line.paragraph.label else edited.label
            yield from line_changes(line, label + new, ASKER, "\n".join(words))
            yield from self.parted_behind(key, edited, conflicts)

    def parted(self, key: int, edited: VersionLine, conflicts: Sequence[SideConflict]) -> LineInWord | None:
        """The paragraph of a line in which line ends were typed, if the lines behind these are only what was parted from it.

        What a hand added behind a line end is no part of the conflict, so that it must not go with the file's wording.
        """
        line = self.places.broken(edited)
        parts = line.typed.split("\n")[1:] if line is not None else []
        return line if all(self.is_of(key, part.strip(), conflicts) for part in parts) else None

    def parted_behind(self, key: int, edited: VersionLine, conflicts: Sequence[SideConflict]) -> Iterator[Remove]:
        """The paragraphs behind a line, which were parted from it: its outline's wording has their words."""
        at = self.sides.items[key].edited + 1
        for item in self.sides.edited.items[at:]:
            is_new = isinstance(item, VersionLine) and item.place > edited.place and not item.label
            if not is_new or at not in self.new or not self.is_of(key, item.text, conflicts):
                return
            if item.text not in edited.text:  # else it was copied
                yield Remove(item.place, ASKER)
            at += 1

    def is_of(self, key: int, words: str, conflicts: Sequence[SideConflict]) -> bool:
        """True for words that a line had, or had alike where there is a conflict now."""
        base = self.sides.items[key].base
        known = self.sides.base.items[base].text if base >= 0 else ""
        return words in known or any(likeness(words, each.base) >= _ALIKE for each in conflicts)

    def table_moved(self, key: int, edited: VersionTable, said: str) -> Iterator[WordChange]:
        """The table taken out here, and put in where the outline has it, with the outline's cells where both changed them."""
        number, place, new = self.places.table(edited), self.behind[key], self.merged.contents.get(key)
        if number < 0 or not place.paragraph:
            return
        rows = edited.rows if new is None or isinstance(new, str) else new
        merges = edited.merges if len(rows) == len(edited.rows) else ()
        yield RemoveTable(number, ASKER, said)
        yield InsertTable(place.paragraph, rows, ASKER, merges, number, place.beyond)

    def table_changes(self, key: int, edited: VersionTable, said: str) -> Iterator[WordChange]:
        """The cells that both sides changed; the outline's rows, or its whole table, if both changed the rows or columns."""
        number, new = self.places.table(edited), self.merged.contents.get(key)
        if number < 0 or new is None or isinstance(new, str):
            return
        is_regular = len({len(row) for row in (*edited.rows, *new)}) == 1
        if is_regular and (len(new) == len(edited.rows) or not self.places.has_merges_down(number)):
            made = table_changes(self.places, number, edited.rows, new, ASKER, self.cell_comments(key))
            if made.changes and not made.failed:
                yield from made.changes
                if not any(isinstance(each, WordRewrite) and each.comment for each in made.changes):
                    yield WordRewrite(edited.place, 0, 0, "", ASKER, said)
                return
        current = self.sides.current.items[self.sides.items[key].current]
        merges = current.merges if isinstance(current, VersionTable) else ()
        yield RemoveTable(number, ASKER, said)
        yield InsertTable(self.places.span(number)[1], new, ASKER, merges, number, beyond=True)

    def cell_comments(self, key: int) -> dict[tuple[int, int], str]:
        """What is said of the cells that both sides changed."""
        base, current, edited = self.sides.items[key]
        versions = ((self.sides.base, base), (self.sides.current, current), (self.sides.edited, edited))
        tables = [version.items[at] for version, at in versions]
        rows = [each.rows for each in tables if isinstance(each, VersionTable)]
        together = rows_together(*rows) if len(rows) == len(tables) else None
        return {
            (row, column): "\n".join(
                _said(SideConflict(key, 0, ConflictKind.WORDS, each.base, each.ours, each.theirs)) for each in found
            )
            for row, cells in enumerate(together or ())
            for column, cell in enumerate(cells)
            if (found := merge_texts(*cell).conflicts)
        }

    def finding(self, conflict: SideConflict, name: str) -> Finding:
        """That a conflict could not be marked."""
        _, current, edited = self.sides.items[conflict.key]
        version, at = (self.sides.edited, edited) if edited >= 0 else (self.sides.current, current)
        place = self.behind[conflict.key].paragraph if conflict.key in self.behind else version.items[at].place
        is_picture = isinstance(version.items[at], VersionPicture)
        why = "图写不成修订" if is_picture else "这一处写不成修订"
        words = (conflict.ours or conflict.theirs).replace("\n", " ").replace("\t", " ")
        words = words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
        return finding("PW881", Pos(name, place), number=place, reason=f"{why}（{conflict.kind.value}：“{words}”）")


def _said(conflict: SideConflict) -> str:
    old, ours, theirs = (_cut(each) for each in (conflict.base, conflict.ours, conflict.theirs))
    return f"{conflict.kind.value}。原来：{old}；提纲：{ours}；文件：{theirs}。{QUESTION}"


def _cut(words: str) -> str:
    if not words:
        return "（没有）"
    return words.rstrip("。；") if len(words) <= _MOST_SAID else f"{words[:_MOST_SAID]}……"
