"""Arguments of clauses: figures through the same reader as those of targets."""

from __future__ import annotations

from decimal import Decimal

import pytest

from planwriter.clauses.clause import Parameter
from planwriter.clauses.parameters import argument_value
from planwriter.fill.plain import show


@pytest.mark.parametrize(
    ("kind", "unit", "given", "shown"),
    [
        ("整数", "", "6", "6"),
        ("整数", "人次", "1.2万", "1.2万"),
        ("整数", "", "1,200", "1200"),
        ("整数", "", "１２", "12"),
        ("整数", "", "300余", "300余"),
        ("小数", "元", "5000万", "5000万"),
        ("小数", "", "96.50", "96.50"),
        ("百分数", "", "95", "95"),
        ("百分数", "", "95%", "95"),
        ("百分数", "", "９５．５％", "95.5"),
    ],
)
def test_a_figure_is_shown_as_typed(kind: str, unit: str, given: str, shown: str) -> None:
    value, problem = argument_value(Parameter(name="甲", type=kind, unit=unit), given)
    assert problem is None and show(value) == shown and isinstance(value, Decimal)


@pytest.mark.parametrize(
    ("kind", "unit", "given", "way"),
    [
        ("整数", "", "十二", "12"),
        ("整数", "", "≥6", "6"),
        ("整数", "", "6场", "6"),
        ("整数", "", "约300", "300"),
        ("整数", "", "1.5", "不带小数"),
        ("整数", "", "—", "阿拉伯数字"),
        ("小数", "万元", "1.2万", "“元”"),
        ("小数", "", "3/4", "0.75"),
        ("小数", "", "90-95", "一个指标只有一个数"),
        ("百分数", "", "9成", "90%"),
        ("百分数", "", "1.2万", "“%”"),
        ("百分数", "", "95%以上", "95"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_way_to_write_it(kind: str, unit: str, given: str, way: str) -> None:
    _, problem = argument_value(Parameter(name="甲", type=kind, unit=unit), given)
    assert problem is not None and way in problem.advice


def test_bounds_count_the_whole_number() -> None:
    parameter = Parameter(name="甲", type="整数", maximum=Decimal(10_000))
    assert argument_value(parameter, "1万")[1] is None
    assert argument_value(parameter, "1.2万")[1] is not None
