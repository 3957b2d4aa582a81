"""The commands on outlines: new, check, render."""

from __future__ import annotations

import re
import sys

import click

from planwriter.app import outputs
from planwriter.app.session import Session
from planwriter.cli import runs
from planwriter.cli.base import Command, asks, format_option
from planwriter.cli.runs import SUFFIXES
from planwriter.cli.show import end_with, expanded, say, stop_on_errors
from planwriter.findings import report
from planwriter.findings.finding import Finding
from planwriter.language import regions
from planwriter.start.records import replace
from planwriter.start.typing import TYPE_CHECKING
from planwriter.system.streams import write_stdout

if TYPE_CHECKING:
    from planwriter.outline.kind import Kind


@click.command(cls=Command)
@click.argument("kind_name", metavar="文种")
@click.option("-o", "--output", metavar="文件", help="写到哪个文件；- 为屏幕。不写则以文种和年份命名。")
@click.option("--unit", metavar="单位", help="发文单位，例如 青山县教育局。")
@click.option("--region", metavar="地区", help="地区，例如 青山县；从单位名称看得出的，不用写。")
@click.option("--year", metavar="年份", help="年份；三年行动计划写首年，或 2026-2028。")
@click.option("--force", is_flag=True, help="文件已经有了也覆盖。")
@click.option("--from", "source", metavar="文件", help="从已有的计划（.txt、.docx 等）做起，同 planwriter import。")
def new(
    kind_name: str,
    output: str | None,
    unit: str | None,
    region: str | None,
    year: str | None,
    force: bool,
    source: str | None,
) -> None:
    """写出一份带说明的提纲样板，照着改就行。

    \b
    例：planwriter new 工作要点 --unit 青山县教育局 --year 2026 -o 要点.yaml
        planwriter new 工作要点 --from 2025年要点.txt --year 2026 -o 新要点.yaml
    """
    session = Session.here()
    if source is not None:
        sys.exit(_new_from(session, source, output, (kind_name, unit or "", region or "", year or "")))
    from planwriter.app.starter import starter

    kind = _kind(session, kind_name)
    unit, region, first = _unit_region_year(kind, unit, region, year)
    last = str(int(first) + max(kind.span, 1) - 1)
    text = starter(session, kind, {"单位": unit, "地区": region, "年度": first, "起年": first, "止年": last})
    if text.value is None:
        end_with(text.findings)
    data = text.value.encode("utf-8")
    if output == "-":
        end_with([failed] if (failed := write_stdout(data)) else [])
    path = output or f"{kind.name}{first}.yaml"
    written = outputs.write_output(path, data, outputs.refuse_existing(path), force=force)
    stop_on_errors(written)
    from planwriter.findings.catalogue import typed

    unset = text.value.count("数值: ,")
    todo = f"，填上 {unset} 个指标的数值（没定的加 --draft 先看样子）" if unset else "照着改"
    say(f"已写出 {path}。用记事本或 WPS 打开{todo}，再运行：{typed('planwriter', 'render', path)}")


def _new_from(session: Session, source: str, output: str | None, said: tuple[str, str, str, str]) -> int:
    """Makes outlines of the file `source`; `said` are kind, unit, region and year as typed, "" for each not given."""
    from planwriter.cli.importing import extras_of, given_of, import_one

    extras = extras_of(None, library=False)
    return report.exit_code(import_one(session, source, output, given_of(session, *said), extras, several=False))


def _kind(session: Session, name: str) -> Kind:
    """The kind of that name. Ends the process if there is none."""
    from planwriter.findings.catalogue import finding, near
    from planwriter.findings.finding import Pos
    from planwriter.outline.kind import find_kind

    kinds = session.kinds().value
    kind = find_kind(name, kinds)
    if kind is None:
        names = [name for each in kinds for name in (each.name, *each.aliases)]
        end_with([finding("PW205", Pos("planwriter new"), kind=name, advice=near(name, names))])
    return kind


