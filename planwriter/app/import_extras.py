"""What importing adds if it is asked for: clauses of the libraries in the place of their text, and targets."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from planwriter.app import plans
from planwriter.app.libraries import outline_libraries
from planwriter.app.session import Session
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Findings, Pos, Result, Severity
from planwriter.findings.report import soften
from planwriter.importing.lift_targets import TargetProposal, lift_targets, propose_targets, renamed
from planwriter.importing.match_clauses import match_clauses
from planwriter.importing.outlines import Imported
from planwriter.importing.write import outline_yaml
from planwriter.model import Outline
from planwriter.outline.kind import Kind
from planwriter.plan.compose.compose import base_names
from planwriter.start.named_tuple import NamedTuple

Choose: TypeAlias = Callable[[tuple[TargetProposal, ...]], tuple[TargetProposal, ...]]
"""Which of the proposed targets are wanted."""
Printed: TypeAlias = Callable[[Outline, Kind], str]
_SHOWN_NAME = "提纲"
_SAME_NAME = ("PW441",)
"""What is found if a target has the name that the text has for other figures too."""


class Extras(NamedTuple):
    """What is asked for."""

    choose_targets: Choose | None = None
    """None if figures stay in the text."""
    matches_clauses: bool = False


NO_EXTRAS = Extras()


def with_extras(session: Session, imported: Imported, extras: Extras, printed: Printed, name: str) -> Result[Imported]:
    """The outline with clauses and targets, as far as it prints the same text and has no further error.

    `name` is that of the file in findings.
    """
    found = Findings()
    if extras.matches_clauses:
        imported = found.take(_with_clauses(session, imported, printed))
    if extras.choose_targets is not None:
        imported = found.take(_with_targets(session, imported, extras.choose_targets, printed, name))
    return found.result(imported)


def _with_clauses(session: Session, imported: Imported, printed: Printed) -> Result[Imported]:
    outline = imported.outline
    stack = outline_libraries(session, outline, "")
    names = base_names(outline.unit, outline.region, outline.years)
    made = match_clauses(outline, stack.value.clauses(), names)
    findings = (*stack.findings, *made.findings)
    if made.value is outline:
        return Result(imported, findings)
    new = imported._replace(outline=made.value)
    if _errors(session, new) - _errors(session, imported) or not _prints_same(imported, new, printed):
        return Result(imported, tuple(each for each in findings if each.code != "PW755"))
    return Result(new, findings)


def _with_targets(
    session: Session, imported: Imported, choose: Choose, printed: Printed, name: str
) -> Result[Imported]:
    """The outline with the chosen targets; those that would make an error are left out and told."""
    found = Findings()
    wanted = choose(found.take(propose_targets(imported.outline)))
    before = _findings(session, imported) if wanted else frozenset()
    is_renamed = False
    while wanted:
        lifted = lift_targets(imported.outline, wanted)
        new = imported._replace(outline=lifted.value)
        made = _findings(session, new) - before
        taken = [each.message for each in made if each.code in _SAME_NAME] if not is_renamed else []
        if taken:
            is_renamed = True
            wanted = tuple(renamed(each) if any(f"“{each.key}”" in told for told in taken) else each for each in wanted)
            continue
        errors = sorted(each.message for each in made if each.severity is Severity.ERROR)
        if not errors and _prints_same(imported, new, printed):
            found += lifted.findings
            guessed = [each.key for each in wanted if each.is_year_guessed]
            note = f"{'、'.join(guessed)}的基期没有写是哪一年" if guessed else ""
            return found.result(new._replace(notes={**new.notes, "指标": note}) if note else new)
        found += (finding("PW753", Pos(name), message=each.rstrip("。")) for each in errors[:1])
        kept = tuple(each for each in wanted if not any(each.key in error for error in errors))
        wanted = kept if errors and len(kept) < len(wanted) else ()
    return found.result(imported)


class Told(NamedTuple):
    """A finding, wherever it stands."""

    code: str
    severity: Severity
    message: str


def _errors(session: Session, imported: Imported) -> frozenset[str]:
    """The errors of an outline, written and read again, as a draft."""
    return frozenset(each.message for each in _findings(session, imported) if each.severity is Severity.ERROR)


def _findings(session: Session, imported: Imported) -> frozenset[Told]:
    """The findings on an outline, written and read again, as a draft."""
    written = outline_yaml(imported.outline, imported.kind).encode("utf-8")
    findings = soften(plans.plan_bytes(session, written, _SHOWN_NAME).findings)
    return frozenset(Told(each.code, each.severity, each.message) for each in findings)


def _prints_same(before: Imported, after: Imported, printed: Printed) -> bool:
    return printed(before.outline, before.kind) == printed(after.outline, after.kind)
