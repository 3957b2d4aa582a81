"""The journal: what it notes, what it does where it cannot, and what it makes of one that others have spoilt."""

from __future__ import annotations

import itertools
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from planwriter.app.journal import journal
from planwriter.app.journal.journal import (
    Step,
    copy_of,
    is_inner,
    joined,
    known_names,
    note_change,
    parted,
    read_changes,
)
from planwriter.start.digests import sha256

TEXT = "journal.txt"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "planwriter.yaml").touch()
    return tmp_path


def noted(path: Path, before: bytes | None, after: bytes | None, step: Step | None = None) -> list[str]:
    """The codes of the findings."""
    return [each.code for each in note_change(str(path), before, after, step or Step("targets set"), ["改了"])]


def journal_of(home: Path) -> Path:
    return home / ".planwriter" / "journal"


def test_a_change_is_noted_with_both_states(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    (home / "县").mkdir()
    path = home / "县" / "要点.yaml"
    assert noted(path, "旧".encode(), "新".encode()) == []
    (made,) = read_changes(str(home))
    assert (made.step, made.at, made.command, made.file, made.undoes, made.told) == (
        1,
        "1970-01-01T00:00:00Z",
        "targets set",
        "县/要点.yaml",
        0,
        ("改了",),
    )
    assert [copy_of(str(home), each) for each in (made.before, made.after)] == ["旧".encode(), "新".encode()]
    assert not (home / "县" / ".planwriter").exists()


def test_without_a_workspace_it_lies_beside_the_file(tmp_path: Path) -> None:
    assert noted(tmp_path / "要点.yaml", b"1", b"2") == []
    assert len(read_changes(str(tmp_path))) == 1


def test_a_file_that_was_not_there_and_one_that_is_gone(home: Path) -> None:
    assert noted(home / "要点.yaml", None, b"1") + noted(home / "要点.yaml", b"1", None) == []
    assert [(each.before, each.after) for each in read_changes(str(home))] == [("", sha256(b"1")), (sha256(b"1"), "")]


def test_what_did_not_change_is_not_noted(home: Path) -> None:
    assert noted(home / "要点.yaml", b"1", b"1") == []
    assert not journal_of(home).exists()


def test_the_files_of_one_run_have_one_number(home: Path) -> None:
    step = Step("fix")
    for name in ("甲.yaml", "乙.yaml"):
        noted(home / name, b"1", b"2", step)
    noted(home / "甲.yaml", b"2", b"3", Step("fix"))
    assert [each.step for each in read_changes(str(home))] == [1, 1, 2]


@pytest.mark.parametrize("words", [("a\tb", "c\nd", "\\n", "\r", "", "\\"), ("提纲",), ("",)])
def test_words_come_back_from_their_line(words: tuple[str, ...]) -> None:
    line = joined(*words)
    assert "\n" not in line and tuple(parted(line)) == words


@pytest.mark.parametrize("name", ["要点.yaml", "县/要点.yaml", ".planwriter/通用-1.0.0-0123456789ab.pwlib"])
def test_a_name_that_a_command_may_change(name: str) -> None:
    assert is_inner(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "/etc/passwd",
        "../要点.yaml",
        "a/../../b",
        "C:/x",
        "a\\b",
        ".ssh/x",
        ".planwriter/journal/x",
        "a\0",
        "x" * 2000,
    ],
)
def test_a_name_that_leads_elsewhere(name: str) -> None:
    assert not is_inner(name)


# where nothing can be noted


def _linked(folder: Path, home: Path) -> None:
    folder.symlink_to(home.parent, target_is_directory=True)


def _file(folder: Path, _home: Path) -> None:
    folder.write_text("自己的", "utf-8")


@pytest.mark.parametrize("make", [_linked, _file])
@pytest.mark.parametrize("name", [".planwriter", ".planwriter/journal"])
def test_a_folder_that_is_none_takes_nothing(tmp_path: Path, name: str, make: Callable[[Path, Path], None]) -> None:
    home = tmp_path / "区"
    home.mkdir()
    (home / "planwriter.yaml").touch()
    (home / name).parent.mkdir(exist_ok=True)
    make(home / name, home)
    before = sorted(os.listdir(tmp_path))
    (found,) = note_change(str(home / "要点.yaml"), b"1", b"2", Step("fix"))
    assert found.code == "PW894" and found.severity.word == "警告"
    assert sorted(os.listdir(tmp_path)) == before and read_changes(str(home)) == []


@pytest.mark.parametrize("what", ["link", "pipe", "folder"])
@pytest.mark.skipif(sys.platform == "win32", reason="pipes")
def test_a_text_that_is_no_file_is_left_alone(home: Path, what: str) -> None:
    journal_of(home).mkdir(parents=True)
    text = journal_of(home) / TEXT
    (home / "信.txt").write_text("自己的", "utf-8")
    if what == "link":
        text.symlink_to(home / "信.txt")
    elif what == "pipe":
        os.mkfifo(text)
    else:
        text.mkdir()
    assert noted(home / "要点.yaml", b"1", b"2") == ["PW894"]
    assert (home / "信.txt").read_text("utf-8") == "自己的"
    found = journal.read_journal(str(home), "要点.yaml")
    assert found.value == [] and [each.code for each in found.findings] == ["PW893"]


