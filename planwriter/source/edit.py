"""Sets values in an author's YAML file: only their own characters change, and the file is read again to prove it."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TypeAlias

from planwriter.source.decode import decode
from planwriter.source.keys import OUTLINE_KEYS
from planwriter.source.load import load_tree
from planwriter.source.nodes import Mapping, Node, Scalar, Sequence
from planwriter.start.named_tuple import NamedTuple

Value: TypeAlias = "str | list[str] | dict[str, Value]"
"""What is set: a text, a list of texts, or values by key."""
Plain: TypeAlias = "str | list[Plain] | dict[str, Plain] | None"
_BOM = b"\xef\xbb\xbf"


class Uneditable(Exception):
    """A value that cannot be set without touching more than itself; the message says why, in the writer's words."""


def edit(data: bytes, tree: Mapping, value: dict[str, Value]) -> bytes:
    """The file `data`, which was read as `tree`, with `value` laid over it. Raises Uneditable.

    Every other byte stays: comments, order, quotes, line ends, byte order mark, encoding.
    """
    patches: list[Patch] = []
    _put_all(tree, value, patches)
    if decode(data, "").value != tree.span.source.text:
        raise Uneditable("提纲里还有写法上的错，要先改好")
    made = patched(data, patches)
    again = load_tree(made, "", OUTLINE_KEYS)
    if again.value is None or plain(again.value) != overlaid(plain(tree), value):
        raise Uneditable("改了它会牵动别处")
    return made


def patches_for(into: Mapping, value: dict[str, Value]) -> list[Patch]:
    """The patches that lay `value` over a mapping below the outermost one. Raises Uneditable."""
    patches: list[Patch] = []
    _put_all(into, value, patches, depth=1)
    return patches


