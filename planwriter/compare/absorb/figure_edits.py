"""Figures edited by hand where a text of the outline cites a target: told apart from all other edits, to be decided one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from planwriter.compare.absorb.outline_nodes import OutlineMap
from planwriter.compare.absorb.retyping import TypedEdit, text_edits
from planwriter.compare.edits.sides import Content, MergedSides, Sides, content_of
from planwriter.compare.versions.version import Value, VersionLine
from planwriter.compare.words.units import units
from planwriter.language.figures import AFTER, BEFORE
from planwriter.plan.flow import Grid
from planwriter.source.nodes import Scalar
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex

_TARGET = regex(r"指标(?:\s*\.\s*(\w+)|\['([^']+)'\])(?:\s*\.\s*(值|数)|\s*\.\s*年\(\s*(\d{4})\s*\))?")
_CITES = regex(r"指标\s*[.\[]")
_PARAMETER = regex(r"参数\s*\.\s*(\w+)")
_HOLE = regex(r"\{\{\s*([^{}]+?)\s*\}\}")


class FigureEdit(NamedTuple):
    """A figure that was edited: in which item, what cites it, what it was and is."""

    key: int
    nth: int
    """Its number in the item."""
    target: str
    """The key of the target; "" if the figure is computed otherwise, so that it cannot be set."""
    path: tuple[str, ...]
    """What of the target is shown: 数值, or 分年 and the year."""
    before: str
    after: str
    line: int


class FiguresApart(NamedTuple):
    """The merged contents without the figures that are not to be changed where they stand, and all edited figures."""

    merged: MergedSides
    figures: tuple[FigureEdit, ...]


def figures_apart(
    sides: Sides, merged: MergedSides, outline: OutlineMap, here: frozenset[tuple[int, int]] | None
) -> FiguresApart:
    """Edited figures; those of which (key, nth) is in `here` are changed where they stand, all of them if it is None."""
    contents: dict[int, Content] = dict(merged.contents)
    found: list[FigureEdit] = []
    for key, new in merged.contents.items():
        at = sides.items[key].current
        if at < 0:
            continue
        item = sides.current.items[at]
        if isinstance(item, VersionLine) and isinstance(new, str) and item.values:
            contents[key] = _of_line(item, new, key, item.place, found, here, _arguments(outline, at))
        elif not isinstance(new, str):
            contents[key] = _of_table(outline, at, content_of(item), new, key, found, here, item.place)
    return FiguresApart(merged._replace(contents=contents), tuple(found))


def cited_elsewhere(sides: Sides, figure: FigureEdit, figures: Sequence[FigureEdit]) -> bool:
    """True if a text cites the same value and does not show the new figure in the edited version."""
    alike = Counter(each.key for each in figures if each[2:4] == figure[2:4] and each.after == figure.after)
    for key, (_, current, _) in sides.items.items():
        item = sides.current.items[current] if current >= 0 else None
        if isinstance(item, VersionLine) and item.values:
            cited = sum(_cited(each.typed)[0] == figure.target for each in item.values)
            if cited > alike[key]:
                return True
    return False


def _cited(typed: str) -> tuple[str, tuple[str, ...]]:
    match = _TARGET.fullmatch(typed.strip())
    if match is None:
        return "", ()
    return match[1] or match[2], ("分年", match[4]) if match[4] else ("数值",)


def _arguments(outline: OutlineMap, at: int) -> Mapping[str, str]:
    """What the use of a clause that an item comes from gives to its parameters, as typed."""
    block = outline.of_line[at]
    if block is None or block.head != "用":
        return {}
    from planwriter.source.nodes import Mapping as MappingNode

    node = outline.node((*block.path, "参数"))
    entries = node.entries if isinstance(node, MappingNode) else {}
    return {name: each.value for name, each in entries.items() if isinstance(each, Scalar)}


def _of_line(
    item: VersionLine,
    new: str,
    key: int,
    place: int,
    found: list[FigureEdit],
    here: frozenset[tuple[int, int]] | None,
    arguments: Mapping[str, str],
) -> str:
    edits = [part for each in text_edits(item.text, new) for part in _parted(each, item)]
    left: set[TypedEdit] = set()
    nth = 0
    for value in item.values:
        typed = _resolved(value, arguments)
        if not _CITES.search(typed):
            continue
        touching = [each for each in edits if _touches(each, value)]
        if not touching:
            continue
        touching += [each for each in edits if _bounds(each, value)]
        low = min(value.start, *(each.start for each in touching))
        high = max(value.end, *(each.end for each in touching))
        target, path = _cited(typed)
        after = _applied(item.text, low, high, touching)
        if not any(map(str.isdigit, after)):  # it is gone, as other words are
            continue
        figure = FigureEdit(key, nth, target, path, item.text[low:high], after, place)
        found.append(figure)
        if here is not None and (key, nth) not in here:
            left.update(touching)
        nth += 1
    return _applied(item.text, 0, len(item.text), [each for each in edits if each not in left]) if left else new


def _parted(edit: TypedEdit, item: VersionLine) -> Iterator[TypedEdit]:
    """An edit of a figure and of words beside it as two or three, if it is clear which characters are the new figure."""
    old, new = item.text[edit.start : edit.end], edit.new
    figures = [[each for each in _spans(text) if text[each[0]].isdigit()] for text in (old, new)]
    inside = [each for each in item.values if _touches(edit, each)]
    is_clear = len(figures[0]) == len(figures[1]) == len(inside) == 1
    if not is_clear or (inside[0].start <= edit.start and edit.end <= inside[0].end):
        yield edit
        return
    (start, end), (new_start, new_end) = figures[0][0], figures[1][0]
    before, after = new[:new_start], new[new_end:]
    first, last = max(inside[0].start - edit.start, 0), min(inside[0].end - edit.start, len(old))
    head, tail = old[first:start], old[end:last]
    if not before.endswith(head) or not after.startswith(tail) or first > start or last < end:
        yield edit
        return
    yield TypedEdit(edit.start, edit.start + first, before[: len(before) - len(head)])
    yield TypedEdit(edit.start + start, edit.start + end, new[new_start:new_end])
    yield TypedEdit(edit.start + last, edit.end, after[len(tail) :])


def _spans(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for unit in units(text):
        yield at, at + len(unit)
        at += len(unit)


def _resolved(value: Value, arguments: Mapping[str, str]) -> str:
    """What is typed for a value: for a parameter of a clause, what the outline gives for it."""
    named = _PARAMETER.fullmatch(value.typed.strip())
    given = arguments.get(named[1], "") if named else ""
    hole = _HOLE.fullmatch(given.strip())
    return hole[1] if hole else value.typed


def _touches(edit: TypedEdit, value: Value) -> bool:
    if edit.start == edit.end:
        return value.start < edit.start < value.end
    return edit.start < value.end and edit.end > value.start


def _bounds(edit: TypedEdit, value: Value) -> bool:
    """True for a bound put in beside a figure, such as 以上: with a figure that is edited it is one edit."""
    if edit.start != edit.end or not edit.new:
        return False
    return (edit.start == value.end and edit.new in AFTER) or (edit.start == value.start and edit.new in BEFORE)


def _applied(text: str, low: int, high: int, edits: Sequence[TypedEdit]) -> str:
    made, at = [], low
    for edit in sorted(edits):
        made += [text[at : edit.start], edit.new]
        at = edit.end
    return "".join((*made, text[at:high]))


def _of_table(
    outline: OutlineMap,
    at: int,
    old: Content,
    new: Content,
    key: int,
    found: list[FigureEdit],
    here: frozenset[tuple[int, int]] | None,
    place: int,
) -> Content:
    item = outline.items[at]
    table = item.block if isinstance(item, Grid) else None
    if table is None or isinstance(old, str) or isinstance(new, str) or [*map(len, old)] != [*map(len, new)]:
        return new
    rows = [[*row] for row in new]
    nth = 0
    for texts, before, row in zip(table.rows, old, rows, strict=True):
        for column, text in enumerate(texts):
            typed = text.filling.typed if text.filling else ""
            if before[column] == row[column] or not _CITES.search(typed):
                continue
            hole = _HOLE.fullmatch(typed.strip())
            target, path = _cited(hole[1]) if hole else ("", ())
            found.append(FigureEdit(key, nth, target, path, before[column], row[column], place))
            if here is not None and (key, nth) not in here:
                row[column] = before[column]
            nth += 1
    return tuple(map(tuple, rows))
