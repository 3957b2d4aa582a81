"""The command line as click knows it: all commands, their help, and what is said of a wrong use."""

from __future__ import annotations

import click

from planwriter.cli.base import LazyGroup, refusal
from planwriter.cli.show import say, tell_interrupted

_COMMANDS = {
    "new": "planwriter.cli.plan:new",
    "import": "planwriter.cli.importing:import_command",
    "check": "planwriter.cli.plan:check",
    "fix": "planwriter.cli.fix:fix",
    "roll": "planwriter.cli.roll:roll",
    "render": "planwriter.cli.plan:render",
    "status": "planwriter.cli.status:status",
    "watch": "planwriter.cli.watch:watch",
    "undo": "planwriter.cli.journal:undo",
    "log": "planwriter.cli.journal:log",
    "absorb": "planwriter.cli.absorb:absorb",
    "refresh": "planwriter.cli.refresh:refresh",
    "diff": "planwriter.cli.diff:diff",
    "duties": "planwriter.cli.duties:duties",
    "collect": "planwriter.cli.collect:collect",
    "audit": "planwriter.cli.audit:audit",
    "layout": "planwriter.cli.layout:layout",
    "kinds": "planwriter.cli.explain:kinds",
    "targets": "planwriter.cli.targets:targets",
    "tasks": "planwriter.cli.tasks:tasks",
    "clauses": "planwriter.cli.library.find:clauses",
    "library": "planwriter.cli.library:library",
    "explain": "planwriter.cli.explain:explain",
}
_SHORT_HELP = {
    "new": "写出一份带说明的提纲样板",
    "import": "把已有的计划（旧文件、网页上的文字）变成提纲",
    "check": "检查提纲，列出全部问题，不写文件",
    "fix": "改掉提纲里有把握的毛病，原来的留一份",
    "roll": "用去年的提纲写出今年的，改了哪里都列出来",
    "render": "把提纲排成 .docx（或 PDF、网页、Markdown、纯文字、工作簿）",
    "status": "上次生成以后，Word 文件手改了哪几句，提纲改了没有",
    "watch": "看着提纲，每次存盘就检查、再排一遍",
    "undo": "撤销命令对文件的改动",
    "log": "列出提纲什么时候改了哪个指标、哪一块",
    "absorb": "把在 Word、WPS 里手改的收回提纲",
    "refresh": "把提纲里改了的数、日期、名称换进手改过的 .docx",
    "diff": "对照两稿，逐段列出改了什么",
    "duties": "列出各责任单位的任务和指标",
    "collect": "把各单位返回的意见汇成一张表",
    "audit": "对照版式审查任意 .docx，列出不合的地方",
    "layout": "列出版式、与国家标准的不同，照样本写版式",
    "kinds": "列出文种",
    "targets": "指标：列出、修改，用表格填，对标上级，画图",
    "tasks": "把改过的任务分解表写回提纲",
    "clauses": "列出、查找、显示条款",
    "library": "查找、检查、共享条款库",
    "explain": "解释一个问题代码",
}


@click.command(cls=LazyGroup, commands_from=_COMMANDS, short_helps=_SHORT_HELP)
@click.option("--version", is_flag=True, help="显示版本。")
@click.pass_context
def cli(ctx: click.Context, version: bool) -> None:
    """把提纲排成公文：工作要点、三年行动计划、实施方案。

    \b
    例：
      planwriter new 工作要点 --unit 青山县教育局 --region 青山县 --year 2026 -o 要点.yaml
      planwriter check 要点.yaml
      planwriter render 要点.yaml
    """
    if version:
        from planwriter import __version__

        say(f"planwriter {__version__}")
        ctx.exit()


def run(arguments: list[str] | None) -> object:
    """Runs the command line; returns the exit code, or None if all is fine."""
    try:
        return cli.main(args=arguments, prog_name="planwriter", standalone_mode=False)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.Abort:
        return tell_interrupted()
    except click.ClickException as error:
        say(refusal(error), err=True)
        return 2
