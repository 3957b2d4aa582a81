"""The target that a hole means that cites none: {{ 重点项目 }} for {{ 指标.重点项目 }}, half-width brackets for full-width ones."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

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
    if inside != expression and any(inside[:at] in table.targets for at in _ends(inside)):
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


def _ends(name: str) -> Iterator[int]:
    """Where a name may end that `name` begins with: before each point, and at its end."""
    yield len(name)
    yield from (at for at, mark in enumerate(name) if mark == ".")


def _key_of(name: str, table: TargetTable) -> str:
    """The key of the target with this key or 名称, whatever the width of its marks; "" if there is none, or several."""
    keys, plain = tuple(table.targets), _plain(name)
    found = _by_plain_name(keys).get(plain)
    found = found or _by_plain_name(tuple([target.name for target in table.targets.values()])).get(plain)
    return keys[found[0]] if found and len(found) == 1 and plain else ""


@functools.lru_cache(maxsize=2)
def _by_plain_name(names: tuple[str, ...]) -> dict[str, list[int]]:
    """The places in `names` by the names without the width of their marks."""
    found: dict[str, list[int]] = {}
    for at, name in enumerate(names):
        found.setdefault(_plain(name), []).append(at)
    return found


def _plain(name: str) -> str:
    return "".join(name.translate(_SAME).split())
