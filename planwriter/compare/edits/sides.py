"""The version that a .docx was made from, the outline as it stands, and the edited .docx, put together item by item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from planwriter.compare.edits.belonging import OneSide, Orphans, orphans, owners
from planwriter.compare.edits.hand_edits import HandEdit, hand_edits
from planwriter.compare.edits.own_units import with_units_in_place
from planwriter.compare.edits.table_rows import rows_together
from planwriter.compare.matching.match import ItemMatching, match_items
from planwriter.compare.matching.order import OrderTrouble, merge_orders
from planwriter.compare.versions.version import TEXT_ROLES, PlanVersion, VersionItem, VersionLine, VersionTable
from planwriter.compare.words.merge import merge_texts
from planwriter.plan.flow import BODY
from planwriter.start.digests import sha256
from planwriter.start.enums import Enum
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.records import dataclass, replace
from planwriter.start.typing import TypeAlias

_WITHOUT_WIDTH = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
Content: TypeAlias = "str | tuple[tuple[str, ...], ...]"
"""What an item shows: a text, or the rows of a table."""


class SideItem(NamedTuple):
    """An item by its number in each version; -1 where it is not."""

    base: int = -1
    current: int = -1
    edited: int = -1


class ConflictKind(str, Enum):
    """What both sides did."""

    WORDS = "同一处文字两边都改了"
    DELETED_HERE = "提纲里删了，文件里改了"
    DELETED_THERE = "文件里删了，提纲里改了"
    UNDER_HERE = "提纲里删了，文件里在它下面改了、加了"
    UNDER_THERE = "文件里删了，提纲里在它下面改了、加了"
    NEW_HERE = "文件里删了它上面那一条，提纲里新加了它"
    NEW_THERE = "提纲里删了它上面那一条，文件里新加了它"
    PLACE = "两边都移了，移到不同的地方"
    ADDED = "两边都改了这张表的行列"


class SideConflict(NamedTuple):
    """Something that both sides changed differently: what it was, what it is in the outline and in the file."""

    key: int
    nth: int
    """Its number among those of the item."""
    kind: ConflictKind
    base: str
    ours: str
    theirs: str

    @property
    def question(self) -> str:
        """What is asked, as a digest: the same whatever the file says."""
        return _digest(self.kind.value, self.base, self.ours)

    @property
    def case(self) -> str:
        """The question with the wording of the file, as a digest."""
        return _digest(self.kind.value, self.base, self.ours, self.theirs)


def _digest(*words: str) -> str:
    return sha256("\0".join(words).encode("utf-8", "surrogatepass"))[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """Three versions, and which items of theirs are one. A key names an item in all of them."""

    base: PlanVersion
    current: PlanVersion
    edited: PlanVersion
    items: Mapping[int, SideItem]
    ours: tuple[int, ...]
    """The keys of the current version in its order."""
    theirs: tuple[int, ...]
    origin: tuple[int, ...]
    """The keys in the order that both sides started from."""
    matching: ItemMatching
    """The items of the edited version that are in the base."""
    edits: tuple[HandEdit, ...] = ()
    """What was done by hand, for people."""


class EditsTaken(NamedTuple):
    """What an outline printed before and after hand edits were taken into it."""

    before: PlanVersion
    after: PlanVersion


class MergedSides(NamedTuple):
    """What the outline should print: the keys in order, and the content of each that is not as it is in the outline now."""

    order: tuple[int, ...]
    contents: Mapping[int, Content]
    conflicts: tuple[SideConflict, ...]


def content_of(item: VersionItem) -> Content:
    """What an item shows, without its label."""
    return item.rows if isinstance(item, VersionTable) else item.text


def sides_of(
    base: PlanVersion,
    current: PlanVersion,
    edited: PlanVersion,
    *,
    by_marks: bool = True,
    earlier: EditsTaken | None = None,
) -> Sides:
    """The three versions with their items matched; the marks of `edited` count the items of `base`.

    `earlier` is what the outline printed before and after hand edits were taken into it: what it had of the file then is no edit any
    more, so that what its author does with it afterwards stands.
    """
    parts = paragraphs_of(with_units_in_place(edited, base), base)
    found = hand_edits(base, replace(edited, items=tuple(one for each in parts for one in each)), by_marks=by_marks)
    if earlier is None:
        return joined_sides(base, current, found.edited, found.matching, found.edits)
    before = joined_sides(base, earlier.before, found.edited, found.matching, found.edits)
    return _later_sides(before, _moved_on(before, earlier.after), current)


def joined_sides(
    base: PlanVersion,
    current: PlanVersion,
    edited: PlanVersion,
    matching: ItemMatching,
    edits: tuple[HandEdit, ...] = (),
) -> Sides:
    """The three versions, of which `matching` gives the items of the edited one that are in the base."""
    if [_shown(each) for each in base.items] == [_shown(each) for each in current.items]:
        ours = {at: at for at in range(len(base.items))}
    else:
        ours = _ours(base, current, edited, matching)
    keys = len(base.items)
    items = {at: SideItem(base=at) for at in range(keys)}
    our_keys: list[int] = []
    for at in range(len(current.items)):
        key = ours.get(at, -1)
        if key < 0:
            key, keys = keys, keys + 1
        items[key] = items.get(key, SideItem())._replace(current=at)
        our_keys.append(key)
    added = _added_by_both(current, edited, set(ours), matching, our_keys)
    their_keys: list[int] = []
    for at in range(len(edited.items)):
        key = matching.pairs[at].old if at in matching.pairs else added.get(at, -1)
        if key < 0:
            key, keys = keys, keys + 1
        items[key] = items.get(key, SideItem())._replace(edited=at)
        their_keys.append(key)
    return Sides(
        base=base,
        current=current,
        edited=edited,
        items=items,
        ours=tuple(our_keys),
        theirs=tuple(their_keys),
        origin=tuple(range(len(base.items))),
        matching=matching,
        edits=edits,
    )


def _moved_on(sides: Sides, version: PlanVersion) -> Sides:
    """The sides once their outline has become `version`; an item that it has word by word from the file is the file's."""
    known = set(map(content_of, sides.current.items))
    there: dict[Content, list[int]] = {}
    for key, each in sides.items.items():
        if each.current < 0 <= each.edited:
            there.setdefault(content_of(sides.edited.items[each.edited]), []).append(key)
    pairs = match_items(sides.current.items, version.items).pairs
    items = {key: each._replace(current=-1) for key, each in sides.items.items()}
    ours: list[int] = []
    for at, item in enumerate(version.items):
        content = content_of(item)
        if there.get(content) and (content not in known or at not in pairs):
            key = there[content].pop(0)
        else:
            key = sides.ours[pairs[at].old] if at in pairs else len(items)
        items[key] = items.get(key, SideItem())._replace(current=at)
        ours.append(key)
    return replace(sides, current=version, items=items, ours=tuple(ours))


