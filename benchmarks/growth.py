"""Growth with the number of paragraphs: time and peak memory of the whole process."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

from benchmarks import inputs, stage
from benchmarks.measure import PEER, Runs, run_rounds


@dataclass(frozen=True)
class Curve:
    """The measurements of one contestant for plans of several sizes; differences are those of the shortest times."""

    name: str
    sizes: tuple[int, ...]
    runs: tuple[Runs, ...]

    def each(self, step: int) -> float:
        """The milliseconds for each additional paragraph between size `step` and the next."""
        return (self.runs[step + 1].best - self.runs[step].best) / (self.sizes[step + 1] - self.sizes[step])

    def memory(self, step: int) -> float:
        """The KiB for each additional paragraph between size `step` and the next."""
        return (self.runs[step + 1].peak - self.runs[step].peak) * 1024 / (self.sizes[step + 1] - self.sizes[step])

    @property
    def exponent(self) -> float:
        """The growth exponent of the time above that of the smallest plan, between the last two sizes; 1 is linear."""
        first, before, last = self.runs[0].best, self.runs[-2].best, self.runs[-1].best
        if before <= first or last <= first:
            return math.nan
        sizes = [size - self.sizes[0] for size in self.sizes]
        return math.log((last - first) / (before - first)) / math.log(sizes[-1] / sizes[-2])


def curves(folder: Path, sizes: tuple[int, ...], rounds: int) -> list[Curve]:
    """The curves of planwriter and docxtpl (python-docx alone takes 3 ms per paragraph, most of it to look up styles)."""
    contestants: list[stage.Contestant] = []
    counts: list[int] = []
    for size in sizes:
        outline = folder / f"grown-{size}.yaml"
        outline.write_text(inputs.grown(size), encoding="utf-8")
        entered = stage.set_out(outline, folder / str(size), pandoc=False)
        entered = [each for each in entered if each.name in ("python -m planwriter", PEER)]
        counts.append(stage.rehearse(entered))
        contestants += entered
    runs = run_rounds(contestants, rounds)
    names = list(dict.fromkeys(each.name for each in contestants))
    return [
        Curve(name, tuple(counts), tuple(run for each, run in zip(contestants, runs, strict=True) if each.name == name))
        for name in names
    ]
