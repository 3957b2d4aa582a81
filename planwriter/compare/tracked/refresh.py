"""Brings the filled-in values of an outline into a .docx that was edited by hand, and nothing else.

A value is found by aligning the whole paragraph with what it was when the file was made. What a hand changed otherwise is left.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from planwriter.compare.edits.hand_edits import hand_edits
from planwriter.compare.matching.grids import match_grids
from planwriter.compare.matching.match import match_items
from planwriter.compare.matching.sequence import shared_runs
from planwriter.compare.tracked.in_word import WordPlaces, cell_changes
from planwriter.compare.versions.from_record import version_of_record
from planwriter.compare.versions.from_word import version_of_word
from planwriter.compare.versions.place_names import clause_names
from planwriter.compare.versions.version import PlanVersion, VersionItem, VersionLine, VersionTable
from planwriter.compare.words.merge import merge_texts
from planwriter.compare.words.texts import TextEdit, changed
from planwriter.compare.words.units import units
from planwriter.findings.finding import Finding, Result
from planwriter.model.walk import DUTY, TextRole
from planwriter.readers.docx.read import read_docx
from planwriter.start.enums import Enum
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.records import dataclass, replace
from planwriter.writers.docx.record import Record, RecordItem, RecordLine, RecordStretch, RecordTable
from planwriter.writers.docx.record_property import with_record
from planwriter.writers.docx.tracked import WordChange, WordRewrite, track

AUTHOR = "planwriter"
_NAMES_AND_DATES = DUTY | {
    TextRole.ISSUER,
    TextRole.NUMBER,
    TextRole.APPROVER,
    TextRole.RECIPIENT,
    TextRole.SIGNATURE,
    TextRole.DATE,
    TextRole.COPY,
    TextRole.PRINTER,
    TextRole.PRINT_DATE,
}
"""The texts of an outline that are names and dates as a whole."""
_SHOWN = 20


class RefreshState(str, Enum):
    """What became of a value that is another one in the outline now."""

    DONE = "已刷新"
    SAME = "已经是这样"
    HAND = "手改过"
    LOST = "没找到"
    UNWRITTEN = "写不进去"


class RefreshedValue(NamedTuple):
    """A value that is another one now: what it was when the file was made, what it is in the outline."""

    state: RefreshState
    old: str
    new: str
    where: str
    """What people call its place."""
    found: str = ""
    """What stands there if a hand changed it; why it could not be written."""
    paragraph: int = 0
    """The paragraph of the .docx; 0 if it was not found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refreshed:
    """The file with its new values and its new record, and what became of each value; `others` counts all other changes."""

    data: bytes
    values: tuple[RefreshedValue, ...]
    others: int
    """How many paragraphs, tables and pictures of the outline differ in more than their values."""

    def count(self, state: RefreshState) -> int:
        """How many values are in a state."""
        return sum(each.state is state for each in self.values)


class _Known(NamedTuple):
    """Characters of a line that are a value, and what tells which one it is."""

    key: str
    start: int
    end: int


class _Wanted(NamedTuple):
    """A value that changes: the item of the record, its characters, or its cell and the characters of that, and its new text."""

    item: int
    start: int
    end: int
    new: str
    row: int = -1
    column: int = -1


def refresh(
    data: bytes,
    name: str,
    record: Record,
    current: PlanVersion,
    filled: Mapping[int, Collection[tuple[int, int]]],
    *,
    plain: bool = False,
    date: str = "",
    digest: str = "",
) -> Result[Refreshed | None]:
    """The .docx `data`, made with this record and edited since, with the values of `current`.

    `filled` gives for tables of `current` the cells that are filled in. If nothing else of the outline has changed, the record
    gets the `digest` of the outline. None, and findings, if the file cannot be read or written.
    """
    base = version_of_record(record, name)
    read = version_of_word(data, name, base=base)
    if read.value is None:
        return Result(None, read.findings)
    work = _Refresh(data, base, current, filled, read.value)
    made = track(data, work.changes, name, date=date, plain=plain)
    if made.value is None:
        return Result(None, made.findings)
    refused = {work.value_of[at]: reason for at, reason in zip(made.value.refused, made.findings, strict=True)}
    values = [work.outcome(at, refused.get(at)) for at in range(len(work.wanted))]
    settled = [
        each
        for each, value in zip(work.wanted, values, strict=True)
        if value.state in (RefreshState.DONE, RefreshState.SAME)
    ]
    items = _renewed(record.items, settled)
    is_current = not work.others and len(settled) == len(values)
    renewed = replace(record, items=items, targets=current.targets if len(settled) == len(values) else record.targets)
    if is_current and digest:
        renewed = replace(renewed, made=record.made._replace(digest=digest))
    result = made.value.data if renewed == record else with_record(made.value.data, renewed)
    return Result(Refreshed(data=result, values=tuple(values), others=work.others))