def _later_sides(before: Sides, taken: Sides, current: PlanVersion) -> Sides:
    """The sides now that an outline that had taken edits of the file, so that `before` became `taken`, has become `current`.

    An item of it is the one that it was then. The words of the file that it had then, by themselves or together with its own, are
    what both started from, unless it has those of the base again; so are the places, if it had all items as in the file.
    """
    merged = merged_sides(before)
    troubled = {each.key for each in merged.conflicts}
    now = _moved_on(taken, current)
    base = [*before.base.items]
    for key, (old, at, new) in now.items.items():
        was = taken.items[key].current if key in taken.items else -1
        if min(old, at, new, was) < 0:
            continue
        theirs, then = before.edited.items[new], content_of(taken.current.items[was])
        is_taken = then == content_of(theirs) or (key not in troubled and then == merged.contents.get(key))
        if is_taken and content_of(current.items[at]) != content_of(base[old]):
            base[old] = theirs
    settled = merged_sides(taken)
    is_settled = settled.order == taken.ours and not settled.conflicts
    return replace(
        now, base=replace(before.base, items=tuple(base)), origin=before.theirs if is_settled else before.origin
    )


def _shown(item: VersionItem) -> tuple[object, ...]:
    return (content_of(item), item.level if isinstance(item, VersionLine) else -1)


def _ours(base: PlanVersion, current: PlanVersion, edited: PlanVersion, matching: ItemMatching) -> dict[int, int]:
    """The items of the base by those of the current version.

    An item that says what was not in the base, and what one item of the edited version says, is what that is: it was taken from
    there, whatever else it is like, and even if the old words now stand elsewhere.
    """
    known = {content_of(each) for each in base.items}
    here, there = (Counter(map(content_of, version.items)) for version in (current, edited))
    said = {
        content: matching.pairs[new].old if new in matching.pairs else -1
        for new, item in enumerate(edited.items)
        if (content := content_of(item)) and content not in known and here[content] == there[content] == 1
    }
    taken = {at: said[content] for at, item in enumerate(current.items) if (content := content_of(item)) in said}
    taken |= dict.fromkeys(_copies(base, current, edited, matching), -1)
    sure = {at: old for at, old in taken.items() if old >= 0}
    pairs = match_items(base.items, current.items, sure).pairs.items()
    olds = set(sure.values())
    return {new: pair.old for new, pair in pairs if new not in taken and pair.old not in olds} | sure


