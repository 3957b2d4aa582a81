"""The package of a .docx or .xlsx: parts to bytes and back, and whether a file is still as planwriter made it."""

from __future__ import annotations

import functools
import hashlib
import io
import re
import struct
import zlib
from collections.abc import Iterable
from typing import NamedTuple

CUSTOM_PART = "docProps/custom.xml"


def properties_xml(value: str) -> bytes:
    """docProps/custom.xml with the property `planwriter`."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
        ' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="planwriter">'
        f"<vt:lpwstr>{value}</vt:lpwstr></property></Properties>"
    ).encode()


def digest(parts: Iterable[tuple[str, bytes]]) -> str:
    """The sha256 of the names and bytes of all parts but the one that holds the digest."""
    sha = hashlib.sha256()
    for name, data in sorted(parts):
        if name != CUSTOM_PART:
            sha.update(f"{name}\n{len(data)}\n".encode())
            sha.update(data)
    return sha.hexdigest()


class Entry(NamedTuple):
    """A part of an archive, plain and compressed."""

    data: bytes
    packed: bytes


def make_entry(data: bytes) -> Entry:
    compressor = zlib.compressobj(6, zlib.DEFLATED, -15)
    return Entry(data, compressor.compress(data) + compressor.flush())


_LOCAL_HEADER = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL_HEADER = struct.Struct("<4sHHHHHHIIIHHHHHII")
_LAST_HEADER = struct.Struct("<4sHHHHIIH")
_FIRST_DAY = 33  # 1 January 1980 as a zip entry dates it
_DEFLATED = 8
_MAX_UNPACKED = 50 * 1024 * 1024


def pack(parts: dict[str, bytes], comment: str = "") -> bytes:
    """A zip archive of `parts` in their order: the same bytes for the same parts, on every system and at any time."""
    return pack_entries({name: make_entry(data) for name, data in parts.items()}, comment)


def pack_entries(entries: dict[str, Entry], comment: str = "") -> bytes:
    """Written by hand since loading `zipfile` takes longer than all of the rendering."""
    body, directory = bytearray(), bytearray()
    for name, (data, packed) in entries.items():
        head = (20, 0, _DEFLATED, 0, _FIRST_DAY, zlib.crc32(data), len(packed), len(data), len(name), 0)
        directory += _CENTRAL_HEADER.pack(b"PK\1\2", 20, *head, 0, 0, 0, 0, len(body)) + name.encode("ascii")
        body += _LOCAL_HEADER.pack(b"PK\3\4", *head) + name.encode("ascii") + packed
    count = len(entries)
    end = _LAST_HEADER.pack(b"PK\5\6", 0, 0, count, count, len(directory), len(body), len(comment))
    return bytes(body + directory + end) + comment.encode("ascii")


@functools.lru_cache(maxsize=8)
def unpack(archive: bytes) -> tuple[tuple[str, Entry], ...]:
    """The parts of an archive that `pack` made."""
    parts, at = [], 0
    while archive.startswith(b"PK\3\4", at):
        header = _LOCAL_HEADER.unpack_from(archive, at)
        start = at + _LOCAL_HEADER.size + header[9]
        at = start + header[7]
        packed = archive[start:at]
        data = zlib.decompressobj(-15).decompress(packed, _MAX_UNPACKED)
        parts.append((archive[start - header[9] : start].decode("ascii"), Entry(data, packed)))
    return tuple(parts)


# whether a file was edited

_PROPERTY = rb'<property\b[^<>]{0,400}\bname="planwriter"[^<>]{0,400}>\s{0,99}<vt:lpwstr>([0-9a-f]{64})</vt:lpwstr>'


def is_untouched(data: bytes) -> bool | None:
    """True if the .docx or .xlsx `data` is as planwriter made it, False if it was edited since.

    None if planwriter did not make it, if it is no package, or if it is larger than 50 MB unpacked.
    """
    parts = _read_archive(data)
    if parts is None:
        return None
    mark = re.search(_PROPERTY, parts.get(CUSTOM_PART, b""))
    return mark[1].decode() == digest(parts.items()) if mark else None


def _read_archive(data: bytes) -> dict[str, bytes] | None:
    """The parts of any zip archive; None where it is broken, encrypted, too large, or has a part twice."""
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            methods = {entry.compress_type for entry in entries}
            if sum(entry.file_size for entry in entries) > _MAX_UNPACKED or not methods <= {0, _DEFLATED}:
                return None
            parts = {entry.filename: archive.read(entry) for entry in entries}
            return parts if len(parts) == len(entries) else None
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        OSError,
        ValueError,
        RuntimeError,
        NotImplementedError,
        EOFError,
    ):
        return None
