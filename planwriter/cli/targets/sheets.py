"""The commands that exchange targets with sheets: export, import."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from planwriter.app.session import Session
from planwriter.cli.base import Command, asks, confirm
from planwriter.cli.show import echo_findings, say, stop_on_errors
from planwriter.cli.targets.values import open_or_exit, show_edit, value_or_exit
from planwriter.findings.catalogue import finding, typed
from planwriter.findings.finding import Pos
from planwriter.sheets.sheet import ENDINGS
from planwriter.system.lock import locked

if TYPE_CHECKING:
    from planwriter.app.target_edit import TargetEdit
    from planwriter.app.target_list import TargetSource

_COMMAND = "targets import"


@click.command("export", cls=Command)
@click.argument("outline", metavar="提纲")
@click.option("-o", "--output", metavar="文件", help="写到哪个 .xlsx 或 .csv；不写就在提纲旁边，叫 提纲名-指标.xlsx。")
@click.option(
    "--encoding",
    type=click.Choice(["utf-8", "gb18030"]),
    default="utf-8",
    help=".csv 的编码；老版本的 Excel 用 gb18030。",
)
@click.option("--force", is_flag=True, help="文件已经有了也覆盖。")
def export_targets(outline: str, output: str | None, encoding: str, force: bool) -> None:
    """把指标写成一张表给人填：一行一个指标，各年一列，界限、性质下拉选。

    \b
    例：planwriter targets export 计划.yaml
        planwriter targets export 计划.yaml -o 指标.csv --encoding gb18030
    """
    from planwriter.app.outputs import refuse_existing, write_output
    from planwriter.app.target_list import plan_years, target_errors
    from planwriter.targets.form import export_csv, export_xlsx

    path = output or f"{os.path.splitext(outline)[0]}-指标.xlsx"
    if not path.lower().endswith((".xlsx", ".csv")):
        raise click.UsageError(f"-o 后面的文件名要以 .xlsx 或 .csv 结尾，这里是“{path}”。")
    session = Session().at(outline)
    source = open_or_exit(session, outline)
    stop_on_errors(target_errors(source))
    years = plan_years(source)
    if path.lower().endswith(".csv"):
        data = export_csv(source.targets, years, gb18030=encoding == "gb18030")
    else:
        data = export_xlsx(source.targets, years)
    if any(
        os.path.exists(each) and os.path.exists(path) and os.path.samefile(each, path)
        for each in (source.path, source.book_path)
    ):
        stop_on_errors([finding("PW804", Pos(path))])
    stop_on_errors(write_output(path, data, refuse_existing(path, data), force=force))
    command = typed("planwriter", "targets", "import", path, outline)
    say(f"已写出 {path}，{len(source.targets.entries)} 个指标。填好以后：{command}")


@click.command("import", cls=Command)
@click.argument("sheet", metavar="表.xlsx")
@click.argument("outline", metavar="提纲")
@click.option("--dry-run", is_flag=True, help="只看改什么，不写。")
@click.option("--yes", is_flag=True, help="不问，直接写。")
def import_targets(sheet: str, outline: str, dry_run: bool, yes: bool) -> None:
    """把填好的表写回提纲：先列出改什么、哪几句话跟着变，确认了才写；只动变了的那几个字。

    表里没有的指标、空着的格子，提纲里的照旧；表里新添的一行，提纲里添一个指标。

    \b
    例：planwriter targets import 指标.xlsx 计划.yaml --dry-run
        planwriter targets import 指标.xlsx 计划.yaml
    """
    from planwriter.app.target_edit import editing, write_edit

    if outline.lower().endswith(ENDINGS) and not sheet.lower().endswith(ENDINGS):
        sheet, outline = outline, sheet
    session = Session().at(outline)
    if dry_run:
        if _import(session, open_or_exit(session, outline), sheet):
            say("没有写。")
        return
    if yes:
        with editing(session, outline) as opened:
            edited = _import(session, value_or_exit(opened), sheet)
            stop_on_errors(write_edit(edited, _COMMAND) if edited else [])
    else:  # nobody is kept waiting while somebody thinks; what has changed meanwhile is refused by `write_edit`
        edited = _import(session, open_or_exit(session, outline), sheet)
        if edited and not (asks() and confirm(f"写进 {edited.path} 吗")):
            say("没有写。看过了要写，加 --yes。")
            return
        if edited:
            with locked(edited.path) as failed:
                stop_on_errors([failed] if failed else write_edit(edited, _COMMAND))
    if edited:
        say(f"已写进 {edited.path}。")


def _import(session: Session, source: TargetSource, sheet: str) -> TargetEdit | None:
    """What a sheet changes in an outline, after it was shown; None if it is nothing. Ends the process if it must not be."""
    from planwriter.app.target_edit import import_changes, matched, read_sheet, set_values

    if source.book is not None:
        advice = f"直接改 {source.book_path}；或者用 planwriter targets set 改一个数。"
        stop_on_errors(
            [finding("PW424", Pos(source.plan.path), name="……", reason="这份提纲的指标取自工作簿", advice=advice)]
        )
    read = read_sheet(sheet, source.plan.outline.years[0] if source.plan.outline else 0)
    stop_on_errors(read.findings)
    assert read.value is not None
    values = matched(source, read.value)
    changes = import_changes(source, values)
    echo_findings(changes.findings, "human", err=True)
    edited = set_values(session, source, changes.value, values)
    if edited.value is None:
        stop_on_errors(edited.findings)
        return None
    if not edited.value.values:
        say("表里的和提纲里的一样，没有改。")
        return None
    show_edit(edited.value)
    return edited.value
