"""What the commands print: texts for people, findings, usage errors. It needs no click."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence

from planwriter.start.typing import TYPE_CHECKING, Any
from planwriter.system import files, interrupts

if TYPE_CHECKING:
    from typing import NoReturn


class WrongUse(Exception):
    """A command was called with arguments that do not go together; the message says what to write."""


def with_pointer(message: str, command: str) -> str:
    """A usage error with a pointer to the help of the command, such as `planwriter render`."""
    return f"{message}\n用法见 {command} --help"


def echo(text: str = "", *, nl: bool = True, err: bool = False) -> None:
    """Prints a text as it is; what a stream cannot take as it is (colors, other encodings) is left to click."""
    stream = sys.stderr if err else sys.stdout
    colors = "\x1b" in text and (os.name == "nt" or not stream.isatty())
    if colors or (stream.encoding or "").lower() not in ("utf-8", "utf8"):
        import click

        click.echo(text, nl=nl, err=err)
    else:
        stream.write(f"{text}\n" if nl else text)
        stream.flush()


def colored(stream: object) -> bool:
    """True if a stream shows colors: a terminal, and NO_COLOR is not set."""
    isatty = getattr(stream, "isatty", None)
    return bool(isatty and isatty()) and not files.environment("NO_COLOR") and files.environment("TERM") != "dumb"


def expanded(names: Sequence[str]) -> list[str]:
    """The paths of files; * and ? are expanded if the shell has not done so (Windows).

    Raises WrongUse for a name with blanks that was typed without quotes, so that it came as several.
    """
    paths: list[str] = []
    for at, name in enumerate(names):
        if at < _MAX_CUT and not os.path.exists(name):
            _refuse_cut_name(names[at : at + _MAX_CUT])
        if ("*" in name or "?" in name) and not os.path.exists(name):
            paths += files.matching(name) or [name]
        else:
            paths.append(name)
    return paths


_MAX_CUT = 20
"""At so many places, and in so many pieces, a name is looked for that the shell has cut at its blanks."""


def _refuse_cut_name(names: Sequence[str]) -> None:
    for last in range(2, len(names) + 1):
        whole = " ".join(names[:last])
        if os.path.exists(whole):
            raise WrongUse(f'文件名里有空格，用英文双引号括起来："{whole}"。')


def refuse_other_documents(paths: Iterable[str]) -> None:
    """Says of documents in a format other than .docx how they become one."""
    import click

    for path in paths:
        if path.lower().endswith((".doc", ".wps", ".odt", ".rtf")):
            raise click.UsageError(f"“{path}”不是 .docx，先用 WPS 或 Word 打开，另存为 .docx 再试。")


def say(text: str = "", *, nl: bool = True, err: bool = False) -> None:
    """Prints a text for people; characters that would steer the terminal are printed as escapes, whoever typed them."""
    from planwriter.findings.characters import escaped

    echo(escaped(text), nl=nl, err=err)


def echo_findings(findings: Sequence[Any], form: str, *, err: bool) -> None:
    """Shows findings in the requested form."""
    from planwriter.findings import report

    if form == "json":
        echo(report.format_json(findings), nl=False, err=err)
    elif form == "short":
        echo(report.format_short(findings), nl=False, err=err)
    elif findings:
        stream = sys.stderr if err else sys.stdout
        echo(report.format_human(findings, color=colored(stream)), err=err)


def show_sentences(sentences: Sequence[Any]) -> None:
    """Shows sentences that changed, before and after below their places."""
    from planwriter.findings import report

    for each in sentences:
        place = f"（{report.place(each.pos)}）" if each.pos else ""
        say(f"  {each.where}{place}")
        for mark, text in (("－", each.before), ("＋", each.after)):
            if text:
                say(f"    {mark} {text}")


def show_rendered(path: str, target: str, findings: Sequence[Any], done: bool, progress: str = "") -> None:
    """Shows the findings on the outline `path`, and whether its document was written; `progress` stands before that."""
    from planwriter.findings import report

    if findings:
        echo_findings(findings, "human", err=True)
    if done and target != "-":
        say(f"{progress}已生成 {target}")
    elif not done:
        say(f"{progress}{path}：没有生成。{report.summary(findings)}", err=True)


def end_with(findings: Sequence[Any]) -> NoReturn:
    """Shows findings and ends the process with their exit code."""
    from planwriter.findings import report

    echo_findings(findings, "human", err=True)
    sys.exit(report.exit_code(findings))


def stop_on_errors(findings: Sequence[Any]) -> None:
    """Shows findings; if one of them is an error, ends the process with their exit code."""
    from planwriter.findings.finding import has_errors

    if has_errors(findings):
        end_with(findings)
    echo_findings(findings, "human", err=True)


def tell_interrupted() -> int:
    """Says that a signal has ended the work; returns the exit code."""
    say("已中断。", err=True)
    return interrupts.EXIT_CODE
