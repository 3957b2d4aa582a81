"""The commands that put libraries into a workspace and exchange them: install, remove, why, outdated, update, review."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from planwriter.app.libraries import workspace_libraries
from planwriter.app.session import Session
from planwriter.clauses.library import Library
from planwriter.cli.base import Command, asks, confirm, echo_findings
from planwriter.findings import report
from planwriter.findings.finding import Finding, Pos, Result
from planwriter.system import files
from planwriter.system.workspace import WORKSPACE_FILE, workspace_here

if TYPE_CHECKING:
    from planwriter.app.find_package import Newest
    from planwriter.app.install import PackageCandidate
    from planwriter.app.workspace_outlines import UseChange, WorkspaceOutlines
    from planwriter.findings.finding import Span
    from planwriter.language.versions import Requirement
    from planwriter.sharing.lock import Locked

_SOURCE = "文件、文件夹或网址"


def end(findings: Sequence[Finding]) -> None:
    """Shows findings and ends with their exit code."""
    echo_findings(findings, "human", err=True)
    sys.exit(report.exit_code(findings))


@click.command(cls=Command)
@click.argument("source", metavar="来源")
@click.option("--from", "registry", metavar="发布点", help='发布点的文件夹或网址；这时“来源”写 名称 或 "名称@^1.2"。')
@click.option("--allow-unsigned", is_flag=True, help="没有签名、或签名的公钥不认识的，也装（先确认来路）。")
def install(source: str, registry: str | None, allow_unsigned: bool) -> None:
    """把一个条款库装到这个工作区（planwriter.yaml 所在的文件夹），记进 planwriter.lock。

    来源是包（.pwlib）、条款库的文件夹、它的压缩包（.zip、.tar.gz）或它们的网址；用 --from 从发布点装。

    \b
    例：planwriter library install E:/教育通用-1.0.0.pwlib
        planwriter library install "教育通用@^1.2" --from https://example.gov.cn/条款库
    """
    from planwriter.app.find_package import find_package
    from planwriter.app.install import install_library, make_workspace
    from planwriter.app.workspace_outlines import WorkspaceOutlines

    there = workspace_here()
    outlines = WorkspaceOutlines(Session(there or os.path.join(files.current_folder(), WORKSPACE_FILE)))
    registry = located(registry) if registry else None
    wanted = source if registry else located(source)
    candidate = find_package(
        wanted, outlines.store.folder, registry=registry, allow_unsigned=allow_unsigned, progress=_fetching
    )
    if candidate.value is None:
        end(candidate.findings)
        return
    echo_findings(candidate.findings, "human", err=True)
    if there is None:
        made = make_workspace(files.current_folder())
        if made.value is None:
            end(made.findings)
        click.echo("这里还不是工作区，已新建 planwriter.yaml。", err=True)
    done = install_library(outlines, candidate.value)
    locked = candidate.value.locked
    if done.value:
        click.echo(
            f"已装上 {locked.name} {locked.version}（{candidate.value.trust.words}），共 {len(candidate.value.library().clauses())} 条。"
        )
    elif not done.findings:
        click.echo(f"{locked.name} {locked.version} 早已装好，没有变。")
    end(done.findings)


def located(source: str) -> str:
    """A path as it can be found from the workspace's folder too: what is there from the current folder, whole."""
    path = os.path.abspath(source)
    return path if os.path.exists(path) else source


def _fetching(done: int, whole: int | None) -> None:
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

    outlines = _outlines()
    users = tuple(outlines.changes({name: Library(name)}))
    done = remove_library(outlines, name)
    if not done.value and not done.findings:
        raise click.UsageError(f"这里没有装过“{name}”。planwriter library list 列出在用的库。")
    if done.value:
        click.echo(f"已拿掉 {name}。")
    if done.value and users:
        click.echo("这些地方引用过它的条款，用 planwriter check 看看还有没有：")
        for each in users:
            click.echo(f"  {report.place(Pos(each.outline, each.pos.line, each.pos.column))}　{each.clause}")
    end(done.findings)


