"""Harvesting clauses from files: outlines, and whatever can be imported."""

from __future__ import annotations

from collections.abc import Sequence

from planwriter.app import plans
from planwriter.app.importing import import_file
from planwriter.app.libraries import workspace_libraries
from planwriter.app.session import Session
from planwriter.clauses.stack import LibraryStack
from planwriter.curation.harvest import PlanSource, harvest
from planwriter.findings.finding import Findings, Result, Severity
from planwriter.importing.identity import Given
from planwriter.system import files

_OUTLINES = (".yaml", ".yml")


def harvest_files(session: Session, paths: Sequence[str]) -> Result[str]:
    """The draft of a topic file made from the wording that recurs in several files; "" if none does.

    The findings are those on files that cannot be read, and on wording that is left out.
    """
    found = Findings()
    sources: list[PlanSource] = []
    for path in paths:
        shown = files.shown_path(path)
        if path.lower().endswith(_OUTLINES):
            plan = plans.plan_file(session.at(path), path, draft=True)
            if plan.outline is None or plan.kind is None:
                found += plan.findings
            else:
                sources.append(PlanSource(shown, plan.outline, plan.kind))
            continue
        made = import_file(session, path, Given())
        found += (each for each in made.findings if each.severity is Severity.ERROR)
        sources += (PlanSource(shown, each.imported.outline, each.imported.kind) for each in made.value)
    libraries = workspace_libraries(session)
    found += libraries.findings
    draft = found.take(harvest(sources, LibraryStack(libraries.value).clauses()))
    return found.result(draft)
