"""Groups clauses with nearly the same text."""

from __future__ import annotations

from collections.abc import Sequence

from planwriter.curation.search.text import fold, pairs

_SHARE, _OF = 7, 10
"""The share of character pairs that two similar texts have in common (Jaccard index): seven tenths."""


_BITS = 1024


class _Pairs:
    """The character pairs of a text, and a bit set of their hashes that quickly rules out most texts as not similar."""

    __slots__ = ("bits", "pairs", "unseen")

    def __init__(self, text: str) -> None:
        self.pairs = pair_set(text)
        marks = bytearray(_BITS)
        for number in map(hash, self.pairs):
            marks[number % _BITS] = 1
        self.bits = int.from_bytes(marks, "little")
        self.unseen = len(self.pairs) - self.bits.bit_count()  # pairs that share a bit with a different pair

    def is_like(self, other: _Pairs) -> bool:
        """True if enough pairs are common; the bits give an upper bound first."""
        both = len(self.pairs) + len(other.pairs)
        most = (self.bits & other.bits).bit_count() + self.unseen
        if (_SHARE + _OF) * most < _SHARE * both:
            return False
        common = len(self.pairs & other.pairs)
        return _OF * common >= _SHARE * (both - common)


def group_alike(texts: Sequence[str], most: int) -> list[list[int]]:
    """Groups the indices of texts: each text joins the first group whose first text it is similar to.

    Returns at most `most` groups, in the order of their first texts; texts that would start a further group are left out.
    """
    groups: list[list[int]] = []
    leaders: list[_Pairs] = []
    for number, text in enumerate(texts):
        own = _Pairs(text)
        group = next((group for group, leader in enumerate(leaders) if own.is_like(leader)), None)
        if group is not None:
            groups[group].append(number)
        elif len(groups) < most:
            groups.append([number])
            leaders.append(own)
    return groups


def pair_set(text: str) -> set[str]:
    """The character pairs of a text."""
    folded = fold(text)
    return set(pairs(folded).split()) or {folded}
