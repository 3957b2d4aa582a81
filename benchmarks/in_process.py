"""Documents per second in one process, for documents that differ in their targets; the contestants take turns.

Each contestant is a program that makes all documents and prints the seconds. planwriter does the whole work for each document,
from the text of its outline; its peers are given the figures or the paragraphs of each.
"""

from __future__ import annotations

import json
import statistics
import sys
from pathlib import Path

from benchmarks import inputs, layout, stage
from benchmarks.effort import Effort
from benchmarks.inputs import Series, Unfit
from benchmarks.measure import PROGRAMS, Contestant, printed, tell
from benchmarks.stage import PLANWRITER
from benchmarks.tables import Figures, Table


def run(folder: Path, effort: Effort) -> Figures:
    """Races the programs on documents of one series."""
    series, count = Series(), effort.documents + 1  # the first is not timed
    contestants = set_out(series, folder, count)
    seconds: dict[str, list[float]] = {each.name: [] for each in contestants}
    for number in range(effort.few_rounds):
        tell(f"one process: {effort.documents} documents, round {number + 1} of {effort.few_rounds}")
        for each in contestants:
            seconds[each.name].append(float(printed(each)))
    for each in contestants:
        compare(series, count, each)
    ours = seconds[PLANWRITER]
    rows = []
    for name, found in seconds.items():
        rate = effort.documents / statistics.median(found)
        ratio = statistics.median(theirs / mine for mine, theirs in zip(ours, found, strict=True))
        rows.append((name, f"{rate:.0f}", f"{1000 / rate:.1f}", f"{ratio:.2f}"))
    headings = ("", "documents/s", "ms each", "planwriter's rate / this")
    table = Table("qingshan-2026.yaml, each document with other targets", headings, tuple(rows))
    title = f"{effort.documents} documents in one process ({effort.few_rounds} rounds, medians)"
    return Figures(title, (table,), ("Wanted: at least twice docxtpl's documents a second.",))


def set_out(series: Series, folder: Path, count: int) -> list[Contestant]:
    """Writes the inputs for `count` documents and returns the contestants, planwriter first, each with a folder."""
    outlines, figures, plans = folder / "outlines", folder / "figures.json", folder / "plans.json"
    outlines.mkdir(parents=True)
    for number in range(count):
        (outlines / f"{number:05}.yaml").write_text(series.outline(number), "utf-8")
    figures.write_text(json.dumps([series.figures(number) for number in range(count)]), "utf-8")
    made = [inputs.plain(series.paragraphs(number)) for number in range(count)]
    plans.write_text(json.dumps(made, ensure_ascii=False), "utf-8")
    own = _made(folder, PLANWRITER)
    command = (sys.executable, str(PROGRAMS / "many_planwriter.py"), str(outlines), str(own))
    contestants = [Contestant(PLANWRITER, command, folder=own)]
    for size, blank in (("small", layout.small_blank), ("big", layout.blank)):
        written, looping = folder / f"{size}-text.docx", folder / f"{size}-loop.docx"
        layout.written_template(blank(), series.holes).save(str(written))
        layout.looping_template(blank()).save(str(looping))
        for name, template, contexts in (("text", written, figures), ("loop", looping, plans)):
            name = f"docxtpl, {name} in {size} template"
            contestants.append(docxtpl(name, template, contexts, _made(folder, name)))
    third = _made(folder, "docx-js")
    return contestants + stage.docx_js("docx-js", plans, third, third)


def docxtpl(name: str, template: Path, contexts: Path, folder: Path) -> Contestant:
    """The program that makes many documents with docxtpl and writes them into the folder."""
    command = (sys.executable, str(PROGRAMS / "many_docxtpl.py"), str(template), str(contexts), str(folder))
    return Contestant(name, command, folder=folder)


def _made(folder: Path, name: str) -> Path:
    """A new folder for the documents of a contestant."""
    made = folder / f"made by {name}"
    made.mkdir()
    return made


def compare(series: Series, count: int, contestant: Contestant) -> None:
    """Raises Unfit unless the contestant's folder has `count` documents, and its first and last are those of the series."""
    assert contestant.folder is not None
    made = {int(path.stem): path for path in contestant.folder.glob("*.docx")}
    if len(made) != count:
        raise Unfit(f"{contestant.name} made {len(made)} documents, not {count}")
    for number in (0, count - 1):
        wanted = [paragraph.whole for paragraph in series.paragraphs(number)]
        stage.compare(contestant.name, stage.texts_of(made[number]), wanted)
