"""Times processes in interleaved rounds, so that a busy machine slows all contestants alike."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.inputs import Unfit

PROGRAMS = Path(__file__).resolve().parent / "programs"
_LEFT_OUT = ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONPYCACHEPREFIX", "PYTHONHASHSEED")
_BEGAN = time.monotonic()


@dataclass(frozen=True)
class Contestant:
    """A way to do the work of a race: its name and its command."""

    name: str
    command: tuple[str, ...]
    output: Path | None = None
    """The file that it writes; it is deleted before each run."""
    folder: Path | None = None
    """The folder in which it runs; None for that of the output."""
    variables: Mapping[str, str] = field(default_factory=dict)
    """Variables to add to its environment."""
    cores: int = 0
    """The number of processors that it may use; 0 for all."""
    whole: bool = False
    """True if it makes the whole document, with frame and tables."""
    ready: Callable[[], None] = lambda: None
    """Called before each run, for example to empty a folder."""


@dataclass
class Runs:
    """The rounds of one contestant: wall and processor times in seconds, and peak memory in MiB."""

    seconds: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    peaks: list[float] = field(default_factory=list)

    @property
    def time(self) -> float:
        """The median wall time in seconds."""
        return statistics.median(self.seconds)

    @property
    def least(self) -> float:
        """The smallest processor time in seconds, which is the least disturbed by other processes."""
        return min(self.busy)

    @property
    def peak(self) -> float:
        """The median peak memory of the largest process in MiB."""
        return statistics.median(self.peaks)

    @property
    def cores(self) -> float:
        """The processor time per wall time."""
        return statistics.median(busy / wall for busy, wall in zip(self.busy, self.seconds, strict=True))

    def times_of(self, other: Runs) -> float:
        """The median, over the rounds, of this wall time divided by that of `other` in the same round."""
        return statistics.median(mine / theirs for mine, theirs in zip(self.seconds, other.seconds, strict=True))


def tell(text: str) -> None:
    """Shows the progress on the standard error output, with the minutes and seconds since the start."""
    minutes, seconds = divmod(int(time.monotonic() - _BEGAN), 60)
    print(f"[{minutes:02}:{seconds:02}] {text}", file=sys.stderr, flush=True)


def run_rounds(contestants: Sequence[Contestant], rounds: int, *, warm_up: int = 1) -> dict[str, Runs]:
    """Runs all contestants, one after the other, `rounds` times, after `warm_up` rounds that are not counted."""
    made = {each.name: Runs() for each in contestants}
    for number in range(warm_up + rounds):
        for each in contestants:
            seconds, busy, peak = run_once(each)
            if number >= warm_up:
                runs = made[each.name]
                runs.seconds.append(seconds)
                runs.busy.append(busy)
                runs.peaks.append(peak)
    return made


def run_once(contestant: Contestant) -> tuple[float, float, float]:
    """Runs a contestant; returns wall and processor time in seconds, and peak memory in MiB. Raises Unfit if it fails."""
    _prepare(contestant)
    launcher = [sys.executable, "-I", "-S", str(PROGRAMS / "launch.py"), str(contestant.cores)]
    ran = subprocess.run(
        [*launcher, *contestant.command],
        capture_output=True,
        text=True,
        check=True,
        cwd=_folder(contestant),
        env=environment(contestant),
    )
    seconds, busy, peak, code = ran.stdout.split()
    if code != "0" or (contestant.output and not contestant.output.exists()):
        raise Unfit(f"{contestant.name} ended with {code}")
    return float(seconds), float(busy), int(peak) / 1024


def printed(contestant: Contestant) -> str:
    """Runs a contestant without timing it and returns what it printed. Raises Unfit, with its errors, if it fails."""
    _prepare(contestant)
    ran = subprocess.run(
        contestant.command,
        capture_output=True,
        text=True,
        check=False,
        cwd=_folder(contestant),
        env=environment(contestant),
    )
    if ran.returncode or (contestant.output and not contestant.output.exists()):
        raise Unfit(f"{contestant.name} failed:\n{ran.stderr[-1500:]}")
    return ran.stdout


def environment(contestant: Contestant) -> dict[str, str]:
    """The environment of a contestant: the installed planwriter, not the one in this folder, with its compiled files."""
    kept = {name: value for name, value in os.environ.items() if name not in _LEFT_OUT}
    return {**kept, **contestant.variables}


def _prepare(contestant: Contestant) -> None:
    contestant.ready()
    if contestant.output:
        contestant.output.unlink(missing_ok=True)


def _folder(contestant: Contestant) -> Path | None:
    return contestant.folder or (contestant.output.parent if contestant.output else None)
