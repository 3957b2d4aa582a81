"""分项: the parts of a target, such as its townships; their sum, and the findings on it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from planwriter.fill.plain import Lookup, Missing, show
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Findings, Result
from planwriter.language.figures import TypedNumber, is_rough
from planwriter.language.units import is_ratio, magnitude_power
from planwriter.model import Figure, Share, Target
from planwriter.start.records import replace
from planwriter.targets.quantity import MixedUnits, convert, rounded


class Shares(Lookup):
    """`{{ 指标.X.分项 }}`: the parts by their names; used alone, a list of them (城关镇120名、云河镇80名)."""

    __slots__ = ("key", "views")

    def __init__(self, target: Target, view: Callable[[Share], object]) -> None:
        self.key = target.key
        self.views = {share.name: view(share) for share in target.shares}

    def look_up(self, name: str) -> object:
        if name not in self.views:
            raise Missing(f"分项.{name}", tuple(f"分项.{each}" for each in self.views), f"指标.{self.key}")
        return self.views[name]

    def __str__(self) -> str:
        return "、".join(f"{name}{show(view)}" for name, view in self.views.items())


def with_shares(target: Target) -> Result[Target]:
    """The target with the sum of its parts as its value if it has none; a finding if its value differs from the sum.

    Rates are not summed: those of the townships do not add up to that of the county.
    """
    unit = target.unit or next((share.unit for share in target.shares if share.unit), "")
    if not target.shares or is_ratio(unit):
        return Result(target)
    found = Findings()
    total = found.take(_total(target, unit))
    if total is None:
        return found.result(replace(target, broken=True))
    if target.value is None:
        if target.formula is not None:
            return found.result(target)
        value = Figure(value=_with_words(rounded(total, 10), target.shares), origin=target.origin)
        return found.result(replace(target, unit=unit, value=value))
    if total != Fraction(target.value.value) and target.value.origin:
        result = f"{_with_words(rounded(total, 10), target.shares):f}{unit}"
        shown = f"{target.value.value:f}{unit}"
        found.append(finding("PW430", target.value.origin, name=target.title, value=shown, result=result))
    return found.result(target)


def _with_words(total: Decimal, shares: tuple[Share, ...]) -> Decimal:
    """A sum in the magnitude that all of its parts were typed with: 2万 of 1.2万 and 0.8万."""
    words = {share.figure.value.words if isinstance(share.figure.value, TypedNumber) else "" for share in shares}
    word = words.pop() if len(words) == 1 else ""
    return TypedNumber(f"{total.scaleb(-magnitude_power(word)).normalize():f}", word) if word else total


def _total(target: Target, unit: str) -> Result[Fraction | None]:
    """The sum of the parts in `unit`; None if their units do not go together."""
    total = Fraction(0)
    for share in target.shares:
        if is_rough(share.figure.value) and share.figure.origin:
            where = f"指标“{target.title}”的分项"
            reason = f"“{share.name}”是 {share.figure.value:f}，不是确数，加不起来"
            return Result(None, (finding("PW433", share.figure.origin, where=where, reason=reason),))
        try:
            total += convert(share.figure.value, share.unit or unit, unit)
        except MixedUnits as error:
            if not share.figure.origin:
                return Result(None)
            where = f"指标“{target.title}”的分项"
            return Result(None, (finding("PW433", share.figure.origin, where=where, reason=str(error)),))
    return Result(total)
