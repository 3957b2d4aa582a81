"""Tests of differences for programs: the keys are promised in the handbook."""

from __future__ import annotations

import json
from pathlib import Path

from planwriter.compare.display.values import FORMAT, difference_values
from planwriter.compare.edits.difference import differences
from planwriter.compare.versions.version import VersionPicture
from tests.compare.golden import NEW, OLD
from tests.compare.sides import side

GOLDEN = Path(__file__).parents[2] / "goldens" / "diff.json"


def test_the_values() -> None:
    made = json.dumps(difference_values(differences(OLD, NEW)), ensure_ascii=False, indent=1)
    assert made + "\n" == GOLDEN.read_text(encoding="utf-8")


def test_edits_cite_both_texts() -> None:
    changes = difference_values(differences(OLD, NEW))["changes"]
    assert isinstance(changes, list)
    for change in changes:
        for edit in change["edits"]:
            assert change["old"]["text"][edit["start"] : edit["end"]] == edit["old"]
            assert change["new"]["text"][edit["new_start"] : edit["new_end"]] == edit["new"]


def test_nothing_differs_and_pictures() -> None:
    same = difference_values(differences(OLD, OLD))
    assert (same["format"], same["changes"], same["summary"]) == (FORMAT, [], "没有不同。")
    made = difference_values(differences(side(), side(VersionPicture(text="图"))))["changes"]
    assert isinstance(made, list)
    assert made[0]["new"] == {"item": "picture", "text": "图", "place": 0}
