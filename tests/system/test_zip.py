"""Zip archives from anywhere: read within bounds on what is really unpacked, written the same every time."""

import contextlib
import io
import os
import struct
import subprocess
import sys
import warnings
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter.sharing.bundle import open_bundle
from planwriter.sheets.read import read_workbook
from planwriter.system.zip import open_zip
from planwriter.system.zip_bounds import DOCX, FOLDER, PACKAGE, XLSX, BadArchive, Bounds, TooLarge
from planwriter.system.zip_inflate import gunzip
from planwriter.system.zip_write import Head, deflated, pack, pack_entries, stored
from tests.sharing.packages import packed as package
from tests.support import ROOT

MIB = 1024 * 1024
SMALL = Bounds(packed=MIB, entries=100, unpacked=MIB, each=MIB // 2)
PARTS = {"甲.xml": b"<a/>" * 100, "b/c.xml": b"x", "d.bin": os.urandom(1000)}


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED, comment: bytes = b"") -> bytes:
    """An archive made by a different program."""
    stream = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(stream, "w", method) as archive:
            archive.comment = comment
            for name, data in parts.items():
                archive.writestr(name, data)
    return stream.getvalue()


def streamed(parts: dict[str, bytes]) -> bytes:
    """An archive written to a pipe: sizes and checksum stand behind each entry (a data descriptor)."""

    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.data = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:  # type: ignore[override]
            self.data += data
            return len(data)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    assert pipe.data[6] & 8
    return bytes(pipe.data)


def wide(parts: dict[str, bytes]) -> bytes:
    """An archive whose sizes and places stand in the ZIP64 records."""
    body, directory = bytearray(), bytearray()
    for name, data in parts.items():
        raw, place, full = name.encode(), len(body), 0xFFFFFFFF
        packed = deflated(data).packed
        crc = zlib.crc32(data)
        field = struct.pack("<HHQQ", 1, 16, len(data), len(packed))
        body += struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 45, 0x800, 8, 0, 33, crc, full, full, len(raw), len(field))
        body += raw + field + packed
        field = struct.pack("<HHQQQ", 1, 24, len(data), len(packed), place)
        record = (45, 45, 0x800, 8, 0, 33, crc, full, full, len(raw), len(field), 0, 0, 0, 0, full)
        directory += struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", *record) + raw + field
    count, start = len(parts), len(body)
    end = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, count, count, len(directory), start)
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, start + len(directory), 1)
    return bytes(body + directory + end + locator) + struct.pack(
        "<4sHHHHIIH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0
    )


