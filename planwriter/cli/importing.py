"""The command that makes outlines of what a bureau has: import."""

from __future__ import annotations

import os
import sys

import click

from planwriter.app import outputs
from planwriter.app.session import Session
from planwriter.cli.base import Command
from planwriter.cli.show import echo_findings, expanded, say
from planwriter.findings import report
from planwriter.findings.finding import Finding, has_errors
from planwriter.importing.identity import Given
from planwriter.system.streams import write_stdout


@click.command("import", cls=Command)
@click.argument("paths", metavar="文件…", nargs=-1, required=True)
@click.option(
    "-o", "--output", metavar="文件", help="写到哪个文件或文件夹；文件夹末尾写 /；- 为屏幕。不写则在原文件旁边，同名。"
)
@click.option("--kind", "kind_name", metavar="文种", help="文种；不写则看标题。")
@click.option("--unit", metavar="单位", default="", help="发文单位；不写则看标题和落款。")
@click.option("--region", metavar="地区", default="", help="地区；不写则看单位的名称。")
@click.option("--year", metavar="年份", default="", help="年份，几年的写首年；不写则看标题和日期。")
def import_command(
    paths: tuple[str, ...], output: str | None, kind_name: str | None, unit: str, region: str, year: str
) -> None:
    """把已有的计划（去年的文件、网页上的文字）变成提纲，一个字不少；拿不准的列出来，请你核对。

    标题、编号、层次、总体要求和保障措施、责任单位、通知和落款、附件都分开；一个文件里有几份的，一份一个提纲。不覆盖已有的文件。

    \b
    例：planwriter import 2025年要点.txt
        planwriter import 旧方案.txt -o 新方案.yaml --unit 青山县教育局 --region 青山县 --year 2026
    """
    session = Session.here()
    given = given_of(session, kind_name, unit, region, year)
    files = expanded(paths)
    if output == "-" and len(files) > 1:
        raise click.UsageError("-o - 一次只导入一个文件。")
    failed: list[Finding] = []
    for path in files:
        failed += import_one(session, path, output, given, several=len(files) > 1)
    sys.exit(report.exit_code(failed))


def given_of(session: Session, kind_name: str | None, unit: str, region: str, year: str) -> Given:
    """What the options say of the plan. Raises click.UsageError for a value that cannot be."""
    from planwriter.language.regions import level_of
    from planwriter.model import Region
    from planwriter.outline.kind import find_kind

    kind = None
    if kind_name:
        kinds = session.kinds().value
        kind = find_kind(kind_name, kinds)
        if kind is None:
            raise click.UsageError(f"没有“{kind_name}”这个文种，有 {'、'.join(each.name for each in kinds)}。")
    if year and not (year.isascii() and year.isdigit() and 1949 <= int(year[:9]) <= 2100):
        raise click.UsageError(f"年份应当是四位数字，这里是“{year}”。")
    if region and region != "全国" and not level_of(region):
        raise click.UsageError(f"从“{region}”看不出是哪一级，地区要写全称，例如 青山县。")
    place = Region(name=region, level=level_of(region) or "国家") if region else None
    return Given(kind=kind, unit=unit.strip(), region=place, year=int(year) if year else 0)


def import_one(session: Session, path: str, output: str | None, given: Given, *, several: bool) -> tuple[Finding, ...]:
    """Imports one file, writes its outlines and shows what is to be checked; returns all findings."""
    from planwriter.app.importing import import_file

    made = import_file(session, path, given)
    echo_findings(made.findings, "human", err=True)
    if output == "-":
        if len(made.value) > 1:
            raise click.UsageError(f"“{path}”里有 {len(made.value)} 份计划，用 -o 写到文件里。")
        shown = "".join(each.yaml for each in made.value)
        stopped = write_stdout(shown.encode("utf-8"))
        return (*made.findings, *([stopped] if stopped else []))
    findings = list(made.findings)
    for nth, each in enumerate(made.value, 1):
        name = _target(path, output, nth, several=several)
        data = each.yaml.encode("utf-8")
        written = outputs.write_output(name, data, outputs.refuse_existing(name), force=False)
        echo_findings(written, "human", err=True)
        findings += written
        if not has_errors(written):
            shown = f'"{name}"' if " " in name else name
            say(
                f"已写出 {name}（{each.imported.kind.name}）。对照原文看一遍，再运行：planwriter render {shown} --draft"
            )
    return tuple(findings)


def _target(path: str, output: str | None, nth: int, *, several: bool) -> str:
    """The file that the nth outline of a file is written to."""
    stem = os.path.splitext(os.path.basename(path))[0] or "提纲"
    ending = f"-{nth}.yaml" if nth > 1 else ".yaml"
    if not output:
        return os.path.join(os.path.dirname(path), stem + ending)
    if several or output.endswith(("/", os.sep)) or os.path.isdir(output):
        return os.path.join(output, stem + ending)
    base, suffix = os.path.splitext(output)
    return output if nth == 1 else f"{base}-{nth}{suffix or '.yaml'}"
