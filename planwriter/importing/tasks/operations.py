"""Changes of an outline's file: values set, entries and blocks taken out or added; as characters, and as values to compare."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from planwriter.importing.tasks.into import Path, items_of
from planwriter.source.decode import decode
from planwriter.source.edit import Patch, Plain, Uneditable, overlaid, patched, plain
from planwriter.source.edit_items import insert_items, remove_entry, remove_item, set_entry
from planwriter.source.keys import OUTLINE_KEYS
from planwriter.source.load import load_tree
from planwriter.source.nodes import Mapping, Node
from planwriter.source.nodes import Sequence as List
from planwriter.start.records import dataclass


@dataclass(frozen=True, slots=True)
class SetValue:
    """A value of the mapping at `path` is set."""

    path: Path
    key: str
    value: str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DropEntry:
    """An entry of the mapping at `path` is taken out."""

    path: Path
    key: str


@dataclass(frozen=True, slots=True)
class RemoveItem:
    """An item of the list at `path` is taken out."""

    path: Path
    index: int


@dataclass(frozen=True, slots=True)
class AddItems:
    """Items, given as lines, are added before the item `index` of the list at `path`."""

    path: Path
    index: int
    lines: tuple[str, ...]


Operation: TypeAlias = SetValue | DropEntry | RemoveItem | AddItems


def node_at(tree: Node, path: Path) -> Node:
    """The node at the end of a path."""
    for step in path:
        if isinstance(tree, Mapping):
            tree = tree.entries[str(step)]
        else:
            assert isinstance(tree, List)
            tree = tree.items[int(step)]
    return tree


def operated(data: bytes, tree: Mapping, operations: Sequence[Operation]) -> bytes:
    """The file `data`, read as `tree`, with the operations applied; every other byte stays. Raises Uneditable."""
    if decode(data, "").value != tree.span.source.text:
        raise Uneditable("提纲里还有写法上的错，要先改好")
    removed = {(each.path, each.index) for each in operations if isinstance(each, RemoveItem)}
    patches = [patch for each in operations for patch in _patches(tree, each, removed)]
    if not patches:
        return data
    made = patched(data, patches)
    again = load_tree(made, "", OUTLINE_KEYS)
    if again.value is None or plain(again.value) != _expected(tree, operations):
        raise Uneditable("改了它会牵动别处")
    return made


def _patches(tree: Mapping, operation: Operation, removed: set[tuple[Path, int]]) -> Iterable[Patch]:
    node = node_at(tree, operation.path)
    if isinstance(operation, SetValue | DropEntry):
        assert isinstance(node, Mapping)
        if isinstance(operation, DropEntry):
            return [remove_entry(node, operation.key)]
        return set_entry(node, operation.key, _value(operation))
    assert isinstance(node, List)
    if isinstance(operation, RemoveItem):
        return [remove_item(node, operation.index)]
    index = operation.index
    while index and (operation.path, index - 1) in removed:
        index -= 1
    return [insert_items(node, index, operation.lines)]


def _value(operation: SetValue) -> str | list[str]:
    return operation.value if isinstance(operation.value, str) else [*operation.value]


def _expected(tree: Mapping, operations: Sequence[Operation]) -> Plain:
    """The values of the tree after the operations: first those in mappings, then lists, the inner ones first."""
    whole = plain(tree)
    for each in operations:
        if isinstance(each, SetValue | DropEntry):
            into = _at(whole, each.path)
            assert isinstance(into, dict)
            if isinstance(each, SetValue):
                into[each.key] = overlaid(None, _value(each))
            else:
                into.pop(each.key, None)
    paths = {each.path for each in operations if isinstance(each, RemoveItem | AddItems)}
    for path in sorted(paths, key=len, reverse=True):
        items = _at(whole, path)
        assert isinstance(items, list)
        removed = {each.index for each in operations if isinstance(each, RemoveItem) and each.path == path}
        made: list[Plain] = []
        for at in range(len(items) + 1):
            for each in operations:
                if isinstance(each, AddItems) and each.path == path and each.index == at:
                    made += items_of([*each.lines])
            if at < len(items) and at not in removed:
                made.append(items[at])
        items[:] = made
    return whole


def _at(whole: Plain, path: Path) -> Plain:
    for step in path:
        whole = whole[step]  # type: ignore[index]
    return whole
