"""Targets of a new year: last year's values are the bases."""

import pytest

from planwriter.rolling.outline import roll, years_of
from planwriter.rolling.words import Turn
from planwriter.source.keys import OUTLINE_KEYS
from planwriter.source.load import load_tree
from tests.support import HEAD, codes, outline

THREE = HEAD.replace("年度: 2026", "起止: [2026, 2028]").replace("工作要点", "三年行动计划")


def _target(typed: str, *, head: str = HEAD, **reached: str) -> str:
    data = outline(head=head, extra=f"指标:\n  新建园: {typed}\n").encode()
    tree = load_tree(data, "", OUTLINE_KEYS).value
    assert tree is not None
    old = years_of(tree)
    by = old[1] - old[0] + 1
    made = roll(data, tree, Turn(old, (old[0] + by, old[1] + by)), reached).data.decode()
    return made.partition("  新建园: ")[2].partition("\n总体要求")[0]


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ("{数值: 3, 单位: 所}", "{数值: , 单位: 所, 基期: {年份: 2026, 数值: 3}}"),
        ("{单位: 所, 数值: 3}", "{单位: 所, 数值: , 基期: {年份: 2026, 数值: 3}}"),
        ("{数值: 3所}", "{数值: , 单位: 所, 基期: {年份: 2026, 数值: 3}}"),
        ("{数值: ≥96%, 单位: '%'}", "{数值: , 单位: '%', 界限: 不低于, 基期: {年份: 2026, 数值: 96}}"),
        ("3所", "{数值: , 单位: 所, 基期: {年份: 2026, 数值: 3}}"),
        ("96%", '{数值: , 单位: "%", 基期: {年份: 2026, 数值: 96}}'),
        ("{数值: 1.2, 单位: 万人次}", "{数值: , 单位: 万人次, 基期: {年份: 2026, 数值: 1.2}}"),
        (
            "{数值: 96, 单位: 所, 基期: {年份: 2024, 数值: 90}}",
            "{数值: , 单位: 所, 基期: {年份: 2026, 数值: 96}}",
        ),
        ("{数值: 95, 单位: 所, 分年: {2026: 95}}", "{数值: , 单位: 所, 基期: {年份: 2026, 数值: 95}}"),
        ("{分年: {2026: 95}, 单位: 所}", "{单位: 所, 基期: {年份: 2026, 数值: 95}}"),
        (
            "{数值: 97, 单位: 所, 分年: {2026: 95, 2027: 97}}",
            "{数值: , 单位: 所, 分年: {2027: 97}, 基期: {年份: 2026, 数值: 97}}",
        ),
        (
            "{单位: 所, 分项: {甲镇: 1, 乙镇: 2}, 数值: 3}",
            "{单位: 所, 分项: {甲镇: , 乙镇: }, 数值: , 基期: {年份: 2026, 数值: 3}}",
        ),
        (
            "{分年: {2024: 1, 2025: 2, 2026: 3, 2027: 4}, 单位: 所}",
            "{分年: {2027: 4}, 单位: 所, 基期: {年份: 2026, 数值: 3}}",
        ),
        ("{分年: {2026: 3所}}", "{数值: , 单位: 所, 基期: {年份: 2026, 数值: 3}}"),
        ("{数值: 3, 分年: {2026: 3}}", "{数值: , 基期: {年份: 2026, 数值: 3}}"),
        ("{数值: , 单位: 所}", "{数值: , 单位: 所}"),
        (
            "{名称: 2026年新建园, 数值: 3, 单位: 所}",
            "{名称: 2027年新建园, 数值: , 单位: 所, 基期: {年份: 2026, 数值: 3}}",
        ),
        ("{数值: 3, 单位: 所, 时限: 2026年8月}", "{数值: , 单位: 所, 时限: 2027年8月, 基期: {年份: 2026, 数值: 3}}"),
    ],
)
def test_the_value_is_the_base(typed: str, made: str) -> None:
    assert _target(typed) == made


def test_lines_keep_their_comments() -> None:
    typed = "\n    数值: 3 # 县里定的\n    单位: 所\n    分年: {2026: 3} # 只有一年\n    责任单位: 计财股"
    assert _target(typed) == (
        "\n    数值:  # 县里定的\n    单位: 所\n    # 分年: {2026: 3} # 只有一年\n    责任单位: 计财股\n"
        "    基期: {年份: 2026, 数值: 3}"
    )


def test_yearly_figures_of_several_years_move_and_are_emptied() -> None:
    typed = "{数值: 98, 单位: 所, 基期: {年份: 2025, 数值: 90}, 分年: {2026: 92, 2027年: 95, 2028: 98}}"
    assert _target(typed, head=THREE) == (
        "{数值: , 单位: 所, 基期: {年份: 2028, 数值: 98}, 分年: {2029: , 2030年: , 2031: }}"
    )


def test_what_was_reached_is_the_base_if_it_is_known() -> None:
    assert _target("{数值: 3, 单位: 所}", 新建园="4") == "{数值: , 单位: 所, 基期: {年份: 2026, 数值: 4}}"
    assert _target("{名称: 新建幼儿园, 数值: 3, 单位: 所}", 新建幼儿园="4所").endswith("基期: {年份: 2026, 数值: 4}}")


def test_a_value_that_is_no_figure_is_left_to_the_writer() -> None:
    made = _target("{数值: 很多, 单位: 所}")
    assert made == "{数值: 很多, 单位: 所}"


def test_the_new_targets_check_but_for_their_values() -> None:
    extra = "指标:\n  新建园: {数值: , 单位: 所, 分项: {甲镇: , 乙镇: }, 基期: {年份: 2026, 数值: 3}}\n"
    assert {*codes(outline(extra=extra).replace("2026\n", "2027\n"))} <= {"PW412", "PW401"}
