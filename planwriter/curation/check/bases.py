"""Checks what clauses are based on (依据): keys that exist, laws in force, days on which they were looked up, tags, dashes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planwriter.clauses.bases import Basis
from planwriter.clauses.clause import Clause
from planwriter.findings.catalogue import finding, near
from planwriter.findings.finding import Finding
from planwriter.language.dates import months_between

OLD_MONTHS = 12
"""A basis that was looked up longer ago must be looked up again."""
_ODD_DASHES = "－–-"
"""Dashes that the title of a plan (2024—2035年) is sometimes typed with."""


def check_bases(bases: Mapping[str, Basis], on: str = "") -> Iterator[Finding]:
    """Findings on the bases themselves; with a day `on`, also those not looked up for a year (PW366)."""
    for basis in bases.values():
        if basis.origin is None:
            continue
        if any(f"{digit}{dash}" in basis.name for digit in "0123456789" for dash in _ODD_DASHES):
            place = basis.origin
            yield finding("PW364", place, what=f"“{basis.name}”里的连接号", advice="年份之间用一字线“—”。")
        if basis.seen_in and not basis.checked:
            yield finding("PW364", basis.origin, what=f"“{basis.key}”有出处而没有核对日期", advice="补上核对日期。")
        if (basis.number or basis.in_force or basis.revised) and not basis.checked:
            advice = "核对后写上核对日期和出处；没有核对的，只写全称和发文机关。"
            yield finding("PW364", basis.origin, what=f"“{basis.key}”写了文号或日期而没有核对日期", advice=advice)
        if on:
            yield from stale_basis(basis, on)


def stale_basis(basis: Basis, on: str) -> Iterator[Finding]:
    """The finding on a basis that is not in force on a day, or must be looked up again."""
    if basis.origin is None:
        return
    if basis.is_repealed(on):
        instead = f"换成{'、'.join(basis.successors)}。" if basis.successors else "换成现行的文件，或删去。"
        yield finding("PW365", basis.origin, key=basis.key, day=basis.repealed, advice=instead)
    elif not basis.checked:
        yield finding("PW366", basis.origin, key=basis.key, reason="还没有核对过文号和日期")
    elif months_between(basis.checked, on) >= OLD_MONTHS:
        yield finding("PW366", basis.origin, key=basis.key, reason=f"上次核对是 {basis.checked}，已满一年")


def check_clause_bases(clause: Clause, bases: Mapping[str, Basis], on: str = "") -> Iterator[Finding]:
    """Findings on a clause of format 2 that names a basis which the library does not describe, or one not in force."""
    if clause.format < 2 or clause.origin is None:
        return
    for key in clause.basis:
        basis = bases.get(key)
        if basis is None:
            advice = near(key, tuple(bases)) if bases else "在 bases.yaml 里写上它的全称。"
            yield finding("PW363", clause.origin, clause=clause.identifier, key=key, advice=advice)
        elif basis.repealed and (not on or basis.is_repealed(on)):
            instead = f"换成{'、'.join(basis.successors)}。" if basis.successors else "换成现行的文件，或删去。"
            yield finding("PW365", clause.origin, key=key, day=basis.repealed, advice=instead)


def check_tags(clause: Clause) -> Iterator[Finding]:
    """The finding on a clause that has a tag twice."""
    twice = next((tag for nth, tag in enumerate(clause.tags) if tag in clause.tags[:nth]), "")
    if twice and clause.origin is not None:
        what = f"条款“{clause.identifier}”的标签“{twice}”写了两次"
        yield finding("PW364", clause.origin, what=what, advice="删去一个。")
