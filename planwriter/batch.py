"""A document for each row of a sheet, by several processes; a row that fails is told and the others are made."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace

from planwriter import app, files, grammar
from planwriter.diagnostics import Finding, Result
from planwriter.each import Row, no_sheet, read_rows
from planwriter.load import Mapping, load_tree
from planwriter.sheets import Sheet, table_of

_FEW = 12
"""So many rows are made by one process: another takes longer to start."""
_AT_ONCE = 4
"""How many rows a process takes at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What every process must know: the outline, the workbook and its sheet, and where documents go in which form."""

    outline: str
    workbook: str
    sheet: str
    """"" for the first that holds anything."""
    folder: str
    form: str
    suffix: str
    draft: bool = False
    force: bool = False
    unit: str = ""
    """The units that the documents are cut down to, as typed; "" for whole plans."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a row: its number in the sheet, the file, whether it was written, and the findings."""

    number: int
    target: str
    done: bool
    findings: tuple[Finding, ...]


def read_job(job: Job) -> Result[tuple[Row, ...]]:
    """The rows of the job's sheet; findings where it cannot be read, or makes no documents."""
    from planwriter import workbook

    shown = files.shown_path(job.workbook)
    data = files.read_file(job.workbook, shown, limit=workbook.MAX_BYTES)
    if data.value is None:
        return Result((), data.findings)
    sheets = workbook.read_workbook(data.value, shown)
    sheet = _chosen(sheets.value, job.sheet)
    if sheets.findings or sheet is None:
        return Result((), sheets.findings or (no_sheet(f"{shown}{f'（{job.sheet}）' if job.sheet else ''}"),))
    return read_rows(sheet, os.path.splitext(os.path.basename(job.outline))[0])


def _chosen(sheets: tuple[Sheet, ...], name: str) -> Sheet | None:
    fitting = (sheet for sheet in sheets if (sheet.name == name if name else table_of(sheet).rows))
    return next(fitting, None)


def run_job(job: Job, count: int, *, processes: int | None = None) -> Iterator[Outcome]:
    """The outcomes of the job's `count` rows, in their order, as they are made."""
    workers = min(processes or os.cpu_count() or 1, count // _AT_ONCE + 1)
    if count <= _FEW or workers < 2:
        _begin(job)
        yield from map(_make, range(count))
        return
    with ProcessPoolExecutor(workers, initializer=_begin, initargs=(job,)) as pool:
        yield from pool.map(_make, range(count), chunksize=_AT_ONCE)


class _Desk:
    """What a process keeps from row to row."""

    job: Job
    rows: tuple[Row, ...]
    tree: Result[Mapping | None]
    bench: app.Bench
    workspace: str | None


def _begin(job: Job) -> None:
    _Desk.job, _Desk.bench = job, app.Bench()
    _Desk.rows = read_job(job).value
    _Desk.workspace = files.find_workspace(job.outline)
    shown = files.shown_path(job.outline)
    data = files.read_file(job.outline, shown)
    _Desk.tree = load_tree(data.value, shown, grammar.OUTLINE_KEYS) if data.value is not None else Result(None, data.findings)


def _make(at: int) -> Outcome:
    """Makes and writes the document of a row."""
    job, row = _Desk.job, _Desk.rows[at]
    target = os.path.join(job.folder, row.name + app.unit_mark(job.unit) + job.suffix)
    shown = files.shown_path(job.outline)
    plan = app.plan_tree(
        _Desk.tree, shown, _Desk.bench, draft=job.draft, workspace=_Desk.workspace, path=job.outline, row=row
    )
    plan = app.extract(plan, job.unit) if job.unit else plan
    findings = list(plan.findings)
    done = False
    if plan.sound and plan.document is not None:
        rendered = app.render(plan.document, job.form, _Desk.workspace)
        findings += rendered.findings
        if rendered.value is not None:
            failed = _write(target, rendered.value, job)
            findings += [failed] if failed else []
            done = failed is None
    return Outcome(row.number, target, done, tuple(replace(each, source=None) for each in findings))


def _write(target: str, data: bytes, job: Job) -> Finding | None:
    refused = app.guard_output(target, data, job.form, outline=job.outline)
    if refused and (not job.force or refused.code != "PW803"):
        return refused
    return files.write_file(target, data)
