"""The target that a hole means that cites none: {{ 重点项目 }} for {{ 指标.重点项目 }}, half-width brackets for full-width ones."""

from __future__ import annotations

import re

from planwriter.fill import HOLE
from planwriter.fill.plain import Names
from planwriter.findings.catalogue import near, nearest
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex
from planwriter.targets.values import TargetTable

_FIELDS = regex(r"\.(?:值|数|数值|单位|名称|基期|分项|责任单位|年\(|增|下降|降幅|减量)")
_TABLE = "指标"
_SAME = str.maketrans("()%,:－—　", "（）％，：-- ")


class Meant(NamedTuple):
    """The finding for a name that is not defined as it is typed: PW309 without 指标, PW402 with it."""

    code: str
    name: str
    advice: str


def target_meant(text: str, at: int, names: Names) -> Meant | None:
    """What the hole at `at` means if it names a target without 指标., by its 名称, or with other marks; else None."""
    table, hole = names.get(_TABLE), HOLE.match(text, at) if at >= 0 else None
    if hole is None or not isinstance(table, TargetTable):
        return None
    expression = hole[1].strip()
    inside = expression.removeprefix(f"{_TABLE}.")
    field = _FIELDS.search(inside)
    name = (inside[: field.start()] if field else inside).strip()
    rest = inside[len(name) :]
    if inside != expression and any(f"{inside}.".startswith(f"{key}.") for key in table.targets):
        return None  # the name is right
    key = _key_of(name, table)
    if key:
        titled = "" if _plain(key) == _plain(name) else f"“{name}”是名称，指标的名字是“{key}”，"
        code = "PW309" if inside == expression else "PW402"
        return Meant(code, name, f"{titled}写成 {{{{ {_TABLE}.{key}{rest} }}}}。")
    is_odd = not name.isidentifier() and not re.search(r"[+*/|'\"]|\s-\s", name)
    if inside != expression and is_odd and nearest(name, tuple(table.targets)):
        return Meant("PW402", name, near(name, tuple(table.targets)))
    return None


def _key_of(name: str, table: TargetTable) -> str:
    """The key of the target with this key or 名称, whatever the width of its marks; "" if there is none, or several."""
    plain = _plain(name)
    found = [key for key in table.targets if _plain(key) == plain]
    found = found or [key for key, target in table.targets.items() if target.name and _plain(target.name) == plain]
    return found[0] if len(found) == 1 and plain else ""


def _plain(name: str) -> str:
    return "".join(name.translate(_SAME).split())
