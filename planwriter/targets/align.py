"""Compares a plan's targets with the superior plan's (对标上级): taken over, missing, weaker, or a share of a total."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from planwriter.findings.catalogue import finding, nearest
from planwriter.findings.finding import Finding, Span
from planwriter.model import Figure, Outline, Target
from planwriter.start.patterns import regex
from planwriter.start.records import dataclass
from planwriter.targets.formulas import complete_targets
from planwriter.targets.values import FALLING, RISING, FigureView

SAME, STRONGER, WEAKER, DIFFERENT, PART, UNIT, APART, MISSING = (
    "一致",
    "更严",
    "更弱",
    "不同",
    "份额",
    "单位不同",
    "年份不同",
    "缺少",
)
"""How a target of the superior plan is taken over. 份额: as a share of a total; 年份不同: no common year."""
BINDING = "约束性"
_POWERS = {"千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8}
_UNIT = regex(r"(千万|百万|千|万|亿)?(.*)")
_ALIASES = {"名": ("人", 0), "公里": ("米", 3), "公顷": ("平方米", 4), "公斤": ("克", 3), "‰": ("%", -1)}
_RATIOS = ("%", "‰")
_EACH = regex(r"人均|生均|师均|校均|班均|户均|平均|每|倍数|年限|标准")


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One comparison: its subject (目标值, 2027年) and the two figures, this plan's in the unit of the superior plan."""

    label: str
    own: Figure
    value: Decimal
    above: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """A target of the superior plan, and how this plan takes it over."""

    above: Target
    own: Target | None
    state: str
    points: tuple[Point, ...] = ()
    """The comparisons that decide the state."""
    share: Decimal | None = None
    """This plan's share of a total in per cent, to one decimal."""
    near: tuple[Target, ...] = ()
    """If it is missing: targets that may be meant for it."""


def align_targets(outline: Outline, superior: Outline) -> tuple[Alignment, ...]:
    """Every target of the superior plan and how it is taken over, in the order of that plan."""
    own = tuple(target for target in complete_targets(outline.targets).value if target.value)
    above = tuple(target for target in complete_targets(superior.targets).value if target.value)
    pairs = _pairs(own, above)
    taken = {target.key for target in pairs.values()}
    free = {folded(target.title): target for target in own if target.key not in taken}
    made = []
    for target in above:
        if target.key in pairs:
            made.append(_compared(pairs[target.key], target, outline.years[1], superior.years[1]))
        else:
            near = tuple(free[name] for name in nearest(folded(target.title), tuple(free)))
            made.append(Alignment(above=target, own=None, state=MISSING, near=near))
    return tuple(made)


def check_alignment(outline: Outline, superior: Outline) -> tuple[Finding, ...]:
    """Binding targets of the superior plan that are missing (PW457), weaker (PW458) or in a different unit (PW459)."""
    assert outline.superior is not None and outline.superior.origin is not None
    return tuple(_told(outline, superior, outline.superior.origin))


def _told(outline: Outline, superior: Outline, place: Span) -> Iterator[Finding]:
    torn = any(each.broken for each in outline.targets)
    for row in align_targets(outline, superior):
        if row.above.nature != BINDING:
            continue
        name = row.above.title
        if row.own is None:
            near = f"，可能是“{'”“'.join(each.title for each in row.near)}”" if row.near else ""
            step = dict(row.above.years).get(outline.years[1])
            if not torn:
                yield finding(
                    "PW457", place, name=name, value=shown(row.above, step.value if step else None), near=near
                )
        elif row.state == WEAKER:
            point = row.points[0]
            own, above = shown(row.own, point.own.value), shown(row.above, point.above)
            label = "" if point.label == "目标值" else point.label
            yield finding("PW458", point.own.origin or place, name=row.own.title, point=label, own=own, above=above)
        elif row.state == UNIT:
            at = row.own.unit_origin or row.own.origin or place
            yield finding("PW459", at, name=row.own.title, own=row.own.unit, above=row.above.unit)


def shown(target: Target, value: Decimal | None = None) -> str:
    """The figure of a target, or a different figure of it, with bound and unit as in prose."""
    figure = value if value is not None else target.value.value if target.value else None
    return "" if figure is None else str(FigureView(target, figure, bound=target.bound))


