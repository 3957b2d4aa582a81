"""Reads .tar.gz archives that may come from anywhere, within a row of `zip_bounds`.

Read by hand, since `tarfile` has no bound on an extended header, on headers before headers, or on the holes of a file.
"""

from __future__ import annotations

from planwriter.start.named_tuple import NamedTuple
from planwriter.system.zip import decode_name
from planwriter.system.zip_bounds import BadArchive, Bounds, TooLarge, in_mib
from planwriter.system.zip_inflate import gunzip

GZIP_MARK = b"\x1f\x8b"
_BLOCK = 512
_MAX_EXTENDED = 64 * 1024
"""What an extended header may hold, in bytes."""
_BROKEN = "压缩包坏了，打不开"
_FILES, _FOLDER, _SPARSE = (b"0", b"\0", b"7"), b"5", b"S"
_EMPTY = (b"1", b"2", b"3", b"4", b"5", b"6")
"""Links, devices, folders and pipes: no bytes follow them."""
_LONG_NAME, _LONG_LINK, _PAX, _PAX_FOR_ALL = b"L", b"K", b"x", b"g"


class Member(NamedTuple):
    """A file, a folder, or something else (a link, a device) in an archive."""

    name: str
    is_file: bool
    is_folder: bool
    start: int
    """Where its bytes begin in what the archive unpacks to."""
    size: int


class Tar:
    """The members of an archive, each read when it is asked for."""

    def __init__(self, data: bytearray, members: tuple[Member, ...], bounds: Bounds) -> None:
        self.members = members
        self._data, self._bounds = data, bounds

    def read(self, member: Member) -> bytes:
        """The bytes of a file; raises TooLarge when they are more than a single file may have."""
        if member.size > self._bounds.each:
            raise TooLarge(f"里面的 {member.name} ", in_mib(self._bounds.each))
        return bytes(self._data[member.start : member.start + member.size])


def open_tar(data: bytes, bounds: Bounds) -> Tar:
    """The archive that `data` is; raises BadArchive when it is none, or is beyond the bounds."""
    if len(data) > bounds.packed:
        raise TooLarge("", in_mib(bounds.packed))
    unpacked = gunzip(data, bounds.unpacked)
    return Tar(unpacked, tuple(_read_members(unpacked, bounds)), bounds)


def _read_members(data: bytearray, bounds: Bounds) -> list[Member]:
    members: list[Member] = []
    path, long_size = b"", b""  # what extended headers say of the next member
    at = 0
    while any(header := bytes(data[at : at + _BLOCK])):
        size, kind = _read_header(header)
        at += _BLOCK
        if kind in (_LONG_NAME, _LONG_LINK, _PAX, _PAX_FOR_ALL):
            content = _content(data, at, size)
            if kind == _LONG_NAME:
                path = content.rstrip(b"\0")
            elif kind == _PAX:
                said = _pax_records(content)
                path, long_size = said.get(b"path", path), said.get(b"size", long_size)
        else:
            size = 0 if kind in _EMPTY else _decimal(long_size) if long_size else size
            members.append(_member(path or _path(header), kind, at, size))
            path, long_size = b"", b""
        if len(members) > bounds.entries:
            raise TooLarge("里面的文件", f"{bounds.entries} 个")
        at += -(-size // _BLOCK) * _BLOCK
        if at > len(data):
            raise BadArchive(_BROKEN)
    if not members:
        raise BadArchive(_BROKEN)
    return members


def _read_header(header: bytes) -> tuple[int, bytes]:
    """The size and the kind that a header declares; raises BadArchive when it is none."""
    given = header[148:156]
    if len(header) < _BLOCK or sum(header) - sum(given) + 8 * ord(" ") != _number(given):
        raise BadArchive(_BROKEN)
    kind = header[156:157]
    if kind == _SPARSE:
        raise BadArchive("压缩包用了不认的存法（稀疏文件）")
    return _number(header[124:136]), kind


def _number(field: bytes) -> int:
    """A number in octal digits, or behind a mark in binary."""
    if field[:1] == b"\x80":
        return int.from_bytes(field[1:], "big")
    digits = field.strip(b"\0 ")
    if not all(ord("0") <= digit <= ord("7") for digit in digits):
        raise BadArchive(_BROKEN)
    return int(digits or b"0", 8)


def _content(data: bytearray, at: int, size: int) -> bytes:
    """The bytes of an extended header."""
    if size > _MAX_EXTENDED:
        raise BadArchive(_BROKEN)
    return bytes(data[at : at + size])


def _pax_records(content: bytes) -> dict[bytes, bytes]:
    """The records of a pax header: `25 path=甲.yaml` and a line feed, the length counting itself."""
    said: dict[bytes, bytes] = {}
    at = 0
    while at < len(content):
        digits = content[at : at + 6].partition(b" ")[0]
        length = _decimal(digits)
        key, mark, value = content[at + len(digits) + 1 : at + length].partition(b"=")
        if length <= len(digits) + 1 or not mark or not value.endswith(b"\n"):
            raise BadArchive(_BROKEN)
        said[key] = value[:-1]
        at += length
    return said


def _decimal(digits: bytes) -> int:
    if not digits.isdigit() or len(digits) > 18:
        raise BadArchive(_BROKEN)
    return int(digits)


def _path(header: bytes) -> bytes:
    """The path in a header, with the part in front of it that POSIX keeps apart."""
    name = header[:100].partition(b"\0")[0]
    front = header[345:500].partition(b"\0")[0] if header[257:263] == b"ustar\0" else b""
    return front + b"/" + name if front else name


def _member(path: bytes, kind: bytes, start: int, size: int) -> Member:
    name = decode_name(path)
    is_folder = kind == _FOLDER or (kind in _FILES and name.endswith("/"))
    return Member(name, kind in _FILES and not is_folder, is_folder, start, size)
