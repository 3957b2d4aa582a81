"""Shows what the accepted opinions of a table change in an outline, and writes that: `collect --accept`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from planwriter.app.session import Session
from planwriter.cli.base import asks, confirm
from planwriter.cli.show import echo_findings, say, stop_on_errors
from planwriter.findings.catalogue import finding, typed
from planwriter.findings.finding import Pos
from planwriter.system import files

if TYPE_CHECKING:
    from planwriter.app.roundtrip.absorb_choices import Numbers
    from planwriter.app.roundtrip.accept import Acceptance
    from planwriter.compare.opinions.opinion_table import FilledRow

_LONGEST = 60


def accept_opinions(outline: str, table: str, numbers: Numbers, *, dry_run: bool, yes: bool) -> None:
    """Takes the accepted rows of a table into an outline, after they were shown; ends the process."""
    from planwriter.app.roundtrip.accept import plan_acceptance, write_acceptance

    made = plan_acceptance(Session().at(outline), outline, table, numbers)
    if made.value is None:
        stop_on_errors(made.findings)
        return
    echo_findings(made.findings, "human", err=True)
    accepted = made.value
    _show(accepted, table)
    code = 1 if accepted.left else 0
    plan = accepted.plan
    if plan is None or plan.after == plan.before:
        say(f"{outline} 没有改。" if accepted.left else f"{outline} 不用改。")
    elif dry_run or not (yes or (asks() and confirm(f"写进 {outline} 吗"))):
        say("没有写。" if dry_run else "没有写。看过了要写，加 --yes。")
    else:
        stop_on_errors(write_acceptance(accepted, table))
        say(f"已写进 {outline}。再排一遍：{typed('planwriter', 'render', outline)}")
    sys.exit(code)


def _show(accepted: Acceptance, table: str) -> None:
    """What is taken, what is not, and what is left to people."""
    for row in accepted.done:
        say(f"第 {row.at} 行　{_place(row)}：{_short(row.said)}")
    if accepted.plan is not None:
        for each in accepted.plan.set_figures:
            figure = each.figure
            say(f"改指标　{figure.target}：{figure.before} → {figure.after}")
            for one in each.sentences:
                if one.after and figure.after in one.after:
                    say(f"    跟着变：{_short(one.after)}")
        if accepted.plan.absorbed.findings:
            say("写进去以后新出的问题：")
            echo_findings(accepted.plan.absorbed.findings, "human", err=False)
    shown = files.shown_path(table)
    echo_findings(
        [
            finding(
                "PW815",
                Pos(shown, each.row.at),
                row=each.row.at,
                unit=each.row.units,
                clause=each.row.clause,
                reason=each.reason,
            )
            for each in accepted.left
        ],
        "human",
        err=True,
    )
    for row in accepted.by_hand:
        what = "部分采纳" if row.typed != "采纳" else "批注"
        say(f"自己改　第 {row.at} 行（{what}）　{_place(row)}：{_short(row.said)}")
    parts = [f"写进提纲 {len(accepted.done)} 行"]
    for count, what in (
        (len(accepted.already), "提纲里已经有的"),
        (len(accepted.left), "没有写进去的"),
        (len(accepted.by_hand), "要自己改的"),
        (accepted.refused, "不采纳的"),
        (accepted.open, "还没有定的"),
    ):
        if count:
            parts.append(f"{what} {count} 行")
    say("，".join(parts) + "。")


def _place(row: FilledRow) -> str:
    return "，".join(each for each in (row.units, row.clause) if each)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[:_LONGEST]}…"
