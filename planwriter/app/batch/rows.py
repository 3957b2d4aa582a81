"""A document for each row of a sheet, as a batch of jobs; a row that fails does not stop the others."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterator, Sequence

from planwriter.app import outputs, plans
from planwriter.app.batch.batch import Made, facts_of, made_form
from planwriter.app.linked import OpenedWorkbook, OpenWorkbookIn, open_workbook
from planwriter.app.session import Session
from planwriter.findings.catalogue import finding, near
from planwriter.findings.finding import Finding, Pos, Result, Span
from planwriter.model import Text
from planwriter.outline.rows import Row, check_columns, no_sheet, read_rows
from planwriter.sheets.sheet import Sheet, table_of
from planwriter.source import keys
from planwriter.source.load import load_tree
from planwriter.source.nodes import Mapping, Scalar
from planwriter.start.records import dataclass, fields, is_dataclass, replace
from planwriter.system import files, watch


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The data for every process: the outline, the workbook and its sheet, and the form. A job is the index of a row."""

    session: Session
    """The session of the outline's workspace."""
    outline: str
    workbook: str
    sheet: str
    """"" for the first sheet that is not empty."""
    form: str
    """"" if the rows are only checked."""
    draft: bool = False
    unit: str = ""
    """The units whose extracts are made, as typed; "" for whole plans."""
    final: bool = False
    """True if the documents are published, and so carry no record."""
    places: tuple[str, str] | None = None
    """Where the outline and the workbook lie, if not at their paths: on another machine."""

    @property
    def is_piped(self) -> bool:
        """True if the outline or the workbook is no regular file."""
        return not (os.path.isfile(self.outline) and os.path.isfile(self.workbook))

    def begin(self) -> Callable[[int], Made]:
        """The function that makes the document of a row; what all rows share is read here, once in each process."""
        return _maker(self, watch.number()).make

    def named(self, jobs: Sequence[int]) -> tuple[str, ...]:
        """The outline and the workbook."""
        return self.outline, self.workbook

    def sent(self, jobs: Sequence[int], inner: Callable[[str], str]) -> tuple[Rows, Sequence[int]]:
        """The batch for another machine where `inner` gives the places of files; the jobs keep their numbers."""
        return replace(self, places=(inner(self.outline), inner(self.workbook))), jobs

    def unpacked(self, root: str, session: Session) -> Rows:
        """The batch on that machine, with its files below `root`."""
        assert self.places is not None
        outline, workbook = (os.path.join(root, place) for place in self.places)
        return replace(self, session=session.at(outline), places=(outline, workbook))


def read_job(job: Rows) -> Result[tuple[Row, ...]]:
    """The rows of the job's sheet; findings on the sheet, its columns, and rows that are left out."""
    rows = _maker(job, watch.number()).rows
    return Result(rows.value, (*rows.findings, *_check_columns(job, rows.value[0]))) if rows.value else rows


def _read_rows(job: Rows) -> Result[tuple[Row, ...]]:
    from planwriter.sheets.read import MAX_BYTES, read_workbook

    shown = files.shown_path(job.workbook)
    place = job.places[1] if job.places else job.workbook
    data = files.read_named(place, shown, limit=MAX_BYTES)
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


def _check_columns(job: Rows, row: Row) -> tuple[Finding, ...]:
    """The findings on the columns of the sheet, from the outline of one row."""
    outline = _maker(job, watch.number()).plan(row).outline
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


class _Maker:
    """What one process keeps between rows: the rows, the outline's tree, and the workbooks that it names."""

    def __init__(self, job: Rows) -> None:
        job.session.remember()
        self._job = job
        self.rows = _read_rows(job)
        self._open_book: OpenWorkbookIn = functools.cache(open_workbook)
        self._open_kept: OpenWorkbookIn = self._open  # one object, by which the memo recognizes it
        self._place = job.places[0] if job.places else job.outline
        with watch.keeping(self):
            job.session.at(self._place)  # where its workspace is searched for counts as read
            shown = files.shown_path(job.outline)
            data = files.read_named(self._place, shown)
        tree: Result[Mapping | None] = Result(None, data.findings)
        if data.value is not None:
            tree = load_tree(data.value, shown, keys.OUTLINE_KEYS)
        self._loaded = plans.LoadedOutline(tree, shown, self._place, data.value or b"")

    def make(self, at: int) -> Made:
        """The document of a row; no bytes if the rows are only checked."""
        job = self._job
        with watch.facts() as facts:
            watch.reuse(self)
            plan = self.plan(self.rows.value[at])
            plan = outputs.extract(plan, job.unit) if job.unit else plan
            final = job.final or job.form == "pdf"
            form = made_form(job.form)
            made = outputs.render_plan(job.session, plan, form, final=final) if form else Result(None)
        findings = (replace(each, source=None) for each in (*plan.findings, *made.findings))
        return Made(made.value, tuple(findings), facts_of(facts))

    def plan(self, row: Row) -> plans.Plan:
        """The plan of a row."""
        job = self._job
        return plans.plan_tree(job.session, self._loaded, draft=job.draft, row=row, open_book=self._open_kept)

    def _open(self, folder: str, name: Scalar) -> OpenedWorkbook:
        """Opens a workbook once for all rows."""
        with watch.keeping(self):
            return self._open_book(folder, name)


@functools.lru_cache(maxsize=1)
def _maker(job: Rows, account: int) -> _Maker:
    """What this process keeps for a job; a process forked from it has it too. `account` is what it reads on."""
    return _Maker(job)
