"""Changes of an outline's file, each by itself, such as a row of an edited table asks for; and the file with several of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from planwriter.source.changes import Arrange, Change, Drop, Item, Path, SetEntry, changed_file, node_at
from planwriter.source.nodes import Mapping
from planwriter.source.nodes import Sequence as List
from planwriter.start.records import dataclass


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


Operation: TypeAlias = SetEntry | Drop | RemoveItem | AddItems


def operated(data: bytes, tree: Mapping, operations: Sequence[Operation]) -> bytes:
    """The file `data`, read as `tree`, with the operations applied; every other byte stays. Raises Uneditable."""
    settings: list[Change] = [each for each in operations if isinstance(each, SetEntry | Drop)]
    lists = [each for each in operations if isinstance(each, RemoveItem | AddItems)]
    return changed_file(data, tree, [*settings, *_arranged(tree, lists)])


def _arranged(tree: Mapping, operations: Sequence[RemoveItem | AddItems]) -> Iterator[Arrange]:
    """What each list has after the items are taken out and added."""
    for path in dict.fromkeys(each.path for each in operations):
        node = node_at(tree, path)
        assert isinstance(node, List)
        here = [each for each in operations if each.path == path]
        removed = {each.index for each in here if isinstance(each, RemoveItem)}
        items: list[Item] = []
        for at in range(len(node.items) + 1):
            items += [each.lines for each in here if isinstance(each, AddItems) and each.index == at]
            if at < len(node.items) and at not in removed:
                items.append((*path, at))
        yield Arrange(path, tuple(items))
