"""A document for each row of a table, whole processes: on one and on two processors, and the memory for many rows."""

from __future__ import annotations

import functools
import json
import shutil
import sys
from pathlib import Path

from benchmarks import in_process, layout, peers
from benchmarks.effort import Effort
from benchmarks.inputs import EXAMPLES, Series
from benchmarks.measure import Contestant, run_rounds, tell
from benchmarks.tables import Figures, Table

_PEER = "docxtpl, text in small template"
_EXAMPLE = "qingshan-2026.yaml"


def run(folder: Path, effort: Effort) -> Figures:
    """Measures the rate against docxtpl, and the memory of planwriter alone."""
    series, (few, many) = Series(), effort.rows
    contestants = [_planwriter(series, folder, few, cores) for cores in _cores()]
    contestants.append(_docxtpl(series, folder, few))
    tell(f"each: {few} rows, {effort.few_rounds} rounds")
    runs = run_rounds(contestants, effort.few_rounds, warm_up=0)
    for each in contestants:
        in_process.compare(series, few, each)
    peer = runs[_PEER]
    rates = tuple(
        (name, f"{few / each.time:.0f}", f"{1 / each.times_of(peer):.2f}", f"{each.cores:.2f}", f"{each.peak:.1f}")
        for name, each in runs.items()
    )
    tell(f"each: {many} rows, once")
    large = _planwriter(series, folder, many, _cores()[-1])
    before, after = runs[contestants[len(_cores()) - 1].name], run_rounds([large], 1, warm_up=0)[large.name]
    memory = tuple(
        (f"{count:,}", f"{each.peak:.1f}", f"{each.peak / before.peak:.2f}", f"{count / each.time:.0f}")
        for count, each in ((few, before), (many, after))
    )
    headings = ("", "documents/s", "rate / docxtpl", "cores used", "peak MiB")
    tables = (
        Table(f"{few} rows; the peak is that of the largest process", headings, rates),
        Table("planwriter's memory", ("rows", "peak MiB", "peak / first", "documents/s"), memory),
    )
    wanted = "Wanted: on two cores four times docxtpl's documents a second; memory flat at 3,000 rows."
    return Figures(f"A document for each row ({_EXAMPLE}, {effort.few_rounds} rounds, medians)", tables, (wanted,))


def _cores() -> list[int]:
    """The numbers of processors to run on; 0 stands for all, where a process cannot be confined."""
    return [1, 2] if sys.platform == "linux" else [0]


def _planwriter(series: Series, folder: Path, count: int, cores: int) -> Contestant:
    rows, outline = folder / f"{count}.csv", folder / _EXAMPLE
    rows.write_text(series.sheet(count), "utf-8")
    shutil.copy(EXAMPLES / _EXAMPLE, outline)
    made = folder / f"each-{count}-{cores}"
    command = (*peers.planwriter(), "render", str(outline), "--each", str(rows), "-o", str(made))
    name = {0: "planwriter", 1: "planwriter, one core", 2: "planwriter, two cores"}[cores]
    return Contestant(name, command, folder=made, cores=cores, ready=functools.partial(_empty, made))


def _docxtpl(series: Series, folder: Path, count: int) -> Contestant:
    template, contexts, made = folder / "template.docx", folder / "contexts.json", folder / "docxtpl"
    layout.written_template(layout.small_blank(), series.holes).save(str(template))
    contexts.write_text(json.dumps([series.figures(number) for number in range(count)]), "utf-8")
    found = in_process.docxtpl(_PEER, template, contexts, made)
    return Contestant(found.name, found.command, folder=made, ready=functools.partial(_empty, made))


def _empty(folder: Path) -> None:
    """Makes the folder empty, so that no run finds anything of an earlier one."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
