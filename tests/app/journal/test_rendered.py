"""What a document was last made from, kept beside its outline."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from planwriter.app.journal import base_copies
from planwriter.app.journal.base_copies import note_render
from planwriter.app.journal.rendered import RenderBase, kept_record, known_renders, last_render, renders_of
from tests.commands import run
from tests.hands import Hand, without_record
from tests.support import outline

OUTLINE = "文种: 工作要点\n".encode()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "要点.yaml").write_bytes(OUTLINE)
    return tmp_path


def note(home: Path, name: str, data: bytes) -> None:
    (home / name).parent.mkdir(exist_ok=True)
    (home / name).write_bytes(data)
    note_render(str(home / "要点.yaml"), str(home / name), data)


def last(home: Path, name: str) -> RenderBase | None:
    return last_render(str(home / name), str(home / "要点.yaml"))


def copies(home: Path) -> list[Path]:
    return sorted((home / ".planwriter" / "journal" / "renders").glob("*.z"))


def test_the_renders_of_a_document_are_kept_the_last_first(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for at, name, data in ((1000, "要点.docx", b"1"), (1001, "稿/要点.docx", b"2"), (1002, "要点.docx", b"3")):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(at))
        note(home, name, data)
    assert last(home, "要点.docx") == (1002, "要点.docx", "要点.yaml", OUTLINE, b"3", "")
    found = last(home, "稿/要点.docx")
    assert found is not None and (found.file, found.docx) == ("稿/要点.docx", b"2")
    assert [each.docx for each in renders_of(str(home / "要点.yaml"))] == [b"1", b"2", b"3"]
    assert renders_of(str(home / "别的.yaml")) == []
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1003")
    note(home, "要点.docx", b"1")
    assert len(copies(home)) == 3
    found = last(home, "要点.docx")
    assert found is not None and (found.at, found.docx) == (1003, b"1")


def test_a_document_that_was_renamed_or_put_elsewhere_is_found(home: Path) -> None:
    note(home, "要点.docx", b"1")
    note(home, "方案.docx", b"2")
    (home / "送审.docx").write_bytes(b"1")
    found = last(home, "送审.docx")
    assert found is not None and found.file == "要点.docx", "by its bytes"
    (home / "发来").mkdir()
    (home / "发来" / "方案.docx").write_bytes(b"edited")
    found = last(home, "发来/方案.docx")
    assert found is not None and found.docx == b"2", "by its name"
    (home / "发来" / "方案（改）.docx").write_bytes(b"edited")
    assert last(home, "发来/方案（改）.docx") is None


def test_one_of_two_documents_of_the_same_name_is_not_guessed(home: Path) -> None:
    note(home, "甲/要点.docx", b"1")
    note(home, "乙/要点.docx", b"2")
    (home / "要点.docx").write_bytes(b"edited")
    assert last(home, "要点.docx") is None


def test_of_a_large_document_the_record_is_kept(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base_copies, "MAX_DOCUMENT", 10)
    monkeypatch.setattr("planwriter.writers.docx.record.record_text", lambda data: "cmVjb3Jk")
    note(home, "要点.docx", bytes(11))
    found = last(home, "要点.docx")
    assert found is not None and (found.docx, found.record_text()) == (b"", "cmVjb3Jk")


def test_a_document_without_a_record_has_none(home: Path) -> None:
    note(home, "要点.docx", b"no package")
    found = last(home, "要点.docx")
    assert found is not None and found.record_text() == ""


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:-1],
        lambda data: data + b"x",
        lambda data: b"",
        lambda data: b"planwriter-render 1 2 3 4 5 6\n",
        lambda data: b"planwriter-render 1 2 3 4 5 6 7 8\n",
        lambda data: data.replace(b" ", b" -", 1),
        lambda data: data[:-1] + b"x",
        lambda data: b"\xff" * 1000,
    ],
)
def test_a_copy_that_is_not_whole_does_not_count(home: Path, spoil: Callable[[bytes], bytes]) -> None:
    note(home, "要点.docx", b"1" * 99)
    (copy,) = copies(home)
    copy.write_bytes(spoil(copy.read_bytes()))
    assert last(home, "要点.docx") is None
    note(home, "要点.docx", b"2")
    assert last(home, "要点.docx") is not None


def test_the_oldest_copies_are_dropped_that_of_the_last_render_of_a_document_last(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base_copies, "MAX_FILES", 4)
    for number in range(5):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(number))
        note(home, "旧.docx" if number == 0 else "要点.docx", b"%d" % number)
        for age, each in enumerate(reversed(known_renders(str(home)))):
            for copy in copies(home):
                if copy.read_bytes().endswith(each.docx):
                    os.utime(copy, (age, age))
    assert sorted((each.file, each.docx) for each in known_renders(str(home))) == [
        ("旧.docx", b"0"),
        ("要点.docx", b"3"),
        ("要点.docx", b"4"),
    ]
    monkeypatch.setattr(base_copies, "MAX_BYTES", 1)
    note(home, "要点.docx", b"5")
    assert [each.docx for each in known_renders(str(home))] == [b"5"]


OUTLINES = [
    outline(f"重点任务:\n  - 章: 办园\n    内容:\n      - 条: 建园\n        文: 新建幼儿园{number}所。\n")
    for number in (5, 6)
]


def test_a_lost_record_is_that_of_the_render_which_the_document_is_most_like(home: Path) -> None:
    made = []
    for text in OUTLINES:
        (home / "要点.yaml").write_text(text, "utf-8")
        data = run_bytes(home)
        made.append(data)
    for number, data in enumerate(made):
        hand = Hand(data)
        hand.replace("所。", "所以上。")
        found = kept_record(str(home / "要点.docx"), str(home / "要点.yaml"), without_record(hand.save()))
        assert found.value is not None and [each.code for each in found.findings] == ["PW896"]
        assert any(f"新建幼儿园{number + 5}所" in getattr(each, "text", "") for each in found.value.items)
    assert kept_record(str(home / "别的.docx"), str(home / "要点.yaml"), made[0]).value is not None, "of this outline"
    assert kept_record(str(home / "别的.docx"), str(home / "别的.yaml"), b"").value is None
    assert kept_record(str(home / "要点.docx"), str(home / "要点.yaml"), b"no package").value is None


def run_bytes(home: Path) -> bytes:
    """The document of the outline, rendered by a command."""
    assert run(home, "render", "要点.yaml", "--force").returncode == 0
    return (home / "要点.docx").read_bytes()


@pytest.mark.parametrize("name", [".planwriter", ".planwriter/journal", ".planwriter/journal/renders"])
def test_nothing_is_written_through_a_link(home: Path, tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    other = tmp_path_factory.mktemp("别处")
    (home / name).parent.mkdir(parents=True, exist_ok=True)
    (home / name).symlink_to(other, target_is_directory=True)
    note(home, "要点.docx", b"1")
    assert [*other.iterdir()] == [] and last(home, "要点.docx") is None


def test_where_nothing_can_be_written_nothing_is_said(home: Path) -> None:
    (home / ".planwriter").write_text("自己的", "utf-8")
    note(home, "要点.docx", b"1")
    assert last(home, "要点.docx") is None and (home / ".planwriter").read_text("utf-8") == "自己的"


@pytest.mark.skipif(sys.platform == "win32", reason="rights")
def test_a_copy_of_what_only_its_owner_may_read(home: Path) -> None:
    (home / "要点.yaml").chmod(0o600)
    note(home, "要点.docx", b"1")
    assert [each.stat().st_mode & 0o077 for each in copies(home)] == [0]