def _outlines() -> WorkspaceOutlines:
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
    from planwriter.findings.catalogue import finding, near

    libraries = workspace_libraries(Session.here())
    stack = LibraryStack(libraries.value)
    resolved = stack.resolve(identifier)
    if resolved is None:
        absent = finding(
            "PW301", Pos("planwriter library why"), clause=identifier, advice=near(identifier, stack.identifiers())
        )
        end([*libraries.findings, *([] if stack.unread(identifier) and libraries.findings else [absent])])
        return
    click.echo(f"{identifier}　用的是“{resolved.library.shown}”里的（{_place(resolved.clause.origin)}）")
    for library, clause in resolved.bases:
        click.echo(f"    基于“{library.shown}”的 {clause.identifier}（{_place(clause.origin)}）")
    for library, clause in resolved.hidden:
        click.echo(f"    盖住了“{library.shown}”里的（{_place(clause.origin)}）")
    click.echo("各库由近到远：" + " → ".join(library.shown for library in stack.libraries))
    end([*libraries.findings, *stack.findings])


def _place(origin: Span | None) -> str:
    return report.place(origin.pos) if origin else "?"


@click.command(cls=Command)
def outdated() -> None:
    """看看装着的条款库在原来的地方有没有新版；什么也不改。

    \b
    例：planwriter library outdated
    """
    from planwriter.app.find_package import find_newest
    from planwriter.app.install import acceptable_versions

    outlines = _outlines()
    lock = outlines.store.lock()
    findings = list(lock.findings)
    stale = False
    for locked in lock.value.libraries if lock.value else ():
        found = find_newest(locked, outlines.store.folder, acceptable_versions(outlines, locked))
        here = _is_here(locked, found)
        findings += (
            []
            if here or (found.value.candidate is None and found.value.beyond and not found.value.passed)
            else found.findings
        )
        same = here or (found.value.candidate is not None and found.value.candidate.locked.digest == locked.digest)
        if found.value.candidate is not None and not same:
            shown, stale = f"有 {found.value.candidate.locked.version}（{found.value.candidate.source}）", True
        elif found.value.passed and not here:
            shown = f"有 {'、'.join(found.value.passed)}，不能用，原因见后"
        elif same or found.value.beyond:
            shown = "已是最新" if same else "没有能直接换的新版"
        else:
            shown = "原来的地方找不到它"
        if same:
            findings += outlines.store.open(locked).findings
        click.echo(f"{locked.name}　{locked.version}　{shown}")
        _tell_beyond(outlines, locked.name, locked.version, found.value.beyond)
    if stale:
        click.echo("换新版前先看改了什么：planwriter library update")
    end(findings)


def _is_here(locked: Locked, found: Result[Newest]) -> bool:
    """True where the highest version that fits is the one in use, which this user, who trusts no key of its signer, would not get anew."""
    at = found.value
    return (
        at.candidate is None and at.passed == (locked.version,) and all(each.code == "PW333" for each in found.findings)
    )


def _tell_beyond(outlines: WorkspaceOutlines, name: str, version: str, beyond: str, source: str | None = None) -> None:
    """Says that there is a newer version that is not taken by itself, and how to take it."""
    from planwriter.app.install import requirements_on
    from planwriter.findings.catalogue import typed
    from planwriter.language.versions import parse_version

    new, have = parse_version(beyond), parse_version(version)
    if new is None or (have is not None and new <= have):
        return
    command = typed("planwriter", "library", "update", name, *(["--from", source] if source else []), "--to", beyond)
    asked = requirements_on(outlines, name)
    if asked:
        click.echo(f"    还有 {beyond}，“库”里写的是 {asked[0][0].value}；要换：先改那里的要求，再 {command}")
    else:
        click.echo(f"    还有不兼容的新版 {beyond}；要换：{command}")


