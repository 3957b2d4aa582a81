"""What an outline prints is compared with its source: characters and order count, blanks, widths and labels' spelling do not."""

import pytest

from planwriter.importing.script import ScriptLine
from planwriter.importing.verify import is_whole, missing_lines, normal
from tests.importing.making import lines_of

SOURCE = "一、甲\n(一) 乙，丙；丁。\n1．戊\n"


@pytest.mark.parametrize("text", ["一、甲\n（一）乙,丙；丁。\n1.戊\n", "一、 甲\n（一）乙，丙;丁。\n1、戊\n"])
def test_the_same_text(text: str) -> None:
    assert is_whole(lines_of(SOURCE), text)


@pytest.mark.parametrize(
    "text",
    [
        "一、甲\n（一）乙，丙；丁。\n",
        "一、甲\n1.戊\n（一）乙，丙；丁。\n",
        "一、甲\n（二）乙，丙；丁。\n1.戊\n",
        "一、甲\n（一）乙，丙丁。\n1.戊\n",
        "一、甲\n（一）乙，丙；丁。\n1.戊\n己\n",
    ],
)
def test_another_text(text: str) -> None:
    assert not is_whole(lines_of(SOURCE), text)


def test_titles_may_be_joined() -> None:
    assert is_whole(lines_of("青山县\n工作要点\n"), "青山县工作要点\n")


def test_missing_lines_are_named() -> None:
    assert [line.number for line in missing_lines(lines_of(SOURCE), "一、甲\n1.戊\n")] == [2]
    assert [line.number for line in missing_lines(lines_of("甲\n甲\n"), "甲\n")] == [2]


def test_tables_and_labels_that_the_program_counts() -> None:
    lines = [ScriptLine(rows=(("甲", "乙\n丙"), ("丁", "")), number=1), ScriptLine(label="（一）", text="戊", number=2)]
    assert is_whole(lines, "甲\t乙 丙\n丁\t\n（一）戊\n")
    assert not is_whole(lines, "甲\t乙 丙\n丁\t\n戊\n")


def test_the_form_for_comparison() -> None:
    assert normal("1．甲 乙（丙）") == normal("1、甲乙(丙)")
    assert normal("1.甲") != normal("2.甲") and normal("1.5甲") != normal("1.甲")
