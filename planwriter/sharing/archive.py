"""The zip archive of a package, read by a rule so strict that no two programs can read it differently.

Entries follow each other from the first byte without gaps; the directory says of each what its own header says; the
end record is the end of the file. So nothing can overlap, hide, or stand before or behind. What `system/zip` reads within
its bounds is held against this rule before anything is unpacked.
"""

from __future__ import annotations

import stat
import unicodedata
from collections.abc import Mapping

from planwriter.system.zip import Entry, Zip, check_method, open_zip
from planwriter.system.zip_bounds import PACKAGE, BadArchive
from planwriter.system.zip_format import END, UTF8
from planwriter.system.zip_write import Head, pack_entries, stored

_MAX_NAME = 200
_DEFLATE_SPEED = 0x0006
_UNIX_FILE = Head(made_by=(3 << 8) | 20, mode=(stat.S_IFREG | 0o644) << 16)
_UNSEEN = frozenset(("Cc", "Cf", "Co", "Cs", "Zl", "Zp"))
_DOS_FOLDER, _DOS_VOLUME = 0x10, 0x08
_RESERVED = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)))
)


def pack(files: Mapping[str, bytes]) -> bytes:
    """The archive of `files` in their order; stored as they are, so that no version of zlib changes a byte of it."""
    return pack_entries({name: stored(data, _UNIX_FILE) for name, data in files.items()})


def unpack(data: bytes) -> dict[str, bytes]:
    """The files of an archive in their order; raises BadArchive for anything but plain files in one folder."""
    archive = open_zip(data, PACKAGE, lenient=True)
    _check_order(data, archive)
    files: dict[str, bytes] = {}
    seen: set[str] = set()
    for entry in archive.entries:
        name = _name(entry)
        alike = unicodedata.normalize("NFKC", name).casefold()
        if alike in seen:
            raise BadArchive(f"“{name}”重名（大小写、全半角不同也算）")
        seen.add(alike)
        files[name] = archive.read(entry)
    return files


def name_fault(name: str) -> str:
    """Why a name cannot be that of a file in a package, on every system and in one folder; empty where it can."""
    if not name or len(name.encode("utf-8", "replace")) > _MAX_NAME:
        return "是空的或者太长"
    if any(unicodedata.category(mark) in _UNSEEN for mark in name):
        return "里有看不见的字符"
    if any(mark in '/\\:<>"|?*' for mark in name):
        return '不是一个单独的文件名（不许有文件夹、盘符和 < > : " | ? *）'
    if name.startswith(".") or name[-1] in ". " or name[0] == " ":
        return "不能以点或空格开头、结尾"
    if name.partition(".")[0].strip().lower() in _RESERVED:
        return "是 Windows 留作他用的名字"
    return "" if unicodedata.is_normalized("NFC", name) else "不是规范的 Unicode 写法（NFC）"


def _check_order(data: bytes, archive: Zip) -> None:
    """Raises BadArchive unless entries, directory and end follow each other without gaps and agree."""
    at = 0
    for entry in archive.entries:
        if entry.at != at:
            raise BadArchive("压缩包里的文件没有一个接一个排好")
        at = _check_entry(archive, entry)
    if at != archive.directory.start:
        raise BadArchive("压缩包里夹带了目录上没有的东西")
    if archive.comment or archive.directory.stop + END.size != len(data):
        raise BadArchive("压缩包不完整，或者前后夹带了别的东西")


def _check_entry(archive: Zip, entry: Entry) -> int:
    """Where an entry ends; raises BadArchive unless its own header says what the directory does: that it is a plain file."""
    local = archive.local(entry)
    declared = (entry.flags, entry.method, entry.crc, entry.packed, entry.size, entry.raw_name)
    if local[:-1] != declared or entry.is_wide or entry.disk or entry.comment:
        raise BadArchive("压缩包的目录和里面的文件对不上")
    if stat.S_IFMT(entry.mode >> 16) not in (0, stat.S_IFREG) or entry.mode & (_DOS_FOLDER | _DOS_VOLUME):
        raise BadArchive("里面有文件夹、链接或设备，只许有普通文件")
    return local.start + entry.packed


def _name(entry: Entry) -> str:
    check_method(entry)
    if entry.flags & ~(UTF8 | _DEFLATE_SPEED):
        raise BadArchive("压缩包用了不认的压缩方法")
    try:
        name = entry.raw_name.decode("utf-8" if entry.flags & UTF8 else "ascii")
    except UnicodeDecodeError:
        raise BadArchive("里面的文件名不是 UTF-8 编码") from None
    fault = name_fault(name)
    if fault:
        shown = "".join(mark if mark.isprintable() else "\ufffd" for mark in name[:60])
        raise BadArchive(f"里面的文件名“{shown}”{fault}")
    return name
