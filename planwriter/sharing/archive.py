"""The zip archive of a package, read by a rule so strict that no two programs can read it differently.

Entries follow each other from the first byte without gaps; the directory says of each what its own header says; the
end record is the end of the file. So nothing can overlap, hide, or stand before or behind. A file may come from anywhere:
everything is bounded before it is unpacked.
"""

from __future__ import annotations

import stat
import struct
import unicodedata
import zlib
from collections.abc import Mapping
from typing import NamedTuple

MAX_PACKED = 9 * 1024 * 1024
MAX_UNPACKED = 8 * 1024 * 1024
MAX_ENTRIES = 500
MAX_RATIO = 100
_MAX_NAME = 200
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _UTF8, _DEFLATE_SPEED = 0x0001, 0x0800, 0x0006
_UNIX_FILE = (3 << 8) | 20, (stat.S_IFREG | 0o644) << 16
_FIRST_DAY = 33  # 1 January 1980 as a zip entry dates it
_UNSEEN = frozenset(("Cc", "Cf", "Co", "Cs", "Zl", "Zp"))
_DOS_FOLDER, _DOS_VOLUME = 0x10, 0x08
_RESERVED = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)))
)


class Damaged(Exception):
    """The archive is refused; the message says why, in the writer's words."""


class _Entry(NamedTuple):
    """What a header says: where it begins, how it is packed, and where its packed bytes are."""

    at: int
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    name: bytes
    start: int

    @property
    def end(self) -> int:
        return self.start + self.packed


def pack(files: Mapping[str, bytes]) -> bytes:
    """The archive of `files` in their order; stored as they are, so that no version of zlib changes a byte of it."""
    body, directory = bytearray(), bytearray()
    for name, data in files.items():
        raw = name.encode()
        flags = 0 if name.isascii() else _UTF8
        head = (20, flags, _STORED, 0, _FIRST_DAY, zlib.crc32(data), len(data), len(data), len(raw), 0)
        made_by, mode = _UNIX_FILE
        directory += _CENTRAL.pack(b"PK\1\2", made_by, *head, 0, 0, 0, mode, len(body)) + raw
        body += _LOCAL.pack(b"PK\3\4", *head) + raw + data
    end = _END.pack(b"PK\5\6", 0, 0, len(files), len(files), len(directory), len(body), 0)
    return bytes(body + directory + end)


def unpack(data: bytes) -> dict[str, bytes]:
    """The files of an archive in their order; raises Damaged for anything but plain files in one folder."""
    directory, count = _find_directory(data)
    entries = _read_entries(data, directory, count)
    _check_directory(data, directory, entries)
    if sum(entry.size for entry in entries) > MAX_UNPACKED:
        raise Damaged(f"解开以后超过 {MAX_UNPACKED // 1024 // 1024} MB")
    files: dict[str, bytes] = {}
    seen: set[str] = set()
    for entry in entries:
        name = _name(entry)
        alike = unicodedata.normalize("NFKC", name).casefold()
        if alike in seen:
            raise Damaged(f"“{name}”重名（大小写、全半角不同也算）")
        seen.add(alike)
        files[name] = _content(data, entry, name)
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


def _find_directory(data: bytes) -> tuple[int, int]:
    """Where the directory begins, and how many entries there are."""
    if len(data) > MAX_PACKED:
        raise Damaged(f"超过 {MAX_PACKED // 1024 // 1024} MB")
    if not data.startswith(b"PK\3\4") or len(data) < _LOCAL.size + _END.size:
        raise Damaged("不是压缩包，或者只下载了一半")
    sign, disk, first, here, count, size, start, comment = _END.unpack_from(data, len(data) - _END.size)
    if sign != b"PK\5\6" or comment or disk or first or here != count or start + size + _END.size != len(data):
        raise Damaged("压缩包不完整，或者前后夹带了别的东西")
    if count > MAX_ENTRIES:
        raise Damaged(f"里面的文件超过 {MAX_ENTRIES} 个")
    return start, count


def _read_entries(data: bytes, stop: int, count: int) -> list[_Entry]:
    """The entries by their own headers, one behind the other up to `stop`."""
    entries, at = [], 0
    for _ in range(count):
        if at + _LOCAL.size > stop or not data.startswith(b"PK\3\4", at):
            raise Damaged("压缩包里的文件没有一个接一个排好")
        _, _, flags, method, _, _, crc, packed, size, named, extra = _LOCAL.unpack_from(data, at)
        name_at = at + _LOCAL.size
        start = name_at + named + extra
        entry = _Entry(at, flags, method, crc, packed, size, data[name_at : name_at + named], start)
        if entry.end > stop:
            raise Damaged("压缩包里的文件没有一个接一个排好")
        entries.append(entry)
        at = entry.end
    if at != stop:
        raise Damaged("压缩包里夹带了目录上没有的东西")
    return entries


def _check_directory(data: bytes, at: int, entries: list[_Entry]) -> None:
    """Raises Damaged unless the directory says the same as the entries, and that they are plain files."""
    stop = len(data) - _END.size
    for entry in entries:
        if at + _CENTRAL.size > stop or not data.startswith(b"PK\1\2", at):
            raise Damaged("压缩包的目录坏了")
        record = _CENTRAL.unpack_from(data, at)
        _, _, _, flags, method, _, _, crc, packed, size, named, extra, comment, disk, _, mode, start = record
        name = data[at + _CENTRAL.size : at + _CENTRAL.size + named]
        if (start, flags, method, crc, packed, size, name) != (*entry[:6], entry.name) or disk or comment:
            raise Damaged("压缩包的目录和里面的文件对不上")
        if stat.S_IFMT(mode >> 16) not in (0, stat.S_IFREG) or mode & (_DOS_FOLDER | _DOS_VOLUME):
            raise Damaged("里面有文件夹、链接或设备，只许有普通文件")
        at += _CENTRAL.size + named + extra
    if at != stop:
        raise Damaged("压缩包的目录里夹带了别的东西")


def _name(entry: _Entry) -> str:
    if entry.flags & _ENCRYPTED:
        raise Damaged("加了密码")
    if entry.flags & ~(_UTF8 | _DEFLATE_SPEED) or entry.method not in (_STORED, _DEFLATED):
        raise Damaged("用了不认的压缩方法")
    try:
        name = entry.name.decode("utf-8" if entry.flags & _UTF8 else "ascii")
    except UnicodeDecodeError:
        raise Damaged("里面的文件名不是 UTF-8 编码") from None
    fault = name_fault(name)
    if fault:
        shown = "".join(mark if mark.isprintable() else "\ufffd" for mark in name[:60])
        raise Damaged(f"里面的文件名“{shown}”{fault}")
    return name


def _content(data: bytes, entry: _Entry, name: str) -> bytes:
    """The bytes of an entry, of the size and the checksum that it says."""
    packed = data[entry.start : entry.end]
    if entry.size > MAX_RATIO * entry.packed + 1024:
        raise Damaged(f"“{name}”压缩得不像文字，疑为压缩炸弹")
    content = packed if entry.method == _STORED else _inflate(packed, entry.size)
    if content is None or len(content) != entry.size or zlib.crc32(content) != entry.crc:
        raise Damaged(f"“{name}”坏了，和压缩包里记的大小或校验和不符")
    return content


def _inflate(packed: bytes, size: int) -> bytes | None:
    """Unpacked bytes, never more than one over `size`; None where they do not end where the packed ones do."""
    inflater = zlib.decompressobj(-15)
    try:
        content = inflater.decompress(packed, size + 1)
    except zlib.error:
        return None
    return content if inflater.eof and not inflater.unused_data else None
