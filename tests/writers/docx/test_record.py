"""The record in a .docx: what goes in comes out, and nothing else is taken for one."""

from __future__ import annotations

import io
import zipfile
import zlib
from binascii import a2b_base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter.model import MadeFrom, Merge
from planwriter.model.walk import TextRole
from planwriter.plan.flow import LineRole
from planwriter.writers.docx.record import (
    MAX_CELLS,
    MAX_ITEMS,
    MAX_SIZE,
    CellValue,
    Record,
    RecordItem,
    RecordLine,
    RecordPicture,
    RecordStretch,
    RecordTable,
    decode,
    encode,
    record_of_docx,
    record_text,
)
from tests.growth import soon

_TEXT = st.text(st.characters(codec=None), max_size=20) | st.text("甲\x1b\x1c\x1d\x1e\x1f@ABCD\n\t ", max_size=12)


@st.composite
def _lines(draw: st.DrawFn) -> RecordLine:
    text = draw(_TEXT)
    starts = st.lists(st.integers(0, len(text)), max_size=3)
    stretches = [RecordStretch(at, len(text), draw(st.sampled_from([*TextRole]))) for at in draw(starts)]
    values = [(0, at, draw(_TEXT)) for at in draw(starts)]
    role, level = draw(st.sampled_from([*LineRole])), draw(st.integers(0, 4))
    place = draw(st.integers(0, 9999))
    return RecordLine(
        role, text, draw(_TEXT), level, draw(st.booleans()), place, draw(_TEXT), tuple(stretches), tuple(values)
    )


_MERGES = st.lists(st.builds(Merge, *[st.integers(0, 99)] * 4), max_size=2).map(tuple)
_ROWS = st.lists(st.lists(_TEXT, max_size=3).map(tuple), max_size=3).map(tuple)


@st.composite
def _tables(draw: st.DrawFn) -> RecordTable:
    rows = draw(_ROWS)
    cells = [(row, column, len(text)) for row, cells in enumerate(rows) for column, text in enumerate(cells)]
    values = [CellValue(row, column, 0, size, draw(_TEXT)) for row, column, size in cells if draw(st.booleans())]
    return RecordTable(rows, draw(_MERGES), draw(st.integers(0, 9)), tuple(values))


_ITEMS: st.SearchStrategy[RecordItem] = st.one_of(
    _lines(), _tables(), st.builds(RecordPicture, _TEXT, st.integers(0, 9))
)


@given(st.lists(_ITEMS, max_size=4), st.lists(st.tuples(_TEXT, _TEXT), max_size=3), _TEXT)
def test_what_is_encoded_is_decoded(items: list[RecordItem], targets: list[tuple[str, str]], name: str) -> None:
    record = Record(made=MadeFrom(name, "a" * 64), version="0.9", items=tuple(items), targets=tuple(targets))
    text = encode(record)
    assert decode(text) == record
    assert text.isascii() and text.isprintable() and not set(text) & set('<>&" ')


def _record(count: int = 3) -> Record:
    line = RecordLine(LineRole.BODY, "新建3所。", "一、", 1, values=((2, 4, "指标.园数"),))
    return Record(
        made=MadeFrom("要点.yaml", "0" * 64), version="0.9", items=(line,) * count, targets=(("园数", "3所"),)
    )


@given(st.binary(max_size=60), st.integers(0, 200))
def test_damage_gives_no_record(noise: bytes, at: int) -> None:
    text = encode(_record())
    assert decode(text[:at] if at < len(text) else text[:-1]) is None
    broken = text[:at] + noise.hex() + text[at + len(noise) :]
    assert decode(broken) in (None, _record())


@given(st.binary(max_size=80))
def test_any_bytes_in_a_sound_frame_end_in_none_or_in_a_record(data: bytes) -> None:
    decode(_framed(data))


def _framed(data: bytes, size: int = -1) -> str:
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packed.compress(data) + packed.flush()
    return f"pw1:{len(data) if size < 0 else size}:{zlib.crc32(data)}:{body.hex()}"


