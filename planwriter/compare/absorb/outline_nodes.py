"""Where the lines of a document stand in the YAML of its outline: the blocks of the file, and the lines that each prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planwriter.findings.finding import Span
from planwriter.model import LEVEL_WORDS, Text
from planwriter.model.walk import TextRole
from planwriter.plan.flow import Grid, Line, Plate
from planwriter.source.changes import Path
from planwriter.source.keys import BLOCK_HEADS
from planwriter.source.nodes import Mapping, Node, Scalar
from planwriter.source.nodes import Sequence as List
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.records import dataclass, field

_SLOT_KEYS = {TextRole.PREFACE: "导语", TextRole.CLOSING: "结语", TextRole.NOTICE_BODY: "通知正文"}
"""The texts beside the parts that hold paragraphs."""


class OutlineBlock:
    """A block of the file: a paragraph (文), a numbered block (its level's key), or 用, 专栏, 表, 图."""

    __slots__ = ("head", "holder", "level", "lines", "parent", "path", "root")

    def __init__(self, path: Path, head: str, parent: OutlineBlock | None, root: int, holder: Path) -> None:
        self.path, self.head, self.parent = path, head, parent
        self.level = LEVEL_WORDS.index(head) + 1 if head in LEVEL_WORDS else 0
        self.root = root
        """The number of the list that it is in, below whatever blocks."""
        self.holder = holder
        """The path of the list that it is an item of; its own path if it is a text in place of a list."""
        self.lines: list[int] = []
        """The items of the version that it prints, without those of the blocks in it."""

    @property
    def list_path(self) -> Path:
        """The path of the list of the blocks in it."""
        return (*self.path, "内容")


class Slot(NamedTuple):
    """A text that holds paragraphs, but no blocks: 导语, 结语, 通知正文."""

    path: Path
    """Of the mapping that has it."""
    key: str


@dataclass(slots=True, kw_only=True)
class OutlineMap:
    """The blocks of an outline's file, and the lines of its document."""

    tree: Mapping
    items: Sequence[Line | Grid | Plate]
    """What a reader sees, in order; the items of its version."""
    roots: list[Path] = field(default_factory=list)
    """The lists of the parts and of the attachments."""
    blocks: dict[Path, OutlineBlock] = field(default_factory=dict)
    lists: dict[Path, list[OutlineBlock]] = field(default_factory=dict)
    """The blocks of each list."""
    of_line: list[OutlineBlock | None] = field(default_factory=list)
    slots: dict[int, Slot] = field(default_factory=dict)
    """The slots of the lines that stand in one."""
    scalars: dict[int, Path] = field(default_factory=dict)
    """The paths of texts and lists of texts by where they begin."""
    heads: dict[int, Path] = field(default_factory=dict)
    """The paths of blocks by where their first key begins."""

    def path_of(self, text: Text) -> Path | None:
        """The path of a text in the file; that of the 用 for a text of a clause. None if it stands in no place of the file."""
        return self.path_at(text.origin)

    def path_at(self, origin: Span | None) -> Path | None:
        """The path of what begins at a place."""
        if origin is None:
            return None
        if origin.cause is not None:
            return self.path_at(origin.cause.place)
        if origin.source is not self.tree.span.source:
            return None
        return self.scalars.get(origin.start) or self.heads.get(origin.start)

    def is_typed(self, text: Text) -> bool:
        """True if a text is typed in the file itself: not derived, nor of a clause."""
        origin = text.origin
        return (
            origin is not None
            and origin.cause is None
            and origin.source is self.tree.span.source
            and origin.start in self.scalars
        )

    def block_at(self, path: Path | None) -> OutlineBlock | None:
        """The innermost block around a path."""
        while path:
            found = self.blocks.get(path)
            if found is not None:
                return found
            path = path[:-1]
        return None

    def clause_of(self, block: OutlineBlock) -> str:
        """The name of the clause that a 用 is a use of."""
        node = self.node((*block.path, "用"))
        return node.value if isinstance(node, Scalar) else ""

    def node(self, path: Path) -> Node | None:
        """The node at a path; None if there is none."""
        from planwriter.source.changes import node_at

        try:
            return node_at(self.tree, path)
        except LookupError:
            return None


def outline_map(tree: Mapping, parts: Sequence[str], items: Sequence[Line | Grid | Plate]) -> OutlineMap:
    """The blocks of the file `tree`, whose parts have these names, and the items of its document that each prints."""
    made = OutlineMap(tree=tree, items=items)
    _index(made, tree, ())
    for part in parts:
        node = tree.entries.get(part)
        if node is not None:
            _add_root(made, (part,), node)
    attachments = tree.entries.get("附件")
    for at, each in enumerate(attachments.items if isinstance(attachments, List) else ()):
        node = each.entries.get("内容") if isinstance(each, Mapping) else None
        if node is not None:
            _add_root(made, ("附件", at, "内容"), node)
    for number, item in enumerate(items):
        slot = _slot_of(item)
        if slot is not None:
            made.slots[number] = slot
        block = None if slot is not None else made.block_at(_path_of_item(made, item))
        made.of_line.append(block)
        if block is not None:
            block.lines.append(number)
    return made


def texts_of(item: Line | Grid | Plate) -> Iterator[Text]:
    """The texts of an item."""
    if isinstance(item, Grid):
        for row in item.block.rows if item.block else ():
            yield from row
    else:
        yield from (each.text for each in item.texts)


def _index(made: OutlineMap, node: Node, path: Path) -> None:
    todo: list[tuple[Node, Path]] = [(node, path)]
    while todo:
        node, path = todo.pop()
        if isinstance(node, Mapping):
            heads = [key for key in node.entries if key in BLOCK_HEADS]
            if heads:
                made.heads[node.keys[heads[0]].span.start] = path
            todo += [(value, (*path, key)) for key, value in node.entries.items()]
        else:
            made.scalars.setdefault(node.span.start, path)
            if isinstance(node, List):
                todo += [(item, (*path, at)) for at, item in enumerate(node.items)]


def _add_root(made: OutlineMap, path: Path, node: Node) -> None:
    made.roots.append(path)
    _add_list(made, path, node, None, len(made.roots) - 1)


def _add_list(made: OutlineMap, path: Path, node: Node, parent: OutlineBlock | None, root: int) -> None:
    found = made.lists.setdefault(path, [])
    if isinstance(node, Scalar):
        if not node.empty:
            block = OutlineBlock(path, "文", parent, root, path)
            made.blocks[path] = block
            found.append(block)
        return
    for at, item in enumerate(node.items if isinstance(node, List) else ()):
        own = (*path, at)
        head = "文"
        if isinstance(item, Mapping):
            head = next((key for key in item.entries if key in BLOCK_HEADS), "")
        block = OutlineBlock(own, head, parent, root, path)
        made.blocks[own] = block
        found.append(block)
        inner = item.entries.get("内容") if isinstance(item, Mapping) else None
        if inner is not None and (block.level or head == "专栏"):
            _add_list(made, block.list_path, inner, block, root)


def _slot_of(item: Line | Grid | Plate) -> Slot | None:
    if not isinstance(item, Line) or not item.texts:
        return None
    key = _SLOT_KEYS.get(item.texts[0].role)
    if key is None:
        return None
    return Slot(("发文",) if key == "通知正文" else (), key)


def _path_of_item(made: OutlineMap, item: Line | Grid | Plate) -> Path | None:
    for text in texts_of(item):
        found = made.path_of(text)
        if found is not None:
            return found
    return made.path_at(getattr(item.block, "origin", None)) if item.block is not None else None
