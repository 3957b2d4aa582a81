"""Applies remedies to an author's YAML file: only the characters they name change, and the file is read again to prove it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from planwriter.findings.finding import Replacement
from planwriter.source.decode import decode
from planwriter.source.edit import Patch, Uneditable, codec_of, patched
from planwriter.source.load import load_tree
from planwriter.source.nodes import Mapping, Node, Scalar
from planwriter.source.nodes import Sequence as List

Remedy: TypeAlias = tuple[Replacement, ...]


def apply_remedies(data: bytes, remedies: Sequence[Remedy], known_keys: frozenset[str]) -> tuple[bytes, list[Remedy]]:
    """The file with those of the remedies that can be applied, and which they are.

    Of two that overlap, the first is applied. A remedy is left out if its old text does not stand at its place, or if
    something else than the values at its place would be read differently.
    """
    for remedy in remedies:
        if not remedy[0].pos.line:
            return _converted(data, remedy)
    lines = decode(data, "").value.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    chosen: list[tuple[Remedy, list[Patch]]] = []
    taken: list[Patch] = []
    for remedy in remedies:
        patches = _patches(remedy, lines, starts)
        if patches and not _overlap(patches, taken):
            taken = sorted((*taken, *patches))
            chosen.append((remedy, patches))
    try:
        codec_of(data)
    except Uneditable:
        return data, []
    if not chosen:
        return data, []
    made, applied = _that_read_back(data, load_tree(data, "", known_keys).value, chosen, known_keys)
    return made, [remedy for remedy, _ in applied]


def _converted(data: bytes, remedy: Remedy) -> tuple[bytes, list[Remedy]]:
    """The file in a different encoding, if that loses nothing."""
    _, old, new = remedy[0]
    try:
        text = data.decode(old)
        return (text.encode(new), [remedy]) if text.encode(old) == data else (data, [])
    except UnicodeError:
        return data, []


def _patches(remedy: Remedy, lines: list[str], starts: list[int]) -> list[Patch]:
    """Where the characters of a remedy stand; nothing if one of its old texts does not."""
    made = []
    for pos, old, new in remedy:
        column = pos.column - 1
        if not 0 < pos.line <= len(lines) or not 0 <= column <= len(lines[pos.line - 1]):
            return []
        if not lines[pos.line - 1].startswith(old, column):
            return []
        at = starts[pos.line - 1] + column
        made.append(Patch(at, at + len(old), new))
    return made


def _overlap(patches: list[Patch], taken: list[Patch]) -> bool:
    """True if one of `patches` touches characters or a place that one of `taken`, which is in order, touches too."""
    for patch in patches:
        at = bisect_left(taken, patch)
        if any(patch.start <= each.end and each.start <= patch.end for each in taken[max(at - 1, 0) : at + 1]):
            return True
    return False


_Chosen: TypeAlias = tuple[Remedy, list[Patch]]


def _that_read_back(
    data: bytes, before: Mapping | None, chosen: list[_Chosen], known_keys: frozenset[str]
) -> tuple[bytes, list[_Chosen]]:
    """The file with all of the chosen remedies or, if it does not read back, with those of each half that do."""
    made = patched(data, [patch for _, patches in chosen for patch in patches])
    after = load_tree(made, "", known_keys).value
    if _reads_back(before, after, [remedy for remedy, _ in chosen]):
        return made, chosen
    if len(chosen) == 1:
        return data, []
    half = len(chosen) // 2
    first = _that_read_back(data, before, chosen[:half], known_keys)
    second = _that_read_back(data, before, chosen[half:], known_keys)
    both = [*first[1], *second[1]]
    if first[1] and second[1] and len(both) < len(chosen):
        return _that_read_back(data, before, both, known_keys)
    return first if first[1] else second


def _reads_back(before: Mapping | None, after: Mapping | None, remedies: list[Remedy]) -> bool:
    """True if the two readings of a file differ in nothing but the values in which a remedy stands."""
    if before is None or after is None:
        return before is None
    places = sorted((pos.line, pos.column) for remedy in remedies for pos, _, _ in remedy)
    return all(each is not None and _stands_in(each, places) for each in _differences(before, after))


def _stands_in(node: Scalar, places: list[tuple[int, int]]) -> bool:
    source = node.span.source
    first, last = source.pos(node.span.start), source.pos(node.span.end)
    at = bisect_left(places, (first.line, first.column))
    return at < len(places) and places[at] <= (last.line, last.column)


def _differences(before: Node, after: Node) -> Iterator[Scalar | None]:
    """The texts and keys of `before` that are read differently in `after`; None for a difference in structure."""
    if isinstance(before, Scalar) and isinstance(after, Scalar):
        if before.value != after.value or before.empty != after.empty:
            yield before
    elif isinstance(before, List) and isinstance(after, List) and len(before.items) == len(after.items):
        for one, two in zip(before.items, after.items, strict=True):
            yield from _differences(one, two)
    elif isinstance(before, Mapping) and isinstance(after, Mapping) and len(before.entries) == len(after.entries):
        for first, second in zip(before.entries, after.entries, strict=True):
            if first != second:
                yield before.keys[first]
            yield from _differences(before.entries[first], after.entries[second])
    else:
        yield None
