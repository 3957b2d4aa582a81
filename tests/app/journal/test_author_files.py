"""The one door for changes of an author's files."""

from __future__ import annotations

import ast
from pathlib import Path

from planwriter.app.journal.author_files import change_file, note_all, put_file, replace_file
from planwriter.app.journal.journal import Step, read_changes
from tests.support import ROOT


def test_a_change_is_written_and_noted(tmp_path: Path) -> None:
    path = tmp_path / "要点.yaml"
    path.write_bytes(b"1")
    assert replace_file(str(path), b"1", b"2", Step("fix"), ["改了 1 处"]) == ()
    assert path.read_bytes() == b"2"
    assert [each.told for each in read_changes(str(tmp_path))] == [("改了 1 处",)]


def test_a_file_that_moved_on_is_neither_written_nor_noted(tmp_path: Path) -> None:
    path = tmp_path / "要点.yaml"
    path.write_bytes(b"3")
    assert [each.code for each in replace_file(str(path), b"1", b"2", Step("fix"))] == ["PW802"]
    assert path.read_bytes() == b"3" and read_changes(str(tmp_path)) == []


def test_what_cannot_be_written_is_not_noted(tmp_path: Path) -> None:
    (tmp_path / "要点.yaml").mkdir()
    assert [each.code for each in change_file(str(tmp_path / "要点.yaml"), b"1", b"2", Step("fix"))] == ["PW802"]
    assert read_changes(str(tmp_path)) == []


def test_a_file_is_deleted_and_written_again(tmp_path: Path) -> None:
    path = tmp_path / "要点.yaml"
    assert put_file(str(path), b"1") is None and path.read_bytes() == b"1"
    assert put_file(str(path), None) is None and not path.exists()
    failed = put_file(str(path), None)
    assert failed is not None and failed.code == "PW802"


def test_what_is_written_is_written_although_it_cannot_be_noted(tmp_path: Path) -> None:
    (tmp_path / ".planwriter").write_text("自己的", "utf-8")
    path = tmp_path / "要点.yaml"
    path.write_bytes(b"1")
    assert [each.code for each in replace_file(str(path), b"1", b"2", Step("fix"))] == ["PW894"]
    assert path.read_bytes() == b"2"


def test_several_files_are_noted_as_one_step(tmp_path: Path) -> None:
    changed = [(str(tmp_path / name), b"1", b"2") for name in ("甲.yaml", "乙.yaml")]
    assert note_all(changed, Step("library update")) == ()
    assert [(each.file, each.step) for each in read_changes(str(tmp_path))] == [("甲.yaml", 1), ("乙.yaml", 1)]


WRITERS = {
    "app/journal/author_files.py": "the door",
    "app/journal/base_copies.py": "the journal",
    "app/roundtrip/opinion_file.py": "the copy beside a table that is written anew",
    "app/fix.py": "the copy beside a file that is mended",
    "app/install.py": "a new workspace file",
    "app/journal/journal.py": "the journal",
    "app/known_sources.py": "what is known on this computer",
    "app/outputs.py": "documents, and the copies beside them",
    "app/batch/record.py": "what a batch has done",
    "app/roundtrip/refresh.py": "the copy beside a document that is refreshed",
    "app/roll.py": "a new outline, which it notes",
    "app/journal/undo.py": "a new file",
    "cli/audit.py": "a new file",
    "cli/library/share.py": "new files",
    "cli/library/trust.py": "keys and packages",
}
"""The modules of `app/` and `cli/` that may write a file themselves, and what it is."""
_WRITING = frozenset(("write_file", "write_new", "write_pair", "delete_file"))


def _writes(text: str) -> bool:
    nodes = [*ast.walk(ast.parse(text))]
    named = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    brought = {each.name for node in nodes if isinstance(node, ast.ImportFrom) for each in node.names}
    return not _WRITING.isdisjoint(named | brought)


def test_no_other_module_changes_a_file() -> None:
    """One that changes a file of its author without the journal's knowledge could not be taken back."""
    found = {
        path.relative_to(ROOT / "planwriter").as_posix()
        for room in ("app", "cli")
        for path in (ROOT / "planwriter" / room).rglob("*.py")
        if _writes(path.read_text("utf-8"))
    }
    assert found == set(WRITERS)


def test_a_module_that_writes_is_found() -> None:
    assert _writes("files.write_file(path, data)") and _writes("from planwriter.system.files import write_new")
    assert not _writes("files.read_file(path)")
