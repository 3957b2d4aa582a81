"""Exact figures with units, for formulas and checks: units of the same kind are converted, mixed ones refused."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from planwriter.fill.plain import Forbidden, Missing, Operand, figure_of
from planwriter.language.units import is_convertible, is_plain, is_ratio, magnitude_power, parse_unit, split_magnitude

UNKNOWN = "?"
"""The unit of a product or quotient of two units, such as 万元 per 人: it fits any unit."""


class MixedUnits(Forbidden):
    """Figures whose units do not go together."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"“{one}”和“{other}”不是一类单位，不能相加减、比大小")


def convert(value: Fraction | Decimal, unit: str, wanted: str) -> Fraction:
    """`value` of `unit` in the unit `wanted`, exactly. Raises MixedUnits if the two measure different things."""
    exact = Fraction(value)
    if unit == wanted or UNKNOWN in (unit, wanted) or "" in (unit, wanted):
        return exact  # a figure without a unit takes that of the other figure
    if is_plain(unit) or is_plain(wanted):
        power = magnitude_power(split_magnitude(unit)[0]) - magnitude_power(split_magnitude(wanted)[0])
        return exact * Fraction(10) ** power
    if not is_convertible(unit, wanted):
        raise MixedUnits(wanted, unit)
    return exact * parse_unit(unit).factor / parse_unit(wanted).factor


class Quantity(Operand):
    """A figure with its unit. `fields` looks up the names after a dot (基期, 年, 分项)."""

    __slots__ = ("fields", "unit", "value")

    def __init__(
        self, value: Fraction | Decimal | int, unit: str, fields: Callable[[str], object] | None = None
    ) -> None:
        self.value = Fraction(value)
        self.unit = unit
        self.fields = fields

    def look_up(self, name: str) -> object:
        if self.fields is None:
            raise Missing(name)
        return self.fields(name)

    def __str__(self) -> str:
        return f"{rounded(self.value):f}{'' if self.unit == UNKNOWN else self.unit}"

    def calculate(self, operator: str, left: object, right: object) -> Quantity:
        one, other = quantity_of(left), quantity_of(right)
        if operator in ("+", "-", "%"):
            unit = other.unit if is_plain(one.unit) else one.unit
            a, b = convert(one.value, one.unit, unit), convert(other.value, other.unit, unit)
            return Quantity(a + b if operator == "+" else a - b if operator == "-" else a % b, unit)
        if operator == "*":
            return Quantity(one.value * other.value, _unit_of_product(one.unit, other.unit))
        same = (
            UNKNOWN not in (one.unit, other.unit) and parse_unit(one.unit).dimension == parse_unit(other.unit).dimension
        )
        divisor = convert(other.value, other.unit, one.unit) if same else other.value
        unit = "" if same else one.unit if _is_number(other.unit) else UNKNOWN
        return Quantity(one.value / divisor if operator == "/" else one.value // divisor, unit)

    def __neg__(self) -> Quantity:
        return Quantity(-self.value, self.unit)

    def __pos__(self) -> Quantity:
        return self


def _is_number(unit: str) -> bool:
    """True for a unit that scales a figure without changing its unit: none, or a percentage."""
    return unit != UNKNOWN and (is_plain(unit) or is_ratio(unit))


def _unit_of_product(one: str, other: str) -> str:
    if _is_number(one):
        return one if is_plain(other) else other
    return one if _is_number(other) else UNKNOWN


def quantity_of(value: object) -> Quantity:
    """A value of an expression as a quantity. Raises Forbidden if it is no figure."""
    return value if isinstance(value, Quantity) else Quantity(figure_of(value), "")


def difference(left: Quantity, right: Quantity) -> Fraction:
    """How much more the left is than the right, in one of their units. Raises MixedUnits."""
    return quantity_of(left.calculate("-", left, right)).value


def rounded(value: Fraction, digits: int = 4) -> Decimal:
    """A fraction as a decimal of at most `digits` places, halves away from zero, without needless zeros."""
    scaled = abs(value) * 10**digits
    whole = (scaled.numerator * 2 + scaled.denominator) // (scaled.denominator * 2)
    made = Decimal(whole if value >= 0 else -whole).scaleb(-digits)
    return Decimal(f"{made.normalize():f}")
