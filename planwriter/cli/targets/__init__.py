"""The group of commands on targets; one module for each family of commands."""

from __future__ import annotations

import click

from planwriter.cli.base import LazyGroup

_COMMANDS = {
    "list": "planwriter.cli.targets.values:list_targets",
    "set": "planwriter.cli.targets.values:set_target",
    "export": "planwriter.cli.targets.sheets:export_targets",
    "import": "planwriter.cli.targets.sheets:import_targets",
    "align": "planwriter.cli.targets.align:align",
    "chart": "planwriter.cli.targets.chart:chart",
}
_SHORT_HELP = {
    "list": "列出指标：数值、分年、责任单位，用在哪里",
    "set": "改一个指标，只动提纲（或工作簿）里的那几个字",
    "export": "把指标写成一张表，给人填",
    "import": "把填好的表写回提纲",
    "align": "与上级的指标对照：接了哪些，缺哪些，哪些弱了",
    "chart": "把指标画成图（.svg 或 .png）",
}


@click.command(cls=LazyGroup, commands_from=_COMMANDS, short_helps=_SHORT_HELP)
def targets() -> None:
    """指标：列出、修改，用表格填，对标上级，画图。

    \b
    例：planwriter targets list 要点.yaml
        planwriter targets set 要点.yaml 普惠园覆盖率 数值=96
    """
