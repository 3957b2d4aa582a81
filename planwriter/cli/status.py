"""The command that says what changed in an outline and in its .docx since the last render: status."""

from __future__ import annotations

import json
import sys

import click

from planwriter.app.chosen import outlines_among
from planwriter.app.roundtrip.counts import counts_line, outline_lines
from planwriter.app.roundtrip.returned import outline_of
from planwriter.app.roundtrip.status import ChangedSides, PlanStatus, plan_status, status_values
from planwriter.app.session import Session
from planwriter.cli.base import Command, format_option
from planwriter.cli.edits import SHOWN, show_edits
from planwriter.cli.show import echo, echo_findings, expanded, refuse_other_documents, say
from planwriter.findings import report
from planwriter.findings.finding import Finding
from planwriter.system import files

_OUTLINE_SHOWN = 10
"""So many changes of the outline are shown, which the writer made."""


@click.command(cls=Command)
@click.argument("names", metavar="提纲… [文件.docx]", nargs=-1, required=True)
@click.option("--unit", metavar="单位", default="", help="看的是 render --unit 摘出的那一份。")
@click.option("--all", "everything", is_flag=True, help=f"全部列出来；不写只列前 {SHOWN} 处。")
@format_option()
def status(names: tuple[str, ...], unit: str, everything: bool, form: str) -> None:
    """上次生成以后，Word 文件手改过没有，提纲改过没有：手改了哪几句，在提纲的第几行，一句一句列出来。

    不写 .docx，就看提纲旁边同名的那一份。打开看看、另存一遍不算手改；什么也不写。

    \b
    例：planwriter status 要点.yaml
        planwriter status 要点.yaml 局长改过的.docx
        planwriter status *.yaml
    """
    paths = expanded(names)
    refuse_other_documents(paths)
    given = [each for each in paths if each.lower().endswith(".docx")]
    outlines = [each for each in paths if each not in given]
    if len(given) == 1 and not outlines:
        made_from = outline_of(given[0])
        outlines = [made_from] if made_from is not None else []
    if not outlines or len(given) > 1 or (given and len(outlines) > 1):
        raise click.UsageError(
            "写一份提纲，后面可以再写一个 .docx，例如：planwriter status 要点.yaml 要点.docx；几份提纲时不写 .docx，各看各的。"
        )
    findings: list[Finding] = []
    if len(outlines) > 1:
        chosen = outlines_among(outlines)
        outlines = chosen.value
        echo_findings(chosen.findings, "human", err=True)
    session = Session()
    values = []
    for path in outlines:
        made = plan_status(session.at(path), path, given[0] if given else "", unit)
        echo_findings(made.findings, "human", err=True)
        findings += made.findings
        if made.value is None:
            say(f"{files.shown_path(path)}：看不了。{report.summary(made.findings)}", err=True)
        elif form == "json":
            values.append(status_values(made.value))
        else:
            show_status(made.value, everything=everything)
    if form == "json":
        echo(json.dumps(values, ensure_ascii=False, indent=2))
    sys.exit(report.exit_code(findings))


def show_status(made: PlanStatus, *, everything: bool = False, err: bool = False) -> None:
    """Shows what changed on each side, and what to do next."""
    outline, docx = files.shown_path(made.outline), files.shown_path(made.docx)
    if made.sides is ChangedSides.UNMADE:
        say(f"{docx}：还没有生成。", err=err)
    else:
        say(f"{docx}：{_hand_line(made)}；{outline}：{_outline_line(made)}。", err=err)
    hand, ours = made.hand, made.ours
    if hand is not None and hand.edits:
        if hand.edited.tracked:
            say(f"有 {hand.edited.tracked} 处修订没有接受，下面当作都接受了。", err=err)
        lines = map(made.line_of, hand.edits)
        show_edits(hand.edits, lines, outline, limit=0 if everything else SHOWN, err=err)
    if ours is not None and ours.edits:
        say("提纲改了：", err=err)
        limit = 0 if everything else _OUTLINE_SHOWN
        show_edits(ours.edits, outline_lines(ours), outline, limit=limit, err=err)
    if made.next:
        say("接着做：", err=err)
    for what, command in made.next:
        say(f"  {command}　（{what}）", err=err)


def _hand_line(made: PlanStatus) -> str:
    hand = made.hand
    if hand is None:
        return "没有动过"
    if not hand.edits:
        return f"手改的 {made.taken} 处都已经收回提纲" if made.taken else "存过，没有改"
    return f"手改过，{counts_line(hand)}{f'（另有 {made.taken} 处已经收回提纲）' if made.taken else ''}"


def _outline_line(made: PlanStatus) -> str:
    if made.ours is None:
        return "后来改了什么不清楚"
    return f"后来改过，{counts_line(made.ours)}" if made.ours.edits else "没有改"
