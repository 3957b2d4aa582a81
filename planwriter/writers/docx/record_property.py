"""Puts a record into a .docx that is there already; all other parts keep their bytes."""

from __future__ import annotations

from planwriter.start.patterns import regex
from planwriter.system.zip import open_zip
from planwriter.system.zip_bounds import DOCX
from planwriter.system.zip_repack import repacked
from planwriter.writers.docx.package import CUSTOM_PART
from planwriter.writers.docx.record import Record, encode

_RECORD = regex(
    rb'(<property\b[^<>]{0,400}\bname="planwriter-record"[^<>]{0,400}>\s{0,99}<(?:\w{1,9}:)?lpwstr>)[0-9A-Za-z+/=:\s]*(</)'
)


def with_record(data: bytes, record: Record) -> bytes:
    """The .docx with another record in the place of its own; unchanged if it has none."""
    archive = open_zip(data, DOCX)
    part = archive.get(CUSTOM_PART) or b""
    found = _RECORD.search(part)
    if found is None:
        return data
    new = part[: found.end(1)] + encode(record).encode("ascii") + part[found.start(2) :]
    return repacked(archive, {CUSTOM_PART: new})
