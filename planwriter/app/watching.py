"""An outline that is made again each time it is saved: what one round found and wrote, and what changed since the one before."""

from __future__ import annotations

from collections.abc import Callable

from planwriter.app import outputs, plans
from planwriter.app.session import Session
from planwriter.findings.finding import Finding, has_errors
from planwriter.plan.changed import ChangedSentence, changed_sentences
from planwriter.start.records import dataclass
from planwriter.system import watch
from planwriter.system.program import is_own_data

Write = Callable[[bytes], tuple[Finding, ...]]
"""Writes a document; returns what was found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What one round of watching found."""

    plan: plans.Plan
    findings: tuple[Finding, ...]
    new: tuple[Finding, ...]
    """Those that the round before did not have."""
    gone: int
    """How many of the round before are gone."""
    sentences: tuple[ChangedSentence, ...]
    """What reads differently from the last document that could be made."""
    done: bool
    """True if the document was written, or is as it was."""
    facts: dict[str, str]
    """What the document was made from; see `system/watch`."""
    last: plans.Plan | None
    """The last plan of which a document could be made."""

    @property
    def files(self) -> tuple[str, ...]:
        """The files and folders whose changes matter, sorted; those of planwriter itself are left out."""
        return tuple(sorted({fact[1:] for fact in self.facts if not is_own_data(fact[1:])}))

    @property
    def named(self) -> int:
        """How many files of the writer the document was made from, the outline included."""
        read = (fact for fact, state in self.facts.items() if fact[0] == watch.CONTENT and state)
        return sum(1 for fact in read if not is_own_data(fact[1:]))

    def is_current(self) -> bool:
        """True if all that the document was made from is as it was."""
        return all(watch.state_of(fact) == state for fact, state in self.facts.items() if state != watch.UNKNOWN)


def make_round(
    new_session: Callable[[], Session], path: str, form: str, write: Write, before: Round | None, *, draft: bool = False
) -> Round:
    """Checks the outline as it is now, and writes its document if there is no error."""
    with watch.accounted(), watch.facts() as facts:
        session = new_session().at(path)
        plan = plans.plan_file(session, path, draft=draft)
        rendered = outputs.render_plan(session, plan, form)
    findings = (*plan.findings, *rendered.findings)
    written = write(rendered.value) if rendered.value is not None else ()
    done = rendered.value is not None and not has_errors(written)
    findings = (*findings, *written)
    old = before.findings if before else ()
    last = before.last if before else None
    is_sound = rendered.value is not None
    documents = (last.document, plan.document) if is_sound and last and last.document and plan.document else None
    return Round(
        plan=plan,
        findings=findings,
        new=plans.new_findings(old, findings),
        gone=len(plans.new_findings(findings, old)),
        sentences=changed_sentences(*documents) if documents else (),
        done=done,
        facts=dict(facts),
        last=plan if is_sound else last,
    )
