"""A batch of outlines on this machine and on a dask.distributed cluster of one and two local workers.

`python -m benchmarks.cluster 400` makes so many documents each way, compares their bytes, and prints documents a second.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from benchmarks import inputs
from benchmarks.tables import Figures, Table, show
from planwriter.app.batch.batch import Made, run_here
from planwriter.app.batch.cluster import connect
from planwriter.app.batch.outline_batch import Outlines
from planwriter.app.session import Session
from planwriter.system import watch

_EXAMPLE = inputs.EXAMPLES / "qingshan-2026.yaml"
Way: TypeAlias = "Callable[[tuple[str, ...]], tuple[list[Made], float]]"
"""Makes all documents; returns them with the seconds that it took, 0 for those of the call."""


def write_outlines(folder: Path, count: int) -> tuple[str, ...]:
    """Writes so many outlines that differ in their lead, each with the targets and clauses of an example."""
    text = _EXAMPLE.read_text("utf-8")
    made = []
    for number in range(count):
        path = folder / f"{number:05}.yaml"
        path.write_text(text.replace("青山县教育局", f"青山县第{number}学校", 1), "utf-8")
        made.append(str(path))
    return tuple(made)


def here(paths: tuple[str, ...], processes: int) -> list[Made]:
    """Makes all documents on this machine."""
    batch = Outlines(session=Session(), paths=paths, form="docx")
    with watch.accounted():
        return list(run_here(batch, range(len(paths)), processes=processes))


def there(paths: tuple[str, ...], workers: int, folder: str) -> tuple[list[Made], float]:
    """Makes all documents on a local cluster; the seconds begin when its workers are there."""
    import distributed

    start_cluster: Any = distributed.LocalCluster
    options = {"n_workers": workers, "threads_per_worker": 1, "processes": True, "dashboard_address": None}
    with start_cluster(**options, local_directory=folder, silence_logs=50) as local:
        start = time.perf_counter()
        found = connect(local.scheduler_address, "docx").value
        if found is None:
            raise inputs.Unfit("the cluster cannot be used")
        try:
            batch = Outlines(session=Session(), paths=paths, form="docx")
            made = list(found.run(batch, range(len(paths)), lambda: False))
        finally:
            found.close()
        if found.made_here:
            raise inputs.Unfit("documents were made here that should have been made on the cluster")
        return made, time.perf_counter() - start


@dataclass(frozen=True)
class Cost:
    """What a run took, in seconds: by the clock, of all processors, and of the process that sends the jobs."""

    clock: float
    busy: float
    sending: float


def cost(way: Way, paths: tuple[str, ...], wanted: list[bytes | None]) -> Cost:
    """Runs one way. Raises Unfit if it makes other bytes."""
    start, before = time.perf_counter(), os.times()
    made, seconds = way(paths)
    clock, after = seconds or time.perf_counter() - start, os.times()
    if [each.data for each in made] != wanted[: len(made)] or len(made) != len(paths) or None in wanted:
        raise inputs.Unfit("other bytes were made")
    sending = after.user + after.system - before.user - before.system
    children = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(clock, sending + children, sending)


def rows(paths: tuple[str, ...], folder: str) -> Iterator[list[str]]:
    """The figures of each way; the processor time a document is that of the last three quarters, without start-up."""
    few = len(paths) // 4
    wanted = [each.data for each in here(paths, 1)]
    ways: dict[str, Way] = {
        "this machine, 1 process": lambda paths: (here(paths, 1), 0.0),
        "this machine, 2 processes": lambda paths: (here(paths, 2), 0.0),
        "cluster, 1 worker": lambda paths: there(paths, 1, folder),
        "cluster, 2 workers": lambda paths: there(paths, 2, folder),
    }
    for name, way in ways.items():
        less, more = cost(way, paths[:few], wanted), cost(way, paths, wanted)
        count = len(paths) - few
        each, sent = ((big - small) / count for big, small in ((more.busy, less.busy), (more.sending, less.sending)))
        yield [name, f"{len(paths) / more.clock:.0f}", f"{1000 * each:.1f}", f"{1 / each:.0f}", f"{1000 * sent:.1f}"]


def main() -> None:
    """Makes the number of documents that is named, each way."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    with tempfile.TemporaryDirectory(prefix="planwriter-benchmark-") as folder:
        (Path(folder) / "dask").mkdir()
        paths = write_outlines(Path(folder), count)
        found = list(rows(paths, os.path.join(folder, "dask")))
    heads = ("", "documents/s by the clock", "processor ms each", "documents/s a processor", "ms each, sending process")
    caption = f"{count} documents (.docx), {_EXAMPLE.name} with its own unit each; all ways gave the same bytes"
    print("\n" + show(Figures("Cluster", (Table(caption, heads, tuple(map(tuple, found))),))))


if __name__ == "__main__":
    main()
