"""Fetches a library from where it is: a package, a folder, or an archive of a folder, on the disk or at an address."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping

from planwriter.sharing.address import Address, read_address
from planwriter.sharing.folder_archive import MANIFEST, is_folder_archive, read_folder_archive
from planwriter.sharing.naming import is_file_name
from planwriter.sharing.refusal import Progress, Refused, gives_result, no_git, too_large
from planwriter.sharing.remote import RemoteStore
from planwriter.sharing.store import read_plain, unreadable
from planwriter.start.records import dataclass, field
from planwriter.system.files import MAX_BYTES, plain_files
from planwriter.system.zip_bounds import FOLDER, BadArchive, TooLarge

MAX_PACKAGE = FOLDER.packed
MAX_FILES = 500


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a source gave: the bytes of a package, or else the files of a library's folder."""

    source: str
    """The canonical form of the source, for the lock file: no credentials, forward slashes."""
    package: bytes | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)


@gives_result
def fetch(source: str, *, base: str, limit: int = MAX_PACKAGE, progress: Progress | None = None) -> Fetched:
    """What stands at `source`, of at most `limit` bytes; a finding (PW340 to PW343) where that cannot be had.

    A relative path counts from the folder `base` (the workspace), and the canonical form can be fetched again from there.
    """
    address = read_address(source, base)
    if address is None:
        advice = "可以写 .pwlib 文件、条款库文件夹、它的压缩包（.zip、.tar.gz），或它们的网址。"
        raise Refused("PW340", "（来源）", source="（来源）", reason="不是文件、文件夹，也不是地址", advice=advice)
    if address.sort == "git":
        raise no_git(address.shown)
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
    if is_folder_archive(data, address.shown.partition("?")[0]):
        return Fetched(address.shown, files=_library(address, _archive(address, data), limit))
    return Fetched(address.shown, package=data)


def _archive(address: Address, data: bytes) -> dict[str, bytes]:
    """The files of an archive that belong to a library."""
    try:
        return read_folder_archive(data, _belongs)
    except TooLarge as error:
        raise Refused("PW343", address.shown, source=address.shown, what=error.what, limit=error.limit) from error
    except BadArchive as error:
        advice = "核对下载的是不是完整；或者自己解压出来，装里面有 library.yaml 的那个文件夹。"
        raise Refused("PW340", address.shown, source=address.shown, reason=str(error), advice=advice) from error


def _folder(address: Address, limit: int) -> dict[str, bytes]:
    """The files of a folder of the disk that belong to a library; no links."""
    try:
        names = [name for name in plain_files(address.where) if _belongs(name)]
    except OSError as error:
        raise unreadable(address.shown, error) from error
    _count(address, names)
    files: dict[str, bytes] = {}
    for name in names:
        data = read_plain(os.path.join(address.where, name), f"{address.shown}/{name}", min(MAX_BYTES, limit))
        files[name] = data or b""
    return files


def _library(address: Address, files: Mapping[str, bytes], limit: int) -> dict[str, bytes]:
    """The files that belong to a library, within the bounds."""
    kept = {name: data for name, data in sorted(files.items()) if _belongs(name)}
    if MANIFEST not in kept:
        advice = "写条款库所在的文件夹（里面有 library.yaml）。"
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
