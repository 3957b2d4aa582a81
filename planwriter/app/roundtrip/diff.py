"""Compares two files, outlines or .docx in any mix."""

from __future__ import annotations

import os
from collections.abc import Sequence

from planwriter.app import plans
from planwriter.app.session import Session
from planwriter.compare.edits.difference import ComparedSide, Differences, differences
from planwriter.compare.versions.from_plan import version_of_plan
from planwriter.findings.finding import Finding, Result, Severity
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.typing import TYPE_CHECKING
from planwriter.system import files
from planwriter.system.zip_bounds import DOCX

if TYPE_CHECKING:
    from planwriter.writers.docx.marked import MarkedItem

OUTLINES, DOCUMENTS = (".yaml", ".yml"), (".docx",)
"""The endings of the files that can be compared."""


class ComparedFiles(NamedTuple):
    """What differs between two files; None if one of them cannot be read."""

    found: Differences | None
    findings: tuple[Finding, ...]
    layout: str
    """The layout of the new outline, or of the old one; "" if both are .docx."""
    workspace: str | None = None
    """That of the outline, where its layout is."""
    unsound: tuple[tuple[str, int], ...] = ()
    """The outlines with errors that could be compared all the same, and how many errors they have."""


class ReadSide(NamedTuple):
    """One of two files that are compared, and its layout."""

    side: ComparedSide
    layout: str = ""
    errors: int = 0


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
    sides = dict.fromkeys((each.side.version.name, each.errors) for each in (one.value, other.value) if each.errors)
    layout, workspace = other.value.layout or one.value.layout, session.at(new if other.value.layout else old).workspace
    return ComparedFiles(found, findings, layout, workspace, tuple(sides))


def read_side(session: Session, path: str) -> Result[ReadSide | None]:
    """An outline or a .docx, as it is compared."""
    return _read_document(path) if path.lower().endswith(DOCUMENTS) else _read_outline(session, path)


def _read_outline(session: Session, path: str) -> Result[ReadSide | None]:
    """An outline as it would be printed; what is unfinished or wrong does not stop the comparison, if only it can be composed."""
    shown = files.shown_path(path)
    plan = plans.plan_file(session.at(path), path, draft=True)
    if plan.document is None:
        return Result(None, plan.findings)
    errors = sum(each.severity is Severity.ERROR for each in plan.findings)
    return Result(ReadSide(ComparedSide(version_of_plan(plan.document, shown)), plan.document.layout, errors))


def _read_document(path: str) -> Result[ReadSide | None]:
    """A .docx as a reader sees it, with its tracked changes accepted."""
    shown = files.shown_path(path)
    data = files.read_named(path, shown, limit=DOCX.packed)
    if data.value is None:
        return Result(None, data.findings)
    read = side_of_docx(data.value, shown)
    return Result(ReadSide(read.value) if read.value is not None else None, (*data.findings, *read.findings))


def side_of_docx(data: bytes, shown: str) -> Result[ComparedSide | None]:
    """A .docx as it is compared; `shown` is its name."""
    from planwriter.compare.versions.from_record import version_of_record
    from planwriter.compare.versions.from_word import version_of_word
    from planwriter.writers.docx.record import record_of_docx

    record = record_of_docx(data, shown)
    base = version_of_record(record.value, shown) if record.value is not None else None
    read = version_of_word(data, shown, base=base)
    findings = (*record.findings, *read.findings)
    return Result(ComparedSide(read.value, base, typed=True) if read.value is not None else None, findings)


def leader_docx(compared: ComparedFiles) -> Result[bytes | None]:
    """The 修改对照表 as .docx."""
    from planwriter.compare.display.leader_table import HEADER, leader_table

    assert compared.found is not None
    return _marked_docx(compared, leader_table(compared.found), HEADER)


def marked_docx(compared: ComparedFiles) -> Result[bytes | None]:
    """The 花脸稿 as .docx."""
    from planwriter.compare.display.struck_copy import HEADER, struck_copy

    assert compared.found is not None
    return _marked_docx(compared, struck_copy(compared.found), HEADER)


def _marked_docx(compared: ComparedFiles, items: Sequence[MarkedItem], header: str) -> Result[bytes | None]:
    from planwriter.layout.find import STANDARD, load_layout
    from planwriter.writers.docx.marked import render_marked

    stored = load_layout(compared.layout or STANDARD, compared.workspace)
    if stored.value is None:
        return Result(None, stored.findings)
    base = stored.value.base
    if base is None or not base.endswith(stored.value.layout.fingerprint.encode()):
        from planwriter.writers.docx.base import make_base

        base = make_base(stored.value.layout)
    return Result(render_marked(items, stored.value.layout, base, header), stored.findings)


def default_output(new: str, form: str) -> str:
    """The file for a comparison that has no name: beside the new version."""
    return f"{os.path.splitext(new)[0]}-对照.{form}"
