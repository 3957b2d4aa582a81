"""Whether a clause may be used in a plan: its field of administration, level, kind of plan, years, validity and company."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from planwriter.clauses.clause import Clause
from planwriter.clauses.systems import PlanProfile, misfit, users_of
from planwriter.model import Outline, Use
from planwriter.plan.compose.texts import Scope, Texts

_SHOWN = 3
_GRAM = 2


def check_fit(
    clause: Clause,
    use: Use,
    scope: Scope,
    texts: Texts,
    outline: Outline,
    clauses: Callable[[], Iterable[Clause]],
) -> None:
    """Reports a clause used in a plan for which it is not written.

    It is an error in a library of format 2, with the clauses that fit instead, and a warning in one of format 1. Wording whose
    validity has ended is always a warning.
    """
    if use.origin is None:
        return
    reason = texts.memo.lasting(_misfit, clause, by=(plan_of(outline),))
    if reason and clause.format > 1:
        advice = _advice(clause, outline, clauses)
        texts.add("PW317", use.origin, scope, clause=clause.identifier, reason=reason, advice=advice)
    elif reason or (reason := _expiry(clause, outline)):
        texts.add("PW312", use.origin, scope, clause=clause.identifier, reason=reason)


def _misfit(plan: PlanProfile, clause: Clause) -> str:
    return misfit(users_of(clause), plan)


def plan_of(outline: Outline) -> PlanProfile:
    """What decides whether a clause fits an outline."""
    return PlanProfile(outline.unit, outline.region.level, outline.kind, outline.years)


def _expiry(clause: Clause, outline: Outline) -> str:
    if clause.validity and outline.years[0] and not clause.validity.covers_some_of(*outline.years):
        return f"它的有效期是 {clause.validity}"
    return ""


def _advice(clause: Clause, outline: Outline, clauses: Callable[[], Iterable[Clause]]) -> str:
    """What to use instead: the clauses named by 替代, else those of the same subject that fit."""
    names = [*clause.successors, *fitting_instead(clause, outline, clauses())]
    found = list(dict.fromkeys(names))[:_SHOWN]
    return f"合用的有：{'、'.join(found)}。" if found else "换一个条款，或把这段文字直接写进提纲自己改。"


def fitting_instead(clause: Clause, outline: Outline, clauses: Iterable[Clause]) -> list[str]:
    """The clauses on the subject of a clause that fit a plan, the likeliest first."""
    subject = _grams(clause.title) | {*clause.tags}
    plan = plan_of(outline)
    scored = []
    for each in clauses:
        if each.identifier == clause.identifier or each.format < clause.format:
            continue
        shared = len(subject & (_grams(each.title) | {*each.tags}))
        same_topic = each.identifier.partition("/")[0] == clause.identifier.partition("/")[0]
        if (shared > 1 or (shared and same_topic)) and not misfit(users_of(each), plan) and not _expiry(each, outline):
            scored.append((-shared - same_topic, each.identifier))
    return [identifier for _, identifier in sorted(scored)]


def _grams(text: str) -> set[str]:
    """The pairs of characters of a title, in which a heading of the same subject shares some."""
    return {text[at : at + _GRAM] for at in range(len(text) - 1)}
