"""The uses of clauses in an outline or a clause, and fingerprints that change with the wording of a clause."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator

from planwriter.clauses.clause import Clause
from planwriter.model import Outline, Use
from planwriter.model.walk import walk, walk_plan
from planwriter.source.nodes import Mapping, Node, Scalar, Sequence

_ASIDE = frozenset(("条款", "基于", "标签", "依据", "示例", "备注", "适用", "有效期"))
"""The keys of a clause that are neither wording nor parameters; a fingerprint ignores them."""
Find = Callable[[str], Clause | None]


def uses_in_outline(outline: Outline) -> Iterator[Use]:
    """The uses of clauses in an outline, in the order typed."""
    return (visit.block for visit in walk_plan(outline) if isinstance(visit.block, Use))


def uses_in_clause(clause: Clause) -> Iterator[Use]:
    """The uses of clauses in a clause, in the order typed."""
    return (visit.block for visit in walk((clause.block,)) if isinstance(visit.block, Use))


def fingerprint(clause: Clause, find: Find) -> str:
    """16 hexadecimal digits that identify a clause's wording and parameters, and those of the clauses it uses."""
    return hashlib.sha256(json.dumps(_whole(clause, find, ()), ensure_ascii=False).encode()).hexdigest()[:16]


def _whole(clause: Clause, find: Find, chain: tuple[str, ...]) -> list[object]:
    own = _plain(clause.node, _ASIDE) if clause.node is not None else None
    inner = []
    for use in uses_in_clause(clause):
        other = find(use.clause.value) if use.clause.value not in chain else None
        if other is not None:
            inner.append(_whole(other, find, (*chain, clause.identifier)))
    return [own, inner]


def _plain(node: Node, without: frozenset[str] = frozenset()) -> object:
    """A node as lists and texts, with sorted keys."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [_plain(item) for item in node.items]
    assert isinstance(node, Mapping)
    return [[key, _plain(node.entries[key])] for key in sorted(node.entries) if key not in without]
