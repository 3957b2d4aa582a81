"""From an outline to a numbered document, the stages strung together, with everything that is to be said of it."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planwriter.app.libraries import layers_of, shelf_of
from planwriter.app.linked import OpenBook, open_picture, open_workbook, superior_of
from planwriter.app.session import Bench
from planwriter.app.settings import apply_levels
from planwriter.checks.outline import check_citations, check_outline
from planwriter.clauses.stack import Layers
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import MAX_FINDINGS, Finding, Pos, Result, has_errors
from planwriter.findings.report import soften, sort_findings
from planwriter.model import Document, Outline
from planwriter.outline.kind import Kind, find_kind
from planwriter.outline.read import Defaults, misnamed_parts, read_outline
from planwriter.plan.compose.compose import Composed, compose_outline
from planwriter.plan.number import number_document
from planwriter.source import keys
from planwriter.source.load import Mapping, Scalar, load_tree
from planwriter.system import files
from planwriter.system.workspace import find_workspace

if TYPE_CHECKING:
    from planwriter.outline.rows import Row


@dataclass(frozen=True, slots=True)
class Plan:
    """What became of an outline file: as far as it got, and every finding."""

    path: str
    outline: Outline | None = None
    kind: Kind | None = None
    document: Document | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def sound(self) -> bool:
        """True where the document can be handed out: it is there, and nothing is an error."""
        return self.document is not None and not has_errors(self.findings)


def plan_file(path: str, bench: Bench | None = None, *, draft: bool = False) -> Plan:
    """Everything from an outline file to a numbered document, with every finding; writes nothing.

    With `draft` what is merely unfinished (parts missing or empty) is a warning.
    """
    shown = files.shown_path(path)
    data = files.read_file(path, shown)
    if data.value is None:
        return Plan(shown, findings=data.findings)
    return plan_bytes(data.value, shown, bench or Bench(), draft=draft, workspace=find_workspace(path), path=path)


def plan_bytes(
    data: bytes,
    shown: str,
    bench: Bench,
    *,
    draft: bool = False,
    workspace: str | None = None,
    path: str = "",
    open_book: OpenBook | None = None,
) -> Plan:
    """`plan_file` for an outline that is in memory; `shown` is its name in findings.

    `open_book` opens the workbooks it names, in the place of the disk.
    """
    tree = load_tree(data, shown, keys.OUTLINE_KEYS)
    return plan_tree(tree, shown, bench, draft=draft, workspace=workspace, path=path, open_book=open_book)


def plan_tree(
    tree: Result[Mapping | None],
    shown: str,
    bench: Bench,
    *,
    draft: bool = False,
    workspace: str | None = None,
    path: str = "",
    row: Row | None = None,
    open_book: OpenBook | None = None,
) -> Plan:
    """`plan_bytes` for a tree that is read already; `row` is put over it and may be cited."""
    kinds = bench.kinds(workspace)
    defaults, levels, workspace_findings = bench.workspace(workspace)
    findings = [*kinds.findings, *workspace_findings, *tree.findings]
    outline = kind = document = None
    if tree.value is not None and row is not None:
        from planwriter.outline.rows import lay_row

        tree = Result(lay_row(tree.value, row))
    if tree.value is not None and kinds.value:
        folder = os.path.dirname(path)
        books = functools.partial(open_book or open_workbook, folder)
        read = read_outline(tree.value, kinds.value, defaults, books, functools.partial(open_picture, folder), row)
        findings += read.findings
        if read.value is not None:
            outline, kind = read.value
            if row is not None:
                outline = replace(outline, row=row.cited)
            if find_kind(_kind_word(tree.value), kinds.value) is not None:
                findings += check_outline(outline, kind, lost=(*tree.value.lost, *misnamed_parts(tree.value, kind)))
            findings += _check_layout(outline, tree.value, defaults, workspace, folder)
            marks = bench.marks(workspace, path)
            made = plan_outline(outline, kind, bench, folder=folder, workspace=workspace, marks=marks)
            document = made.value[1]
            findings += made.findings
            findings += _check_leaks(document, outline)
            findings += _check_figures(made.value, outline)
            findings += check_citations(outline, made.value[0].cited_targets, torn=has_errors(findings))
            findings += _check_superior(outline, folder, bench)
    ordered = tuple(apply_levels(_bounded(sort_findings(findings), shown), levels))
    return Plan(shown, outline, kind, document, soften(ordered) if draft else ordered)


def _kind_word(tree: Mapping) -> str:
    node = tree.entries.get("文种")
    return node.value if isinstance(node, Scalar) else ""


def _check_layout(
    outline: Outline, tree: Mapping, defaults: Defaults, workspace: str | None, folder: str
) -> tuple[Finding, ...]:
    node = tree.entries.get("版式") or defaults.nodes.get("layout")
    if node is None:
        return ()
    from planwriter.layout.find import check_layout

    return check_layout(outline.layout, workspace, node.span, folder)


def _check_leaks(document: Document, outline: Outline) -> tuple[Finding, ...]:
    from planwriter.checks.places import check_leaks

    return check_leaks(document, outline)


def _check_figures(made: tuple[Composed, Document], outline: Outline) -> tuple[Finding, ...]:
    from planwriter.checks.figures.rules import check_document

    composed, document = made
    return check_document(document, composed.targets, outline.years)


def _check_superior(outline: Outline, folder: str, bench: Bench) -> tuple[Finding, ...]:
    """The plan's targets against those of the plan above, where the outline names it."""
    name = outline.superior
    if name is None or name.origin is None:
        return ()
    above = superior_of(outline, folder, bench)
    if above.value is None:
        return above.findings
    from planwriter.targets.align import check_alignment

    return check_alignment(outline, above.value)


def _bounded(findings: tuple[Finding, ...], shown: str) -> tuple[Finding, ...]:
    """At most as many findings as anybody reads, with one that says so if there are more."""
    if len(findings) <= MAX_FINDINGS:
        return findings
    return (*findings[:MAX_FINDINGS], finding("PW119", Pos(shown), limit=MAX_FINDINGS))


def plan_outline(
    outline: Outline,
    kind: Kind,
    bench: Bench,
    *,
    folder: str = "",
    workspace: str | None = None,
    marks: dict[str, str] | None = None,
) -> Result[tuple[Composed, Document]]:
    """The composed and the numbered document of an outline that is in memory (to change a target and make it again).

    `marks` are the fingerprints of clauses as they were last looked at: those that are others now are told.
    """
    layers = layers_of(outline, bench, folder, workspace)
    composed = compose_outline(outline, kind, shelf_of(layers.value))
    numbered = number_document(composed.value.document)
    told = [each for library in layers.value.opened for each in library.findings]
    findings = (*layers.findings, *told, *layers.value.findings, *composed.findings, *numbered.findings)
    if marks:
        findings = (*findings, *_suspects(outline, layers.value, marks))
    return Result((composed.value, numbered.value), findings)


def _suspects(outline: Outline, layers: Layers, marks: dict[str, str]) -> Iterator[Finding]:
    """A finding at each use of a clause that changed since its use was looked at."""
    from planwriter.clauses.uses import fingerprint, uses_of

    for use in uses_of(outline):
        clause = layers.find(use.clause.value)
        mark = marks.get(use.clause.value)
        if clause is not None and mark and use.origin and fingerprint(clause, layers.find) != mark:
            yield finding("PW327", use.origin, clause=clause.identifier)
