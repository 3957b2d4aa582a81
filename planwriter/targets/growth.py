"""The difference between a figure and the one before it, in official prose: 1.8个百分点, 12.5%, 240名."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from planwriter.language.figures import TypedNumber
from planwriter.language.units import behind, is_ratio, magnitude_power, parse_unit
from planwriter.targets.quantity import rounded

_POINTS = "个百分点"
_FALLS = frozenset(("下降", "降幅", "减量"))
_AMOUNTS = frozenset(("增量", "减量"))


def growth(name: str, before: Decimal, after: Decimal, unit: str) -> str | None:
    """增长, 增幅, 增量 or their counterparts 下降, 降幅, 减量; None if there is none: a falling figure has no growth.

    A rate changes by percentage points, one in ‰ by 个千分点, one in 1/10万 by that unit. An amount changes by a percentage,
    to one decimal or as many as it takes not to be 0, or by a difference in its own unit.
    """
    change = before - after if name in _FALLS else after - before
    if change < 0:
        return None
    if unit == "‰" or unit.startswith(("/", "1/")):
        return f"{rounded(Fraction(change), 10):f}{'个千分点' if unit == '‰' else behind(unit)}"
    if is_ratio(unit):
        points = rounded(Fraction(change) * parse_unit(unit).factor / parse_unit(_POINTS).factor, 10)
        return f"{points:f}{_POINTS}"
    if name in _AMOUNTS:
        return f"{_amount(before, after, change)}{unit}"
    return f"{_percentage(Fraction(change) / Fraction(before)):f}%" if before > 0 else None


def _amount(before: Decimal, after: Decimal, change: Decimal) -> str:
    """The difference of two figures, in the magnitude that both were typed with: 0.2万 between 1万 and 1.2万."""
    words = {figure.words if isinstance(figure, TypedNumber) else "" for figure in (before, after)}
    word = words.pop() if len(words) == 1 else ""
    power = magnitude_power(word)
    return f"{rounded(Fraction(change) / 10**power, 10):f}{word if power else ''}"


def _percentage(share: Fraction) -> Decimal:
    shown = (rounded(share * 100, digits) for digits in (1, 2, 3))
    return next((each for each in shown if each), Decimal(0))
