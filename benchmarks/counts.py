"""Instructions of a process, counted by valgrind: the same in every run, whatever else the machine does."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.inputs import Unfit

_AGREE = 0.001
"""Two counts agree if they differ by less than this share."""
_MOST = 4
"""The most runs of one command."""


def tools() -> list[str]:
    """The beginning of the command that counts, without randomized addresses if the system allows it; empty without valgrind."""
    valgrind, setarch = shutil.which("valgrind"), shutil.which("setarch")
    if valgrind is None:
        return []
    fixed = [setarch, "-R"] if setarch and subprocess.run([setarch, "-R", "true"], check=False).returncode == 0 else []
    return [*fixed, valgrind, "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]


def count(command: Sequence[str], folder: Path, ready: Callable[[], None] = lambda: None) -> int:
    """The instructions of a command that runs in `folder`, with a fixed environment; the smaller of two counts that agree.

    `ready` is called before each run. Raises Unfit if the command fails, or if no two of four counts agree.
    """
    found: list[int] = []
    for made in _counted(command, folder, ready):
        near = [each for each in found if abs(each - made) < _AGREE * made]
        if near:
            return min(made, *near)
        found.append(made)
    raise Unfit(f"the counts of {command} do not agree: {found}")


def _counted(command: Sequence[str], folder: Path, ready: Callable[[], None]) -> Iterator[int]:
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"}
    for _ in range(_MOST):
        ready()
        ran = subprocess.run(
            [*tools(), *command], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        told = re.search(r"I\s+refs:\s+([\d,]+)", ran.stderr)
        if ran.returncode or told is None:
            raise Unfit(f"{command} cannot be counted:\n{ran.stderr[-1500:]}")
        yield int(told[1].replace(",", ""))