class _Refresh:
    """The values that change, and where they stand in the file."""

    def __init__(
        self,
        data: bytes,
        base: PlanVersion,
        current: PlanVersion,
        filled: Mapping[int, Collection[tuple[int, int]]],
        edited: PlanVersion,
    ) -> None:
        self._base, self._current, self._filled = base, current, filled
        self._hand = hand_edits(base, edited)
        self._edited = self._hand.edited
        self._held = self._hand.matching.new_of_old
        self._places = WordPlaces(read_docx(data))
        self._names = clause_names(base)
        self._alignments: dict[int, tuple[TextEdit, ...]] = {}
        self.changes: list[WordChange] = []
        self.value_of: list[int] = []
        """For each change the number of its value."""
        self.others = 0
        self._outcomes: list[RefreshedValue] = []
        self.wanted = list(self._all_wanted())
        for number, each in enumerate(self.wanted):
            outcome, changes = self._found(each)
            self._outcomes.append(outcome)
            self.changes += changes
            self.value_of += [number] * len(changes)

    def outcome(self, number: int, refused: Finding | None) -> RefreshedValue:
        """What became of a value; `refused` says that it could not be written."""
        made = self._outcomes[number]
        if refused is None:
            return made
        return made._replace(state=RefreshState.UNWRITTEN, found=refused.message)

    # which values change

    def _all_wanted(self) -> Iterator[_Wanted]:
        now = match_items(self._base.items, self._current.items)
        partners = {pair.old: at for at, pair in now.pairs.items()}
        everywhere = _values_everywhere(self._current)
        self.others = len(self._current.items) - len(now.pairs) + len(now.moved)
        for at, item in enumerate(self._base.items):
            partner = self._current.items[partners[at]] if at in partners else None
            self.others += partner is None
            if isinstance(item, VersionLine):
                found = list(self._in_line(at, item, partner, everywhere))
            elif isinstance(item, VersionTable) and isinstance(partner, VersionTable):
                found = list(self._in_table(at, item, partner, self._filled.get(partners[at], ())))
            else:
                found = []
            yield from found
            if partner is not None:
                self.others += _with_values(item, found) != partner.whole

    def _in_line(
        self, at: int, item: VersionLine, partner: VersionItem | None, everywhere: Mapping[str, str]
    ) -> Iterator[_Wanted]:
        olds = _known(item)
        pairs: dict[int, str] = {}
        if isinstance(partner, VersionLine):
            news = _known(partner)
            for a, b, size in shared_runs([each.key for each in olds], [each.key for each in news]):
                for step in range(size):
                    pairs[a + step] = partner.text[news[b + step].start : news[b + step].end]
        for number, each in enumerate(olds):
            new = pairs.get(number)
            if new is None and partner is None:
                new = everywhere.get(each.key)
            if new is not None and new != item.text[each.start : each.end]:
                yield _Wanted(at, each.start, each.end, new)

    def _in_table(
        self, at: int, old: VersionTable, new: VersionTable, filled: Collection[tuple[int, int]]
    ) -> Iterator[_Wanted]:
        rows, columns = match_grids(old.rows, new.rows)
        for row, new_row in rows:
            for column, new_column in columns:
                before, after = old.rows[row][column], new.rows[new_row][new_column]
                if before.strip() != after.strip() and (new_row, new_column) in filled:
                    yield _Wanted(at, 0, len(before), after, row, column)

    # where they stand

    def _found(self, wanted: _Wanted) -> tuple[RefreshedValue, list[WordChange]]:
        base = self._base.items[wanted.item]
        where = self._names[wanted.item]
        if isinstance(base, VersionTable):
            old = base.rows[wanted.row][wanted.column]
        else:
            old = base.text[wanted.start : wanted.end]
        value = RefreshedValue(RefreshState.LOST, old, wanted.new, where)
        held = self._held.get(wanted.item)
        if held is None:
            return value, []
        item = self._edited.items[held]
        value = value._replace(paragraph=item.place)
        if isinstance(base, VersionLine) and isinstance(item, VersionLine):
            return self._in_edited_line(wanted, value, base, item)
        if isinstance(base, VersionTable) and isinstance(item, VersionTable):
            return self._in_edited_table(wanted, value, base, item)
        return value, []

    def _in_edited_line(
        self, wanted: _Wanted, value: RefreshedValue, base: VersionLine, item: VersionLine
    ) -> tuple[RefreshedValue, list[WordChange]]:
        text = item.text
        if wanted.item not in self._alignments:
            self._alignments[wanted.item] = changed(base.text, text)
        start, end, exact = _span(self._alignments[wanted.item], wanted.start, wanted.end)
        if not exact:
            here = _once(text, start, end, value.old)
            if here < 0:
                if _once(text, start, end, wanted.new) >= 0:
                    return value._replace(state=RefreshState.SAME), []
                state = RefreshState.HAND if end > start else RefreshState.LOST
                return value._replace(state=state, found=_cut(text[start:end])), []
            start, end = here, here + len(value.old)
        line = self._places.line(item)
        if line is None:
            return value._replace(state=RefreshState.UNWRITTEN, found="在文本框里，或跨着几段"), []
        # in a title the breaks of lines are no characters of what is typed
        flat = text.replace("\n", "") if len(line.typed) < len(text) else text
        shift = len(line.typed) - len(flat)
        first = shift + start - (text[:start].count("\n") if flat is not text else 0)
        if line.typed[first : first + len(value.old)] != value.old:
            return value._replace(state=RefreshState.UNWRITTEN, found="在文本框里，或跨着几段"), []
        made: list[WordChange] = []
        for edit in changed(value.old, wanted.new):
            low = line.places[first + edit.start]
            high = line.places[first + edit.end - 1] + 1 if edit.end > edit.start else low
            new = wanted.new[edit.new_start : edit.new_end]
            made.append(WordRewrite(line.paragraph.number, low, high, new, AUTHOR))
        return value._replace(state=RefreshState.DONE), made

    def _in_edited_table(
        self, wanted: _Wanted, value: RefreshedValue, base: VersionTable, item: VersionTable
    ) -> tuple[RefreshedValue, list[WordChange]]:
        matching = match_grids(base.rows, item.rows)
        rows, columns = dict(matching.rows), dict(matching.columns)
        if wanted.row not in rows or wanted.column not in columns:
            return value, []
        row, column = rows[wanted.row], columns[wanted.column]
        now = item.rows[row][column]
        if now.strip() == wanted.new.strip():
            return value._replace(state=RefreshState.SAME), []
        here = _once(now, 0, len(now), value.old)
        if here >= 0:  # as in a line, whatever was typed beside it
            new = now[:here] + wanted.new + now[here + len(value.old) :]
        else:
            merged = merge_texts(value.old, now, wanted.new)
            if merged.conflicts:
                return value._replace(state=RefreshState.HAND, found=_cut(now)), []
            new = merged.text
        number = self._places.table(item)
        cell = self._places.cell(number, self._places.rows(number)[row], column) if number >= 0 else None
        made = cell_changes(cell, new, AUTHOR) if cell is not None else None
        if made is None:
            return value._replace(state=RefreshState.UNWRITTEN, found="表格的这一格不能改"), []
        return value._replace(state=RefreshState.DONE), made


