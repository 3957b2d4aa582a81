"""The command that makes outlines of what a bureau has: import."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from planwriter.app import outputs
from planwriter.app.session import Session
from planwriter.cli.base import Command, asks, prompt
from planwriter.cli.show import echo_findings, expanded, say
from planwriter.findings import report
from planwriter.findings.finding import Finding, has_errors
from planwriter.importing.identity import Given
from planwriter.system.streams import write_stdout

if TYPE_CHECKING:
    from planwriter.app.import_extras import Extras
    from planwriter.importing.lift_targets import TargetProposal


@click.command("import", cls=Command)
@click.argument("paths", metavar="文件…", nargs=-1, required=True)
@click.option(
    "-o", "--output", metavar="文件", help="写到哪个文件或文件夹；文件夹末尾写 /；- 为屏幕。不写则在原文件旁边，同名。"
)
@click.option("--kind", "kind_name", metavar="文种", help="文种；不写则看标题。")
@click.option("--unit", metavar="单位", default="", help="发文单位；不写则看标题和落款。")
@click.option("--region", metavar="地区", default="", help="地区；不写则看单位的名称。")
@click.option("--year", metavar="年份", default="", help="年份，几年的写首年；不写则看标题和日期。")
@click.option("--into", metavar="提纲", help="不写新的提纲，把任务清单（.xlsx）的任务放进这一份提纲。")
@click.option("--章", "chapter", metavar="标题", default="", help="和 --into 一起用：放在哪一章的末尾。")
@click.option("--dry-run", is_flag=True, help="和 --into 一起用：只看添什么，不写。")
@click.option("--yes", is_flag=True, help="和 --into 一起用：不问，直接写。")
@click.option(
    "--targets/--no-targets",
    "targets",
    default=None,
    help="像指标的数提成“指标”，文中改成引用，印出来不变；不写则在终端里列出来问，不在终端就不提。",
)
@click.option("--library", "library", is_flag=True, help="和条款库里一字不差的块改成“用”，相近的列出来。")
@click.option(
    "--roll", "roll", type=click.IntRange(2000, 2099), metavar="年份", help="再写出这一年的提纲，同 planwriter roll。"
)
def import_command(
    paths: tuple[str, ...],
    output: str | None,
    kind_name: str | None,
    unit: str,
    region: str,
    year: str,
    into: str | None,
    chapter: str,
    dry_run: bool,
    yes: bool,
    targets: bool | None,
    library: bool,
    roll: int | None,
) -> None:
    """把已有的计划（.docx、.doc、.txt、.pdf、网页）变成提纲，一个字不少；拿不准的列出来，请你核对。

    标题、编号、层次、总体要求和保障措施、责任单位、通知和落款、附件都分开；一个文件里有几份的，一份一个提纲。不覆盖已有的文件。

    任务清单（.xlsx）的每一行成一条，责任单位、配合单位、完成时限各归各处；加 --into 就放进已有的提纲。

    \b
    例：planwriter import 2025年要点.txt
        planwriter import 旧方案.txt -o 新方案.yaml --unit 青山县教育局 --region 青山县 --year 2026
        planwriter import 任务清单.xlsx -o 提纲.yaml --kind 工作要点
        planwriter import 任务清单.xlsx --into 要点.yaml --章 扩大普惠资源，办好学前教育
        planwriter import 旧要点.txt -o 新提纲.yaml --targets --library
        planwriter import 旧要点.txt -o 旧/ --roll 2030
    """
    if into is not None or chapter:
        if not into or not chapter.strip() or len(paths) != 1 or output:
            raise click.UsageError(
                "--into 和 --章 要一起写，一次放一张表，不写 -o：--into 要点.yaml --章 办好学前教育。"
            )
        from planwriter.cli.tasks.adding import add_to_outline

        add_to_outline(paths[0], into, chapter, yes=yes, dry_run=dry_run)
        return
    if dry_run:
        raise click.UsageError("--dry-run 和 --into 一起用；不写提纲、先看一看，用 -o -。")
    session = Session.here()
    given = given_of(session, kind_name, unit, region, year)
    files = expanded(paths)
    if output == "-" and roll:
        raise click.UsageError("--roll 要写文件，不和 -o - 一起用。")
    if output == "-" and len(files) > 1:
        raise click.UsageError("-o - 一次只导入一个文件。")
    extras = extras_of(targets, library=library)
    failed: list[Finding] = []
    for path in files:
        failed += import_one(session, path, output, given, extras, several=len(files) > 1, roll=roll)
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


def extras_of(targets: bool | None, *, library: bool) -> Extras:
    """What the options ask for beside the text; without --targets a person at the terminal is asked."""
    from planwriter.app.import_extras import Extras

    if targets is None:
        return Extras(_asked if asks() else None, library)
    return Extras((lambda proposals: proposals) if targets else None, library)


def _asked(proposals: tuple[TargetProposal, ...]) -> tuple[TargetProposal, ...]:
    """The proposals that somebody at the terminal wants."""
    from planwriter.importing.lift_targets import chosen

    if not proposals:
        return ()
    for each in proposals:
        say(f"{each.number:>3}　第 {each.pos.line} 行　{each.key}：{each.shown}", err=True)
    question = f"这 {len(proposals)} 个数提成指标吗：是，否，或者写不要的序号（例如 2,5-7）"
    said = prompt(question, default="是").strip().lower()
    if said in ("是", "好", "y", "yes"):
        return proposals
    return (
        ()
        if said in ("否", "不", "n", "no")
        else chosen(proposals, said.replace("，", ",").replace("、", ",").split(","))
    )


def import_one(
    session: Session,
    path: str,
    output: str | None,
    given: Given,
    extras: Extras,
    *,
    several: bool,
    roll: int | None = None,
) -> tuple[Finding, ...]:
    """Imports one file, writes its outlines and shows what is to be checked; returns all findings.

    With a year to `roll` to, the outlines of that year are written beside them.
    """
    from planwriter.app.importing import import_file
    from planwriter.system.files import make_folder

    made = import_file(session, path, given, extras)
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
        if output and name != output and os.path.dirname(name):
            unmade = make_folder(os.path.dirname(name))
            if unmade is not None:
                echo_findings([unmade], "human", err=True)
                return (*findings, unmade)
        written = outputs.write_output(name, data, outputs.refuse_existing(name), force=False)
        echo_findings(written, "human", err=True)
        findings += written
        if not has_errors(written):
            from planwriter.findings.catalogue import typed

            command = typed("planwriter", "render", name, "--draft")
            say(f"已写出 {name}（{each.imported.kind.name}）。对照原文看一遍，再运行：{command}")
            findings += _rolled(name, roll) if roll else ()
    return tuple(findings)


def _rolled(path: str, year: int) -> tuple[Finding, ...]:
    """Writes the outline of a year from an imported one, and shows what is to be decided."""
    from planwriter.app.roll import roll_file, write_rolled

    made = roll_file(Session().at(path), path, year=year)
    if made.value is None:
        echo_findings(made.findings, "human", err=True)
        return made.findings
    written = write_rolled(made.value)
    findings = (*made.value.findings, *written)
    echo_findings(findings, "human", err=True)
    if not has_errors(written):
        say(f"已写出 {made.value.target}：{year} 年。接下来{made.value.next_step}。")
    return findings


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
