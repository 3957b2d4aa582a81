"""Runs all benchmarks and prints medians and ratios."""

from __future__ import annotations

import argparse
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from importlib import metadata
from pathlib import Path

from benchmarks import batch, each, growth, inputs, library, measure, stage
from benchmarks.measure import PEER
from benchmarks.table import table


def main() -> None:
    """Parses the options and runs the benchmarks."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--outline",
        type=Path,
        default=inputs.REAL if inputs.REAL.exists() else inputs.EXAMPLE,
        help="the outline of the one document",
    )
    parser.add_argument("--rounds", type=int, default=25, help="interleaved rounds of whole processes (25)")
    parser.add_argument("--documents", type=int, default=200, help="documents that differ in their targets (200)")
    parser.add_argument("--only", choices=["process", "batch", "each", "growth", "library"], help="one of the races")
    parser.add_argument("--quick", action="store_true", help="a few rounds, small sizes: to see that it runs")
    options = parser.parse_args()
    rounds, documents = options.rounds, options.documents
    sizes: tuple[int, ...] = (100, 1_000, 3_000, 10_000)
    clauses: tuple[int, ...] = (100_000, 1_000_000)
    asked, checked = 1_000, 100
    if options.quick:
        clauses, asked, checked = (5_000,), 100, 20
        rounds, documents, sizes = min(rounds, 3), min(documents, 20), (100, 300, 1_000)
    print(_versions())
    try:
        with tempfile.TemporaryDirectory(prefix="planwriter-benchmark-") as folder:
            if options.only in (None, "process"):
                print(_process(options.outline, Path(folder), rounds), flush=True)
            if options.only in (None, "batch"):
                print(_batch(documents, max(3, rounds // 5)), flush=True)
            if options.only in (None, "each"):
                print(_each(Path(folder), (10, 40) if options.quick else (75, 300)), flush=True)
            if options.only in (None, "growth"):
                print(_growth(Path(folder), sizes, max(3, rounds // 3)), flush=True)
            if options.only in (None, "library"):
                print(_library(Path(folder), clauses, asked, checked), flush=True)
    except inputs.Unfit as unfit:
        sys.exit(f"benchmarks: {unfit}")


def _versions() -> str:
    names = ("planwriter", "docxtpl", "python-docx", "lxml", "jinja2", "PyYAML")
    shown = [f"{name} {metadata.version(name)}" for name in names]
    if shutil.which("pandoc"):
        told = subprocess.run(["pandoc", "--version"], capture_output=True, text=True, check=True).stdout
        shown.append(told.splitlines()[0])
    return f"Python {platform.python_version()}, " + ", ".join(shown)


def _process(outline: Path, folder: Path, rounds: int) -> str:
    """One document, whole processes; the ratio is the median of the ratios in each round."""
    contestants = stage.set_out(outline, folder / "one")
    count = stage.rehearse(contestants)
    runs = measure.run_rounds(contestants, rounds)
    peer = next(each for contestant, each in zip(contestants, runs, strict=True) if contestant.name == PEER)
    rows = [
        [
            contestant.name,
            f"{each.time:.0f}",
            f"{each.times_of(peer):.2f}",
            f"{each.peak:.1f}",
            f"{each.peak / peer.peak:.2f}",
        ]
        for contestant, each in zip(contestants, runs, strict=True)
    ]
    heading = f"\nOne document, whole process: {outline.name}, {count} paragraphs, {rounds} rounds, medians\n"
    return heading + table(["", "ms", f"time / {PEER}", "peak MiB", f"peak / {PEER}"], rows)


def _batch(documents: int, rounds: int) -> str:
    """Documents that differ in their targets, one process."""
    made = batch.makers(inputs.EXAMPLE)
    batch.check(made)
    rates = batch.rates(made, documents, rounds)
    ours = next(iter(rates.values()))
    rows = [
        [
            name,
            f"{statistics.median(found):.0f}",
            f"{1000 / statistics.median(found):.2f}",
            f"{batch.ratio(ours, found):.2f}",
        ]
        for name, found in rates.items()
    ]
    heading = f"\n{documents} documents that differ in their targets, one process: {inputs.EXAMPLE.name}, {rounds} rounds, medians\n"
    return heading + table(["", "documents/s", "ms each", "planwriter's rate / this"], rows)


def _each(folder: Path, counts: tuple[int, ...]) -> str:
    """A document for each row of a table, whole processes."""
    rows = []
    for count in counts:
        ours, theirs = each.runs(folder, count)
        for run in (ours, theirs):
            against = f"{run.rate / theirs.rate:.2f}"
            rows.append(
                [
                    run.name,
                    str(count),
                    f"{run.seconds:.1f}",
                    f"{run.rate:.0f}",
                    against,
                    f"{run.cores:.2f}",
                    f"{run.peak:.1f}",
                ]
            )
    heading = f"\nA document for each row of a table, whole processes: {inputs.EXAMPLE.name}\n"
    return heading + table(["", "rows", "s", "documents/s", f"rate / {PEER}", "cores", "peak MiB"], rows)


def _growth(folder: Path, sizes: tuple[int, ...], rounds: int) -> str:
    """Growth with the number of paragraphs, whole processes."""
    found = growth.curves(folder, sizes, rounds)
    peer = next(each for each in found if each.name == PEER)
    rows = []
    for curve in found:
        for step, (size, runs) in enumerate(zip(curve.sizes, curve.runs, strict=True)):
            more = [f"{curve.each(step - 1):.3f}", f"{curve.memory(step - 1):.2f}"] if step else ["", ""]
            against = [f"{runs.best / peer.runs[step].best:.2f}", f"{runs.peak / peer.runs[step].peak:.2f}"]
            exponent = f"{curve.exponent:.2f}" if step == len(curve.sizes) - 1 else ""
            rows.append(
                [
                    curve.name,
                    f"{size:,}",
                    f"{runs.best:.0f}",
                    against[0],
                    more[0],
                    f"{runs.peak:.1f}",
                    against[1],
                    more[1],
                    exponent,
                ]
            )
    heading = f"\nGrowth, whole process: {rounds} rounds, the shortest of each; an exponent of 1 is linear\n"
    columns = [
        "",
        "paragraphs",
        "ms",
        f"time / {PEER}",
        "ms a paragraph more",
        "peak MiB",
        f"peak / {PEER}",
        "KiB a paragraph more",
        "exponent",
    ]
    return heading + table(columns, rows)


def _library(folder: Path, sizes: tuple[int, ...], asked: int, checked: int) -> str:
    """Search for clauses, each size in a separate process; the peers only on the smallest size."""
    found = library.run(sizes, asked, checked, folder)
    rows = [
        [
            f"{each['clauses']:,}",
            f"{each['seconds']:.1f}",
            f"{each['megabytes']:.0f}",
            *_spread(each["times"]),
            f"{each['peak']:.0f}",
        ]
        for each in found
    ]
    heading = f"\nFinding clauses: {asked} searches of 2 to 6 characters, from words to groups; the index made from parsed clauses\n"
    told = heading + table(["clauses", "index s", "index MB", "p50 ms", "p95 ms", "max ms", "peak MiB"], rows)
    peers = next(each for each in found if "scan" in each)
    ours = library.middle(peers["times"])
    rows = [
        [name, seconds, *_spread(times), f"{library.middle(times) / ours:.2f}", told_of]
        for name, seconds, times, told_of in (
            (
                "planwriter's index",
                f"{peers['seconds']:.1f}",
                peers["times"],
                f"{peers['same']} of {peers['checked']} as the scan",
            ),
            ("scan", "", peers["scan"], ""),
            (
                "FTS5 trigram",
                f"{peers['trigram_seconds']:.1f}",
                peers["trigram"],
                f"{peers['trigram_misses']} of {peers['trigram_asked']} not found",
            ),
        )
    ]
    told += f"\n\nAgainst peers, {peers['clauses']:,} clauses\n" + table(
        ["", "index s", "p50 ms", "p95 ms", "max ms", "p50 / ours", "results"], rows
    )
    return told + f"\n\nParsing YAML comes before the first index: {library.parsing(folder):.2f} ms a clause"


def _spread(times: list[float]) -> list[str]:
    return [f"{library.middle(times):.2f}", f"{library.at(times, 0.95):.2f}", f"{max(times):.2f}"]


if __name__ == "__main__":
    main()
