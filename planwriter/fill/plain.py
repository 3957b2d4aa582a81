"""The plain values that texts are filled from, and what a template may do with them: read their fields and show them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from planwriter.fill.written_names import odd_names
from planwriter.start.typing import TypeAlias

MAX_TEXT = 200_000
MAX_EXPRESSION = 2_000
TOO_LONG = "太长"
Names: TypeAlias = Mapping[str, object]


class Lookup:
    """A value of which a template may read named fields and nothing else; `{{ … }}` shows its `str`."""

    __slots__ = ()

    def look_up(self, name: str) -> object:
        """The field `name`. Raises Missing if there is none."""
        raise NotImplementedError

    def __str__(self) -> str:
        raise Forbidden("后面还要写“.”和名字，例如 指标.入园率")


class Operand(Lookup):
    """A value with its own arithmetic, such as a figure with a unit."""

    __slots__ = ()

    def calculate(self, operator: str, left: object, right: object) -> object:
        """The result of `left operator right`; this value is one of the two."""
        raise NotImplementedError


class Function:
    """A function that a template may call with plain values."""

    __slots__ = ("call",)

    def __init__(self, call: Callable[..., object]) -> None:
        self.call = call


class Missing(Exception):
    """A name that is not defined in `scope` (指标, 参数, or empty); `known` are the defined names."""

    def __init__(self, name: str, known: tuple[str, ...] = (), scope: str = "") -> None:
        super().__init__(name)
        self.name = name
        self.known = known
        self.scope = scope


class Forbidden(Exception):
    """Something that a template may not do."""


class Unreadable(Exception):
    """A hole that Jinja cannot parse; its message says why."""


class NameTable(Lookup):
    """Named values under one name, such as 参数; Missing is raised with this name as its scope."""

    __slots__ = ("_odd", "fields", "scope", "values")

    def __init__(self, scope: str, values: Mapping[str, object], fields: tuple[str, ...] = ()) -> None:
        self.scope = scope
        self.values = values
        self.fields = fields
        """Names of fields of the values, such as 分项, that expressions may have to match as written too."""
        self._odd: tuple[str, ...] | None = None

    @property
    def odd(self) -> tuple[str, ...]:
        """The names that expressions match as written; see `written_names`."""
        if self._odd is None:
            self._odd = odd_names((*self.values, *self.fields))
        return self._odd

    def look_up(self, name: str) -> object:
        try:
            return self.values[name]
        except KeyError:
            raise Missing(name, tuple(self.values), self.scope) from None


def show(value: object) -> str:
    """The text that a hole shows for a value: figures as typed, lists joined with 、."""
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (list, tuple)):
        return "、".join(show(item) for item in value)
    if isinstance(value, Function):
        raise Forbidden("这里还要写年份，例如 .年(2027)")
    return "" if value is None else str(value)


def field_of(value: object, name: str) -> object:
    """The field `name` of a value. Raises Missing or Forbidden if it has none."""
    if isinstance(value, Lookup):
        return value.look_up(name)
    raise Forbidden(f"“{show(value)[:12]}”没有“{name}”这一项")


def figure_of(value: object) -> Decimal:
    """The figure of a value in an expression. Raises Forbidden if it is none."""
    if isinstance(value, float):  # a decimal in the hole itself: 0.5
        return Decimal(repr(value))
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        if isinstance(value, Lookup):
            return figure_of(value.look_up("数"))
        raise Forbidden(f"“{show(value)[:12]}”不是数，不能算")
    return Decimal(value)


def calculate(operator: str, left: object, right: object) -> object:
    """Calculates exactly with figures; texts can only be joined, with +."""
    if operator == "+" and isinstance(left, str) and isinstance(right, str):
        return join([left, right], "")
    for side in (left, right):
        if isinstance(side, Operand):
            return side.calculate(operator, left, right)
    a, b = figure_of(left), figure_of(right)
    if operator == "+":
        return a + b
    if operator == "-":
        return a - b
    if operator == "*":
        return a * b
    if operator == "/":
        return a / b
    return a // b if operator == "//" else a % b


def join(values: object, separator: object = "、") -> str:
    """The texts of values with a separator between them. Raises Forbidden if the result is too long."""
    if not isinstance(values, (list, tuple)):
        return show(values)
    between = show(separator)
    shown = [show(value) for value in values]
    if sum(len(each) + len(between) for each in shown) > MAX_TEXT:
        raise Forbidden(TOO_LONG)
    return between.join(shown)