def lying(name: str, size: int, declared: int, others: dict[str, bytes]) -> bytes:
    """An archive with an entry of `size` zeros that is declared as `declared` bytes, in both its places."""
    compressor = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = compressor.compress(bytes(16 * MIB)) + compressor.flush(zlib.Z_FULL_FLUSH)
    packed = block * (size // MIB // 16) + compressor.flush()
    entry = deflated(b"")._replace(data=bytes(declared), packed=packed)
    return pack_entries({**{each: deflated(data) for each, data in others.items()}, name: entry})


def field(data: bytes, local: int, central: int, form: str, value: int) -> bytes:
    """The archive with a field of its first entry changed, in its own header and in the directory."""
    changed = bytearray(data)
    (start,) = struct.unpack_from("<I", data, len(data) - 6)
    if local:
        struct.pack_into(form, changed, local, value)
    struct.pack_into(form, changed, start + central, value)
    return bytes(changed)


def read(data: bytes, bounds: Bounds = SMALL) -> dict[str, bytes]:
    return dict(open_zip(data, bounds))


def reason(data: bytes, bounds: Bounds = SMALL) -> str:
    with pytest.raises(BadArchive) as refused:
        read(data, bounds)
    return str(refused.value)


# what is read

SHAPES: dict[str, Callable[[dict[str, bytes]], bytes]] = {
    "deflated": zipped,
    "stored": lambda parts: zipped(parts, zipfile.ZIP_STORED),
    "with a comment": lambda parts: zipped(parts, comment=b"4e1243bd22c66e76c2ba9eddc1f91394e57f9f83"),
    "with a comment like an end": lambda parts: zipped(parts, comment=b"PK\5\6" * 30),
    "with data descriptors": streamed,
    "with ZIP64 records": wide,
    "with something behind it": lambda parts: zipped(parts) + b"\0" * 512,
    "ours": pack,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_of_archive_is_read(shape: str) -> None:
    archive = open_zip(SHAPES[shape](PARTS), SMALL)
    assert dict(archive) == PARTS and list(archive) == list(PARTS)
    assert "甲.xml" in archive and "乙.xml" not in archive and len(archive) == 3


def test_nothing_is_unpacked_before_it_is_asked_for() -> None:
    data = field(zipped(PARTS), 14, 16, "<I", 7)
    archive = open_zip(data, SMALL)
    assert archive["b/c.xml"] == b"x"
    with pytest.raises(BadArchive, match="坏了"):
        archive["甲.xml"]


def test_names_are_read_as_they_were_meant() -> None:
    gbk = zipped({"12345.txt": b"x"}).replace(b"12345", "县教育"[:2].encode("gbk") + b"1")
    utf8 = zipped({"123456.txt": b"x"}).replace(b"123456", "教育".encode())
    assert list(open_zip(gbk, SMALL)) == ["县教1.txt"] and list(open_zip(utf8, SMALL)) == ["教育.txt"]
    neither = zipped({"12.txt": b"x"}).replace(b"12", b"\xff\xff")
    assert list(open_zip(neither, SMALL)) == ["\ufffd\ufffd.txt"]


@given(st.dictionaries(st.text("ab/.甲", min_size=1), st.binary(max_size=300), max_size=5), st.binary(max_size=50))
def test_what_is_written_is_read_again_by_us_and_by_zipfile(parts: dict[str, bytes], comment: bytes) -> None:
    data = pack_entries({name: deflated(part) for name, part in parts.items()}, comment)
    opened = open_zip(data, SMALL)
    assert dict(opened) == parts and opened.comment == comment
    if b"PK\5\6" not in comment:  # zipfile takes it for the end of the archive
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert {name: archive.read(name) for name in archive.namelist()} == parts and archive.testzip() is None
    assert read(pack_entries({name: stored(part) for name, part in parts.items()})) == parts


def test_what_is_said_of_an_entry_is_written_and_read() -> None:
    head = Head(made_by=788, needs=20, time=7, date=99, internal=1, mode=5 << 16, extra=b"\x99\x99\2\0ab", comment=b"c")
    (entry,) = open_zip(pack_entries({"甲": stored(b"x", head)}), SMALL).entries
    assert Head(*(getattr(entry, name) for name in Head._fields)) == head


# what is refused

REFUSED: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "坏了"),
    "a text": (b"PK" * 100, "坏了"),
    "cut off": (zipped(PARTS)[:-30], "坏了"),
    "cut off at the front": (zipped(PARTS)[40:], "坏了"),
    "twice": (zipped({"aa": b"1", "bb": b"2"}).replace(b"bb", b"aa"), "重名"),
    "twice, in capitals": (zipped({"aa": b"1", "AA": b"2"}), "重名"),
    "a wrong checksum": (field(zipped({"a": b"x" * 99}), 14, 16, "<I", 7), "校验和"),
    "a size that lies small": (field(zipped({"a": b"x" * 99}), 22, 24, "<I", 10), "大小"),
    "a size that lies large": (field(zipped({"a": b"x" * 99}), 22, 24, "<I", 1000), "大小"),
    "a size of 4 GB": (field(zipped({"a": b"x" * 99}), 22, 24, "<I", 0xFFFFFFF0), "解开以后超过 1 MB"),
    "an entry too large": (zipped({"a": bytes(MIB // 2 + 1)}), "里面的 a 超过 0.5 MB"),
    "entries too large together": (zipped({f"{at}": bytes(MIB // 4) for at in range(5)}), "解开以后超过 1 MB"),
    "too many": (zipped({f"{at}": b"" for at in range(101)}), "里面的文件超过 100 个"),
    "thousands of them": (zipped({f"{at}": b"" for at in range(5_000)}), "里面的文件超过 100 个"),
    "too large": (bytes(MIB + 1), "超过 1 MB"),
    "encrypted": (field(zipped({"a": b"x" * 99}), 6, 8, "<H", 1), "密码"),
    "strongly encrypted": (field(zipped({"a": b"x" * 99}), 6, 8, "<H", 0x41), "密码"),
    "patched": (field(zipped({"a": b"x" * 99}), 6, 8, "<H", 0x20), "方法"),
    "packed by LZMA": (zipped({"a": b"x" * 99}, zipfile.ZIP_LZMA), "方法"),
    "packed by bzip2": (zipped({"a": b"x" * 99}, zipfile.ZIP_BZIP2), "方法"),
    "stored, says deflated": (field(zipped({"a": b"x" * 99}, 0), 8, 10, "<H", 8), "坏了"),
    "its packed bytes cut": (field(zipped({"a": PARTS["d.bin"]}), 18, 20, "<I", 500), "坏了"),
    "its packed bytes reach on": (field(zipped({"a": b"x" * 99, "b": b""}), 18, 20, "<I", 50), "重叠"),
    "its packed bytes reach into the directory": (field(zipped({"a": b"x" * 99}), 18, 20, "<I", 50), "重叠"),
    "an entry in the directory": (field(zipped({"a": b"x" * 99}), 0, 42, "<I", 60), "坏了"),
    "an entry that is none": (field(zipped({"a": b"x" * 99, "b": b""}), 0, 42, "<I", 5), "坏了"),
    "a directory elsewhere": (zipped({"a": b"x"})[:-6] + b"\1\0\0\0\0\0", "坏了"),
    "a directory that is longer": (zipped({"a": b"x"})[:-10] + b"\xff\0\0\0" + zipped({"a": b"x"})[-6:], "坏了"),
    "a directory of too few": (
        zipped({"a": b"x", "b": b""})[:-14] + b"\1\0\1\0" + zipped({"a": b"x", "b": b""})[-10:],
        "坏",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_wrong_is_refused(name: str) -> None:
    data, word = REFUSED[name]
    assert word in reason(data)


def test_entries_that_share_their_bytes_are_refused() -> None:
    """A hundred entries of the directory that share one packed quarter of a megabyte (as in Fifield's bomb)."""
    bomb = zipped({"a": bytes(1000)})
    start = struct.unpack_from("<I", bomb, len(bomb) - 6)[0]
    names = [f"{number:02}".encode() for number in range(2)]
    records = b"".join(bomb[start:-22].replace(b"a", name[1:]) for name in names)
    data = bomb[:start] + records + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 2, 2, len(records), start, 0)
    assert "重叠" in reason(data)


def test_a_name_that_the_entry_does_not_have_is_refused() -> None:
    data = zipped({"aa": b"1"})
    assert "对不上" in reason(data[:40] + data[40:].replace(b"aa", b"bb"))


def test_a_lenient_reader_refuses_an_entry_only_when_it_is_read() -> None:
    data = zipped({"aa": b"1", "bb": b"2"}).replace(b"bb", b"aa")
    assert [entry.name for entry in open_zip(data, FOLDER, lenient=True).entries] == ["aa", "aa"]
    archive = open_zip(field(zipped({"a": b"1", "b": b"2"}), 6, 8, "<H", 1), FOLDER, lenient=True)
    assert archive["b"] == b"2"
    with pytest.raises(BadArchive, match="密码"):
        archive["a"]


def test_a_bound_is_reported_apart_from_damage() -> None:
    with pytest.raises(TooLarge) as refused:
        open_zip(zipped({f"{at}": b"" for at in range(101)}), SMALL)
    assert (refused.value.what, refused.value.limit) == ("里面的文件", "100 个")


@given(st.integers(0, 400), st.integers(0, 255))
def test_a_damaged_byte_never_ends_in_a_traceback(at: int, byte: int) -> None:
    data = bytearray(zipped({"a.xml": b"<a/>" * 30, "b.xml": b"y"}, comment=b"c"))
    data[at % len(data)] = byte
    with contextlib.suppress(BadArchive):
        for part in open_zip(bytes(data), SMALL).values():
            assert len(part) <= SMALL.each


@given(st.binary(max_size=300))
def test_any_bytes_are_an_archive_or_refused(data: bytes) -> None:
    with contextlib.suppress(BadArchive):
        open_zip(b"PK\3\4" + data, SMALL)


# gzip


def test_gzip_is_unpacked_within_a_bound() -> None:
    packed = zlib.compressobj(9, zlib.DEFLATED, 31)
    data = packed.compress(bytes(3 * MIB)) + packed.flush()
    assert gunzip(data, 3 * MIB) == bytes(3 * MIB) == gunzip(data + bytes(700), 3 * MIB)
    for broken, word in (
        (data[:-5], "一半"),
        (data + b"x", "夹带"),
        (data + data, "夹带"),
        (data[:-1] + b"x", "坏"),
        (b"", "一半"),
    ):
        with pytest.raises(BadArchive, match=word):
            gunzip(broken, 3 * MIB)
    with pytest.raises(TooLarge, match="解开以后超过 1 MB"):
        gunzip(data, MIB)


# whole readers, in a process whose memory is bounded

BOUNDED = """
import resource, sys
from planwriter.sheets.read import read_workbook
from planwriter.sharing.bundle import open_bundle
from planwriter.writers.docx.package import is_untouched
import openpyxl
with open(sys.argv[1], "rb") as file:
    data = file.read()
used = int(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmSize"))) * 1024
resource.setrlimit(resource.RLIMIT_AS, (used + 200 * 1024 * 1024,) * 2)
print(read_workbook(data, "表.xlsx").findings[0].message, open_bundle(data, "包.pwlib").findings[0].message, is_untouched(data))
"""


def _book() -> dict[str, bytes]:
    stream = io.BytesIO()
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "一"
    book.save(stream)
    return read(stream.getvalue(), XLSX)


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="asks Linux how much memory is used")
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/media/image1.png", "pwlib.json"])
def test_an_entry_that_lies_about_its_size_does_not_fill_the_memory(part: str, tmp_path: Path) -> None:
    """Two gigabytes declared as ten bytes: in a sheet, in a picture that only openpyxl would unpack, in a package."""
    data = lying(part, 2048 * MIB, 10, {name: each for name, each in _book().items() if name != part})
    (tmp_path / "a").write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-c", BOUNDED, str(tmp_path / "a")],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert f"压缩包里的 {part} 坏了" in done.stdout and "不能当条款库包用" in done.stdout, done.stderr
    assert done.stdout.endswith("None\n")


def test_a_workbook_of_every_shape_is_read() -> None:
    for shape in ("deflated", "stored", "with a comment", "with data descriptors", "with ZIP64 records"):
        sheets = read_workbook(SHAPES[shape](_book()), "表.xlsx")
        assert sheets.value[0].rows == (("一",),), shape


@pytest.mark.parametrize("shape", ["with a comment", "with data descriptors", "with ZIP64 records"])
def test_a_package_has_one_shape_only(shape: str) -> None:
    parts = read(package(), PACKAGE)
    assert open_bundle(SHAPES["stored"](parts), "包").value is not None
    assert [each.code for each in open_bundle(SHAPES[shape](parts), "包").findings] == ["PW330"]


def test_every_kind_of_file_has_its_row() -> None:
    for bounds in (DOCX, XLSX, PACKAGE, FOLDER):
        assert bounds.each <= bounds.unpacked and 0 < bounds.entries <= 20_000 and bounds.packed <= 64 * MIB
