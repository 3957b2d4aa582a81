"""The fields of administration (系统) by the names of their bureaus, and the levels for which clauses are written.

section_library/systems.tsv has a line for each field: its word, then words of which one is in the name of such a bureau.
"""

from __future__ import annotations

import functools
import os

from planwriter.clauses.clause import Clause
from planwriter.clauses.library import BUILT_IN_FOLDER, FORMAT
from planwriter.language.regions import LEVELS
from planwriter.start.named_tuple import NamedTuple
from planwriter.system import files

TOWNSHIP = "乡镇"
SCHOOL = "校"
_SYSTEMS_FILE = "systems.tsv"
_SCHOOLS = ("学校", "中学", "小学", "幼儿园", "学院", "中心校", "一中", "二中", "三中", "职校", "高中", "初中")
_NO_SCHOOLS = ("委", "局")
_BY_RANK = (TOWNSHIP, "县", "市", "省")
"""The words for the levels of clauses, from the lowest."""
CLAUSE_LEVELS = (*_BY_RANK, SCHOOL)


@functools.cache
def systems() -> dict[str, tuple[str, ...]]:
    """The words for the names of bureaus, by field; empty if the table cannot be read."""
    data = files.read_file(os.path.join(files.data_folder(BUILT_IN_FOLDER), _SYSTEMS_FILE), _SYSTEMS_FILE).value or b""
    rows = (line.split("\t") for line in data.decode("utf-8").splitlines() if line)
    return {system: tuple(words) for system, *words in rows}


@functools.lru_cache(maxsize=64)
def systems_of(unit: str) -> frozenset[str]:
    """The fields of the bureau with this name; empty if it is in charge of all (a government), or is not known."""
    name = _without_traps(unit)
    return frozenset(system for system, words in systems().items() if any(word in name for word in words))


def field_in_charge(unit: str) -> str:
    """The first field in a bureau's name (教育体育局: 教育); "" if it has none."""
    name = _without_traps(unit)
    found = [
        (at, -len(word), system)
        for system, words in systems().items()
        for word in words
        if (at := name.find(word)) >= 0
    ]
    return min(found)[2] if found else ""


def _without_traps(unit: str) -> str:
    """A name without words that contain those of other fields: 人民政府 has 民政, 行政学院 (a 党校) has 学院."""
    return unit.replace("人民政府", "政府").replace("行政学院", "党校")


def is_school(unit: str) -> bool:
    """True if the name is that of a school."""
    return any(word in _without_traps(unit) for word in _SCHOOLS) and not unit.endswith(_NO_SCHOOLS)


def plan_level(unit: str, level: str) -> str:
    """The word for a plan's level in clauses (省, 市, 县, 乡镇, 校), by its unit and its region's level; "" if unknown."""
    if is_school(unit):
        return SCHOOL
    if TOWNSHIP in systems_of(unit):  # also where 地区 names the county
        return TOWNSHIP
    words = LEVELS.get(level)
    return _BY_RANK[words.rank] if words and words.rank < len(_BY_RANK) else ""


class Users(NamedTuple):
    """Who a clause is written for (适用); empty fields set no limit."""

    systems: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    """The first and the last year."""
    wordings: tuple[str, ...] = ()
    """The levels for which it has a wording of its own (变体: 市, 县, 乡镇, 校), which thereby may use it."""
    form: int = FORMAT
    """The format of its library."""


def users_of(clause: Clause) -> Users:
    """Who a clause is written for."""
    names = (variant.name for variant in clause.variants) if clause.format > 1 else ()
    wordings = tuple(name for name in names if name in CLAUSE_LEVELS)
    return Users(clause.systems, clause.levels, clause.kinds, clause.years or (), wordings, clause.format)


class PlanProfile(NamedTuple):
    """What decides whether a clause fits a plan; "" and 0 stand for what is not known."""

    unit: str = ""
    level: str = ""
    """The level of its region: 县, 旗, 县级市, 镇 …"""
    kind: str = ""
    years: tuple[int, int] = (0, 0)


def misfit(users: Users, plan: PlanProfile) -> str:
    """Why a clause does not fit a plan; "" if it does."""
    if not _system_fits(users, plan):
        return f"它是写给{'、'.join(users.systems)}系统的，{plan.unit}不在其内"
    if users.kinds and plan.kind and plan.kind not in users.kinds:
        return f"它用于{'、'.join(users.kinds)}"
    if not _level_fits(users, plan):
        return f"它用于{'、'.join(users.levels)}一级"
    last = plan.years[1] if users.form == 1 else plan.years[0]  # a plan of several years is worded for its first
    if users.years and plan.years[0] and not (users.years[0] <= plan.years[0] and last <= users.years[1]):
        first, last = users.years
        return f"它用于 {first} 年" if first == last else f"它用于 {first}—{last} 年"
    return ""


def _level_fits(users: Users, plan: PlanProfile) -> bool:
    """True if a unit of the plan's level may use a clause; a 县级市 also takes clauses for a 县 or a 市."""
    if not users.levels or not plan.level:
        return True
    wanted = plan_level(plan.unit, plan.level) if users.form > 1 else ""
    if plan.level in users.levels or wanted in (*users.levels, *users.wordings):
        return True
    return plan.level == "县级市" and not {"市", "县"}.isdisjoint(users.levels)


def _system_fits(users: Users, plan: PlanProfile) -> bool:
    """True if the bureau may use a clause; a bureau that is not known may use any."""
    if not users.systems:
        return True
    own = systems_of(plan.unit)
    return not own or not own.isdisjoint(users.systems) or plan_level(plan.unit, plan.level) in users.wordings
