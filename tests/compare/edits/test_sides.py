"""Base, outline and edited file put together item by item."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from planwriter.compare.edits.sides import (
    ConflictKind,
    EditsTaken,
    MergedSides,
    Sides,
    content_of,
    joined_sides,
    merged_sides,
    sides_of,
)
from planwriter.compare.matching.match import ItemMatching, ItemPair, MatchedBy
from planwriter.compare.versions.version import PlanVersion, VersionItem, VersionLine, VersionTable
from planwriter.plan.flow import BODY
from planwriter.start.records import replace
from tests.absorbing import exact_sides, made_up, opened
from tests.random_outlines import random_outline


def version(*texts: str | tuple[tuple[str, ...], ...]) -> PlanVersion:
    items: list[VersionItem] = [
        VersionLine(role=BODY, text=each) if isinstance(each, str) else VersionTable(rows=each) for each in texts
    ]
    return PlanVersion(name="甲", items=tuple(items))


def shown(sides: Sides, made: MergedSides) -> list[object]:
    """The items in their order, as they should be."""
    found: list[object] = []
    for key in made.order:
        item = sides.items[key]
        if key in made.contents:
            found.append(made.contents[key])
        else:
            found.append(sides.current.items[item.current].text)
    return found


BASE = ("第一段说教学的事情。", "第二段说安全的事情。", "第三段说经费的事情。")


def merged(
    ours: tuple[str, ...], theirs: tuple[str, ...], chosen: set[tuple[int, int]] | None = None
) -> tuple[list[object], list[ConflictKind]]:
    sides = sides_of(version(*BASE), version(*ours), version(*theirs))
    made = merged_sides(sides, frozenset(chosen or ()))
    return shown(sides, made), [each.kind for each in made.conflicts]


def test_one_unchanged_side_gives_the_other() -> None:
    new = (BASE[2], BASE[0].replace("教学", "教研"), "全新的一段话在这里。")
    assert merged(BASE, new) == ([*new], [])
    assert merged(new, BASE) == ([*new], [])
    assert merged(new, new) == ([*new], [])


def test_changes_of_both_go_together() -> None:
    ours = (BASE[0].replace("教学", "教研"), *BASE[1:])
    theirs = (BASE[0].replace("事情", "大事"), BASE[2], BASE[1])
    assert merged(ours, theirs) == (["第一段说教研的大事。", BASE[2], BASE[1]], [])


def test_the_same_words() -> None:
    ours, theirs = (BASE[0].replace("教学", "教研"), *BASE[1:]), (BASE[0].replace("教学", "教材"), *BASE[1:])
    assert merged(ours, theirs) == ([*ours], [ConflictKind.WORDS])
    assert merged(ours, theirs, {(0, 0)}) == ([*theirs], [ConflictKind.WORDS])


def test_deleted_on_one_side_and_changed_on_the_other() -> None:
    changed = (BASE[0], BASE[1].replace("安全", "稳定"), BASE[2])
    gone = (BASE[0], BASE[2])
    assert merged(changed, gone) == ([*changed], [ConflictKind.DELETED_THERE])
    assert merged(changed, gone, {(1, 1000)})[0] == [*gone]
    assert merged(gone, changed) == ([*gone], [ConflictKind.DELETED_HERE])
    assert merged(gone, changed, {(1, 1000)})[0] == [*changed]


def test_what_both_added_is_there_once() -> None:
    new = (*BASE[:2], "两边都加了这一段话。", BASE[2])
    assert merged(new, new) == ([*new], [])


def test_what_was_taken_once_is_not_taken_again() -> None:
    """The old words stand in the outline once more, for they were copied to a place of their own: these are left."""
    theirs = (BASE[0].replace("教学", "教研"), *BASE[1:])
    for copied in ((theirs[0], BASE[0], *BASE[1:]), (BASE[0], *theirs), (*theirs, BASE[0])):
        assert merged(copied, theirs) == ([*copied], [])
    theirs = ("另外写的话。", *BASE[1:])
    matching = ItemMatching({at: ItemPair(at, MatchedBy.MARK) for at in range(3)}, frozenset(), frozenset())
    sides = joined_sides(version(*BASE), version(BASE[0], *theirs), version(*theirs), matching)
    assert shown(sides, merged_sides(sides)) == [BASE[0], *theirs]


def test_a_new_line_that_was_taken_is_new_still() -> None:
    """It is like a line that was deleted, as which it could be taken; then it would be put in once more."""
    theirs = (BASE[0], BASE[1], "第三段说经费的大事情和小事情，甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未。")
    new = PlanVersion(name="乙", items=version(*theirs).items)
    matching = ItemMatching({0: ItemPair(0, MatchedBy.TEXT), 1: ItemPair(1, MatchedBy.TEXT)}, frozenset(), frozenset())
    sides = joined_sides(version(*BASE), version(*theirs), new, matching)
    assert shown(sides, merged_sides(sides)) == [*theirs]


def test_cells() -> None:
    base, ours, theirs = ((("项目", "数"), ("图书", each)) for each in ("1", "2", "1"))
    theirs = (("名目", "数"), ("图书", "1"))
    sides = sides_of(version(base), version(ours), version(theirs))
    assert shown(sides, merged_sides(sides)) == [(("名目", "数"), ("图书", "2"))]
    more = (*base, ("仪器", "3"))
    sides = sides_of(version(base), version(ours), version(more))
    assert shown(sides, merged_sides(sides)) == [(*ours, ("仪器", "3"))]
    sides = sides_of(version(base), version(ours), version((base[0], ("仪器", "3"))))
    assert [each.kind for each in merged_sides(sides).conflicts] == [ConflictKind.WORDS]
    sides = sides_of(version(more), version((*ours, more[2])), version((more[0], more[2])))
    assert [each.kind for each in merged_sides(sides).conflicts] == [ConflictKind.ADDED]
    sides = sides_of(version(base), version(base), version(more))
    assert shown(sides, merged_sides(sides)) == [more]


def test_a_line_end_makes_two_lines() -> None:
    sides = sides_of(version(*BASE), version(*BASE), version("第一段说\n教学的事情。", *BASE[1:]))
    assert shown(sides, merged_sides(sides)) == ["第一段说", "教学的事情。", *BASE[1:]]


def test_a_matching_that_is_known() -> None:
    current = version(*BASE)
    wanted = replace(current, items=current.items[1:])
    sides = exact_sides(current, wanted)
    assert isinstance(sides, Sides) and shown(sides, merged_sides(sides)) == [*BASE[1:]]
    assert joined_sides(current, current, wanted, sides.matching).ours == sides.ours


@given(st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_what_is_copied_after_it_was_taken_stays(seed: int) -> None:
    chance = Random(seed)
    base = planned_version(seed)
    edited = made_up(chance, base, chance.randrange(1, 7), "手").version
    earlier = replace(edited, items=tuple(replace(each, mark=-1) for each in edited.items))
    items = [*earlier.items]
    at = chance.randrange(len(items))
    items.insert(chance.randrange(len(items) + 1), items[at])
    merged = merged_sides(
        both := sides_of(base, replace(earlier, items=tuple(items)), edited, earlier=EditsTaken(base, earlier))
    )
    assert (merged.order, merged.conflicts) == (both.ours, ())
    assert not any(merged.contents[key] != content_of(_here(both, key)) for key in merged.contents)


def _here(sides: Sides, key: int) -> VersionItem:
    return sides.current.items[sides.items[key].current]


def planned_version(seed: int) -> PlanVersion:
    return opened(random_outline(seed)).version()
