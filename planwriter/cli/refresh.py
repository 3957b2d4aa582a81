"""The command that brings the values of an outline into a .docx that was edited by hand: refresh."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from planwriter.cli.base import Command
from planwriter.cli.show import echo_findings, end_with, refuse_other_documents, say, stop_on_errors
from planwriter.findings import report
from planwriter.system import files

if TYPE_CHECKING:
    from planwriter.compare.tracked.refresh import Refreshed

_MAX_SHOWN = 100


@click.command(cls=Command)
@click.argument("outline", metavar="提纲")
@click.argument("docx", metavar="[文件]", required=False)
@click.option("--plain", is_flag=True, help="直接改，不留修订。")
@click.option("--dry-run", is_flag=True, help="只看要换哪几个数，不写。")
@click.option("-o", "--output", metavar="文件", help="写到另一个 .docx。不写就写回原来的文件，能用 undo 撤销。")
@click.option("--force", is_flag=True, help="-o 的文件已经有了，也覆盖（先留一份）。")
def refresh(outline: str, docx: str | None, plain: bool, dry_run: bool, output: str | None, force: bool) -> None:
    """把提纲里改了的数、日期、名称换进手改过的 .docx，别的一个字不动。印之前的晚上用。

    只换填进去的：{{ }} 里的指标和算式、责任单位和时限、发文机关、文号、日期，表格里的也换。手改的话、手设的格式都不动。
    换的地方写成修订，修改人是 planwriter；加 --plain 直接改。

    手改成别的数的不换，列出来；找不到的也列出来。提纲里改了的别的话不会进去，要用 absorb 收回手改，再重新生成。

    \b
    例：planwriter refresh 要点.yaml --dry-run
        planwriter refresh 要点.yaml 局长改过的.docx
        planwriter refresh 要点.yaml 要点.docx --plain -o 要点（付印）.docx
    """
    from planwriter.app.roundtrip.refresh import plan_refresh, write_refreshed
    from planwriter.app.session import Session

    if docx and outline.lower().endswith(".docx") and docx.lower().endswith((".yaml", ".yml")):
        outline, docx = docx, outline
    refuse_other_documents((outline, docx or ""))
    path = docx or os.path.splitext(outline)[0] + ".docx"
    made = plan_refresh(Session().at(outline), outline, path, plain=plain)
    if made.value is None:
        end_with(made.findings)
    plan = made.value
    _show(plan.refreshed, plain=plain)
    echo_findings(made.findings, "human", err=True)
    findings = made.findings
    target = files.shown_path(output or path)
    if dry_run:
        say("没有写。")
    elif plan.after == plan.before and output is None:
        say(f"{target} 不用改。")
    else:
        written = write_refreshed(plan, output or "", force=force)
        stop_on_errors(written.findings)
        beside = f"；原来的留在 {files.shown_path(written.value)}" if written.value else ""
        from planwriter.findings.catalogue import typed

        undone = "" if output or beside else f"；不满意：{typed('planwriter', 'undo', target)}"
        say(f"已写进 {target}{beside}{undone}。")
        findings = (*findings, *written.findings)
    sys.exit(report.exit_code(findings))


def _show(refreshed: Refreshed, *, plain: bool) -> None:
    """Shows what is changed, and counts what is not."""
    from planwriter.compare.tracked.refresh import RefreshState

    done = [each for each in refreshed.values if each.state is RefreshState.DONE]
    for each in done[:_MAX_SHOWN]:
        say(f"{each.where}：{each.old.strip() or '（空）'} → {each.new.strip() or '（空）'}")
    if len(done) > _MAX_SHOWN:
        say(f"……还有 {len(done) - _MAX_SHOWN} 处")
    said = [f"换 {len(done)} 处{'' if plain or not done else '（修订）'}"]
    for state, words in (
        (RefreshState.SAME, "文件里已经是新的"),
        (RefreshState.HAND, "手改过、没有动的"),
        (RefreshState.LOST, "没找到的"),
        (RefreshState.UNWRITTEN, "写不进去的"),
    ):
        count = refreshed.count(state)
        if count:
            said.append(f"{words} {count} 处")
    others = f"提纲另有 {refreshed.others} 段别的改动，没有换进去。" if refreshed.others else ""
    say(f"{'，'.join(said)}。{others}")
