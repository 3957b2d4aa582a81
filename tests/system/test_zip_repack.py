"""An archive with some entries changed; the others keep their packed bytes."""

from __future__ import annotations

import io
import zipfile

from planwriter.system.zip import Zip, open_zip
from planwriter.system.zip_bounds import DOCX
from planwriter.system.zip_repack import repacked


def archive(**entries: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in entries.items():
            made.writestr(zipfile.ZipInfo(name, (2026, 3, 5, 9, 0, 0)), text, zipfile.ZIP_DEFLATED)
        made.comment = b"kept"
    return stream.getvalue()


def opened(data: bytes) -> Zip:
    return open_zip(data, DOCX)


def test_entries_change_and_come_last() -> None:
    old = opened(archive(a="甲" * 100, b="乙" * 100))
    made = repacked(old, {"a": b"new", "c": b"more"})
    with zipfile.ZipFile(io.BytesIO(made)) as found:
        assert {name: found.read(name) for name in found.namelist()} == {
            "a": b"new",
            "b": ("乙" * 100).encode(),
            "c": b"more",
        }
        assert found.namelist() == ["a", "b", "c"]
        assert found.comment == b"kept"
        assert found.getinfo("b").date_time == (2026, 3, 5, 9, 0, 0)
    again = opened(made)
    assert bytes(again.packed(again.entries[1])) == bytes(old.packed(old.entries[1]))


def test_nothing_changes_for_nothing() -> None:
    made = repacked(opened(archive(a="甲", b="乙")), {})
    with zipfile.ZipFile(io.BytesIO(made)) as found:
        assert found.read("a") == "甲".encode()
    assert made == repacked(opened(made), {})