def _copies(base: PlanVersion, current: PlanVersion, edited: PlanVersion, matching: ItemMatching) -> Iterator[int]:
    """The items of the current version that say what one of the base says, but are a copy of it that was taken from the file.

    They stand beside what the copy stands beside in the file, and the original does not.
    """
    places = {content_of(item): at for at, item in enumerate(base.items)}
    there = {
        content: at
        for at, item in enumerate(edited.items)
        if at not in matching.pairs and (content := content_of(item)) in places and content
    }
    if not there:
        return
    here = Counter(map(content_of, current.items))
    for at, item in enumerate(current.items):
        content = content_of(item)
        if content in there and here[content] == 1:
            own = _beside(current, at)
            if own & _beside(edited, there[content]) and not own & _beside(base, places[content]):
                yield at


def _beside(version: PlanVersion, at: int) -> set[tuple[int, Content]]:
    """What stands before an item, and behind it."""
    sides = ((step, at + step) for step in (-1, 1))
    return {(step, content_of(version.items[near])) for step, near in sides if 0 <= near < len(version.items)}


def _added_by_both(
    current: PlanVersion, edited: PlanVersion, known: set[int], matching: ItemMatching, our_keys: Sequence[int]
) -> dict[int, int]:
    """The keys of items that are new in both versions and equal, by their numbers in the edited version."""
    new_here = [at for at in range(len(current.items)) if at not in known]
    new_there = [at for at in range(len(edited.items)) if at not in matching.pairs]
    if not new_here or not new_there:
        return {}
    found = match_items([current.items[at] for at in new_here], [edited.items[at] for at in new_there])
    made = {}
    for there, pair in found.pairs.items():
        here, other = current.items[new_here[pair.old]], edited.items[new_there[there]]
        if content_of(here) == content_of(other):
            made[new_there[there]] = our_keys[new_here[pair.old]]
    return made


def paragraphs_of(edited: PlanVersion, base: PlanVersion) -> list[tuple[VersionItem, ...]]:
    """What each item is in an outline: a line of the text in which a line end was typed is two, since that has paragraphs only."""
    return [tuple(_paragraphs(item, base)) for item in edited.items]


def _paragraphs(item: VersionItem, base: PlanVersion) -> Iterator[VersionItem]:
    if not isinstance(item, VersionLine) or item.role not in TEXT_ROLES:
        yield item
        return
    old = base.items[item.mark] if 0 <= item.mark < len(base.items) else None
    if "\n" not in item.text or (old is not None and "\n" in old.text):
        yield _trimmed(item)
        return
    first, *others = [each.strip() for each in item.text.split("\n") if each.strip()] or [""]
    yield replace(item, text=first)
    for each in others:
        yield replace(item, text=each, label="", level=0, role=BODY, mark=-1, copied=False, remarks=())


def _trimmed(item: VersionLine) -> VersionLine:
    """A line without the spaces typed around it, and without characters that have no width."""
    bare = item.text.translate(_WITHOUT_WIDTH).strip()
    return item if bare == item.text else replace(item, text=bare)


# both sides' changes together


def merged_sides(sides: Sides, theirs: frozenset[tuple[int, int]] = frozenset()) -> MergedSides:
    """What the outline should print. In a conflict it stays as it is, unless (key, nth) is among `theirs`."""
    contents: dict[int, Content] = {}
    conflicts: list[SideConflict] = []
    changed_here, changed_there = set(), set()
    for key, (base, current, edited) in sides.items.items():
        old = content_of(sides.base.items[base]) if base >= 0 else None
        here = content_of(sides.current.items[current]) if current >= 0 else None
        there = content_of(sides.edited.items[edited]) if edited >= 0 else None
        if old is not None and here is not None and here != old:
            changed_here.add(key)
        if old is not None and there is not None and there != old:
            changed_there.add(key)
        if there is None:
            continue
        if here is None:
            contents[key] = there
        elif old is None:  # put in by both, and changed here since
            continue
        elif there not in (old, here):
            contents[key], found = _merged(key, old, here, there, theirs)
            conflicts += found
    our_orphans, their_orphans = _orphans(sides, changed_here, changed_there)
    places = our_orphans.places | their_orphans.places
    order = merge_orders(
        sides.origin,
        sides.ours,
        sides.theirs,
        changed_by_us=changed_here | our_orphans.places,
        changed_by_them=changed_there | their_orphans.places,
    )
    troubles = [(key, _KINDS[trouble]) for key, trouble in order.conflicts]
    troubles = [(key, _UNDER.get(kind, kind) if key in places else kind) for key, kind in troubles]
    troubles += [(key, ConflictKind.NEW_HERE) for key in our_orphans.put_in]
    troubles += [(key, ConflictKind.NEW_THERE) for key in their_orphans.put_in]
    dropped = set()
    for key, kind in troubles:
        made = _of_order(sides, key, kind)
        conflicts.append(made)
        if (kind in GONE_HERE and (key, made.nth) not in theirs) or (kind in GONE_THERE and (key, made.nth) in theirs):
            dropped.add(key)
    keys = tuple(key for key in order.order if key not in dropped)
    return MergedSides(keys, contents, tuple(sorted(conflicts)))


