"""Clauses that say nearly the same, grouped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain

from planwriter.search.text import fold, pairs

ALIKE = 0.7
"""The share of pairs of characters that two texts must have in common (Jaccard)."""


def group_alike(texts: Sequence[str], most: int) -> list[list[int]]:
    """The numbers of texts in groups, each text with the first one it is like; at most `most` groups, in the order of their firsts."""
    groups: list[list[int]] = []
    sizes: list[int] = []
    leading: dict[str, list[int]] = {}
    for number, text in enumerate(texts):
        own = pair_set(text)
        group = _like(own, sizes, leading)
        if group is not None:
            groups[group].append(number)
        elif len(groups) < most:
            for pair in own:
                leading.setdefault(pair, []).append(len(groups))
            groups.append([number])
            sizes.append(len(own))
    return groups


def pair_set(text: str) -> set[str]:
    """The pairs of characters of a text."""
    return set(pairs(fold(text)).split()) or {fold(text)}


def _like(own: set[str], sizes: list[int], leading: dict[str, list[int]]) -> int | None:
    """The first group whose leader has enough in common with a text; `leading` tells in which leaders a pair stands."""
    shared = Counter(chain.from_iterable(leading[pair] for pair in own if pair in leading))
    alike = (group for group, count in shared.items() if count >= ALIKE * (len(own) + sizes[group] - count))
    return min(alike, default=None)
