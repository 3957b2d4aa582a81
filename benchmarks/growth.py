"""Growth with the number of paragraphs: processor time and peak memory of the whole process."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

from benchmarks import inputs, stage
from benchmarks.effort import Effort
from benchmarks.measure import Runs, run_rounds, tell
from benchmarks.stage import PEER, PLANWRITER
from benchmarks.tables import Figures, Table

_HEADINGS = ("", "paragraphs", "ms", "time / docxtpl", "peak MiB", "peak / docxtpl", "exponent")


def run(folder: Path, effort: Effort) -> Figures:
    """Races planwriter and docxtpl on plans of several sizes (python-docx alone takes 3 ms for each paragraph)."""
    sizes = effort.paragraphs
    curves: dict[str, list[Runs]] = {PLANWRITER: [], PEER: []}
    for size in sizes:
        tell(f"growth: {size} paragraphs, {effort.growth_rounds} rounds")
        outline = folder / f"grown-{size}.yaml"
        outline.write_text(inputs.grown(size), encoding="utf-8")
        set_out = stage.set_out(outline, folder / str(size))
        entered = [each for each in set_out.contestants if each.name in curves]
        stage.rehearse(stage.Stage(entered, set_out.texts, set_out.others))
        for name, runs in run_rounds(entered, effort.growth_rounds, warm_up=0).items():
            curves[name].append(runs)
    rows = tuple(_row(name, curves, step, sizes) for name in curves for step in range(len(sizes)))
    caption = (
        f"the smallest of {effort.growth_rounds} processor times; the exponent is that of the time above the smallest "
        f"plan's, from {sizes[1]:,} to {sizes[-1]:,} paragraphs"
    )
    wanted = "Wanted: an exponent of at most 1, which is linear growth."
    return Figures("Growth, whole process", (Table(caption, _HEADINGS, rows),), (wanted,))


def _row(name: str, curves: dict[str, list[Runs]], step: int, sizes: Sequence[int]) -> tuple[str, ...]:
    own, peer = curves[name][step], curves[PEER][step]
    times = (f"{own.least * 1000:.0f}", f"{own.least / peer.least:.2f}")
    last = step == len(sizes) - 1
    grown = f"{exponent(sizes, [each.least for each in curves[name]]):.2f}" if last else ""
    return (name, f"{sizes[step]:,}", *times, f"{own.peak:.1f}", f"{own.peak / peer.peak:.2f}", grown)


def exponent(sizes: Sequence[int], times: Sequence[float]) -> float:
    """The growth exponent of the time above that of the first size, from the second size to the last; 1 is linear.

    NaN if the times do not grow.
    """
    early, late = times[1] - times[0], times[-1] - times[0]
    if early <= 0 or late <= 0:
        return math.nan
    return math.log(late / early) / math.log((sizes[-1] - sizes[0]) / (sizes[1] - sizes[0]))
