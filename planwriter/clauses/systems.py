"""The fields of administration (系统) by the names of their bureaus, and the levels for which clauses are written.

section_library/systems.tsv has a line for each field: its word, then words of which one is in the name of such a bureau.
"""

from __future__ import annotations

import functools
import os

from planwriter.clauses.clause import Clause
from planwriter.clauses.library import BUILT_IN_FOLDER
from planwriter.language.regions import LEVELS
from planwriter.system import files

TOWNSHIP = "乡镇"
SCHOOL = "校"
_SYSTEMS_FILE = "systems.tsv"
_SCHOOLS = ("学校", "中学", "小学", "幼儿园", "学院", "中心校", "一中", "二中", "三中", "职校", "高中", "初中")
_NO_SCHOOLS = ("委", "局", "党校")
_BY_RANK = (TOWNSHIP, "县", "市", "省")
"""The words for the levels of clauses, from the lowest."""
CLAUSE_LEVELS = (*_BY_RANK, SCHOOL)


@functools.cache
def systems() -> dict[str, tuple[str, ...]]:
    """The words for the names of bureaus, by field; empty if the table cannot be read."""
    data = files.read_file(os.path.join(files.data_folder(BUILT_IN_FOLDER), _SYSTEMS_FILE), _SYSTEMS_FILE).value or b""
    rows = (line.split("\t") for line in data.decode("utf-8").splitlines() if line)
    return {system: tuple(words) for system, *words in rows}


def systems_of(unit: str) -> frozenset[str]:
    """The fields of the bureau with this name; empty if it is in charge of all (a government), or is not known."""
    name = unit.replace("人民政府", "政府")  # which contains 民政
    return frozenset(system for system, words in systems().items() if any(word in name for word in words))


def is_school(unit: str) -> bool:
    """True if the name is that of a school."""
    return any(word in unit for word in _SCHOOLS) and not unit.endswith(_NO_SCHOOLS)


def plan_level(unit: str, level: str) -> str:
    """The word for a plan's level in clauses (省, 市, 县, 乡镇, 校), by its unit and its region's level; "" if unknown."""
    if is_school(unit):
        return SCHOOL
    words = LEVELS.get(level)
    return _BY_RANK[words.rank] if words else ""


def level_fits(clause: Clause, unit: str, level: str) -> bool:
    """True if a clause may be used by a unit in a region of `level` (县, 旗, 县级市, 镇 …).

    A 县级市 also takes clauses for a 县 or a 市. Wording of its own for a level makes a clause fit that level.
    """
    if not clause.levels or not level:
        return True
    wanted = plan_level(unit, level) if clause.format > 1 else ""
    if level in clause.levels or wanted in clause.levels or has_wording_for(clause, wanted):
        return True
    return level == "县级市" and not {"市", "县"}.isdisjoint(clause.levels)


def system_fits(clause: Clause, unit: str, level: str) -> bool:
    """True if a clause may be used by the bureau with this name; a bureau that is not known may use any."""
    if not clause.systems:
        return True
    own = systems_of(unit)
    return not own or not own.isdisjoint(clause.systems) or has_wording_for(clause, plan_level(unit, level))


def has_wording_for(clause: Clause, level: str) -> bool:
    """True if a clause has a wording of its own for a level (变体: 市, 县, 乡镇, 校)."""
    return bool(level) and clause.format > 1 and any(variant.name == level for variant in clause.variants)
