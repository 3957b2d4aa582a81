"""Many documents as PDF: planwriter, one document at a time and all at once, against one LibreOffice that is given all .docx.

`python -m benchmarks.pdf 20 100` prints, for each number of documents, the wall and the processor time of each way.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import inputs
from benchmarks.table import table
from planwriter.writers.pdf import find_soffice

_SINGLY, _TOGETHER, _SOFFICE = (
    "planwriter, one process a document",
    "planwriter render *.yaml",
    "one soffice, given all .docx",
)


def outlines(folder: Path, count: int) -> list[str]:
    """Writes so many outlines, copies of the examples in turn; returns their paths."""
    examples = sorted((inputs.ROOT / "examples").glob("*.yaml"))
    folder.mkdir()
    made = []
    for number in range(count):
        path = folder / f"{number:04}.yaml"
        path.write_bytes(examples[number % len(examples)].read_bytes())
        made.append(str(path))
    return made


def ways(folder: Path, count: int) -> dict[str, list[list[str]]]:
    """The commands of each way, in order."""
    paths = outlines(folder / "outlines", count)
    planwriter = [sys.executable, "-m", "planwriter", "render"]
    docx = [str(folder / "docx" / Path(path).with_suffix(".docx").name) for path in paths]
    subprocess.run([*planwriter, *paths, "-o", f"{folder / 'docx'}/"], check=True, capture_output=True)
    office = find_soffice()
    if office is None:
        raise inputs.Unfit("LibreOffice is not installed")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    given = [office, profile, "--headless", "--norestore", "--nologo", "--convert-to", "pdf:writer_pdf_Export"]
    return {
        _SOFFICE: [[*given, "--outdir", str(folder / "soffice"), *docx]],
        _TOGETHER: [[*planwriter, *paths, "--to", "pdf", "-o", f"{folder / 'together'}/"]],
        _SINGLY: [[*planwriter, path, "--to", "pdf", "-o", f"{folder / 'singly'}/"] for path in paths],
    }


def seconds(commands: list[list[str]]) -> tuple[float, float]:
    """The wall and the processor time of commands, one after the other, with all processes that they start."""
    start, before = time.perf_counter(), os.times()
    for command in commands:
        subprocess.run(command, check=True, capture_output=True)
    after = os.times()
    busy = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - start, busy


def main() -> None:
    """Measures each number of documents that is named."""
    for count in map(int, sys.argv[1:] or ["20"]):
        with tempfile.TemporaryDirectory(prefix="planwriter-benchmark-") as folder:
            found = {name: seconds(commands) for name, commands in ways(Path(folder), count).items()}
            singly, together = (sorted((Path(folder) / name).glob("*.pdf")) for name in ("singly", "together"))
            if [each.read_bytes() for each in singly] != [each.read_bytes() for each in together]:
                raise inputs.Unfit("the two ways of planwriter made different files")
        wall, busy = found[_SOFFICE]
        rows = [
            [
                name,
                f"{each[0]:.1f}",
                f"{each[0] / count:.2f}",
                f"{each[0] / wall:.2f}",
                f"{each[1]:.1f}",
                f"{each[1] / busy:.2f}",
            ]
            for name, each in found.items()
        ]
        print(f"\n{count} documents as PDF\n")
        print(
            table(["", "s", "s each", "s / one soffice", "processor s", "processor s / one soffice"], rows), flush=True
        )


if __name__ == "__main__":
    main()
