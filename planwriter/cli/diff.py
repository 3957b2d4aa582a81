"""The command that compares two versions of a plan: diff."""

from __future__ import annotations

import os
import sys

import click

from planwriter.app import outputs
from planwriter.app.roundtrip.diff import compare_files, default_output, is_comparable, leader_docx, marked_docx
from planwriter.app.session import Session
from planwriter.cli.base import Command
from planwriter.cli.show import colored, echo, end_with, say
from planwriter.compare.edits.difference import Differences, summary
from planwriter.findings.characters import UNSHOWN
from planwriter.findings.finding import Finding, has_errors
from planwriter.start.named_tuple import NamedTuple
from planwriter.system.streams import write_stdout

_ENDINGS = {".html": "html", ".htm": "html", ".json": "json", ".txt": "text"}


@click.command(cls=Command)
@click.argument("old", metavar="原稿")
@click.argument("new", metavar="现稿")
@click.option(
    "--to",
    "form",
    type=click.Choice(["text", "html", "json"]),
    help="text 显示在屏幕上，html 一张网页，json 给程序。不写时看 -o 的文件名，没有 -o 就是 text。",
)
@click.option("-o", "--output", metavar="文件", help="写到哪个文件；- 为屏幕。网页不写 -o 时，放在现稿旁边。")
@click.option(
    "--for-leader", "leader", metavar="新文件.docx", help="另写一张修改对照表：原文、修改后、说明，送领导看。"
)
@click.option(
    "--marked", metavar="新文件.docx", help="另写一份花脸稿：现稿全文，删去的、新写的都标在原处，页眉注明不得印发。"
)
@click.option(
    "--redline", metavar="文件", help="另写一个 .docx：原稿，所有改动写成修订；全部接受就是现稿，全部拒绝就是原稿。"
)
@click.option("--author", default="planwriter", metavar="姓名", help="修订上写的修改人，不写是 planwriter。")
@click.option("--force", is_flag=True, help="输出文件改动过、或不是 planwriter 生成的，也覆盖。")
def diff(
    old: str,
    new: str,
    form: str | None,
    output: str | None,
    leader: str | None,
    marked: str | None,
    redline: str | None,
    author: str,
    force: bool,
) -> None:
    """对照两稿：提纲和 .docx 随便哪两个，逐段列出修改、新增、删除、移动，改了哪几个字都标出来。

    提纲按排出来的样子比；.docx 里的修订按接受以后的样子比，批注不算。数字、日期、书名号里的名称整个标出，不拆开。

    --redline 写的 .docx 在 Word、WPS 里打开，改动都是修订，移动的段就是移动；原稿是提纲的，先排成 .docx。

    因为增删、移动而顺延的序号不算改动，只在最后一句里记个数。表格逐格比，图片比说明文字。

    \b
    例：planwriter diff 要点（一稿）.yaml 要点.yaml
        planwriter diff 要点.yaml 局长改过的.docx -o 对照.html
        planwriter diff 一稿.docx 要点.yaml --for-leader 修改对照表.docx --marked 花脸稿.docx
        planwriter diff 要点（一稿）.docx 要点.yaml --redline 修订稿.docx
        planwriter diff 去年.docx 今年.docx --to json
    """
    for path in (old, new):
        if not is_comparable(path):
            raise click.UsageError(f"“{path}”不是提纲（.yaml），也不是 .docx。别的文件先用 WPS 或 Word 另存为 .docx。")
    inputs = (old, new)
    for option, target in (("--for-leader", leader), ("--marked", marked), ("--redline", redline)):
        _check_docx(option, target, inputs)
    has_other = not (leader is None and marked is None and redline is None)
    form = form or ("" if has_other and output is None else _form_of(output))
    compared = compare_files(Session(), old, new)
    findings = list(compared.findings)
    if compared.found is not None:
        said = summary(compared.found)
        for name, count in compared.unsound:
            say(f"{name} 有 {count} 个错误（planwriter check 会列出），照现在能排出来的样子比。", err=True)
        if form:
            findings += _show(compared.found, form, inputs, output, force)
        told = _Told(said, err=form == "json" and output in (None, "-"))
        if redline is not None:
            findings += _write_redline(redline, inputs, author, force, told)
        for target, make in ((leader, leader_docx), (marked, marked_docx)):
            if target is not None:
                made = make(compared)
                findings += made.findings
                findings += _write(target, made.value, "docx", inputs, force, told) if made.value is not None else ()
    end_with(findings)


