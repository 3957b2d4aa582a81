"""Texts made from a script: their places, and braces that are not to be filled in."""

import pytest

from planwriter.fill import fill
from planwriter.importing.script import Script, ScriptLine
from planwriter.importing.texts import Origins, escaped, whole_text


@pytest.mark.parametrize("text", ["{{ 年度 }}", "甲{%乙%}", "{# 丙 #}", "a{b}c", "}}", "{", "{{{{", "甲"])
def test_braces_of_the_source_are_printed_as_they_are(text: str) -> None:
    assert fill(escaped(text), {}) == (text, ())


def test_a_text_knows_its_line() -> None:
    script = Script(
        name="旧.txt", lines=(ScriptLine(text="甲", number=2), ScriptLine(text="乙丙", label="1.", number=5))
    )
    origins = Origins(script)
    text = origins.text("乙丙", 5)
    assert text.origin is not None and (text.origin.pos.file, text.origin.pos.line) == ("旧.txt", 5)
    assert text.origin.raw == "1.乙丙"
    assert origins.span(99).pos.line == 5


def test_an_empty_script_has_a_place() -> None:
    assert Origins(Script(name="旧")).span(1).pos.line == 1


def test_the_whole_of_a_line() -> None:
    assert whole_text(ScriptLine(text=" 甲 ", label="（一）")) == "（一）甲"
