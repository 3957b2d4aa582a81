"""The folder of a library in a .zip or a .tar.gz, as the site of a repository or a file manager makes it.

The library is at the top of the archive or in the only folder there (`name-branch/`). Only its own files are unpacked, in
memory; what else is there (a whole repository, its pictures and its links) is passed over.
"""

from __future__ import annotations

import stat
import unicodedata
from collections.abc import Callable, Iterable
from functools import partial

from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex
from planwriter.system.tar import GZIP_MARK, open_tar
from planwriter.system.zip import Entry, open_zip
from planwriter.system.zip_bounds import FOLDER, BadArchive
from planwriter.system.zip_format import END_MARK, LOCAL, LOCAL_MARK

MANIFEST = "library.yaml"
ARCHIVE_SUFFIXES = (".zip", ".tar.gz", ".tgz")
_PACKAGE_START = b"pwlib.json"
_ELSEWHERE = regex(r"/|[A-Za-z]:|(.*/)?\.\.(/|$)")
"""A name that leads out of the folder an archive is unpacked in."""
_OF_MACOS = ("__MACOSX", ".DS_Store")
_MANY = 5


class _Item(NamedTuple):
    """Something in an archive: its path in parts, and how it is read when it is a file."""

    path: tuple[str, ...]
    is_file: bool
    is_folder: bool
    read: Callable[[], bytes]


def is_folder_archive(data: bytes, name: str) -> bool:
    """True for a zip or gzip archive that is not the package of a library, which is a zip too."""
    if name.endswith(".pwlib"):
        return False
    is_package = data.startswith(_PACKAGE_START, LOCAL.size)
    return data.startswith((GZIP_MARK, END_MARK)) or (data.startswith(LOCAL_MARK) and not is_package)


def read_folder_archive(data: bytes, belongs: Callable[[str], bool]) -> dict[str, bytes]:
    """The files of the one library in an archive, those whose name `belongs`; raises BadArchive when there is no such one."""
    items = list(_tar_items(data) if data.startswith(GZIP_MARK) else _zip_items(data))
    folder = _library_folder(items)
    files: dict[str, bytes] = {}
    for item in items:
        name = unicodedata.normalize("NFC", item.path[-1])  # macOS writes the marks of a letter apart
        if item.path[:-1] != folder or item.is_folder or not belongs(name):
            continue
        if not item.is_file:
            raise BadArchive(f"里面的“{name}”是链接或设备，不是文件")
        if name in files:
            raise BadArchive(f"里面有两个“{name}”")
        files[name] = item.read()
    return files


def _library_folder(items: Iterable[_Item]) -> tuple[str, ...]:
    """The folder that holds library.yaml: the top of the archive, or the only folder there."""
    found = sorted({item.path[:-1] for item in items if item.is_file and item.path[-1] == MANIFEST})
    tops = {item.path[0] for item in items}
    if () in found:
        return ()
    if len(tops) == 1 and tuple(tops) in found:
        return tuple(tops)
    if not found:
        raise BadArchive(f"压缩包里没有 {MANIFEST}，不是条款库")
    shown = "、".join(_shown("/".join(each)) for each in found[:_MANY])
    several = f"等 {len(found)} 个文件夹" if len(found) > 1 else ""
    raise BadArchive(f"{MANIFEST} 不在压缩包的最上一层，也不在唯一的文件夹里，在 {shown} {several}".rstrip())


def _zip_items(data: bytes) -> Iterable[_Item]:
    archive = open_zip(data, FOLDER, lenient=True)
    for entry in archive.entries:
        name = entry.name.replace("\\", "/")  # as older programs of Windows write it
        path = _path(name)
        if path:
            is_folder = name.endswith("/")
            yield _Item(path, not is_folder and _is_file(entry), is_folder, partial(archive.read, entry))


def _is_file(entry: Entry) -> bool:
    return stat.S_IFMT(entry.mode >> 16) in (0, stat.S_IFREG)


def _tar_items(data: bytes) -> Iterable[_Item]:
    archive = open_tar(data, FOLDER)
    for member in archive.members:
        path = _path(member.name)
        if path:
            yield _Item(path, member.is_file, member.is_folder, partial(archive.read, member))


def _path(name: str) -> tuple[str, ...]:
    """The parts of a path; none for what a system put there for itself."""
    if _ELSEWHERE.match(name):
        raise BadArchive(f"里面的文件名“{_shown(name)}”指到了文件夹外面")
    path = tuple(part for part in name.split("/") if part not in ("", "."))
    return () if path and (path[0] in _OF_MACOS or path[-1] in _OF_MACOS) else path


def _shown(name: str) -> str:
    return "".join(mark if mark.isprintable() else "\ufffd" for mark in name[:60])
