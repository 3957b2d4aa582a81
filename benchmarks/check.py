"""`planwriter check` against `planwriter render`, whole processes."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from benchmarks import peers
from benchmarks.effort import Effort
from benchmarks.measure import Contestant, run_rounds, tell
from benchmarks.tables import Figures, Table


def run(folder: Path, effort: Effort, outlines: Sequence[Path]) -> Figures:
    """Measures both commands on each outline."""
    rows = []
    for outline in outlines:
        tell(f"check: {outline.name}, {effort.rounds} rounds")
        own = folder / outline.name
        shutil.copy(outline, own)
        commands = (
            Contestant("check", (*peers.planwriter(), "check", str(own)), folder=folder),
            Contestant("render", (*peers.planwriter(), "render", str(own)), own.with_suffix(".docx")),
        )
        runs = run_rounds(commands, effort.rounds)
        check, render = runs["check"], runs["render"]
        shown = (f"{check.time * 1000:.0f}", f"{render.time * 1000:.0f}", f"{check.times_of(render):.2f}")
        rows.append((outline.name, *shown, f"{check.least / render.least:.2f}"))
    headings = ("", "check ms", "render ms", "check / render", "the same, processor time")
    table = Table("both commands in turns", headings, tuple(rows))
    wanted = "Wanted: check takes no longer than render."
    return Figures(f"check against render, whole process ({effort.rounds} rounds, medians)", (table,), (wanted,))