def _known(line: VersionLine) -> list[_Known]:
    """The values of a line in their order: what is between {{ and }}, and names and dates as a whole."""
    made = [_Known(typed, start, end) for start, end, typed in line.values]
    for start, end, role in line.stretches:
        if role in _NAMES_AND_DATES and not any(start < each.end and each.start < end for each in made):
            made.append(_Known(f"\0{role.name}", start, end))
    return sorted(made, key=lambda each: (each.start, each.end))


def _values_everywhere(version: PlanVersion) -> dict[str, str]:
    """The texts of values that are the same wherever they are cited."""
    made: dict[str, str] = {}
    unsure: set[str] = set()
    for item in version.items:
        for start, end, typed in item.values if isinstance(item, VersionLine) else ():
            text = item.text[start:end]
            if made.setdefault(typed, text) != text:
                unsure.add(typed)
    return {typed: text for typed, text in made.items() if typed not in unsure}


def _with_values(item: VersionItem, wanted: Sequence[_Wanted]) -> str:
    """The words of an item with its new values."""
    if isinstance(item, VersionTable):
        rows = [list(row) for row in item.rows]
        for each in wanted:
            rows[each.row][each.column] = each.new
        return "\n".join("\t".join(row) for row in rows)
    label = item.label if isinstance(item, VersionLine) else ""
    return label + _put(item.text, [(each.start, each.end, each.new) for each in wanted])


