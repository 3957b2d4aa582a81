"""Fetches a library from where it is: a package file, a folder, an address on the net, a git repository."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from planwriter.sharing.address import Address, at_commit, read_address
from planwriter.sharing.git import fetch_commit
from planwriter.sharing.naming import is_file_name
from planwriter.sharing.refusal import Progress, Refused, gives_result, too_large
from planwriter.sharing.remote import RemoteStore
from planwriter.sharing.store import read_plain, unreadable
from planwriter.system.files import MAX_BYTES

MAX_PACKAGE = 32 * 1024 * 1024
MAX_FILES = 500
MANIFEST = "library.yaml"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a source gave: the bytes of a package, or else the files of a library's folder."""

    source: str
    """The canonical form of the source, for the lock file: no credentials, forward slashes, a commit's id."""
    package: bytes | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)


@gives_result
def fetch(source: str, *, base: str, limit: int = MAX_PACKAGE, progress: Progress | None = None) -> Fetched:
    """What stands at `source`, of at most `limit` bytes; a finding (PW340 to PW343) where that cannot be had.

    A relative path counts from the folder `base` (the workspace), and the canonical form can be fetched again from there.
    """
    address = read_address(source, base)
    if address is None:
        advice = "可以写 .pwlib 文件、条款库文件夹、网址或 git 地址（#标签:子文件夹）。"
        raise Refused("PW340", "（来源）", source="（来源）", reason="不是文件、文件夹，也不是地址", advice=advice)
    if address.sort == "git":
        commit, files = fetch_commit(address, progress)
        return Fetched(at_commit(address, commit), files=_library(address, files, limit))
    if address.sort == "path" and os.path.isdir(address.where):
        return Fetched(address.shown, files=_library(address, _folder(address, limit), limit))
    if address.sort == "path":
        data = read_plain(address.where, address.shown, limit, progress)
    else:
        data = RemoteStore(address).read("", limit, progress)
    if data is None:
        raise Refused(
            "PW340", address.shown, source=address.shown, reason="那里没有这个文件", advice="核对名称和地址。"
        )
    return Fetched(address.shown, package=data)


def _folder(address: Address, limit: int) -> dict[str, bytes]:
    """The files of a folder of the disk that belong to a library; no links."""
    try:
        with os.scandir(address.where) as entries:
            names = [each.name for each in entries if _belongs(each.name) and each.is_file(follow_symlinks=False)]
    except OSError as error:
        raise unreadable(address.shown, error) from error
    _count(address, names)
    files: dict[str, bytes] = {}
    for name in sorted(names):
        data = read_plain(os.path.join(address.where, name), f"{address.shown}/{name}", min(MAX_BYTES, limit))
        files[name] = data or b""
    return files


def _library(address: Address, files: Mapping[str, bytes], limit: int) -> dict[str, bytes]:
    """The files that belong to a library, within the bounds."""
    kept = {name: data for name, data in sorted(files.items()) if _belongs(name)}
    if MANIFEST not in kept:
        advice = "写条款库所在的文件夹（里面有 library.yaml）；git 地址用 #标签:子文件夹 写明。"
        raise Refused("PW340", address.shown, source=address.shown, reason=f"里面没有 {MANIFEST}", advice=advice)
    if len({name.casefold() for name in kept}) < len(kept):
        raise Refused(
            "PW340", address.shown, source=address.shown, reason="有两个文件名只差大小写", advice="改掉一个文件名。"
        )
    _count(address, kept)
    for name, data in kept.items():
        if len(data) > MAX_BYTES:
            raise too_large(f"{address.shown}/{name}", "大小", MAX_BYTES)
    if sum(map(len, kept.values())) > limit:
        raise too_large(address.shown, "文件合起来的大小", limit)
    return kept


def _count(address: Address, names: Collection[str]) -> None:
    if len(names) > MAX_FILES:
        raise Refused("PW343", address.shown, source=address.shown, what="文件的个数", limit=str(MAX_FILES))


def _belongs(name: str) -> bool:
    """True for a file of a library whose name every system can hold."""
    return (name.endswith((".yaml", ".yml", ".md")) or name == "LICENSE") and is_file_name(name)
