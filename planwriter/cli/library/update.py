"""The commands that exchange the libraries of a workspace for other versions: outdated, update, review."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from planwriter.cli.base import Command, asks, confirm
from planwriter.cli.library.install import SIGNER_CHANGED, located, open_outlines, show_progress
from planwriter.cli.show import echo_findings, end_with, say
from planwriter.findings import report
from planwriter.findings.finding import Finding, Pos, Result
from planwriter.start.records import dataclass, replace

if TYPE_CHECKING:
    from planwriter.app.find_package import Newest
    from planwriter.app.install import PackageCandidate
    from planwriter.app.workspace_outlines import UseChange, WorkspaceOutlines
    from planwriter.language.versions import Requirement
    from planwriter.sharing.lock import Locked

_SOURCE = "文件、文件夹或网址"
_SOURCE_OK = "planwriter.lock 里的来源看过了，认可，可以去取；认可一次就记住。"


def _refused_source(outlines: WorkspaceOutlines, locked: Locked, command: Sequence[str], ok: bool) -> Finding | None:
    """The finding on a source in the lock that the user does not accept; asks if somebody sits at the terminal.

    `command` is what is typed to accept it, `ok` is true if it was.
    """
    from planwriter.app.known_sources import remember_source, unknown_source
    from planwriter.findings.catalogue import typed

    folder = outlines.store.folder
    refused = unknown_source(locked, folder, typed(*command, "--source-ok"))
    if refused is None or refused.code != "PW347":
        return refused
    asked = not ok and asks()
    if asked:
        say(f"planwriter.lock 说 {locked.name} 来自“{locked.source}”，这台电脑上还没有去过。", err=True)
    if not ok and not (asked and confirm("去那里看吗")):
        return refused
    remember_source(locked.source, folder)
    return None


@click.command(cls=Command)
@click.option("--source-ok", is_flag=True, help=_SOURCE_OK)
def outdated(source_ok: bool) -> None:
    """看看装着的条款库在原来的地方有没有新版；什么也不改。

    工作区是别人给的，来源在这台电脑上还没有去过：先问；没有人在终端前，就不去，列出来。

    \b
    例：planwriter library outdated
    """
    from planwriter.app.find_package import find_newest
    from planwriter.app.install import acceptable_versions

    outlines = open_outlines()
    lock = outlines.store.lock()
    findings = list(lock.findings)
    stale = False
    for entry in lock.value.libraries if lock.value else ():
        locked = outlines.store.with_keys(entry)
        refused = _refused_source(outlines, locked, ("planwriter", "library", "outdated"), source_ok)
        if refused:
            say(f"{locked.name}　{locked.version}　没有去看，原因见后")
            findings.append(refused)
            continue
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
        say(f"{locked.name}　{locked.version}　{shown}")
        _tell_beyond(outlines, locked.name, locked.version, found.value.beyond)
    if stale:
        say("换新版前先看改了什么：planwriter library update")
    end_with([*outlines.unread, *findings])


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
        say(f"    还有 {beyond}，“库”里写的是 {asked[0][0].value}；要换：先改那里的要求，再 {command}")
    else:
        say(f"    还有不兼容的新版 {beyond}；要换：{command}")


@click.command(cls=Command)
@click.argument("name", metavar="[名称]", required=False)
@click.option("--from", "source", metavar="来源", help=f"新版所在的{_SOURCE}；不写就去原来的地方找。")
@click.option("--to", "wanted", metavar="版本", help="换成哪一版：2.0.0，或要求，例如 ^2.0；退回旧版也这样写。")
@click.option("--allow-unsigned", is_flag=True, help="没有签名、或签名的公钥不认识的，也换（先确认来路）。")
@click.option("--signer-changed", is_flag=True, help=f"{SIGNER_CHANGED[:-1]}；要写名称。")
@click.option("--source-ok", is_flag=True, help=_SOURCE_OK)
@click.option("--yes", is_flag=True, help="看过就换，不再问；不写而又没有人在终端前，只看不换。")
def update(
    name: str | None,
    source: str | None,
    wanted: str | None,
    allow_unsigned: bool,
    signer_changed: bool,
    source_ok: bool,
    yes: bool,
) -> None:
    """把条款库换成新版；先列出哪份文件的哪几句话会变，同意了才换。

    不写 --to，只换“库”里的要求（名称@^1.2）容得下的；没有写要求的，只换第一段版本号不变的。
    装好的库认准签名的单位，别的单位签名的不换。

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
    if signer_changed and name is None:
        raise click.UsageError(
            "--signer-changed 要写明是哪一个库，例如 planwriter library update 教育通用 --signer-changed。"
        )
    outlines = open_outlines()
    lock = outlines.store.lock()
    chosen = [each for each in (lock.value.libraries if lock.value else ()) if name is None or each.name == name]
    if name is not None and not chosen and lock.value is not None:
        raise click.UsageError(f"这里没有装过“{name}”。planwriter library list 列出在用的库。")
    asked = _Asked(source, wanted, requirement, allow_unsigned, signer_changed, source_ok, yes)
    findings = list(lock.findings)
    for each in chosen:
        findings += _look_and_update(outlines, outlines.store.with_keys(each), asked)
    end_with([*outlines.unread, *findings])


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was typed after `update`."""

    source: str | None
    wanted: str | None
    requirement: Requirement | None
    """What `wanted` means."""
    allow_unsigned: bool
    signer_changed: bool
    source_ok: bool
    yes: bool


def _look_and_update(outlines: WorkspaceOutlines, locked: Locked, asked: _Asked) -> tuple[Finding, ...]:
    """Looks for a different version of a library and puts it in its place, if there is one that is wanted."""
    command = ["planwriter", "library", "update", locked.name, *(["--to", asked.wanted] if asked.wanted else [])]
    refused = _refused_source(outlines, locked, command, asked.source_ok) if asked.source is None else None
    if refused:
        return (refused,)
    found = _found(outlines, locked, asked)
    newer, findings = found.value, found.findings
    if newer.candidate is not None:
        findings += _update_one(outlines, locked, newer.candidate, asked)
    elif asked.requirement is None and _is_here(locked, found):
        say(f"{locked.name}　{locked.version}　已是最新。")
        findings = outlines.store.open(locked).findings
    elif newer.beyond and not newer.passed and asked.requirement is None:
        say(f"{locked.name}　{locked.version}　没有能直接换的新版。")
        findings = ()
    elif newer.beyond and not findings:
        findings = (_other_version(locked.name, asked.wanted or "", newer.beyond),)
    if asked.requirement is None:
        _tell_beyond(outlines, locked.name, locked.version, newer.beyond, asked.source)
    return findings


def _found(outlines: WorkspaceOutlines, locked: Locked, asked: _Asked) -> Result[Newest]:
    """What to exchange a library for: at `source` where that is given (a package, a folder of them, or a registry), else where it came from."""
    from planwriter.app.find_package import Newest, find_newest, find_package, package_in
    from planwriter.app.install import acceptable_versions, downgrade
    from planwriter.sharing.lock import REGISTRY
    from planwriter.sharing.registry import is_registry

    folder, requirement, signer_changed = outlines.store.folder, asked.requirement, asked.signer_changed
    place = located(asked.source) if asked.source is not None else None
    is_published = place is not None and is_registry(place, folder)
    beside = package_in(place, locked.name) if place is not None and not is_published else None
    if place is not None and beside is None and not is_published:
        stays = None if signer_changed else locked
        made = find_package(place, folder, allow_unsigned=asked.allow_unsigned, stays=stays, progress=show_progress)
        older = downgrade(locked, made.value) if made.value is not None and requirement is None else None
        if older:
            return Result(Newest(), (*made.findings, older))
        if made.value is not None and requirement is not None and not requirement.allows(made.value.bundle.version):
            return Result(Newest(beyond=str(made.value.bundle.version)))
        return Result(Newest(made.value), made.findings)
    there = replace(locked, source=beside or f"{REGISTRY}{place}") if place is not None else locked
    fits = acceptable_versions(outlines, locked, requirement)
    return find_newest(there, folder, fits, allow_unsigned=asked.allow_unsigned, signer_changed=signer_changed)


def _other_version(name: str, wanted: str, beyond: str) -> Finding:
    from planwriter.findings.catalogue import finding

    advice = "planwriter library outdated 看看那里有哪一版；别处的用 --from 写明。"
    return finding(
        "PW328", Pos("planwriter library update"), wanted=f"{name}@{wanted}", reason=f"那里只有 {beyond}", advice=advice
    )


def _update_one(
    outlines: WorkspaceOutlines, locked: Locked, candidate: PackageCandidate, asked: _Asked
) -> tuple[Finding, ...]:
    from planwriter.app.install import unmet_requirements, update_library
    from planwriter.app.known_sources import remember_source
    from planwriter.findings.catalogue import finding

    name, version, new = locked.name, locked.version, candidate.locked
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
        say(f"{name}　{version}　已是最新。")
        return outlines.store.open(there).findings
    refused = unmet_requirements(outlines, candidate)
    if refused:
        return refused
    changes = tuple(outlines.changes({name: candidate.library()}))
    say(f"{name}　{version} → {new.version}（{candidate.trust.words}）")
    show_changes(changes)
    if not asked.yes and not (asks() and confirm("换成新版吗")):
        say("没有换。看过了要换，加 --yes。")
        return ()
    done = update_library(outlines, candidate, signer_changed=asked.signer_changed)
    if done.value:
        remember_source(new.source, outlines.store.folder)
        more = f"；有 {len(changes)} 处要再看一遍：planwriter library review" if changes else ""
        say(f"已换成 {name} {new.version}{more}。")
    return done.findings


def show_changes(changes: tuple[UseChange, ...]) -> None:
    """Uses whose sentences change, before and after below each other."""
    if not changes:
        say("  这里的文件都不受影响。")
    for each in changes:
        say(f"  {report.place(Pos(each.outline, each.pos.line, each.pos.column))}　{each.clause}")
        if each.before == each.after and not each.problems:
            say("    （条款的参数或内部变了，这里排出来的文字没有变）")
        for mark, lines in (("－", each.before), ("＋", each.after)):
            for line in lines:
                if line not in each.before or line not in each.after:
                    say(f"    {mark} {line}")
        for problem in each.problems:
            say(f"    ！{problem.message}")


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

    outlines = open_outlines()
    lost = outlines.store.libraries().findings
    if lost:  # what a library that is gone says of its clauses nobody knows
        end_with(lost)
    wanted = {outlines.name_of(each) for each in paths}
    changes = tuple(each for each in outlines.unreviewed() if not wanted or each.outline in wanted)
    echo_findings(outlines.unread, "human", err=True)
    if not changes:
        say("没有要再看的地方。")
        return
    show_changes(changes)
    if not yes and not (asks() and confirm(f"这 {len(changes)} 处都看过了，认可吗")):
        say(f"共 {len(changes)} 处。看过了，加 --yes 认可。")
        sys.exit(report.EXIT_STRICT)
    done = accept_changes(outlines, {(each.outline, each.clause) for each in changes})
    if done.value:
        say(f"已认可 {len(changes)} 处。")
    end_with(done.findings)
