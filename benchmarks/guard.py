"""Guards against losses of speed: `python -m benchmarks.guard`, or `make bench-check`.

The instructions of `planwriter render` are held against those in counts.json; more than 5 % above is a loss, and the exit code
is 1. They are comparable only with the same Python and the same packages, so that each platform has its own row, and nothing is
judged without one. The time against docxtpl is only shown.
"""

from __future__ import annotations

import argparse
import functools
import json
import platform
import re
import shutil
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from benchmarks import counts, inputs, peers, stage
from benchmarks.inputs import Unfit
from benchmarks.measure import run_rounds, tell
from benchmarks.stage import PEER, PLANWRITER
from benchmarks.tables import Figures, Table, show

REFERENCE = Path(__file__).resolve().parent / "counts.json"
ALLOWED = 0.05
"""A count may be above the reference by this share."""
_ROUNDS = 5


@dataclass(frozen=True)
class Reference:
    """The counts of one platform by outline, and the versions with which they were made."""

    versions: str
    counts: Mapping[str, int]


def platform_key() -> str:
    """The name of this platform's row."""
    python = ".".join(platform.python_version_tuple()[:2])
    return f"{platform.system()} {platform.machine()} {platform.python_implementation()} {python}".lower()


def versions() -> str:
    """What the counts depend on besides planwriter: the versions of Python and of the packages that planwriter requires."""
    required = metadata.requires("planwriter") or []
    names = sorted(re.split(r"[^\w.-]", each, maxsplit=1)[0].lower() for each in required if "extra ==" not in each)
    return ", ".join([platform.python_version(), *(f"{name} {metadata.version(name)}" for name in names)])


def read_reference(key: str, path: Path = REFERENCE) -> Reference | None:
    """The reference of a platform; None if there is none."""
    row = json.loads(path.read_text("utf-8")).get(key) if path.exists() else None
    return Reference(row["versions"], row["counts"]) if row else None


def write_reference(key: str, made: Reference, path: Path = REFERENCE) -> None:
    """Writes the reference of a platform, and keeps those of others."""
    rows = json.loads(path.read_text("utf-8")) if path.exists() else {}
    rows[key] = {"versions": made.versions, "counts": dict(made.counts)}
    path.write_text(json.dumps(rows, indent=1, sort_keys=True) + "\n", "utf-8")


def losses(made: Reference, reference: Reference | None) -> list[str]:
    """The outlines whose count is more than 5 % above the reference; empty if the counts are not comparable."""
    if reference is None or reference.versions != made.versions:
        return []
    return [name for name, each in made.counts.items() if each > reference.counts.get(name, each) * (1 + ALLOWED)]


def advice(made: Reference, reference: Reference | None, key: str) -> str:
    """What the counts mean, in one line."""
    if reference is None:
        return f"No reference for {key}: nothing is judged. `make bench-reference` writes one."
    if reference.versions != made.versions:
        return (
            f"Nothing is judged: the reference was made with {reference.versions}, these counts with {made.versions}."
        )
    lost = losses(made, reference)
    if lost:
        return f"Loss: {', '.join(lost)} above the reference by more than {ALLOWED:.0%}."
    gained = [name for name, each in made.counts.items() if each < reference.counts.get(name, 0) * (1 - ALLOWED)]
    if gained:
        return f"No loss. {', '.join(gained)} below the reference by more than {ALLOWED:.0%}: `make bench-reference`."
    return "No loss."


def main() -> None:
    """Counts, shows both tables, and ends with 1 after a loss; with --write it makes the reference instead."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.guard", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the counts of this platform into counts.json")
    parser.add_argument("--no-times", action="store_true", help="count only")
    options = parser.parse_args()
    unsuited = peers.installed_elsewhere() or ("" if counts.tools() else "valgrind is not installed")
    if unsuited:
        print(f"bench-check: nothing is counted: {unsuited}")
        sys.exit(2 if options.write else 0)
    key, found = platform_key(), _count_all()
    reference = read_reference(key)
    print(show(Figures("", (_table(found, reference),), (advice(found, reference, key),))), flush=True)
    if options.write:
        write_reference(key, found)
        print(f"bench-check: written: {REFERENCE.name}, {key}")
        return
    if not options.no_times:
        print("\n" + show(Figures("", (_times(),), ("The times are shown only: they vary with the machine.",))))
    sys.exit(1 if losses(found, reference) else 0)


def _count_all() -> Reference:
    found = {}
    for outline in inputs.outlines():
        tell(f"bench-check: counting the instructions for {outline.name}")
        with tempfile.TemporaryDirectory(prefix="planwriter-count-") as name:
            folder = Path(name)
            shutil.copy(outline, folder / "outline.yaml")
            command = [sys.executable, "-m", "planwriter", "render", "outline.yaml"]
            made = folder / "outline.docx"
            found[outline.stem] = counts.count(command, folder, functools.partial(made.unlink, missing_ok=True))
    return Reference(versions(), found)


def _table(made: Reference, reference: Reference | None) -> Table:
    rows = []
    for name, each in made.counts.items():
        before = reference.counts.get(name) if reference else None
        rows.append(
            (name, f"{each / 1e6:,.1f}", *((f"{before / 1e6:,.1f}", f"{each / before:.3f}") if before else ("", "")))
        )
    headings = ("", "million instructions", "reference", "ratio")
    return Table("planwriter render, whole process", headings, tuple(rows))


def _times() -> Table:
    rows = []
    for outline in inputs.outlines():
        tell(f"bench-check: {outline.name} against docxtpl, {_ROUNDS} rounds")
        with tempfile.TemporaryDirectory(prefix="planwriter-benchmark-") as name:
            set_out = stage.set_out(outline, Path(name))
            entered = [each for each in set_out.contestants if each.name in (PLANWRITER, PEER)]
            stage.rehearse(stage.Stage(entered, set_out.texts, set_out.others))
            runs = run_rounds(entered, _ROUNDS)
        own, peer = runs[PLANWRITER], runs[PEER]
        rows.append((outline.stem, f"{own.time * 1000:.0f}", f"{peer.time * 1000:.0f}", f"{own.times_of(peer):.2f}"))
    headings = ("", "planwriter ms", "docxtpl ms", "ratio")
    return Table(f"whole process against {PEER}, {_ROUNDS} rounds, medians", headings, tuple(rows))


if __name__ == "__main__":
    try:
        main()
    except Unfit as unfit:
        sys.exit(f"bench-check: {unfit}")
