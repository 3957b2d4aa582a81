"""The commands that put libraries into a workspace and take them out again: install, remove, why."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from planwriter.app.libraries import not_found, workspace_libraries
from planwriter.app.session import Session
from planwriter.clauses.library import Library
from planwriter.cli.base import Command
from planwriter.cli.show import echo_findings, end_with, say
from planwriter.findings import report
from planwriter.findings.finding import Pos
from planwriter.system import files
from planwriter.system.workspace import WORKSPACE_FILE, workspace_here

if TYPE_CHECKING:
    from planwriter.app.workspace_outlines import WorkspaceOutlines
    from planwriter.findings.finding import Span

SIGNER_CHANGED = "和在用的不是同一个单位签名的，也收（先向原来的单位问清楚）。"


@click.command(cls=Command)
@click.argument("source", metavar="来源")
@click.option("--from", "registry", metavar="发布点", help='发布点的文件夹或网址；这时“来源”写 名称 或 "名称@^1.2"。')
@click.option("--allow-unsigned", is_flag=True, help="没有签名、或签名的公钥不认识的，也装（先确认来路）。")
@click.option("--signer-changed", is_flag=True, help=SIGNER_CHANGED)
def install(source: str, registry: str | None, allow_unsigned: bool, signer_changed: bool) -> None:
    """把一个条款库装到这个工作区（planwriter.yaml 所在的文件夹），记进 planwriter.lock。

    来源是包（.pwlib）、条款库的文件夹、它的压缩包（.zip、.tar.gz）或它们的网址；用 --from 从发布点装。

    \b
    例：planwriter library install E:/教育通用-1.0.0.pwlib
        planwriter library install "教育通用@^1.2" --from https://example.gov.cn/条款库
    """
    from planwriter.app.find_package import find_package
    from planwriter.app.install import install_library, make_workspace
    from planwriter.app.known_sources import remember_source
    from planwriter.app.workspace_outlines import WorkspaceOutlines

    there = workspace_here()
    outlines = WorkspaceOutlines(Session(there or os.path.join(files.current_folder(), WORKSPACE_FILE)))
    registry = located(registry) if registry else None
    wanted = source if registry else located(source)
    candidate = find_package(
        wanted, outlines.store.folder, registry=registry, allow_unsigned=allow_unsigned, progress=show_progress
    )
    if candidate.value is None:
        end_with(candidate.findings)
    echo_findings(candidate.findings, "human", err=True)
    if there is None:
        made = make_workspace(files.current_folder())
        if made.value is None:
            end_with(made.findings)
        say("这里还不是工作区，已新建 planwriter.yaml。", err=True)
    done = install_library(outlines, candidate.value, signer_changed=signer_changed)
    locked = candidate.value.locked
    if done.value or not done.findings:
        remember_source(locked.source, outlines.store.folder)
    if done.value:
        say(
            f"已装上 {locked.name} {locked.version}（{candidate.value.trust.words}），共 {len(candidate.value.library().clauses())} 条。"
        )
    elif not done.findings:
        say(f"{locked.name} {locked.version} 早已装好，没有变。")
    end_with([*outlines.unread, *done.findings])


def located(source: str) -> str:
    """A path as it can be found from the workspace's folder too: what is there from the current folder, whole."""
    path = os.path.abspath(source)
    return path if os.path.exists(path) else source


def show_progress(done: int, whole: int | None) -> None:
    """Shows how far a download has come, where somebody looks."""
    if sys.stderr.isatty():
        share = f" / {whole / 1048576:.1f}" if whole else ""
        click.echo(f"\r正在取 {done / 1048576:.1f}{share} MB", err=True, nl=done == whole)


@click.command(cls=Command)
@click.argument("name", metavar="名称")
def remove(name: str) -> None:
    """把一个条款库从这个工作区拿掉。

    \b
    例：planwriter library remove 教育通用
    """
    from planwriter.app.install import remove_library

    outlines = open_outlines()
    users = tuple(outlines.changes({name: Library(name)}))
    done = remove_library(outlines, name)
    if not done.value and not done.findings:
        raise click.UsageError(f"这里没有装过“{name}”。planwriter library list 列出在用的库。")
    if done.value:
        say(f"已拿掉 {name}。")
    if done.value and users:
        say("这些地方引用过它的条款，用 planwriter check 看看还有没有：")
        for each in users:
            say(f"  {report.place(Pos(each.outline, each.pos.line, each.pos.column))}　{each.clause}")
    end_with([*outlines.unread, *done.findings])


def open_outlines() -> WorkspaceOutlines:
    """The outlines of the workspace here; a usage error if there is none."""
    from planwriter.app.workspace_outlines import WorkspaceOutlines

    session = Session.here()
    if session.workspace is None:
        raise click.UsageError("这里不是工作区：当前文件夹和上级文件夹里都没有 planwriter.yaml。")
    return WorkspaceOutlines(session, _looking)


@click.command(cls=Command)
@click.argument("identifier", metavar="条款")
def why(identifier: str) -> None:
    """说明一个条款出自哪个库，盖住了哪些库里的同名条款，以哪个条款为基础。

    \b
    例：planwriter library why 教师队伍/师德师风
    """
    from planwriter.clauses.stack import LibraryStack

    libraries = workspace_libraries(Session.here())
    stack = LibraryStack(libraries.value)
    resolved = stack.resolve(identifier)
    if resolved is None:
        end_with(not_found(libraries, identifier, "planwriter library why"))
    say(f"{identifier}　用的是“{resolved.library.shown}”里的（{_place(resolved.clause.origin)}）")
    for library, clause in resolved.bases:
        say(f"    基于“{library.shown}”的 {clause.identifier}（{_place(clause.origin)}）")
    for library, clause in resolved.hidden:
        say(f"    盖住了“{library.shown}”里的（{_place(clause.origin)}）")
    say("各库由近到远：" + " → ".join(library.shown for library in stack.libraries))
    end_with([*libraries.findings, *stack.findings])


def _place(origin: Span | None) -> str:
    return report.place(origin.pos) if origin else "?"


def _looking(name: str) -> None:
    if sys.stderr.isatty():
        say(f"正在看 {name}", err=True)
