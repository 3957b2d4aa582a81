"""Collects the opinions of bureaus on a plan: from the files that they sent back to one table, or one copy of the plan."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence

from planwriter.app import outputs, plans
from planwriter.app.roundtrip.answers import AnswerReader
from planwriter.app.session import Session
from planwriter.compare.opinions.copies import plan_title
from planwriter.compare.opinions.marked_copy import MarkedCopy, marked_copy
from planwriter.compare.opinions.opinion_table import FilledRow, OpinionRow, Reply, opinion_sheets
from planwriter.compare.versions.from_plan import version_of_plan
from planwriter.compare.versions.from_record import version_of_record
from planwriter.compare.versions.from_word import version_of_word
from planwriter.compare.versions.version import PlanVersion
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Pos, Result
from planwriter.plan.duties import units_in
from planwriter.sheets.write import write_workbook
from planwriter.start.records import dataclass
from planwriter.system import files
from planwriter.system.zip_bounds import DOCX
from planwriter.writers.docx.record import record_of_docx

MAX_FILES = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """The opinions on a plan, as the rows of a table."""

    title: str
    current: PlanVersion
    plan: plans.Plan
    rows: tuple[OpinionRow, ...]
    replies: tuple[Reply, ...]
    opinions: int
    """How many there are, before equal ones are put together."""
    decided: int = 0
    """How many rows have what was decided in the table that was there before."""
    kept: tuple[FilledRow, ...] = ()
    """Rows of that table which no file has any more, and in which something was filled in by hand."""
    dropped: int = 0
    """How many others of its rows no file has any more."""

    def workbook(self) -> bytes:
        """The table."""
        return write_workbook(opinion_sheets(self.title, self.rows, self.replies, self.kept))


def collect(
    session: Session,
    outline: str,
    answers: Sequence[str],
    units: Mapping[str, str],
    *,
    draft: bool = False,
    sent: str | None = None,
) -> Result[Collected | None]:
    """The opinions in the files `answers` on the plan of an outline; None if the outline has an error.

    `units` gives the bureaus of files by their names, for those whose name does not say it; `sent` is the .docx that was sent
    to them, with which files that have lost their record are compared.
    """
    plan = plans.plan_file(session, outline, draft=draft)
    if not plan.sound or plan.document is None:
        return Result(None, plan.findings)
    base = _sent_version(sent) if sent is not None else Result(None)
    if sent is not None and base.value is None:
        return Result(None, base.findings)
    data = files.read_file(outline, limit=DOCX.packed).value or b""
    current = version_of_plan(plan.document, plan.path)
    reader = AnswerReader(
        current=current,
        digest=hashlib.sha256(data).hexdigest(),
        title=plan_title(current),
        stem=os.path.splitext(os.path.basename(outline))[0],
        known=units_in(plan.document),
        units=units,
        sent=base.value,
        outline=outline,
    )
    for path in answers[:MAX_FILES]:
        reader.take(path)
    if len(answers) > MAX_FILES:
        reader.told.append(
            finding("PW820", Pos(plan.path), file=answers[MAX_FILES], reason=f"一次最多收 {MAX_FILES} 个文件")
        )
    reader.tell_all()
    return reader.told.result(
        Collected(
            title="".join(plan.document.title.split()) or reader.stem,
            current=current,
            plan=plan,
            rows=tuple(reader.rows()),
            replies=tuple(reader.replies),
            opinions=len(reader.found),
        )
    )


def _sent_version(path: str) -> Result[PlanVersion | None]:
    """The version in the .docx that was sent."""
    shown = files.shown_path(path)
    data = files.read_named(path, shown, limit=DOCX.packed)
    if data.value is None:
        return Result(None, data.findings)
    record = record_of_docx(data.value, shown).value
    if record is not None:
        return Result(version_of_record(record, shown))
    return version_of_word(data.value, shown)


def marked(session: Session, collected: Collected, target: str) -> Result[MarkedCopy | None]:
    """The plan as it is now, with all opinions that it does not have yet; it is to be written to the file `target`."""
    rendered = outputs.render_plan(session, collected.plan, "docx")
    if rendered.value is None:
        return Result(None, rendered.findings)
    rows = [each for each in collected.rows if not each.already]
    made = marked_copy(rendered.value, collected.current, rows, files.shown_path(target))
    return Result(made.value, (*rendered.findings, *made.findings))
