"""The built-in library: a clause read from its own lines is the clause of its file, and a stale table does no harm."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from planwriter.clauses import built_in
from planwriter.clauses.built_in import TOPICS_FILE, BuiltIn, built_in_folder, topics_table
from planwriter.clauses.clause import Clause
from planwriter.clauses.library import BUILT_IN, open_folder
from planwriter.findings.finding import Span
from planwriter.source.nodes import Mapping, Scalar, Sequence
from tests.support import ROOT

WHOLE = open_folder(built_in_folder(), BUILT_IN)


def test_the_table_of_topics_is_that_of_the_files() -> None:
    assert (ROOT / "section_library" / TOPICS_FILE).read_text("utf-8") == topics_table(), (
        "run: python -m planwriter.clauses.built_in"
    )


def _places(value: object) -> object:
    """A value with the file, line and column of everything in it."""
    if isinstance(value, Span):
        return value.pos, value.start, value.end
    if isinstance(value, Scalar):
        return value.value, value.empty, _places(value.span)
    if isinstance(value, Sequence):
        return [_places(item) for item in value.items], _places(value.span)
    if isinstance(value, Mapping):
        pairs = [(key, _places(value.keys[key]), _places(node)) for key, node in value.entries.items()]
        return pairs, value.torn, value.lost, _places(value.span)
    if isinstance(value, (list, tuple)):
        return [_places(each) for each in value]
    slots = [name for kind in type(value).__mro__ for name in getattr(kind, "__slots__", ())]
    return [(name, _places(getattr(value, name))) for name in slots] if slots else value


def test_every_clause_read_alone_is_the_clause_of_its_file() -> None:
    library = BuiltIn()
    clauses = WHOLE.clauses()
    assert len(clauses) > 180
    for clause in clauses:
        found = library.find(clause.identifier)
        assert found == clause and _places(found) == _places(clause)
        assert found is library.find(clause.identifier)
    assert not library._is_open and library.findings == []
    assert library.manifest == WHOLE.manifest is not None


def test_the_whole_library_is_that_of_its_folder() -> None:
    library = BuiltIn()
    assert library.find("保障/没有这一条") is None and library._is_open
    assert library.find("没有这个主题") is None and not library.unread("没有这个主题")
    assert library.clauses() == WHOLE.clauses() and library.topics() == WHOLE.topics()
    assert library.topic("common.yaml") == WHOLE.topic("common.yaml")


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "section_library"
    shutil.copytree(built_in_folder(), folder)
    monkeypatch.setattr(built_in, "built_in_folder", lambda: str(folder))
    return folder


def _text_of(identifier: str) -> str:
    clause = BuiltIn().find(identifier)
    assert isinstance(clause, Clause)
    return clause.text


def test_a_file_that_was_edited_counts_at_once(copy: Path) -> None:
    path = copy / "agriculture.yaml"
    path.write_text(
        path.read_text("utf-8").replace("农业农村/粮食安全", "农业农村/口粮").replace("把上级下达", "将上级下达"),
        "utf-8",
    )
    assert _text_of("农业农村/口粮").startswith("将上级下达")
    assert BuiltIn().find("农业农村/粮食安全") is None


def test_a_clause_that_the_table_does_not_have_is_found(copy: Path) -> None:
    (copy / "new.yaml").write_text("- 条款: 新主题/一\n  文: 甲。\n- 条款: 保障/新\n  文: 乙。\n", "utf-8")
    assert _text_of("新主题/一") == "甲。" and _text_of("保障/新") == "乙。"
    (copy / TOPICS_FILE).unlink()
    assert _text_of("农业农村/粮食安全").startswith("把上级下达") and _text_of("新主题/一") == "甲。"


def test_a_clause_in_another_form_is_read_with_its_file(copy: Path) -> None:
    (copy / "agriculture.yaml").write_text(
        "- 文: &a 甲。\n  条款: 农业农村/一\n- 条款: 农业农村/二\n  文: *a\n", "utf-8"
    )
    assert _text_of("农业农村/一") == _text_of("农业农村/二") == "甲。"
    (copy / "agriculture.yaml").write_text("- 条款: 农业农村/三\n  没有这个键: 甲\n  文: 甲。\n", "utf-8")
    library = BuiltIn()
    assert library.find("农业农村/三") is not None
    assert [(each.code, each.pos.line) for each in library.findings] == [("PW201", 2)]
