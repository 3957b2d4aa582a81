"""Converts the values given for a clause's typed parameters, and checks that they fit."""

from __future__ import annotations

from decimal import Decimal

from planwriter.clauses.clause import Clause, Parameter
from planwriter.fill.optional import required_names
from planwriter.language.dates import official_date
from planwriter.language.figures import PLAIN_ADVICE, UNSET, Refusal, TypedFigure, read_figure, settle
from planwriter.model import Block
from planwriter.model.walk import TextRole, walk_texts
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import re, regex

_LEAST_RATE = 10
"""A rate that is usually so high, in %, is not meant as one of less than 1%."""
MAX_ARGUMENT = 10_000
_YEAR = regex(r"(?:19|20)\d\d", re.ASCII)


class Problem(NamedTuple):
    """The reason why a value does not fit: what it should be, and advice."""

    expected: str
    advice: str


_EXPECTED = {
    "整数": Problem("整数", "写阿拉伯数字，不带小数和单位。"),
    "小数": Problem("数", "写阿拉伯数字，不带单位。"),
    "百分数": Problem("百分数", "写阿拉伯数字，不带 %。"),
    "年份": Problem("四位数的年份", "例如 2026。"),
    "日期": Problem("日期", "例如 2026年12月、2026年9月30日。"),
    "文本": Problem("一段文字", "写一行文字。"),
    "选项": Problem("给定的选项", ""),
}


def argument_value(parameter: Parameter, given: str | tuple[str, ...]) -> tuple[object, Problem | None]:
    """The value of a parameter for templates, and the problem with it; None if it fits.

    Figures are exact decimals, shown as typed (1.2万). Dates are shown in the official form (2026年9月30日). A list of texts
    is shown with its items separated by 、.
    """
    if isinstance(given, tuple):
        return (given, None) if parameter.type == "文本" else ("、".join(given), _EXPECTED[parameter.type])
    if UNSET in given and parameter.type != "选项":
        return given, None
    if parameter.type in ("整数", "小数", "百分数"):
        return _number(parameter, given)
    if parameter.type == "年份" and not _YEAR.fullmatch(given):
        return given, _EXPECTED["年份"]
    if parameter.type == "日期":
        return _date(given)
    if parameter.type == "选项" and given not in parameter.choices:
        return given, Problem(f"{'、'.join(parameter.choices)}之一", "从给定的选项里选一个。")
    return given, None


def required_parameters(clause: Clause, block: Block) -> frozenset[str]:
    """The parameters without which one of a clause's wordings, `block`, cannot be printed.

    What is handed on to another clause is not required: that clause says whether it can do without.
    """
    open_names = frozenset(each.name for each in clause.parameters if each.default is None)
    if clause.format < 2:
        return open_names
    texts = (visit.text.value for visit in walk_texts((block,)) if visit.role is not TextRole.ARGUMENT)
    return open_names.intersection(name for text in texts for name in required_names(text))


def meant_percent(parameter: Parameter, value: object, usual: str = "") -> str:
    """The percentage that was probably meant: 82 for 0.82 given to a parameter in % that is 80 by default, or `usual`ly; "" if none."""
    usual = parameter.default.value if parameter.default is not None else usual
    if parameter.type != "百分数" or not isinstance(value, Decimal) or not usual or not 0 < value <= 1:
        return ""
    read = read_figure(usual)
    return f"{(value * 100).normalize():f}" if isinstance(read, TypedFigure) and read.value() >= _LEAST_RATE else ""


def _number(parameter: Parameter, given: str) -> tuple[object, Problem | None]:
    expected = _EXPECTED[parameter.type]
    read = read_figure(given)
    if isinstance(read, Refusal):
        return given, expected if read.advice == PLAIN_ADVICE else Problem(expected.expected, read.advice)
    if read.bound or read.unit not in ("", "%" if parameter.type == "百分数" else ""):
        return given, Problem(expected.expected, f"只写数：{read.number}{read.words}。")
    settled = settle(read, "%" if parameter.type == "百分数" else parameter.unit)
    if isinstance(settled, Refusal):
        return given, Problem(expected.expected, settled.advice)
    value = settled.value
    if parameter.type == "整数" and value != value.to_integral_value():
        return given, expected
    low, high = parameter.minimum, parameter.maximum
    if parameter.type == "百分数" and low is None and high is None:
        low, high = Decimal(0), Decimal(100)
    if low is not None and value < low:
        return value, Problem(f"不小于 {low:f} 的数", "核对这个数。")
    if high is not None and value > high:
        return value, Problem(f"不大于 {high:f} 的数", "核对这个数。")
    return value, None


def _date(given: str) -> tuple[object, Problem | None]:
    shown = official_date(given)
    return (given, _EXPECTED["日期"]) if shown is None else (shown, None)