def _unit_region_year(kind: Kind, unit: str | None, region: str | None, year: str | None) -> tuple[str, str, str]:
    """Unit, region and first year of a new outline, as typed or asked for. Ends the process if one of them cannot be."""
    from planwriter.importing.identity import region_of_unit

    region = region or (region_of_unit(unit) if unit else "")
    year_name = "首年" if kind.multi_year else "年份"
    wanted = (
        ("单位", "--unit", unit, "青山县教育局"),
        ("地区", "--region", region, "青山县"),
        (year_name, "--year", year, "2026"),
    )
    missing = [(name, f"{option} {example}") for name, option, given, example in wanted if not given]
    if missing and not asks():
        lacking = "、".join(name for name, _ in missing)
        raise click.UsageError(f"缺少{lacking}，请写 {' '.join(option for _, option in missing)}。")
    unit = unit or _ask("单位", "青山县教育局")
    region = region or region_of_unit(unit) or _ask("地区", "青山县")
    first = _first_year(year or _ask(year_name, "2026"), max(kind.span, 1))
    for name, value in (("单位", unit), ("地区", region)):
        if any(mark in value for mark in "'\"#\n\r{}[]&*!|>%@`") or ": " in value or not value.strip():
            raise click.UsageError(f"{name}里有不能用的符号：“{value}”。")
    if not regions.level_of(region):
        raise click.UsageError(f"从“{region}”看不出是哪一级，地区要写全称，例如 青山县。")
    return unit, region, first


def _first_year(typed: str, span: int) -> str:
    """The first year of what was typed: 2026, 2026年, or all years of a plan for several, 2026-2028. Ends the process if it is none."""
    first, *last = re.split(r"\s*[-—–－~～至到]+\s*", typed.strip().replace("年", ""))
    if re.fullmatch(r"(?:19[5-9]\d|20\d\d|1949|2100)", first, re.ASCII) and last in ([], [str(int(first) + span - 1)]):
        return first
    several = f"，或者首尾 {span} 年，例如 2026-{2025 + span}" if span > 1 else ""
    raise click.UsageError(f"年份应当是四位数字，例如 2026{several}；这里是“{typed}”。")


def _ask(name: str, example: str) -> str:
    answer: str = click.prompt(f"{name}（例如 {example}）", prompt_suffix="：")
    return answer.strip()


@click.command(cls=Command)
@click.argument("outlines", metavar="提纲…", nargs=-1, required=True)
@click.option("--strict", is_flag=True, help="有警告也算没通过（退出码 3）。")
@click.option("--draft", is_flag=True, help="草稿：没写完的部分只算警告，同 render --draft。")
@format_option(short=True)
@click.option(
    "--each",
    metavar="表.xlsx",
    help="连同一张表一起检查：每一行当作一份（同 render --each）；工作表写成 表.xlsx#名字。",
)
def check(outlines: tuple[str, ...], strict: bool, draft: bool, form: str, each: str | None) -> None:
    """检查提纲，列出全部问题，不写文件；写文件夹，就检查里面的每一份，几份的指标互相核对。

    \b
    例：planwriter check 要点.yaml
        planwriter check *.yaml --format short
        planwriter check 要点.yaml --draft
        planwriter check 2026年/
        planwriter check 方案.yaml --each 学校.xlsx
    """
    paths = expanded(outlines)
    findings: tuple[Finding, ...] = ()
    if each is not None:
        from planwriter.cli.plan_rows import check_each, rows_of

        if len(paths) > 1 or draft:
            raise click.UsageError("--each 一次只检查一份提纲，也不和 --draft 一起用。")
        findings = tuple(check_each(rows_of(Session().at(paths[0]), paths[0], each, "")))
        paths = []
    runs.check(paths, outlines, strict=strict, form=form, draft=draft, findings=findings)


