"""Clauses that say nearly the same, grouped."""

from __future__ import annotations

from collections.abc import Sequence

from planwriter.search.text import fold

ALIKE = 0.7
"""The share of pairs of characters that two texts must have in common (Jaccard)."""


def group_alike(texts: Sequence[str], most: int) -> list[list[int]]:
    """The numbers of texts in groups, each text with the first one it is like; at most `most` groups, in the order of their firsts."""
    groups: list[list[int]] = []
    leaders: list[set[str]] = []
    for number, text in enumerate(texts):
        own = pair_set(text)
        for group, leader in zip(groups, leaders, strict=True):
            if are_alike(own, leader):
                group.append(number)
                break
        else:
            if len(groups) < most:
                groups.append([number])
                leaders.append(own)
    return groups


def pair_set(text: str) -> set[str]:
    """The pairs of characters of a text."""
    folded = fold(text)
    return {folded[at : at + 2] for at in range(len(folded) - 1)} or {folded}


def are_alike(one: set[str], other: set[str]) -> bool:
    """True where two texts have so much in common that a writer needs to look at one of them only."""
    fewer, more = sorted((len(one), len(other)))
    if fewer < ALIKE * more:
        return False
    shared = len(one & other)
    return shared >= ALIKE * (len(one) + len(other) - shared)
