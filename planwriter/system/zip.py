"""Reads zip archives that may come from anywhere, each kind within its row of `zip_bounds`.

Nothing is unpacked when an archive is opened. An entry is unpacked when it is asked for, to the size that the directory
declares and no further; so what the declared sizes add up to, which is bounded, is the most that is ever unpacked.
"""

from __future__ import annotations

import contextlib
import struct
from collections.abc import Iterator, Mapping
from itertools import pairwise

from planwriter.start.named_tuple import NamedTuple
from planwriter.system.zip_bounds import BadArchive, Bounds, TooLarge, in_mib
from planwriter.system.zip_format import (
    CENTRAL,
    CENTRAL_MARK,
    DEFLATED,
    END,
    END_MARK,
    LOCAL,
    LOCAL_MARK,
    STORED,
    UTF8,
    ZIP64_EXTRA,
)
from planwriter.system.zip_inflate import checksum, inflate

_BROKEN = "压缩包坏了，打不开"
_END64 = struct.Struct("<4sQHHIIQQQQ")
_LOCATOR = struct.Struct("<4sIQI")
_MAX_COMMENT = 0xFFFF
_NARROW = 0xFFFFFFFF
"""What stands for a number that only the ZIP64 records hold."""
_ENCRYPTED, _PATCH = 0x2041, 0x0020
_SUSPECT_SIZE = 1024
"""What an entry may unpack to at any ratio, in bytes."""


class Entry(NamedTuple):
    """What the directory says of an entry."""

    name: str
    raw_name: bytes
    made_by: int
    needs: int
    flags: int
    method: int
    time: int
    date: int
    crc: int
    packed: int
    size: int
    extra: bytes
    comment: bytes
    disk: int
    internal: int
    mode: int
    at: int
    """Where its own header begins."""
    is_wide: bool
    """True when a ZIP64 field holds its sizes or its place."""


class Local(NamedTuple):
    """What an entry's own header says, and where the packed bytes behind it begin."""

    flags: int
    method: int
    crc: int
    packed: int
    size: int
    raw_name: bytes
    start: int


class _End(NamedTuple):
    """Where the directory begins and ends, how many entries it lists, where the last record begins, and the comment."""

    start: int
    stop: int
    entries: int
    at: int
    comment: bytes


