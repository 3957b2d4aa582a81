"""The outline that `planwriter new` begins with."""

from __future__ import annotations

import os
import re

from planwriter.app.session import Session
from planwriter.findings.finding import Result
from planwriter.model import Region
from planwriter.outline.kind import Kind
from planwriter.outline.read import read_region
from planwriter.source.nodes import Scalar
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
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    return Result(text)
