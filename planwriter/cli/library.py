"""The group of commands on clause libraries; each family of commands is a module of its own."""

from __future__ import annotations

import click

from planwriter.cli.base import LazyGroup

_COMMANDS = {
    "check": "planwriter.cli.library_quality:check",
    "list": "planwriter.cli.library_share:list_libraries",
}
_SHORT_HELP = {
    "check": "检查条款库：参数、示例、地名、引用、重复、有效期",
    "list": "列出在用的条款库",
}


@click.command(cls=LazyGroup, commands_from=_COMMANDS, short_helps=_SHORT_HELP, invoke_without_command=True)
@click.pass_context
def library(ctx: click.Context) -> None:
    """条款库：查找、检查、共享。

    \b
    例：planwriter library list
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
