"""The command that compares any .docx with a layout: audit."""

from __future__ import annotations

import sys

import click

from planwriter.cli.base import Command
from planwriter.cli.layout import load_named
from planwriter.cli.show import echo_findings, expanded, say
from planwriter.findings import report
from planwriter.findings.finding import Finding
from planwriter.findings.report import sort_findings
from planwriter.layout.find import STANDARD
from planwriter.layout.layout import Layout
from planwriter.system import files
from planwriter.system.workspace import find_workspace

_MAX_BYTES = 50 * 1024 * 1024


@click.command(cls=Command)
@click.argument("documents", metavar="文件.docx…", nargs=-1, required=True)
@click.option(
    "--layout",
    "layout_name",
    metavar="版式",
    default=STANDARD,
    help=f"对照的版式，名字或 .yaml 文件；不写就是 {STANDARD}。",
)
@click.option("--format", "form", type=click.Choice(["human", "short", "json"]), default="human", help="结果的样子。")
@click.option("--strict", is_flag=True, help="有提示也算不通过（退出码 3）。")
def audit(documents: tuple[str, ...], layout_name: str, form: str, strict: bool) -> None:
    """对照版式审查 .docx（谁排的都行）：纸张、页边、行数字数、字体字号、编号、页码、日期、版记……

    也看正文、表、页眉页脚、脚注里的标点、数字和年份：半角标点、重复的标点、加起来不对的数、标题是今年而文中还是去年的年份。

    还看印发前该清掉的：没有接受的修订、批注、隐藏文字、作者等属性、没有着落的引用、宏、没有填的提示文字、突出显示。

    国家标准必须做到的算错误，标准说“一般”的算提示；每个问题注明第几段（空段和表格里的段也算）。

    \b
    例：planwriter audit 通知.docx
        planwriter audit *.docx --strict --format short
    """
    outlines = [path for path in documents if path.endswith((".yaml", ".yml"))]
    if outlines:
        raise click.UsageError(
            f"{outlines[0]} 是提纲，先排成文件再审查：planwriter render {outlines[0]}；提纲用 planwriter check。"
        )
    findings = tuple(dict.fromkeys(each for path in expanded(documents) for each in _audit(path, layout_name)))
    echo_findings(findings, form, err=False)
    if form == "human":
        say(report.summary(findings), err=True)
    code = report.exit_code(findings, strict=strict)
    sys.exit(report.EXIT_STRICT if strict and findings and code == report.EXIT_FINE else code)


def _audit(path: str, layout_name: str) -> tuple[Finding, ...]:
    """The findings on one file, those on its layout first."""
    from planwriter.app.own_terms import read_own_terms
    from planwriter.audit.audit import audit_case, read_case
    from planwriter.audit.proofread import proofread
    from planwriter.audit.traces import traces

    workspace = find_workspace(path)
    loaded, terms = load_named(layout_name, workspace), read_own_terms(workspace)
    shown = files.shown_path(path)
    data = files.read_named(path, shown, limit=_MAX_BYTES)
    findings = (*loaded.findings, *terms.findings, *data.findings)
    if loaded.value is None or data.value is None:
        return findings
    layout: Layout = loaded.value.layout
    case = read_case(data.value, shown, layout)
    if isinstance(case, Finding):
        return (*findings, case)
    found = (*audit_case(case, shown), *proofread(case, shown, terms.value), *traces(case, shown))
    return (*findings, *sort_findings(found))
