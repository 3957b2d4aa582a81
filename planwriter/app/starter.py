"""The outline that `planwriter new` begins with."""

from __future__ import annotations

import os
import re

from planwriter.app.field_starter import fitting_parts, outline_block, with_field
from planwriter.app.session import Session
from planwriter.clauses.stack import LibraryStack
from planwriter.clauses.systems import PlanProfile, misfit, users_of
from planwriter.findings.finding import Result
from planwriter.language.regions import level_of
from planwriter.model import Region
from planwriter.outline.kind import Kind
from planwriter.outline.read import read_region
from planwriter.source.nodes import Scalar
from planwriter.start.patterns import regex
from planwriter.system import files


def unit_and_region(session: Session) -> tuple[str, Region | None]:
    """The default unit and region of a workspace's outlines; "" and None if it has none."""
    nodes = session.settings.defaults.nodes
    unit = nodes.get("unit")
    return unit.value if isinstance(unit, Scalar) else "", read_region(nodes.get("region")).value


def starter(session: Session, kind: Kind, values: dict[str, str]) -> Result[str | None]:
    """The commented starter outline of a kind for the unit in `values`, which replace its @…@ marks.

    A kind of the workspace without a starter of its own gets that of a built-in kind for the same period.
    """
    own = os.path.join(session.folder, "templates") if session.workspace else ""
    built_in = files.data_folder("templates")
    stand_in = next((each for each in session.built_in_kinds().value if each.multi_year == kind.multi_year), kind)
    for base, each in ((own, kind), (built_in, kind), (built_in, stand_in)):
        name = each.starter_for(values["单位"])
        path = os.path.join(base, each.folder, name)
        if base and os.path.isfile(path):
            break
    data = files.read_file(path, f"templates/{each.folder}/{name}")
    if data.value is None:
        return Result(None, data.findings)
    text = data.value.decode("utf-8").replace("\r\n", "\n")
    text = re.sub(r"^文种: \S+", f"文种: {kind.name}", text, count=1, flags=re.M)
    if base == built_in:
        first, last = (int(values[each]) for each in (("起年", "止年") if kind.multi_year else ("年度", "年度")))
        plan = PlanProfile(values["单位"], level_of(values["地区"]), kind.name, (first, last))
        clauses = LibraryStack((), session.built_in)
        text = _of_these_years(text, plan, clauses)
        if name == "starter.yaml":
            text = with_field(text, plan, clauses, multi_year=kind.multi_year)
        else:
            tasks = outline_block(text, "重点任务")
            text = text.replace(tasks, fitting_parts(tasks, plan, clauses))
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    return Result(text)


_USED = regex(r"(?<=- 用: )[^\s#]+")


def _of_these_years(text: str, plan: PlanProfile, clauses: LibraryStack) -> str:
    """A starter with clauses that are for other years replaced by those that took their place (替代)."""

    def current(used: re.Match[str]) -> str:
        clause = clauses.find(used[0])
        if clause is None or not misfit(users_of(clause), plan):
            return used[0]
        later = (clauses.find(each) for each in clause.successors)
        return next((each.identifier for each in later if each and not misfit(users_of(each), plan)), used[0])

    return _USED.sub(current, text)
