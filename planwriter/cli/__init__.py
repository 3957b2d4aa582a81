"""The command line: parses arguments, calls `app`, shows the results. It contains no rules."""

from __future__ import annotations

import sys

import click

from planwriter.cli.base import LazyGroup, refusal, say
from planwriter.system import interrupts
from planwriter.system.streams import NoStream

_COMMANDS = {
    "new": "planwriter.cli.plan:new",
    "check": "planwriter.cli.plan:check",
    "fix": "planwriter.cli.fix:fix",
    "render": "planwriter.cli.plan:render",
    "duties": "planwriter.cli.duties:duties",
    "audit": "planwriter.cli.audit:audit",
    "layout": "planwriter.cli.layout:layout",
    "kinds": "planwriter.cli.explain:kinds",
    "targets": "planwriter.cli.targets:targets",
    "clauses": "planwriter.cli.library.find:clauses",
    "library": "planwriter.cli.library:library",
    "explain": "planwriter.cli.explain:explain",
}
_SHORT_HELP = {
    "new": "写出一份带说明的提纲样板",
    "check": "检查提纲，列出全部问题，不写文件",
    "fix": "改掉提纲里有把握的毛病，原来的留一份",
    "render": "把提纲排成 .docx（或 PDF、网页、Markdown、纯文字、工作簿）",
    "duties": "列出各责任单位的任务和指标",
    "audit": "对照版式审查任意 .docx，列出不合的地方",
    "layout": "列出版式、与国家标准的不同，照样本写版式",
    "kinds": "列出文种",
    "targets": "指标：列出、修改，用表格填，对标上级，画图",
    "clauses": "列出、查找、显示条款",
    "library": "查找、检查、共享条款库",
    "explain": "解释一个问题代码",
}


@click.command(cls=LazyGroup, commands_from=_COMMANDS, short_helps=_SHORT_HELP, invoke_without_command=True)
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
    elif ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def main(arguments: list[str] | None = None) -> None:
    """Runs the command line and ends the process with its exit code.

    0: fine; 1: errors; 2: wrong usage; 3: warnings, with --strict; 4: cannot read or write; 5: an error in planwriter.
    """
    _ready_streams()
    try:
        code = cli.main(args=arguments, prog_name="planwriter", standalone_mode=False)
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except click.Abort:
        code = _interrupted()
    except click.ClickException as error:
        say(refusal(error), err=True)
        code = 2
    except OSError as error:
        from planwriter.system.reasons import reason_of

        say(f"读写出错：{reason_of(error)}。", err=True)
        code = 4
    except (MemoryError, RecursionError):
        code = _too_much(sys.argv[1:] if arguments is None else arguments)
    except Exception as error:  # a library may have taken an interrupt for an error of its own
        code = _interrupted() if interrupts.heard() else _our_fault(error)
    sys.exit(code if isinstance(code, int) else 0)


def _ready_streams() -> None:
    """Puts something in the place of standard streams that are not there or closed, and lets no character fail on the rest."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None or stream.closed:
            setattr(sys, name, NoStream())
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    if sys.stdin is not None and sys.stdin.closed:
        sys.stdin = None


def _interrupted() -> int:
    say("已中断。", err=True)
    return interrupts.EXIT_CODE


def _too_much(arguments: list[str]) -> int:
    """Shows that the files are too much for this program and this machine; returns the exit code."""
    import gc
    import os

    gc.collect()  # what the command held is free now
    from planwriter.findings.catalogue import finding
    from planwriter.findings.finding import Pos
    from planwriter.findings.report import EXIT_ERRORS, format_human

    named = next((each for each in arguments if os.path.isfile(each)), "planwriter")
    click.echo(format_human([finding("PW125", Pos(named))]), err=True, nl=False)
    return EXIT_ERRORS


def _our_fault(error: Exception) -> int:
    """Shows an internal error as one finding with the last place in planwriter's code, for a bug report."""
    import traceback

    from planwriter.findings.catalogue import finding
    from planwriter.findings.finding import Pos
    from planwriter.findings.report import format_human

    frames = traceback.extract_tb(error.__traceback__)
    where = next((f"{frame.name}:{frame.lineno}" for frame in reversed(frames) if "planwriter" in frame.filename), "?")
    what = f"{type(error).__name__}（{where}）{str(error)[:200]}"
    click.echo(format_human([finding("PW901", Pos("planwriter"), what=what)]), err=True, nl=False)
    return 5