@pytest.mark.parametrize(
    "data",
    [
        "",
        "a",
        "甲\x1fb\x1fc",
        "甲\x1fb\x1fc\x1f\x1f\x1f\x1e\x1ebody",
        "甲\x1fb\x1fc\x1f\x1f\x1f\x1e\x1ebody\x1f甲\x1f\x1f9\x1f0\x1f\x1f\x1f",
        "甲\x1fb\x1fc\x1f\x1f\x1f\x1e\x1ebody\x1f甲\x1f\x1f1\x1f0\x1f0 9 1\x1f\x1f",
        "甲\x1fb\x1fc\x1f\x1f\x1f\x1e\x1ebody\x1f甲\x1f\x1f1\x1f0\x1f0 1 999\x1f\x1f",
        "甲\x1fb\x1fc\x1f\x1f\x1f\x1e\x1ebody\x1f甲\x1f\x1f1\x1f-1\x1f\x1f\x1f",
        "甲\x1fb\x1fc\x1f\x1f\x1f\x1e\x1ebody\x1f甲\x1f\x1f1\x1f0\x1f\x1f\x1f1 0 甲",
        "甲\x1fb\x1fc\x1f\x1f\x1f\x1e\x1enobody\x1f甲\x1f\x1f1\x1f0\x1f\x1f\x1f",
        "甲\x1fb\x1fc\x1f\x1f\x1f\x1e\x1etable\x1f\x1f1 2\x1f0\x1f",
        "甲\x1fb\x1fc\x1f\x1f\x1f\x1e\x1etable\x1f\x1f1 2 3 -4\x1f0\x1f",
        "甲\x1fb\x1fc\x1f\x1f\x1f\x1e\x1etable\x1f甲\x1c\x1d\x1f\x1f0\x1f0 1 0 1 甲",
        "甲\x1fb\x1fc\x1f\x1f\x1f\x1e\x1etable\x1f甲\x1c\x1d\x1f\x1f0\x1f0 -1 0 1 甲",
        "甲\x1fb\x1fc\x1f\x1f\x1f\x1e\x1etable\x1f甲\x1c\x1d\x1f\x1f0\x1f0 0 0 2 甲",
        "甲\x1fb\x1fc\x1f\x1f\x1f\x1e\x1epicture\x1f甲\x1f" + "9" * 5000,
        "甲\x1fb\x1fc\x1f\x1f\x1f\x1ekey",
    ],
)
def test_what_no_record_says_is_refused(data: str) -> None:
    assert decode(_framed(data.encode("utf-16-le"))) is None


def test_what_a_record_says_is_read() -> None:
    data = "甲\x1fb\x1fc\x1f\x1f1\x1f\x1ekey\x1d1所\x1etable\x1f甲\x1c\x1d\x1f\x1f0\x1f0 0 0 1 甲\x1epicture\x1f乙\x1f3"
    found = decode(_framed(data.encode("utf-16-le")))
    assert found is not None and (found.made, found.targets) == (MadeFrom("甲", "b", "", True), (("key", "1所"),))
    table = RecordTable((("甲",),), values=(CellValue(0, 0, 0, 1, "甲"),))
    assert found.items == (table, RecordPicture("乙", 3))


def test_a_record_of_a_later_format_is_refused() -> None:
    text = encode(_record())
    assert decode(text.replace("pw2:", "pw3:", 1)) is None and decode(text) is not None


def test_a_record_of_the_first_format_is_read() -> None:
    head, size, crc, body = encode(_record()).split(":")
    assert head == "pw2" and decode(f"pw1:{size}:{crc}:{a2b_base64(body).hex()}") == _record()


@pytest.mark.parametrize(
    "text",
    [
        _framed(b"\0" * (MAX_SIZE + 1)),
        _framed(b"\0" * MAX_SIZE, size=10),
        _framed(b"\x1e" * (MAX_ITEMS + 3)),
        _framed(b"a\x1fb\x1fc\x1f\x1f\x1f\x1e\x1etable\x1f" + b"\x1c" * (MAX_CELLS + 1)),
        "pw1:9:9:" + "ab" * 3_000_000,
        "pw1:" + "9" * 3_000_000,
    ],
    ids=["too long", "a bomb", "too many items", "too many cells", "no stream", "no head"],
)
def test_what_is_too_large_is_refused_soon(text: str) -> None:
    with soon():
        assert decode(text) is None


# in a .docx


def _docx(custom: str | bytes | None) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
        if custom is not None:
            archive.writestr("docProps/custom.xml", custom)
    return buffer.getvalue()


def _property(value: str, *, name: str = "planwriter-record", prefix: str = "vt:") -> str:
    return f'<Properties><property fmtid="{{D}}" pid="3" name="{name}"><{prefix}lpwstr>{value}</{prefix}lpwstr></property></Properties>'


def test_a_record_is_read_from_the_properties_of_a_file() -> None:
    text = encode(_record())
    for custom in (_property(text), _property(text, prefix=""), _property("\n ".join((text[:50], text[50:])))):
        found = record_of_docx(_docx(custom), "甲.docx")
        assert (found.value, found.findings) == (_record(), ())


@pytest.mark.parametrize("data", [b"", b"PK", _docx(None), _docx("<x/>"), _docx(_property("abc", name="planwriter"))])
def test_a_file_without_a_record_has_no_finding(data: bytes) -> None:
    assert record_of_docx(data, "甲.docx").value is None
    assert record_of_docx(data, "甲.docx").findings == () and record_text(data) is None


@pytest.mark.parametrize("value", ["", "abc", encode(_record())[:-9]])
def test_a_damaged_record_is_told(value: str) -> None:
    found = record_of_docx(_docx(_property(value)), "甲.docx")
    assert found.value is None
    assert [(each.code, each.pos.file) for each in found.findings] == [("PW840", "甲.docx")]
