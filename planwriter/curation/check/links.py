"""Checks the uses in clauses: the clauses exist and get their arguments, and no use is circular (PW301 to PW307)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from planwriter.clauses.clause import Clause
from planwriter.clauses.parameters import required_parameters
from planwriter.clauses.uses import uses_in_clause
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Span
from planwriter.model import Use
from planwriter.plan.compose.clause import MAIN
from planwriter.plan.compose.compose import FindClause


def check_links(clause: Clause, find: FindClause, unread: Callable[[str], bool]) -> Iterator[Finding]:
    """The findings on the uses in a clause. A clause that may be in a file that could not be parsed is not reported."""
    for use in uses_in_clause(clause):
        place = use.clause.origin or use.origin
        target = find(use.clause.value)
        if place is None:
            continue
        if target is None:
            if not unread(use.clause.value):
                advice = "核对编号；条款在别的库里的，把那个库也写进工作区的“库”。"
                yield finding("PW301", place, clause=use.clause.value, advice=advice)
            continue
        yield from _check_use(use, target, place)
        chain = _way_back(clause.identifier, target, find)
        if chain:
            yield finding("PW307", place, chain=" → ".join((clause.identifier, *chain)))


def _check_use(use: Use, target: Clause, place: Span) -> Iterator[Finding]:
    declared = {parameter.name: parameter for parameter in target.parameters}
    given = {key.value: key for key, _ in use.arguments}
    for name, key in given.items():
        if name not in declared:
            advice = f"它的参数有：{'、'.join(declared)}。" if declared else "它不带参数，删去“参数”一行。"
            yield finding("PW305", key.origin or place, clause=target.identifier, name=name, advice=advice)
    required = required_parameters(target, target.worded(use.variant.value if use.variant else ""))
    for name, parameter in declared.items():
        if name not in given and name in required:
            about = f"（{parameter.about}）" if parameter.about else ""
            yield finding("PW303", place, clause=target.identifier, name=name, about=about)
    variants = [variant.name for variant in target.variants]
    is_main = use.variant is not None and use.variant.value == MAIN and target.format > 1
    if use.variant is not None and use.variant.value not in variants and not is_main:
        advice = f"可用的有：{'、'.join(variants)}。" if variants else "它没有变体，删去“变体”一行。"
        where = use.variant.origin or place
        yield finding("PW306", where, clause=target.identifier, variant=use.variant.value, advice=advice)


def _way_back(goal: str, start: Clause, find: FindClause) -> tuple[str, ...]:
    """The shortest chain of uses from `start` to the clause `goal`, including both; empty if there is none."""
    chains: dict[str, tuple[str, ...]] = {start.identifier: (start.identifier,)}
    waiting = [start]
    for clause in waiting:
        chain = chains[clause.identifier]
        if clause.identifier == goal:
            return chain
        for use in uses_in_clause(clause):
            target = find(use.clause.value)
            if target is not None and target.identifier not in chains:
                chains[target.identifier] = (*chain, target.identifier)
                waiting.append(target)
    return ()
