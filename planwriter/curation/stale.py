"""What in a library must be looked at again by some day: bases, wording with an end, and the clauses concerned."""

from __future__ import annotations

from planwriter.clauses.bases import Basis, bases_of
from planwriter.clauses.clause import Clause
from planwriter.clauses.library import Library
from planwriter.curation.check.bases import stale_basis
from planwriter.start.named_tuple import NamedTuple


class StaleBasis(NamedTuple):
    """A basis to look up again, why, and the clauses that refer to it."""

    basis: Basis
    reason: str
    is_repealed: bool
    clauses: tuple[str, ...]


class StaleClause(NamedTuple):
    """A clause whose wording no longer fits on a day, why, and what to use then."""

    clause: str
    reason: str
    successors: tuple[str, ...]


class Stale(NamedTuple):
    """What must be looked at."""

    bases: tuple[StaleBasis, ...]
    clauses: tuple[StaleClause, ...]


def stale(library: Library, on: str) -> Stale:
    """What must be looked at again in a library by the day `on` (2026-01-31); in the order of its files."""
    clauses = library.clauses()
    citing: dict[str, list[str]] = {}
    for clause in clauses:
        for key in clause.basis:
            citing.setdefault(key, []).append(clause.identifier)
    bases = []
    for basis in bases_of(library).value.values():
        for each in stale_basis(basis, on):
            repealed = each.code == "PW365"
            bases.append(StaleBasis(basis, each.message, repealed, tuple(citing.get(basis.key, ()))))
    found = ((clause, _reason(clause, on)) for clause in clauses)
    ended = tuple(StaleClause(clause.identifier, reason, clause.successors) for clause, reason in found if reason)
    return Stale(tuple(sorted(bases, key=lambda each: not each.is_repealed)), ended)


def _reason(clause: Clause, on: str) -> str:
    if clause.validity is not None and on > clause.validity.last:
        return f"说法{clause.validity}"
    if clause.years is not None and int(on[:4]) > clause.years[1]:
        return f"只用到 {clause.years[1]} 年"
    return ""