@click.command(cls=Command)
@click.argument("name", metavar="[名称]", required=False)
@click.option("--from", "source", metavar="来源", help=f"新版所在的{_SOURCE}；不写就去原来的地方找。")
@click.option("--to", "wanted", metavar="版本", help="换成哪一版：2.0.0，或要求，例如 ^2.0；退回旧版也这样写。")
@click.option("--allow-unsigned", is_flag=True, help="没有签名、或签名的公钥不认识的，也换（先确认来路）。")
@click.option("--yes", is_flag=True, help="看过就换，不再问；不写而又没有人在终端前，只看不换。")
def update(name: str | None, source: str | None, wanted: str | None, allow_unsigned: bool, yes: bool) -> None:
    """把条款库换成新版；先列出哪份文件的哪几句话会变，同意了才换。

    不写 --to，只换“库”里的要求（名称@^1.2）容得下的；没有写要求的，只换第一段版本号不变的。

    \b
    例：planwriter library update
        planwriter library update 教育通用 --to 2.0.0
        planwriter library update 教育通用 --from E:/教育通用-2.0.0.pwlib
    """
    from planwriter.language.versions import parse_requirement

    requirement = parse_requirement(wanted) if wanted is not None else None
    if wanted is not None and (requirement is None or name is None):
        raise click.UsageError(
            "--to 后面写版本（2.0.0）或要求（^2.0），前面写名称，例如 planwriter library update 教育通用 --to 2.0.0。"
        )
    outlines = _outlines()
    lock = outlines.store.lock()
    chosen = [each for each in (lock.value.libraries if lock.value else ()) if name is None or each.name == name]
    if name is not None and not chosen and lock.value is not None:
        raise click.UsageError(f"这里没有装过“{name}”。planwriter library list 列出在用的库。")
    findings = list(lock.findings)
    for locked in chosen:
        found = _found(outlines, locked, source, requirement, allow_unsigned)
        newer = found.value
        if newer.candidate is not None:
            findings += [*found.findings, *_update_one(outlines, locked.name, locked.version, newer.candidate, yes)]
        elif requirement is None and _is_here(locked, found):
            click.echo(f"{locked.name}　{locked.version}　已是最新。")
            findings += outlines.store.open(locked).findings
        elif newer.beyond and not newer.passed and requirement is None:
            click.echo(f"{locked.name}　{locked.version}　没有能直接换的新版。")
        elif newer.beyond and not found.findings:
            findings.append(_other_version(locked.name, wanted or "", newer.beyond))
        else:
            findings += found.findings
        if requirement is None:
            _tell_beyond(outlines, locked.name, locked.version, newer.beyond, source)
    end(findings)


def _found(
    outlines: WorkspaceOutlines,
    locked: Locked,
    source: str | None,
    requirement: Requirement | None,
    allow_unsigned: bool,
) -> Result[Newest]:
    """What to exchange a library for: at `source` where that is given (a package, a folder of them, or a registry), else where it came from."""
    from planwriter.app.find_package import Newest, find_newest, find_package, package_in
    from planwriter.app.install import acceptable_versions
    from planwriter.sharing.lock import REGISTRY
    from planwriter.sharing.registry import is_registry

    folder = outlines.store.folder
    place = located(source) if source is not None else None
    is_published = place is not None and is_registry(place, folder)
    beside = package_in(place, locked.name) if place is not None and not is_published else None
    if place is not None and beside is None and not is_published:
        made = find_package(place, folder, allow_unsigned=allow_unsigned, progress=_fetching)
        if made.value is not None and requirement is not None and not requirement.allows(made.value.bundle.version):
            return Result(Newest(beyond=str(made.value.bundle.version)))
        return Result(Newest(made.value), made.findings)
    asked = replace(locked, source=beside or f"{REGISTRY}{place}") if place is not None else locked
    return find_newest(asked, folder, acceptable_versions(outlines, locked, requirement), allow_unsigned=allow_unsigned)


