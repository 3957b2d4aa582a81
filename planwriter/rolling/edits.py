"""Edits of an outline's characters: an entry emptied, moved, removed or made a comment, a value set; and remarks above lines."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator

from planwriter.rolling.words import Doubt
from planwriter.source.edit import Uneditable, Value, patches_for
from planwriter.source.nodes import Mapping, Node, Scalar, Sequence
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex

_INDENT = regex(" *")
REMARK = "# 待核："
"""How a remark begins, which stands on the line above what is to be decided."""


class Edit(NamedTuple):
    """The characters from `start` to before `end` become `text`; `what` is the kind of change in the writer's words."""

    start: int
    end: int
    text: str
    what: str


def set_value(into: Mapping, value: dict[str, Value], what: str) -> Iterator[Edit]:
    """The edits that lay values over a mapping below the outermost one. Raises Uneditable."""
    return (Edit(*patch, what) for patch in patches_for(into, value))


def emptied(into: Mapping, key: str, what: str) -> Edit:
    """The edit that takes the value of an entry away and leaves its key. Raises Uneditable."""
    start, raw = _typed(into, key)
    return Edit(start, start + len(raw), "", what)


def key_moved(into: Mapping, key: str, year: str, what: str) -> Edit:
    """The edit that gives an entry with the key 2026 or 2026年 another year."""
    span = into.keys[key].span
    at = span.start + span.raw.index(key[:4])
    return Edit(at, at + 4, year, what)


def entries_removed(into: Mapping, keys: Collection[str], what: str) -> list[Edit]:
    """The edits that take some entries out: those in braces go, the lines of others become comments. Raises Uneditable."""
    if into.span.raw[:1] != "{":
        return [commented(into, key, what) for key in into.keys if key in keys]
    text, names = into.span.source.text, [*into.keys]
    last = max((at for at, key in enumerate(names) if key not in keys), default=-1)
    ranges = [
        (into.keys[key].span.start, into.keys[names[at + 1]].span.start)
        for at, key in enumerate(names[: max(last, 0)])
        if key in keys
    ]
    if last + 1 < len(names):
        first = into.keys[names[last + 1]].span.start
        begin = text.rindex(",", into.keys[names[last]].span.end, first) if last >= 0 else first
        start, raw = _typed(into, names[-1])
        ranges.append((begin, start + len(raw)))
    if any("#" in text[begin:end] for begin, end in ranges):
        raise Uneditable("里面有注释")
    return [Edit(begin, end, "", what) for begin, end in ranges]


def commented(into: Mapping, key: str, what: str, note: str = "") -> Edit:
    """The edit that makes a comment of an entry's lines; with a note, of the key and the note. Raises Uneditable."""
    start, raw = _typed(into, key)
    at = into.keys[key].span.start
    text = into.span.source.text
    indent = text[text.rfind("\n", 0, at) + 1 : at]
    if indent.strip():
        raise Uneditable("它和别的内容写在一行上")
    body = text[at : start + len(raw)]
    if note:
        return Edit(at, start + len(raw), f"# {key}: {note}", what)
    lines = body.split("\n")
    kept = [f"{indent}# {line.removeprefix(indent)}" for line in lines[1:]]
    return Edit(at, start + len(raw), "\n".join((f"# {lines[0]}", *kept)), what)


def _typed(into: Mapping, key: str) -> tuple[int, str]:
    """Where the value of an entry begins, and what was typed there. Raises Uneditable."""
    node = into.entries[key]
    if node.span.start < into.keys[key].span.start:
        raise Uneditable("它的值是用 * 从别处引来的")
    raw = node.span.raw.rstrip()
    if raw[:1] == "&":
        raise Uneditable("它带着 & 记号，别处可能引用它")
    return node.span.start, raw


def anchors(node: Node) -> list[int]:
    """The places, in order, at whose lines an entry or an item outside of braces begins: a comment can stand above each."""
    found: set[int] = set()
    _collect(node, found)
    return sorted(found)


def _collect(node: Node, found: set[int]) -> None:
    if isinstance(node, Mapping) and node.span.raw[:1] != "{":
        for key, each in node.entries.items():
            found.add(node.keys[key].span.start)
            _collect(each, found)
    elif isinstance(node, Sequence) and node.span.raw[:1] != "[":
        for item in node.items:
            found.add(item.span.start)
            if not isinstance(item, Scalar):
                _collect(item, found)


def remarks(text: str, places: list[int], doubts: Iterable[Doubt]) -> Iterator[Edit]:
    """The comments for doubts, above the lines of their entries; one that stands there already is not written again."""
    seen: set[tuple[int, str]] = set()
    for at, note in doubts:
        here = bisect_right(places, at) - 1
        start = text.rfind("\n", 0, places[max(here, 0)]) + 1 if places else 0
        line = f"{REMARK}{' '.join(note.split())}"
        if (start, line) in seen or _stands_above(text, start, line):
            continue
        seen.add((start, line))
        indent = _INDENT.match(text, start)
        yield Edit(start, start, f"{indent.group() if indent else ''}{line}\n", "待核")


_MOST_ABOVE = 50


def _stands_above(text: str, start: int, line: str) -> bool:
    end = start
    for _ in range(_MOST_ABOVE):
        begin = text.rfind("\n", 0, max(end - 1, 0)) + 1
        above = text[begin : max(end - 1, 0)].strip()
        if end == 0 or not above.startswith("#"):
            return False
        if above == line:
            return True
        end = begin
    return False
