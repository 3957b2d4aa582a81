"""Two versions of a plan as one .docx: the file of the old one, with all that changed as tracked changes.

If all is accepted, the words are those of the new version; if all is rejected, the file is the old one. What moved is moved.
"""

from __future__ import annotations

from planwriter.compare.matching.grids import match_grids
from planwriter.compare.matching.match import ItemMatching
from planwriter.compare.tracked.in_word import WordPlaces, line_changes, table_changes
from planwriter.compare.tracked.new_lines import NewLines, typed_words
from planwriter.compare.versions.version import PlanVersion, VersionItem, VersionLine, VersionPicture, VersionTable
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos, Result
from planwriter.plan.flow import BODY, IMPRINT, MARK
from planwriter.readers.docx.read import read_docx
from planwriter.readers.docx.xml import UnreadableDocx
from planwriter.start.named_tuple import NamedTuple
from planwriter.writers.docx.tracked import (
    InsertTable,
    Move,
    Remove,
    RemoveTable,
    WordChange,
    track,
)

_FRAMED = frozenset((MARK, IMPRINT))


class Redlined(NamedTuple):
    """The .docx with the tracked changes, how many there are, and how many changes are not in it; each has a finding."""

    data: bytes
    changes: int
    left: int


def redline(
    data: bytes, old: PlanVersion, new: PlanVersion, matching: ItemMatching, *, author: str, date: str = ""
) -> Result[Redlined | None]:
    """The .docx `data`, that `old` was read from, with what makes `new` of it as tracked changes by `author`.

    `matching` gives the items of `new` that are in `old`. None, and a finding, if nothing can be written into the file.
    """
    try:
        drawn = _Redline(data, old, new, matching, author)
    except UnreadableDocx as reason:
        return Result(None, (finding("PW880", Pos(old.name), file=old.name, reason=str(reason)),))
    changes = drawn.changes()
    made = track(data, changes, old.name, date=date)
    fixed = {
        change.first for at in (made.value.refused if made.value else ()) if isinstance(change := changes[at], Move)
    }
    if fixed:
        drawn = _Redline(data, old, new, matching, author, fixed)
        changes = drawn.changes()
        made = track(data, changes, old.name, date=date)
    if made.value is None:
        return Result(None, made.findings)
    findings = (*made.findings, *drawn.left)
    return Result(Redlined(made.value.data, len(changes) - len(made.value.refused), len(findings)), findings)


class _Anchor(NamedTuple):
    """Behind which paragraph something is put, whether that is in a table, and which item of the old version it is of."""

    paragraph: int
    in_table: bool
    item: int


