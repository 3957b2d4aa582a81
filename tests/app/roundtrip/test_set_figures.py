"""Edited figures go into their targets, or are changed only where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from planwriter.app.roundtrip.absorb_choices import AbsorbChoices
from tests.absorbing import NAME
from tests.app.roundtrip.returning import TEXT, plan
from tests.hands import Hand


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / NAME).write_text(TEXT, "utf-8")
    return tmp_path


def test_a_figure_goes_into_its_target(folder: Path) -> None:
    made = plan(folder, lambda edit: edit.replace("95%", "96%"))  # cited once: certain
    assert made.after.decode() == TEXT.replace("数值: 95", "数值: 96") and made.is_whole
    assert [each.figure.target for each in made.set_figures] == ["率"]
    made = plan(folder, lambda edit: edit.replace("12所，", "15所，"))  # cited twice, changed once
    assert made.after == made.before and not made.is_whole
    assert [(each.before, each.after) for each, _ in made.figures_left] == [("12所", "15所")]
    made = plan(folder, lambda edit: edit.replace("12所，", "15所，"), AbsorbChoices(numbers="指标"))
    assert made.after.decode() == TEXT.replace("数值: 12", "数值: 15")
    assert [each.after for each in made.set_figures[0].sentences] == ["这15所秋季开园。"]
    made = plan(folder, lambda edit: edit.replace("12所，", "15所，"), AbsorbChoices(numbers="这里"))
    assert made.after.decode() == TEXT.replace("新建幼儿园{{ 指标.园 }}，", "新建幼儿园15所，")
    assert made.set_figures == () and made.is_whole

    def both(edit: Hand) -> None:
        edit.replace("12所，", "15所，")
        edit.replace("12所秋季", "15所秋季")

    assert plan(folder, both).after.decode() == TEXT.replace("数值: 12", "数值: 15")


def test_a_figure_of_another_unit_is_left(folder: Path) -> None:
    made = plan(folder, lambda edit: edit.replace("12所，", "15个，"), AbsorbChoices(numbers="指标"))
    assert made.after == made.before and "单位" in made.figures_left[0][1]


def test_the_same_figure_typed_otherwise_is_no_new_value(folder: Path) -> None:
    made = plan(folder, lambda edit: edit.replace("95%", "９５%"), AbsorbChoices(numbers="指标"))
    assert made.after == made.before
    assert [reason for _, reason in made.figures_left] == ["数没有变，只是写法不同，照提纲里的写"]
    here = plan(folder, lambda edit: edit.replace("95%", "９５%"), AbsorbChoices(numbers="这里"))
    assert "不低于９５%" in here.after.decode()


@pytest.mark.parametrize("new", ["达到95%以上", "96%左右"])
def test_a_bound_put_in_beside_an_edited_figure_is_of_one_edit_with_it(folder: Path, new: str) -> None:
    made = plan(folder, lambda edit: edit.replace("不低于95%", new))
    assert made.after == made.before  # not half of it
    assert [each.after for each, _ in made.figures_left] == [new]
    made = plan(folder, lambda edit: edit.replace("不低于95%", new), AbsorbChoices(numbers="这里"))
    assert f"入园率{new}。" in made.after.decode()
