"""The command that compares a plan's targets with those of the superior plan."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from planwriter.app import plans
from planwriter.app.linked import open_superior, read_superior
from planwriter.app.session import Session
from planwriter.cli.base import Command, format_option
from planwriter.cli.show import say, stop_on_errors
from planwriter.findings import report
from planwriter.findings.finding import Result
from planwriter.model import Outline, Target
from planwriter.targets.align import DIFFERENT, MISSING, UNIT, WEAKER, Alignment, folded, shown


@click.command(cls=Command)
@click.argument("outline", metavar="提纲")
@click.option("--to", "superior", metavar="上级.yaml", help="上级的提纲；不写就用提纲里的“上级文件”。")
@click.option("--strict", is_flag=True, help="有缺少或更弱的，退出码为 1。")
@format_option()
def align(outline: str, superior: str | None, strict: bool, form: str) -> None:
    """与上级的指标对照：接了哪些，缺哪些，哪些弱了，占全市的多少。

    \b
    例：planwriter targets align 要点.yaml
        planwriter targets align 要点.yaml --to 市局2026.yaml --strict
    """
    from planwriter.targets.align import align_targets

    session = Session().at(outline)
    plan = plans.plan_file(session, outline)
    if plan.outline is None:
        stop_on_errors(plan.findings)
        sys.exit(report.EXIT_ERRORS)
    above = _superior(session, plan.outline, outline, superior)
    if above.value is None:
        click.echo(report.format_human(above.findings), err=True)
        sys.exit(report.EXIT_DISK)
    rows = align_targets(plan.outline, above.value)
    if form == "json":
        click.echo(_json(rows), nl=False)
    else:
        say(_human(rows, above.value.unit or above.value.region.name), nl=False)
    sys.exit(report.EXIT_ERRORS if strict and any(row.state in (MISSING, WEAKER) for row in rows) else report.EXIT_FINE)


def _superior(session: Session, plan: Outline, path: str, named: str | None) -> Result[Outline | None]:
    if named is not None:
        return read_superior(session, named)
    if plan.superior is None:
        raise click.UsageError("提纲里没有“上级文件”，请写 --to 上级.yaml。")
    return open_superior(session, plan, os.path.dirname(path))


# for people


def _human(rows: Sequence[Alignment], above: str) -> str:
    if not rows:
        return f"{above}的提纲里没有指标。\n"
    heads = ("上级的指标", "性质", "上级", "本级", "结果", "占比", "说明")
    cells = [heads, *(_cells(row) for row in rows)]
    kept = [at for at in range(len(heads)) if any(line[at] for line in cells[1:])]
    widths = {at: max(report.width(line[at]) for line in cells) for at in kept}
    lines = [
        "  ".join(line[at] + " " * (widths[at] - report.width(line[at])) for at in kept).rstrip() for line in cells
    ]
    counts = {state: sum(row.state == state for row in rows) for state in dict.fromkeys(row.state for row in rows)}
    return "\n".join(
        (
            *lines,
            "",
            f"上级 {len(rows)} 个：" + "、".join(f"{state} {count}" for state, count in counts.items()) + "。",
            "",
        )
    )


def _cells(row: Alignment) -> tuple[str, ...]:
    share = f"{row.share}%" if row.share is not None else ""
    own = shown(row.own) if row.own else ""
    return row.above.title, row.above.nature, shown(row.above), own, row.state, share, _note(row)


def _note(row: Alignment) -> str:
    """Near matches, different units or names, and steps that are weaker or different."""
    if row.own is None:
        return f"可能是{_quoted(row.near)}" if row.near else ""
    notes = [f"本级叫“{row.own.title}”"] if folded(row.own.title) != folded(row.above.title) else []
    if row.state == UNIT:
        notes.append(f"“{row.own.unit}”和“{row.above.unit}”不能换算")
    for point in row.points if row.state in (WEAKER, DIFFERENT) else ():
        if point.label != "目标值":
            notes.append(f"{point.label} {shown(row.own, point.own.value)}，上级{shown(row.above, point.above)}")
    return "；".join(notes)


def _quoted(targets: Sequence[Target]) -> str:
    return "".join(f"“{target.title}”" for target in targets)


# for programs


def _json(rows: Sequence[Alignment]) -> str:
    import json

    return json.dumps([_record(row) for row in rows], ensure_ascii=False, indent=2) + "\n"


def _record(row: Alignment) -> dict[str, object]:
    """A row as JSON values: figures are texts, as typed; `value` is this plan's, in the unit of the superior plan."""
    return {
        "name": row.above.title,
        "nature": row.above.nature,
        "state": row.state,
        "superior": shown(row.above),
        "own": {"key": row.own.key, "name": row.own.title, "shown": shown(row.own)} if row.own else None,
        "share": str(row.share) if row.share is not None else None,
        "points": [
            {"of": each.label, "value": f"{each.value.normalize():f}", "superior": f"{each.above:f}"}
            for each in row.points
        ],
        "near": [target.title for target in row.near],
    }
