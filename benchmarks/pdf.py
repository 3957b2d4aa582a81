"""PDF: one document and many, against one LibreOffice that is given the finished .docx, and against Typst."""

from __future__ import annotations

import functools
import os
import shutil
import sys
from pathlib import Path

from benchmarks import inputs, peers, stage
from benchmarks.effort import Effort
from benchmarks.inputs import Series
from benchmarks.measure import PROGRAMS, Contestant, Runs, printed, run_rounds, tell
from benchmarks.stage import PLANWRITER
from benchmarks.tables import Figures, Table

_OFFICE = "one soffice, .docx given"
_TYPST = "Typst"
_MANY = 20
"""From this number of documents on, a round takes so long that it is repeated once only; from five times it, never."""


def run(folder: Path, effort: Effort) -> Figures:
    """Races the contestants on one document and on each number of documents."""
    title = "PDF, whole process"
    if peers.office() is None:
        return Figures(title, (), ("Not measured: LibreOffice or pdftotext is not installed.",))
    series, rows = Series(), []
    variables = _fonts(folder)
    for count in (1, *effort.pdfs):
        rounds = max(1, effort.few_rounds if count < _MANY else 2 if count < 5 * _MANY else 1)
        tell(f"pdf: {count} documents, {rounds} rounds")
        contestants = _set_out(series, folder / f"pdf-{count}", count, variables)
        runs = run_rounds(contestants, rounds, warm_up=0)
        _compare(series, count, contestants)
        rows += [_row(name, count, runs) for name in runs]
    headings = ("", "documents", "s", "s each", f"time / {_OFFICE}", "cores used")
    table = Table("qingshan-2026.yaml, each document with other targets; medians", headings, tuple(rows))
    return Figures(title, (table,), ("Wanted: at most 1.2 of the time of one soffice given all documents.",))


def _row(name: str, count: int, runs: dict[str, Runs]) -> tuple[str, ...]:
    own = runs[name]
    against = f"{own.times_of(runs[_OFFICE]):.2f}"
    return (name, str(count), f"{own.time:.1f}", f"{own.time / count:.2f}", against, f"{own.cores:.2f}")


def _set_out(series: Series, folder: Path, count: int, variables: dict[str, str]) -> list[Contestant]:
    """Writes the inputs for `count` documents, the .docx among them, and returns the contestants, planwriter first."""
    given = folder / "given"
    given.mkdir(parents=True)
    for number in range(count):
        (given / f"{number:03}.yaml").write_text(series.outline(number), "utf-8")
        inputs.write_plan(series.paragraphs(number), given / f"plan{number:03}.txt")
    outlines = [str(given / f"{number:03}.yaml") for number in range(count)]
    printed(Contestant(PLANWRITER, (*peers.planwriter(), "render", *outlines, "-o", f"{given}{os.sep}"), folder=folder))
    own, theirs, third = (folder / name for name in (PLANWRITER, "office", "typst"))
    work = [str(own / f"{number:03}.yaml") for number in range(count)]
    rendered = (*peers.planwriter(), "render", *work, "--to", "pdf")
    where = () if count == 1 else ("-o", f"{own}{os.sep}")
    documents = [str(given / f"{number:03}.docx") for number in range(count)]
    program = (sys.executable, str(PROGRAMS / "with_soffice.py"), str(peers.office()), str(theirs), *documents)
    contestants = [
        Contestant(PLANWRITER, (*rendered, *where), folder=own, variables=variables, ready=_fresh(own, outlines)),
        Contestant(_OFFICE, program, folder=theirs, variables=variables, ready=_fresh(theirs, [])),
    ]
    fonts = peers.typst_fonts()
    if fonts:
        plans = [str(given / f"plan{number:03}.json") for number in range(count)]
        command = (sys.executable, str(PROGRAMS / "with_typst.py"), str(fonts), str(third), *plans)
        contestants.append(Contestant(_TYPST, command, folder=third, ready=_fresh(third, [])))
    return contestants


def _fresh(folder: Path, files: list[str]) -> functools.partial[None]:
    return functools.partial(_lay_out, folder, files)


def _lay_out(folder: Path, files: list[str]) -> None:
    """Makes the folder anew with copies of the files alone, so that no run finds anything of an earlier one."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for each in files:
        shutil.copy(each, folder)


def _compare(series: Series, count: int, contestants: list[Contestant]) -> None:
    """Raises Unfit unless each contestant made all PDFs; the text of the last must be that of the series.

    Without fonts for Chinese a PDF has no text to compare.
    """
    wanted = "".join("".join(each.whole.split()) for each in series.paragraphs(count - 1))
    for each in contestants:
        assert each.folder is not None
        made = sorted(each.folder.glob("*.pdf"))
        if len(made) != count:
            raise inputs.Unfit(f"{each.name} made {len(made)} PDFs, not {count}")
        if peers.typst_fonts():
            stage.compare(each.name, [stage.pdf_text(made[-1])], [wanted])


def _fonts(folder: Path) -> dict[str, str]:
    """The variables that let LibreOffice find the stand-in fonts, if there are any."""
    fonts = peers.typst_fonts()
    if fonts is None:
        return {}
    config = folder / "fonts.conf"
    include = '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
    config.write_text(f"<fontconfig>{include}<dir>{fonts}</dir></fontconfig>", "utf-8")
    return {"FONTCONFIG_FILE": str(config)}
