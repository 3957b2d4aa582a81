"""The comments (#) that an author wrote in a YAML file, and where they stand."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.source.nodes import Mapping, Node, Scalar
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex

_MARK = regex(r"(?:(?<=[ \t\n])|\A)#[^\n]*")


class TypedComment(NamedTuple):
    """A comment from its # to the end of its line, and where it begins."""

    start: int
    text: str


def typed_comments(tree: Mapping) -> list[TypedComment]:
    """The comments of a file, in order; a # in a text is none."""
    text = tree.span.source.text
    if "#" not in text:
        return []
    made: list[TypedComment] = []
    at = 0
    texts = sorted(_texts(tree))
    for start, end in (*texts, (len(text), len(text))):
        while (found := _MARK.search(text, at, start)) is not None:
            line = text.find("\n", found.start())
            stop = len(text) if line < 0 else line
            made.append(TypedComment(found.start(), text[found.start() : stop].rstrip()))
            at = stop
        at = max(at, end)
    return made


def _texts(tree: Mapping) -> Iterator[tuple[int, int]]:
    """Where texts begin and end; of one behind a > or | the lines below that."""
    todo: list[Node] = [tree]
    while todo:
        node = todo.pop()
        if isinstance(node, Mapping):
            yield from ((key.span.start, key.span.end) for key in node.keys.values())
            todo += node.entries.values()
        elif isinstance(node, Scalar):
            raw = node.span.raw.rstrip()
            head = raw.find("\n") if raw[:1] in ("|", ">") else 0
            yield node.span.start + max(head, 0), node.span.start + len(raw)
        else:
            todo += node.items
