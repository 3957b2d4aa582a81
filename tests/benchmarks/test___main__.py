"""The commands of the README exist, and a race that fails is reported."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from benchmarks import __main__ as benchmarks
from benchmarks import peers
from benchmarks.effort import QUICK, Effort
from benchmarks.inputs import ROOT, Unfit
from benchmarks.results import README
from benchmarks.tables import Figures

COMMANDS = [
    shlex.split(line, comments=True)
    for fence in re.findall(r"^```\n(.*?)^```", README.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    for line in fence.splitlines()
    if line.startswith(("make ", "python "))
]


def test_the_readme_has_commands() -> None:
    assert len(COMMANDS) >= 9


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_command_of_the_readme_exists(command: list[str]) -> None:
    if command[0] == "make":
        subprocess.run([*command, "--dry-run"], cwd=ROOT, check=True, capture_output=True)
    else:
        assert command[:3] == ["python", "-m", "benchmarks"]
        benchmarks.make_parser().parse_args(command[3:])


def test_a_race_that_fails_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fails(folder: Path, effort: Effort) -> Figures:
        raise Unfit("peer made another document")

    monkeypatch.setattr("sys.argv", ["benchmarks", "--only", "pdf", "check", "--quick"])
    monkeypatch.setattr(peers, "installed_elsewhere", lambda: "")
    races = {"pdf": fails, "check": lambda folder, effort: Figures("Check", (), (f"{effort.rounds} rounds",))}
    monkeypatch.setattr(benchmarks, "_races", lambda outlines: races)
    with pytest.raises(SystemExit, match="not measured: pdf"):
        benchmarks.main()
    told = capsys.readouterr()
    assert "pdf is not measured: peer made another document" in told.err
    assert f"Check\n\n{QUICK.rounds} rounds" in told.out


@pytest.mark.parametrize("option", ["--quick", "--rounds=3", "--outline=plan.yaml"])
def test_only_the_published_races_are_written(option: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["benchmarks", "--write", option])
    monkeypatch.setattr(peers, "installed_elsewhere", lambda: "")
    with pytest.raises(SystemExit, match="not to be written"):
        benchmarks.main()


def test_an_editable_install_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["benchmarks", "--write"])
    monkeypatch.setattr(peers, "installed_elsewhere", lambda: "planwriter is an editable install")
    with pytest.raises(SystemExit, match="editable"):
        benchmarks.main()
