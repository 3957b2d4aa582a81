"""Times processes in interleaved rounds, so that a busy machine slows all contestants alike."""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks import stage
from benchmarks.stage import Contestant

PEER = "docxtpl"
"""The contestant with which all are compared."""


@dataclass
class Runs:
    """The rounds of one contestant: wall times in seconds and peak memory in MiB."""

    seconds: list[float] = field(default_factory=list)
    peaks: list[float] = field(default_factory=list)

    @property
    def time(self) -> float:
        """The median time in milliseconds."""
        return statistics.median(self.seconds) * 1000

    @property
    def best(self) -> float:
        """The shortest time in milliseconds, which is the least disturbed by other processes."""
        return min(self.seconds) * 1000

    @property
    def peak(self) -> float:
        """The median peak memory in MiB."""
        return statistics.median(self.peaks)

    def times_of(self, other: Runs) -> float:
        """The median, over the rounds, of this time divided by the time of `other` in the same round."""
        return statistics.median(mine / theirs for mine, theirs in zip(self.seconds, other.seconds, strict=True))


def run_rounds(contestants: Sequence[Contestant], rounds: int, *, warm_up: int = 1) -> list[Runs]:
    """Runs all contestants, one after the other, `rounds` times, after `warm_up` rounds that are not counted."""
    made = [Runs() for _ in contestants]
    for number in range(warm_up + rounds):
        for contestant, runs in zip(contestants, made, strict=True):
            seconds, peak = run_once(contestant)
            if number >= warm_up:
                runs.seconds.append(seconds)
                runs.peaks.append(peak)
    return made


def run_once(contestant: Contestant) -> tuple[float, float]:
    """Runs a contestant once, without an older output; returns wall time in seconds and peak memory in MiB."""
    contestant.output.unlink(missing_ok=True)
    command = [sys.executable, "-I", "-S", str(stage.PROGRAMS / "launch.py"), *contestant.command]
    environment = stage.environment(contestant)
    ran = subprocess.run(
        command, capture_output=True, text=True, check=True, cwd=contestant.output.parent, env=environment
    )
    seconds, peak, code = ran.stdout.split()
    if code != "0" or not contestant.output.exists():
        raise RuntimeError(f"{contestant.name} ended with {code}")
    return float(seconds), int(peak) / 1024