class Zip(Mapping[str, bytes]):
    """The entries of an archive by name, each unpacked and checked when it is asked for, which raises BadArchive."""

    def __init__(self, data: bytes, bounds: Bounds, end: _End, entries: tuple[Entry, ...]) -> None:
        self.entries = entries
        self.comment = end.comment
        self.directory = range(end.start, end.stop)
        """Where the directory stands."""
        self._data, self._bounds = data, bounds
        self._by_name = {entry.name: entry for entry in entries}
        starts = sorted(entry.at for entry in entries)
        self._next = dict(pairwise((*starts, end.start)))
        if len(set(starts)) < len(starts):
            raise BadArchive("压缩包里的文件互相重叠")

    def __getitem__(self, name: str) -> bytes:
        return self.read(self._by_name[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    def __len__(self) -> int:
        return len(self._by_name)

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    def read(self, entry: Entry) -> bytes:
        """The bytes of an entry, of the size and the checksum that the directory declares; raises BadArchive."""
        check_method(entry)
        if entry.size > self._bounds.each:
            raise TooLarge(f"里面的 {entry.name} ", in_mib(self._bounds.each))
        if self._bounds.ratio and entry.size > self._bounds.ratio * entry.packed + _SUSPECT_SIZE:
            raise BadArchive(f"“{entry.name}”压缩得不像文字，疑为压缩炸弹")
        packed = self.packed(entry)
        data = bytes(packed) if entry.method == STORED else inflate(packed, entry.size)
        if data is None or len(data) != entry.size or checksum(data) != entry.crc:
            raise BadArchive(f"压缩包里的 {entry.name} 坏了，和记下的大小或校验和不符")
        return data

    def packed(self, entry: Entry) -> memoryview:
        """The bytes of an entry as they stand in the archive; raises BadArchive when they reach into something else."""
        local = self.local(entry)
        stop = local.start + entry.packed
        if local.raw_name != entry.raw_name:
            raise BadArchive("压缩包的目录和里面的文件对不上")
        if stop > self._next[entry.at]:
            raise BadArchive("压缩包里的文件互相重叠")
        return memoryview(self._data)[local.start : stop]

    def local(self, entry: Entry) -> Local:
        """What stands before an entry's bytes; raises BadArchive when that is no header."""
        if not self._data.startswith(LOCAL_MARK, entry.at) or entry.at + LOCAL.size > self.directory.start:
            raise BadArchive(_BROKEN)
        _, _, flags, method, _, _, crc, packed, size, named, extra = LOCAL.unpack_from(self._data, entry.at)
        at = entry.at + LOCAL.size
        return Local(flags, method, crc, packed, size, self._data[at : at + named], at + named + extra)


def open_zip(data: bytes, bounds: Bounds, *, lenient: bool = False) -> Zip:
    """The archive that `data` is; raises BadArchive when it is none, or is beyond the bounds.

    An archive with an encrypted entry, one packed in an unknown way, or two of one name (small and capital letters are
    the same) is refused; when `lenient`, such entries may be there and are refused when they are read.
    """
    if len(data) > bounds.packed:
        raise TooLarge("", in_mib(bounds.packed))
    end = _find_end(data)
    if end.entries > bounds.entries:
        raise TooLarge("里面的文件", f"{bounds.entries} 个")
    entries = tuple(_read_directory(data, end))
    if sum(entry.size for entry in entries) > bounds.unpacked:
        raise TooLarge("解开以后", in_mib(bounds.unpacked))
    if not lenient:
        if len({entry.name.casefold() for entry in entries}) < len(entries):
            raise BadArchive("压缩包里有重名的部分")
        for entry in entries:
            check_method(entry)
    return Zip(data, bounds, end, entries)


def check_method(entry: Entry) -> None:
    """Raises BadArchive when an entry is encrypted or packed in an unknown way."""
    if entry.flags & _ENCRYPTED:
        raise BadArchive("加了密码")
    if entry.flags & _PATCH or entry.method not in (STORED, DEFLATED):
        raise BadArchive("压缩包用了不认的压缩方法")


# the end


def _find_end(data: bytes) -> _End:
    """The last record that can be the end of an archive; a comment, or something else, may follow it."""
    lowest = max(0, len(data) - END.size - _MAX_COMMENT)
    at = len(data)
    while (at := data.rfind(END_MARK, lowest, at + len(END_MARK) - 1)) >= 0:
        end = _end_at(data, at)
        if end is not None:
            return end
    raise BadArchive(_BROKEN)


def _end_at(data: bytes, at: int) -> _End | None:
    if at + END.size > len(data):
        return None
    _, disk, first, here, count, size, start, length = END.unpack_from(data, at)
    comment = data[at + END.size : at + END.size + length]
    if _NARROW in (size, start) or 0xFFFF in (here, count):
        wide = _wide_end(data, at)
        if wide is not None:
            disk, first, here, count, size, start = wide
    stop = start + size
    if disk or first or here != count or len(comment) != length or stop > at:
        return None
    return _End(start, stop, count, at, comment) if not size or data.startswith(CENTRAL_MARK, start) else None


def _wide_end(data: bytes, at: int) -> tuple[int, int, int, int, int, int] | None:
    """The numbers of the ZIP64 end; None when there is none."""
    place = at - _LOCATOR.size
    if place < 0 or not data.startswith(b"PK\6\7", place):
        return None
    _, _, wide_at, _ = _LOCATOR.unpack_from(data, place)
    if wide_at + _END64.size > place or not data.startswith(b"PK\6\6", wide_at):
        return None
    disk, first, here, count, size, start = _END64.unpack_from(data, wide_at)[4:]
    return disk, first, here, count, size, start


# the directory


def _read_directory(data: bytes, end: _End) -> Iterator[Entry]:
    at, left = end.start, end.entries
    while at < end.stop:
        if not left or at + CENTRAL.size > end.stop or not data.startswith(CENTRAL_MARK, at):
            raise BadArchive(_BROKEN)
        entry, at = _read_entry(data, at, end.stop)
        if entry.at >= end.start:
            raise BadArchive(_BROKEN)
        yield entry
        left -= 1
    if left:
        raise BadArchive(_BROKEN)


def _read_entry(data: bytes, at: int, stop: int) -> tuple[Entry, int]:
    """The entry whose record stands at `at`, and where the record ends."""
    record = CENTRAL.unpack_from(data, at)
    _, made_by, needs, flags, method, time, date, crc, packed, size, *lengths, disk, internal, mode, place = record
    at += CENTRAL.size
    texts = []
    for length in lengths:
        texts.append(data[at : at + length])
        at += length
    if at > stop:
        raise BadArchive(_BROKEN)
    raw, extra, comment = texts
    wide = _NARROW in (size, packed, place)
    if wide:
        size, packed, place = _wide_numbers(extra, (size, packed, place))
    name = decode_name(raw, ("utf-8",)) if flags & UTF8 else decode_name(raw)
    head = (name, raw, made_by, needs, flags, method, time, date, crc, packed, size)
    return Entry(*head, extra, comment, disk, internal, mode, place, wide), at


def extra_fields(extra: bytes) -> Iterator[tuple[int, bytes]]:
    """The fields of an entry's extra bytes: the number of each, and what it holds."""
    at = 0
    while at + 4 <= len(extra):
        number, length = struct.unpack_from("<HH", extra, at)
        yield number, extra[at + 4 : at + 4 + length]
        at += 4 + length


def _wide_numbers(extra: bytes, narrow: tuple[int, int, int]) -> list[int]:
    """Size, packed size and place, with those that stand in the ZIP64 field put in."""
    field = next((field for number, field in extra_fields(extra) if number == ZIP64_EXTRA), b"")
    numbers, at = [], 0
    for number in narrow:
        if number == _NARROW and at + 8 <= len(field):
            number = struct.unpack_from("<Q", field, at)[0]
            at += 8
        numbers.append(number)
    return numbers


def decode_name(raw: bytes, codecs: tuple[str, ...] = ("utf-8", "gb18030")) -> str:
    """A name as it was meant: in UTF-8, or in GBK as Windows writes it in China; marks for what is neither."""
    for codec in codecs:
        with contextlib.suppress(UnicodeDecodeError):
            return raw.decode(codec)
    return raw.decode("utf-8", "replace")
