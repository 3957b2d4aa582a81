"""Importing: from files that a bureau has to outlines."""

from __future__ import annotations

from planwriter.app import plans
from planwriter.app.session import Session
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Findings, Pos, Result, Severity
from planwriter.importing.identity import Given
from planwriter.importing.outlines import Imported, import_script
from planwriter.importing.script import MAX_BYTES, Script
from planwriter.importing.sources.choose import read_script
from planwriter.importing.write import outline_yaml
from planwriter.model import Outline
from planwriter.outline.kind import Kind
from planwriter.start.named_tuple import NamedTuple
from planwriter.system import files
from planwriter.writers.text import render_text


class ImportedPlan(NamedTuple):
    """An outline made from a file, and its YAML."""

    imported: Imported
    yaml: str


def import_file(session: Session, path: str, given: Given) -> Result[tuple[ImportedPlan, ...]]:
    """The outlines of the plans in a file."""
    shown = files.shown_path(path)
    data = files.read_named(path, shown, limit=MAX_BYTES)
    if data.value is None:
        return Result((), data.findings)
    return import_bytes(session, data.value, shown, given)


def import_bytes(session: Session, data: bytes, shown: str, given: Given) -> Result[tuple[ImportedPlan, ...]]:
    """Like `import_file`, for bytes; `shown` is the file's name in findings."""
    script = read_script(data, shown)
    if script.value is None:
        return Result((), script.findings)
    made = import_plans(session, script.value, given)
    return Result(made.value, (*script.findings, *made.findings))


def import_plans(session: Session, script: Script, given: Given) -> Result[tuple[ImportedPlan, ...]]:
    """The outlines of the plans in a script, each checked as the file that it is written to."""
    found = Findings()
    kinds = found.take(session.kinds())
    imported = found.take(import_script(script, kinds, given, lambda outline, kind: _printed(session, outline, kind)))
    made = []
    for each in imported:
        written = outline_yaml(each.outline, each.kind, each.notes)
        found += _errors(session, script, each, written)
        made.append(ImportedPlan(each, written))
    return found.result(tuple(made))


def _printed(session: Session, outline: Outline, kind: Kind) -> str:
    return render_text(plans.plan_outline(session, outline, kind).value[1])


def _errors(session: Session, script: Script, imported: Imported, written: str) -> list[Finding]:
    """A finding for the first errors that the outline has when it is checked as a draft."""
    plan = plans.plan_bytes(session, written.encode("utf-8"), script.name, draft=True)
    errors = [each for each in plan.findings if each.severity is Severity.ERROR]
    return [finding("PW712", Pos(script.name), message=each.message.rstrip("。")) for each in errors[:3]]
