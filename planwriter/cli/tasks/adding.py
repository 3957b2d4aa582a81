"""Shows the tasks that a workbook adds to an outline, and writes them."""

from __future__ import annotations

from planwriter.app.session import Session
from planwriter.cli.base import asks, confirm
from planwriter.cli.show import echo_findings, say, stop_on_errors
from planwriter.system.lock import locked


def add_to_outline(sheet: str, outline: str, chapter: str, *, yes: bool, dry_run: bool = False) -> None:
    """Puts the tasks of a workbook under a 章 of an outline, after they were shown."""
    from planwriter.app.import_tasks import add_tasks, write_addition

    made = add_tasks(Session().at(outline), outline, sheet, chapter)
    if made.value is None:
        stop_on_errors(made.findings)
        return
    echo_findings(made.findings, "human", err=True)
    addition = made.value
    say(f"“{addition.chapter}”这一章的末尾添上 {addition.tasks} 项任务：")
    for line in addition.lines:
        say(f"＋ {line}")
    if addition.findings:
        say("放进去以后新出的问题：")
        echo_findings(addition.findings, "human", err=False)
    if dry_run or (not yes and not (asks() and confirm(f"写进 {outline} 吗"))):
        say("没有写。" if dry_run else "没有写。看过了要写，加 --yes。")
        return
    with locked(outline) as failed:
        stop_on_errors([failed] if failed else write_addition(addition))
    say(f"已写进 {outline}。")
