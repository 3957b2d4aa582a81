"""What is read while something is made is recorded, also if it was read earlier and kept."""

from pathlib import Path

import pytest

from planwriter.system import files, watch


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.yaml").write_bytes(b"a")
    (tmp_path / "b.yaml").write_bytes(b"b")
    return tmp_path


def test_reads_and_looks_are_recorded_with_their_states(folder: Path) -> None:
    with watch.accounted(), watch.facts() as facts:
        files.read_file("a.yaml")
        files.read_file("none.yaml")
        files.list_folder(".")
        watch.is_file("b.yaml")
        watch.is_there("none")
    assert {fact.replace(str(folder), ""): state for fact, state in facts.items()} == {
        "=/a.yaml": watch.content(b"a"),
        "=/none.yaml": "",
        "/": watch.names(["a.yaml", "b.yaml"]),
        "?/b.yaml": "1",
        "!/none": "0",
    }
    assert all(watch.state_of(fact) == state for fact, state in facts.items())
    (folder / "a.yaml").write_bytes(b"other")
    (folder / "none").touch()
    (folder / "b.yaml").unlink()
    assert {fact[0] for fact, state in facts.items() if watch.state_of(fact) != state} == set("=!/?")


def test_nothing_is_recorded_unless_asked_for(folder: Path) -> None:
    with watch.facts() as facts:
        files.read_file("a.yaml")
    assert facts == {}
    with watch.accounted():
        files.read_file("a.yaml")
        with watch.facts() as facts:
            files.read_file("b.yaml")
        files.read_file("a.yaml")
    assert len(facts) == 1


def test_what_is_kept_counts_each_time_that_it_is_used(folder: Path) -> None:
    with watch.accounted():
        with watch.keeping("key"):
            files.read_file("a.yaml")
        with watch.facts() as used:
            watch.reuse("key")
        with watch.facts() as unused:
            pass
    assert len(used) == 1 and unused == {}
    with watch.accounted(), watch.facts() as later:
        watch.reuse("key")
    assert later == {}


def test_what_is_kept_within_something_kept_belongs_to_both(folder: Path) -> None:
    with watch.accounted():
        with watch.keeping("outer"), watch.keeping("inner"):
            files.read_file("a.yaml")
        with watch.facts() as facts:
            watch.reuse("outer")
    assert len(facts) == 1


def test_a_file_that_is_too_large_has_no_known_state(folder: Path) -> None:
    with watch.accounted(), watch.facts() as facts:
        files.read_file("a.yaml", limit=0)
    assert list(facts.values()) == [watch.UNKNOWN]
