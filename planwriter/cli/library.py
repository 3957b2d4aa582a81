"""The group of commands on clause libraries; each family of commands is a module of its own."""

from __future__ import annotations

import click

from planwriter.cli.base import LazyGroup

_COMMANDS = {
    "search": "planwriter.cli.library_find:search",
    "show": "planwriter.cli.library_find:show",
    "add": "planwriter.cli.library_find:add",
    "list": "planwriter.cli.library_share:list_libraries",
}
_SHORT_HELP = {
    "search": "在各个条款库里找条款",
    "show": "显示一个条款：填好的文字、参数、用在哪里",
    "add": "把提纲里的一块做成条款",
    "list": "列出在用的条款库",
}


@click.command(cls=LazyGroup, commands_from=_COMMANDS, short_helps=_SHORT_HELP, invoke_without_command=True)
@click.pass_context
def library(ctx: click.Context) -> None:
    """条款库：查找、检查、共享。

    \b
    例：planwriter library search 师德
        planwriter library show 教师队伍/师德师风
        planwriter library list
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
