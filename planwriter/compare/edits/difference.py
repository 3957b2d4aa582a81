"""What differs between two versions of a plan, paragraph by paragraph: changed, new, deleted and moved ones, and tables cell by cell.

A number that only counts on, because something was put in or left out before it, is no difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planwriter.compare.edits.counted_columns import table_edits
from planwriter.compare.edits.counted_labels import relabelled
from planwriter.compare.edits.reasons import reasons_of
from planwriter.compare.matching.grids import CellEdit
from planwriter.compare.matching.match import ItemMatching, MatchedBy, likeness, match_items
from planwriter.compare.versions.place_names import clause_names
from planwriter.compare.versions.told_apart import as_in_base
from planwriter.compare.versions.version import PlanVersion, VersionItem, VersionLine, VersionTable
from planwriter.compare.words.texts import TextEdit, changed
from planwriter.plan.flow import BODY, TITLE
from planwriter.start.enums import Enum
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.records import dataclass, replace
from planwriter.start.typing import TypeAlias

_UNLIKE = 0.2


class DifferenceKind(str, Enum):
    """What became of a paragraph, a table or a picture."""

    SAME = "不变"
    CHANGED = "修改"
    NEW = "新增"
    DELETED = "删除"
    MOVED = "移动"
    """It stands here now; its words may have changed too."""
    LEFT = "移走"
    """It stood here, and was moved."""


class Difference(NamedTuple):
    """A paragraph, a table or a picture of one version or both."""

    kind: DifferenceKind
    old: int
    """Its number in the old version, from 0; -1 if it is new."""
    new: int
    """Its number in the new version; -1 if it was deleted."""
    where: str
    """What people call its place: 二、（三）建强教师队伍. Of a deleted one, in the old version."""
    was: str = ""
    """For what was moved, the place in the old version; for what left, the place in the new one."""
    edits: tuple[TextEdit, ...] = ()
    """What changed in its text, without its label."""
    cells: tuple[CellEdit, ...] = ()
    """What changed in a table."""
    relabelled: bool = False
    """True if its label is another one, and not because others were put in or left out."""
    reasons: tuple[str, ...] = ()
    """What sort of change it is, in words: 指标“养老床位”由120张调整为150张."""
    doubtful: bool = False
    """True if the two may not be the same paragraph."""
    follows: bool = False
    """True if it was moved together with the one before it."""
    behind: str = ""
    """Of what was moved: the place of what it stands behind now; "" at the beginning."""
    was_behind: str = ""
    """Of what was moved: the place of what it stood behind."""


_Targets: TypeAlias = tuple[tuple[str, str], ...]


class ChangedTarget(NamedTuple):
    """A target whose figure differs; "" if a version does not have it."""

    name: str
    old: str
    new: str


class ComparedSide(NamedTuple):
    """A version to be compared."""

    version: PlanVersion
    base: PlanVersion | None = None
    """The version in the record of a .docx, to which its marks refer."""
    typed: bool = False
    """True if its labels were told from text, as in a .docx, and so may be told as in the other version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """Two versions, and every paragraph of both in the order in which they are read."""

    old: PlanVersion
    new: PlanVersion
    rows: tuple[Difference, ...]
    """In the order of the new version; what was deleted or left stands behind what it stood behind."""
    targets: tuple[ChangedTarget, ...]
    renumbered: int
    """How many paragraphs only have another number, because others were put in, left out or moved."""

    @property
    def changes(self) -> tuple[Difference, ...]:
        """The rows that differ, each once."""
        return tuple(row for row in self.rows if row.kind not in (DifferenceKind.SAME, DifferenceKind.LEFT))

    def count(self, kind: DifferenceKind) -> int:
        """How many paragraphs, tables and pictures are of a kind."""
        return sum(row.kind is kind for row in self.rows)

    @property
    def is_empty(self) -> bool:
        """True if a reader finds no difference."""
        return not self.changes and not self.targets


def differences(old: ComparedSide, new: ComparedSide) -> Differences:
    """What differs between two versions."""
    matching = match_sides(old, new)
    before, after = _informed(old), _informed(new)
    for at, pair in matching.pairs.items():
        if new.typed:
            after[at] = as_in_base(after[at], before[pair.old])
        elif old.typed:
            before[pair.old] = as_in_base(before[pair.old], after[at])
    versions = (
        replace(old.version, items=tuple(map(_in_one_line, before))),
        replace(new.version, items=tuple(map(_in_one_line, after))),
    )
    targets = _targets(old), _targets(new)
    comparison = _Comparison(*versions, matching, targets)
    rows = _with_breaks(versions, list(comparison.rows()))
    return Differences(
        old=versions[0],
        new=versions[1],
        rows=tuple(rows),
        targets=tuple(_changed_targets(*targets)),
        renumbered=comparison.renumbered,
    )


def match_sides(old: ComparedSide, new: ComparedSide) -> ItemMatching:
    """Which items of the new version are in the old one, by marks where both know them."""
    return _without_guesses(old, new, match_items(old.version.items, new.version.items, _anchors(old, new)))


