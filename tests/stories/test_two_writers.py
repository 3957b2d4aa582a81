"""Two commands that change files at the same time: neither loses what the other wrote. Killed ones tear nothing."""

from __future__ import annotations

import itertools
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from planwriter.app.journal.journal import read_journal
from planwriter.system.lock import locked
from tests.each import assert_each
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


def _lose_nothing(template: Path, folder: Path, pairs: Sequence[tuple[Writer, Writer]], count: int) -> None:
    """Asserts that both commands of a pair were done in each of `count` rounds, and that nothing is left over."""
    meetings = [(pair, folder / str(number)) for number, pair in enumerate([*pairs] * count)]
    made = _rounds([(str(template), str(place), [one.words(0), two.words(1)], None) for (one, two), place in meetings])

    def check(met: tuple[tuple[tuple[Writer, Writer], Path], list[int]]) -> None:
        ((one, two), place), codes = met
        log = (place / "log.txt").read_text("utf-8")
        for writer, who, code in ((one, 0, codes[0]), (two, 1, codes[1])):
            if code and writer.asks:
                assert "PW802" in log and "别人改过" in log, log
                log += str(_rounds([(str(place), f"{place} again", [writer.words(who)], None)]))
                shutil.rmtree(place)
                Path(f"{place} again").rename(place)
                assert log.endswith("[[0]]"), log
            else:
                assert code == 0, log
        assert one.done(place, 0) and two.done(place, 1), log
        left = {each.name for each in place.rglob("*") if each.name.endswith((".tmp", ".planwriter-lock"))}
        assert left == set()
        shutil.rmtree(place)

    assert_each(check, zip(meetings, made, strict=True), lambda met: _name(met[0][0]))


def _name(pair: tuple[Writer, Writer]) -> str:
    return f"{pair[0].name} and {pair[1].name}"


@pytest.mark.kill
def test_two_that_change_one_file_at_once_lose_nothing(template: Path, tmp_path: Path) -> None:
    _lose_nothing(template, tmp_path, MEETING, count=2)


@pytest.mark.long
@pytest.mark.parametrize("pair", PAIRS, ids=_name)
def test_two_of_any_kind_lose_nothing_in_200_rounds(
    template: Path, tmp_path: Path, pair: tuple[Writer, Writer]
) -> None:
    _lose_nothing(template, tmp_path, [pair], count=200)


KILLS = int(os.environ.get("PLANWRITER_KILLS", "40"))
"""How often each command is killed in the long trial; 40 make over 500."""


def _survive_kills(template: Path, folder: Path, writers: Sequence[Writer], count: int) -> None:
    """Asserts that a command killed at `count` moments tears no file, and that it works when it is run again."""
    rounds: list[Round] = []
    places: dict[str, list[Path]] = {}
    for number, writer in enumerate(writers):
        words, moments = [writer.words(0)], random.Random(writer.name)
        places[writer.name] = [folder / str(number) / str(nth) for nth in range(count)]
        rounds.append((str(template), str(folder / str(number) / "whole"), words, None))
        rounds += [(str(template), str(each), words, moments.uniform(0, 0.12)) for each in places[writer.name]]
        (folder / str(number)).mkdir()
    assert _rounds(rounds)[:: count + 1] == [[0]] * len(writers)
    again = [
        (str(each), f"{each} again", [writer.words(0)], None) for writer in writers for each in places[writer.name]
    ]
    for writer in writers:
        _assert_not_torn(template, places[writer.name])
    codes = _rounds([*again])
    for writer, (_, place, _, _), code in zip(
        [each for each in writers for _ in range(count)], again, codes, strict=True
    ):
        assert writer.done(Path(place), 0), (writer.name, code, Path(place, "log.txt").read_text("utf-8"))


def _assert_not_torn(template: Path, places: Sequence[Path]) -> None:
    """Asserts that each file in the folders is as it was before or after the command."""
    whole = places[0].with_name("whole")
    before, after = files_of(template), files_of(whole)
    for place in places:
        for name, data in files_of(place).items():
            data = data.replace(f'{place}"'.encode(), f'{whole}"'.encode())  # in sources.json
            assert data in (before.get(name), after.get(name)), name
        assert read_journal(str(place), "").findings == ()
        assert set(before) - set(files_of(place)) <= set(before) - set(after), "a file is gone"


@pytest.mark.kill
def test_a_command_that_is_killed_tears_nothing_and_can_be_run_again(template: Path, tmp_path: Path) -> None:
    _survive_kills(template, tmp_path, WRITERS, count=2)


@pytest.mark.long
@pytest.mark.parametrize("writer", WRITERS, ids=lambda each: each.name)
def test_no_command_tears_anything_at_any_moment(template: Path, tmp_path: Path, writer: Writer) -> None:
    _survive_kills(template, tmp_path, [writer], count=KILLS)


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
