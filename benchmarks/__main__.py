"""Runs the races one after the other and shows their figures; the progress goes to the standard error output."""

from __future__ import annotations

import argparse
import functools
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks import check, each, growth, in_process, inputs, library, pdf, peers, process, results
from benchmarks.effort import FULL, QUICK, Effort
from benchmarks.measure import tell
from benchmarks.tables import Figures, show

Race = Callable[[Path, Effort], Figures]


def make_parser() -> argparse.ArgumentParser:
    """The parser of the options."""
    names = list(_races(()))
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=names, default=names, help="some of the races", metavar="RACE")
    parser.add_argument("--quick", action="store_true", help="a few rounds, small sizes: to see that it runs")
    parser.add_argument("--rounds", type=int, help=f"rounds of whole processes ({FULL.rounds})")
    parser.add_argument("--outline", type=Path, nargs="+", help="other outlines for whole processes")
    parser.add_argument("--write", action="store_true", help="write the figures to results/ and into the README")
    parser.add_argument("--machine", default=results.machine(), help="the name of the machine in the README")
    return parser


def main() -> None:
    """Parses the options and runs the races."""
    options = make_parser().parse_args()
    unsuited = peers.installed_elsewhere()
    if options.write and (unsuited or options.quick or options.outline or options.rounds):
        sys.exit(f"benchmarks: not to be written: {unsuited or 'these are not the published races'}")
    effort = QUICK if options.quick else FULL
    effort = replace(effort, rounds=options.rounds) if options.rounds else effort
    for reason in (*([unsuited] if unsuited else []), *peers.missing()):
        tell(f"note: {reason}")
    races = _races(options.outline or inputs.outlines())
    failed = []
    print(peers.versions(), flush=True)
    for name in options.only:
        figures = _run(name, races[name], effort)
        if figures is None:
            failed.append(name)
            continue
        print(f"\n{figures.title}\n\n{show(figures)}", flush=True)
        if options.write:
            results.store(options.machine, peers.versions(), {name: figures}, list(races))
            results.write_readme()
    tell("done")
    if failed:
        sys.exit(f"benchmarks: not measured: {', '.join(failed)}")


def _races(outlines: Sequence[Path]) -> dict[str, Race]:
    """The races by name, in the order in which they are run."""
    return {
        "process": functools.partial(process.run, outlines=outlines),
        "check": functools.partial(check.run, outlines=outlines),
        "in-process": in_process.run,
        "each": each.run,
        "growth": growth.run,
        "pdf": pdf.run,
        "library": library.run,
    }


def _run(name: str, race: Race, effort: Effort) -> Figures | None:
    """The figures of a race with what was missing and the load of the machine; None, after a message, if it failed."""
    with tempfile.TemporaryDirectory(prefix="planwriter-benchmark-") as folder:
        try:
            made = race(Path(folder), effort)
        except (inputs.Unfit, subprocess.CalledProcessError) as error:
            tell(f"{name} is not measured: {error}")
            return None
    absent = [f"Missing: {reason}." for reason in peers.missing()]
    return replace(made, notes=(*made.notes, *absent, f"Load of the machine at the end: {os.getloadavg()[0]:.1f}."))


if __name__ == "__main__":
    main()
