"""Expressions evaluated without jinja2 have the values, and the faults, that the sandbox gives them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from planwriter.fill import arithmetic, evaluate, fill, sandbox
from planwriter.fill.arithmetic import FAILURES, read_expression
from planwriter.fill.plain import Forbidden, Function, Missing, NameTable, Unreadable, show
from planwriter.model import Figure, Target
from planwriter.targets.quantity import Quantity
from planwriter.targets.values import TargetTable, operands


def _targets() -> tuple[Target, ...]:
    years = ((2026, Figure(value=Decimal("1.2"))), (2027, Figure(value=Decimal("1.50"))))
    return (
        Target(key="学位", value=Figure(value=Decimal("15.7")), unit="万个", bound="达到"),
        Target(key="新增", value=Figure(value=Decimal("8000")), unit="个", years=years, baseline=years[0]),
        Target(key="比率", value=Figure(value=Decimal("33.30")), unit="%", years=years),
        Target(key="空的"),
    )


CITED: set[str] = set()
NAMES: dict[str, object] = {
    **operands(_targets()),
    "指标": TargetTable(_targets(), CITED.add),
    "参数": NameTable(
        "参数", {"场次": Decimal("6"), "零": 0, "小数": 0.5, "名单": ("甲", "乙"), "文字": "甲", "真": True}
    ),
    "全域": "全县",
    "double": Function(lambda value: value + value),
}


def _outcome(expression: str, run: Callable[[str, dict[str, object]], object]) -> tuple[object, ...]:
    """A value with its type and what a hole shows of it, or the error with its message."""
    try:
        value = run(expression, NAMES)
    except (Missing, Forbidden, Unreadable, SyntaxError, *FAILURES) as error:
        return type(error), str(error)
    try:
        shown = show(value)
    except (Missing, Forbidden) as error:
        return type(value).__name__, str(error)
    exact = (value.value, value.unit) if isinstance(value, Quantity) else None
    return type(value).__name__, shown, exact


def _plainly(expression: str, names: dict[str, object]) -> object:
    plain = read_expression(expression)
    assert plain is not None
    return plain(names)


def _agree(expression: str) -> None:
    """The value without jinja2, if there is one, is that of the sandbox; filling in and 公式 give the same with and without."""
    plain = _outcome(expression, _plainly) if read_expression(expression) else None
    if plain is not None and not isinstance(plain[0], type):
        assert plain == _outcome(expression, sandbox.run), expression
    text = "甲{{ " + expression + " }}乙"
    made = repr(fill(text, NAMES)), _outcome(expression, evaluate)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arithmetic, "read_expression", lambda expression: None)
        assert made == (repr(fill(text, NAMES)), _outcome(expression, evaluate)), expression


_paths = st.sampled_from(
    [
        "学位",
        "新增",
        "比率",
        "比率.基期",
        "新增.年(2027)",
        "新增.年(2026 + 1).增量",
        "新增.年(2030)",
        "指标.学位",
        "指标.学位.数",
        "指标.新增.值",
        "指标['学位']",
        '指标["新增"].年(2027)',
        "指标[ '新增' ]['基期'].数",
        "指标['没有']",
        "指标['\\u5b66\\u4f4d']",
        "指标.新增.年(2027)",
        "指标.新增.年(2027).数",
        "指标.新增.基期.数",
        "指标.空的",
        "指标.没有",
        "参数.场次",
        "参数.零",
        "参数.小数",
        "参数.名单",
        "参数.文字",
        "参数.真",
        "全域",
        "没有",
        "double(3)",
        "double(参数.场次, 1)",
        "double()",
        "double",
        "全域(1)",
        "ａ",
        "self",
        "not",
    ]
)
_numbers = st.sampled_from(
    ["0", "1", "2027", "0.5", "10.25", "007", "1e3", "1_000", "999999999999999999", "0.1234567890123456"]
)
_expressions = st.recursive(
    _paths | _numbers,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*", "/", "//", "%", " + ", " - ", "~", "**", " if "]), inner).map(
            "".join
        ),
        inner.map(lambda each: f"({each})"),
        inner.map(lambda each: f"-{each}"),
        inner.map(lambda each: f"+ {each}"),
        inner.map(lambda each: f"({each}).数"),
    ),
    max_leaves=8,
)
_tokens = st.lists(
    st.sampled_from(
        [*"+-*/%().,~|[]'", "学位", "全域", "年", "2027", "1", "0.5", " ", "　", "if", "not", "²", "ａ", "double"]
    ),
    max_size=8,
).map("".join)


@settings(max_examples=300)
@given(_expressions)
def test_what_is_read_has_the_value_that_the_sandbox_gives(expression: str) -> None:
    _agree(expression)


@settings(max_examples=300)
@given(_tokens)
@example("1 .5")
@example("(学位")
@example("学位)")
@example("1.数")
@example("学位 学位")
@example("double(1,)")
@example("0.1 + 0.2")
def test_heaps_of_tokens_have_the_value_that_the_sandbox_gives(expression: str) -> None:
    _agree(expression)


@pytest.mark.parametrize("depth", [1, 15, 16, 17, 90, 99, 100, 101, 199, 201])
def test_deep_expressions_are_refused_as_the_sandbox_does(depth: int) -> None:
    _agree("(" * depth + "1" + ")" * depth)
    _agree("-" * depth + "1")
    _agree("1" + "+1" * depth)
    _agree("1" + "+(1" * depth + ")" * depth)


@pytest.mark.parametrize(
    "expression",
    [
        "新建园 + 改扩建园",
        "指标.入园率.年(2027)",
        "指标.入园率.年(2027).增量",
        "-(a + 1.5) * 2 // 3 % 4",
        "a.b.c",
        "12",
    ],
)
def test_names_and_arithmetic_are_read(expression: str) -> None:
    assert read_expression(expression) is not None


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "a b",
        "a +",
        "'文字'",
        "a | join",
        "a if b",
        "a ~ b",
        "2 ** 3",
        "a[1]",
        "a.1",
        "1.a",
        "self",
        "a.not",
        "ａ",
        "01",
        "a" * 2001,
    ],
)
def test_anything_else_is_left_to_the_sandbox(expression: str) -> None:
    assert read_expression(expression) is None


def test_a_formula_and_a_step_do_without_jinja2() -> None:
    script = (
        "import sys\nfrom planwriter.fill import evaluate, fill\n"
        "from planwriter.fill.plain import Function, NameTable\n"
        "assert evaluate('甲 + 乙 * 2', {'甲': 1, '乙': 2}) == 5\n"
        "names = {'指标': NameTable('指标', {'年': Function(lambda year: year)})}\n"
        "assert fill('{{ 指标.年(2027) }}年', names) == ('2027年', ())\n"
        "assert 'jinja2' not in sys.modules\n"
        "fill('{{ 甲 | join }}', {'甲': 1})\nassert 'jinja2' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_a_formula_is_computed_exactly() -> None:
    assert _outcome("学位 + 新增", evaluate) == ("Quantity", "16.5万个", (Decimal("16.5"), "万个"))
    assert _outcome("0.1 + 0.2", evaluate) == ("Decimal", "0.3", None)
    assert _outcome("学位 / 3", evaluate) == _outcome("学位 / 3", sandbox.run)