def _without_guesses(old: ComparedSide, new: ComparedSide, matching: ItemMatching) -> ItemMatching:
    """The pairs without paragraphs that only stand in one place and have nothing else in common: one went, another came."""
    guesses = {
        at
        for at in matching.doubtful
        if matching.pairs[at].how is MatchedBy.PLACE
        and _is_body(item := new.version.items[at])
        and likeness(old.version.items[matching.pairs[at].old].text, item.text) < _UNLIKE
    }
    if not guesses:
        return matching
    pairs = {at: pair for at, pair in matching.pairs.items() if at not in guesses}
    return ItemMatching(pairs, matching.moved - guesses, matching.doubtful - guesses)


def _is_body(item: VersionItem) -> bool:
    return isinstance(item, VersionLine) and item.role == BODY


def _informed(side: ComparedSide) -> list[VersionItem]:
    """The items of a version; a line whose words are still those of the record has what the record knows of it."""
    base = side.base.items if side.base is not None else ()
    made = list(side.version.items)
    for at, item in enumerate(made):
        if isinstance(item, VersionLine) and 0 <= item.mark < len(base):
            known = base[item.mark]
            if isinstance(known, VersionLine) and known.text == item.text:
                made[at] = replace(item, stretches=known.stretches, values=known.values, clause=known.clause)
    return made


def summary(found: Differences) -> str:
    """All in one line: what was done, and how often."""
    if found.is_empty:
        return "没有不同。" if not found.renumbered else f"没有不同，只有 {found.renumbered} 处序号随之改变。"
    kinds = (DifferenceKind.CHANGED, DifferenceKind.NEW, DifferenceKind.DELETED)
    counts = [(kind, found.count(kind)) for kind in kinds]
    said = [f"{kind.value} {count} 处" for kind, count in counts if count]
    moved = [row for row in found.rows if row.kind is DifferenceKind.MOVED]
    if moved:
        places = sum(not row.follows for row in moved)
        edited = sum(bool(row.edits or row.cells) for row in moved)
        said.append(
            f"移动 {places} 处（共 {len(moved)} 段" + (f"，其中 {edited} 段文字也改了" if edited else "") + "）"
        )
    if found.targets:
        said.append(f"指标 {len(found.targets)} 项有变")
    more = f"；另有 {found.renumbered} 处只是序号随之改变" if found.renumbered else ""
    doubts = sum(row.doubtful for row in found.rows)
    unsure = f"；{doubts} 处是不是同一段拿不准" if doubts else ""
    return "、".join(said) + more + unsure + "。"


def _anchors(old: ComparedSide, new: ComparedSide) -> dict[int, int]:
    """Pairs that marks give: by the record in which the marks of one version are, or by those of both."""
    if old.base is None and new.base is None:
        return {}
    bases = old.base or old.version, new.base or new.version
    olds = _by_mark(old) if old.base is not None else {at: at for at in range(len(old.version.items))}
    if bases[0].items == bases[1].items:
        pairs = {at: at for at in range(len(bases[1].items))}
    else:
        matching = match_items(bases[0].items, bases[1].items)
        pairs = {at: pair.old for at, pair in matching.pairs.items() if at not in matching.doubtful}
    news = _by_mark(new) if new.base is not None else {at: at for at in range(len(new.version.items))}
    return {at: olds[pairs[number]] for number, at in news.items() if number in pairs and pairs[number] in olds}


def _by_mark(side: ComparedSide) -> dict[int, int]:
    """The items of a version by their numbers in its record. Of several with one mark it is the original, or the same text."""
    base = side.base.items if side.base is not None else ()
    made: dict[int, int] = {}
    for at, item in enumerate(side.version.items):
        if not 0 <= item.mark < len(base):
            continue
        other = made.get(item.mark)
        if other is None or _rank(item, base[item.mark]) < _rank(side.version.items[other], base[item.mark]):
            made[item.mark] = at
    return made


def _rank(item: VersionItem, base: VersionItem) -> tuple[bool, bool]:
    return (item.text != base.text, item.copied)


def _targets(side: ComparedSide) -> _Targets:
    """The targets of a version; a .docx knows them from its record."""
    return side.version.targets or (side.base.targets if side.base is not None else ())


def _changed_targets(old: _Targets, new: _Targets) -> Iterator[ChangedTarget]:
    """The targets that differ, if both versions know theirs."""
    before, after = dict(old), dict(new)
    for name in dict.fromkeys((*before, *after)) if old and new else ():
        if before.get(name) != after.get(name):
            yield ChangedTarget(name, before.get(name, ""), after.get(name, ""))


