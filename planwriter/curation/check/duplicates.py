"""Finds clauses with nearly the same text (PW356), by the character pairs that they share."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from planwriter.clauses.clause import Clause
from planwriter.curation.check.parameters import HOLE
from planwriter.fill import split_at_last
from planwriter.findings.catalogue import make_finding
from planwriter.findings.finding import Finding
from planwriter.model.walk import NAMES, TextRole

ALIKE = 0.7
"""Texts are similar if they have at least this share of their character pairs in common (Jaccard index)."""
SHORT = 16
"""Texts with fewer characters are reported only if they are equal."""
_NOT_ITS_WORDING = frozenset((*NAMES, TextRole.VARIANT, TextRole.DEFAULT))


def check_duplicates(clauses: Sequence[Clause], others: Sequence[Clause] = ()) -> Iterator[Finding]:
    """A finding for each clause similar to an earlier one of `clauses`, or to one of `others` not of its name.

    A clause may replace one with its identifier in a different library: that is reported only if the texts are equal.
    """
    everything = [*clauses, *others]
    texts = [_plain(clause) for clause in everything]
    told: dict[int, tuple[float, int]] = {}
    for one, other, likeness in alike(texts):
        later, earlier = (other, one) if other < len(clauses) else (one, other)
        same = everything[one].identifier == everything[other].identifier
        base = everything[later].base
        based = base is not None and base.value == everything[earlier].identifier
        if later < len(clauses) and not based and (likeness == 1 or not same):
            told[later] = max(told.get(later, (0.0, earlier)), (likeness, earlier), key=lambda pair: pair[0])
    for nth, (likeness, earlier) in sorted(told.items()):
        clause, twin = everything[nth], everything[earlier]
        if clause.origin is not None and twin.origin is not None:
            shown = "文字相同" if likeness == 1 else f"有 {math.floor(likeness * 100)}% 的文字相同"
            related = ((twin.origin.pos, "另一个在这里"),)
            names = {"clause": clause.identifier, "other": twin.identifier}
            yield make_finding("PW356", clause.origin, {**names, "likeness": shown}, related)


def _plain(clause: Clause) -> str:
    """A clause's own wording, without variants, punctuation and spaces; each hole is one □."""
    said = "".join(text.value for text, role in clause.texts() if role not in _NOT_ITS_WORDING)
    head, rest = split_at_last(said, "}}", "%}")
    return re.sub(r"[^\w□]", "", HOLE.sub("□", head) + rest) or clause.identifier


def alike(texts: Sequence[str]) -> Iterator[tuple[int, int, float]]:
    """Pairs of similar texts: the index of the earlier, of the later, and their similarity; exact, with none missed.

    Two sets that are so similar share one of the few rarest pairs of each (the prefix filter of Bayardo, Ma and
    Srikant, WWW 2007). So only texts that share a rare pair are compared.
    """
    sets = [frozenset(text[at : at + 2] for at in range(len(text) - 1)) or frozenset((text,)) for text in texts]
    often = Counter(pair for pairs in sets for pair in pairs)
    holders: dict[str, list[int]] = {}
    for nth, pairs in enumerate(sets):
        rarest = sorted(pairs, key=lambda pair: (often[pair], pair))[: len(pairs) - math.ceil(ALIKE * len(pairs)) + 1]
        candidates = {other for pair in rarest for other in holders.get(pair, ())}
        for other in sorted(candidates):
            size = len(sets[other])
            if min(size, len(pairs)) < ALIKE * max(size, len(pairs)):
                continue
            common = len(pairs & sets[other])
            likeness = common / (len(pairs) + size - common)
            equal = texts[nth] == texts[other]
            if equal or (likeness >= ALIKE and min(len(texts[nth]), len(texts[other])) >= SHORT):
                yield other, nth, 1.0 if equal else min(likeness, 0.99)
        for pair in rarest:
            holders.setdefault(pair, []).append(nth)
