"""The handbook is true: its files are written, its commands are run, and their output is that on the page."""

import re
from pathlib import Path

import openpyxl
import pytest

from tests.commands import run_merged
from tests.hands import Hand
from tests.support import ROOT

PAGE = ROOT / "docs" / "handbook.md"
_BLOCK = re.compile(
    r"^```(\w+)(?: (\S+))?\n(.*?)^```$|^<!-- 手改 (\S+) (\S+) (\S+) -->$|^<!-- 改格 (\S+) (\S+) (\S+) -->$", re.M | re.S
)


def _run(command: str, folder: Path) -> str:
    words = command.split()
    assert words[0] == "planwriter"
    return run_merged(folder, *words[1:])


def _follow(block: "re.Match[str]", folder: Path) -> str:
    """Runs a block of the page; returns the block with the actual output."""
    form, name, body, edited, old, new, book, cell, value = block.groups()
    if book:
        loaded = openpyxl.load_workbook(folder / book)
        loaded["任务分解表"][cell] = value
        loaded.save(folder / book)
    elif edited:
        hand = Hand((folder / edited).read_bytes())
        hand.replace(old, new)
        (folder / edited).write_bytes(hand.save())
    elif form == "console":
        commands = re.findall(r"^> (.*)$", body, re.M)
        assert commands
        answered = "".join(f"> {command}\n{_run(command, folder)}" for command in commands)
        return f"```console\n{answered}```"
    elif form == "diff":
        text = (folder / name).read_text("utf-8")
        for old, new in re.findall(r"^- (.*)\n((?:\+ .*\n)+)", body, re.M):
            assert text.count(old) == 1, old
            text = text.replace(old, re.sub(r"^\+ ", "", new, flags=re.M).removesuffix("\n"))
        (folder / name).write_text(text, "utf-8")
    else:
        (folder / name).write_text(body, "utf-8")
    return block[0]


def test_what_the_handbook_types_gives_what_it_shows(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    text = PAGE.read_text("utf-8")
    followed = _BLOCK.sub(lambda block: _follow(block, tmp_path), text)
    if request.config.getoption("--update-goldens"):
        PAGE.write_text(followed, "utf-8")
    assert followed == text
