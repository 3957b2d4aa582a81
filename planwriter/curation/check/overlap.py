"""Finds clauses that share whole phrases without being alike on the whole (PW379), by runs of six characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from planwriter.clauses.clause import Clause
from planwriter.curation.printed import printed_text
from planwriter.findings.catalogue import make_finding
from planwriter.findings.finding import Finding
from planwriter.start.patterns import re, regex

OVERLAP = 0.12
"""Two clauses share phrases if they have this share of their runs in common."""
RUN = 6
_COMMON = 12
"""A run in more clauses than this is a fixed phrase, which says nothing about two of them."""
_FIXED = regex(r"《[^》]*》|“[^”]*”")


def check_overlap(clauses: Sequence[Clause]) -> Iterator[Finding]:
    """A finding for each clause of format 2 that shares phrases with an earlier one, of those the nearest.

    Names in 《》 and terms in “” are not compared, nor are clauses of one group or for different years, which never meet.
    """
    judged = [each for each in clauses if each.format > 1]
    runs = [_runs(printed_text(each)) for each in judged]
    holders: dict[str, list[int]] = {}
    for nth, own in enumerate(runs):
        for run in own:
            holders.setdefault(run, []).append(nth)
    shared = Counter(
        (one, other)
        for held in holders.values()
        if 1 < len(held) <= _COMMON
        for at, one in enumerate(held)
        for other in held[at + 1 :]
    )
    nearest: dict[int, tuple[float, int]] = {}
    for (one, other), count in shared.items():
        share = count / (len(runs[one]) + len(runs[other]) - count)
        if share >= OVERLAP and _may_meet(judged[one], judged[other]):
            nearest[other] = max(nearest.get(other, (0.0, 0)), (share, one))
    for nth, (share, earlier) in sorted(nearest.items()):
        clause, twin = judged[nth], judged[earlier]
        if clause.origin is not None and twin.origin is not None:
            related = ((twin.origin.pos, "另一个在这里"),)
            names = {"clause": clause.identifier, "other": twin.identifier}
            yield make_finding("PW379", clause.origin, {**names, "share": f"{share:.0%}"}, related)


def _runs(text: str) -> frozenset[str]:
    plain = re.sub(r"[^\w]", "", _FIXED.sub("", text))
    return frozenset(plain[at : at + RUN] for at in range(len(plain) - RUN + 1))


def _may_meet(one: Clause, other: Clause) -> bool:
    """True if both may stand in one plan, and neither is based on the other."""
    if one.group and one.group == other.group:
        return False
    if one.years and other.years and (one.years[1] < other.years[0] or other.years[1] < one.years[0]):
        return False
    bases = [each.base.value for each in (one, other) if each.base is not None]
    return one.identifier not in bases and other.identifier not in bases
