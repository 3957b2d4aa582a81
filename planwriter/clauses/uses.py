"""Which clauses an outline uses, and what each of them is at the moment: a fingerprint that changes when its wording does."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator

from planwriter.clauses.clause import Clause
from planwriter.model import Block, Box, Outline, Section, Use
from planwriter.source.load import Mapping, Node, Scalar, Sequence

_ASIDE = frozenset(("条款", "基于", "标签", "依据", "示例", "备注", "适用", "有效期"))
"""What a clause says beside its wording and its parameters."""
Find = Callable[[str], Clause | None]


def uses_of(outline: Outline) -> Iterator[Use]:
    """The places of an outline where clauses are used, in the order typed."""
    for part in outline.parts:
        yield from _uses_in(part.blocks)
    for attachment in outline.attachments:
        yield from _uses_in(attachment.blocks)


def _uses_in(blocks: tuple[Block, ...]) -> Iterator[Use]:
    for block in blocks:
        if isinstance(block, Use):
            yield block
        elif isinstance(block, (Section, Box)):
            yield from _uses_in(block.children)


def fingerprint(clause: Clause, find: Find) -> str:
    """16 hexadecimal digits of a clause's wording and parameters, and of the clauses it uses itself."""
    return hashlib.sha256(json.dumps(_whole(clause, find, ()), ensure_ascii=False).encode()).hexdigest()[:16]


def _whole(clause: Clause, find: Find, chain: tuple[str, ...]) -> list[object]:
    own = _plain(clause.node, _ASIDE) if clause.node is not None else None
    inner = []
    for use in _uses_in((clause.block,)):
        other = find(use.clause.value) if use.clause.value not in chain else None
        if other is not None:
            inner.append(_whole(other, find, (*chain, clause.identifier)))
    return [own, inner]


def _plain(node: Node, without: frozenset[str] = frozenset()) -> object:
    """A node as lists and texts, its keys in order."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [_plain(item) for item in node.items]
    assert isinstance(node, Mapping)
    return [[key, _plain(node.entries[key])] for key in sorted(node.entries) if key not in without]
