"""Findings as they are shown: no character that a terminal obeys is among them, whatever a file holds."""

import json

import pytest

from planwriter.findings.catalogue import finding
from planwriter.findings.characters import UNSHOWN, escaped
from planwriter.findings.finding import Pos, Source, Span
from planwriter.findings.report import format_human, format_json, format_short

ODD = "a\x1b[31m\x9b\u202e\ud800\r\x85b"


def test_odd_characters_are_shown_as_escapes_in_every_form() -> None:
    source = Source(f"{ODD}.yaml", f"单位: {ODD}甲")
    found = [finding("PW205", Span(source, 4, 5), related=((Pos(ODD), ODD),), kind=ODD, advice=ODD)]
    for shown in (format_human(found), format_short(found), format_json(found)):
        assert not UNSHOWN.search(shown)
    assert escaped(ODD) == "a\\x1b[31m\\x9b\\u202e\\ud800\\x0d\\x85b"
    assert escaped(ODD) in format_short(found)
    assert json.loads(format_json(found))[0]["file"] == f"{ODD}.yaml"


@pytest.mark.parametrize("mark", ["\x1b", "\u202e", "甲"])
def test_the_caret_stands_under_the_place_behind_an_escape(mark: str) -> None:
    source = Source("提纲.yaml", f"{mark}丙")
    line, caret = format_human([finding("PW103", Span(source, 1, 2))]).splitlines()[1:3]
    before = line[8 : line.index("丙")]
    assert caret.index("^") == 8 + len(before) + sum(each > "\xff" for each in before)


def test_a_hint_that_several_findings_share_is_shown_once_behind_the_last() -> None:
    alike = [finding("PW412", Pos("甲.yaml", line, 1), name=name) for line, name in ((1, "子"), (2, "丑"), (3, "寅"))]
    other = finding("PW103", Pos("乙.yaml"))
    shown = format_human([*alike, other, alike[0]]).splitlines()
    hints = [line for line in shown if "办法" in line]
    assert [each.partition("：")[0].strip() for each in hints] == ["办法（这 3 处一样）", "办法", "办法"]
    assert shown.index(hints[0]) > max(at for at, line in enumerate(shown) if "寅" in line)
    assert sum("PW" in line for line in shown) == 5


def test_no_findings_are_no_lines() -> None:
    assert (format_human([]), format_short([])) == ("", "")
