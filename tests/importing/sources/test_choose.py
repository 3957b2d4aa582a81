"""A file of any kind goes to the source for its kind."""

from __future__ import annotations

import pytest

from planwriter.importing.script import MAX_BYTES
from planwriter.importing.sources.choose import read_script
from tests.importing.sources.shown import codes, lines
from tests.readers.docx.making import body, packed, para


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ("正文".encode(), "文.txt"),
        ("正文".encode("utf-16"), "文.docx"),
        ("正文".encode(), "文.md"),
        (packed(body(para("正文"))), "文.wps"),
        ("<html><p>正文".encode(), "文.doc"),
    ],
)
def test_a_file_is_read_by_the_source_for_its_kind(data: bytes, name: str) -> None:
    assert lines(read_script(data, name)) == ["正文"]


@pytest.mark.parametrize(
    ("data", "way"),
    [(b"PK\x03\x04OFD.xml", "OFD 阅读器"), (b"\x89PNG\r\n\x1a\n\0", "识别成文字"), (b"Rar!\x1a\x07\x00", "先解压")],
)
def test_what_cannot_be_imported_is_a_finding_with_a_way_out(data: bytes, way: str) -> None:
    made = read_script(data, "文.ofd")
    assert made.value is None and codes(made) == ["PW708"] and way in made.findings[0].hint


def test_a_file_too_large_is_a_finding() -> None:
    assert codes(read_script(b"x" * (MAX_BYTES + 1), "文.txt")) == ["PW709"]
