"""The command that lists the tasks and targets of each unit with their deadlines: duties."""

from __future__ import annotations

import json
import os

import click

from planwriter.app import outputs, plans
from planwriter.app.session import Session
from planwriter.cli.base import Command, format_option
from planwriter.cli.runs import SUFFIXES, write_form
from planwriter.cli.show import end_with, say
from planwriter.findings.finding import Finding, has_errors
from planwriter.model import Document

_FORMS = {suffix: form for form, suffix in SUFFIXES.items() if form != "json"}


@click.command(cls=Command)
@click.argument("outline", metavar="提纲")
@click.option(
    "--unit", metavar="单位", default="", help="只列这个单位的；几个单位用、隔开。不写就列全部，先列各有几项。"
)
@format_option()
@click.option(
    "-o", "--output", metavar="文件", help="写成责任清单：.xlsx（一个单位一张表）、.docx、.md、.pdf、.html、.txt。"
)
@click.option("--draft", is_flag=True, help="草稿：没写完的部分只提醒。")
@click.option("--force", is_flag=True, help="输出文件改动过、或不是 planwriter 生成的，也覆盖。")
def duties(outline: str, unit: str, form: str, output: str | None, draft: bool, force: bool) -> None:
    """列出各责任单位的任务和指标：牵头什么、配合什么，什么时候完成。

    \b
    例：planwriter duties 要点.yaml --unit 学前教育股
        planwriter duties 要点.yaml -o 责任清单.xlsx
    """
    if output and os.path.splitext(output)[1].lower() not in _FORMS:
        raise click.UsageError(f"-o 后面的文件名要以 {'、'.join(_FORMS)} 结尾，这里是“{output}”。")
    session = Session().at(outline)
    plan = plans.plan_file(session, outline, draft=draft)
    found = outputs.duties(plan, unit)
    findings = [*plan.findings, *found.findings]
    if plan.sound and plan.document and not found.findings:
        from planwriter.plan import duty_list

        if output:
            findings += _write(session, duty_list.duty_document(found.value, plan.document), output, outline, force)
        elif form == "json":
            click.echo(json.dumps(duty_list.duty_values(found.value), ensure_ascii=False, indent=2))
        else:
            say(duty_list.duty_page(found.value), nl=False)
    end_with(findings)


def _write(session: Session, document: Document, output: str, outline: str, force: bool) -> tuple[Finding, ...]:
    form = _FORMS[os.path.splitext(output)[1].lower()]
    rendered = outputs.render(session, document, form)
    written = write_form(output, rendered.value, form, force, outline) if rendered.value is not None else ()
    if rendered.value is not None and not has_errors(written):
        say(f"已生成 {output}")
    return (*rendered.findings, *written)