def test_a_file_elsewhere_or_a_large_one_is_not_noted(home: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("别处") / "要点.yaml"
    other.write_bytes(b"2")
    (home / "链接.yaml").symlink_to(other)
    assert noted(home / "链接.yaml", b"1", b"2") == ["PW894"]
    assert noted(home / "大.yaml", b"", bytes(journal.MAX_COPY + 1)) == ["PW894"]
    assert read_changes(str(home)) == []


# a journal that is spoilt


def test_lines_that_do_not_fit_are_left_out_and_counted(home: Path) -> None:
    for number in range(3):
        noted(home / "要点.yaml", b"%d" % number, b"%d" % (number + 1))
    text = journal_of(home) / TEXT
    lines = text.read_bytes().split(b"\n")
    lines[2:2] = [
        b"\xff\xfe",
        b"change",
        lines[1].replace(b"change\t1", b"change\t0"),
        lines[1].replace("要点.yaml".encode(), b"../../x.yaml"),
        lines[1].replace(b"T", b"t", 1),
        lines[1][:50],
    ]
    text.write_bytes(b"\n".join(lines))
    found = journal.read_journal(str(home), "要点.yaml")
    assert [each.step for each in found.value] == [1, 2, 3]
    assert [each.code for each in found.findings] == ["PW893"] and "6 行" in found.findings[0].message


def test_a_line_that_was_torn_does_not_spoil_the_next(home: Path) -> None:
    noted(home / "要点.yaml", b"1", b"2")
    text = journal_of(home) / TEXT
    text.write_bytes(text.read_bytes() + b"change\t2\t19")
    noted(home / "要点.yaml", b"2", b"3")
    assert [each.after for each in read_changes(str(home))] == [sha256(b"2"), sha256(b"3")]


@pytest.mark.parametrize("spoil", [lambda data: data[:-1], lambda data: b"", lambda data: data[:-3] + b"xyz"])
def test_a_copy_that_is_not_whole_does_not_count_and_is_made_again(home: Path, spoil: Callable[[bytes], bytes]) -> None:
    noted(home / "要点.yaml", b"1" * 99, b"2")
    copy = Path(journal.copy_path(str(home), sha256(b"1" * 99)))
    copy.write_bytes(spoil(copy.read_bytes()))
    assert copy_of(str(home), sha256(b"1" * 99)) is None
    noted(home / "要点.yaml", b"2", b"1" * 99)
    assert copy_of(str(home), sha256(b"1" * 99)) == b"1" * 99


def test_a_copy_that_claims_to_be_huge_is_not_unpacked() -> None:
    packed = journal.packed_copy(bytes(1000))
    assert journal.unpacked_copy(packed) == bytes(1000)
    assert journal.unpacked_copy(packed.replace(b"1000", b"999999999")) is None
    assert journal.unpacked_copy(packed.replace(b"1000", b"10")) is None


# its size


def test_the_oldest_copies_are_dropped_and_it_is_said(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "MAX_COPIES", 4000)
    (journal_of(home)).mkdir(parents=True)
    (journal_of(home) / "自己的.txt").write_text("自己的", "utf-8")
    states = [os.urandom(1000) for _ in range(7)]
    told = [noted(home / "要点.yaml", *pair) for pair in itertools.pairwise(states)]
    assert ["PW895"] in told and [each for each in told if each not in ([], ["PW895"])] == []
    left = [copy_of(str(home), sha256(each)) for each in states]
    assert left[-2:] == states[-2:] and left[0] is None
    assert sum(each.stat().st_size for each in journal_of(home).glob("*.z")) <= 4000
    assert (journal_of(home) / "自己的.txt").exists(), "nothing of the user's goes"


def test_the_older_lines_are_dropped_and_it_is_said(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "MAX_TEXT", 4000)
    told = [noted(home / "要点.yaml", b"%d" % number, b"%d" % (number + 1)) for number in range(30)]
    assert ["PW895"] in told
    steps = [each.step for each in read_changes(str(home))]
    assert steps == [*range(steps[0], 31)] and 1 < steps[0] < 30
    assert (journal_of(home) / TEXT).stat().st_size <= 4000


def test_of_a_text_that_is_too_long_the_newest_part_counts(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(10):
        noted(home / "要点.yaml", b"%d" % number, b"%d" % (number + 1))
    monkeypatch.setattr(journal, "MAX_TEXT", 1000)
    steps = [each.step for each in read_changes(str(home))]
    assert steps[-1] == 10 and 1 < len(steps) < 10
    assert noted(home / "要点.yaml", b"10", b"11") == ["PW895"]
    assert read_changes(str(home))[-1].step == 11


# names and rights


def test_a_file_that_was_renamed_is_known_by_what_it_holds(home: Path) -> None:
    old, new = home / "要点.yaml", home / "定稿.yaml"
    noted(old, b"1", b"2")
    new.write_bytes(b"2")
    done = read_changes(str(home))
    assert known_names(str(home), done, str(new), b"2") == ("定稿.yaml", "要点.yaml")
    old.write_bytes(b"3")
    assert known_names(str(home), done, str(new), b"2") == ("定稿.yaml",), "that is a copy, not the file itself"
    old.unlink()
    assert known_names(str(home), done, str(new), b"3") == ("定稿.yaml",)


@pytest.mark.skipif(sys.platform == "win32", reason="rights")
def test_what_only_its_owner_may_read_stays_so(home: Path) -> None:
    path = home / "要点.yaml"
    path.write_bytes(b"2")
    path.chmod(0o600)
    noted(path, b"1", b"2")
    assert {each.stat().st_mode & 0o077 for each in journal_of(home).glob("*.z")} == {0}
    assert read_changes(str(home))[0].told == ()


def test_times_are_shown_as_they_are_here(monkeypatch: pytest.MonkeyPatch) -> None:
    if not hasattr(__import__("time"), "tzset"):
        pytest.skip("the zone cannot be set")
    import time

    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        assert journal.local_time(journal.stamp(0)) == "1970-01-01 08:00"
    finally:
        monkeypatch.undo()
        time.tzset()
