"""The command that mends what is certain in outlines."""

from __future__ import annotations

import sys

import click

from planwriter.app import fix as app
from planwriter.app.chosen import outlines_among
from planwriter.app.journal.journal import Step
from planwriter.app.session import Session
from planwriter.cli.base import Command
from planwriter.cli.show import echo_findings, expanded, say
from planwriter.findings import report
from planwriter.findings.finding import Finding, has_errors
from planwriter.system import files


@click.command(cls=Command)
@click.argument("outlines", metavar="提纲…", nargs=-1, required=True)
@click.option("--dry-run", is_flag=True, help="只显示要改哪里，不写文件。")
def fix(outlines: tuple[str, ...], dry_run: bool) -> None:
    """改掉提纲里有把握的毛病：全角冒号、Tab 键、英文引号、重复的标点……只动那几个字。

    改以前在旁边另存一份“（改前 1）”；数字、名称和意思一概不改，拿不准的留给你。check 的结果里标着“fix 可改”的就是这些。

    \b
    例：planwriter fix 要点.yaml --dry-run
        planwriter fix 要点.yaml
    """
    session, step = Session(), Step("fix")
    failed: list[Finding] = []
    paths = expanded(outlines)
    if paths != [*outlines] or len(paths) > 1:
        chosen = outlines_among(paths)
        paths = chosen.value
        echo_findings(chosen.findings, "human", err=True)
    for path in paths:
        failed += _fix(session.at(path), path, step, dry_run=dry_run)
    sys.exit(report.exit_code(failed))


def _fix(session: Session, path: str, step: Step, *, dry_run: bool) -> tuple[Finding, ...]:
    """Mends one outline and shows what was done; returns why that failed."""
    copy = None
    with app.fixing(session, path) as made:
        fixed = made.value
        findings = made.findings
        if fixed is not None and fixed.after != fixed.before and not dry_run:
            written = app.write_fixed(fixed, step)
            copy, findings = written.value, (*findings, *written.findings)
    echo_findings(findings, "human", err=True)
    if fixed is None or has_errors(findings):
        return findings
    _show(fixed)
    if fixed.after == fixed.before:
        say(f"{files.shown_path(path)}：没有 fix 能改的。")
    elif copy is None:
        say(f"{files.shown_path(path)}：能改 {fixed.count} 处，没有写。")
    else:
        say(f"{files.shown_path(path)}：改了 {fixed.count} 处，原来的另存为“{files.shown_path(copy)}”。")
    _show_left(fixed)
    return findings


def _show(fixed: app.Fixed) -> None:
    """Shows each changed line, before and after."""
    if fixed.converted:
        say(f"整个文件从 {fixed.converted} 改成 UTF-8 编码。")
    for line in fixed.lines:
        say(f"{files.shown_path(fixed.path)}:{line.number} [{'、'.join(line.codes)}]")
        say(f"  - {line.before}")
        say(f"  + {line.after}")


def _show_left(fixed: app.Fixed) -> None:
    """Shows how many findings are left to the writer, and those in files that are not touched."""
    own = [each for each in fixed.left if each.pos.file == files.shown_path(fixed.path) and not each.pos.cell]
    others = [each for each in fixed.left if each not in own]
    if own:
        from planwriter.findings.catalogue import typed

        command = typed("planwriter", "check", files.shown_path(fixed.path))
        say(f"还有 {report.summary(own).rstrip('。')}，要自己改：{command}")
    if others:
        names = "、".join(dict.fromkeys(each.pos.file for each in others))
        say(f"还有 {report.summary(others).rstrip('。')}在别的文件里，fix 不动：{names}")
