"""Names that are no identifiers are matched as written, with and without jinja2."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planwriter.fill import arithmetic, evaluate, fill
from planwriter.fill.plain import Forbidden, Missing, NameTable
from planwriter.fill.written_names import cited_names, names_of, odd_names, with_subscripts
from planwriter.model import Figure, Share, Target
from planwriter.targets.values import TargetTable, operands
from tests.growth import assert_linear

ODD = [
    "每千人口执业（助理）医师数",
    "重点项目（个）",
    "开工、重点项目",
    "小学 专任教师",
    "3岁以下入托率",
    "小学-初中",
    "5.5年规划",
    "入园率%",
    "“双减”达标率",
    '"一网"通办率',
    "2026新增学位",
    "绿地（㎡）",
    "达标=合格",
]
PLAIN = ["重点项目", "小学", "初中", "学位"]


def _targets() -> tuple[Target, ...]:
    years = ((2026, Figure(value=Decimal(1))), (2027, Figure(value=Decimal(2))))
    shares = (Share(name="城关镇（新区）", figure=Figure(value=Decimal(7))),)
    return tuple(
        Target(key=key, value=Figure(value=Decimal(at + 10)), unit="个", years=years, shares=shares)
        for at, key in enumerate((*ODD, *PLAIN))
    )


NAMES: dict[str, object] = {"单位": "青山县教育局", "指标": TargetTable(_targets(), len)}


@pytest.mark.parametrize("name", [*ODD, *PLAIN])
@pytest.mark.parametrize(
    ("field", "shown"),
    [
        ("", "{}个"),
        (".值", "{}个"),
        (".数", "{}"),
        (".年(2027)", "2个"),
        (".年(2027).数", "2"),
        (".分项.城关镇（新区）", "7个"),
    ],
)
def test_a_name_is_cited_as_it_is_written(name: str, field: str, shown: str) -> None:
    value = [*ODD, *PLAIN].index(name) + 10
    for hole in (f"{{{{ 指标.{name}{field} }}}}", f"{{{{指标.{name}{field}}}}}", f"{{{{ 指标 . {name}{field} }}}}"):
        assert fill(f"有{hole}。", NAMES) == (f"有{shown.format(value)}。", ())


@pytest.mark.parametrize("name", [*ODD, *PLAIN])
def test_a_name_stands_alone_in_an_expression_over_targets(name: str) -> None:
    value = [*ODD, *PLAIN].index(name) + 10
    for expression in (name, f"指标.{name}", f"({name}) * 1", f"0 + {name}.数"):
        assert Decimal(str(getattr(evaluate(expression, operands(_targets())), "value", value))) == value


def test_the_longest_name_is_meant() -> None:
    assert fill("{{ 指标.小学-初中 }}", NAMES)[0] == f"{ODD.index('小学-初中') + 10}个"
    assert fill("{{ 指标.小学 - 指标.初中 }}", NAMES)[0] == "-1"
    assert fill("{{ 指标.重点项目 }}", NAMES)[0] == f"{len(ODD) + 10}个"
    assert fill("{{ 指标.重点项目（个） - 指标.重点项目 }}", NAMES)[0] == "-12"


def test_a_statement_holds_such_names() -> None:
    text = "{% if 指标.重点项目（个）.数 > 3 %}{{ 指标.入园率%.数 }}{% else %}无{% endif %}"
    assert fill(text, NAMES) == (str(ODD.index("入园率%") + 10), ())


def test_parameters_and_cells_of_a_row_have_such_names_too() -> None:
    names = {"参数": NameTable("参数", {"人数（人）": "30"}), "行": NameTable("行", {"学校 名称": "实验小学"})}
    assert fill("{{ 参数.人数（人） }}、{{ 行.学校 名称 }}", names) == ("30、实验小学", ())


def test_a_part_of_a_longer_word_is_no_name() -> None:
    odd = odd_names(ODD)
    assert with_subscripts("指标.3岁以下入托率指数", odd) == "指标.3岁以下入托率指数"
    assert with_subscripts("甲小学-初中", odd, bare=True) == "甲小学-初中"
    assert odd_names([*PLAIN, "", " 甲", "甲{", "甲\\乙", "师'生比", '甲"']) == ()


def test_the_names_of_an_expression() -> None:
    odd = odd_names(ODD)
    assert names_of("重点项目（个） + 重点项目 * 2 - 指标.小学-初中", odd) == [
        "指标",
        "重点项目（个）",
        "重点项目",
        "小学-初中",
    ]
    assert cited_names("参数.人数（人）、参数.人数", "参数", ["人数（人）", "人数"]) == ["人数（人）", "人数"]
    assert cited_names("甲", "参数", []) == []


def test_many_names_and_a_long_text_are_read_in_linear_time() -> None:
    number = itertools.count()

    def made(size: int) -> tuple[str, TargetTable]:
        targets = tuple(Target(key=f"项目（{n}）", value=Figure(value=Decimal(n))) for n in range(size))
        text = "".join(f"{{{{ 指标.项目（{n}） }}}}" for n in range(size)) + "指标." * 10 * size
        return text, TargetTable(targets, len)

    def run(given: tuple[str, TargetTable]) -> None:
        text = f"{given[0]}{next(number)}"  # a text that was filled is remembered
        assert fill(text, {"指标": given[1]})[1] == ()

    assert_linear(run, made, 2_000)


_names = st.sampled_from([*ODD, *PLAIN, "没有"])
_terms = st.builds(
    lambda name, field: f"指标.{name}{field}", _names, st.sampled_from(["", ".数", ".值", ".年(2027)", ".无"])
)
_sums = st.lists(_terms | st.sampled_from(["2", "0.5"]), min_size=1, max_size=4).flatmap(
    lambda terms: st.sampled_from(["+", " - ", "*", " / "]).map(lambda sign: sign.join(terms))
)


@settings(max_examples=150, deadline=None)
@given(_sums)
def test_both_ways_of_evaluating_agree(expression: str) -> None:
    def outcome() -> tuple[str, str]:
        filled = repr(fill(f"甲{{{{ {expression} }}}}乙", NAMES))
        try:
            value = evaluate(expression, operands(_targets()))
        except (Missing, Forbidden, SyntaxError) as error:
            return filled, repr(error)
        return filled, repr((getattr(value, "value", value), getattr(value, "unit", "")))

    made = outcome()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arithmetic, "read_expression", lambda expression: None)
        assert made == outcome()
