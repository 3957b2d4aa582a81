"""Figures that stand side by side, for years and for things."""

from __future__ import annotations

import pytest

from planwriter.importing.figure_lists import figures_by_year, figures_of_several
from planwriter.importing.figure_names import TakenFigure
from planwriter.importing.figure_parts import NUMBER, LiftableFigure


def several(text: str, taken: tuple[TakenFigure, ...] = ()) -> list[LiftableFigure]:
    first = next(NUMBER.finditer(text, text.index("分别")))
    return figures_of_several(text, len(text), text[: first.start()], first, taken)


def test_years_have_a_figure_each() -> None:
    text = "毛入园率2026年、2027年分别达到93%、94%。"
    made, end = figures_by_year(text, 0, len(text))
    assert [(each.name, each.year, each.figure.number) for each in made] == [
        ("毛入园率", 2026, "93"),
        ("毛入园率", 2027, "94"),
    ]
    assert text[end:] == "%。"
    assert figures_by_year("毛入园率达到93%。", 0, 9) == ([], 0)


def test_things_have_a_figure_each() -> None:
    text = "履约率、开工率分别不低于90%、75%以上。"
    first, second = several(text)
    assert (first.name, first.bound, text[first.before : first.end]) == ("履约率", "不低于", "不低于90%")
    assert (second.name, second.bound, text[second.before : second.end]) == ("开工率", "以上", "75%以上")


def test_growth_is_that_of_the_figures_before() -> None:
    taken = (TakenFigure(4, "接待游客", "", "人次"), TakenFigure(9, "旅游收入", "", "元"))
    assert [each.name for each in several("同比分别增长10%和12%。", taken)] == ["接待游客同比增长", "旅游收入同比增长"]
    assert several("同比分别增长10%和12%。") == []
    made = several("事故起数和死亡人数同比分别下降10%和8%。")
    assert [each.name for each in made] == ["事故起数同比下降", "死亡人数同比下降"]


@pytest.mark.parametrize(
    "text",
    [
        "甲、乙、丙三项比例分别达到93%、65%。",
        "养护补助标准分别不低于每年每公里5000元、3000元。",
        "履约率、开工率分别为：甲90%、乙75%。",
        "现有履约率、开工率分别为90%、75%。",
        "各类比例、份额分别达到" + "、".join(["5%"] * 12) + "。",
    ],
)
def test_lists_that_are_not_clear_are_left_alone(text: str) -> None:
    assert several(text) == []
