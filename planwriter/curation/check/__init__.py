"""Checks the quality of a clause library before it is shared; one module for each family of rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from planwriter.clauses.bases import bases_of, of_libraries
from planwriter.clauses.library import Library
from planwriter.clauses.stack import LibraryStack
from planwriter.curation.check.bases import check_bases, check_clause_bases, check_tags
from planwriter.curation.check.duplicates import check_duplicates
from planwriter.curation.check.expression import check_expression
from planwriter.curation.check.fitness import check_fitness
from planwriter.curation.check.form import check_form
from planwriter.curation.check.links import check_links
from planwriter.curation.check.overlap import check_overlap
from planwriter.curation.check.parameters import check_parameters
from planwriter.curation.check.samples import check_sample
from planwriter.curation.check.style import check_style
from planwriter.curation.check.wording import check_places, own_names
from planwriter.findings.finding import Finding
from planwriter.findings.report import sort_findings
from planwriter.outline.kind import Kind


def check_library(
    library: Library,
    others: Sequence[Library] = (),
    *,
    kinds: tuple[Kind, ...],
    own: tuple[str, ...] = (),
    on: str = "",
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Finding, ...]:
    """All findings on a library, ordered by place.

    `others` are further libraries, in which used clauses are looked up and duplicates are searched.
    `kinds` are the known kinds of plan, `own` the names of the keeper's own place and bureau.
    `on` is a day (2026-01-31) on which every wording should be valid; with "" this is not checked.
    `progress` is called with the number of clauses done and the number of all.
    """
    stack = LibraryStack((library, *others))
    find = stack.find
    resolved = (stack.resolve(each.identifier) for each in library.clauses())
    clauses = tuple(each.clause for each in resolved if each is not None and each.is_whole)
    bases = bases_of(library)
    findings = [*library.findings, *bases.findings, *check_bases(bases.value, on)]
    known = {**of_libraries(others), **bases.value} if library.format > 1 else {}
    names = own_names(library.manifest, own)
    for done, clause in enumerate(clauses, 1):
        findings += check_places(clause, names)
        findings += check_fitness(clause, kinds, on)
        findings += check_expression(clause)
        findings += (*check_form(clause), *check_tags(clause), *check_clause_bases(clause, known, on))
        told = [*check_parameters(clause), *check_links(clause, find, library.unread)]
        findings += told or check_sample(clause, find, kinds)
        if progress is not None:
            progress(done, len(clauses))
    findings += check_duplicates(clauses, [clause for other in others for clause in other.clauses()])
    findings += (*check_overlap(clauses), *check_style(library, clauses))
    findings += stack.findings
    once = {(each.code, each.pos, each.message): each for each in reversed(findings)}
    return tuple(sort_findings(once.values()))
