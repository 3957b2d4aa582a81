"""What was decided of what is not certain."""

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


def test_single_figures_are_decided(folder: Path) -> None:
    def hand(edit: Hand) -> None:
        edit.replace("12所，", "15所，")

    figure = plan(folder, hand).figures_left[0][0]
    for said, wanted in (("这里", TEXT.replace("园{{ 指标.园 }}，", "园15所，")), ("不改", TEXT)):
        made = plan(folder, hand, AbsorbChoices(figures={(figure.key, figure.nth): said}))
        assert made.after.decode() == wanted
    assert plan(folder, hand, AbsorbChoices(figures={(figure.key, figure.nth): "不改"})).is_whole
