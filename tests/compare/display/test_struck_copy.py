"""Tests of the 花脸稿: both versions can be read from it."""

from __future__ import annotations

from random import Random

import pytest

from planwriter.compare.display.struck_copy import struck_copy
from planwriter.compare.edits.difference import ComparedSide, differences
from planwriter.compare.versions.from_plan import version_of_plan
from planwriter.compare.versions.version import VersionLine, VersionPicture
from planwriter.plan.flow import HEADINGS
from planwriter.start.records import replace
from planwriter.writers.docx.marked import MarkedGrid, MarkedItem, MarkedLine, MarkedRun, Marking
from tests.compare.golden import NEW, OLD
from tests.compare.sides import edited_items, line, side
from tests.random_outlines import planned_outline


def _read(item: MarkedItem, *without: Marking) -> str:
    assert isinstance(item, MarkedLine)
    return "".join(run.text for run in item.runs if run.marking not in without)


@pytest.mark.parametrize("seed", range(20))
def test_both_versions_can_be_read(seed: int) -> None:
    old = version_of_plan(planned_outline(seed), "a")
    old = replace(old, items=tuple(each for each in old.items if isinstance(each, VersionLine) and each.text))
    new = replace(old, items=tuple(edited_items(old.items, Random(seed))))
    found = differences(ComparedSide(old), ComparedSide(new))
    copy = struck_copy(found)
    news = [text for item in copy if (text := _read(item, Marking.STRUCK, Marking.GONE))]
    assert news == [each.label + each.text for each in found.new.items if isinstance(each, VersionLine)]
    olds = [_read(item, Marking.PUT_IN, Marking.COME) for item in copy]
    for item in found.old.items:
        assert any(text.endswith(item.text) for text in olds), item.text


def test_a_title_has_the_type_of_a_heading() -> None:
    old = line("1.改造管网。年内完成3公里。")
    copy = struck_copy(differences(side(old), side(replace(old, text="改造老管网。年内完成5公里。"))))
    assert copy == (
        MarkedLine(
            "body",
            (
                MarkedRun("1.改造", Marking.NONE, HEADINGS[2]),
                MarkedRun("老", Marking.PUT_IN, HEADINGS[2]),
                MarkedRun("管网。", Marking.NONE, HEADINGS[2]),
                MarkedRun("年内完成"),
                MarkedRun("3", Marking.STRUCK),
                MarkedRun("5", Marking.PUT_IN),
                MarkedRun("公里。"),
            ),
        ),
    )


def test_tables_and_pictures() -> None:
    copy = struck_copy(differences(OLD, NEW))
    grid = next(item for item in copy if isinstance(item, MarkedGrid))
    assert grid.rows[1] == (
        (MarkedRun("床位"),),
        (MarkedRun("120", Marking.STRUCK), MarkedRun("150", Marking.PUT_IN)),
    )
    assert grid.rows[2][0] == (MarkedRun("公路", Marking.PUT_IN),)
    picture = struck_copy(differences(side(), side(VersionPicture(text="图1"))))[0]
    assert picture == MarkedLine("body", (MarkedRun("〔图〕"), MarkedRun("图1", Marking.PUT_IN)), plain=True)