@click.command(cls=Command)
@click.argument("outlines", metavar="提纲…", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    metavar="文件",
    help="写到哪个文件或文件夹；文件夹末尾写 /，没有就新建；- 为屏幕。不写则在提纲旁边，同名。",
)
@click.option(
    "--to",
    "form",
    type=click.Choice(list(SUFFIXES), case_sensitive=False),
    default="docx",
    help="docx（默认）、text 纯文字、pdf（要有 LibreOffice）、html 网页、md（Markdown）、xlsx 工作簿（只有表）。",
)
@click.option(
    "--emit", type=click.Choice(["outline", "document"]), help="不排版，只显示读出的提纲或编好号的文件（JSON）。"
)
@click.option("--draft", is_flag=True, help="草稿：没写完的部分只提醒，照样排出来看。")
@click.option(
    "--final",
    is_flag=True,
    help="印发稿：.docx 里不带生成记录和隐藏书签。不写则带着，看不见，也不影响打印；以后比对手改、收回手改用。",
)
@click.option("--force", is_flag=True, help="输出文件改动过、或不是 planwriter 生成的，也覆盖。")
@click.option(
    "--unit",
    metavar="单位",
    default="",
    help="只摘出和这个责任单位（或配合单位）有关的部分，编号照全文的；几个单位用、隔开。",
)
@click.option(
    "--each", metavar="表.xlsx", help="一表多份：表里每一行生成一份，写进 -o 的文件夹；工作表写成 表.xlsx#名字。"
)
@click.option(
    "--all", "everything", is_flag=True, help="一次排多份时，没有变过的也重做（不写则跳过已是最新的）。换了字体要用它。"
)
@click.option("--changes", is_flag=True, help="和上次生成的同一个 .docx 比，一句一句列出哪里不同。")
@click.option(
    "--keep-comments",
    metavar="旧稿.docx",
    help="旧稿里别人写的批注带进新排的这一份，挂在原来的话上；旧稿可以就是要覆盖的那一份。",
)
@click.option("--on", metavar="地址", help="一次排多份时，分给几台电脑的集群排，例如 tcp://192.168.1.10:8786。")
def render(
    outlines: tuple[str, ...],
    output: str | None,
    form: str,
    emit: str | None,
    draft: bool,
    final: bool,
    force: bool,
    unit: str,
    each: str | None,
    everything: bool,
    changes: bool,
    keep_comments: str | None,
    on: str | None,
) -> None:
    """把提纲排成 .docx（或 PDF、网页、Markdown、纯文字、工作簿）；有错误就先列出来，什么也不写。

    \b
    例：planwriter render 要点.yaml
        planwriter render 要点.yaml -o 印发稿.docx --final
        planwriter render 要点.yaml --to pdf
        planwriter render 要点.yaml --to text -o -
        planwriter render 要点.yaml --to xlsx
        planwriter render 要点.yaml --unit 学前教育股
        planwriter render 要点.yaml --keep-comments 要点.docx
        planwriter render 要点.yaml --each 学校.xlsx -o 各校/
    """
    paths = expanded(outlines)
    if final and form != "docx":
        raise click.UsageError("--final 只用于 .docx；别的形式本来就不带记录。")
    if final and keep_comments is not None:
        raise click.UsageError("--final 的文件不带批注，不和 --keep-comments 一起用。")
    if unit and emit:
        raise click.UsageError("--unit 不和 --emit 一起用。")
    if keep_comments is not None and (len(paths) > 1 or form != "docx" or emit or each is not None or final):
        raise click.UsageError("--keep-comments 一次只排一份提纲，排成 .docx，也不和 --emit、--each、--final 一起用。")
    made = runs.Wanted(form=form, draft=draft, force=force, unit=unit, final=final, everything=everything, on=on)
    if each is not None:
        if len(paths) > 1 or emit or changes:
            raise click.UsageError("--each 一次只排一份提纲，也不和 --emit、--changes 一起用。")
        runs.render_rows(paths[0], each, output, made)
        return
    made = replace(made, keep_comments=keep_comments, changes=changes)
    runs.render(paths, outlines, output, made, emit=emit)
