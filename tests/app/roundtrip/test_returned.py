"""A .docx that came back, and what it was made from."""

from __future__ import annotations

from pathlib import Path

import pytest

from planwriter.app.outputs import render
from planwriter.app.roundtrip.absorb import plan_absorb
from planwriter.app.roundtrip.returned import outline_of, read_returned
from planwriter.app.session import Session
from planwriter.model import MadeFrom
from tests.absorbing import NAME, opened, printed
from tests.app.roundtrip.returning import TEXT
from tests.commands import run
from tests.hands import Hand, without_record


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / NAME).write_text(TEXT, "utf-8")
    return tmp_path


def test_the_record_that_is_kept_beside(folder: Path) -> None:
    assert run(folder, "render", NAME).returncode == 0
    made = folder / "提纲.docx"
    edit = Hand(without_record(made.read_bytes()))
    edit.replace("要公示", "要公开")
    (folder / NAME).write_text(TEXT.replace("秋季", "春季"), "utf-8")
    for name in ("提纲.docx", "局长改.docx"):
        (folder / name).write_bytes(edit.save())
        back = read_returned(str(folder / name), str(folder / NAME))
        assert back.value is not None and [each.code for each in back.findings] == ["PW896"]
        path = str(folder / NAME)
        done = plan_absorb(Session().at(path), path, back.value).value
        assert done is not None
        assert done.after.decode() == TEXT.replace("秋季", "春季").replace("要公示", "要公开")


def test_a_final_file_that_was_not_edited(folder: Path) -> None:
    assert run(folder, "render", NAME, "--final").returncode == 0
    (folder / NAME).write_text(TEXT.replace("秋季", "春季"), "utf-8")
    made = run(folder, "absorb", "提纲.docx", NAME)
    assert made.returncode == 0 and made.stdout == "收回 0 处。\n提纲.yaml 不用改。\n", made.stderr


def test_the_outline_that_a_file_was_made_from(folder: Path) -> None:
    one = opened(TEXT)
    for name, known in (
        (NAME, True),
        ("没有.yaml", False),
        (f"../{folder.name}/{NAME}", False),
        (str(folder / NAME), False),
    ):
        made = MadeFrom(name, "0" * 64)
        data = render(Session(), one.document, "docx", made_from=made).value
        assert data is not None
        (folder / "甲.docx").write_bytes(data)
        assert outline_of(str(folder / "甲.docx")) == (str(folder / NAME) if known else None)


def test_an_unreadable_file(folder: Path) -> None:
    (folder / "坏.docx").write_bytes(b"no package")
    made = read_returned(str(folder / "坏.docx"), str(folder / NAME))
    assert made.value is None and made.findings
    assert read_returned(str(folder / "没有.docx"), str(folder / NAME)).value is None


def test_tracked_changes_that_stay(folder: Path, tmp_path: Path) -> None:
    data = render(Session(), opened(TEXT).document, "docx").value
    assert data is not None
    edit = Hand(data)
    edit.track("要公示", "要公开")
    edit.replace("秋季", "春季")
    (tmp_path / "改.docx").write_bytes(edit.save())
    back = read_returned(str(tmp_path / "改.docx"), str(folder / NAME), keeps_tracked=True).value
    assert back is not None and [(each.old, each.new) for each in back.kept] == [("收费要公示。", "收费要公开。")]
    assert any("春季" in text for text in printed(back.edited)) and not any(
        "公开" in text for text in printed(back.edited)
    )
