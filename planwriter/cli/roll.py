"""The command that makes next year's outline of last year's: roll."""

from __future__ import annotations

import sys

import click

from planwriter.app import roll as app
from planwriter.app.session import Session
from planwriter.cli.base import Command, format_option
from planwriter.cli.show import echo_findings, say
from planwriter.findings import report
from planwriter.findings.catalogue import typed
from planwriter.findings.finding import has_errors
from planwriter.system import files


@click.command(cls=Command)
@click.argument("outline", metavar="提纲")
@click.option(
    "--year", type=click.IntRange(2000, 2099), metavar="年份", help="新的年份，几年的计划写起年；不写就是接着的一期。"
)
@click.option(
    "-o", "--output", metavar="文件", help="新提纲的文件名；不写就是原名换了年份（要点2026.yaml → 要点2027.yaml）。"
)
@click.option(
    "--reached", metavar="文件", help="去年完成的数，写进基期：指标表（.xlsx、.csv），或一行一个“指标: 数”的 .yaml。"
)
@click.option("--dry-run", is_flag=True, help="只显示要改哪里，不写文件。")
@format_option(short=True)
def roll(outline: str, year: int | None, output: str | None, reached: str | None, dry_run: bool, form: str) -> None:
    """用去年的提纲写出今年的：换年份，去年的目标数改作基期，时限顺延，文号和日期空出来，其余一字不动。

    改了哪些行，前后都列出来。拿不准的（去年的文件、只有去年能说的话、不适用的条款）在上面一行加注释“# 待核：”。

    注释、次序和空行都留着；原来的文件不动，已经有的文件不覆盖。指标的数值要自己定，没定的排成【待填】。

    \b
    例：planwriter roll 要点.yaml --dry-run
        planwriter roll 要点.yaml --year 2027
        planwriter roll 计划.yaml --reached 指标.xlsx -o 计划2029.yaml
    """
    session = Session().at(outline)
    made = app.roll_file(session, outline, year=year or 0, target=output or "", reached=reached or "")
    rolled = made.value
    if rolled is None:
        echo_findings(made.findings, form, err=True)
        sys.exit(report.exit_code(made.findings))
    _show(outline, rolled)
    written = () if dry_run else app.write_rolled(rolled)
    echo_findings((*rolled.findings, *written), form, err=True)
    if has_errors(written):
        sys.exit(report.exit_code(written))
    _say_end(outline, rolled, dry_run=dry_run)


def _show(outline: str, rolled: app.RolledOutline) -> None:
    """Shows each changed line, before and after, then the deadlines."""
    shown = files.shown_path(outline)
    for each in rolled.lines:
        say(f"{shown}:{each.number} [{'、'.join(each.kinds)}]")
        for line in each.before:
            say(f"  - {line}")
        for line in each.after:
            say(f"  + {line}")
    if rolled.deadlines:
        say("顺延的时限，逐一定下来：")
        for number, before, after in rolled.deadlines:
            say(f"  第 {number} 行  {before} → {after}")


def _say_end(outline: str, rolled: app.RolledOutline, *, dry_run: bool) -> None:
    (first, last), target = rolled.turn.new, files.shown_path(rolled.target)
    period = f"{first}" if first == last else f"{first}—{last}"
    count = len(rolled.lines)
    if dry_run:
        say(f"{files.shown_path(outline)}：改成 {period} 年的要动 {count} 处，没有写。")
        return
    say(f"已写出 {target}：{period} 年，改了 {count} 处。")
    say(f"接下来{rolled.next_step}，再查一遍：{typed('planwriter', 'check', target)}")