class _Redline:
    """The changes that make one version of the other. Paragraphs in `fixed` cannot be moved."""

    def __init__(
        self,
        data: bytes,
        old: PlanVersion,
        new: PlanVersion,
        matching: ItemMatching,
        author: str,
        fixed: set[int] | frozenset[int] = frozenset(),
    ) -> None:
        self._document = document = read_docx(data)
        self._places = places = WordPlaces(document)
        self._old, self._new, self._author, self._fixed = old, new, author, fixed
        self._lines = [places.line(each) if isinstance(each, VersionLine) else None for each in old.items]
        self._tables = [places.table(each) if isinstance(each, VersionTable) else -1 for each in old.items]
        self._made: list[WordChange] = []
        self.left: list[Finding] = []
        holders: dict[int, int] = {}
        for each in old.items:
            holders[each.place] = holders.get(each.place, 0) + 1
        self._shared = {place for place, count in holders.items() if count > 1}
        """The paragraphs that are several items, such as a picture and its caption."""
        self._new_lines = NewLines(old.items, self._lines)
        self._pairs: dict[int, int] = {}
        self._moved: set[int] = set()
        for at, pair in matching.pairs.items():
            if self._is_one(pair.old, at):
                self._pairs[at] = pair.old
                if at in matching.moved:
                    self._moved.add(at)
        for at in [each for each in self._moved if not self._can_move(self._pairs[each])]:
            self._moved.remove(at)
            del self._pairs[at]
        self._steady = {old for at, old in self._pairs.items() if at not in self._moved}

    def changes(self) -> list[WordChange]:
        """All changes, those at one place in their order."""
        self._remove()
        anchor = self._behind(_Anchor(0, False, -1))
        run: list[int] = []
        for at in range(len(self._new.items)):
            if at in self._moved and (not run or self._follows(run[-1], at)):
                run.append(at)
                continue
            if run:
                self._move(run, anchor)
            run = []
            if at in self._moved:
                run.append(at)
            elif at in self._pairs:
                old = self._pairs[at]
                self._rewrite(old, at)
                anchor = self._behind(self._end_of(old, anchor))
            else:
                self._insert(at, anchor)
        if run:
            self._move(run, anchor)
        return self._made

    # which items are the same

    def _is_one(self, old: int, new: int) -> bool:
        """True if one item can be made of the other in its place."""
        one, other = self._old.items[old], self._new.items[new]
        if isinstance(one, VersionTable) and isinstance(other, VersionTable):
            return self._tables[old] < 0 or self._is_same_form(old, one, other)
        if not isinstance(one, VersionLine) or not isinstance(other, VersionLine):
            return True
        line = self._lines[old]
        if line is None or not self._is_removable(old):
            return True
        same_look = one.role == other.role and one.level == other.level
        return same_look or (one.role == other.role == BODY and not (one.level and other.level))

    def _is_same_form(self, at: int, old: VersionTable, new: VersionTable) -> bool:
        """True if rows and cells can be changed one by one."""
        if not old.rows or not new.rows or len(old.rows[0]) != len(new.rows[0]):
            return False
        same_rows = len(old.rows) == len(new.rows)
        if not same_rows and self._places.has_merges_down(self._tables[at]):
            return False
        return bool(match_grids(old.rows, new.rows).rows) and (not same_rows or old.merges == new.merges)

    def _is_removable(self, old: int) -> bool:
        """True if an item can be taken out of the file."""
        item = self._old.items[old]
        if isinstance(item, VersionTable):
            return self._tables[old] >= 0
        if item.place in self._shared:
            return False
        return isinstance(item, VersionPicture) or self._lines[old] is not None

    def _can_move(self, old: int) -> bool:
        line = self._lines[old]
        if line is None or line.paragraph.table >= 0 or not self._is_removable(old):
            return False
        return line.paragraph.number not in self._fixed

    def _follows(self, one: int, other: int) -> bool:
        """True if two items that move stand side by side, in both versions."""
        if other not in self._moved or self._pairs[other] != self._pairs[one] + 1:
            return False
        first, second = self._lines[self._pairs[one]], self._lines[self._pairs[other]]
        return first is not None and second is not None and first.paragraph.number + 1 == second.paragraph.number

    # where things stand

    def _end_of(self, old: int, before: _Anchor) -> _Anchor:
        """The end of an item that stays."""
        if self._tables[old] >= 0:
            return _Anchor(self._places.span(self._tables[old])[1], True, old)
        place = self._old.items[old].place
        if not 0 < place <= len(self._document.paragraphs) or place < before.paragraph:
            return before
        return _Anchor(place, self._document.paragraphs[place - 1].table >= 0, old)

    def _behind(self, anchor: _Anchor) -> _Anchor:
        """The place behind the lines that follow and go away: what is new stands behind what it replaces."""
        at = anchor.item + 1
        while at < len(self._old.items) and at not in self._steady:
            line = self._lines[at]
            if line is None or line.paragraph.table >= 0 or line.paragraph.number <= anchor.paragraph:
                break
            anchor = _Anchor(line.paragraph.number, False, at)
            at += 1
        return anchor

    def _is_beyond(self, anchor: _Anchor, item: VersionItem) -> bool:
        """True if an item does not belong into the table that its place is in."""
        if not anchor.in_table:
            return False
        beside = self._old.items[anchor.item]
        if not isinstance(beside, VersionLine) or not isinstance(item, VersionLine):
            return True
        return not ((beside.boxed and item.boxed) or (beside.role == item.role and item.role in _FRAMED))

    # what is done

    def _remove(self) -> None:
        kept = set(self._pairs.values())
        for at, item in enumerate(self._old.items):
            if at in kept:
                continue
            if not self._is_removable(at):
                self._leave(item, "这一处不能整段删去", "删去")
            elif self._tables[at] >= 0:
                self._made.append(RemoveTable(self._tables[at], self._author))
            else:
                self._made.append(Remove(item.place, self._author))

    def _leave(self, item: VersionItem, reason: str, what: str, place: int = 0) -> None:
        words = item.text.replace("\n", " ").replace("\t", " ").strip()
        words = words if len(words) <= 12 else words[:12] + "…"
        number = place or item.place
        self.left.append(
            finding("PW881", Pos(self._old.name, number), number=number, reason=f"{reason}（{what}“{words}”）")
        )

    def _rewrite(self, old: int, new: int) -> None:
        one, other = self._old.items[old], self._new.items[new]
        if isinstance(one, VersionLine) and isinstance(other, VersionLine):
            line = self._lines[old]
            if line is not None:
                self._made += line_changes(line, typed_words(line, other), self._author)
                if line.counted and line.paragraph.label != other.label and not other.label:
                    self._leave(other, "编号是 Word 自动数的", "去掉编号", one.place)
            elif one.whole != other.whole:
                self._leave(other, "这一处在文本框里，或跨着几段", "改成", one.place)
        elif isinstance(one, VersionTable) and isinstance(other, VersionTable):
            self._rewrite_table(old, one, other)
        elif one.text != other.text:
            self._leave(other, "图片不能写成修订", "改成", one.place)

    def _rewrite_table(self, at: int, old: VersionTable, new: VersionTable) -> None:
        number = self._tables[at]
        if number < 0:
            if old.rows != new.rows:
                self._leave(new, "这张表在文本框里", "改成", old.place)
            return
        made = table_changes(self._places, number, old.rows, new.rows, self._author)
        self._made += made.changes
        for row, words in made.failed:
            self._leave(new, "表格的这一格不能改", f"第 {row + 1} 行改成“{words[:12]}”")

    def _move(self, run: list[int], anchor: _Anchor) -> None:
        lines = [line for each in run if (line := self._lines[self._pairs[each]]) is not None]
        beyond = self._is_beyond(anchor, self._new.items[run[0]])
        first, last = lines[0].paragraph.number, lines[-1].paragraph.number
        self._made.append(Move(first, last, anchor.paragraph, self._author, beyond))
        for each in run:
            self._rewrite(self._pairs[each], each)

    def _insert(self, at: int, anchor: _Anchor) -> None:
        item = self._new.items[at]
        beyond = self._is_beyond(anchor, item)
        if isinstance(item, VersionTable):
            like = next(
                (each for each in self._tables[max(anchor.item, 0) :] if each >= 0), max(self._tables, default=-1)
            )
            self._made.append(InsertTable(anchor.paragraph, item.rows, self._author, item.merges, like, beyond))
        elif isinstance(item, VersionPicture):
            self._leave(item, "图片不能写成修订", "新增", anchor.paragraph)
        else:
            self._made.append(self._new_lines.insert(item, anchor.item, anchor.paragraph, self._author, beyond=beyond))
