"""The content of a chart: its targets, their figures by year, and a description. `writers.plot` draws it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

from planwriter.model import BOUND_SIGNS, Series, Target

_RATES = ("%", "‰")


def shown_targets(targets: tuple[Target, ...], names: tuple[str, ...]) -> tuple[Target, ...]:
    """The targets of these keys or names, each once, in the order named; without names, those that have yearly steps."""
    if not names:
        return tuple(target for target in targets if target.years)
    known = {**{target.title: target for target in targets}, **{target.key: target for target in targets}}
    return tuple({known[name].key: known[name] for name in names if name in known}.values())


def series_of(target: Target, year: int) -> Series:
    """A target as a chart shows it; one without yearly steps has its value in `year`, the plan's last."""
    points = tuple((step, figure.value) for step, figure in target.years)
    if not points and target.value:
        points = ((year, target.value.value),)
    baseline = (target.baseline[0], target.baseline[1].value) if target.baseline else None
    return Series(
        name=" ".join(target.title.split()),
        unit=target.unit,
        sign=BOUND_SIGNS.get(target.bound, ""),
        baseline=baseline,
        points=points,
    )


def form_of(series: Sequence[Series]) -> str:
    """The form that suits figures of one unit: lines for rates in several years, else columns."""
    rates = all(each.unit in _RATES and len(figures_of(each)) > 1 for each in series)
    return "折线" if rates else "柱形"


def figures_of(series: Series) -> dict[int, Decimal]:
    """The figures by year, the baseline first."""
    return dict(sorted((*((series.baseline,) if series.baseline else ()), *series.points)))


def label_of(series: Series, year: int) -> str:
    """A figure as it is written at its point; a target, unlike the baseline, has the sign of its bound."""
    value = figures_of(series)[year]
    is_past = series.baseline is not None and series.baseline[0] == year
    return f"{'' if is_past else series.sign}{value:f}"


def by_unit(series: Sequence[Series]) -> list[list[Series]]:
    """The series in groups of one unit, in the order in which the units first occur."""
    units = list(dict.fromkeys(each.unit for each in series))
    ordered = sorted(series, key=lambda each: units.index(each.unit))
    return [list(group) for _, group in groupby(ordered, key=lambda each: each.unit)]


def chart_text(series: Sequence[Series]) -> str:
    """A chart in words, for readers who cannot see it: 普惠园覆盖率（%）：2025年（基期）93.2，2026年≥94；……."""
    return "；".join(_in_words(each) for each in series) + "。" if series else ""


def _in_words(series: Series) -> str:
    past = series.baseline[0] if series.baseline else None
    shown = (f"{year}年{'（基期）' * (year == past)}{label_of(series, year)}" for year in figures_of(series))
    return f"{series.name}{f'（{series.unit}）' * bool(series.unit)}：{'，'.join(shown)}"
