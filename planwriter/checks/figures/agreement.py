"""Checks that the text states the same figure for the same thing: for a target, and for anything mentioned twice."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from decimal import Decimal

from planwriter.checks.figures.passages import Passage
from planwriter.checks.figures.reading import YEAR, Amount
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding
from planwriter.language.units import behind, is_convertible, is_plain, is_ratio, parse_unit
from planwriter.model import Target
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex
from planwriter.start.typing import TypeAlias

_GOALS = ("不低于", "不少于", "不超过", "不高于", "力争达到", "力争", "新增")
_RATES = ("率", "占比", "比例", "比重", "覆盖面")
_NOUN = regex(r"(?!(?:以[上下内]|左右|[多余]|及以上|上下|之内|并|和|及|与|等|中|投|建|开|用|的))[^\W\d_]{2,12}")
"""Matches the thing counted, if it stands behind the figure."""
_REACH = 2_000
_LISTED = 12
_MIN_RATE, _MIN_COUNT, _MAX_COUNT = 5, 8, 40
"""The lengths of names specific enough to mean one thing; 覆盖率 alone may be that of anything."""

_Key: TypeAlias = tuple[str, str, str, int]


class Compared(NamedTuple):
    """A figure that is compared with that of its target, or with the one given before for the same thing."""

    amount: Amount
    year: int | None
    named: str
    """What it is the figure of."""
    sense: str
    has_years: bool
    key: _Key | None
    """What figures given for the same thing have in common; None if it is not compared with them."""


def compared(amount: Amount, year: int | None) -> Compared:
    """A figure that `is_compared`; `year` is that of `year_of`."""
    sense = amount.sense
    key = None
    if year is not None and sense == "是":
        key = (amount.name, parse_unit(amount.unit).dimension, amount.bound, year)
    return Compared(amount, year, amount.name or amount.apart, sense, bool(amount.years), key)


class _First(NamedTuple):
    amount: Amount
    passage: Passage


@functools.lru_cache(maxsize=16)
def _as_set(names: tuple[str, ...]) -> frozenset[str]:
    """The names as a set; the same object for the same names, which makes it a fast key."""
    return frozenset(names)


class Agreement:
    """The figures seen so far, by the thing they measure."""

    def __init__(self, targets: tuple[Target, ...], span: tuple[int, int]) -> None:
        self.span = span
        self.targets = {name: target for target in targets for name in (target.key, target.title) if target.value}
        self.names = _as_set(tuple(self.targets))
        self.summed = {f"{target.value.value:f}{target.unit}" for target in targets if target.shares and target.value}
        """The totals whose parts (分项) are checked at their definition."""
        self.seen: dict[_Key, _First] = {}

    def check(self, passage: Passage, figure: Compared) -> Iterator[Finding]:
        """Yields a finding if a figure that `is_compared` differs from its target or from the figure given before."""
        target = self.targets.get(figure.named)
        if target is not None:
            yield from self.against_target(passage, figure, target)
        elif figure.key is not None:
            yield from self.against_first(passage, figure.amount, figure.key)

    def is_cited(self, amount: Amount) -> bool:
        """True if the figure equals the value of its target."""
        target = self.targets.get(amount.name)
        return target is not None and target.value is not None and _same(amount, target.value.value, target.unit)

    def against_target(self, passage: Passage, figure: Compared, target: Target) -> Iterator[Finding]:
        """A finding if a figure is none that its target has."""
        amount, year = figure.amount, figure.year
        wanted = _wanted(target, figure)
        is_stale = self._is_under_last_year(figure, target)
        if not is_stale and (not wanted or any(_same(amount, value, unit) for value, unit in wanted)):
            return
        place = passage.place(amount.start, amount.end)
        if place:
            value, unit = wanted[0] if wanted else (amount.value, amount.unit)
            goal = f"{value:f}{behind(unit)}"
            if is_stale:
                goal, advice = f"{self.span[1]}年的{goal}", "核对前面的年份，多半是沿用去年的稿子留下的。"
            elif (
                target.value
                and year != self.span[1]
                and amount.years
                and _same(amount, target.value.value, target.unit)
            ):
                goal, advice = (
                    f"{year}年的{goal}",
                    f"{amount.shown}不是 {year} 年的数：核对前面的年份，多半是沿用去年的稿子留下的。",
                )
            else:
                advice = f"换成 {{{{ 指标.{target.key} }}}}；说的不是一回事的，把名称写得不一样。"
            yield finding("PW441", place, name=target.title, value=amount.shown, other=goal, advice=advice)

    def _is_under_last_year(self, figure: Compared, target: Target) -> bool:
        """True for the goal of a plan for one year behind a year before it: 2025年覆盖率不低于95% in a plan for 2026."""
        amount, year = figure.amount, figure.year
        if not figure.has_years or year is None or target.value is None:
            return False
        known = {step for step, _ in target.years}.union(target.baseline[:1] if target.baseline else ())
        if year in known:
            return False
        is_goal = figure.sense == "是" and amount.lead.endswith(_GOALS)
        return self.span[0] == self.span[1] > year and is_goal and _same(amount, target.value.value, target.unit)

    def against_first(self, passage: Passage, amount: Amount, key: _Key) -> Iterator[Finding]:
        """A finding if an amount differs from the first one of the same thing."""
        first = self.seen.setdefault(key, _First(amount, passage))
        if _same(amount, first.amount.value, first.amount.unit) or _is_of_two_things(first.amount, amount):
            return
        place, before = (
            passage.place(amount.start, amount.end),
            first.passage.place(first.amount.start, first.amount.end),
        )
        if place and before:
            related = ((before.pos, "前面写在这里"),)
            yield finding(
                "PW440", place, related=related, name=amount.name, value=amount.shown, other=first.amount.shown
            )


def year_of(amount: Amount, text: str, last: int) -> int | None:
    """The year of a figure: the last one named before it in its sentence, else `last`, the plan's last year.

    None if a year is named earlier in the text, since the figure may belong to that year.
    """
    named = amount.years
    if named:
        return named[-1]
    before = YEAR.search(text, max(0, amount.start - _REACH), amount.start)
    return None if before else last


def is_compared(amount: Amount, names: frozenset[str]) -> bool:
    """True if a figure is that of a target, with one of these names, or of anything that a text can mention twice."""
    if "分别" in amount.lead[-_LISTED:]:
        return False  # one of several figures, of which the name is not that of the last thing
    is_named = amount.name in names if amount.name else amount.apart in names
    return (is_named or _is_telling(amount.name, amount.unit)) and not amount.is_narrow


def _is_of_two_things(one: Amount, two: Amount) -> bool:
    """True if the words behind two figures tell them apart: 免申即享的34项出口政策, 免申即享的20项进口政策."""
    behind = [_NOUN.match(each.after) for each in (one, two)]
    first, second = (each.group() if each else "" for each in behind)
    if first and second:
        return first[:4] != second[:4]
    return first != second and one.lead.endswith("的") and two.lead.endswith("的")


def _is_telling(name: str, unit: str) -> bool:
    """True if the name of a figure is specific enough to mean one thing."""
    if is_ratio(unit):
        return len(name) >= _MIN_RATE and name.endswith(_RATES)
    return _MIN_COUNT <= len(name) <= _MAX_COUNT


def _wanted(target: Target, figure: Compared) -> list[tuple[Decimal, str]]:
    """The figures that the text may state for a target, the likeliest first; empty if that cannot be decided."""
    assert target.value is not None
    year, sense = figure.year, figure.sense
    steps = {step: figure.value for step, figure in target.years}
    baseline = {target.baseline[0]: target.baseline[1].value} if target.baseline else {}
    if not is_convertible(figure.amount.unit, target.unit) or sense in ("变", "若"):
        return []
    if sense == "原":
        return (
            [(value, target.unit) for value in (*baseline.values(), *steps.values(), target.value.value)]
            if baseline
            else []
        )
    known = {**baseline, **steps}
    if figure.has_years:
        if year in known:
            return [(value, target.unit) for value in (known[year], *_reached_by(year, steps, target.value.value))]
        if steps or year is None:
            return []
    others = [(share.figure.value, share.unit or target.unit) for share in target.shares]
    return [(target.value.value, target.unit), *((value, target.unit) for value in known.values()), *others]


def _reached_by(year: int, steps: dict[int, Decimal], total: Decimal) -> list[Decimal]:
    """What is done altogether by the end of a year, if the figures of the years add up to the target's: 到2027年，新建3所."""
    if year not in steps or sum(steps.values()) != total:
        return []
    return [sum((value for step, value in steps.items() if step <= year), Decimal(0))]


def _same(amount: Amount, value: Decimal, unit: str) -> bool:
    if not unit or is_plain(amount.unit):
        return value in (amount.value, amount.value * parse_unit(amount.unit).factor)
    return amount.value * parse_unit(amount.unit).factor == value * parse_unit(unit).factor
