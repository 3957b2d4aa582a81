"""A process is measured with all that it starts, without what the developer's environment says."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.inputs import Unfit
from benchmarks.measure import Contestant, Runs, printed, run_once, run_rounds

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the launcher needs wait4")


def _python(program: str, output: Path) -> Contestant:
    return Contestant("python", (sys.executable, "-c", program), output)


def test_times_and_memory_are_those_of_the_process(tmp_path: Path) -> None:
    made = run_once(_python("import pathlib; pathlib.Path('out').write_text('x' * 10)", tmp_path / "out"))
    assert all(each > 0 for each in made) and made[2] < 200


def test_a_process_that_fails_or_writes_nothing_is_unfit(tmp_path: Path) -> None:
    for program in ("raise SystemExit(3)", "pass"):
        with pytest.raises(Unfit, match="python ended with"):
            run_once(_python(program, tmp_path / "out"))


def test_an_older_output_does_not_count(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("old", "utf-8")
    with pytest.raises(Unfit):
        run_once(_python("pass", tmp_path / "out"))


def test_warm_up_rounds_are_not_counted(tmp_path: Path) -> None:
    program = "import pathlib; pathlib.Path('out').touch(); print('x', file=open('count', 'a'))"
    runs = run_rounds([_python(program, tmp_path / "out")], 2)["python"]
    assert len(runs.seconds) == len(runs.peaks) == 2
    assert (tmp_path / "count").read_text("utf-8") == "x\n" * 3


def test_the_source_tree_is_not_on_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE"):
        monkeypatch.setenv(name, "1")
    program = "import os; print('PYTHONPATH' in os.environ, 'PYTHONDONTWRITEBYTECODE' in os.environ)"
    assert printed(Contestant("python", (sys.executable, "-c", program), folder=tmp_path)) == "False False\n"


def test_a_ratio_is_the_median_of_the_rounds() -> None:
    assert Runs([1, 2, 9]).times_of(Runs([2, 2, 3])) == 1
