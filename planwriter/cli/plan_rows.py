"""render --each and check --each: shows the progress, the files made, and every row that failed."""

from __future__ import annotations

import os
import sys

import click

from planwriter.app.rows import Job, Outcome, read_job, run_job
from planwriter.app.session import Session
from planwriter.cli.show import echo_findings, say, stop_on_errors
from planwriter.findings import report
from planwriter.findings.finding import Finding, Result, Severity, has_errors
from planwriter.outline.rows import Row
from planwriter.start.records import replace
from planwriter.system import files, interrupts

_SHOWN_ROWS = 12


def render_each(
    session: Session,
    outline: str,
    source: str,
    output: str | None,
    form: str,
    suffix: str,
    *,
    draft: bool,
    force: bool,
    unit: str = "",
) -> int:
    """Makes a document for each row of a sheet; returns the exit code."""
    workbook, _, sheet = source.partition("#")
    folder = output or os.path.splitext(outline)[0]
    if output is None or output.endswith(("/", os.sep)):
        unmade = files.make_folder(folder)
        stop_on_errors([unmade] if unmade else [])
    elif not os.path.isdir(folder):
        raise click.UsageError(f"-o 后面要写一个文件夹，“{output}”不是；还没有的，末尾加上 / 就新建。")
    job = Job(
        session=session,
        outline=outline,
        workbook=workbook,
        sheet=sheet,
        folder=folder,
        form=form,
        suffix=suffix,
        draft=draft,
        force=force,
        unit=unit,
    )
    rows = read_job(job)
    if not rows.value or _hits_all(rows):
        echo_findings(rows.findings, "human", err=True)
        say("一份也没有生成。", err=True)
        return report.exit_code(rows.findings)
    outcomes = []
    with interrupts.noted() as stopped:
        for outcome in run_job(job, len(rows.value), stopped=stopped):
            outcomes.append(outcome)
            _tell(len(outcomes), len(rows.value))
        is_cut = stopped() and len(outcomes) < len(rows.value)
    failed = {each.number for each in outcomes if not each.done}
    made = len(outcomes) - len(failed)
    failed.update(each.pos.line for each in rows.findings if each.severity is Severity.ERROR)
    findings = report.sort_findings([*rows.findings, *_gathered(outcomes)])
    echo_findings(findings, "human", err=True)
    if is_cut:
        say(f"已中断：生成了 {made} 份，在 {folder}；还有 {len(rows.value) - len(outcomes)} 份没有做。", err=True)
    elif made:
        say(f"已生成 {made} 份，在 {folder}。")
    if failed:
        say(f"没有生成 {len(failed)} 份：{_rows(sorted(failed))}。", err=True)
    return interrupts.EXIT_CODE if is_cut else report.exit_code(findings)


def check_each(session: Session, outline: str, source: str) -> tuple[Finding, ...]:
    """The findings on an outline with each row of a sheet."""
    workbook, _, sheet = source.partition("#")
    job = Job(session=session, outline=outline, workbook=workbook, sheet=sheet, folder="", form="", suffix="")
    rows = read_job(job)
    outcomes = list(run_job(job, len(rows.value))) if rows.value else []
    return report.sort_findings([*rows.findings, *_gathered(outcomes)])


def _hits_all(rows: Result[tuple[Row, ...]]) -> bool:
    """True if a column has an error, which affects every row."""
    head = rows.value[0].heads[0].span.pos.line
    return has_errors(each for each in rows.findings if each.pos.line == head)


def _tell(done: int, whole: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{done}/{whole}", err=True, nl=done == whole)


def _gathered(outcomes: list[Outcome]) -> tuple[Finding, ...]:
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