def _orphans(sides: Sides, changed_here: set[int], changed_there: set[int]) -> tuple[Orphans, Orphans]:
    """What the outline did where the file deleted, and what the file did where the outline deleted."""
    key_of = {each.base: key for key, each in sides.items.items() if each.base >= 0}
    above = {
        key_of[at]: key_of[owner]
        for at, owner in enumerate(owners(sides.base.items))
        if owner >= 0 and (item := sides.base.items[at]) and isinstance(item, VersionLine) and item.level
    }
    known, ours, theirs = set(key_of.values()), set(sides.ours), set(sides.theirs)
    return (
        orphans(OneSide(sides.current.items, sides.ours, known, theirs, changed_here), above),
        orphans(OneSide(sides.edited.items, sides.theirs, known, ours, changed_there), above),
    )


def _merged(
    key: int, base: Content, ours: Content, theirs: Content, chosen: frozenset[tuple[int, int]]
) -> tuple[Content, list[SideConflict]]:
    """The content of an item that the file changed, and perhaps the outline too."""
    if isinstance(base, str) and isinstance(ours, str) and isinstance(theirs, str):
        return _merged_text(key, 0, base, ours, theirs, chosen)
    if isinstance(base, str) or isinstance(ours, str) or isinstance(theirs, str):
        return ours, []
    if ours == base:
        return theirs, []
    together = rows_together(base, ours, theirs)
    if together is None:
        conflict = SideConflict(key, 0, ConflictKind.ADDED, shown(base), shown(ours), shown(theirs))
        return (theirs if (key, 0) in chosen else ours), [conflict]
    rows: list[tuple[str, ...]] = []
    conflicts: list[SideConflict] = []
    for row in together:
        cells = []
        for cell in row:
            text, found = _merged_text(key, len(conflicts), *cell, chosen)
            cells.append(text)
            conflicts += found
        rows.append(tuple(cells))
    return tuple(rows), conflicts


def _merged_text(
    key: int, first: int, base: str, ours: str, theirs: str, chosen: frozenset[tuple[int, int]]
) -> tuple[str, list[SideConflict]]:
    merged = merge_texts(base, ours, theirs)
    found = [
        SideConflict(key, first + at, ConflictKind.WORDS, each.base, each.ours, each.theirs)
        for at, each in enumerate(merged.conflicts)
    ]
    taken = {at for at in range(len(found)) if (key, first + at) in chosen}
    return (merged.with_theirs(taken) if taken else merged.text), found


def _stands(items: Sequence[VersionItem], at: int) -> str:
    """Behind what an item stands."""
    before = items[at - 1] if at > 0 else None
    if before is None:
        return "在最前面"
    words = before.whole.replace("\n", " ").replace("\t", " ")
    return f"接在{words if len(words) <= _NAMED else words[: _NAMED - 1] + '…'}后面"


_NAMED = 16
"""How many characters of a line name it."""


def shown(content: Content) -> str:
    """The content of an item on one line."""
    return content if isinstance(content, str) else "；".join("｜".join(row) for row in content)


_ORDER_NTH = 1000
_KINDS = {
    OrderTrouble.WE_DELETED: ConflictKind.DELETED_HERE,
    OrderTrouble.THEY_DELETED: ConflictKind.DELETED_THERE,
    OrderTrouble.MOVED_APART: ConflictKind.PLACE,
}
_UNDER = {
    ConflictKind.DELETED_HERE: ConflictKind.UNDER_HERE,
    ConflictKind.DELETED_THERE: ConflictKind.UNDER_THERE,
}
GONE_HERE = frozenset((ConflictKind.DELETED_HERE, ConflictKind.UNDER_HERE, ConflictKind.NEW_THERE))
"""What the outline does not have, and the file has."""
GONE_THERE = frozenset((ConflictKind.DELETED_THERE, ConflictKind.UNDER_THERE, ConflictKind.NEW_HERE))


def _of_order(sides: Sides, key: int, kind: ConflictKind) -> SideConflict:
    base, current, edited = sides.items[key]
    places = ((sides.base, base), (sides.current, current), (sides.edited, edited))
    if kind is ConflictKind.PLACE:
        texts = [_stands(version.items, at) for version, at in places]
    else:
        texts = [shown(content_of(version.items[at])) if at >= 0 else "" for version, at in places]
    return SideConflict(key, _ORDER_NTH, kind, *texts)
