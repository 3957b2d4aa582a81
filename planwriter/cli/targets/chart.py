"""The command that draws charts of targets."""

from __future__ import annotations

import os
import sys

import click

from planwriter.app import outputs, plans
from planwriter.app.session import Session
from planwriter.cli.base import Command
from planwriter.cli.show import echo_findings, say, stop_on_errors
from planwriter.findings import report
from planwriter.findings.finding import Finding
from planwriter.source.keys import CHART_FORMS
from planwriter.system.streams import write_stdout


@click.command(cls=Command)
@click.argument("outline", metavar="提纲")
@click.argument("names", metavar="[指标…]", nargs=-1)
@click.option(
    "-o",
    "--output",
    metavar="图.svg|图.png",
    help="写到哪个文件，按结尾定格式；- 为屏幕（SVG）。不写则是提纲旁边同名的 .svg。",
)
@click.option("--kind", "form", type=click.Choice(CHART_FORMS), help="不写则比率画折线，别的画柱形。")
@click.option("--title", metavar="题", default="", help="写在图里的题；放进文件的图不用，题在图下。")
@click.option("--force", is_flag=True, help="文件已经有了也覆盖。")
def chart(outline: str, names: tuple[str, ...], output: str | None, form: str | None, title: str, force: bool) -> None:
    """把指标的基期和各年画成图；不写指标就画全部带“分年”的，单位不同的分开画。

    \b
    例：planwriter targets chart 计划.yaml
        planwriter targets chart 要点.yaml 普惠园覆盖率 培训教师 -o 指标.png --kind 柱形
    """
    target = output or os.path.splitext(outline)[0] + ".svg"
    kind = "svg" if target == "-" else os.path.splitext(target)[1].lower().lstrip(".")
    if kind not in ("svg", "png"):
        raise click.UsageError(f"-o 后面的文件名要以 .svg 或 .png 结尾，这里是“{target}”。")
    session = Session().at(outline)
    plan = plans.plan_file(session, outline)
    if plan.outline is None:
        stop_on_errors(plan.findings)
        sys.exit(report.EXIT_ERRORS)
    made = outputs.draw_targets(session, plan.outline, names, form or "", kind, title=title)
    findings = made.findings
    if made.value is not None:
        findings += _write(target, made.value, force)
    echo_findings(findings, "human", err=True)
    code = report.exit_code(findings)
    if not code and target != "-":
        say(f"已生成 {target}")
    sys.exit(code)


def _write(target: str, data: bytes, force: bool) -> tuple[Finding, ...]:
    if target == "-":
        failed = write_stdout(data)
        return (failed,) if failed else ()
    return outputs.write_output(target, data, outputs.refuse_existing(target, data), force=force)
