"""The commands on layouts: layout list, show, learn."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from planwriter.app.session import Session
from planwriter.cli.base import Command, LazyGroup
from planwriter.cli.show import echo_findings, say
from planwriter.findings import report
from planwriter.findings.finding import Result
from planwriter.layout.find import (
    STANDARD,
    Stored,
    is_known,
    known_layouts,
    load_layout,
    load_layout_file,
    stray_advice,
)
from planwriter.source.nodes import Scalar
from planwriter.system import files
from planwriter.system.streams import write_stdout
from planwriter.system.workspace import workspace_here
from planwriter.system.zip_bounds import DOCX

if TYPE_CHECKING:
    from planwriter.layout.layout import Layout
    from planwriter.layout.standard import Deviation

_COMMANDS = {
    "list": "planwriter.cli.layout:list_layouts",
    "show": "planwriter.cli.layout:show",
    "learn": "planwriter.cli.layout:learn",
}
_SHORT_HELP = {
    "list": "列出版式",
    "show": "列出一种版式与国家标准的不同",
    "learn": "照一份样本 .docx 写出版式文件",
}


@click.command(cls=LazyGroup, commands_from=_COMMANDS, short_helps=_SHORT_HELP)
def layout() -> None:
    """版式：有哪些，与国家标准有什么不同，照样本写一个。

    \b
    例：planwriter layout list
        planwriter layout show 行距28磅
        planwriter layout learn 上年的通知.docx -o 本局.yaml
    """


@click.command("list", cls=Command)
def list_layouts() -> None:
    """列出可用的版式：本单位的（与 planwriter.yaml 在一个文件夹）和自带的。

    \b
    例：planwriter layout list
    """
    _echo_known()


def _echo_known() -> None:
    known = known_layouts(workspace_here())
    widest = max(report.width(each.name) for each in known)
    for each in known:
        say(f"{_padded(each.name, widest)}  {each.about}{'（本单位）' if each.own else ''}".rstrip())


@click.command(cls=Command)
@click.argument("name", metavar="[版式]", required=False)
def show(name: str | None) -> None:
    """列出一种版式与国家标准（GB/T 9704—2012）的不同：标准必须做到的，还是标准说“一般”的，见标准第几条。

    版式写名字，或写 .yaml 文件名；不写就是当前文件夹的 planwriter.yaml 所用的，那里也没有写，就列出全部版式。

    \b
    例：planwriter layout show 行距28磅
        planwriter layout show 本局.yaml
    """
    name = name or _in_force()
    if name is None:
        _echo_known()
        return
    loaded = load_named(name, workspace_here())
    echo_findings(loaded.findings, "human", err=True)
    standard = load_layout(STANDARD).value
    if loaded.value is not None and standard is not None:
        _echo_deviations(loaded.value.layout, standard.layout)
    sys.exit(report.exit_code(loaded.findings))


def load_named(name: str, workspace: str | None) -> Result[Stored | None]:
    """The layout named on the command line, by its name or its file; a usage error if there is none."""
    if name.endswith((".yaml", ".yml")):
        return load_layout_file(name)
    if not is_known(name, workspace):
        from planwriter.findings.catalogue import near, typed

        advice = stray_advice(name, workspace, "")
        if advice:
            command = typed("planwriter", "layout", "show", f"{name}.yaml")
            raise click.UsageError(f"没有“{name}”这个版式。{advice}只看这个文件：{command}。")
        raise click.UsageError(f"没有“{name}”这个版式。{near(name, [each.name for each in known_layouts(workspace)])}")
    return load_layout(name, workspace)


def _in_force() -> str | None:
    """The name of the layout in the workspace file of the current folder; None if it names none."""
    node = Session.here().settings.defaults.nodes.get("layout")
    return node.value if isinstance(node, Scalar) else None


_HEADS = ("项目", "国家标准", "这种版式", "标准的要求", "条")


def _echo_deviations(own: Layout, standard: Layout) -> None:
    from planwriter.layout.standard import deviations

    found = deviations(own, standard)
    say(f"{own.name}：{own.about}" if own.about else own.name)
    if not found:
        say("与 GB/T 9704—2012 没有不同。")
        return
    rows = [_HEADS, *map(_row, found)]
    widths = [max(report.width(row[at]) for row in rows) for at in range(len(_HEADS))]
    for row in rows:
        say("  ".join(_padded(text, width) for text, width in zip(row, widths, strict=True)).rstrip())
    required = sum(each.rule is not None and each.rule.required for each in found)
    say(
        f"共 {len(found)} 处不同，其中标准必须做到的 {required} 处。"
        if required
        else f"共 {len(found)} 处不同，都不是标准必须做到的。"
    )


def _row(each: Deviation) -> tuple[str, ...]:
    from planwriter.layout.items import item_name

    word, clause = (each.rule.word, each.rule.clause) if each.rule else ("不限", "")
    return item_name(each.path), each.standard, each.own, word, clause


def _padded(text: str, width: int) -> str:
    return text + " " * (width - report.width(text))


@click.command(cls=Command)
@click.argument("sample", metavar="样本.docx")
@click.option("-o", "--output", metavar="文件.yaml", required=True, help="写到哪个文件；- 为屏幕。")
@click.option("--name", metavar="名字", help="版式的名字，不写就是文件名。")
@click.option("--force", is_flag=True, help="文件已经有了也覆盖。")
def learn(sample: str, output: str, name: str | None, force: bool) -> None:
    """照一份排得好的 .docx 写出版式文件：纸张、页边、行距、页码和各种文字的字体、字号、加粗、缩进、对齐。

    只写与国家标准（或自带的版式）不同的地方，每行注明读自几段、其中几段是这样；读不出的列出来，不猜。
    文件放在 planwriter.yaml 旁边，提纲里写“版式: 文件名”就能用。

    \b
    例：planwriter layout learn 上年的通知.docx -o 本局.yaml
    """
    from planwriter.app.outputs import refuse_existing, write_output
    from planwriter.audit.learn import learn_layout

    if output != "-" and not output.endswith(".yaml"):
        raise click.UsageError(f"-o 后面的文件名要以 .yaml 结尾，这里是“{output}”。")
    name = name or os.path.splitext(os.path.basename(sample if output == "-" else output))[0]
    if not name.strip() or not name.isprintable():
        raise click.UsageError(f"“{name}”不能作版式的名字。")
    if any(each.name in (name, os.path.splitext(os.path.basename(output))[0]) for each in known_layouts()):
        raise click.UsageError(f"自带的版式里已经有“{name}”，给本单位的另起一个名字，例如 -o 本局.yaml。")
    shown = files.shown_path(sample)
    data = files.read_named(sample, shown, limit=DOCX.packed)
    learned = learn_layout(data.value, shown, name) if data.value is not None else None
    findings = [*data.findings, *(learned.findings if learned else ())]
    if learned and learned.value is not None:
        made = learned.value.encode("utf-8")
        if output == "-":
            failed = write_stdout(made)
            findings += [failed] if failed else []
        else:
            findings += write_output(output, made, refuse_existing(output), force=force)
    echo_findings(findings, "human", err=True)
    code = report.exit_code(findings)
    if code == report.EXIT_FINE and output != "-":
        from planwriter.findings.catalogue import typed

        say(f"已写出 {output}。与国家标准有什么不同：{typed('planwriter', 'layout', 'show', output)}")
    sys.exit(code)
