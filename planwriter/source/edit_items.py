"""Adds blocks to an author's YAML file and takes blocks out of it: only whole lines change, comments and layout stay."""

from __future__ import annotations

from collections.abc import Sequence as Lines

from planwriter.source.edit import Patch, Uneditable, is_flow, put, quoted
from planwriter.source.edit_text import text_patches
from planwriter.source.keys import BLOCK_HEADS
from planwriter.source.nodes import Mapping, Node, Scalar, Sequence

_ORDER = (*BLOCK_HEADS, "参数", "变体", "编号", "题式", "标识", "文", "责任单位", "配合单位", "时限", "备注", "内容")
"""The entries of a block in the order in which a new one takes its place."""
_ANCHORS = ("&", "!", "*")


def node_end(node: Node, least: int = 0) -> int:
    """The index behind the last character that was typed for a node, which ends behind `least`."""
    if isinstance(node, Mapping):
        if is_flow(node):
            return max(least, node.span.start + len(node.span.raw.rstrip()))
        for key, value in node.entries.items():
            least = node_end(value, max(least, node.keys[key].span.end))
        return least
    if isinstance(node, Sequence) and node.span.raw[:1] != "[":
        for item in node.items:
            least = node_end(item, least)
        return least
    return max(least, node.span.start + len(node.span.raw.rstrip()))


def item_start(node: Node) -> int:
    """The index at which an item of a list begins, behind its dash."""
    if isinstance(node, Mapping) and node.keys and not is_flow(node):
        return next(iter(node.keys.values())).span.start
    return node.span.start


def line_start(text: str, at: int) -> int:
    """The index at which the line of a character begins."""
    return text.rfind("\n", 0, at) + 1


def line_end(text: str, at: int) -> int:
    """The index at which the line of a character ends, before its line break."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def dash_of(text: str, item: Node) -> tuple[int, str]:
    """The start of the line on which an item of a list begins, and what stands before its dash. Raises Uneditable."""
    at = item_start(item)
    start = line_start(text, at)
    before = text[start:at]
    if before.strip() != "-":
        raise Uneditable("这一块没有另起一行写，前面还有别的字")
    return start, before[: len(before) - len(before.lstrip(" "))]


def is_block_list(node: Node | None) -> bool:
    """True for a list whose items stand on lines of their own, each behind a dash."""
    return isinstance(node, Sequence) and bool(node.items) and node.span.raw[:1] not in ("[", *_ANCHORS)


def insert_items(items: Sequence, index: int, lines: Lines[str]) -> Patch:
    """New items, as `lines` without indentation, before the item `index` of a list; behind the last if there is none."""
    if not is_block_list(items):
        raise Uneditable("这里的“内容”不是一行一块的列表")
    text = items.span.source.text
    if index == 0:
        start, indent = dash_of(text, items.items[0])
        return Patch(start - 1, start - 1, "".join(f"\n{indent}{line}" if line else "\n" for line in lines))
    before = items.items[index - 1]
    _, indent = dash_of(text, before)
    end = line_end(text, node_end(before, item_start(before)))
    return Patch(end, end, "".join(f"\n{indent}{line}" if line else "\n" for line in lines))


def add_list(into: Mapping, key: str, lines: Lines[str]) -> Patch:
    """A list of new items under a key that the mapping does not have, or for which nothing was typed."""
    if is_flow(into) or into.span.raw[:1] in _ANCHORS:
        raise Uneditable("这一块写在一行的花括号里")
    text = into.span.source.text
    first = next(iter(into.keys.values())).span.start
    indent = " " * (first - line_start(text, first))
    items = "".join(f"\n{indent}  {line}" if line else "\n" for line in lines)
    if key in into.entries:
        node = into.entries[key]
        colon = text.index(":", into.keys[key].span.end) + 1
        end = line_end(text, colon)
        is_empty_list = isinstance(node, Sequence) and not node.items and node.span.raw.replace(" ", "") == "[]"
        if is_empty_list:
            return Patch(colon, node.span.start + len(node.span.raw.rstrip()), items)
        if not (isinstance(node, Scalar) and node.empty):
            raise Uneditable("这里的“内容”是一段文字")
        return Patch(end, end, items)
    end = line_end(text, node_end(into))
    return Patch(end, end, f"\n{indent}{key}:{items}")


def remove_entry(into: Mapping, key: str) -> Patch:
    """Takes an entry that stands on lines of its own out of a mapping."""
    text, name = into.span.source.text, into.keys[key].span
    start = line_start(text, name.start)
    if is_flow(into) or text[start : name.start].strip() or len(into.entries) < 2:
        raise Uneditable("它和别的键写在同一行")
    node = into.entries[key]
    return _lines_out(text, start, line_end(text, node_end(node, name.end)))


def _lines_out(text: str, start: int, end: int) -> Patch:
    """Takes whole lines out, with the line end before them, so that lines can be added before and behind them."""
    return Patch(start - 1, end, "") if start else Patch(0, min(end + 1, len(text)), "")


def set_entry(into: Mapping, key: str, value: str | list[str]) -> list[Patch]:
    """Sets a value; a text over several lines is changed only where it differs, and a list of lines is written anew."""
    node = into.entries.get(key)
    before = [each for each in into.entries if each in _ORDER[: _ORDER.index(key)]] if key in _ORDER else []
    if node is None and not is_flow(into) and before and before[-1] != [*into.entries][-1]:
        return [_behind_entry(into, before[-1], key, value)]
    try:
        return put(into, {key: value if isinstance(value, str) else [*value]})
    except Uneditable:
        if isinstance(node, Scalar) and isinstance(value, str):
            return text_patches(node, value)
        if isinstance(node, Sequence) and is_block_list(node):
            return [_rewritten(into, key, node, value)]
        raise


def _behind_entry(into: Mapping, other: str, key: str, value: str | list[str]) -> Patch:
    """A new entry on a line of its own behind another one."""
    text, name = into.span.source.text, into.keys[other].span
    first = next(iter(into.keys.values())).span.start
    if other != next(iter(into.keys)) and text[line_start(text, name.start) : name.start].strip():
        raise Uneditable("前面没有地方写")
    end = line_end(text, node_end(into.entries[other], name.end))
    indent = " " * (first - line_start(text, first))
    shown = (
        quoted(value, flow=False)
        if isinstance(value, str)
        else f"[{', '.join(quoted(each, flow=True) for each in value)}]"
    )
    return Patch(end, end, f"\n{indent}{key}: {shown}")


def _rewritten(into: Mapping, key: str, node: Sequence, value: str | list[str]) -> Patch:
    """A list of texts, each on a line of its own, with other texts; a single text stands behind the key."""
    text = node.span.source.text
    end = node_end(node)
    if "#" in text[into.keys[key].span.end : end] or not all(isinstance(item, Scalar) for item in node.items):
        raise Uneditable("原来的值写在几行上，还有注释")
    if isinstance(value, str):
        colon = text.index(":", into.keys[key].span.end) + 1
        return Patch(colon, end, f" {quoted(value, flow=False)}")
    start, indent = dash_of(text, node.items[0])
    return Patch(start, end, "\n".join(f"{indent}- {quoted(each, flow=False)}" for each in value))
