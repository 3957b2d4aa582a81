"""The package of a .docx or .xlsx: parts to bytes and back, and whether a file is still as planwriter made it."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from planwriter.start.digests import sha256
from planwriter.start.patterns import regex
from planwriter.system.zip import open_zip
from planwriter.system.zip_bounds import DOCX, BadArchive
from planwriter.system.zip_write import Packed

CUSTOM_PART = "docProps/custom.xml"


RECORD = "planwriter-record"
"""The property of a .docx that holds its record."""


def properties_xml(value: str, record: str = "") -> bytes:
    """docProps/custom.xml with the property `planwriter`, and if there is a record with that of the record."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
        ' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f"{property_xml(2, 'planwriter', value)}{property_xml(3, RECORD, record) if record else ''}</Properties>"
    ).encode()


def property_xml(number: int, name: str, value: str) -> str:
    """A property of a file with a text; 2 is the first number."""
    return (
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name="{name}">'
        f"<vt:lpwstr>{value}</vt:lpwstr></property>"
    )


def digest(parts: Iterable[tuple[str, bytes]]) -> str:
    """The sha256 of the names and bytes of all parts but the one that holds the digest."""
    pieces: list[bytes] = []
    for name, data in sorted(parts):
        if name != CUSTOM_PART:
            pieces += (f"{name}\n{len(data)}\n".encode(), data)
    return sha256(*pieces)


@functools.lru_cache(maxsize=8)
def unpack(archive: bytes) -> tuple[tuple[str, Packed], ...]:
    """The parts of a package that planwriter made."""
    opened = open_zip(archive, DOCX)
    return tuple(
        (each.name, Packed(opened.read(each), bytes(opened.packed(each)), crc=each.crc)) for each in opened.entries
    )


# whether a file was edited

_PROPERTY = regex(
    rb'<property\b[^<>]{0,400}\bname="planwriter"[^<>]{0,400}>\s{0,99}<vt:lpwstr>([0-9a-f]{64})</vt:lpwstr>'
)


def is_untouched(data: bytes) -> bool | None:
    """True if the .docx or .xlsx `data` is as planwriter made it, False if it was edited since.

    None if planwriter did not make it, if it is no package, or if it is larger than 50 MB unpacked.
    """
    parts = _read_archive(data)
    if parts is None:
        return None
    mark = _PROPERTY.search(parts.get(CUSTOM_PART, b""))
    return mark[1].decode() == digest(parts.items()) if mark else None


def _read_archive(data: bytes) -> dict[str, bytes] | None:
    """The parts of any zip archive; None when it is broken, encrypted, too large, or has a part twice."""
    try:
        return dict(open_zip(data, DOCX))
    except BadArchive:
        return None
