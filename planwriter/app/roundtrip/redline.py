"""Two files, outlines or .docx in any mix, as one .docx with tracked changes."""

from __future__ import annotations

from planwriter.app import outputs, plans
from planwriter.app.roundtrip.diff import DOCUMENTS, read_side, side_of_docx
from planwriter.app.session import Session
from planwriter.compare.edits.difference import match_sides
from planwriter.compare.tracked.redline import Redlined, redline
from planwriter.compare.versions.told_apart import as_in_base
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos, Result, Severity
from planwriter.readers.docx.document import WordDocument
from planwriter.readers.docx.read import read_docx
from planwriter.start.records import replace
from planwriter.system import files
from planwriter.system.zip_bounds import DOCX


def redline_files(session: Session, old: str, new: str, *, author: str, date: str = "") -> Result[Redlined | None]:
    """The file `old`, rendered if it is an outline, with what makes `new` of it as tracked changes by `author`."""
    shown = files.shown_path(old)
    data = _docx(session, old, shown)
    if data.value is None:
        return Result(None, data.findings)
    one, other = side_of_docx(data.value, shown), read_side(session, new)
    findings = (*data.findings, *one.findings, *other.findings)
    if one.value is None or other.value is None:
        return Result(None, findings)
    before, after = one.value, other.value.side
    matching = match_sides(before, after)
    version = after.version
    if after.typed:
        items = list(version.items)
        for at, pair in matching.pairs.items():
            items[at] = as_in_base(items[at], before.version.items[pair.old])
        version = replace(version, items=tuple(items))
    made = redline(data.value, before.version, version, matching, author=author, date=date)
    return Result(made.value, (*findings, *told_of_earlier(data.value, shown), *made.findings))


def _docx(session: Session, path: str, shown: str) -> Result[bytes | None]:
    """The bytes of a .docx, or of an outline rendered as one; of its findings only errors are told."""
    if path.lower().endswith(DOCUMENTS):
        return files.read_named(path, shown, limit=DOCX.packed)
    inside = session.at(path)
    plan = plans.plan_file(inside, path, draft=True)
    errors = tuple(each for each in plan.findings if each.severity is Severity.ERROR)
    if plan.document is None:
        return Result(None, errors or plan.findings)
    made = outputs.render_plan(inside, plan, "docx")
    return Result(made.value, made.findings if made.value is not None else (*errors, *made.findings))


def told_of_earlier(data: bytes, shown: str) -> tuple[Finding, ...]:
    """A finding if a file has tracked changes already."""
    count = earlier_changes(read_docx(data))
    return (finding("PW882", Pos(shown), file=shown, count=count),) if count else ()


def earlier_changes(document: WordDocument) -> int:
    """How many paragraphs have tracked changes of their words."""
    return sum(
        each.mark is not None or any(run.revision is not None for run in each.runs) for each in document.paragraphs
    )
