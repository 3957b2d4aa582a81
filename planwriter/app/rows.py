"""Makes a document for each row of a sheet, in several processes; a row that fails does not stop the others."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor

from planwriter.app import outputs, plans
from planwriter.app.linked import OpenWorkbookIn, open_workbook
from planwriter.app.session import Session
from planwriter.findings.catalogue import finding, near
from planwriter.findings.finding import Finding, Pos, Result, Span, has_errors
from planwriter.model import Text
from planwriter.outline.rows import Row, check_columns, no_sheet, read_rows
from planwriter.sheets.sheet import Sheet, table_of
from planwriter.source import keys
from planwriter.source.load import load_tree
from planwriter.source.nodes import Mapping
from planwriter.start.records import dataclass, fields, is_dataclass, replace
from planwriter.system import files
from planwriter.system.processes import Pool, cores, deaf

_FEW = 12
"""Up to this number of rows, one process is used: starting a second takes longer."""
_AT_ONCE = 4
"""The number of rows that a process takes at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """The data for every process: the outline, the workbook and its sheet, the output folder and the form."""

    session: Session
    """The session of the outline's workspace."""
    outline: str
    workbook: str
    sheet: str
    """"" for the first sheet that is not empty."""
    folder: str
    form: str
    """"" if the rows are only checked."""
    suffix: str
    draft: bool = False
    force: bool = False
    unit: str = ""
    """The units whose extracts are made, as typed; "" for whole plans."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result for a row: its number in the sheet, the file, whether it was written, and the findings."""

    number: int
    target: str
    done: bool
    findings: tuple[Finding, ...]


def read_job(job: Job) -> Result[tuple[Row, ...]]:
    """The rows of the job's sheet; findings on the sheet, its columns, and rows that are left out."""
    rows = _read_rows(job)
    return Result(rows.value, (*rows.findings, *_check_columns(job, rows.value[0]))) if rows.value else rows


def _read_rows(job: Job) -> Result[tuple[Row, ...]]:
    from planwriter.sheets.read import MAX_BYTES, read_workbook

    shown = files.shown_path(job.workbook)
    data = files.read_named(job.workbook, shown, limit=MAX_BYTES)
    if data.value is None:
        return Result((), data.findings)
    sheets = read_workbook(data.value, shown)
    sheet = _chosen(sheets.value, job.sheet)
    if sheets.value and job.sheet and sheet is None:
        advice = near(job.sheet, tuple(each.name for each in sheets.value if each.name) or ("",), what="里面有")
        wrong = finding("PW122", Pos(shown), file=shown, what=f"没有工作表“{job.sheet}”", advice=advice)
        return Result((), (*sheets.findings, wrong))
    if sheets.findings or sheet is None:
        return Result((), sheets.findings or (no_sheet(shown),))
    return read_rows(sheet, os.path.splitext(os.path.basename(job.outline))[0])


def _check_columns(job: Job, row: Row) -> tuple[Finding, ...]:
    """The findings on the columns of the sheet, from the outline of one row."""
    _take_outline(job)
    outline = _plan(job, row).outline
    if outline is None:
        return ()
    return check_columns(row, [target.key for target in outline.targets], list(_texts_in(replace(outline, row=None))))


def _texts_in(value: object) -> Iterator[str]:
    """Every text in a part of an outline."""
    if isinstance(value, Text):
        yield value.value
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts_in(each)
    elif is_dataclass(value) and not isinstance(value, Span):
        for field in fields(value):
            yield from _texts_in(getattr(value, field.name))


def _chosen(sheets: tuple[Sheet, ...], name: str) -> Sheet | None:
    fitting = (sheet for sheet in sheets if (sheet.name == name if name else table_of(sheet).rows))
    return next(fitting, None)


def run_job(
    job: Job, count: int, *, processes: int | None = None, stopped: Callable[[], bool] = lambda: False
) -> Iterator[Outcome]:
    """Yields the outcomes of the job's `count` rows, in order; once `stopped` returns True, no further row is begun."""
    workers = min(processes or cores(), count // _AT_ONCE + 1)
    is_piped = not (os.path.isfile(job.outline) and os.path.isfile(job.workbook))
    if count <= _FEW or workers < 2 or is_piped:  # a pipe can be read by one process only
        _start_worker(job)
        for at in range(count):
            if stopped():
                return
            yield _make(at)
        return
    with Pool(workers, _start_worker, job) as makers:
        with deaf():
            chunks = [
                makers.submit(_make_some, range(at, min(at + _AT_ONCE, count))) for at in range(0, count, _AT_ONCE)
            ]
        cancelled = False
        for chunk in chunks:
            if stopped() and not cancelled:
                cancelled = True
                for each in chunks:
                    each.cancel()
            try:
                made = [] if chunk.cancelled() else chunk.result()
            except BrokenExecutor:
                if stopped():  # the signal reached the processes too
                    return
                raise
            yield from made


def _make_some(rows: range) -> list[Outcome]:
    return list(map(_make, rows))


class _Worker:
    """The state that one process keeps between rows."""

    job: Job
    rows: tuple[Row, ...]
    tree: Result[Mapping | None]
    open_book: OpenWorkbookIn
    """Opens each workbook that the outline names only once for all rows."""


def _start_worker(job: Job) -> None:
    _Worker.rows = _read_rows(job).value
    _take_outline(job)


def _take_outline(job: Job) -> None:
    _Worker.job = job
    _Worker.open_book = functools.cache(open_workbook)
    shown = files.shown_path(job.outline)
    data = files.read_named(job.outline, shown)
    _Worker.tree = (
        load_tree(data.value, shown, keys.OUTLINE_KEYS) if data.value is not None else Result(None, data.findings)
    )


def _plan(job: Job, row: Row) -> plans.Plan:
    shown = files.shown_path(job.outline)
    return plans.plan_tree(
        job.session,
        _Worker.tree,
        shown,
        draft=job.draft,
        path=job.outline,
        row=row,
        open_book=_Worker.open_book,
    )


def _make(at: int) -> Outcome:
    """Makes and writes the document of a row."""
    job, row = _Worker.job, _Worker.rows[at]
    target = os.path.join(job.folder, row.name + outputs.unit_suffix(job.unit) + job.suffix)
    plan = _plan(job, row)
    plan = outputs.extract(plan, job.unit) if job.unit else plan
    findings = list(plan.findings)
    done = False
    if job.form and plan.sound and plan.document is not None:
        rendered = outputs.render(job.session, plan.document, job.form)
        findings += rendered.findings
        if rendered.value is not None:
            refused = outputs.guard_output(target, rendered.value, job.form, outline=job.outline)
            written = outputs.write_output(target, rendered.value, refused, force=job.force)
            findings += written
            done = not has_errors(written)
    return Outcome(row.number, target, done, tuple(replace(each, source=None) for each in findings))
