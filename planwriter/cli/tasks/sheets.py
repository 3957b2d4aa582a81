"""The command that takes an edited 任务分解表 in again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from planwriter.app.session import Session
from planwriter.cli.base import Command, asks, confirm
from planwriter.cli.show import echo_findings, say, stop_on_errors
from planwriter.sheets.sheet import ENDINGS
from planwriter.system.lock import locked

if TYPE_CHECKING:
    from planwriter.app.task_edit.take_in import TaskEdit


@click.command("import", cls=Command)
@click.argument("outline", metavar="提纲")
@click.argument("sheet", metavar="表.xlsx")
@click.option("--dry-run", is_flag=True, help="只看改什么，不写。")
@click.option("--yes", is_flag=True, help="不问，直接写。")
def import_tasks(outline: str, sheet: str, dry_run: bool, yes: bool) -> None:
    """把在 Excel 或 WPS 里改过的任务分解表写回提纲：先列出改什么，确认了才写；只动变了的那几个字。

    表是 planwriter render 提纲 --to xlsx 写出来的；文字、责任单位、完成时限可以改，行可以加、可以删。
    来自条款的话、由指标算出来的数、分不清是哪一行的，列出来，不改。

    \b
    例：planwriter render 要点.yaml --to xlsx
        planwriter tasks import 要点.yaml 要点.xlsx
    """
    from planwriter.app.task_edit.take_in import import_tasks as read_edit
    from planwriter.app.task_edit.take_in import write_edit

    if outline.lower().endswith(ENDINGS) and not sheet.lower().endswith(ENDINGS):
        outline, sheet = sheet, outline
    made = read_edit(Session().at(outline), outline, sheet)
    if made.value is None:
        stop_on_errors(made.findings)
        return
    echo_findings(made.findings, "human", err=True)
    edited = made.value
    show_edit(edited)
    if edited.after == edited.before:
        say("没有要写的改动。" if made.findings else "表里的和提纲里的一样，没有改。")
        return
    if dry_run or (not yes and not (asks() and confirm(f"写进 {outline} 吗"))):
        say("没有写。" if dry_run else "没有写。看过了要写，加 --yes。")
        return
    with locked(outline) as failed:
        stop_on_errors([failed] if failed else write_edit(edited))
    say(f"已写进 {outline}。")


def show_edit(edited: TaskEdit) -> None:
    """Shows how the rows were matched, and what changes."""
    matched = "，".join(
        f"{how}相同 {count} 行" if how in _SAME else f"按{how} {count} 行" for how, count in edited.matched.items()
    )
    if matched:
        say(f"对行：{matched}。")
    for cell, number, how in edited.loose:
        say(f"  {cell} 按{how}对上原来的第 {number} 项")
    for each in edited.changes:
        if each.what == "新增":
            say(f"新增：{each.after}")
        elif each.what == "删去":
            say(f"删去第 {each.number} 项：{each.before}")
        else:
            say(f"第 {each.number} 项　{each.what}：" if each.number else f"{each.what}：")
            say(f"  － {each.before or '（没有）'}")
            say(f"  ＋ {each.after or '（没有）'}")
    if edited.findings:
        say("改了以后新出的问题：")
        echo_findings(edited.findings, "human", err=False)


_SAME = ("内容", "标题")
