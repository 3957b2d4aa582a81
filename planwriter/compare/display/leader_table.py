"""The 修改对照表 of two versions: 原文 · 修改后 · 说明, for who has to agree to the changes."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.compare.display.marked_rows import item_of, marked_cells, row_pieces
from planwriter.compare.display.marked_text import Mark, only
from planwriter.compare.display.struck_copy import runs_of
from planwriter.compare.edits.difference import Difference, DifferenceKind, Differences, summary
from planwriter.compare.versions.place_names import title_of
from planwriter.compare.versions.version import VersionItem, VersionLine, VersionTable
from planwriter.plan.flow import TITLE
from planwriter.start.named_tuple import NamedTuple
from planwriter.writers.docx.marked import MarkedGrid, MarkedItem, MarkedLine, MarkedRun, Marking

HEADER = "修改对照表　送审用　不得印发"
_HEADS = ("序号", "原文", "修改后", "说明")
_SHARES = (8, 40, 40, 26)
_NONE, _GONE = (MarkedRun("（无）"),), (MarkedRun("（删去）"),)
_MOST_TOGETHER = 300
"""From so many characters on, what goes together is parted where the next item begins."""
_NAMED_ROWS = 8
"""So many rows of a table that is new or deleted are shown."""


class LeaderRow(NamedTuple):
    """A row of the table of changes."""

    old: tuple[MarkedRun, ...]
    new: tuple[MarkedRun, ...]
    remark: str


def leader_table(found: Differences) -> tuple[MarkedItem, ...]:
    """The page: title, the two versions, the table, what the table leaves out."""
    rows = list(leader_rows(found))
    title = _title(found)
    items: list[MarkedItem] = [MarkedLine("title", (MarkedRun(f"{title}\n修改对照表" if title else "修改对照表"),))]
    if not rows:
        return (*items, _said("两稿没有不同。"))
    items.append(_said(f"原稿：{found.old.name}　　现稿：{found.new.name}"))
    items.append(_said(summary(found)))
    grid: list[tuple[tuple[MarkedRun, ...], ...]] = [tuple((MarkedRun(head),) for head in _HEADS)]
    for number, (old, new, remark) in enumerate(rows, 1):
        grid.append(((MarkedRun(str(number)),), old, new, (MarkedRun(remark),)))
    items.append(MarkedGrid(tuple(grid), shares=_SHARES))
    left = sum(map(_is_format, found.changes))
    if left:
        items.append(_said(f"另有 {left} 处只改了格式，没有列出。"))
    return tuple(items)


def leader_rows(found: Differences) -> Iterator[LeaderRow]:
    """The rows: what was put in, left out or moved together is one."""
    changes = [row for row in found.changes if not _is_format(row)]
    groups: list[list[Difference]] = []
    for row in changes:
        if groups and _goes_with(found, groups[-1], row):
            groups[-1].append(row)
        else:
            groups.append([row])
    for group in groups:
        yield from _rows(found, group)


def _said(text: str) -> MarkedLine:
    return MarkedLine("table_text", (MarkedRun(text),), plain=True)


_INNER = str.maketrans("《》", "〈〉")
"""Book-title marks inside book-title marks (GB/T 15834 4.15)."""


def _title(found: Differences) -> str:
    """The title of the plan in book-title marks."""
    for item in found.new.items:
        if isinstance(item, VersionLine) and item.role == TITLE:
            inside = item.text.translate(_INNER)
            return item.text if item.text.startswith("《") else f"《{inside}》"
    return ""


def _is_format(row: Difference) -> bool:
    """True for a change of format alone."""
    return row.kind is DifferenceKind.CHANGED and not row.edits and not row.cells and not row.relabelled


def _goes_with(found: Differences, group: list[Difference], other: Difference) -> bool:
    """True if a change is one with those before it for a reader: neighbours that are new, deleted or moved together."""
    first, one = group[0], group[-1]
    if sum(len(item_of(found, row).text) for row in group) > _MOST_TOGETHER:
        first = one  # a whole chapter is a row for each item
    if one.kind is not other.kind or (one.reasons != other.reasons and other.kind is not DifferenceKind.MOVED):
        return False
    if other.kind is DifferenceKind.MOVED:
        return other.follows and not other.edits and not other.cells
    if other.kind is DifferenceKind.NEW:
        return other.new == one.new + 1 and _is_below(found, first, other)
    return other.kind is DifferenceKind.DELETED and other.old == one.old + 1 and _is_below(found, first, other)


def _is_below(found: Differences, one: Difference, other: Difference) -> bool:
    """True if a paragraph belongs to one before it: it has no label, or one of a lower level."""
    levels = [item.level if isinstance(item := item_of(found, row), VersionLine) else 0 for row in (one, other)]
    return not levels[1] or (0 < levels[0] < levels[1])


def _rows(found: Differences, group: list[Difference]) -> Iterator[LeaderRow]:
    first = group[0]
    if first.kind is DifferenceKind.MOVED:
        yield _moved(found, group)
    elif first.kind is DifferenceKind.NEW:
        yield LeaderRow(_NONE, _whole(found, group, Marking.PUT_IN), _path(found, first))
    elif first.kind is DifferenceKind.DELETED:
        yield LeaderRow(_whole(found, group, Marking.STRUCK), _GONE, _path(found, first))
    elif first.cells:
        for cell in marked_cells(found, first):
            old, new = only(cell.pieces, Mark.OUT), only(cell.pieces, Mark.IN)
            yield LeaderRow(runs_of(old) or _NONE, runs_of(new) or _GONE, _remark(first, (cell.where,)))
    else:
        pieces = row_pieces(found, first, short=True)
        yield LeaderRow(runs_of(only(pieces, Mark.OUT)), runs_of(only(pieces, Mark.IN)), _remark(first, first.reasons))


def _moved(found: Differences, group: list[Difference]) -> LeaderRow:
    first = group[0]
    old = found.old.items[first.old]
    more = f"（等 {len(group)} 段）" if len(group) > 1 else ""
    reasons = ("移动", *(each for each in first.reasons if each != "移动"))
    if first.edits:
        pieces = row_pieces(found, first, short=True)
        return LeaderRow(
            (*runs_of(only(pieces, Mark.OUT)), *_more(more)),
            (*runs_of(only(pieces, Mark.IN)), *_more(more)),
            f"由“{first.was}”移来；{_remark(first, reasons)}",
        )
    here = (MarkedRun(_opening(old), Marking.GONE), *_more(more))
    there = (MarkedRun(_opening(found.new.items[first.new]), Marking.COME), *_more(more))
    return LeaderRow(here, there, _move(found, first))


def _move(found: Differences, row: Difference) -> str:
    """From where to where a paragraph was moved; its title stands beside."""
    title = title_of(item) if isinstance(item := found.new.items[row.new], VersionLine) else ""
    places = [place.removesuffix(title) for place in (row.was, row.where)]
    if all(places) and places[0] != places[1]:
        return f"由{places[0]}移到{places[1]}"
    return f"移到“{row.behind}”后面" if row.behind else "移到开头"


def _path(found: Differences, row: Difference) -> str:
    """What was done to a paragraph whose title stands beside, and the labels of its place: 新增（二、7.）"""
    item = item_of(found, row)
    place = row.where.removesuffix(title_of(item)) if isinstance(item, VersionLine) else row.where
    return f"{row.reasons[0]}（{place.strip()}）" if place.strip() else row.reasons[0]


def _more(words: str) -> tuple[MarkedRun, ...]:
    return (MarkedRun(words),) if words else ()


def _opening(item: VersionItem) -> str:
    """The first sentence of a paragraph."""
    if isinstance(item, VersionTable):
        return "表：" + "　".join(item.rows[0] if item.rows else ())
    label = item.label if isinstance(item, VersionLine) else ""
    end = item.text.find("。") + 1
    return label + (item.text[:end] + "……" if 0 < end < len(item.text) else item.text)


def _whole(found: Differences, group: list[Difference], marking: Marking) -> tuple[MarkedRun, ...]:
    """The paragraphs of a group, one under the other."""
    texts = []
    for row in group:
        item = item_of(found, row)
        if isinstance(item, VersionTable):
            shown = ["　".join(cells) for cells in item.rows[:_NAMED_ROWS]]
            texts.append("\n".join((*shown, *(["……"] if len(item.rows) > _NAMED_ROWS else []))))
        else:
            texts.append("".join(piece.text for piece in row_pieces(found, row)))
    return (MarkedRun("\n".join(texts), marking),)


def _remark(row: Difference, reasons: tuple[str, ...]) -> str:
    said = "；".join(reasons) or "文字修改"
    doubt = "（是不是同一段，请核对）" if row.doubtful else ""
    return f"{row.where}：{said}{doubt}"
