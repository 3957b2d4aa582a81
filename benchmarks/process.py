"""One document, whole processes: from the start of the interpreter to the finished file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks import stage
from benchmarks.effort import Effort
from benchmarks.measure import Runs, run_rounds, tell
from benchmarks.stage import PEER, Stage
from benchmarks.tables import Figures, Table

_PANDOC = "pandoc"
_HEADINGS = ("", "ms", f"time / {PEER}", "time / pandoc", "peak MiB", f"peak / {PEER}", "frame, tables")


def run(folder: Path, effort: Effort, outlines: Sequence[Path]) -> Figures:
    """Races all contestants on each outline; a ratio is the median of the ratios in each round."""
    tables = []
    for outline in outlines:
        tell(f"process: {outline.name}, {effort.rounds} rounds")
        set_out = stage.set_out(outline, folder / outline.stem)
        stage.rehearse(set_out)
        runs = run_rounds(set_out.contestants, effort.rounds)
        rows = tuple(_row(each.name, runs, _share(set_out, whole=each.whole)) for each in set_out.contestants)
        tables.append(Table(f"{outline.name}: {_size(set_out)}", _HEADINGS, rows))
    wanted = (
        "Wanted: at most 0.65 of docxtpl's time on linyi and first, 0.75 on qingshan, 0.80 on yunling; at most 1.6 of "
        "pandoc's on linyi."
    )
    return Figures(f"One document, whole process ({effort.rounds} rounds, medians)", tuple(tables), (wanted,))


def _size(set_out: Stage) -> str:
    more = f", and {set_out.others} lines of frame and tables" if set_out.others else ""
    return f"{len(set_out.texts)} paragraphs{more}"


def _share(set_out: Stage, *, whole: bool) -> str:
    """Whether the contestant makes the frame and tables of the document."""
    return "none" if not set_out.others else "made" if whole else "not made"


def _row(name: str, runs: dict[str, Runs], share: str) -> tuple[str, ...]:
    own, peer, pandoc = runs[name], runs[PEER], runs.get(_PANDOC)
    against = f"{own.times_of(pandoc):.2f}" if pandoc else ""
    times = (f"{own.time * 1000:.0f}", f"{own.times_of(peer):.2f}", against)
    return (name, *times, f"{own.peak:.1f}", f"{own.peak / peer.peak:.2f}", share)
