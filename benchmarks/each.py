"""One document for each row of a table: whole processes that read the table and write all documents.

`python -m benchmarks.each FOLDER COUNT` runs the peer: docxtpl with the text of the plan in its template, one process.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks import batch, inputs

_PLANWRITER, _PEER = "planwriter render --each", "docxtpl, text in template"


@dataclass(frozen=True)
class Run:
    """One run of a contestant: the number of documents, wall and processor time in seconds, the largest process in MiB."""

    name: str
    documents: int
    seconds: float
    busy: float
    peak: float

    @property
    def rate(self) -> float:
        """The documents per second."""
        return self.documents / self.seconds

    @property
    def cores(self) -> float:
        """The processor time per wall time."""
        return self.busy / self.seconds


def write_rows(folder: Path, count: int) -> Path:
    """Writes a table with a row for each document, in which the example's targets that are counts are raised by up to 24."""
    plan = inputs.read(inputs.EXAMPLE)
    assert plan.outline is not None
    targets = [
        each
        for each in plan.outline.targets
        if each.unit != "%" and each.value and not (each.years or each.baseline or each.formula)
    ]
    lines = ["文件名," + ",".join(f"指标.{target.key}" for target in targets)]
    for number in range(count):
        lines.append(
            f"{number}," + ",".join(f"{target.value.value + number % 25:f}" for target in targets if target.value)
        )
    path = folder / f"{count}.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def runs(folder: Path, count: int) -> list[Run]:
    """Runs both contestants on `count` documents, one after the other."""
    rows = write_rows(folder, count)
    ours, theirs = folder / f"ours{count}", folder / f"theirs{count}"
    for each in (ours, theirs):
        each.mkdir()
    command = [
        sys.executable,
        "-m",
        "planwriter",
        "render",
        str(inputs.EXAMPLE),
        "--each",
        str(rows),
        "-o",
        str(ours),
        "--force",
    ]
    made = [
        _run(_PLANWRITER, command, count),
        _run(_PEER, [sys.executable, "-m", "benchmarks.each", str(theirs), str(count)], count),
    ]
    for each in (ours, theirs):
        if len(list(each.glob("*.docx"))) != count:
            raise inputs.Unfit(f"{each} does not hold {count} documents")
    return made


def _run(name: str, command: list[str], count: int) -> Run:
    """Measures a command together with all processes that it starts."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=inputs.EXAMPLE.parents[1]
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise inputs.Unfit(f"{name} ended with {process.returncode}")
    return Run(name, count, time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def main() -> None:
    """Runs the peer, as a separate process."""
    folder, count = Path(sys.argv[1]), int(sys.argv[2])
    make = batch.makers(inputs.EXAMPLE)[_PEER]
    for number in range(count):
        (folder / f"{number}.docx").write_bytes(make(number))


if __name__ == "__main__":
    main()
