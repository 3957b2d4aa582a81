"""Importing: from files that a bureau has to outlines."""

from __future__ import annotations

from planwriter.app import plans
from planwriter.app.import_extras import NO_EXTRAS, Extras, with_extras
from planwriter.app.session import Session
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Findings, Pos, Result, Severity
from planwriter.findings.report import soften
from planwriter.importing.identity import Given
from planwriter.importing.outlines import Imported, import_script
from planwriter.importing.script import MAX_BYTES, Script
from planwriter.importing.sources.choose import read_script
from planwriter.importing.sources.detect import TEXT, WORKBOOK, kind_of_file
from planwriter.importing.write import outline_yaml
from planwriter.model import Outline
from planwriter.outline.kind import Kind
from planwriter.sheets.sheet import ENDINGS
from planwriter.start.named_tuple import NamedTuple
from planwriter.system import files
from planwriter.writers.text import render_text

_SHOWN_NAME = "提纲"
_SHOWN = 3
"""How many errors of an outline are told."""


class ImportedPlan(NamedTuple):
    """An outline made from a file, and its YAML."""

    imported: Imported
    yaml: str


def import_file(
    session: Session, path: str, given: Given, extras: Extras = NO_EXTRAS
) -> Result[tuple[ImportedPlan, ...]]:
    """The outlines of the plans in a file."""
    shown = files.shown_path(path)
    data = files.read_named(path, shown, limit=MAX_BYTES)
    if data.value is None:
        return Result((), data.findings)
    return import_bytes(session, data.value, shown, given, extras)


def import_bytes(
    session: Session, data: bytes, shown: str, given: Given, extras: Extras = NO_EXTRAS
) -> Result[tuple[ImportedPlan, ...]]:
    """Like `import_file`, for bytes; `shown` is the file's name in findings."""
    if kind_of_file(data, shown) in (WORKBOOK, TEXT) and shown.lower().endswith(ENDINGS):
        return _import_tasks(session, data, shown, given)
    script = read_script(data, shown)
    if script.value is None:
        return Result((), script.findings)
    made = import_plans(session, script.value, given, extras)
    return Result(made.value, (*script.findings, *made.findings))


def _import_tasks(session: Session, data: bytes, shown: str, given: Given) -> Result[tuple[ImportedPlan, ...]]:
    """The outline of the task lists in a workbook."""
    from planwriter.app.import_tasks import import_task_bytes

    made = import_task_bytes(session, data, shown, given)
    plans = () if made.value is None else (ImportedPlan(made.value.imported, made.value.yaml),)
    return Result(plans, made.findings)


def import_plans(
    session: Session, script: Script, given: Given, extras: Extras = NO_EXTRAS
) -> Result[tuple[ImportedPlan, ...]]:
    """The outlines of the plans in a script, each checked as the file that it is written to."""
    found = Findings()
    kinds = found.take(session.kinds())
    printer = _Printer(session)
    imported = found.take(import_script(script, kinds, given, printer.text))
    made = []
    for plain in imported:
        each = found.take(with_extras(session, plain, extras, printer.text, script.name))
        written = outline_yaml(each.outline, each.kind, each.notes)
        errors = [*printer.findings_on(each.outline), *_misread(session, printer, each, written)]
        told = dict.fromkeys(error.message.rstrip("。") for error in errors if error.severity is Severity.ERROR)
        found += (finding("PW712", Pos(script.name), message=message) for message in list(told)[:_SHOWN])
        made.append(ImportedPlan(each, written))
    return found.result(tuple(made))


class _Printer:
    """Prints outlines as text, and keeps what was found in doing so."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.made: dict[int, tuple[Outline, tuple[Finding, ...]]] = {}

    def text(self, outline: Outline, kind: Kind) -> str:
        made = plans.plan_outline(self.session, outline, kind)
        self.made[id(outline)] = outline, made.findings
        return render_text(made.value[1])

    def findings_on(self, outline: Outline) -> tuple[Finding, ...]:
        """What was found in an outline that was printed, in a draft."""
        return soften(self.made[id(outline)][1])


def _misread(session: Session, printer: _Printer, imported: Imported, written: str) -> tuple[Finding, ...]:
    """What is found when the written outline is read; an error if it is read as another one."""
    read = plans.read_bytes(session, written.encode("utf-8"), _SHOWN_NAME)
    findings = soften(read.findings)
    if read.value is None or read.value == imported.outline:
        return findings
    if printer.text(read.value, imported.kind) == printer.text(imported.outline, imported.kind):
        return findings
    return (*findings, finding("PW105", Pos(_SHOWN_NAME), reason="读回来和导入的不一样", advice="核对全文。"))
