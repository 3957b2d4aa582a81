"""Compares two files, outlines or .docx in any mix."""

from __future__ import annotations

import os

from planwriter.app import plans
from planwriter.app.session import Session
from planwriter.compare.difference import ComparedSide, Differences, differences
from planwriter.compare.from_plan import version_of_plan
from planwriter.findings.finding import Finding, Result, Severity
from planwriter.start.named_tuple import NamedTuple
from planwriter.system import files

OUTLINES, DOCUMENTS = (".yaml", ".yml"), (".docx",)
"""The endings of the files that can be compared."""
MAX_DOCX = 50 * 1024 * 1024


class ComparedFiles(NamedTuple):
    """What differs between two files; None if one of them cannot be read."""

    found: Differences | None
    findings: tuple[Finding, ...]
    layout: str
    """The layout of the new outline, or of the old one; "" if both are .docx."""


class ReadSide(NamedTuple):
    """One of two files that are compared, and its layout."""

    side: ComparedSide
    layout: str = ""


def is_comparable(path: str) -> bool:
    """True if a file is an outline or a .docx, by its ending."""
    return path.lower().endswith((*OUTLINES, *DOCUMENTS))


def compare_files(session: Session, old: str, new: str) -> ComparedFiles:
    """What differs between the files `old` and `new`."""
    one, other = read_side(session, old), read_side(session, new)
    findings = tuple(dict.fromkeys((*one.findings, *other.findings)))
    if one.value is None or other.value is None:
        return ComparedFiles(None, findings, "")
    found = differences(one.value.side, other.value.side)
    return ComparedFiles(found, findings, other.value.layout or one.value.layout)


def read_side(session: Session, path: str) -> Result[ReadSide | None]:
    """An outline or a .docx, as it is compared."""
    return _read_document(path) if path.lower().endswith(DOCUMENTS) else _read_outline(session, path)


def _read_outline(session: Session, path: str) -> Result[ReadSide | None]:
    """An outline as it would be printed. Unfinished parts do not stop the comparison; of its findings only errors are told."""
    shown = files.shown_path(path)
    plan = plans.plan_file(session.at(path), path, draft=True)
    errors = tuple(each for each in plan.findings if each.severity is Severity.ERROR)
    if plan.document is None:
        return Result(None, errors or plan.findings)
    return Result(ReadSide(ComparedSide(version_of_plan(plan.document, shown)), plan.document.layout), errors)


def _read_document(path: str) -> Result[ReadSide | None]:
    """A .docx as a reader sees it, with its tracked changes accepted."""
    shown = files.shown_path(path)
    data = files.read_named(path, shown, limit=MAX_DOCX)
    if data.value is None:
        return Result(None, data.findings)
    read = side_of_docx(data.value, shown)
    return Result(ReadSide(read.value) if read.value is not None else None, (*data.findings, *read.findings))


def side_of_docx(data: bytes, shown: str) -> Result[ComparedSide | None]:
    """A .docx as it is compared; `shown` is its name."""
    from planwriter.compare.from_record import version_of_record
    from planwriter.compare.from_word import version_of_word
    from planwriter.writers.docx.record import record_of_docx

    record = record_of_docx(data, shown)
    base = version_of_record(record.value, shown) if record.value is not None else None
    read = version_of_word(data, shown, base=base)
    findings = (*record.findings, *read.findings)
    return Result(ComparedSide(read.value, base, typed=True) if read.value is not None else None, findings)


def default_output(new: str, form: str) -> str:
    """The file for a comparison that has no name: beside the new version."""
    return f"{os.path.splitext(new)[0]}-对照.{form}"
