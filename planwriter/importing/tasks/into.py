"""Puts tasks under a 章 of an author's outline: the new lines are added, and every other byte stays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planwriter.findings.catalogue import finding, near
from planwriter.findings.finding import Result
from planwriter.importing.tasks.content import without_label
from planwriter.importing.write import blocks_yaml
from planwriter.model import Level
from planwriter.source.changes import Path, items_of
from planwriter.source.decode import decode
from planwriter.source.edit import Plain, Uneditable, patched, plain
from planwriter.source.edit_items import add_list, insert_items, is_block_list
from planwriter.source.keys import OUTLINE_KEYS
from planwriter.source.load import load_tree
from planwriter.source.nodes import Mapping, Node, Scalar, Sequence
from planwriter.start.named_tuple import NamedTuple

if TYPE_CHECKING:
    from planwriter.importing.tasks.blocks import TaskPlan


class Chapter(NamedTuple):
    """A 章 of an outline."""

    path: Path
    node: Mapping
    title: str

    @property
    def inner(self) -> Level:
        """The level of what is added to it: that of the blocks in it, 节 if it has none."""
        children = self.node.entries.get("内容")
        items = children.items if isinstance(children, Sequence) else ()
        heads = {key for item in items if isinstance(item, Mapping) for key in item.entries}
        return Level.ITEM if heads & {"条", "用"} and "节" not in heads else Level.SECTION


class AddedTasks(NamedTuple):
    """An outline with tasks added to it."""

    data: bytes
    lines: tuple[str, ...]


def mappings_in(node: Node, path: Path = ()) -> Iterator[tuple[Path, Mapping]]:
    """Every mapping of a tree with its path, in the order typed."""
    if isinstance(node, Mapping):
        yield path, node
        for key, value in node.entries.items():
            yield from mappings_in(value, (*path, key))
    elif isinstance(node, Sequence):
        for at, item in enumerate(node.items):
            yield from mappings_in(item, (*path, at))


def find_chapter(tree: Mapping, title: str) -> Result[Chapter | None]:
    """The 章 of an outline with that title; None, and a finding, if there is none or there are several."""
    chapters = [
        Chapter(path, node, head.value)
        for path, node in mappings_in(tree)
        if isinstance(head := node.entries.get("章"), Scalar)
    ]
    wanted = title.strip()
    found = [each for each in chapters if each.title == wanted]
    found = found or [each for each in chapters if each.title == without_label(wanted)]
    if len(found) == 1:
        return Result(found[0])
    advice = near(wanted, [each.title for each in chapters]) if not found else "先把它们的标题改成不同的。"
    reason = f"提纲里{'没有' if not found else f'有 {len(found)} 个'}标题是“{wanted}”的章"
    place = found[1].node.span if found else tree.span
    return Result(None, (finding("PW746", place, reason=reason, advice=advice),))


def add_to_chapter(data: bytes, tree: Mapping, chapter: Chapter, tasks: TaskPlan) -> Result[AddedTasks | None]:
    """The outline `data`, read as `tree`, with the tasks at the end of one of its 章."""
    node = chapter.node
    lines = blocks_yaml(tasks.blocks, tasks.remarks)
    try:
        if decode(data, "").value != tree.span.source.text:
            raise Uneditable("提纲里还有写法上的错，要先改好")
        children = node.entries.get("内容")
        if isinstance(children, Sequence) and is_block_list(children):
            patch = insert_items(children, len(children.items), lines)
        else:
            patch = add_list(node, "内容", lines)
        made = patched(data, [patch])
        again = load_tree(made, "", OUTLINE_KEYS)
        if again.value is None or plain(again.value) != _expected(tree, chapter.path, lines):
            raise Uneditable("放进去会牵动别处")
    except Uneditable as error:
        advice = "先用 planwriter check 看看提纲；或者导入成单独的提纲，再把要的几条抄过来。"
        return Result(None, (finding("PW746", node.span, reason=str(error), advice=advice),))
    shown = tuple(line for line in patch.text.split("\n") if line)
    return Result(AddedTasks(made, shown))


def _expected(tree: Mapping, path: Path, lines: list[str]) -> Plain:
    """The values of the tree with the new items at the end of the list of the chapter at `path`."""
    whole = plain(tree)
    at: Plain = whole
    for step in path:
        at = at[step]  # type: ignore[index]
    assert isinstance(at, dict)
    old = at.get("内容")
    at["内容"] = [*(old if isinstance(old, list) else []), *items_of(lines)]
    return whole
