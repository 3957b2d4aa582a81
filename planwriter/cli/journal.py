"""The commands on the journal: undo, log."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from planwriter.cli.base import Command, asks, confirm, format_option
from planwriter.cli.show import echo, echo_findings, say, stop_on_errors
from planwriter.findings.finding import has_errors
from planwriter.system import files

if TYPE_CHECKING:
    from planwriter.app.journal.undo import Undo, UndoneFile

_MAX_SHOWN = 60
"""Of so many lines at most is shown how they change."""


@click.command(cls=Command)
@click.argument("file", metavar="[文件]", required=False, default="")
@click.option("--redo", is_flag=True, help="撤销错了，再改回去。")
@click.option("--step", type=click.IntRange(1, 999_999_999), metavar="号", help="撤销哪一步；号见 planwriter log。")
@click.option("-o", "--output", metavar="文件", help="不撤销，把改以前的样子另存一份；和 --step 一起写。")
@click.option("--dry-run", is_flag=True, help="只看要改回什么，不写。")
@click.option("--yes", is_flag=True, help="不问，直接改回去。")
def undo(file: str, redo: bool, step: int | None, output: str | None, dry_run: bool, yes: bool) -> None:
    """撤销命令对文件的最近一次改动：先列出改回哪几行，确认了才写。不写文件，就是这个文件夹（工作区）里最近的一次。

    能撤销的：targets set、targets import、absorb、refresh、collect --accept、fix、tasks import、import --into、roll、library add、install、update、remove、review。

    一条命令改了几个文件的，一起撤销；再撤销一次，就是再早的一步。那以后文件又改过的，不动。

    \b
    例：planwriter undo 要点.yaml
        planwriter undo 要点.yaml --redo
    """
    from planwriter.app.journal.undo import plan_undo, save_old, write_undo
    from planwriter.system.workspace import home_of

    home = home_of(file or os.path.join(files.current_folder(), "planwriter.yaml"))
    if output is not None:
        if not (file and step):
            raise click.UsageError("-o 和文件、--step 一起写，例如 planwriter undo 要点.yaml --step 3 -o 原来的.yaml。")
        stop_on_errors(save_old(home, file, step, output))
        say(f"改以前的样子另存为 {output}。")
        return
    made = plan_undo(home, file, redo=redo, step=step or 0)
    if made.value is None:
        stop_on_errors(made.findings)
        return
    echo_findings(made.findings, "human", err=True)
    _show_undo(made.value)
    if dry_run or (not yes and not (asks() and confirm("改回去吗"))):
        say("没有写。" if dry_run else "没有写。看过了要改回去，加 --yes。")
        return
    stop_on_errors(write_undo(made.value))
    back = typed_undo(file, redo=not made.value.redo)
    say(f"已改回去：{'、'.join(files.shown_path(each.path) for each in _told_files(made.value))}。改主意了：{back}")


def typed_undo(file: str, *, redo: bool) -> str:
    """The command that takes back what was just done."""
    from planwriter.findings.catalogue import typed

    words = [files.shown_path(file)] if file else []
    return typed("planwriter", "undo", *words, *(["--redo"] if redo else []))


def _told_files(made: Undo) -> list[UndoneFile]:
    """The files of an undo that a writer knows; the packages of libraries are the program's own."""
    own = [each for each in made.files if not each.path.endswith(".pwlib")]
    return own or [*made.files]


def _show_undo(made: Undo) -> None:
    """Shows which run of which command is taken back, and how each file changes."""
    from planwriter.app.journal.journal import local_time

    what = "重做" if made.redo else "撤销"
    say(f"{what}第 {made.step} 步：{local_time(made.at)}　{made.command}")
    for word in made.told:
        say(f"  {word}")
    shown = 0
    for each in _told_files(made):
        shown = _show_file(each, shown)


def _show_file(each: UndoneFile, shown: int) -> int:
    """Shows how one file changes; returns how many lines are shown so far."""
    from planwriter.app.journal.undo import changed_lines

    name = files.shown_path(each.path)
    if each.then is None or each.now is None:
        say(f"{name}：{'那时还没有这个文件，删去' if each.then is None else '重新写出来'}")
        return shown
    lines = changed_lines(each.now, each.then)
    if lines is None:
        say(f"{name}：整个文件换回去")
        return shown
    left = 0
    for place in lines:
        if shown >= _MAX_SHOWN:
            left += max(len(place.now), len(place.then))
            continue
        say(f"{name}:{place.number}")
        for mark, texts in (("-", place.now), ("+", place.then)):
            for text in texts[: _MAX_SHOWN - shown + 1]:
                say(f"  {mark} {text}")
        shown += len(place.now) + len(place.then)
    if left:
        say(f"{name}：还有 {left} 行也改回去，没有列出来")
    return shown


@click.command(cls=Command)
@click.argument("outline", metavar="提纲")
@format_option()
@click.option("--all", "everything", is_flag=True, help="从头列起；不写只列最近 30 条。")
def log(outline: str, form: str, everything: bool) -> None:
    """列出提纲的流水：什么时候，哪条命令，改了哪个指标、哪一块，什么时候排过。

    自己在编辑器里改的，没有记时间，列在两步之间，标“手改”。号可以用来撤销：planwriter undo 提纲 --step 号。

    \b
    例：planwriter log 要点.yaml
        planwriter log 要点.yaml --format json
    """
    from planwriter.app.history import NEWEST, history, history_json
    from planwriter.app.session import Session

    made = history(Session().at(outline), outline, newest=0 if everything else NEWEST)
    echo_findings(made.findings, "human", err=True)
    if has_errors(made.findings):
        sys.exit(1)
    if form == "json":
        echo(history_json(made.value), nl=False)
        return
    from planwriter.app.journal.journal import local_time

    if not made.value:
        say("流水里没有它：还没有用命令改过，也没有排成 Word 文件。")
    for each in made.value:
        undone = f"，撤销第 {each.undoes} 步" if each.undoes else ""
        number = f"（第 {each.step} 步{undone}）" if each.step else ""
        when = local_time(each.at) if each.at else "其后"
        say(f"{when}　{each.command}{number}{f'　{each.file}' if each.file else ''}")
        for line in each.lines:
            say(f"  {line}")
