"""What was decided once is not asked again."""

from __future__ import annotations

from pathlib import Path

from planwriter.app.journal.decided import decided_cases, note_decided


def test_cases_are_noted_once(tmp_path: Path) -> None:
    home = str(tmp_path)
    assert decided_cases(home) == frozenset()
    assert note_decided(home, ()) is None and not (tmp_path / ".planwriter").exists()
    assert note_decided(home, ("a" * 16, "b" * 16)) is None
    text = tmp_path / ".planwriter" / "journal" / "decided.txt"
    size = len(text.read_bytes())
    assert note_decided(home, ("b" * 16,)) is None and len(text.read_bytes()) == size
    assert note_decided(home, ("c" * 16,)) is None
    assert decided_cases(home) == {"a" * 16, "b" * 16, "c" * 16}


def test_a_damaged_file_or_a_link_says_nothing(tmp_path: Path) -> None:
    folder = tmp_path / ".planwriter" / "journal"
    folder.mkdir(parents=True)
    (folder / "decided.txt").write_bytes(b"\xff\n" + b"d" * 15 + b"\n" + b"e" * 16)
    assert decided_cases(str(tmp_path)) == {"e" * 16}
    (folder / "decided.txt").rename(tmp_path / "other")
    (folder / "decided.txt").symlink_to(tmp_path / "other")
    assert decided_cases(str(tmp_path)) == frozenset()
