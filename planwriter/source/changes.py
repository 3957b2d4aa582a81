"""Several changes of an author's YAML file made together: values set in place, blocks added, taken out and moved with their comments."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from planwriter.source.comments import TypedComment, typed_comments
from planwriter.source.decode import decode
from planwriter.source.edit import (
    Patch,
    Plain,
    Uneditable,
    Value,
    flow_text,
    is_flow,
    overlaid,
    patched,
    patches_for,
    plain,
    put_all,
    quoted,
)
from planwriter.source.edit_items import (
    dash_of,
    is_block_list,
    item_start,
    line_end,
    line_start,
    node_end,
    remove_entry,
    set_entry,
)
from planwriter.source.edit_text import is_on_lines, text_patches
from planwriter.source.keys import OUTLINE_KEYS
from planwriter.source.load import load_tree
from planwriter.source.nodes import Mapping, Node, Scalar
from planwriter.source.nodes import Sequence as List
from planwriter.start.records import dataclass

Path: TypeAlias = "tuple[str | int, ...]"
"""The way from the outermost mapping of a file to a node: keys, and the numbers of items."""


@dataclass(frozen=True, slots=True)
class SetText:
    """The text at `path`, the value of a key or an item of a list, is set."""

    path: Path
    value: str


@dataclass(frozen=True, slots=True)
class SetEntry:
    """A key of the mapping at `path` is set to a text or a list of texts; it need not be there yet."""

    path: Path
    key: str
    value: str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetParagraphs:
    """A key of the mapping at `path` is set to paragraphs: to a text if it is one, else to a list with a line for each."""

    path: Path
    key: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drop:
    """A key of the mapping at `path` is taken out."""

    path: Path
    key: str


@dataclass(frozen=True, slots=True)
class Lay:
    """Values are laid over the mapping at `path`: keys that are not named stay."""

    path: Path
    value: dict[str, Value]


@dataclass(frozen=True, slots=True)
class NewBlock:
    """A new item of a list, as lines, and the items of the list in it (内容)."""

    lines: tuple[str, ...]
    items: tuple[Item, ...] = ()


Item: TypeAlias = "Path | tuple[str, ...] | NewBlock"


@dataclass(frozen=True, slots=True)
class Arrange:
    """What the list at `path` has from now on: items that are in the file, by their paths, and new ones, as lines.

    The list need not be there yet. If a text stands in its place, the path of the list itself is the path of that text.
    """

    path: Path
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Rename:
    """A key of the mapping at `path` becomes another one; its value stays."""

    path: Path
    key: str
    new: str


Setting: TypeAlias = SetText | SetEntry | SetParagraphs | Drop | Lay | Rename
Change: TypeAlias = Setting | Arrange


def node_at(tree: Node, path: Path) -> Node:
    """The node at the end of a path. Raises KeyError or IndexError if there is none."""
    for step in path:
        if isinstance(tree, Mapping):
            tree = tree.entries[str(step)]
        elif isinstance(tree, List):
            tree = tree.items[int(step)]
        else:
            raise KeyError(step)
    return tree


def items_of(lines: Iterable[str]) -> list[Plain]:
    """The values of the items of a list that are written in these lines."""
    text = "内容:\n" + "".join(f"  {line}\n" for line in lines)
    read = plain(load_tree(text.encode("utf-8", "replace"), "", OUTLINE_KEYS).value)
    items = read.get("内容") if isinstance(read, dict) else None
    return items if isinstance(items, list) else []


def changed_file(data: bytes, tree: Mapping, changes: Sequence[Change]) -> bytes:
    """The file `data`, read as `tree`, with the changes made; every other byte stays. Raises Uneditable.

    All paths are those of `tree`. Values are set first, then lists are arranged; each time the file is read again, and must
    have exactly the values that it should have.
    """
    if not changes:
        return data
    if decode(data, "").value != tree.span.source.text:
        raise Uneditable("提纲里还有写法上的错，要先改好")
    settings = [each for each in changes if not isinstance(each, Arrange)]
    arranged = [each for each in changes if isinstance(each, Arrange)]
    if settings:
        comments = typed_comments(tree)
        patches = [patch for each in settings for patch in _patches(tree, each, comments)]
        data, tree = _read_again(patched(data, patches), _with_settings(plain(tree), tree, settings))
    if arranged:
        arranger = _Arranger(tree, arranged)
        data, _ = _read_again(patched(data, arranger.patches()), _with_lists(plain(tree), arranged))
    return data


def _read_again(made: bytes, expected: Plain) -> tuple[bytes, Mapping]:
    again = load_tree(made, "", OUTLINE_KEYS)
    if again.value is None or plain(again.value) != expected:
        raise Uneditable("改了它会牵动别处")
    return made, again.value


# values set in place


def _mapping(tree: Mapping, path: Path) -> Mapping:
    node = node_at(tree, path)
    if not isinstance(node, Mapping):
        raise Uneditable("它不是一组“键: 值”")
    return node


def _patches(tree: Mapping, change: Setting, comments: Sequence[TypedComment]) -> list[Patch]:
    if isinstance(change, SetText):
        holder = node_at(tree, change.path[:-1])
        return _text_patches(holder, node_at(tree, change.path), change.value)
    into = _mapping(tree, change.path)
    if isinstance(change, SetEntry):
        value = change.value if isinstance(change.value, str) else [*change.value]
        return set_entry(into, change.key, value)
    if isinstance(change, SetParagraphs):
        return _paragraph_patches(into, change, comments)
    if isinstance(change, Drop):
        return [_but_comments(remove_entry(into, change.key), comments, _indent_of(into))]
    if isinstance(change, Rename):
        span = into.keys[change.key].span
        return [Patch(span.start, span.start + len(change.key), change.new)]
    return _laid(into, change)


def _laid(into: Mapping, change: Lay) -> list[Patch]:
    return put_all(into, change.value) if not change.path else patches_for(into, change.value)


def _text_patches(holder: Node, node: Node, value: str) -> list[Patch]:
    """The patches that set a text that is there."""
    if not isinstance(node, Scalar):
        raise Uneditable("它不是一段文字")
    raw = node.span.raw.rstrip()
    if node.value == value and not node.empty:
        return []
    if raw[:1] in ("&", "!", "*") or not raw:
        raise Uneditable("它带着 & 记号，别处可能引用它" if raw else "原来没有写")
    if is_on_lines(node):
        return text_patches(node, value)
    flow = is_flow(holder) if isinstance(holder, Mapping) else holder.span.raw[:1] == "["
    return [Patch(node.span.start, node.span.start + len(raw), quoted(value, flow=flow, like=raw[:1]))]


def _paragraph_value(node: Node | None, paragraphs: tuple[str, ...]) -> Plain:
    """What paragraphs are read back as: a list stays a list, and a text on one line that gets more paragraphs becomes one."""
    if isinstance(node, Scalar) and is_on_lines(node):
        return "\n".join(paragraphs)
    if isinstance(node, List) or len(paragraphs) > 1:
        return [*paragraphs]
    return paragraphs[0]


def _but_comments(patch: Patch, comments: Sequence[TypedComment], indent: str) -> Patch:
    """A patch that takes whole lines out, but leaves the comments in them, each on a line of its own."""
    lines = [f"{indent}{each.text}" for each in comments_in(comments, patch.start, patch.end)]
    if not lines or patch.text:
        return patch
    return patch._replace(text="".join(f"\n{each}" for each in lines) if patch.start else "\n".join((*lines, "")))


def comments_in(comments: Sequence[TypedComment], start: int, end: int) -> Sequence[TypedComment]:
    """The comments that begin between two characters."""
    return comments[bisect_left(comments, (start,)) : bisect_left(comments, (end,))]


def _paragraph_patches(into: Mapping, change: SetParagraphs, comments: Sequence[TypedComment]) -> list[Patch]:
    node, paragraphs = into.entries.get(change.key), change.paragraphs
    if not paragraphs or not all(paragraphs):
        raise Uneditable("没有留下文字")
    if isinstance(node, Scalar) and is_on_lines(node):
        return _text_patches(into, node, "\n".join(paragraphs))
    if isinstance(node, List) and len(node.items) == len(paragraphs):
        return [
            patch
            for item, value in zip(node.items, paragraphs, strict=True)
            for patch in _text_patches(node, item, value)
        ]
    if len(paragraphs) == 1 and not isinstance(node, List):
        return set_entry(into, change.key, paragraphs[0])
    if isinstance(node, List) and is_block_list(node):
        return _paragraphs_of_list(node, paragraphs, comments)
    if is_flow(into):
        return set_entry(into, change.key, [*paragraphs])
    if isinstance(node, List) and node.items and node.span.raw[:1] == "[" and "\n" not in node.span.raw.rstrip():
        return [_in_brackets(node, paragraphs)]
    if node is None:
        made = set_entry(into, change.key, "占位")
        assert len(made) == 1
        lines = "".join(f"\n{_indent_of(into)}  - {quoted(each, flow=False)}" for each in paragraphs)
        head, found, tail = made[0].text.partition(" 占位")
        if not found:
            raise Uneditable("前面没有地方写")
        return [made[0]._replace(text=head + lines + tail)]
    raw = node.span.raw.rstrip()
    if raw[:1] in ("&", "!", "*"):
        raise Uneditable("它带着 & 记号，别处可能引用它")
    text = node.span.source.text
    colon = text.index(":", into.keys[change.key].span.end) + 1
    end = node.span.start + len(raw)
    lines = "".join(f"\n{_indent_of(into)}  - {quoted(each, flow=False)}" for each in paragraphs)
    if "#" in text[colon : node.span.start]:
        raise Uneditable("它前面有注释")
    return [Patch(colon, end, lines)]


def _in_brackets(node: List, paragraphs: tuple[str, ...]) -> Patch:
    """A list in brackets on one line with other texts; those that stay are written as they were."""
    typed = {item.value: item.span.raw.strip() for item in node.items if isinstance(item, Scalar) and not item.empty}
    if any(raw[:1] in ("&", "!", "*") for raw in typed.values()):
        raise Uneditable("它带着 & 记号，别处可能引用它")
    made = ", ".join(typed.get(each) or quoted(each, flow=True) for each in paragraphs)
    return Patch(node.span.start, node.span.start + len(node.span.raw.rstrip()), f"[{made}]")


def _paragraphs_of_list(node: List, paragraphs: tuple[str, ...], comments: Sequence[TypedComment]) -> list[Patch]:
    """The patches by which a list of lines gets others: equal ones stay, with their comments."""
    import difflib

    text = node.span.source.text
    old = [item.value if isinstance(item, Scalar) else "" for item in node.items]
    if not all(isinstance(item, Scalar) for item in node.items):
        raise Uneditable("它的段落里有别的块")
    patches: list[Patch] = []
    matcher = difflib.SequenceMatcher(a=old, b=paragraphs, autojunk=False)
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "equal":
            continue
        shared = min(last - first, end - start)
        for at in range(shared):
            patches += _text_patches(node, node.items[first + at], paragraphs[start + at])
        for item in node.items[first + shared : last]:
            line, stop = line_start(text, item.span.start), line_end(text, node_end(item, item.span.start))
            patches.append(_but_comments(Patch(line - 1, stop, ""), comments, dash_of(text, item)[1]))
        new = paragraphs[start + shared : end]
        if new:
            _, indent = dash_of(text, node.items[0])
            lines = [f"{indent}- {quoted(each, flow=False)}" for each in new]
            before = first + shared
            if before:
                stop = line_end(text, node_end(node.items[before - 1], node.items[before - 1].span.start))
            else:
                stop = line_start(text, node.items[0].span.start) - 1
            patches.append(Patch(stop, stop, "".join(f"\n{line}" for line in lines)))
    return patches


def _indent_of(into: Mapping) -> str:
    first = next(iter(into.keys.values())).span.start
    return " " * (first - line_start(into.span.source.text, first))


def _with_settings(whole: Plain, tree: Mapping, settings: Iterable[Setting]) -> Plain:
    """The values of the file with the values set."""
    for each in settings:
        if isinstance(each, SetText):
            into = _at(whole, each.path[:-1])
            into[each.path[-1]] = each.value  # type: ignore[index]
            continue
        if isinstance(each, Lay):
            laid = overlaid(_at(whole, each.path), each.value)
            target = _at(whole, each.path)
            assert isinstance(target, dict) and isinstance(laid, dict)
            target.update(laid)
            continue
        into = _at(whole, each.path)
        assert isinstance(into, dict)
        if isinstance(each, Drop):
            into.pop(each.key, None)
        elif isinstance(each, Rename):
            into[each.new] = into.pop(each.key)
        elif isinstance(each, SetEntry):
            into[each.key] = each.value if isinstance(each.value, str) else [*each.value]
        else:
            node = _mapping(tree, each.path).entries.get(each.key)
            into[each.key] = _paragraph_value(node, each.paragraphs)
    return whole


def _at(whole: Plain, path: Path) -> Plain:
    for step in path:
        whole = whole[step]  # type: ignore[index]
    return whole


# lists arranged


def _with_lists(whole: Plain, arranged: Sequence[Arrange]) -> Plain:
    """The values of the file with the lists arranged."""
    items: list[list[Plain]] = []
    for each in arranged:
        items.append([value for item in each.items for value in _values(whole, item)])
    holders = [_at(whole, each.path[:-1]) for each in arranged]
    for each, holder, made in zip(arranged, holders, items, strict=True):
        key = each.path[-1]
        assert isinstance(holder, dict)
        old = holder.get(str(key))
        if not made:
            holder.pop(str(key), None)
        elif isinstance(old, list):
            old[:] = made
        else:
            holder[str(key)] = made
    return whole


def _values(whole: Plain, item: Item) -> list[Plain]:
    if isinstance(item, NewBlock):
        made = items_of(item.lines)
        if item.items:
            assert len(made) == 1 and isinstance(made[0], dict)
            made[0]["内容"] = [value for inner in item.items for value in _values(whole, inner)]
        return made
    return items_of([str(line) for line in item]) if _is_lines(item) else [_at(whole, item)]


def _is_lines(item: Path | tuple[str, ...]) -> bool:
    """True for the lines of new items, whose first begins with a dash; a path begins with a key."""
    return str(item[0]).startswith("-")


def _paths_in(items: Iterable[Item]) -> Iterator[Path]:
    """The paths of the items of the file among the items and in them."""
    for item in items:
        if isinstance(item, NewBlock):
            yield from _paths_in(item.items)
        elif not _is_lines(item):
            yield item


class _Arranger:
    """Makes the new text of lists: every item keeps its lines, its comments and the blank lines before it."""

    def __init__(self, tree: Mapping, arranged: Sequence[Arrange]) -> None:
        self.tree, self.text = tree, tree.span.source.text
        self.comments = typed_comments(tree)
        self.arranged = {each.path: each for each in arranged}
        self.kept = {item for each in arranged for item in _paths_in(each.items)}
        """The items of the file that are in a list afterwards."""
        self.inside: list[Path] = []
        """The items whose text is being made: one that is moved into itself would be made forever."""
        self.written: set[Path] = set()

    def patches(self) -> list[Patch]:
        """The patches of the outermost lists."""
        made = [self.patch(each) for each in self.outermost(())]
        if self.written != set(self.arranged):
            raise Uneditable("不能移到它自己里面")
        return made

    def outermost(self, inside: Path) -> list[Arrange]:
        """The arranged lists below a path that stand in no other arranged list below it."""
        below = sorted(
            (path for path in self.arranged if len(path) > len(inside) and path[: len(inside)] == inside), key=len
        )
        made: list[Path] = []
        for path in below:
            if not any(path[: len(each)] == each for each in made):
                made.append(path)
        return [self.arranged[path] for path in made]

    def patch(self, arrange: Arrange) -> Patch:
        """The text of a list in place of the old one."""
        self.written.add(arrange.path)
        holder = node_at(self.tree, arrange.path[:-1])
        listed = holder.entries.get(str(arrange.path[-1])) if isinstance(holder, Mapping) else None
        if isinstance(listed, List) and listed.items and listed.span.raw[:1] == "[" and arrange.items:
            return self.flow_list(arrange, listed)
        if isinstance(holder, Mapping) and listed is None and is_flow(holder) and holder.entries and arrange.items:
            if [*_paths_in(arrange.items)]:
                raise Uneditable("这一块写在一行的花括号里")
            values = ", ".join(flow_text(value) for item in arrange.items for value in _values({}, item))
            end = holder.span.start + len(holder.span.raw.rstrip()) - 1
            return Patch(end, end, f", {arrange.path[-1]}: [{values}]")
        if not isinstance(holder, Mapping) or holder.span.raw[:1] in ("&", "!", "*") or is_flow(holder):
            raise Uneditable("这一块写在一行的花括号里")
        key = str(arrange.path[-1])
        node = holder.entries.get(key)
        if isinstance(node, Scalar) and node.empty:
            node = None
        if isinstance(node, List) and not node.items and node.span.raw.replace(" ", "") == "[]":
            colon = self.text.index(":", holder.keys[key].span.end) + 1
            lines = self.lines_of(arrange, _indent_of(holder) + "  ")
            return Patch(colon, node.span.start + len(node.span.raw.rstrip()), "".join(f"\n{each}" for each in lines))
        if not arrange.items:
            if node is None:
                return Patch(0, 0, "")
            patch = remove_entry(holder, key)
            left = self.left_in(arrange.path, patch.start, patch.end)
            return patch._replace(text="".join(f"\n{_indent_of(holder)}{each}" for each in left))
        if node is None:
            return self.new_list(holder, key, arrange)
        if isinstance(node, Scalar):
            return self.in_place_of_text(holder, key, node, arrange)
        if not isinstance(node, List) or not is_block_list(node):
            raise Uneditable("它写在一行的方括号里")
        start, indent = dash_of(self.text, node.items[0])
        start -= sum(len(line) + 1 for line in self.above(arrange.path, node, 0))
        end = self.end_of(node.items[-1])
        return Patch(start, end, "\n".join(self.lines_of(arrange, indent, in_place=arrange.path)))

    def flow_list(self, arrange: Arrange, node: List) -> Patch:
        """A list in brackets with other items; those that stay are written as they were."""
        made: list[str] = []
        for item in arrange.items:
            if not isinstance(item, NewBlock) and not _is_lines(item):
                if item[:-1] != arrange.path or self.outermost(item):
                    raise Uneditable("它写在一行的方括号里")
                made.append(node.items[int(item[-1])].span.raw.strip())
            elif isinstance(item, NewBlock) and [*_paths_in(item.items)]:
                raise Uneditable("它写在一行的方括号里")
            else:
                made += [flow_text(value) for value in _values({}, item)]
        end = node.span.start + len(node.span.raw.rstrip())
        return Patch(node.span.start, end, f"[{', '.join(made)}]")

    def new_list(self, holder: Mapping, key: str, arrange: Arrange) -> Patch:
        """A list under a key that the mapping does not have, or for which nothing was typed."""
        indent = _indent_of(holder)
        lines = "".join(f"\n{each}" for each in self.lines_of(arrange, indent + "  "))
        if key in holder.entries:
            end = line_end(self.text, self.text.index(":", holder.keys[key].span.end))
            return Patch(end, end, lines)
        end = line_end(self.text, node_end(holder))
        return Patch(end, end, f"\n{indent}{key}:{lines}")

    def in_place_of_text(self, holder: Mapping, key: str, node: Scalar, arrange: Arrange) -> Patch:
        """A list in place of a text, which becomes its first item, or is gone."""
        colon = self.text.index(":", holder.keys[key].span.end) + 1
        raw = node.span.raw.rstrip()
        if raw[:1] in ("&", "!", "*"):
            raise Uneditable("它带着 & 记号，别处可能引用它")
        if "#" in self.text[colon : node.span.start]:
            raise Uneditable("它前面有注释")
        lines = self.lines_of(arrange, _indent_of(holder) + "  ")
        return Patch(colon, node.span.start + len(raw), "".join(f"\n{each}" for each in lines))

    def lines_of(self, arrange: Arrange, indent: str, in_place: Path | None = None) -> list[str]:
        """The lines of a list: those of its items, and the comments of the items that are gone."""
        made: list[str] = []
        stayed = [item for item in _paths_in(arrange.items) if in_place is not None and item[:-1] == in_place]
        orphans = self.orphans(in_place, {int(item[-1]) for item in stayed}, indent) if in_place is not None else {}
        last = -1
        for item in arrange.items:
            while (
                isinstance(item, NewBlock) or _is_lines(item)
            ) and last + 1 in orphans:  # it may stand in place of that
                last += 1
                made += orphans.pop(last)
            if isinstance(item, NewBlock):
                made += self.new_block(item, indent)
                continue
            if _is_lines(item):
                made += [f"{indent}{line}" if line else "" for line in item]
                continue
            if in_place is not None and item[: len(in_place)] == in_place:
                index = int(item[len(in_place)])
                for at in range(last + 1, index + 1):
                    made += orphans.pop(at, [])
                if len(item) == len(in_place) + 1:
                    last = max(last, index)
            made += self.chunk(item, indent, first=not made and not (in_place is not None and item == (*in_place, 0)))
        for lines in orphans.values():
            made += lines
        return made

    def new_block(self, block: NewBlock, indent: str) -> list[str]:
        """The lines of a new item, and of the items in it."""
        made = [f"{indent}{line}" if line else "" for line in block.lines]
        if block.items:
            made.append(f"{indent}  内容:")
        for item in block.items:
            if isinstance(item, NewBlock):
                made += self.new_block(item, f"{indent}    ")
            elif _is_lines(item):
                made += [f"{indent}    {line}" if line else "" for line in item]
            else:
                made += self.chunk(item, f"{indent}    ", first=True)
        return made

    def orphans(self, path: Path, stayed: set[int], indent: str) -> dict[int, list[str]]:
        """The comments above items that leave a list for good, and in them, by the index of the item."""
        node = node_at(self.tree, path)
        assert isinstance(node, List)
        made: dict[int, list[str]] = {}
        for at in range(len(node.items)):
            if at in stayed or (*path, at) in self.kept:
                continue
            comments = [line for line in self.above(path, node, at) if line.strip()]
            start, _ = dash_of(self.text, node.items[at])
            comments += [f"{indent}{each}" for each in self.left_in((*path, at), start, self.end_of(node.items[at]))]
            if comments:
                made[at] = comments
        return made

    def left_in(self, path: Path, start: int, end: int) -> list[str]:
        """The comments between two characters that are in no item of the file that stays, below a path."""
        made = comments_in(self.comments, start, end)
        for each in (item for item in self.kept if item[: len(path)] == path):
            holder = node_at(self.tree, each[:-1])
            if not isinstance(holder, List) or not is_block_list(holder):
                continue
            node = node_at(self.tree, each)
            first = dash_of(self.text, node)[0]
            first -= sum(len(line) + 1 for line in self.above(each[:-1], holder, int(each[-1])))
            last = self.end_of(node)
            made = [one for one in made if not first <= one.start < last]
        return [one.text for one in made]

    def above(self, path: Path, node: List, at: int) -> list[str]:
        """The lines between an item of the list at `path` and the one before it, or the key of the list."""
        start, _ = dash_of(self.text, node.items[at])
        if at:
            end = self.end_of(node.items[at - 1])
        else:
            holder = node_at(self.tree, path[:-1])
            assert isinstance(holder, Mapping)
            end = line_end(self.text, holder.keys[str(path[-1])].span.end)
        return self.text[end + 1 : start].split("\n")[:-1] if end + 1 < start else []

    def end_of(self, item: Node) -> int:
        return line_end(self.text, node_end(item, item_start(item)))

    def chunk(self, path: Path, indent: str, *, first: bool) -> list[str]:
        """The lines of an item with that indentation, and of the comments and blank lines before it."""
        if path in self.inside:
            raise Uneditable("不能移到它自己里面")
        node = node_at(self.tree, path)
        holder = node_at(self.tree, path[:-1])
        if not isinstance(holder, List):  # the text in place of the list
            assert isinstance(node, Scalar)
            return [f"{indent}- {quoted(node.value, flow=False)}"]
        if not is_block_list(holder):
            raise Uneditable("它写在一行的方括号里")
        start, own = dash_of(self.text, node)
        self.inside.append(path)
        body = self.rewritten(path, start, self.end_of(node)).split("\n")
        self.inside.pop()
        above = self.above(path[:-1], holder, int(path[-1]))
        if first:
            above = [line for line in above if line.strip()]
        return [_shifted(line, len(indent) - len(own)) for line in (*above, *body)]

    def rewritten(self, path: Path, start: int, end: int) -> str:
        """The characters of an item, with the lists in it arranged."""
        made, at = [], start
        for patch in sorted(self.patch(each) for each in self.outermost(path)):
            if patch.start < at or patch.end > end:
                raise Uneditable("改了它会牵动别处")
            made += [self.text[at : patch.start], patch.text]
            at = patch.end
        return "".join((*made, self.text[at:end]))


def _shifted(line: str, by: int) -> str:
    if not line.strip():
        return ""
    return " " * by + line if by >= 0 else line[min(-by, len(line) - len(line.lstrip(" "))) :]
