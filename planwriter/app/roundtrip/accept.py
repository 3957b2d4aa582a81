"""Takes the accepted opinions of a table into the outline: each is tried, and listed if the outline cannot be so."""

from __future__ import annotations

import os
from collections.abc import Iterator

from planwriter.app.journal.author_files import replace_file
from planwriter.app.journal.journal import Step
from planwriter.app.open_outline import open_outline
from planwriter.app.roundtrip.absorb import AbsorbPlan, plan_absorb
from planwriter.app.roundtrip.absorb_choices import AbsorbChoices, Numbers
from planwriter.app.roundtrip.opinion_file import read_table
from planwriter.app.roundtrip.returned import Returned
from planwriter.app.session import Session
from planwriter.compare.opinions.accepted import RefusedRow, WantedPlan, is_in, wanted_plan
from planwriter.compare.opinions.opinion_table import FilledRow, Verdict
from planwriter.compare.opinions.opinions import Wish
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Findings, Pos, Result
from planwriter.start.records import dataclass
from planwriter.system import files
from planwriter.system.lock import locked

MAX_ROWS = 2_000
"""So many opinions are taken at a time at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """What accepted opinions do to an outline; nothing is written yet."""

    plan: AbsorbPlan | None
    """None if there is nothing to be changed."""
    done: tuple[FilledRow, ...]
    already: tuple[FilledRow, ...]
    left: tuple[RefusedRow, ...]
    """The rows that were accepted and are not in the outline after the change, with the reasons."""
    by_hand: tuple[FilledRow, ...]
    """The rows that were accepted in part, and accepted comments: what becomes of them only people know."""
    refused: int
    open: int
    """How many rows were not accepted, and about how many nothing is decided yet."""


def plan_acceptance(session: Session, path: str, table: str, numbers: Numbers = "问") -> Result[Acceptance | None]:
    """What the accepted rows of the table do to the outline at `path`; None, with findings, if one of them cannot be read."""
    found = Findings()
    rows = found.take(read_table(table))
    shown = files.shown_path(path)
    data = found.take(files.read_named(path, shown))
    if rows is None or data is None:
        return found.result(None)
    opened = open_outline(session, data, shown, path)
    if opened.value is None:
        found += opened.findings
        return found.result(None)
    for row in rows:
        if row.verdict is Verdict.UNCLEAR:
            place = Pos(files.shown_path(table), row.at)
            found.append(finding("PW816", place, row=row.at, typed=row.typed))
    accepted = [each for each in rows if each.verdict is Verdict.TAKEN]
    comments = [each for each in accepted if _is_comment(each)]
    changes = [each for each in accepted if not _is_comment(each)]
    partly = [each for each in rows if each.verdict is Verdict.PARTLY]
    others = [each for each in rows if each.verdict is not Verdict.TAKEN]
    wanted = wanted_plan(opened.value.version(), changes[:MAX_ROWS], others)
    plan = None
    if wanted.taken:
        returned = Returned(path=table, record=None, base=wanted.base, edited=wanted.version)
        choices = AbsorbChoices(numbers=numbers, without_record=True, deletes=True)
        plan = found.take(plan_absorb(session, path, returned, choices))
        if plan is None:
            return found.result(None)
    done = _done(wanted, plan) if plan is not None else ()
    over = (RefusedRow(each, f"一次最多写 {MAX_ROWS} 行，再运行一次") for each in changes[MAX_ROWS:])
    left = (*wanted.refused, *(_left(wanted, plan, done) if plan is not None else ()), *over)
    return found.result(
        Acceptance(
            plan=plan,
            done=done,
            already=wanted.already,
            left=tuple(sorted(left, key=lambda each: each.row.at)),
            by_hand=tuple(sorted((*partly, *comments), key=lambda each: each.at)),
            refused=sum(1 for each in rows if each.verdict is Verdict.REFUSED),
            open=sum(1 for each in rows if each.verdict in (Verdict.OPEN, Verdict.UNCLEAR)),
        )
    )


def _is_comment(row: FilledRow) -> bool:
    return row.original is not None and row.original.wish == Wish.SAY


def _done(wanted: WantedPlan, plan: AbsorbPlan) -> tuple[FilledRow, ...]:
    """The rows that are in the outline after the change."""
    made = plan.absorbed
    if not (made.left or plan.figures_left or plan.conflicts):
        return wanted.taken
    return tuple(
        each for each in wanted.taken if each.opinion is not None and is_in(each.opinion, made.version, done=True)
    )


def _left(wanted: WantedPlan, plan: AbsorbPlan, done: tuple[FilledRow, ...]) -> Iterator[RefusedRow]:
    """The rows that were to be taken and are not, with the reasons."""
    reasons: dict[int, str] = {}
    added: dict[str, str] = {}
    for step, reason in plan.absorbed.left:
        added.update(dict.fromkeys(step.added, reason))
        for key in step.keys:
            reasons[key] = reason
    for figure, reason in plan.figures_left:
        reasons[figure.key] = reason
    known = {each.at for each in done}
    for row in wanted.taken:
        if row.at not in known and row.opinion is not None:
            at = wanted.places.get(row.at, -1)
            reason = reasons.get(at) or added.get(row.opinion.new) or "写进去以后，排出来的不是这样"
            yield RefusedRow(row, reason)


def write_acceptance(accepted: Acceptance, table: str) -> tuple[Finding, ...]:
    """Writes the outline, all of it or nothing; nothing if it has changed since it was read."""
    plan = accepted.plan
    if plan is None:
        return ()
    told = [f"采纳“{os.path.basename(table)}”里的意见 {len(accepted.done)} 行"]
    with locked(plan.path) as failed:
        if failed is not None:
            return (failed,)
        return replace_file(plan.path, plan.before, plan.after, Step("collect"), told)
