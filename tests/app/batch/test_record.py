"""The record of a batch comes from anywhere: what does not fit is not recorded, and nothing is harmed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter.app.batch.record import NAME, BatchRecord, States, _read
from planwriter.system import watch

KEY = "0" * 32


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A document that was made from an outline beside its folder, and recorded."""
    (tmp_path / "印发").mkdir()
    (tmp_path / "要点.yaml").write_bytes(b"text")
    (tmp_path / "印发/要点.docx").write_bytes(b"docx")
    fact = watch.CONTENT + str(tmp_path / "要点.yaml")
    record = BatchRecord(str(tmp_path / "印发"))
    record.put("要点.docx", KEY, ((fact, watch.content(b"text")),), b"docx")
    record.save()
    return tmp_path / "印发"


def is_current(folder: Path, name: str = "要点.docx", key: str = KEY) -> bool:
    return BatchRecord(str(folder)).is_current(name, key, States())


def test_what_is_as_it_was_is_current(folder: Path) -> None:
    assert is_current(folder) and not is_current(folder, key="1" * 32) and not is_current(folder, "别的.docx")


def test_a_changed_input_or_output_is_not(folder: Path) -> None:
    (folder.parent / "要点.yaml").write_bytes(b"other")
    assert not is_current(folder)
    (folder.parent / "要点.yaml").write_bytes(b"text")
    assert is_current(folder)
    (folder / "要点.docx").write_bytes(b"edited")
    assert not is_current(folder)


def test_documents_that_are_gone_leave_the_record(folder: Path) -> None:
    record = BatchRecord(str(folder))
    record.put("二.docx", KEY, ((watch.FILE + str(folder / "x"), "0"),), b"never written")
    record.save()
    assert b"\\u4e8c" not in (folder / NAME).read_bytes() and is_current(folder)


def test_an_input_whose_state_is_unknown_is_not_recorded(folder: Path) -> None:
    record = BatchRecord(str(folder))
    record.put("要点.docx", KEY, ((watch.CONTENT + str(folder / "x"), watch.UNKNOWN),), b"docx")
    record.save()
    assert not is_current(folder)


def line(path: str) -> bytes:
    import json

    state = watch.content(b"docx")
    made = f"set 0\nmade {KEY} 0 {state} {json.dumps('要点.docx')}\n"
    return f"planwriter-batch 1\nfact 1 {json.dumps(path)}\n{made}".encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\xff" * 1000,
        b"planwriter-batch 2\n",
        b"planwriter-batch 1\nfact\nset\nmade\n",
        b"planwriter-batch 1\nset 99999999999999999999\n",
        b"planwriter-batch 1\nset -1\n",
        b"planwriter-batch 1\nfact 1 " + b"[" * 100_000,
        b'planwriter-batch 1\nfact 1 "?x"\nset 0\nmade k 0 o "../x.docx"\n',
        b'planwriter-batch 1\nfact 1 "?x"\nset 0\nmade k 0 o ".."\n',
        line("?/etc/passwd"),
        line("?\\\\server\\share"),
        line("?C:/x"),
        line("?x\0y"),
        line("*x"),
        line("?" + "../" * 100 + "etc"),
    ],
)
def test_a_damaged_or_hostile_record_counts_as_none(folder: Path, data: bytes) -> None:
    (folder / NAME).write_bytes(data)
    assert not is_current(folder)
    record = BatchRecord(str(folder))
    record.put("要点.docx", KEY, ((watch.FILE + str(folder / "要点.docx"), "1"),), b"docx")
    record.save()
    assert is_current(folder)


def test_a_line_like_these_that_is_sound_is_taken(folder: Path) -> None:
    (folder / NAME).write_bytes(line("?要点.docx"))
    assert is_current(folder)


@given(st.binary(max_size=300) | st.text('fact set made 01"\\/.?=\n', max_size=200).map(str.encode))
def test_any_bytes_are_read_without_a_traceback(data: bytes) -> None:
    list(_read(data))
    list(_read(b"planwriter-batch 1\n" + data))


def test_a_record_that_is_cut_keeps_what_is_whole(folder: Path) -> None:
    data = (folder / NAME).read_bytes()
    for end in range(0, len(data) - 1, 7):
        (folder / NAME).write_bytes(data[:end])
        assert not is_current(folder)


@pytest.mark.skipif(os.name != "posix", reason="there are no named pipes in the file system")
def test_a_pipe_in_its_place_or_among_its_facts_makes_nobody_wait(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    (folder / NAME).write_bytes(line("=pipe"))
    assert not is_current(folder)
    (folder / NAME).unlink()
    os.mkfifo(folder / NAME)
    assert not is_current(folder)


def test_a_record_that_cannot_be_written_is_no_error(folder: Path) -> None:
    (folder / NAME).unlink()
    (folder / NAME).mkdir()
    record = BatchRecord(str(folder))
    record.put("要点.docx", KEY, ((watch.FILE + str(folder / "要点.docx"), "1"),), b"docx")
    record.save()
    assert not is_current(folder)
