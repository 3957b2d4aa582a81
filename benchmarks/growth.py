"""Growth: the whole process for plans of more and more paragraphs, its time and its peak memory."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

from benchmarks import inputs, stage
from benchmarks.measure import PEER, Runs, run_rounds


@dataclass(frozen=True)
class Curve:
    """What one contestant took for plans of several sizes."""

    name: str
    sizes: tuple[int, ...]
    runs: tuple[Runs, ...]

    def each(self, step: int) -> float:
        """Milliseconds for each paragraph more between size `step` and the next."""
        return (self.runs[step + 1].time - self.runs[step].time) / (self.sizes[step + 1] - self.sizes[step])

    def memory(self, step: int) -> float:
        """KiB for each paragraph more between size `step` and the next."""
        return (self.runs[step + 1].peak - self.runs[step].peak) * 1024 / (self.sizes[step + 1] - self.sizes[step])

    @property
    def exponent(self) -> float:
        """How the time above that of the smallest plan grows from the last size but one to the last: 1 is linear."""
        first, before, last = self.runs[0].time, self.runs[-2].time, self.runs[-1].time
        if before <= first or last <= first:
            return math.nan
        sizes = [size - self.sizes[0] for size in self.sizes]
        return math.log((last - first) / (before - first)) / math.log(sizes[-1] / sizes[-2])


def curves(folder: Path, sizes: tuple[int, ...], rounds: int) -> list[Curve]:
    """The curves of planwriter and docxtpl (python-docx alone takes 3 ms a paragraph, most of it to find styles)."""
    found: dict[str, list[Runs]] = {}
    counts: list[int] = []
    for size in sizes:
        outline = folder / f"grown-{size}.yaml"
        outline.write_text(inputs.grown(size), encoding="utf-8")
        contestants = stage.set_out(outline, folder / str(size), pandoc=False)
        contestants = [each for each in contestants if each.name in ("python -m planwriter", PEER)]
        counts.append(stage.rehearse(contestants))
        for contestant, runs in zip(contestants, run_rounds(contestants, rounds, warm_up=0), strict=True):
            found.setdefault(contestant.name, []).append(runs)
    return [Curve(name, tuple(counts), tuple(runs)) for name, runs in found.items()]
