"""Two commands that change files at the same time: neither loses what the other wrote. Killed ones tear nothing."""

from __future__ import annotations

import itertools
import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from planwriter.app.journal import read_journal
from planwriter.system.lock import locked
from tests.stories import two_writers
from tests.stories.writers import WRITERS, Writer, files_of
from tests.support import ROOT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the runner forks")

PAIRS = tuple(itertools.combinations_with_replacement(WRITERS, 2))
MEETING = tuple((one, two) for one, two in PAIRS if one.file == two.file)
"""The pairs that change the same file."""


Round = tuple[str, str, list[list[str]], float | None]
"""A folder, the copy of it to be made, the commands to run there, and after how many seconds they are killed."""


def _rounds(rounds: list[Round], wait: float = 60) -> list[list[int]]:
    """The exit codes of the commands in each round."""
    command = [sys.executable, two_writers.__file__, str(wait)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, input=json.dumps(rounds), env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    made: list[list[int]] = json.loads(done.stdout)
    return made


def _lose_nothing(template: Path, folder: Path, one: Writer, two: Writer, count: int) -> None:
    """Asserts that both commands were done in each of `count` rounds, and that nothing is left over."""
    commands = [one.words(0), two.words(1)]
    places = [folder / str(number) for number in range(count)]
    for place, codes in zip(
        places, _rounds([(str(template), str(place), commands, None) for place in places]), strict=True
    ):
        log = (place / "log.txt").read_text("utf-8")
        assert codes == [0, 0], log
        assert one.done(place, 0) and two.done(place, 1), log
        left = {each.name for each in place.rglob("*") if each.name.endswith((".tmp", ".planwriter-lock"))}
        assert left == set()
        shutil.rmtree(place)


def _name(pair: tuple[Writer, Writer]) -> str:
    return f"{pair[0].name} and {pair[1].name}"


@pytest.mark.kill
@pytest.mark.parametrize("pair", MEETING, ids=_name)
def test_two_that_change_one_file_at_once_lose_nothing(
    template: Path, tmp_path: Path, pair: tuple[Writer, Writer]
) -> None:
    _lose_nothing(template, tmp_path, *pair, count=2)


@pytest.mark.long
@pytest.mark.parametrize("pair", PAIRS, ids=_name)
def test_two_of_any_kind_lose_nothing_in_200_rounds(
    template: Path, tmp_path: Path, pair: tuple[Writer, Writer]
) -> None:
    _lose_nothing(template, tmp_path, *pair, count=200)


KILLS = int(os.environ.get("PLANWRITER_KILLS", "40"))
"""How often each command is killed in the long trial; 40 make over 500."""


def _survives_kills(template: Path, folder: Path, writer: Writer, count: int) -> None:
    """Asserts that a command killed at `count` moments tears no file, and that it works when it is run again."""
    words, moments = [writer.words(0)], random.Random(writer.name)
    whole, places = folder / "whole", [folder / str(number) for number in range(count)]
    rounds: list[Round] = [(str(template), str(place), words, moments.uniform(0, 0.12)) for place in places]
    assert _rounds([(str(template), str(whole), words, None), *rounds])[0] == [0]
    before, after = files_of(template), files_of(whole)
    for place in places:
        for name, data in files_of(place).items():
            data = data.replace(f'{place}"'.encode(), f'{whole}"'.encode())  # in sources.json
            assert data in (before.get(name), after.get(name)), name
        assert read_journal(str(place), "").findings == ()
        assert set(before) - set(files_of(place)) <= set(before) - set(after), "a file is gone"
    again = {place: place.with_name(f"{place.name} again") for place in places}
    codes = _rounds([(str(place), str(again[place]), words, None) for place in places])
    for place in places:
        assert writer.done(again[place], 0), (codes, (again[place] / "log.txt").read_text("utf-8"))


@pytest.mark.kill
@pytest.mark.parametrize("writer", WRITERS, ids=lambda each: each.name)
def test_a_command_that_is_killed_tears_nothing_and_can_be_run_again(
    template: Path, tmp_path: Path, writer: Writer
) -> None:
    _survives_kills(template, tmp_path, writer, count=2)


@pytest.mark.long
@pytest.mark.parametrize("writer", WRITERS, ids=lambda each: each.name)
def test_no_command_tears_anything_at_any_moment(template: Path, tmp_path: Path, writer: Writer) -> None:
    _survives_kills(template, tmp_path, writer, count=KILLS)


@pytest.mark.parametrize("writer", [each for each in WRITERS if each.locks], ids=lambda each: each.name)
def test_a_command_does_not_begin_while_a_different_process_has_its_file(
    template: Path, tmp_path: Path, writer: Writer
) -> None:
    """Fails for a command that reads, changes and writes back without the lock."""
    folder = tmp_path / "县"
    shutil.copytree(template, folder)
    hold = folder / writer.file
    before = hold.read_bytes() if hold.exists() else None
    with locked(str(hold)) as failed:
        assert failed is None
        shown = _held_run(folder, writer.words(0))
    assert "PW802" in shown and "另一个 planwriter 正在改它" in shown
    assert (hold.read_bytes() if hold.exists() else None) == before


def _held_run(folder: Path, arguments: list[str]) -> str:
    """What a command says in `folder` that waits for a tenth of a second only."""
    program = "import sys; from planwriter.system import lock; lock.WAIT = 0.1; from planwriter import cli; cli.main(sys.argv[1:])"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PLANWRITER_CONFIG": str(folder / "config")}
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 4, done.stderr
    return done.stderr
