"""The values of a YAML file, which know their place and stay as they were made."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from collections.abc import Mapping as Pairs
from types import MappingProxyType

from planwriter.findings.finding import Span
from planwriter.start.typing import TYPE_CHECKING, TypeAlias

set_once = object.__setattr__


class _Frozen:
    """A value that stays as it was made."""

    __slots__ = ()

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be set: nodes stay as they were made")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be deleted: nodes stay as they were made")


class Scalar(_Frozen):
    """A text. `value` has one line end between paragraphs; the lines of a paragraph are joined without the space of YAML."""

    __slots__ = ("empty", "span", "value")

    value: str
    span: Span
    empty: bool
    """True if nothing was typed after the key."""

    def __init__(self, value: str, span: Span, *, empty: bool = False) -> None:
        set_once(self, "value", value)
        set_once(self, "span", span)
        set_once(self, "empty", empty)


class Sequence(_Frozen):
    """A list of nodes."""

    __slots__ = ("items", "span")

    items: tuple[Node, ...]
    span: Span

    def __init__(self, span: Span, items: Iterable[Node] = ()) -> None:
        set_once(self, "items", tuple(items))
        set_once(self, "span", span)


class Mapping(_Frozen):
    """Keys and their nodes, in the order typed, each key once."""

    __slots__ = ("entries", "keys", "lost", "span", "torn")

    entries: MappingProxyType[str, Node]
    keys: MappingProxyType[str, Scalar]
    lost: tuple[str, ...]
    """In the outermost mapping: the keys of entries that could not be parsed and are left out."""
    span: Span
    torn: bool
    """True if an entry of it could not be parsed: then nothing is reported as missing in it."""

    def __init__(
        self,
        span: Span,
        entries: Pairs[str, Node] = MappingProxyType({}),
        keys: Pairs[str, Scalar] = MappingProxyType({}),
        *,
        torn: bool = False,
        lost: tuple[str, ...] = (),
    ) -> None:
        set_once(self, "entries", MappingProxyType(dict(entries)))
        set_once(self, "keys", MappingProxyType(dict(keys)))
        set_once(self, "lost", lost)
        set_once(self, "span", span)
        set_once(self, "torn", torn)

    def without(self, names: Collection[str]) -> Mapping:
        """This mapping without the entries of some keys. `keys` stays whole: its first one is the mapping's place."""
        entries = {key: node for key, node in self.entries.items() if key not in names}
        return Mapping(self.span, entries, self.keys, torn=self.torn, lost=self.lost)

    def with_entry(self, name: str, node: Node) -> Mapping:
        """This mapping with a different node under a key that it has."""
        return Mapping(self.span, {**self.entries, name: node}, self.keys, torn=self.torn, lost=self.lost)


class NewScalar(Scalar):
    """A text made by a reader of files in half the time; frozen once `__init__` is done."""

    __slots__ = ()
    if not TYPE_CHECKING:
        __setattr__ = object.__setattr__

    def __init__(self, value: str, span: Span, *, empty: bool = False) -> None:
        self.value = value
        self.span = span
        self.empty = empty
        self.__class__ = Scalar  # type: ignore[assignment]


class NewMapping(Mapping):
    """A mapping made in the same way; it keeps the dictionaries instead of copying them."""

    __slots__ = ()
    if not TYPE_CHECKING:
        __setattr__ = object.__setattr__

    def __init__(
        self,
        span: Span,
        entries: dict[str, Node],
        keys: dict[str, Scalar],
        torn: bool = False,
        lost: tuple[str, ...] = (),
    ) -> None:
        self.entries = MappingProxyType(entries)
        self.keys = MappingProxyType(keys)
        self.lost = lost
        self.span = span
        self.torn = torn
        self.__class__ = Mapping  # type: ignore[assignment]


Node: TypeAlias = Scalar | Sequence | Mapping


def kind_word(node: Node) -> str:
    """What `node` is, in the writer's words."""
    if isinstance(node, Scalar):
        return "空的" if node.empty else "文字"
    return "一组“- ”开头的列表" if isinstance(node, Sequence) else "一组“键: 值”"


def join_lines(raw: str, value: str, style: str | None) -> str:
    """A text typed over several lines, with its lines joined; a blank line starts a paragraph (one line end in the result).

    YAML turns a line break into a space, which does not belong between Chinese characters.
    """
    if style in ("|", ">"):
        lines = raw.split("\n")[1:]
    elif style == '"' and "\\" in raw:
        lines = value.split("\n")
    else:
        body = raw[1:-1] if style in ("'", '"') else raw
        lines = (body.replace("''", "'") if style == "'" else body).split("\n")
    paragraphs = [""]
    for line in (line.strip() for line in lines):
        if not line:
            if paragraphs[-1]:
                paragraphs.append("")
            continue
        before = paragraphs[-1]
        spaced = before and before[-1].isascii() and before[-1].isalnum() and line[0].isascii() and line[0].isalnum()
        paragraphs[-1] = before + (" " if spaced else "") + line
    return "\n".join(paragraph for paragraph in paragraphs if paragraph)
