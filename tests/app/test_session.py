"""A session: one per command and workspace, which reads everything once."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest
from click.testing import CliRunner

from planwriter.app.session import Session
from planwriter.app.settings import Settings, read_settings
from planwriter.cli.group import cli
from planwriter.findings.finding import Result
from planwriter.outline.kind import find_kind
from planwriter.system import files
from tests.support import outline


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two workspaces with an outline each, and one outline in no workspace."""
    for name in ("甲", "乙"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "planwriter.yaml").write_text(f"单位: {name}县教育局\n", "utf-8")
        (tmp_path / name / "要点.yaml").write_text(outline(), "utf-8")
    (tmp_path / "要点.yaml").write_text(outline(), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_each_workspace_has_one_session_and_they_share_libraries_and_kinds(two: Path) -> None:
    session = Session()
    first, second = session.at("甲/要点.yaml"), session.at("乙/要点.yaml")
    assert first is session.at("甲/别的.yaml") is second.at(str(two / "甲" / "要点.yaml")) is not second
    assert session.at("要点.yaml") is session and session.workspace is None and session.folder == ""
    assert first.workspace == str(two / "甲" / "planwriter.yaml") and first.folder == str(two / "甲")
    assert [str(each.settings.defaults.nodes["unit"].value) for each in (first, second)] == ["甲县教育局", "乙县教育局"]  # type: ignore[union-attr]
    assert first.built_in() is second.built_in()
    assert first.built_in_kinds() is session.built_in_kinds()


def test_the_kinds_of_a_workspace_come_before_those_built_in(two: Path) -> None:
    kind = two / "甲" / "templates" / "own"
    kind.mkdir(parents=True)
    built_in = Path(files.data_folder("templates"))
    source = next(each for each in sorted(built_in.glob("*/kind.yaml")) if "工作要点" in each.read_text("utf-8"))
    (kind / "kind.yaml").write_text(source.read_text("utf-8"), "utf-8")
    session = Session()
    kinds = session.at("甲/要点.yaml").kinds()
    assert kinds.findings == () and kinds.value[0].folder == "own"
    assert sorted(each.name for each in kinds.value) == sorted(each.name for each in session.kinds().value)


def test_a_kind_that_is_read_alone_is_the_one_among_all(two: Path) -> None:
    every = Session().kinds().value
    for kind in every:
        for name in (kind.name, *kind.aliases, kind.folder):
            alone = Session().kinds_for(name)
            assert alone == Result((kind,)) and find_kind(name, every) == kind
            assert alone.value[0].title.origin is not None and kind.title.origin is not None
            assert alone.value[0].title.origin.pos == kind.title.origin.pos
    for name in ("", "没有这个文种", "工作", "别名"):
        assert Session().kinds_for(name).value == every
    (two / "甲" / "templates").mkdir()
    assert Session().at("甲/要点.yaml").kinds_for("工作要点").value == every


def test_in_a_different_process_a_session_starts_with_nothing_read(two: Path) -> None:
    session = Session().at("甲/要点.yaml")
    assert session.built_in().clauses()
    again = pickle.loads(pickle.dumps(session))
    assert again.workspace == session.workspace and again.built_in() is not session.built_in()
    assert len(pickle.dumps(session)) < 500


def test_a_command_reads_each_workspace_file_once(two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str | None] = []

    def noted(path: str | None) -> Settings:
        read.append(path)
        return read_settings(path)

    monkeypatch.setattr("planwriter.app.session.read_settings", noted)
    paths = [os.path.join(name, "要点.yaml") for name in ("甲", "乙", "甲")]
    for arguments in (["check", *paths], ["render", paths[0], paths[1]], ["targets", "list", paths[0]]):
        read.clear()
        assert CliRunner().invoke(cli, arguments).exit_code == 0
        assert len(read) == len(set(read)) and read[0] == str(two / "甲" / "planwriter.yaml")