def _other_version(name: str, wanted: str, beyond: str) -> Finding:
    from planwriter.findings.catalogue import finding

    advice = "planwriter library outdated 看看那里有哪一版；别处的用 --from 写明。"
    return finding(
        "PW328", Pos("planwriter library update"), wanted=f"{name}@{wanted}", reason=f"那里只有 {beyond}", advice=advice
    )


def _looking(name: str) -> None:
    if sys.stderr.isatty():
        click.echo(f"正在看 {name}", err=True)


def _update_one(
    outlines: WorkspaceOutlines, name: str, version: str, candidate: PackageCandidate, yes: bool
) -> tuple[Finding, ...]:
    from planwriter.app.install import unmet_requirements, update_library
    from planwriter.findings.catalogue import finding

    new = candidate.locked
    if new.name != name:
        advice = f"换一个来源；要另装一个库，用 {new.install_command}。"
        return (
            finding(
                "PW329",
                Pos(new.source),
                library=f"{new.name} {new.version}",
                reason=f"这里要换的是“{name}”",
                advice=advice,
            ),
        )
    lock = outlines.store.lock().value
    there = lock.find(name) if lock else None
    if there is not None and there.digest == new.digest:
        click.echo(f"{name}　{version}　已是最新。")
        return outlines.store.open(there).findings
    refused = unmet_requirements(outlines, candidate)
    if refused:
        return refused
    changes = tuple(outlines.changes({name: candidate.library()}))
    click.echo(f"{name}　{version} → {new.version}（{candidate.trust.words}）")
    show_changes(changes)
    if not yes and not (asks() and confirm("换成新版吗")):
        click.echo("没有换。看过了要换，加 --yes。")
        return ()
    done = update_library(outlines, candidate)
    if done.value:
        more = f"；有 {len(changes)} 处要再看一遍：planwriter library review" if changes else ""
        click.echo(f"已换成 {name} {new.version}{more}。")
    return done.findings


def show_changes(changes: tuple[UseChange, ...]) -> None:
    """Uses whose sentences change, before and after below each other."""
    if not changes:
        click.echo("  这里的文件都不受影响。")
    for each in changes:
        click.echo(f"  {report.place(Pos(each.outline, each.pos.line, each.pos.column))}　{each.clause}")
        if each.before == each.after and not each.problems:
            click.echo("    （条款的参数或内部变了，这里排出来的文字没有变）")
        for mark, lines in (("－", each.before), ("＋", each.after)):
            for line in lines:
                if line not in each.before or line not in each.after:
                    click.echo(f"    {mark} {line}")
        for problem in each.problems:
            click.echo(f"    ！{problem.message}")


@click.command(cls=Command)
@click.argument("paths", metavar="[提纲]…", nargs=-1)
@click.option("--yes", is_flag=True, help="列出的都算看过了，不再提醒。")
def review(paths: tuple[str, ...], yes: bool) -> None:
    """列出条款换过以后还没有看过的地方，新旧两种说法上下对照；看过了就认可。

    \b
    例：planwriter library review
        planwriter library review 要点.yaml --yes
    """
    from planwriter.app.install import accept_changes

    outlines = _outlines()
    lost = outlines.store.libraries().findings
    if lost:  # what a library that is gone says of its clauses nobody knows
        end(lost)
    wanted = {outlines.name_of(each) for each in paths}
    changes = tuple(each for each in outlines.unreviewed() if not wanted or each.outline in wanted)
    if not changes:
        click.echo("没有要再看的地方。")
        return
    show_changes(changes)
    if not yes and not (asks() and confirm(f"这 {len(changes)} 处都看过了，认可吗")):
        click.echo(f"共 {len(changes)} 处。看过了，加 --yes 认可。")
        sys.exit(report.EXIT_STRICT)
    done = accept_changes(outlines, {(each.outline, each.clause) for each in changes})
    if done.value:
        click.echo(f"已认可 {len(changes)} 处。")
    end(done.findings)
