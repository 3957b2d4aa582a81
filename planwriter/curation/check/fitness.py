"""Checks what a clause applies to: known kinds and levels, ordered years (PW354), wording still valid (PW357)."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.clauses.clause import Clause
from planwriter.clauses.systems import CLAUSE_LEVELS, systems
from planwriter.findings.catalogue import finding, near
from planwriter.findings.finding import Finding
from planwriter.language.regions import LEVELS, level_named
from planwriter.outline.kind import Kind


def check_fitness(clause: Clause, kinds: tuple[Kind, ...], on: str = "") -> Iterator[Finding]:
    """Findings on a clause that can never be used, or whose wording is not valid on the day `on` (2026-01-31)."""
    faults = (*_system_faults(clause), *_kind_faults(clause, kinds), *_level_faults(clause), *_year_faults(clause))
    for reason, advice, word in faults:
        place = clause.applies_origin or clause.origin
        if place is not None:
            yield finding("PW354", place.find(word), clause=clause.identifier, reason=reason, advice=advice)
    if on and clause.validity is not None and clause.validity_origin is not None:
        first, last = clause.validity
        reason = f"要到 {first} 才生效" if on < first else f"已于 {last} 到期" if on > last else ""
        if reason:
            yield finding("PW357", clause.validity_origin, clause=clause.identifier, reason=reason)


def _kind_faults(clause: Clause, kinds: tuple[Kind, ...]) -> list[tuple[str, str, str]]:
    names = tuple(kind.name for kind in kinds)
    official = {alias: kind.name for kind in kinds for alias in kind.aliases}
    return [
        (f"没有“{word}”这个文种", f"写正式的名称：{official[word]}。" if word in official else near(word, names), word)
        for word in clause.kinds
        if word not in names
    ]


def _system_faults(clause: Clause) -> list[tuple[str, str, str]]:
    known = tuple(systems()) if clause.systems else ()
    return [(f"没有“{word}”这个系统", near(word, known), word) for word in clause.systems if word not in known]


def _level_faults(clause: Clause) -> list[tuple[str, str, str]]:
    if clause.format > 1:
        allowed = f"可以写：{'、'.join(CLAUSE_LEVELS)}；“县”包括区、旗、县级市，“乡镇”包括街道。"
        known = (*CLAUSE_LEVELS, *LEVELS)
        return [(f"没有“{word}”这一级", allowed, word) for word in clause.levels if word not in known]
    return [
        (f"没有“{word}”这一级", f"写成 {level_named(word)}。" if level_named(word) else near(word, tuple(LEVELS)), word)
        for word in clause.levels
        if word not in LEVELS
    ]


def _year_faults(clause: Clause) -> list[tuple[str, str, str]]:
    faults = []
    if clause.years is not None and clause.years[0] > clause.years[1]:
        faults.append((f"首年 {clause.years[0]} 比末年 {clause.years[1]} 晚", "把两个年份对调。", str(clause.years[0])))
    elif clause.years is not None and clause.validity is not None and not clause.validity.covers_some_of(*clause.years):
        faults.append(
            (f"“年度”和有效期（{clause.validity}）没有重合的日子", "核对“年度”和“有效期”。", str(clause.years[0]))
        )
    return faults
