"""Files told apart by their first bytes and their names."""

import pytest

from planwriter.importing.script import MAX_BYTES
from planwriter.importing.sources.choose import (
    ARCHIVE,
    MARKDOWN,
    OFD,
    OFFICE,
    PDF,
    PICTURE,
    TEXT,
    WEB,
    WORD,
    WORKBOOK,
    SourceKind,
    kind_of_file,
    read_script,
)

CASES: list[tuple[bytes, str, SourceKind]] = [
    ("青山县".encode(), "旧.txt", TEXT),
    ("青山县".encode("utf-16"), "旧.txt", TEXT),
    ("# 青山县".encode(), "旧.md", MARKDOWN),
    ("青山县".encode(), "旧", TEXT),
    (b"PK\x03\x04....word/document.xml", "x.docx", WORD),
    (b"PK\x03\x04....word/document.xml", "x.wps", WORD),
    (b"PK\x03\x04....xl/workbook.xml", "x.xlsx", WORKBOOK),
    (b"PK\x03\x04....OFD.xml", "x.ofd", OFD),
    (b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.text", "x.odt", OFFICE),
    (b"PK\x03\x04....a.txt", "x.zip", ARCHIVE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "x.doc", OFFICE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "x.wps", OFFICE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "x.xls", WORKBOOK),
    (b"{\\rtf1\\ansi", "x.doc", OFFICE),
    (b"%PDF-1.7", "x.pdf", PDF),
    (b"<!DOCTYPE html><html>", "x.txt", WEB),
    (b"\n<div>a</div>", "x.html", WEB),
    (b"\x89PNG\r\n\x1a\n\x00\x00", "x.png", PICTURE),
]


@pytest.mark.parametrize(("data", "name", "kind"), CASES, ids=[f"{name}-{kind.shown}" for _, name, kind in CASES])
def test_what_a_file_is(data: bytes, name: str, kind: SourceKind) -> None:
    assert kind_of_file(data, name) is kind


def test_a_text_is_read() -> None:
    made = read_script("甲\n乙".encode(), "旧.txt").value
    assert made is not None and [line.text for line in made.lines] == ["甲", "乙"]


@pytest.mark.parametrize("data", [b"PK\x03\x04....OFD.xml", b"\x89PNG\r\n\x1a\n\x00\x00"])
def test_what_cannot_be_read_is_told_with_a_way_out(data: bytes) -> None:
    made = read_script(data, "x")
    assert made.value is None and [each.code for each in made.findings] == ["PW708"] and made.findings[0].hint


def test_a_file_too_large_is_refused() -> None:
    assert [each.code for each in read_script(b"a" * (MAX_BYTES + 1), "x.txt").findings] == ["PW709"]
