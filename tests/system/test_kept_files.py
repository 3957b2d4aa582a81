"""Files that planwriter keeps for itself."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from planwriter.system.kept_files import append_line, newest_first, read_end, size_of, sizes_in


def test_lines_are_added_below_a_head(tmp_path: Path) -> None:
    path = tmp_path / "journal.txt"
    assert [append_line(str(path), each, head=b"# 1\n") for each in (b"a\n", b"b\n")] == [None, None]
    assert path.read_bytes() == b"# 1\na\nb\n"


def test_a_torn_line_is_ended_first(tmp_path: Path) -> None:
    path = tmp_path / "journal.txt"
    path.write_bytes(b"# 1\na\nto")
    append_line(str(path), b"b\n", head=b"# 1\n")
    assert path.read_bytes() == b"# 1\na\nto\nb\n"


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes")
@pytest.mark.parametrize("make", [lambda path: path.symlink_to(path.parent / "信"), os.mkfifo, Path.mkdir])
def test_what_is_no_file_takes_no_line(tmp_path: Path, make: object) -> None:
    assert callable(make)
    (tmp_path / "信").write_bytes(b"")
    make(tmp_path / "journal.txt")
    failed = append_line(str(tmp_path / "journal.txt"), b"a\n", head=b"")
    assert failed is not None and failed.code == "PW802"
    assert (tmp_path / "信").read_bytes() == b""


@pytest.mark.parametrize(
    ("limit", "end"), [(100, b"one\ntwo\nthree\n"), (14, b"one\ntwo\nthree\n"), (13, b"two\nthree\n"), (6, b"")]
)
def test_the_end_of_a_file_is_whole_lines(tmp_path: Path, limit: int, end: bytes) -> None:
    (tmp_path / "a").write_bytes(b"one\ntwo\nthree\n")
    assert read_end(str(tmp_path / "a"), limit).value == end


def test_the_end_of_no_file(tmp_path: Path) -> None:
    assert [each.code for each in read_end(str(tmp_path / "a"), 9).findings] == ["PW101"]


def test_sizes_and_ages(tmp_path: Path) -> None:
    for number, name in enumerate("bac"):
        (tmp_path / name).write_bytes(bytes(number))
        os.utime(tmp_path / name, (number, number))
    (tmp_path / "d").mkdir()
    (tmp_path / "e").symlink_to(tmp_path / "a")
    assert sizes_in(str(tmp_path)) == {"b": 0, "a": 1, "c": 2}
    assert newest_first(str(tmp_path)) == ["c", "a", "b"]
    assert size_of(str(tmp_path / "c")) == 2
    assert (sizes_in(str(tmp_path / "x")), newest_first(str(tmp_path / "x")), size_of(str(tmp_path / "x"))) == (
        {},
        [],
        0,
    )