def _put(text: str, edits: Sequence[tuple[int, int, str]]) -> str:
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _span(edits: Sequence[TextEdit], start: int, end: int) -> tuple[int, int, bool]:
    """Where characters of the old text stand in the new one, and whether they are unchanged."""
    shift = 0
    over: list[TextEdit] = []
    for edit in edits:
        if edit.end <= start and (edit.start < start or edit.end == edit.start):
            shift = edit.new_end - edit.end
        elif edit.start < end and edit.end > start:
            over.append(edit)
    if not over:
        return start + shift, end + shift, True
    first, last = over[0], over[-1]
    low = first.new_start - max(first.start - start, 0)
    high = last.new_end + max(end - last.end, 0)
    return low, high, False


def _once(text: str, start: int, end: int, value: str) -> int:
    """Where a value stands whole, and only once, between two places of a text; -1 if it does not."""
    parts, wanted = units(text[start:end]), units(value)
    ends = [start]
    for each in parts:
        ends.append(ends[-1] + len(each))
    size = len(wanted)
    found = [at for at in range(len(parts) - size + 1) if parts[at : at + size] == wanted] if size else []
    return ends[found[0]] if len(found) == 1 else -1


def _cut(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SHOWN else words[:_SHOWN] + "…"


# the record


def _renewed(items: tuple[RecordItem, ...], settled: Sequence[_Wanted]) -> tuple[RecordItem, ...]:
    """The items of a record with the values that now stand in the file."""
    by_item: dict[int, list[_Wanted]] = {}
    for each in settled:
        by_item.setdefault(each.item, []).append(each)
    made = list(items)
    for at, wanted in by_item.items():
        item = made[at]
        if isinstance(item, RecordTable):
            made[at] = _renewed_table(item, wanted)
        elif isinstance(item, RecordLine):
            made[at] = _renewed_line(item, wanted)
    return tuple(made)


def _renewed_table(item: RecordTable, wanted: Sequence[_Wanted]) -> RecordTable:
    rows = [list(row) for row in item.rows]
    values = list(item.values)
    for each in wanted:
        row = rows[each.row]
        row += [""] * (each.column + 1 - len(row))
        edits = changed(row[each.column], each.new)
        row[each.column] = each.new
        for at, value in enumerate(values):
            if (value.row, value.column) == (each.row, each.column):
                start, end, _ = _span(edits, value.start, value.end)
                values[at] = value._replace(start=start, end=end)
    return item._replace(rows=tuple(map(tuple, rows)), values=tuple(values))


def _renewed_line(item: RecordLine, wanted: Sequence[_Wanted]) -> RecordLine:
    edits = sorted((each.start, each.end, each.new) for each in wanted)

    def moved(place: int, *, is_end: bool) -> int:
        shift = 0
        for start, end, new in edits:
            if place > start or (is_end and place == end):
                shift += len(new) - (end - start)
        return place + shift

    def both(start: int, end: int) -> tuple[int, int]:
        return moved(start, is_end=False), moved(end, is_end=True)

    stretches = tuple(RecordStretch(*both(start, end), role) for start, end, role in item.stretches)
    values = tuple((*both(start, end), typed) for start, end, typed in item.values)
    return item._replace(text=_put(item.text, edits), stretches=stretches, values=values)
