"""The package of a .docx: its parts and relationships, and bounds on what is really inflated."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from planwriter.readers.docx.package import Package
from planwriter.readers.docx.read import read_docx
from planwriter.readers.docx.xml import Handler, Node, UnreadableDocx
from tests.readers.docx.making import body, packed, para, part


def repacked(data: bytes, **changes: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(buffer, "w") as made:
        for name in archive.namelist():
            made.writestr(name, changes.get(name.rpartition("/")[2].partition(".")[0], archive.read(name)))
    return buffer.getvalue()


def test_relationships_are_paths_in_the_package() -> None:
    rels = (
        '<Relationships xmlns="r"><Relationship Id="a" Type="x/styles" Target="../甲/styles.xml"/>'
        '<Relationship Id="b" Type="x/footer" Target="/word/./f.xml"/><Relationship Id="c" Type="x/none"/>'
        '<Relationship Id="d" Type="x/image" Target="http://a/" TargetMode="External"/></Relationships>'
    )
    buffer = io.BytesIO(packed(body("")))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("a/_rels/b.xml.rels", rels)
    found = Package(buffer.getvalue()).related("a/b.xml")
    assert found == {"a": ("styles", "甲/styles.xml"), "b": ("footer", "word/f.xml")}


def test_a_part_that_is_not_there_is_empty() -> None:
    found: list[Node] = []
    Package(packed(body(""))).read_children("word/styles.xml", found.append)
    assert not found


def test_the_main_part_may_have_any_name() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a/b.xml", body(para("甲")))
        archive.writestr("_rels/.rels", '<R><R Id="1" Type="x/officeDocument" Target="/a/b.xml"/></R>')
    assert Package(buffer.getvalue()).main == "a/b.xml"


def _encrypted() -> bytes:
    data = bytearray(packed(body("")))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + flags] |= 1
    return bytes(data)


def _by_method(method: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.writestr("word/document.xml", body(""))
    return buffer.getvalue()


def _of_many() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(10_001):
            archive.writestr(str(number), "")
    return buffer.getvalue()


def _of_both_cases() -> bytes:
    buffer = io.BytesIO(packed(body("")))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("WORD/document.xml", "")
    return buffer.getvalue()


BAD = {
    "nothing": (b"", "不是 .docx"),
    "an old .doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧的 .doc"),
    "half an archive": (packed(body(""))[:200], "压缩包坏了"),
    "no text": (_by_method(0).replace(b"document", b"document"[::-1]), "没有正文"),
    "encrypted": (_encrypted(), "密码"),
    "an unknown method": (_by_method(zipfile.ZIP_BZIP2), "压缩方法"),
    "many members": (_of_many(), "10000 个"),
    "a name in two cases": (_of_both_cases(), "重名"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_package_that_cannot_be_read_is_refused_with_the_reason(name: str) -> None:
    data, reason = BAD[name]
    with pytest.raises(UnreadableDocx, match=reason):
        Package(data)


def test_a_damaged_part_is_named() -> None:
    data = bytearray(packed(body(para("甲" * 100))))
    at = data.index(b"word/document.xml") + len(b"word/document.xml") + 4
    data[at : at + 8] = bytes(8)
    with pytest.raises(UnreadableDocx, match=r"word/document\.xml 坏了"):
        read_docx(bytes(data))


def test_what_is_inflated_counts_for_all_parts_together(monkeypatch: pytest.MonkeyPatch) -> None:
    styles = part("styles", "").encode()
    package = Package(packed(body(""), styles=styles.decode()))
    monkeypatch.setattr(package, "_left", 2 * len(styles))
    for _ in range(2):
        package.read("word/styles.xml", Handler())
    with pytest.raises(UnreadableDocx, match="解开以后"):
        package.read("word/styles.xml", Handler())


# an archive that lies about what it inflates to

_CHILD = """
import resource, sys
from planwriter.readers.docx.read import read_docx
from planwriter.readers.docx.read import read_docx
from planwriter.readers.docx.xml import Handler, Node, UnreadableDocx
data = open(sys.argv[1], "rb").read()
resource.setrlimit(resource.RLIMIT_AS, (300 * 2**20,) * 2)
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
try:
    read_docx(data)
except UnreadableDocx as reason:
    print("refused", reason)
"""


def _lying(declared: int) -> bytes:
    """A .docx whose text inflates to 400 MB and says that it is small."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w") as member,
    ):
        for _ in range(400):
            member.write(b" " * 2**20)
    data = bytearray(buffer.getvalue())
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", declared)
    return bytes(data)


@pytest.mark.skipif(sys.platform != "linux", reason="limits of a process")
@pytest.mark.parametrize("declared", [100, 40 * 2**20])
def test_a_part_that_inflates_past_its_declared_size_is_refused_in_bounds(tmp_path: Path, declared: int) -> None:
    (tmp_path / "来文.docx").write_bytes(_lying(declared))
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, str(tmp_path / "来文.docx")], capture_output=True, text=True, check=False
    )
    assert done.stdout.startswith("refused "), done.stderr[-500:]
