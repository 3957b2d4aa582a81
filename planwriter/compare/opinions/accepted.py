"""Accepted opinions as a version of the plan: what the plan should print, and which rows are or cannot be in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planwriter.compare.edits.table_rows import Rows, rows_together
from planwriter.compare.matching.match import likeness
from planwriter.compare.opinions.carried import carried_alone
from planwriter.compare.opinions.opinion_table import FilledRow
from planwriter.compare.opinions.opinions import Opinion, Wish, found_in, in_turn
from planwriter.compare.versions.version import PlanVersion, VersionItem, VersionLine, VersionTable
from planwriter.compare.words.merge import Merged, merge_texts
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.records import dataclass, replace

_SAME = 0.6
"""How alike a line is that is the same one with other words."""
_ALIKE = 0.4
"""A paragraph that is less alike is another one."""
_LEAST = 4
"""The fewest characters by which words are known to be in the plan."""


class RefusedRow(NamedTuple):
    """A row that cannot be taken, and why."""

    row: FilledRow
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedPlan:
    """The plan with the accepted opinions."""

    base: PlanVersion
    """The plan as it is; the marks of its items are their numbers."""
    version: PlanVersion
    """The plan as it should be; each item has the mark of the one that it was."""
    taken: tuple[FilledRow, ...]
    """The rows whose opinions are in it."""
    already: tuple[FilledRow, ...]
    """The rows whose opinions the plan has already."""
    refused: tuple[RefusedRow, ...]
    places: Mapping[int, int]
    """For each row that is taken, by its number, the item of the plan that it changes; none for a new paragraph."""


def wanted_plan(current: PlanVersion, rows: Sequence[FilledRow], others: Sequence[FilledRow] = ()) -> WantedPlan:
    """The plan `current` with the opinions of these rows, which have been accepted; `others` are those that were not."""
    making = _Making(current)
    whole = [*rows, *others]
    there = {at for at, each in enumerate(whole) if each.original is not None and making.has(each.original)}
    alone = carried_alone(whole, {*range(len(rows))} | there)
    taken: list[FilledRow] = []
    already: list[FilledRow] = []
    refused: list[RefusedRow] = []
    for at in in_turn([each.opinion for each in rows], current.items):
        row, opinion = rows[at], rows[at].opinion
        if opinion is None:
            refused.append(RefusedRow(row, "看不出要改哪里、改成什么"))
            continue
        if making.has(opinion):
            already.append(row)
            continue
        reason = alone.get(at) or making.take(opinion, row.at)
        if reason:
            refused.append(RefusedRow(row, reason))
        else:
            taken.append(row)
    base = replace(current, items=tuple(replace(each, mark=at) for at, each in enumerate(current.items)))
    return WantedPlan(
        base=base,
        version=making.version(base),
        taken=tuple(taken),
        already=tuple(already),
        refused=tuple(refused),
        places=making.places,
    )


def is_in(opinion: Opinion, version: PlanVersion, *, done: bool = False) -> bool:
    """True if a version of the plan has what an opinion wants; with `done` after it was put in, so that less has to be proven."""
    return _Making(version).has(opinion, done=done)


class _Spot(NamedTuple):
    """An item, and the characters of it that are to be changed."""

    at: int
    start: int
    end: int


class _ChangedLine(NamedTuple):
    """A line, and its text with an opinion on an earlier text of it."""

    at: int
    merged: Merged


def _is_line_like(item: VersionItem, text: str) -> bool:
    return isinstance(item, VersionLine) and likeness(item.text, text) >= _SAME


class _Making:
    """A version while opinions are put in."""

    def __init__(self, current: PlanVersion) -> None:
        self.current = current
        self._texts: dict[int, str] = {}
        self._rows: dict[int, tuple[tuple[str, ...], ...]] = {}
        """The cells of tables that are changed."""
        self._gone: dict[int, int] = {}
        self._added: dict[int, list[VersionLine]] = {}
        """The new lines by the items that they stand behind; -1 for before everything."""
        self._order = list(range(len(current.items)))
        self._moved: dict[int, int] = {}
        self._by: dict[int, int] = {}
        """For each item that is changed, deleted or moved the row that does that."""
        self.places: dict[int, int] = {}
        """The items by the rows that change them."""

    # what is there already

    def has(self, opinion: Opinion, *, done: bool = False) -> bool:
        """See `is_in`."""
        items = self.current.items
        if opinion.wish == Wish.CHANGE:
            return self._has_words(opinion, done=done)
        if opinion.wish == Wish.ADD:
            return any(each.text == opinion.new for each in items)
        if opinion.wish == Wish.REMOVE:
            return not any(each.text == opinion.text for each in items) and (
                done or all(likeness(each.text, opinion.text) < _ALIKE for each in items)
            )
        if opinion.wish == Wish.MOVE:
            at, behind = self._only(opinion.text), self._only(opinion.new) if opinion.new else -1
            return at is not None and behind is not None and at == behind + 1
        if opinion.wish in (Wish.CELL, Wish.TABLE):
            return self._has_cells(opinion)
        return False

    def _has_words(self, opinion: Opinion, *, done: bool) -> bool:
        whole = opinion.text[: opinion.start] + opinion.new + opinion.text[opinion.end :]
        texts = [each.text for each in self.current.items if isinstance(each, VersionLine)]
        if whole in texts:
            return True
        if opinion.text in texts:
            return False
        there = self._changed_line(opinion)
        if there is not None and not there.merged.conflicts and there.merged.text == self.current.items[there.at].text:
            return True
        if not opinion.new:
            return done and not any(opinion.old in text for text in texts)
        if len(opinion.new) < _LEAST:
            return False
        has_new = any(opinion.new in text for text in texts)
        return has_new and (
            not opinion.old or opinion.old in opinion.new or not any(opinion.old in each for each in texts)
        )

    def _has_cells(self, opinion: Opinion) -> bool:
        base = _cells(opinion.text)
        wanted = _cells(opinion.new) if opinion.wish == Wish.TABLE else _with_cell(base, opinion)
        return any(
            isinstance(each, VersionTable)
            and (
                each.rows == wanted or (_is_mostly(base, each.rows) and _together(base, each.rows, wanted) == each.rows)
            )
            for each in self.current.items
        )

    # what is put in

    def take(self, opinion: Opinion, row: int) -> str:
        """Puts an opinion in; returns why that is not possible, or ""."""
        if opinion.wish == Wish.SAY:
            return "是批注，没有说改成什么"
        if opinion.wish == Wish.CHANGE:
            return self._change(opinion, row)
        if opinion.wish == Wish.ADD:
            return self._add(opinion)
        if opinion.wish in (Wish.CELL, Wish.TABLE):
            return self._change_cells(opinion, row)
        at = self._at(opinion)
        if at is None:
            return "这一段提纲里没有了，或者改过了"
        if opinion.wish == Wish.REMOVE:
            if at in self._by:
                return f"表里第 {self._by[at]} 行改的也是这一段"
            self._gone[at] = self._by[at] = row
            self.places[row] = at
            return ""
        return self._move(opinion, at, row)

    def _only(self, text: str) -> int | None:
        """The only item with this text."""
        found = [at for at, each in enumerate(self.current.items) if each.text == text]
        return found[0] if len(found) == 1 else None

    def _at(self, opinion: Opinion) -> int | None:
        """The item that an opinion is about."""
        items = self.current.items
        if 0 <= opinion.at < len(items) and items[opinion.at].text == opinion.text:
            return opinion.at
        return self._only(opinion.text)

    def _spot(self, opinion: Opinion) -> _Spot | None:
        """The characters that an opinion changes."""
        at = self._at(opinion)
        if at is not None:
            return _Spot(at, opinion.start, opinion.end)
        found = [
            _Spot(number, *place)
            for number, each in enumerate(self.current.items)
            if isinstance(each, VersionLine) and (place := found_in(opinion, each.text)) is not None
        ]
        return found[0] if len(found) == 1 else None

    def _changed_line(self, opinion: Opinion) -> _ChangedLine | None:
        """The line that an opinion is about, whose text has changed since, with what the opinion wants of it."""
        items = self.current.items
        at = opinion.at if 0 <= opinion.at < len(items) else -1
        if at < 0 or not _is_line_like(items[at], opinion.text):
            alike = [number for number, each in enumerate(items) if _is_line_like(each, opinion.text)]
            at = alike[0] if len(alike) == 1 else -1
        if at < 0 or items[at].text == opinion.text:
            return None
        new = opinion.text[: opinion.start] + opinion.new + opinion.text[opinion.end :]
        return _ChangedLine(at, merge_texts(opinion.text, items[at].text, new))

    def _change(self, opinion: Opinion, row: int) -> str:
        spot = self._spot(opinion)
        if spot is None:
            there = self._changed_line(opinion)
            if there is None:
                return "这句话提纲里没有了，或者改过了"
            if there.merged.conflicts:
                return "这句话提纲里也改过，和这条意见改得不一样"
            return self._set(there.at, there.merged.text, row)
        text = self.current.items[spot.at].text
        return self._set(spot.at, text[: spot.start] + opinion.new + text[spot.end :], row)

    def _set(self, at: int, new: str, row: int) -> str:
        """Gives a line another text, besides what other rows change in it."""
        if at in self._gone:
            return f"表里第 {self._gone[at]} 行要删掉这一段"
        text = self.current.items[at].text
        if not new.strip():
            return "改了就没有字了；要删掉这一段，在提纲里自己删"
        merged = merge_texts(text, self._texts.get(at, text), new)
        if merged.conflicts:
            return f"和表里第 {self._by[at]} 行改在同一处，改得不一样"
        self._texts[at] = merged.text
        self._by.setdefault(at, row)
        self.places[row] = at
        return ""

    def _add(self, opinion: Opinion) -> str:
        is_first = opinion.at < 0 and not opinion.text
        at = -1 if is_first else self._at(opinion)
        if at is None:
            return "它前面的那一段提纲里没有了，或者改过了"
        line = VersionLine(role=opinion.role, text=opinion.new, label=opinion.label, level=opinion.level)
        self._added.setdefault(at, []).append(line)
        return ""

    def _move(self, opinion: Opinion, first: int, row: int) -> str:
        block = list(range(first, first + opinion.count))
        behind = self._only(opinion.new) if opinion.new else -1
        if block[-1] >= len(self.current.items):
            return "要移的几段提纲里不在一起了"
        if behind is None or behind in block:
            return "要移到后面的那一段提纲里没有了，或者改过了"
        taken = next((at for at in block if at in self._gone or at in self._moved), -1)
        if taken >= 0:
            return f"表里第 {self._by[taken]} 行已经把这一段删掉或者移走"
        if behind in self._gone:
            return f"表里第 {self._by[behind]} 行要删掉它后面的那一段"
        rest = [at for at in self._order if at not in block]
        place = rest.index(behind) + 1 if behind >= 0 else 0
        self._order = rest[:place] + block + rest[place:]
        self.places[row] = first
        for at in block:
            self._moved[at] = row
            self._by.setdefault(at, row)
        return ""

    def _change_cells(self, opinion: Opinion, row: int) -> str:
        at = self._at(opinion)
        table = self.current.items[at] if at is not None else None
        if at is None or not isinstance(table, VersionTable):
            return "这张表提纲里没有了，或者改过了"
        if opinion.wish == Wish.TABLE:
            wanted = _cells(opinion.new)
        elif not (opinion.row < len(table.rows) and opinion.column < len(table.rows[opinion.row])):
            return "这一格提纲里没有了，或者改过了"
        else:
            wanted = _with_cell(table.rows, opinion)
        made = _together(table.rows, self._rows.get(at, table.rows), wanted)
        if made is None:
            what = "同一张表，合不到一起" if opinion.wish == Wish.TABLE else "同一格"
            return f"和表里第 {self._by[at]} 行改的是{what}"
        self._rows[at] = made
        self._by.setdefault(at, row)
        self.places[row] = at
        return ""

    # the version

    def version(self, base: PlanVersion) -> PlanVersion:
        """The plan with everything that was put in."""
        made: list[VersionItem] = [*self._added.get(-1, ())]
        for at in self._order:
            if at not in self._gone:
                made.append(self._item(base.items[at], at))
            made += self._added.get(at, ())
        return replace(base, items=tuple(made))

    def _item(self, item: VersionItem, at: int) -> VersionItem:
        if isinstance(item, VersionTable) and at in self._rows:
            return replace(item, rows=self._rows[at])
        if isinstance(item, VersionLine) and at in self._texts:
            return replace(item, text=self._texts[at], stretches=(), values=())
        return item


def _cells(text: str) -> tuple[tuple[str, ...], ...]:
    """The cells of a table from its text."""
    return tuple(tuple(line.split("\t")) for line in text.split("\n"))


def _is_mostly(base: Rows, rows: Rows) -> bool:
    """True if at least half of a table's rows are still there."""
    there = set(rows)
    return 2 * sum(row in there for row in base) >= len(base)


def _together(base: Rows, ours: Rows, theirs: Rows) -> Rows | None:
    """The rows of a table that two opinions change; None if these do not go together."""
    if base == ours or ours == theirs:
        return theirs
    cells = rows_together(base, ours, theirs)
    if cells is None:
        return None
    merged = [[merge_texts(*cell) for cell in row] for row in cells]
    if any(cell.conflicts for row in merged for cell in row):
        return None
    return tuple(tuple(cell.text for cell in row) for row in merged)


def _with_cell(rows: Sequence[tuple[str, ...]], opinion: Opinion) -> tuple[tuple[str, ...], ...]:
    made = [list(each) for each in rows]
    if opinion.row < len(made) and opinion.column < len(made[opinion.row]):
        made[opinion.row][opinion.column] = opinion.new
    return tuple(map(tuple, made))