def plain(node: Node | None) -> Plain:
    """A node as lists, mappings and texts; None if nothing was typed."""
    if isinstance(node, Mapping):
        return {key: plain(each) for key, each in node.entries.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return None if node is None or node.empty else node.value


def overlaid(old: Plain, value: Value) -> Plain:
    """`old` with `value` laid over it."""
    if not isinstance(value, dict):
        return value if isinstance(value, str) else [*value]
    under = old if isinstance(old, dict) else {}
    return {**under, **{key: overlaid(under.get(key), each) for key, each in value.items()}}


# where the characters go


class Patch(NamedTuple):
    """The characters from `start` to before `end` become `text`."""

    start: int
    end: int
    text: str


def put_all(tree: Mapping, value: dict[str, Value]) -> list[Patch]:
    """The patches that lay `value` over the outermost mapping. Raises Uneditable."""
    patches: list[Patch] = []
    _put_all(tree, value, patches)
    return patches


def put(into: Mapping, value: dict[str, Value]) -> list[Patch]:
    """The patches that set values in a mapping below the outermost one. Raises Uneditable."""
    patches: list[Patch] = []
    _put_all(into, value, patches, depth=2)
    return patches


def _put_all(into: Mapping, value: dict[str, Value], patches: list[Patch], depth: int = 0) -> None:
    if into.span.raw[:1] in ("&", "!"):
        raise Uneditable("它带着 & 记号，别处可能引用它")
    for key, each in value.items():
        if key in into.entries:
            _put(into, key, each, patches, depth)
        else:
            patches.append(_inserted(into, key, each, depth))


def _put(into: Mapping, key: str, value: Value, patches: list[Patch], depth: int) -> None:
    """Replaces the value of `key`."""
    node = into.entries[key]
    if plain(node) == value:
        return
    if isinstance(node, Scalar) and node.empty and node.span.start == node.span.end:
        text = node.span.source.text
        colon = text.index(":", into.keys[key].span.end) + 1
        end = colon
        while text.startswith(" ", end):
            end += 1
        end = end if text[end : end + 1] in (",", "}") else colon  # blanks before a comment stay
        patches.append(Patch(colon, end, _opened(into, value, depth)))
        return
    if node.span.start < into.keys[key].span.start:
        raise Uneditable("它的值是用 * 从别处引来的")
    if isinstance(node, Mapping) and isinstance(value, dict):
        _put_all(node, value, patches, depth + 1)
        return
    raw = node.span.raw.rstrip()
    if raw[:1] in ("&", "!"):
        raise Uneditable("它带着 & 记号，别处可能引用它")
    if "\n" in raw or raw[:1] in ("|", ">") or (isinstance(node, Sequence) and raw[:1] != "["):
        raise Uneditable("原来的值写在几行上")
    flow = is_flow(into)
    text = quoted(value, flow=flow, like=raw[:1]) if isinstance(value, str) else flow_text(value)
    patches.append(Patch(node.span.start, node.span.start + len(raw), text))


def _inserted(into: Mapping, key: str, value: Value, depth: int) -> Patch:
    """A new entry: after the last one, or among years in their order; on a line of its own if the other entries are."""
    text, flow = into.span.source.text, is_flow(into)
    entry = f"{quoted(key, flow=True)}:{_opened(into, value, depth)}"
    before = _predecessor(into, key, depth)
    if flow:
        if not into.entries:
            at = text.index("{", into.span.start) + 1
            return Patch(at, at, entry)
        if before is None:
            at = next(iter(into.keys.values())).span.start
            return Patch(at, at, f"{entry}, ")
        at = _end(into, before)
        return Patch(at, at, f", {entry}")
    first = next(iter(into.keys.values())).span.start
    indent = " " * (first - text.rfind("\n", 0, first) - 1)
    if before is None:
        return Patch(first, first, f"{entry}\n{indent}")
    at = text.find("\n", _end(into, before))
    at = len(text) if at < 0 else at
    return Patch(at, at, f"\n{indent}{entry}")


_FIRST_KEYS = ("文种", "单位", "地区", "年度", "起止", "标题")


def _predecessor(into: Mapping, key: str, depth: int) -> str | None:
    """The key after which a new one is written; None if it comes first."""
    keys = [*into.keys]
    if depth == 0:
        return [each for each in keys if each in _FIRST_KEYS or each == keys[0]][-1]
    if key[:4].isdigit() and all(each[:4].isdigit() for each in keys):
        return max((each for each in keys if each < key), default=None)
    return keys[-1] if keys else None


def _end(into: Mapping, key: str) -> int:
    """The end of what was typed for an entry."""
    node, start = into.entries[key], into.keys[key].span
    text = start.source.text
    if node.span.start < start.start:
        alias = re.compile(r"\s*:\s*\*[^\s,\]}]+").match(text, start.end)
        return alias.end() if alias else start.end
    if isinstance(node, Mapping) and not is_flow(node):
        return _end(node, [*node.keys][-1])
    if isinstance(node, Sequence) and "[" not in node.span.raw[:1]:
        return (
            node.items[-1].span.end
            if isinstance(node.items[-1], Scalar)
            else len(node.span.raw.rstrip()) + node.span.start
        )
    if node.span.start == node.span.end:
        return text.index(":", start.end) + 1
    return node.span.start + len(node.span.raw.rstrip())


def is_flow(node: Mapping) -> bool:
    """True for a mapping in braces."""
    return node.span.raw[:1] == "{"


# how a value is written


def _opened(into: Mapping, value: Value, depth: int) -> str:
    """A value behind a key that had none; each target of an outline gets a line of its own."""
    if depth == 0 and isinstance(value, dict) and not is_flow(into):
        return "".join(f"\n  {quoted(key, flow=True)}: {_line_text(each)}" for key, each in value.items())
    return f" {quoted(value, flow=is_flow(into)) if isinstance(value, str) else flow_text(value)}"


def _line_text(value: Value) -> str:
    return quoted(value, flow=False) if isinstance(value, str) else flow_text(value)


def flow_text(value: Value | Plain) -> str:
    """A value as it is typed in brackets or braces."""
    if isinstance(value, str):
        return quoted(value, flow=True)
    if isinstance(value, list):
        return f"[{', '.join(map(flow_text, value))}]"
    entries = value.items() if value is not None else ()
    return f"{{{', '.join(f'{quoted(key, flow=True)}: {flow_text(each)}' for key, each in entries)}}}"


def quoted(value: str, *, flow: bool, like: str = "") -> str:
    """A text in a form that YAML reads back unchanged: in the quotes it had, else plain, else in quotes."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    ways = {'"': f'"{escaped}"', "'": "'" + value.replace("'", "''") + "'", "": value}
    for quote in (like if like in ways else "", "", '"', "'"):
        if (quote or "\n" not in value) and _reads_back(ways[quote], value, flow=flow):
            return ways[quote]
    raise Uneditable(f"“{value}”里有不能写进提纲的字符")


def _reads_back(written: str, value: str, *, flow: bool) -> bool:
    """True if `written` is read as that value without findings."""
    if re.fullmatch(r"[\w.]+", written) and written not in ("null",):
        return True
    text = (
        f"单位: {{单位: {written}, 配合单位: [{written}, 股]}}\n"
        if flow
        else f"单位: {written} # 注\n配合单位:\n  - {written} # 注\n"
    )
    read = load_tree(text.encode("utf-8", "replace"), "", OUTLINE_KEYS)
    inner = {"单位": value, "配合单位": [value, "股"] if flow else [value]}
    return not read.findings and plain(read.value) == ({"单位": inner} if flow else inner)


# characters to bytes


def patched(data: bytes, patches: list[Patch]) -> bytes:
    """The bytes with the patches applied at their characters, as `decode` counts them. Raises Uneditable."""
    start = len(_BOM) if data.startswith(_BOM) else 0
    codec = codec_of(data)
    typed = data[start:].decode(codec)
    newline = "\r\n" if "\r\n" in typed else "\r" if "\r" in typed and "\n" not in typed else "\n"
    pairs = [
        each.start() - number for number, each in enumerate(re.finditer("\r\n", typed))
    ]  # read as one character each
    made: list[str] = []
    at = 0
    for patch in sorted(patches, key=lambda each: each[:2]):  # of two at one place, the first stays first
        first, last = (each + bisect_left(pairs, each) for each in patch[:2])
        if first < at:
            raise Uneditable("改了它会牵动别处")
        made += [typed[at:first], patch.text.replace("\n", newline)]
        at = last
    return data[:start] + "".join((*made, typed[at:])).encode(codec)


def codec_of(data: bytes) -> str:
    """The encoding in which `data` can be written back byte by byte: UTF-8, else GB18030. Raises Uneditable."""
    body = data.removeprefix(_BOM)
    for codec in ("utf-8", "gb18030"):
        try:
            if body.decode(codec).encode(codec) == body:
                return codec
        except UnicodeError:
            continue
    raise Uneditable("文件的编码认不出来，改成 UTF-8 再试")
