"""The commands that share libraries between bureaus."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from planwriter.app.libraries import workspace_libraries
from planwriter.app.library_check import check_in_workspace
from planwriter.app.session import Session
from planwriter.cli.base import Command
from planwriter.cli.show import echo_findings, say, stop_on_errors
from planwriter.findings.catalogue import typed
from planwriter.findings.finding import Result
from planwriter.sharing.bundle import MAX_BUNDLE, SUFFIX, Bundle, belongs, open_bundle, with_signatures
from planwriter.system import files

if TYPE_CHECKING:
    from planwriter.sharing.lock import Locked
    from planwriter.sharing.release import Release


@click.command("list", cls=Command)
def list_libraries() -> None:
    """列出这里在用的条款库，近的在前：名称、版本、库里自称的发布单位、装好的由谁签名、条款数。

    \b
    例：planwriter library list
    """
    session = Session.here()
    libraries = workspace_libraries(session)
    signers = {id(library): _signer(locked) for locked, library in session.installed().value}
    for each in libraries.value:
        if each.lost:
            say(f"{each.shown}　不能用，原因见后")
            continue
        count = len(each.clauses())
        echo_findings(each.findings, "human", err=True)
        manifest = each.manifest
        name = f"{manifest.name} {manifest.version}" if manifest else each.shown
        publisher = f"　{manifest.publisher}" if manifest and manifest.publisher else ""
        say(f"{name}{publisher}{signers.get(id(each), '')}　{count} 条　（{each.shown}）")
    stop_on_errors(libraries.findings)


def _signer(locked: Locked) -> str:
    """Who signed an installed library: by the names of this user's keys, else as its lock says."""
    from planwriter.app.find_package import trusted_keys

    if not locked.signed_by:
        return "　没有签名"
    names = dict.fromkeys(each.name for each in trusted_keys().value if each.fingerprint in locked.keys)
    return f"　签名：{'、'.join(names)}" if names else f"　签名：{locked.signed_by}（公钥不在你信任的名单里）"


@click.command(cls=Command)
@click.argument("folder", metavar="条款库文件夹")
@click.option("-o", "--output", metavar="文件.pwlib", help="写到哪个文件；不写就在当前文件夹，叫 名称-版本.pwlib。")
@click.option("--previous", metavar="文件.pwlib", help="上一版的包；不写就在输出的文件夹里找。")
@click.option("--notes", metavar="文件.md", help="更新说明写到哪个文件；不写就和包放在一起，同名。")
def release(folder: str, output: str | None, previous: str | None, notes: str | None) -> None:
    """检查条款库，核对版本号够不够，打成可以发布的 .pwlib 包，写出更新说明。

    删了条款、加了必填的参数要升第一段版本号，新增条款升第二段，改文字升第三段。同样的内容打出来的包一个字节也不差。

    \b
    例：planwriter library release 教育条款
        planwriter library release 教育条款 -o 发布/教育条款-1.2.0.pwlib --previous 旧/教育条款-1.1.0.pwlib
    """
    from planwriter.sharing.release import make_release

    shown = files.shown_path(folder.rstrip("/\\") or folder)
    library = _open_library(folder, shown)
    target = (
        os.path.join(output or "", library.file_name) if os.path.isdir(output or ".") else output or library.file_name
    )
    if not target.endswith(SUFFIX):
        raise click.UsageError(f"-o 写文件夹，或以 {SUFFIX} 结尾的文件名，例如 {os.path.splitext(target)[0]}{SUFFIX}。")
    earlier = previous or _previous_path(library, os.path.dirname(target))
    before = _read_bundle(earlier) if earlier else Result(None)
    stop_on_errors(before.findings)
    made = make_release(library, shown, before.value)
    stop_on_errors(made.findings)
    assert made.value is not None
    if made.value.published and before.value is not None and _is_there(target, before.value):
        say(f"{library.manifest.name} {library.version} 已经发布过，内容一样，没有重写。")
        return
    told = notes or f"{target.removesuffix(SUFFIX)}.md"
    data = (
        with_signatures(before.value, before.value.signatures)
        if made.value.published and before.value
        else made.value.data
    )
    failed = files.write_pair((target, data), (told, made.value.notes.encode()))
    stop_on_errors([failed] if failed else [])
    _report(made.value, target, told, before.value)


def _open_library(folder: str, shown: str) -> Bundle:
    """The library in a folder as the package it will be; ends the process where it cannot be one."""
    from planwriter.sharing.release import pack_library

    read = files.read_folder(folder, belongs, shown)
    stop_on_errors(read.findings)
    packed = pack_library(read.value or {}, shown)
    stop_on_errors(packed.findings)
    assert packed.value is not None
    from planwriter.clauses.library import MANIFEST_FILE, open_files

    session = Session().at(os.path.join(folder, MANIFEST_FILE))
    stop_on_errors(check_in_workspace(session, open_files(packed.value.files, shown)))
    return packed.value


def _is_there(target: str, published: Bundle) -> bool:
    """True where the file to be written is there with what was published."""
    if not os.path.exists(target):
        return False
    there = _read_bundle(target).value
    return there is not None and there.fingerprint == published.fingerprint


def _previous_path(library: Bundle, folder: str) -> str | None:
    """The package that `library` follows, among those in the folder of its output; None where it is the first."""
    from planwriter.language.versions import parse_version
    from planwriter.sharing.release import previous_version

    start = f"{library.manifest.name}-"
    read = files.list_folder(folder or ".")
    found = [
        parse_version(name[len(start) : -len(SUFFIX)])
        for name in read
        if name.startswith(start) and name.endswith(SUFFIX)
    ]
    version = previous_version([each for each in found if each], library.version)
    return None if version is None else os.path.join(folder, f"{start}{version}{SUFFIX}")


def _read_bundle(path: str) -> Result[Bundle | None]:
    shown = files.shown_path(path)
    data = files.read_named(path, shown, limit=MAX_BUNDLE)
    return open_bundle(data.value, shown) if data.value is not None else Result(None, data.findings)


def _report(made: Release, target: str, notes: str, before: Bundle | None) -> None:
    after = f"，接在 {before.version} 之后" if before else ""
    say(f"{target}：{made.bundle.manifest.name} {made.bundle.version}，{made.count} 条{after}")
    say(f"sha256：{made.bundle.sha256}")
    say(f"更新说明：{notes}")
    say(f"下一步，签名：{typed('planwriter', 'library', 'sign', target, '--key', '私钥.key')}")
