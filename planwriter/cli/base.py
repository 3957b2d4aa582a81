"""Click in Chinese (help and usage errors), and groups that import a command only when it is called."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

from planwriter.cli.show import WrongUse, with_pointer
from planwriter.start.patterns import re, regex


class Command(click.Command):
    """A command with its help in Chinese; a WrongUse raised in it is a usage error of it."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except WrongUse as wrong:
            raise click.UsageError(str(wrong), ctx) from None

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx  # click forgets it for an option without its value
            raise

    def get_help_option_names(self, ctx: click.Context) -> list[str]:
        return ["-h", "--help"]

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), "用法：")

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return [piece.replace("[OPTIONS]", "[选项]") for piece in super().collect_usage_pieces(ctx)]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        records = (option.get_help_record(ctx) for option in options)
        write_table(formatter, "选项", [(record[0], _in_chinese(record[1])) for record in records if record])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示这份说明。"
        return option


_EXTRA = regex(r"。?  \[([^\]]*)\]$")
_RANGE = regex(r"(\d+)<=x<=(\d+)")


def _in_chinese(told: str) -> str:
    """The help of an option, with the additions of click (required, a range) translated into Chinese."""
    extra = _EXTRA.search(told)
    if extra is None:
        return told
    words = _RANGE.sub(r"\1 到 \2", extra[1].replace("required", "必写")).replace("; ", "，")
    return f"{told[: extra.start()]}（{words}）。"


def write_table(formatter: click.HelpFormatter, heading: str, rows: list[tuple[str, str]]) -> None:
    """Writes two columns below a heading; unlike click, counts a Chinese character as two columns of the terminal."""
    from planwriter.findings.report import width

    widest = max(width(name) for name, _ in rows)
    formatter.write_paragraph()
    formatter.write(f"{heading}：\n")
    for name, told in rows:
        formatter.write(f"  {name}{' ' * (widest - width(name))}  {told}\n")


class LazyGroup(Command, click.Group):
    """A group that imports a command's module when the command is called, and lists commands without importing them.

    Without a command it shows its help.
    """

    def __init__(self, *args: Any, commands_from: dict[str, str], short_helps: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "invoke_without_command": True})
        self.commands_from = commands_from
        self.short_helps = short_helps

    def invoke(self, ctx: click.Context) -> Any:
        made = super().invoke(ctx)
        if ctx.invoked_subcommand is None:
            click.echo(ctx.get_help())
        return made

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands_from)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.commands_from:
            return None
        module, name = self.commands_from[cmd_name].split(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return ["[选项]", "命令", "[参数]…"]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        write_table(formatter, "命令", [(name, self.short_helps[name]) for name in self.commands_from])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands_from and not args[0].startswith("-"):
            from planwriter.findings.catalogue import near

            raise click.UsageError(f"没有“{args[0]}”这个命令。{near(args[0], tuple(self.commands_from))}", ctx)
        return super().resolve_command(ctx, args)


_Function = TypeVar("_Function", bound=Callable[..., Any])


def format_option(*, short: bool = False) -> Callable[[_Function], _Function]:
    """The option --format of a command that shows its result to people or to programs; with `short` also one line each."""
    forms = ["human", "short", "json"] if short else ["human", "json"]
    told = f"human 给人看，{'short 一行一个，' if short else ''}json 给程序。"
    return click.option("--format", "form", type=click.Choice(forms), default="human", help=told)


_EXAMPLE = regex(r"^\s*(?:例：)?\s*(planwriter .*\S)", re.M)


def _example_of(context: click.Context | None) -> str:
    """The first call of a command among the examples of its help; "" if there is none."""
    told = (context.command.help if context is not None else "") or ""
    calls = (found[1] for found in _EXAMPLE.finditer(told))
    return next((call for call in calls if context and call.startswith(f"{context.command_path} ")), "")


def refusal(error: click.ClickException) -> str:
    """A usage error in the writer's words, with a pointer to the help."""
    message = error.message
    if isinstance(error, click.MissingParameter):
        name = error.param.make_metavar(error.ctx) if error.param and error.ctx else ""
        if isinstance(error.param, click.Option):
            name = f" {error.param.opts[0]} {name}"
        name = name.removesuffix("…")
        example = _example_of(error.ctx)
        message = f"缺少{f'“{name}”' if '.' in name else name or '参数'}{f'，例如：{example}' if example else '。'}"
    elif isinstance(error, click.NoSuchOption):
        close = "、".join(error.possibilities or ())
        message = f"没有 {error.option_name} 这个选项。" + (f"是不是 {close}？" if close else "")
    elif isinstance(error, click.BadOptionUsage):
        message = f"选项 {error.option_name} 后面要写一个值。"
    elif isinstance(error, click.BadParameter):
        name = error.param.opts[0] if error.param else "参数"
        choices = getattr(error.param.type, "choices", None) if error.param else None
        message = f"{name} 只能是 {'、'.join(choices)}。" if choices else f"{name}{_wanted(error)}"
    elif isinstance(error, click.UsageError) and "unexpected extra argument" in message:
        message = (
            f"多写了参数：{message[message.find('(') + 1 : message.rfind(')')]}。文件名里有空格的，用英文双引号括起来。"
        )
    context = getattr(error, "ctx", None)
    return with_pointer(message, context.command_path if context else "planwriter")


def _wanted(error: click.BadParameter) -> str:
    """The values that an option accepts, in the writer's words; click has them in English."""
    sort = error.param.type if error.param else None
    if isinstance(sort, (click.IntRange, click.FloatRange)):
        words = [f"不小于 {sort.min}"] * (sort.min is not None) + [f"不大于 {sort.max}"] * (sort.max is not None)
        return f" 要写一个数，{'、'.join(words)}。" if words else " 要写一个数。"
    if isinstance(sort, (type(click.INT), type(click.FLOAT))):
        return " 要写一个数。"
    return f"：{error.message}"


def asks() -> bool:
    """True if the input is a terminal, so that questions can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


_YES, _NO = ("是", "好", "y", "yes"), ("否", "不", "n", "no")


def confirm(question: str, *, default: bool = False) -> bool:
    """Asks a question; True for 是 or y, False for 否 or n, `default` for an empty answer."""
    while True:
        said = (
            prompt(f"{question}（{'[是]/否' if default else '是/[否]'}）", default="是" if default else "否")
            .strip()
            .lower()
        )
        if said in (*_YES, *_NO):
            return said in _YES
        click.echo("写 是（y）或 否（n）。", err=True)


def prompt(question: str, *, default: str | None = None, hidden: bool = False) -> str:
    """Asks for a text at the terminal."""
    shown = default is not None and default not in (*_YES, *_NO)
    said = click.prompt(
        f"{question}（{default}）" if shown else question,
        default=default,
        show_default=False,
        hide_input=hidden,
        err=True,
        prompt_suffix="：",
    )
    return str(said)
