"""The commands on the values of targets: list, set."""

from __future__ import annotations

import sys
from decimal import Decimal
from typing import TYPE_CHECKING

import click

from planwriter.app.session import Session
from planwriter.cli.base import Command, format_option
from planwriter.cli.show import echo_findings, say, show_sentences, stop_on_errors
from planwriter.findings import report
from planwriter.findings.finding import Result
from planwriter.model import Figure
from planwriter.start.patterns import regex
from planwriter.targets.heads import Path

if TYPE_CHECKING:
    from planwriter.app.target_edit import TargetEdit
    from planwriter.app.target_list import ListedTarget, TargetSource


_YEAR = regex(r"20\d\d")


def open_or_exit(session: Session, path: str) -> TargetSource:
    """The outline at `path` with its targets; ends the process if they cannot be read."""
    from planwriter.app.target_list import open_targets

    return value_or_exit(open_targets(session, path))


def value_or_exit(source: Result[TargetSource | None]) -> TargetSource:
    """An outline with its targets that was opened; ends the process where it could not be."""
    if source.value is None:
        echo_findings(source.findings, "human", err=True)
        sys.exit(report.exit_code(source.findings) or report.EXIT_ERRORS)
    return source.value


@click.command("list", cls=Command)
@click.argument("outline", metavar="提纲")
@format_option()
def list_targets(outline: str, form: str) -> None:
    """列出提纲的指标：键和名称、数值、基期、分年、责任单位，用在哪几行。

    \b
    例：planwriter targets list 要点.yaml
        planwriter targets list 要点.yaml --format json
    """
    from planwriter.app.target_list import targets_with_uses

    session = Session().at(outline)
    source = open_or_exit(session, outline)
    made = targets_with_uses(session, source)
    if form == "json":
        import json

        click.echo(json.dumps([_record(each) for each in made], ensure_ascii=False, indent=2))
        return
    if not made:
        say("这份提纲没有指标。")
        return
    rows = [("指标", "数值", "基期", "分年", "责任单位", "用在"), *(_row(each, source.plan.path) for each in made)]
    widths = [max(report.width(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        cells = (cell + " " * (width - report.width(cell)) for cell, width in zip(row, widths, strict=True))
        say("  ".join(cells).rstrip())


def _row(each: ListedTarget, outline: str) -> tuple[str, ...]:
    target = each.target
    name = f"{target.key}（{target.name}）" if target.name else target.key
    base = f"{target.baseline[1].value:f}（{target.baseline[0]}）" if target.baseline else ""
    years = " ".join(f"{year}:{figure.value:f}" for year, figure in target.years)
    owner = "、".join(unit.value for unit in target.duty.lead) if target.duty else ""
    lines = dict.fromkeys(str(pos.line) if pos.file == outline else report.place(pos) for pos in each.uses)
    return name, _value(each), base, years, owner, f"第 {'、'.join(lines)} 行" if lines else "没有引用"


def _value(each: ListedTarget) -> str:
    from planwriter.targets.values import FigureView

    target = each.target
    return str(FigureView(target, target.value.value, bound=target.bound)) if target.value else ""


def _record(each: ListedTarget) -> dict[str, object]:
    target = each.target
    return {
        "key": target.key,
        "name": target.title,
        "value": _plain(target.value),
        "unit": target.unit,
        "bound": target.bound,
        "shown": _value(each),
        "baseline": {"year": target.baseline[0], "value": _plain(target.baseline[1])} if target.baseline else None,
        "years": {str(year): _plain(figure) for year, figure in target.years},
        "nature": target.nature,
        "owners": [unit.value for unit in target.duty.lead] if target.duty else [],
        "formula": target.formula.value if target.formula else "",
        "place": report.place(target.origin.pos) if target.origin else "",
        "uses": [report.place(pos) for pos in each.uses],
    }


def _plain(figure: Figure | None) -> str | None:
    """A figure for programs: 12000 for 1.2万."""
    return f"{Decimal(figure.value):f}" if figure else None


@click.command("set", cls=Command)
@click.argument("outline", metavar="提纲")
@click.argument("name", metavar="指标")
@click.argument("assignments", metavar="项=值…", nargs=-1, required=True)
@click.option("--dry-run", is_flag=True, help="只看改什么，不写。")
def set_target(outline: str, name: str, assignments: tuple[str, ...], dry_run: bool) -> None:
    """改一个指标，只动提纲（或工作簿）里的那几个字，别的一个字节也不动；改完列出哪几句话变了。

    项：数值、单位、界限、名称、基期.年份、基期.数值、分年.2027、责任单位、配合单位、时限、性质、依据、公式、备注。
    改了以后提纲读不通的，不写。

    \b
    例：planwriter targets set 要点.yaml 普惠园覆盖率 数值=96 --dry-run
        planwriter targets set 计划.yaml 学前入园率 数值=98 分年.2027=96 分年.2028=98
    """
    from planwriter.app.target_edit import editing, set_values, typed_change, write_edit

    change = typed_change(_parsed(assignments))
    session = Session().at(outline)
    with editing(session, outline) as opened:
        source = value_or_exit(opened)
        key = source.key_of(name)
        stop_on_errors(key.findings)
        assert key.value is not None
        edited = set_values(session, source, {key.value: change})
        if edited.value is None:
            stop_on_errors(edited.findings)
            return
        if not edited.value.values:
            say("和原来一样，没有改。")
            return
        if not dry_run:
            stop_on_errors(write_edit(edited.value, "targets set"))
    show_edit(edited.value)
    say("没有写。" if dry_run else f"已写进 {edited.value.path}。")


def _parsed(assignments: tuple[str, ...]) -> dict[Path, str]:
    """The assigned values by path."""
    from planwriter.app.target_edit import parse_path, path_words
    from planwriter.findings.catalogue import near
    from planwriter.language.figures import TypedFigure, read_figure

    made: dict[Path, str] = {}
    for each in assignments:
        name, equals, value = (each.replace("＝", "=", 1) if "=" not in each else each).partition("=")
        path = parse_path(name.strip())
        if not equals or not value.strip():
            is_figure = not equals and isinstance(read_figure(each), TypedFigure)
            example = f"数值={each}" if is_figure else "数值=96"
            raise click.UsageError(f"“{each}”要写成 项=值，例如 {example}；要删去一项，在提纲里删。")
        if path is None:
            year = name.strip().removesuffix("年")
            meant = f"是不是“分年.{year}”？" if _YEAR.fullmatch(year) else near(name, path_words())
            raise click.UsageError(f"指标里没有“{name}”这一项。{meant}")
        if path in made:
            raise click.UsageError(f"“{name}”写了两次。")
        made[path] = value.strip()
    return made


def show_edit(edited: TargetEdit) -> None:
    """Shows the changed values, the sentences that change with them, and new findings."""
    for key, path, before, after in edited.values:
        say(f"{key}　{path}：{before or '（没有）'} → {after}")
    if edited.sentences:
        say(f"文中变了 {len(edited.sentences)} 处：")
    show_sentences(edited.sentences)
    if edited.findings:
        say("改了以后新出的问题：")
        echo_findings(edited.findings, "human", err=False)
