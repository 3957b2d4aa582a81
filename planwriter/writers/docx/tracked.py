"""Writes changes into a .docx as tracked changes that Word, WPS and LibreOffice accept and reject; nothing else changes.

Paragraphs have the numbers that the reader gives them, and characters are counted in their text without the label that Word
counts, as it reads with all tracked changes accepted. Everything outside of the changed runs keeps its bytes. A change has an
author, and a date only if one is given.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos, Result
from planwriter.model import Merge
from planwriter.readers.docx.comment_part import CommentPart
from planwriter.readers.docx.package import Package
from planwriter.readers.docx.pieces import Piece, pieces_of, prefix_of
from planwriter.readers.docx.places import locate
from planwriter.readers.docx.xml import UnreadableDocx
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.typing import TypeAlias, TypeVar
from planwriter.system.zip_repack import repacked
from planwriter.writers.docx.markup import TABLE_STYLE
from planwriter.writers.docx.tracked_blocks import NewParagraph, Shift, TrackedOrder
from planwriter.writers.docx.tracked_marks import Marker
from planwriter.writers.docx.tracked_rows import (
    insert_row,
    remove_row,
    remove_table,
    row_paragraphs,
    row_trouble,
    table_paragraphs,
)
from planwriter.writers.docx.tracked_tables import NewTable
from planwriter.writers.docx.tracked_text import RunEdit, has_more_than_runs, length, uncuttable

MAX_CHANGES = 50_000

T = TypeVar("T")
_Patch: TypeAlias = "tuple[int, int, bytes]"
"""The bytes from a place to before another give way to these."""


class WordRewrite(NamedTuple):
    """The characters from `start` to before `end` of a paragraph give way to `new`. A newline is a line break."""

    paragraph: int
    start: int
    end: int
    new: str
    author: str
    comment: str = ""


class Insert(NamedTuple):
    """A new paragraph behind the paragraph `after`, or before the first if that is 0.

    It looks like the paragraph `like`; 0 for one without any look of its own. With `beyond` it stands behind the outermost table that the paragraph is in.
    """

    after: int
    text: str
    author: str
    like: int = 0
    beyond: bool = False
    comment: str = ""
    lead: int = 0
    """How many of the first characters look like the first ones of `like`; the others look like its last ones."""


class Remove(NamedTuple):
    """A paragraph is deleted."""

    paragraph: int
    author: str
    comment: str = ""


class Move(NamedTuple):
    """The paragraphs from `first` to `last`, which stand together, move behind `after`. Rewrites of them go with them.

    If `after` is `last`, they stand behind what other changes put there before.
    """

    first: int
    last: int
    after: int
    author: str
    beyond: bool = False
    comment: str = ""


class InsertRow(NamedTuple):
    """A new row of a table, behind the row `after`, or before the first if that is -1; both are counted from 0."""

    table: int
    after: int
    cells: tuple[str, ...]
    author: str


class RemoveRow(NamedTuple):
    """A row of a table is deleted; both are counted from 0."""

    table: int
    row: int
    author: str


class InsertTable(NamedTuple):
    """A new table behind the paragraph `after`; `like` is a table with the same look, or -1. See `Insert` for `beyond`."""

    after: int
    rows: tuple[tuple[str, ...], ...]
    author: str
    merges: tuple[Merge, ...] = ()
    like: int = -1
    beyond: bool = False
    comment: str = ""
    """On its first cell."""


class RemoveTable(NamedTuple):
    """A whole table is deleted."""

    table: int
    author: str
    comment: str = ""
    """On its first cell."""


WordChange: TypeAlias = WordRewrite | Insert | Remove | Move | InsertRow | RemoveRow | InsertTable | RemoveTable


class Tracked(NamedTuple):
    """The bytes with the changes, and the indices of the changes that are not in them; each of these has a finding."""

    data: bytes
    refused: tuple[int, ...]


def track(
    data: bytes, changes: Sequence[WordChange], name: str = "", *, date: str = "", plain: bool = False
) -> Result[Tracked | None]:
    """The .docx `data` with the changes; with `plain` in their new state, without marks. `name` is that of findings.

    `date` is written as Word does: 2026-03-05T09:00:00Z. None, and a finding, if nothing can be put into the file.
    """
    if not changes:
        return Result(Tracked(data, ()), ())
    try:
        return _Tracking(data, changes, name, date, plain).made()
    except UnreadableDocx as reason:
        return Result(None, (finding("PW880", Pos(name), file=name, reason=str(reason)),))


class _Tracking:
    """The changes of one file."""

    def __init__(self, data: bytes, changes: Sequence[WordChange], name: str, date: str, plain: bool) -> None:
        if len(changes) > MAX_CHANGES:
            raise UnreadableDocx(f"要写的修改超过 {MAX_CHANGES} 处")
        self._data, self._changes, self._name = data, changes, name
        self._package = package = Package(data)
        self._places = places = locate(package)
        if not places.paragraphs:
            raise UnreadableDocx("正文里没有段落")
        prefixes = {prefix_of(each.name) for each in places.paragraphs}
        if len(prefixes) > 1:
            raise UnreadableDocx("正文里同一种元素的前缀不一样")
        self._comments = CommentPart(package, places.read.paragraphs, places.space)
        self._marker = Marker(
            places.data, prefixes.pop(), self._comments.space, self._comments.first, date, plain=plain
        )
        self._pieces: dict[int, tuple[Piece, ...]] = {}
        self._refused: dict[int, Finding] = {}
        self._gone: set[int] = set()
        """The paragraphs that are deleted, by themselves or with their row."""
        self._gone_rows: set[int] = set()
        self._edits: dict[int, list[RunEdit]] = {}
        self._taken: dict[tuple[int, str], list[tuple[int, int]]] = {}
        """For each paragraph and author the characters that edits concern, in order."""
        self._known: dict[int, _Known] = {}
        self._styled: bool | None = None

    def made(self) -> Result[Tracked | None]:
        """The file with the changes that can be made."""
        order = TrackedOrder(self._places, self._marker, self._pieces_of)
        patches = self._delete(order)
        shifts = self._shifts(order)
        moved = {number for each in shifts.values() for number in range(each.first, each.last + 1)}
        for index, rewrite in self._each(WordRewrite):
            self._rewrite(index, rewrite, moved)
        self._put_in(order, shifts)
        for number, edits in self._edits.items():
            if number not in moved:
                order.rewrite(number, sorted(edits, key=lambda each: (each.start, each.end)))
        text = _patched(self._places.data, [*patches, *order.patches()])
        changed = {self._places.part: text, **self._comments.with_more(self._marker.comments)}
        refused = tuple(sorted(self._refused))
        data = self._data if text == self._places.data else repacked(self._package.archive, changed)
        return Result(Tracked(data, refused), tuple(self._refused[each] for each in refused))

    def _each(self, kind: type[T]) -> Iterator[tuple[int, T]]:
        """The changes of a kind, with their indices."""
        return ((index, each) for index, each in enumerate(self._changes) if isinstance(each, kind))

    def _delete(self, order: TrackedOrder) -> list[_Patch]:
        """Makes the changes of rows, and the deletions of tables and paragraphs; later changes cannot concern what is gone."""
        patches: list[_Patch] = []
        for index, row in enumerate(self._changes):
            if isinstance(row, (InsertRow, RemoveRow)):
                patches += self._row(index, row, order)
        for index, table in self._each(RemoveTable):
            patches += self._remove_table(index, table, order)
        for index, paragraph in self._each(Remove):
            if self._may(index, paragraph.paragraph, whole=True):
                self._gone.add(paragraph.paragraph)
                order.remove(paragraph.paragraph, paragraph.author, paragraph.comment)
        return patches

    def _shifts(self, order: TrackedOrder) -> dict[int, Shift]:
        """The moves that can be made, by their indices; where the paragraphs stood they are gone."""
        shifts = {}
        for index, move in self._each(Move):
            if self._may_move(index, move, order):
                shifts[index] = Shift(move.first, move.last, move.after, move.beyond, move.author, move.comment)
                self._gone.update(range(move.first, move.last + 1))
        return shifts

    def _put_in(self, order: TrackedOrder, shifts: dict[int, Shift]) -> None:
        """Puts new paragraphs, new tables and what was moved at their places, in the order of the changes."""
        for index, change in enumerate(self._changes):
            if isinstance(change, Insert) and self._may_insert(index, change):
                made = NewParagraph(change.text, change.author, change.like, change.comment, change.lead)
                order.insert(change.after, made, beyond=change.beyond)
            elif isinstance(change, InsertTable) and self._may_stand(index, change.after, beyond=change.beyond):
                table = NewTable(
                    change.rows, change.merges, change.author, change.like, self._is_styled(), change.comment
                )
                order.insert_table(change.after, table, beyond=change.beyond)
            elif index in shifts:
                order.move(shifts[index], self._edits)

    def _refuse(self, index: int, number: int, reason: str) -> bool:
        place = Pos(self._name, number if 0 < number <= len(self._places.paragraphs) else 0)
        self._refused[index] = finding("PW881", place, number=number, reason=reason)
        return False

    def _pieces_of(self, number: int) -> tuple[Piece, ...]:
        found = self._pieces.get(number)
        if found is None:
            place = self._places.paragraphs[number - 1]
            found = self._pieces[number] = pieces_of(self._places.data, place)
        return found

    def _knows(self, number: int) -> _Known:
        """What is known of the characters of a paragraph that is there."""
        known = self._known.get(number)
        if known is None:
            pieces = self._pieces_of(number)
            size = length(pieces)
            seen = sum(len(run.text) for run in self._places.read.paragraphs[number - 1].shown)
            known = self._known[number] = _Known(size, size == seen, uncuttable(pieces))
        return known

    def _may(self, index: int, number: int, *, whole: bool = False) -> bool:
        """True if a paragraph is there, is read in full, and is not deleted."""
        if not 0 < number <= len(self._places.paragraphs):
            return self._refuse(index, number, "没有这一段")
        if number in self._gone:
            return self._refuse(index, number, "同一段另有一处修改要把它删掉或移走")
        if not self._knows(number).is_read:
            return self._refuse(index, number, "段里有公式、页码之类，字数对不上")
        if whole and has_more_than_runs(self._pieces_of(number)):
            return self._refuse(index, number, "段里有公式、图形之类，不能整段删掉或移走")
        return True

    def _may_move(self, index: int, change: Move, order: TrackedOrder) -> bool:
        numbers = range(change.first, change.last + 1)
        if not numbers or len(numbers) > len(self._places.paragraphs) or change.after in numbers[:-1]:
            return self._refuse(index, change.first, "移动的起止段落不对")
        if not all(self._may(index, number, whole=True) for number in numbers):
            return False
        if not order.is_stretch(change.first, change.last):
            return self._refuse(index, change.first, "要移走的几段不挨在一起，或带着分节符")
        return self._may_stand(index, change.after, beyond=change.beyond)

    def _may_stand(self, index: int, after: int, *, beyond: bool) -> bool:
        if not 0 <= after <= len(self._places.paragraphs):
            return self._refuse(index, after, "没有这一段")
        if after in self._gone_rows and not beyond:
            return self._refuse(index, after, "这一段所在的行要删掉")
        return True

    def _may_insert(self, index: int, change: Insert) -> bool:
        if not 0 <= change.like <= len(self._places.paragraphs):
            return self._refuse(index, change.like, "没有这一段")
        return self._may_stand(index, change.after, beyond=change.beyond)

    def _rewrite(self, index: int, change: WordRewrite, moved: set[int]) -> None:
        if change.paragraph not in moved and not self._may(index, change.paragraph):
            return
        edit = RunEdit(change.start, change.end, change.new, change.author, change.comment)
        known = self._knows(change.paragraph)
        if not 0 <= edit.start <= edit.end <= known.size:
            self._refuse(index, change.paragraph, "字的位置超出这一段")
        elif _meets(known.uncuttable, edit.start, edit.end):
            self._refuse(index, change.paragraph, "要改的字在公式、页码域或注音里")
        else:
            # changes by several authors of the same words can be shown, but not be made
            taken = self._taken.setdefault((change.paragraph, "" if self._marker.plain else edit.author), [])
            if _meets(taken, edit.start, edit.end):
                self._refuse(index, change.paragraph, "同一处字另有一处修改")
                return
            insort(taken, (edit.start, edit.end))
            self._edits.setdefault(change.paragraph, []).append(edit)

    def _is_styled(self) -> bool:
        """True if the file has the styles that planwriter gives tables."""
        if self._styled is None:
            related = dict(self._package.related(self._package.main).values())
            styles = self._package.content(related["styles"]) if related.get("styles") in self._package.archive else b""
            names = (TABLE_STYLE, "TableHead", "TableText")
            self._styled = all(f'w:styleId="{name}"'.encode() in styles for name in names)
        return self._styled

    def _remove_table(self, index: int, change: RemoveTable, order: TrackedOrder) -> list[_Patch]:
        if not 0 <= change.table < len(self._places.tables):
            self._refuse(index, 0, "没有这张表")
            return []
        numbers = table_paragraphs(self._places, change.table)
        if any(each in self._gone for each in numbers):
            self._refuse(index, numbers.start, "同一张表另有一处修改要把它的行删掉")
            return []
        made = remove_table(self._places, change.table, change.author, self._marker)
        self._strike(numbers, change.author, change.comment, order)
        return made

    def _row(self, index: int, change: InsertRow | RemoveRow, order: TrackedOrder) -> list[_Patch]:
        row = change.row if isinstance(change, RemoveRow) else change.after
        cells = change.cells if isinstance(change, InsertRow) else None
        trouble = row_trouble(self._places, change.table, row, cells, self._gone, plain=self._marker.plain)
        if trouble:
            tables = self._places.read.whole_tables()
            number = tables[change.table].start if 0 <= change.table < len(tables) else 0
            self._refuse(index, number, trouble)
            return []
        if isinstance(change, InsertRow):
            return [insert_row(self._places, change.table, row, change.cells, change.author, self._marker)]
        made = remove_row(self._places, change.table, row, change.author, self._marker)
        self._strike(row_paragraphs(self._places, change.table, row), change.author, "", order)
        return [made]

    def _strike(self, numbers: range, author: str, comment: str, order: TrackedOrder) -> None:
        """Deletes the paragraphs of rows; the comment is on the first."""
        self._gone.update(numbers)
        self._gone_rows.update(numbers)
        if not self._marker.plain:
            for number in numbers:
                order.strike(number, author, comment if number == numbers.start else "")


class _Known(NamedTuple):
    """The number of characters of a paragraph, whether that is what a reader sees, and which cannot be cut."""

    size: int
    is_read: bool
    uncuttable: list[tuple[int, int]]


def _meets(stretches: list[tuple[int, int]], start: int, end: int) -> bool:
    """True if characters, or a place between two, are in one of these stretches, which are in order and apart."""
    at = bisect_left(stretches, (start, end))
    return any(low < end and start < high for low, high in stretches[max(at - 1, 0) : at + 1])


def _patched(data: bytes, patches: list[_Patch]) -> bytes:
    """The bytes with some stretches replaced; stretches of one place keep their order."""
    made: list[bytes] = []
    at = 0
    for start, end, new in sorted(patches, key=lambda each: (each[0], each[1] > each[0])):
        if start < at:
            raise UnreadableDocx("两处修改落在同一处，写不到一起")
        made += (data[at:start], new)
        at = end
    made.append(data[at:])
    return b"".join(made)