# which is which


def _pairs(own: tuple[Target, ...], above: tuple[Target, ...]) -> dict[str, Target]:
    """This plan's target for each key of the superior plan: of the same name, else of the same key; each is used once."""
    made: dict[str, Target] = {}
    for by_name in (True, False):
        taken = {target.key for target in made.values()}
        known = {folded(target.title if by_name else target.key): target for target in own if target.key not in taken}
        for target in above:
            if target.key not in made:
                found = known.pop(folded(target.title if by_name else target.key), None)
                made.update({target.key: found} if found else {})
    return made


def folded(name: str) -> str:
    """A name without the differences that do not count: width of characters, spaces, quotes."""
    return re.sub(r"[\s“”\"'‘’]", "", unicodedata.normalize("NFKC", name)).casefold()


# how it is taken over


def _compared(own: Target, above: Target, last: int, last_above: int) -> Alignment:
    factor = _factor(own.unit, above.unit)
    if factor is None:
        return Alignment(above=above, own=own, state=UNIT)
    points = tuple(_points(own, above, last, last_above, factor))
    if not points:
        return Alignment(above=above, own=own, state=APART)
    total = is_total(above)
    judged = [(_judged(point, above.bound, total), point) for point in points]
    state = next((each for each in (WEAKER, DIFFERENT, PART, STRONGER) if any(each == one for one, _ in judged)), SAME)
    share = _share(points[0]) if total else None
    return Alignment(
        above=above, own=own, state=state, points=tuple(point for one, point in judged if one == state), share=share
    )


def _points(own: Target, above: Target, last: int, last_above: int, factor: Decimal) -> Iterator[Point]:
    """The goal, and the years that both plans have; a plan that ends earlier is compared with the step of its last year."""
    steps, steps_above = dict(own.years), dict(above.years)
    assert own.value and above.value
    goal = above.value if last == last_above else steps_above.get(last)
    if goal:
        label = "目标值" if last == last_above else f"{last}年"
        yield Point(label=label, own=own.value, value=own.value.value * factor, above=goal.value)
    for year in sorted(steps.keys() & steps_above.keys()):
        if not goal or year != last:
            yield Point(
                label=f"{year}年", own=steps[year], value=steps[year].value * factor, above=steps_above[year].value
            )


def _judged(point: Point, bound: str, total: bool) -> str:
    """One figure compared with that of the superior plan, by its bound.

    A share of a total may be smaller without being weaker; a share larger than an upper bound on the total is weaker.
    """
    if bound in FALLING:
        return (
            WEAKER if point.value > point.above else PART if total else SAME if point.value == point.above else STRONGER
        )
    if total:
        return PART
    if point.value == point.above:
        return SAME
    if bound in RISING - {"达到"}:
        return WEAKER if point.value < point.above else STRONGER
    return DIFFERENT


def is_total(target: Target) -> bool:
    """True for a quantity that districts share (人, 所, 万元); not for a rate or an amount per person (人均, 元/生)."""
    unit = unicodedata.normalize("NFKC", target.unit)
    is_rate = unit in _RATIOS or "百分" in unit or "/" in unit or unit in ("", "岁", "年", "分", "倍", "天")
    return not is_rate and _EACH.search(target.title) is None and not target.title.endswith(("率", "比"))


def _share(point: Point) -> Decimal | None:
    if not point.above:
        return None
    return (point.value * 100 / point.above).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _factor(unit: str, above: str) -> Decimal | None:
    """The factor that converts a figure in `unit` to the unit of the superior plan; None if there is none."""
    (base, power), (base_above, power_above) = _parsed(unit), _parsed(above)
    return Decimal(1).scaleb(power - power_above) if base == base_above else None


def _parsed(unit: str) -> tuple[str, int]:
    """A unit as its base and a power of ten: 万人 is 人 and 4."""
    match = _UNIT.fullmatch(unicodedata.normalize("NFKC", unit).strip())
    prefix, rest = (match[1], match[2]) if match else (None, unit)
    if prefix and not rest:
        return "", _POWERS[prefix]
    base, power = _ALIASES.get(rest, (rest, 0))
    return base, power + (_POWERS[prefix] if prefix else 0)
