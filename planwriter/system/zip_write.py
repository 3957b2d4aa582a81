"""Writes zip archives: the same bytes for the same parts, on every system and at any time.

Written by hand since loading `zipfile` takes longer than rendering a document.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping

from planwriter.start.named_tuple import NamedTuple
from planwriter.system.zip_format import (
    CENTRAL,
    CENTRAL_MARK,
    DEFLATED,
    END,
    END_MARK,
    FIRST_DAY,
    LOCAL,
    LOCAL_MARK,
    STORED,
    UTF8,
)


def packing() -> str:
    """The version of zlib, on which the bytes of compressed parts depend."""
    return zlib.ZLIB_RUNTIME_VERSION


class Head(NamedTuple):
    """What the directory says of an entry beside its name, sizes and checksum."""

    made_by: int = 20
    needs: int = 20
    time: int = 0
    date: int = FIRST_DAY
    internal: int = 0
    mode: int = 0
    """The attributes of a file on the system in `made_by`."""
    extra: bytes = b""
    comment: bytes = b""


PLAIN = Head()


class Packed(NamedTuple):
    """The content of an entry, plain and as it stands in the archive."""

    data: bytes
    packed: bytes
    method: int = DEFLATED
    head: Head = PLAIN
    crc: int | None = None
    """The checksum of the content, if it is known."""


def deflated(data: bytes, head: Head = PLAIN, *, level: int = 6) -> Packed:
    """An entry that is compressed."""
    compressor = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Packed(data, compressor.compress(data) + compressor.flush(), DEFLATED, head)


def coded(data: bytes) -> Packed:
    """An entry in which nothing is repeated: its frequent characters are made shorter, no more."""
    compressor = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, zlib.Z_HUFFMAN_ONLY)
    return Packed(data, compressor.compress(data) + compressor.flush())


def stored(data: bytes, head: Head = PLAIN) -> Packed:
    """An entry that is kept as it is, so that no version of zlib changes a byte of it."""
    return Packed(data, data, STORED, head)


def pack(parts: Mapping[str, bytes], comment: str = "") -> bytes:
    """An archive of `parts` in their order, compressed."""
    return pack_entries({name: deflated(data) for name, data in parts.items()}, comment.encode("ascii"))


def pack_entries(entries: Mapping[str, Packed], comment: bytes = b"") -> bytes:
    """An archive of entries in their order."""
    body, directory = bytearray(), bytearray()
    for name, (data, packed, method, head, crc) in entries.items():
        made_by, needs, time, date, internal, mode, extra, note = head
        raw = name.encode()
        flags = 0 if name.isascii() else UTF8
        sizes = len(packed), len(data), len(raw), len(extra)
        same = (needs, flags, method, time, date, zlib.crc32(data) if crc is None else crc, *sizes)
        directory += CENTRAL.pack(CENTRAL_MARK, made_by, *same, len(note), 0, internal, mode, len(body))
        directory += raw + extra + note
        body += LOCAL.pack(LOCAL_MARK, *same) + raw + extra + packed
    count = len(entries)
    end = END.pack(END_MARK, 0, 0, count, count, len(directory), len(body), len(comment))
    return bytes(body + directory + end) + comment
