"""The command that makes an outline again each time it is saved: watch."""

from __future__ import annotations

import gc
import os
import sys

import click

from planwriter.app.session import Session
from planwriter.app.watching import Round, make_round
from planwriter.cli import runs
from planwriter.cli.base import Command
from planwriter.cli.runs import SUFFIXES
from planwriter.cli.show import echo_findings, say, show_sentences
from planwriter.findings import report
from planwriter.findings.finding import Finding, has_errors
from planwriter.system import files
from planwriter.system.saves import Saves, look_at


@click.command(cls=Command)
@click.argument("outline", metavar="提纲")
@click.option("-o", "--output", metavar="文件", help="写到哪个文件或文件夹；不写则在提纲旁边，同名。")
@click.option(
    "--to",
    "form",
    type=click.Choice([each for each in SUFFIXES if each != "json"]),
    default="docx",
    help="排成什么，同 render；默认 docx。",
)
@click.option("--draft", is_flag=True, help="草稿：没写完的部分只提醒，照样排出来看。")
@click.option("--force", is_flag=True, help="第一次排时，覆盖原来就有的、手改过的文件，同 render。")
@click.option("--poll", is_flag=True, help="隔半秒自己看一次文件，不等系统通知；在网络盘上会自动这样做。")
def watch(outline: str, output: str | None, form: str, draft: bool, force: bool, poll: bool) -> None:
    """看着提纲和它用到的文件（表、图、条款库、版式），每次存盘就检查、再排一遍，列出变了什么；按 Ctrl-C 结束。

    在 Word 里手改过的文件不覆盖，同 render。装上 watchfiles（pip install planwriter[watch]）反应更快，不装也能用。

    \b
    例：planwriter watch 要点.yaml --draft
        planwriter watch 要点.yaml --to html
    """
    if os.path.exists(outline) and not os.path.isfile(outline):
        raise click.UsageError(f"“{outline}”不是文件；watch 一次看着一份提纲。")
    gc.enable()  # it is off for short runs
    target = runs.output_of(outline, output, form)
    saves = Saves(poll=poll)
    own = _Own(outline, target, form, force=force)
    made: Round | None = None
    try:
        while True:
            made = _round(own, made, draft=draft)
            seen = look_at(made.files)
            while made.is_current():  # it may have been saved while it was read
                seen = saves.wait(made.files, seen)
    except KeyboardInterrupt:
        say("不再看着了。")
        sys.exit(report.EXIT_FINE)


class _Own:
    """The document, which is written over as long as it is as we wrote it."""

    def __init__(self, outline: str, target: str, form: str, *, force: bool) -> None:
        self.outline, self.target, self.form = outline, target, form
        self._force = force
        self._last: bytes | None = None

    def write(self, data: bytes) -> tuple[Finding, ...]:
        """Writes the document, unless somebody else changed it."""
        last = self._last
        is_ours = last is not None and files.read_file(self.target, limit=len(last)).value == last
        force = self._force or is_ours
        written = runs.write_noted(self.target, data, self.form, self.outline, force=force)
        if not has_errors(written):
            self._last, self._force = data, False
        return written


def _round(own: _Own, before: Round | None, *, draft: bool) -> Round:
    """Makes the document and shows what changed."""
    path = own.outline
    made = make_round(Session, path, own.form, own.write, before, draft=draft)
    if before is None:
        echo_findings(made.findings, "human", err=False)
        others = f"和它用到的 {made.named - 1} 个文件" if made.named > 1 else ""
        say(f"看着 {files.shown_path(path)}{others}，存盘就检查、再排一遍；按 Ctrl-C 结束。")
    else:
        _show_changes(made, path)
    shown = files.shown_path(own.target)
    say(f"已生成 {shown}" if made.done else f"没有生成 {shown}。{report.summary(made.findings)}")
    return made


def _show_changes(made: Round, path: str) -> None:
    """Shows what a round has changed: sentences, and findings that are new or gone."""
    say(f"—— {files.shown_path(path)} 或它用到的文件存过了")
    if made.sentences:
        say(f"文中变了 {len(made.sentences)} 处：")
        show_sentences(made.sentences)
    if made.gone:
        say(f"没有了的问题：{made.gone} 个。")
    if made.new:
        say("新出的问题：")
        echo_findings(made.new, "human", err=False)
    left = len(made.findings) - len(made.new)
    if left:
        say(f"原来就有、还在的问题：{left} 个。")
