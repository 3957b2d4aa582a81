"""The command that compares any .docx with a layout: audit."""

from __future__ import annotations

import sys

import click

from planwriter.audit.flaws import Case
from planwriter.cli.base import Command, format_option
from planwriter.cli.layout import load_named
from planwriter.cli.show import echo_findings, expanded, say
from planwriter.findings import report
from planwriter.findings.finding import Finding
from planwriter.findings.report import sort_findings
from planwriter.layout.find import STANDARD
from planwriter.layout.layout import Layout
from planwriter.start.named_tuple import NamedTuple
from planwriter.system import files
from planwriter.system.workspace import find_workspace
from planwriter.system.zip_bounds import DOCX


@click.command(cls=Command)
@click.argument("documents", metavar="文件.docx…", nargs=-1, required=True)
@click.option(
    "--layout",
    "layout_name",
    metavar="版式",
    default=STANDARD,
    help=f"对照的版式，名字或 .yaml 文件；不写就是 {STANDARD}。",
)
@format_option(short=True)
@click.option(
    "--annotate",
    "target",
    metavar="新文件.docx",
    help="把问题写成 Word 批注，放在各自的地方，另存一个文件；没有装 planwriter 的人也看得到。",
)
@click.option("--strict", is_flag=True, help="有提示也算不通过（退出码 3）。")
def audit(documents: tuple[str, ...], layout_name: str, form: str, target: str | None, strict: bool) -> None:
    """对照版式审查 .docx（谁排的都行）：纸张、页边、行数字数、字体字号、编号、页码、日期、版记……

    也看正文、表、页眉页脚、脚注里的标点、数字和年份：半角标点、重复的标点、加起来不对的数、标题是今年而文中还是去年的年份。

    还看印发前该清掉的：没有接受的修订、批注、隐藏文字、作者等属性、没有着落的引用、宏、没有填的提示文字、突出显示。

    国家标准必须做到的算错误，标准说“一般”的算提示；每个问题注明第几段（空段和表格里的段也算）。

    \b
    例：planwriter audit 通知.docx
        planwriter audit 通知.docx --annotate 通知（批注）.docx
        planwriter audit *.docx --strict --format short
    """
    outlines = [path for path in documents if path.endswith((".yaml", ".yml"))]
    if outlines:
        from planwriter.findings.catalogue import typed

        command = typed("planwriter", "render", outlines[0])
        raise click.UsageError(f"{outlines[0]} 是提纲，先排成文件再审查：{command}；提纲用 planwriter check。")
    paths = expanded(documents)
    if target is not None and len(paths) > 1:
        raise click.UsageError("--annotate 一次只批注一个文件。")
    audited = [_audit(path, layout_name) for path in paths]
    findings = tuple(dict.fromkeys(each for one in audited for each in one.findings))
    echo_findings(findings, form, err=False)
    if target is not None and audited[0].case is not None:
        findings = (*findings, *_annotate(audited[0], files.shown_path(paths[0]), target))
    if form == "human":
        say(report.summary(findings), err=True)
    code = report.exit_code(findings, strict=strict)
    sys.exit(report.EXIT_STRICT if strict and findings and code == report.EXIT_FINE else code)


class _Audited(NamedTuple):
    """A file, how it was read, and the findings on it, those on its layout first; no case if it cannot be read."""

    findings: tuple[Finding, ...]
    data: bytes = b""
    case: Case | None = None


def _audit(path: str, layout_name: str) -> _Audited:
    from planwriter.app.own_terms import read_own_terms
    from planwriter.audit.audit import audit_case, read_case
    from planwriter.audit.proofread import proofread
    from planwriter.audit.traces import traces

    workspace = find_workspace(path)
    loaded, terms = load_named(layout_name, workspace), read_own_terms(workspace)
    shown = files.shown_path(path)
    data = files.read_named(path, shown, limit=DOCX.packed)
    findings = (*loaded.findings, *terms.findings, *data.findings)
    if loaded.value is None or data.value is None:
        return _Audited(findings)
    layout: Layout = loaded.value.layout
    case = read_case(data.value, shown, layout)
    if isinstance(case, Finding):
        return _Audited((*findings, case))
    found = (*audit_case(case, shown), *proofread(case, shown, terms.value), *traces(case, shown))
    return _Audited((*findings, *sort_findings(found)), data.value, case)


def _annotate(audited: _Audited, shown: str, target: str) -> tuple[Finding, ...]:
    """Writes the file with its findings as comments; returns, and shows, what is to be said of that."""
    from planwriter.audit.annotate import annotated

    assert audited.case is not None
    made = annotated(audited.data, audited.case.document, audited.findings, shown)
    if made.value is not None and not made.value.added:
        say("没有要批注的，没有另存。", err=True)
        return made.findings
    failed = files.write_new(target, made.value.data) if made.value is not None else None
    findings = (*made.findings, *((failed,) if failed else ()))
    echo_findings(findings, "human", err=True)
    if made.value is not None and failed is None:
        say(f"已写出 {files.shown_path(target)}：{made.value.added} 条批注。", err=True)
    return findings
