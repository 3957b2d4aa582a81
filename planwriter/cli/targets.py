"""The group of commands on targets; each family of commands is a module of its own."""

from __future__ import annotations

import click

from planwriter.cli.base import LazyGroup

_COMMANDS = {
    "align": "planwriter.cli.targets_align:align",
    "chart": "planwriter.cli.targets_chart:chart",
}
_SHORT_HELP = {
    "align": "与上级的指标对照：接了哪些，缺哪些，哪些弱了",
    "chart": "把指标画成图（.svg 或 .png）",
}


@click.command(cls=LazyGroup, commands_from=_COMMANDS, short_helps=_SHORT_HELP, invoke_without_command=True)
@click.pass_context
def targets(ctx: click.Context) -> None:
    """指标：对标上级、画图。

    \b
    例：planwriter targets align 要点.yaml --to 市局2026.yaml
        planwriter targets chart 要点.yaml -o 走势.png
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
