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
from benchmarks.inputs import Series
from benchmarks.measure import PROGRAMS, Contestant, printed, tell
from benchmarks.stage import PLANWRITER
from benchmarks.tables import Figures, Table


def run(folder: Path, effort: Effort) -> Figures:
    """Races the programs on documents of one series."""
    series, count = Series(), effort.documents + 1  # the first is not timed
    contestants = set_out(series, folder, count)
    tell("one process: comparing the documents")
    compare(series, folder, count, contestants)
    seconds: dict[str, list[float]] = {each.name: [] for each in contestants}
    for number in range(effort.few_rounds):
        tell(f"one process: {effort.documents} documents, round {number + 1} of {effort.few_rounds}")
        for each in contestants:
            seconds[each.name].append(float(printed(each)))
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
    """Writes the inputs for `count` documents and returns the contestants, planwriter first."""
    outlines = folder / "outlines"
    outlines.mkdir(parents=True)
    for number in range(count):
        (outlines / f"{number:05}.yaml").write_text(series.outline(number), "utf-8")
    program = str(PROGRAMS / "many_planwriter.py")
    contestants = [Contestant(PLANWRITER, (sys.executable, program, str(outlines)), folder=folder)]
    figures, plans = folder / "figures.json", folder / "plans.json"
    figures.write_text(json.dumps([series.figures(number) for number in range(count)]), "utf-8")
    made = [inputs.plain(series.paragraphs(number)) for number in range(count)]
    plans.write_text(json.dumps(made, ensure_ascii=False), "utf-8")
    for size, blank in (("small", layout.small_blank), ("big", layout.blank)):
        written, looping = folder / f"{size}-text.docx", folder / f"{size}-loop.docx"
        layout.written_template(blank(), series.holes).save(str(written))
        layout.looping_template(blank()).save(str(looping))
        contestants.append(docxtpl(f"docxtpl, text in {size} template", written, figures, folder))
        contestants.append(docxtpl(f"docxtpl, loop in {size} template", looping, plans, folder))
    own = folder / "docx-js"
    own.mkdir()
    return contestants + stage.docx_js("docx-js", plans, own, folder)


def docxtpl(name: str, template: Path, contexts: Path, folder: Path, *more: str) -> Contestant:
    """The program that makes many documents with docxtpl; `more` may be the folder for them."""
    command = (sys.executable, str(PROGRAMS / "many_docxtpl.py"), str(template), str(contexts), *more)
    return Contestant(name, command, folder=folder)


def compare(series: Series, folder: Path, count: int, contestants: list[Contestant]) -> None:
    """Raises Unfit unless each contestant makes the documents of the series; looks at the first and the last."""
    for place, each in enumerate(contestants):
        made = folder / f"made{place}"
        made.mkdir()
        command = each.command if each.name == "docx-js" else (*each.command, str(made))
        printed(Contestant(each.name, command, folder=folder, variables=each.variables))
        where = folder / "docx-js" if each.name == "docx-js" else made
        for number in (0, count - 1):
            wanted = [paragraph.whole for paragraph in series.paragraphs(number)]
            stage.compare(each.name, stage.texts_of(where / f"{number:05}.docx"), wanted)
