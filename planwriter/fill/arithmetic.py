"""Expressions of names and arithmetic, evaluated without jinja2: 新建园 + 改扩建园, 指标.入园率.年(2027).增量.

Only what nearly all holes and 公式 consist of is read here: names and their fields, calls, numbers, + - * / // % and
parentheses. Everything else, and every expression whose evaluation fails, is left to the sandbox, whose errors a writer sees.
A property test compares both.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Iterator

from planwriter.fill.plain import MAX_EXPRESSION, Function, Names, calculate, field_of
from planwriter.start.patterns import regex
from planwriter.start.typing import Any, TypeAlias

MAX_TOKENS = 80
"""In longer expressions jinja2 may meet the limits of Python's compiler, and refuse them."""
MAX_NESTING = 16
MAX_DIGITS = 15
_TOKEN = regex(r"\s*(?:([0-9]+(?:\.[0-9]+)?)|([^\W\d]\w*)|(//|[-+*/%().,])|(\[\s*(?:'[^'\\]*'|\"[^\"\\]*\")\s*\]))")
_WORDS = frozenset(
    [
        "true",
        "false",
        "none",
        "True",
        "False",
        "None",
        "not",
        "and",
        "or",
        "if",
        "else",
        "in",
        "is",
        "self",
        "super",
        "caller",
        "loop",
        "varargs",
        "kwargs",
        "result",
    ]
)
"""Names with a meaning of their own in jinja2."""
_SUMS, _PRODUCTS = ("+", "-"), ("*", "/", "//", "%")
_Value: TypeAlias = Callable[[Names], object]
FAILURES = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""The errors of Python that an evaluation may raise, besides those of `fill.plain`."""


class _Other(Exception):
    """The expression is not one of those that are read here."""


@functools.lru_cache(maxsize=4096)
def read_expression(expression: str) -> _Value | None:
    """A function that returns the value of an expression for given names; None if the expression is left to the sandbox.

    The function raises Missing, Forbidden or one of FAILURES.
    """
    try:
        return _Reader(expression).whole()
    except _Other:
        return None


class _Reader:
    """Reads one expression from left to right."""

    def __init__(self, expression: str) -> None:
        self.tokens = [*_tokens(expression), ""]
        self.at = 0
        self.depth = 0
        if len(self.tokens) > MAX_TOKENS:
            raise _Other

    def whole(self) -> _Value:
        value = self.operations(_SUMS)
        if self.tokens[self.at]:
            raise _Other
        return value

    def next_is(self, *tokens: str) -> str:
        """The next token if it is one of `tokens`, which is then read; else ""."""
        token = self.tokens[self.at]
        if token not in tokens:
            return ""
        self.at += 1
        return token

    def operations(self, operators: tuple[str, ...]) -> _Value:
        """A sum of products, or a product of operands."""
        part = functools.partial(self.operations, _PRODUCTS) if operators is _SUMS else self.operand
        value = part()
        while sign := self.next_is(*operators):
            value = _calculated(sign, value, part())
        return value

    def operand(self) -> _Value:
        self.depth += 1
        if self.depth > MAX_NESTING:
            raise _Other
        if self.next_is("-"):
            value = _signed(operator.neg, self.operand())
        elif self.next_is("+"):
            value = _signed(operator.pos, self.operand())
        elif self.next_is("("):
            value = self.operations(_SUMS)
            self.close()
        else:
            value = self.number_or_field()
        self.depth -= 1
        return value

    def number_or_field(self) -> _Value:
        token = self.tokens[self.at]
        self.at += 1
        if "0" <= token[:1] <= "9":
            return _constant(_number(token))
        value = _name(_checked(token))
        while sign := self.next_is(".", "(") or self.subscript():
            if sign[0] == "[":
                value = _field(value, sign[1:-1].strip()[1:-1])
            elif sign == ".":
                value = _field(value, _checked(self.tokens[self.at]))
                self.at += 1
            else:
                value = _call(value, self.arguments())
        return value

    def subscript(self) -> str:
        """The next token if it is a name in brackets, such as ['重点项目（个）'], which is then read; else ""."""
        token = self.tokens[self.at]
        if token[:1] != "[":
            return ""
        if not token.isprintable():
            raise _Other
        self.at += 1
        return token

    def arguments(self) -> tuple[_Value, ...]:
        if self.next_is(")"):
            return ()
        made = [self.operations(_SUMS)]
        while self.next_is(","):
            made.append(self.operations(_SUMS))
        self.close()
        return tuple(made)

    def close(self) -> None:
        if not self.next_is(")"):
            raise _Other


def _tokens(expression: str) -> Iterator[str]:
    text = expression.strip()
    if len(expression) > MAX_EXPRESSION:
        raise _Other
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _Other
        yield match[match.lastindex or 0]
        at = match.end()


def _checked(name: str) -> str:
    """A name as a writer types it: of Chinese characters, ASCII letters, digits and underscores."""
    if not name[:1].isidentifier() or name in _WORDS:
        raise _Other
    if not all(mark.isascii() or "\u4e00" <= mark <= "\u9fff" for mark in name):
        raise _Other  # Python reads some of the other characters as letters that look the same
    return name


def _number(token: str) -> int | float:
    if len(token) > MAX_DIGITS or (token[0] == "0" and token[:2] not in ("0", "0.")):
        raise _Other
    return float(token) if "." in token else int(token)


def _constant(value: object) -> _Value:
    return lambda names: value


def _name(name: str) -> _Value:
    return lambda names: names[name]


def _field(value: _Value, name: str) -> _Value:
    return lambda names: field_of(value(names), name)


def _call(function: _Value, arguments: tuple[_Value, ...]) -> _Value:
    def call(names: Names) -> object:
        called = function(names)
        if not isinstance(called, Function):
            raise TypeError
        return called.call(*(each(names) for each in arguments))

    return call


def _signed(sign: Callable[[Any], object], value: _Value) -> _Value:
    return lambda names: sign(value(names))


def _calculated(sign: str, left: _Value, right: _Value) -> _Value:
    return lambda names: calculate(sign, left(names), right(names))
