"""Checks the parameters of a clause: each is declared and used (PW351, PW352), and some value can fit it (PW355)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR

from planwriter.clauses.clause import Clause, Parameter
from planwriter.clauses.parameters import argument_value
from planwriter.fill import split_at_last
from planwriter.fill.written_names import cited_names
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding
from planwriter.model.walk import NAMES, TextRole
from planwriter.start.patterns import regex

_NUMBERS = ("整数", "小数", "百分数")
_WITHOUT_PARAMETERS = frozenset((*NAMES, TextRole.DEFAULT))
"""Texts that cannot cite parameters; a default is filled in before there are any."""
HOLE = regex(r"\{[{%].*?[%}]\}", re.S)
"""Matches what is filled in, from {{ or {% to its end."""


def check_parameters(clause: Clause) -> Iterator[Finding]:
    """The findings on the parameters that a clause declares and uses."""
    declared = {parameter.name for parameter in clause.parameters}
    cited: set[str] = set()
    for text, role in clause.texts():
        if role in _WITHOUT_PARAMETERS:
            continue
        for hole in HOLE.finditer(split_at_last(text.value, "}}", "%}")[0]):
            for name in cited_names(hole.group(), "参数", declared):
                if name not in declared | cited and text.origin is not None:
                    place = text.origin.find(f"参数.{name}")
                    yield finding("PW351", place, clause=clause.identifier, name=name)
                cited.add(name)
    for parameter in clause.parameters:
        if parameter.origin is None:
            continue
        if parameter.name not in cited:
            yield finding("PW352", parameter.origin, clause=clause.identifier, name=parameter.name)
        for reason, advice in _faults(parameter):
            yield finding("PW355", parameter.origin, name=parameter.name, reason=reason, advice=advice)


def _faults(parameter: Parameter) -> Iterator[tuple[str, str]]:
    """The reasons why no value can fit a parameter, or why its default does not, each with advice."""
    low, high = parameter.minimum, parameter.maximum
    if parameter.type == "选项":
        if not parameter.choices:
            yield "类型是选项，却没有写“可选”", "写 可选: [甲, 乙]。"
        elif len(set(parameter.choices)) < len(parameter.choices):
            yield "“可选”里有重复的", "删去重复的。"
    elif parameter.choices:
        yield f"类型是{parameter.type}，却写了“可选”", "把类型改成 选项，或删去“可选”。"
    if parameter.type not in _NUMBERS:
        if low is not None or high is not None:
            yield f"类型是{parameter.type}，却写了“最小”“最大”", "把类型改成 整数、小数或百分数，或删去“最小”“最大”。"
    elif low is not None and high is not None:
        if parameter.type == "整数":
            low, high = low.to_integral_value(ROUND_CEILING), high.to_integral_value(ROUND_FLOOR)
        if low > high:
            yield f"从 {parameter.minimum:f} 到 {parameter.maximum:f} 没有一个合格的数", "核对“最小”和“最大”。"
            return
    default = parameter.default
    if default is not None and "{" not in default.value and (parameter.type != "选项" or parameter.choices):
        _, problem = argument_value(parameter, default.value)
        if problem is not None:
            yield f"默认值“{default.value}”应当是{problem.expected}", problem.advice
