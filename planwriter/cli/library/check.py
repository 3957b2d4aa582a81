"""The command that checks the quality of libraries."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from planwriter.app.library_check import check_in_workspace, libraries_to_check
from planwriter.app.session import Session
from planwriter.cli.base import Command, format_option
from planwriter.cli.show import echo, echo_findings, end_with, say
from planwriter.findings import report
from planwriter.findings.finding import Finding
from planwriter.language import dates

if TYPE_CHECKING:
    from planwriter.clauses.library import Library

_MANY = 500
"""From so many clauses on, a terminal is told how far the check is."""


@click.command(cls=Command)
@click.argument("folders", metavar="[文件夹]…", nargs=-1)
@click.option("--on", metavar="日期", help="到这一天，条款的“有效期”是否还有效，例如 2026-12-31；不写就不查。")
@click.option("--report", "figures", is_flag=True, help="不查问题，只列出各个文件的数：条数、长短、带数的占比、依据。")
@click.option("--strict", is_flag=True, help="有警告也算没通过（退出码 3）。")
@format_option(short=True)
def check(folders: tuple[str, ...], on: str | None, figures: bool, strict: bool, form: str) -> None:
    """检查条款库：参数、示例、地名和单位名、引用、适用范围、重复、有效期、搭配和句式。

    不写文件夹，就查工作区文件“库”里写的那些；--report 没有写的，列自带的库。

    \b
    例：planwriter library check 县库
        planwriter library check 县库 --on 2026-12-31 --strict
        planwriter library check 县库 --report
    """
    day = dates.iso_date(on) if on else ""
    if day is None:
        raise click.UsageError(f"--on 后面写一个日期，例如 2026-12-31，这里是“{on}”。")
    from planwriter.curation.check.form import lacking

    session = Session.here()
    libraries = libraries_to_check(session, folders)
    if figures:
        _show_figures(libraries.value or (() if libraries.findings else (session.built_in(),)), form)
        end_with(libraries.findings)
    if not libraries.value and not libraries.findings:
        raise click.UsageError("没有写查哪个条款库，工作区文件里也没有“库”；例如 planwriter library check 县库。")
    findings: list[Finding] = list(libraries.findings)
    for nth, library in enumerate(libraries.value, 1):
        if len(libraries.value) > 1 and form == "human":
            say(f"[{nth}/{len(libraries.value)}] {library.shown}", err=True)
        findings += check_in_workspace(session, library, on=day, progress=_progress())
    findings = list(dict.fromkeys(findings))
    echo_findings(findings, form, err=False)
    if form == "human":
        say(report.summary(findings))
        for told in filter(None, map(lacking, libraries.value)):
            say(f"{told}写法见 docs/clause-format.md。", err=True)
    sys.exit(report.exit_code(findings, strict=strict))


def _show_figures(libraries: Sequence[Library], form: str) -> None:
    """Prints the figures of libraries: tables for people, or their values for programs."""
    from planwriter.curation.report import HEADS, library_figures, report_rows, report_values

    found = [(library, library_figures(library)) for library in libraries]
    if form == "json":
        import json

        told = [{"library": library.shown, "files": report_values(each)} for library, each in found]
        echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for library, each in found:
        say(library.shown)
        rows = [HEADS, *report_rows(each)]
        widths = [max(map(report.width, column)) for column in zip(*rows, strict=True)]
        for name, *cells in rows:
            padded = [" " * (wide - report.width(cell)) + cell for cell, wide in zip(cells, widths[1:], strict=True)]
            say("  ".join((name + " " * (widths[0] - report.width(name)), *padded)))


def _progress() -> Callable[[int, int], None] | None:
    """What shows on a terminal how far the check of many clauses is."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, total: int) -> None:
        if total >= _MANY and (done % 100 == 0 or done == total):
            click.echo(f"\r已查 {done}/{total} 条", nl=done == total, err=True)

    return show