class _Told(NamedTuple):
    """What is said of each file that is written; beside JSON on the screen it is said on the other stream."""

    summary: str
    err: bool = False


def _check_docx(option: str, target: str | None, inputs: tuple[str, str]) -> None:
    if target is None:
        return
    if not target.lower().endswith(".docx"):
        raise click.UsageError(f"{option} 后面的文件名要以 .docx 结尾，这里是“{target}”。")
    _check_target(target, inputs)


def _check_target(target: str, inputs: tuple[str, str]) -> None:
    if os.path.exists(target) and any(os.path.exists(path) and os.path.samefile(path, target) for path in inputs):
        raise click.UsageError(f"“{target}”就是要对照的文件，换一个文件名。")


def _write_redline(target: str, inputs: tuple[str, str], author: str, force: bool, told: _Told) -> tuple[Finding, ...]:
    """Writes a file with tracked changes, and says how many there are."""
    from planwriter.app.roundtrip.redline import redline_files

    made = redline_files(Session(), *inputs, author=author)
    if made.value is None:
        return made.findings
    data = made.value.data
    written = outputs.write_output(target, data, outputs.refuse_existing(target, data), force=force)
    if not has_errors(written):
        left = f"，{made.value.left} 处没有写进去（见下）" if made.value.left else ""
        say(f"已生成 {target}：{made.value.changes} 处修订{left}。{told.summary}", err=told.err)
    return (*made.findings, *written)


def _form_of(output: str | None) -> str:
    if output is None or output == "-":
        return "text"
    ending = os.path.splitext(output)[1].lower()
    if ending not in _ENDINGS:
        raise click.UsageError(f"-o 后面的文件名要以 .html、.json 或 .txt 结尾，这里是“{output}”。")
    return _ENDINGS[ending]


def _show(
    found: Differences, form: str, inputs: tuple[str, str], output: str | None, force: bool
) -> tuple[Finding, ...]:
    """Shows a comparison, or writes it to a file."""
    if form == "text" and output in (None, "-"):
        from planwriter.compare.display.terminal import difference_text

        echo(difference_text(found, color=colored(sys.stdout)), nl=False)
        return ()
    data = _made(found, form)
    target = output or (default_output(inputs[1], form) if form == "html" else "-")
    if target == "-":
        failed = write_stdout(data)
        return (failed,) if failed else ()
    return _write(target, data, form, inputs, force, _Told(summary(found)))


def _made(found: Differences, form: str) -> bytes:
    if form == "json":
        import json

        from planwriter.compare.display.values import difference_values

        text = json.dumps(difference_values(found), ensure_ascii=False, indent=2)
        return (UNSHOWN.sub(lambda match: f"\\u{ord(match.group()):04x}", text) + "\n").encode()
    if form == "html":
        from planwriter.compare.display.page import difference_page
        from planwriter.writers.stamp import stamp

        return stamp(difference_page(found).encode(), "html")
    from planwriter.compare.display.terminal import difference_text

    return difference_text(found).encode()


def _write(
    target: str, data: bytes, form: str, inputs: tuple[str, str], force: bool, told: _Told
) -> tuple[Finding, ...]:
    """Writes a file; never one of the two that were compared."""
    _check_target(target, inputs)
    guarded = outputs.guard_output(target, data, "text" if form == "json" else form, outline=inputs[1])
    written = outputs.write_output(target, data, guarded, force=force)
    if not has_errors(written):
        say(f"已生成 {target}。{told.summary}", err=told.err)
    return written