class _Comparison:
    """Two versions and the pairs of their items, from which the rows are told."""

    def __init__(
        self, old: PlanVersion, new: PlanVersion, matching: ItemMatching, targets: tuple[_Targets, _Targets]
    ) -> None:
        self.old, self.new, self.matching = old, new, matching
        self.pairs: Mapping[int, int] = {at: pair.old for at, pair in matching.pairs.items()}
        self.places = clause_names(old), clause_names(new)
        self.labels = relabelled(old.items, new.items, self.pairs, matching.moved)
        self.targets = dict(targets[0]), dict(targets[1])
        self.renumbered = 0

    def rows(self) -> Iterator[Difference]:
        gone = self._gone()
        yield from gone.pop(-1, ())
        for new in range(len(self.new.items)):
            old = self.pairs.get(new, -1)
            yield self._pair(old, new) if old >= 0 else self._new(new)
            if old >= 0 and new not in self.matching.moved:
                yield from gone.pop(old, ())

    def _gone(self) -> dict[int, list[Difference]]:
        """What was deleted or left, by the item of the old version, still in its place, that it stood behind; -1 for none."""
        news = self.matching.new_of_old
        made: dict[int, list[Difference]] = {}
        last = -1
        for old in range(len(self.old.items)):
            new = news.get(old, -1)
            if new >= 0 and new not in self.matching.moved:
                last = old
                continue
            where = self.places[0][old]
            if new < 0:
                row = Difference(DifferenceKind.DELETED, old, -1, where, reasons=("删除",))
            else:
                row = Difference(DifferenceKind.LEFT, old, new, where, self.places[1][new], follows=self._follows(new))
            made.setdefault(last, []).append(row)
        return made

    def _new(self, new: int) -> Difference:
        return Difference(DifferenceKind.NEW, -1, new, self.places[1][new], reasons=("新增",))

    def _follows(self, new: int) -> bool:
        moved = self.matching.moved
        return new in moved and new - 1 in moved and self.pairs[new - 1] == self.pairs[new] - 1

    def _pair(self, old: int, new: int) -> Difference:
        one, other = self.old.items[old], self.new.items[new]
        is_moved, place = new in self.matching.moved, self.labels.get(new)
        cells: tuple[CellEdit, ...] = ()
        edits: tuple[TextEdit, ...] = ()
        if isinstance(one, VersionTable) and isinstance(other, VersionTable):
            cells = tuple(table_edits(one, other))
        elif one.text.strip() != other.text.strip():
            edits = changed(one.text, other.text)
        is_relabelled = place is not None and not place.counts_on
        reasons = tuple(reasons_of(one, other, edits, cells, self.targets, relabelled=is_relabelled))
        if is_moved:
            kind, reasons = DifferenceKind.MOVED, ("移动", *reasons)
        elif edits or cells or is_relabelled or reasons:
            kind = DifferenceKind.CHANGED
        else:
            kind = DifferenceKind.SAME
        self.renumbered += kind is DifferenceKind.SAME and place is not None
        return Difference(
            kind,
            old,
            new,
            self.places[1][new],
            self.places[0][old] if is_moved else "",
            edits,
            cells,
            is_relabelled,
            reasons,
            doubtful=new in self.matching.doubtful,
            follows=self._follows(new),
            behind=self.places[1][new - 1] if is_moved and new else "",
            was_behind=self.places[0][old - 1] if is_moved and old else "",
        )


def _with_breaks(versions: tuple[PlanVersion, PlanVersion], rows: list[Difference]) -> list[Difference]:
    """The rows; where words only left the end of a paragraph for one of their own, or came from it, this is said."""
    old, new = versions
    made = list(rows)
    last = -1
    """The last row that stands in the new version, if it changed at its end."""
    for at, row in enumerate(rows):
        if last >= 0 and row.kind in (DifferenceKind.NEW, DifferenceKind.DELETED):
            one, edit = rows[last], rows[last].edits[-1]
            out, put_in = old.items[one.old].text[edit.start :], new.items[one.new].text[edit.new_start :]
            others = made[last].reasons if len(one.edits) > 1 else ()
            if row.new == one.new + 1 and not put_in and out == _words(new.items[row.new]):
                made[last] = one._replace(reasons=(*others, "后面的话另起一段"))
                made[at] = row._replace(reasons=("由上一段分出，文字没有改",))
            elif row.old == one.old + 1 and not out and put_in == _words(old.items[row.old]):
                made[last] = one._replace(reasons=(*others, "下一段并到这一段"))
                made[at] = row._replace(reasons=("并到上一段，文字没有改",))
        if row.kind is DifferenceKind.CHANGED and row.edits:
            edit, ends = row.edits[-1], (len(old.items[row.old].text), len(new.items[row.new].text))
            last = at if (edit.end, edit.new_end) == ends else -1
        elif row.new >= 0:
            last = -1
    return made


def _words(item: VersionItem) -> str:
    return item.whole if isinstance(item, VersionLine) else ""


def _in_one_line(item: VersionItem) -> VersionItem:
    """A title that is typed on several lines is compared as one."""
    if isinstance(item, VersionLine) and item.role == TITLE and "\n" in item.text:
        return replace(item, text=item.text.replace("\n", ""), stretches=(), values=(), remarks=())
    return item
