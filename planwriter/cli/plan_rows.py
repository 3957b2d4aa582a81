"""render --each and check --each: shows the progress, the files made, and every row that failed."""

from __future__ import annotations

import os
import sys

from planwriter.app import outputs
from planwriter.app.batch.batch import Runner, run_here
from planwriter.app.batch.delivery import Delivery, Planned
from planwriter.app.batch.rows import Rows, read_job
from planwriter.app.session import Session
from planwriter.cli.plan_many import skipped_line
from planwriter.cli.show import WrongUse, echo, echo_findings, say, stop_on_errors
from planwriter.findings import report
from planwriter.findings.finding import Finding, Result, Severity, has_errors
from planwriter.outline.rows import Row
from planwriter.start.records import dataclass, replace
from planwriter.start.typing import TYPE_CHECKING
from planwriter.system import files, interrupts

if TYPE_CHECKING:
    from planwriter.sharing.store import Store

_SHOWN_ROWS = 12


def rows_of(
    session: Session,
    outline: str,
    source: str,
    form: str,
    *,
    draft: bool = False,
    unit: str = "",
    final: bool = False,
) -> Rows:
    """The batch of an outline with the rows of `source`, a workbook or WORKBOOK#SHEET."""
    workbook, _, sheet = source.partition("#")
    return Rows(
        session=session,
        outline=outline,
        workbook=workbook,
        sheet=sheet,
        form=form,
        draft=draft,
        unit=unit,
        final=final,
    )


def render_each(
    batch: Rows,
    output: str | None,
    suffix: str,
    runner: Runner,
    *,
    force: bool,
    everything: bool,
    store: Store | None = None,
) -> int:
    """Makes a document for each row of a sheet; returns the exit code. Raises WrongUse if `output` is no folder."""
    folder = output or os.path.splitext(batch.outline)[0]
    if store is not None:
        folder = store.shown
    elif output is None or output.endswith(("/", os.sep)):
        unmade = files.make_folder(folder)
        stop_on_errors([unmade] if unmade else [])
    elif not os.path.isdir(folder):
        raise WrongUse(f"-o 后面要写一个文件夹，“{output}”不是；还没有的，末尾加上 / 就新建。")
    rows = read_job(batch)
    if not rows.value or _hits_all(rows):
        echo_findings(rows.findings, "human", err=True)
        say("一份也没有生成。", err=True)
        return report.exit_code(rows.findings)
    ending = outputs.unit_suffix(batch.unit) + suffix
    heads = tuple(head.value for head in rows.value[0].heads)
    orders = [
        Planned(os.path.join(folder, row.name + ending), batch.outline, (heads, row.values)) for row in rows.value
    ]
    with interrupts.noted() as stopped:
        options = (batch.draft, batch.unit, batch.final)
        delivery = Delivery(batch, orders, options, force=force, everything=everything, runner=runner, store=store)
        outcomes: list[_Outcome] = []
        for each in delivery.run(stopped):
            outcomes.append(_Outcome(rows.value[each.job].number, each.done, each.findings))
            _tell(len(outcomes), len(delivery.wanted))
        left = len(delivery.wanted) - len(outcomes)
        is_cut = stopped() and left > 0
    failed = {each.number for each in outcomes if not each.done}
    made = len(outcomes) - len(failed)
    failed.update(each.pos.line for each in rows.findings if each.severity is Severity.ERROR)
    findings = report.sort_findings([*rows.findings, *_gathered(outcomes)])
    echo_findings(findings, "human", err=True)
    if is_cut:
        say(f"已中断：生成了 {made} 份，在 {folder}；还有 {left} 份没有做。", err=True)
    elif made:
        say(f"已生成 {made} 份，在 {folder}。")
    if delivery.skipped:
        say(skipped_line(delivery.skipped))
    if failed:
        say(f"没有生成 {len(failed)} 份：{_rows(sorted(failed))}。", err=True)
    return interrupts.EXIT_CODE if is_cut else report.exit_code(findings)


def check_each(batch: Rows) -> tuple[Finding, ...]:
    """The findings on an outline with each row of a sheet."""
    rows = read_job(batch)
    made = list(run_here(batch, range(len(rows.value)))) if rows.value else []
    outcomes = [_Outcome(row.number, False, each.findings) for row, each in zip(rows.value, made, strict=True)]
    return report.sort_findings([*rows.findings, *_gathered(outcomes)])


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of a row: its number in the sheet, whether its document was written, and the findings."""

    number: int
    done: bool
    findings: tuple[Finding, ...]


def _hits_all(rows: Result[tuple[Row, ...]]) -> bool:
    """True if a column has an error, which affects every row."""
    head = rows.value[0].heads[0].span.pos.line
    return has_errors(each for each in rows.findings if each.pos.line == head)


def _tell(done: int, whole: int) -> None:
    if sys.stderr.isatty():
        echo(f"\r{done}/{whole}", err=True, nl=done == whole)


def _gathered(outcomes: list[_Outcome]) -> tuple[Finding, ...]:
    """The findings of all rows; equal ones are merged, with the numbers of their rows."""
    rows: dict[tuple[str, Severity, object, str], list[int]] = {}
    first: dict[tuple[str, Severity, object, str], Finding] = {}
    for outcome in outcomes:
        for each in outcome.findings:
            key = (each.code, each.severity, each.pos, each.message)
            rows.setdefault(key, []).append(outcome.number)
            first.setdefault(key, each)
    made = [replace(each, message=f"{each.message}（{_rows(rows[key])}）") for key, each in first.items()]
    return report.sort_findings(made)


def _rows(numbers: list[int]) -> str:
    shown = "、".join(map(str, numbers[:_SHOWN_ROWS]))
    return f"第 {shown} 行" if len(numbers) <= _SHOWN_ROWS else f"第 {shown} …… 行，共 {len(numbers)} 行"
