"""The command that drafts clauses from wording that recurs in several files."""

from __future__ import annotations

import sys

import click

from planwriter.app import outputs
from planwriter.app.session import Session
from planwriter.cli.base import Command
from planwriter.cli.show import echo_findings, expanded, say
from planwriter.findings import report
from planwriter.findings.finding import has_errors


@click.command(cls=Command)
@click.argument("paths", metavar="文件…", nargs=-1, required=True)
@click.option("-o", "--output", metavar="文件", help="写到哪个文件；不写则显示在屏幕上。")
def harvest(paths: tuple[str, ...], output: str | None) -> None:
    """从几份文件里找反复出现的写法，起草成条款：地名、单位名换成 {{ 地区 }} 之类，各份不同的数做成参数。

    文件可以是提纲，也可以是能导入的 Word、文本等。条款库里已有相近的不提。草稿要逐条看过、补齐依据和来源再入库。

    \b
    例：planwriter library harvest 旧要点.txt 2025年要点.txt 旧方案.txt -o 草稿.yaml
    """
    from planwriter.app.harvest import harvest_files

    files = expanded(paths)
    if len(files) < 2:
        raise click.UsageError("至少写两份文件，比一比才知道哪些写法反复出现。")
    made = harvest_files(Session.here(), files)
    echo_findings(made.findings, "human", err=True)
    findings = [*made.findings]
    if made.value and output:
        written = outputs.write_output(output, made.value.encode("utf-8"), outputs.refuse_existing(output), force=False)
        echo_findings(written, "human", err=True)
        findings += written
        if not has_errors(written):
            count = made.value.count("\n- 条款: ")
            say(f"已写出 {output}：{count} 条，都是草稿。逐条看过、补齐，再放进条款库。")
    elif made.value:
        say(made.value, nl=False)
    sys.exit(report.exit_code(findings))
