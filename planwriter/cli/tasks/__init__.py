"""The group of commands on tasks; one module for each family of commands."""

from __future__ import annotations

import click

from planwriter.cli.base import LazyGroup

_COMMANDS = {"import": "planwriter.cli.tasks.sheets:import_tasks"}
_SHORT_HELP = {"import": "把在 Excel 里改过的任务分解表写回提纲"}


@click.command(cls=LazyGroup, commands_from=_COMMANDS, short_helps=_SHORT_HELP)
def tasks() -> None:
    """任务：把改过的任务分解表写回提纲。

    \b
    例：planwriter render 要点.yaml --to xlsx
        planwriter tasks import 要点.yaml 要点.xlsx
    """
