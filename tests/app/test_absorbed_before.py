"""An outline that its author changed after hand edits were taken into it, and the same file once more."""

from __future__ import annotations

from pathlib import Path

import pytest

from planwriter.app.absorbed_before import absorbed_before
from planwriter.app.session import Session
from tests.absorbing import NAME, opened, printed
from tests.app.roundtrip.returning import TEXT
from tests.commands import run
from tests.hands import Hand

DOCX = "提纲.docx"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An outline with two hand edits taken into it: words, and one of two equal paragraphs deleted."""
    text = TEXT.replace("文: 收费要公示。", "文: [收费要公示。, 按月公开。, 定期检查。, 按月公开。]")
    (tmp_path / NAME).write_text(text, "utf-8")
    assert run(tmp_path, "render", NAME).returncode == 0
    hand = Hand((tmp_path / DOCX).read_bytes())
    hand.replace("秋季开园", "春季开园")
    paragraph = hand.paragraph("定期检查").getnext()
    paragraph.getparent().remove(paragraph)
    (tmp_path / DOCX).write_bytes(hand.save())
    assert run(tmp_path, "absorb", DOCX, "--yes").returncode == 0
    return tmp_path


def rewrite(folder: Path, old: str, new: str) -> None:
    text = (folder / NAME).read_text("utf-8")
    assert text.count(old) == 1
    (folder / NAME).write_text(text.replace(old, new), "utf-8")


def known(folder: Path) -> list[str] | None:
    data = (folder / NAME).read_bytes()
    version = opened(data.decode()).version()
    found = absorbed_before(Session(), str(folder / NAME), data, version)
    return printed(found.after) if found is not None else None


def test_the_state_after_the_last_absorb(folder: Path) -> None:
    assert known(folder) == printed(opened((folder / NAME).read_text("utf-8")).version())
    rewrite(folder, "春季开园", "明年春季开园")
    then = known(folder)
    assert then is not None
    assert any("这12所春季开园" in each for each in then) and not any("明年" in each for each in then)


def test_an_outline_that_was_put_back_has_not_taken_anything(folder: Path) -> None:
    rewrite(folder, "春季开园", "秋季开园")
    assert known(folder) is None


def test_nor_has_one_whose_absorb_was_taken_back(folder: Path) -> None:
    assert run(folder, "undo", NAME, "--yes").returncode == 0
    rewrite(folder, "收费要公示", "收费要及时公示")
    assert known(folder) is None
    assert "收回 2 处" in run(folder, "absorb", DOCX, "--dry-run").stdout


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("春季开园", "明年春季开园"),
        ("定期检查。", "定期检查。, 按月公开。"),
        ("收费要公示。, 按月公开。", "按月公开。, 收费要公示。"),
        ("按月公开。, 定期检查。", "定期检查。"),
    ],
)
def test_what_the_author_does_later_stands(folder: Path, old: str, new: str) -> None:
    rewrite(folder, old, new)
    before = (folder / NAME).read_bytes()
    assert run(folder, "absorb", DOCX, "--yes").returncode == 0
    assert (folder / NAME).read_bytes() == before
    assert "手改的 2 处都已经收回提纲" in run(folder, "status", NAME).stdout
    assert run(folder, "render", NAME).returncode == 0


def test_what_both_did_side_by_side_is_known_again(tmp_path: Path) -> None:
    """An item put in behind one that is deleted, a unit beside one that is deleted, a copy: nothing is left to do."""
    text = TEXT.replace("责任单位: 学前教育股", "责任单位: [学前教育股, 计财股]")
    (tmp_path / NAME).write_text(text, "utf-8")
    assert run(tmp_path, "render", NAME).returncode == 0
    hand = Hand((tmp_path / DOCX).read_bytes())
    hand.delete("秋季开园")
    hand.replace("、计财股", "")
    hand.add_after("新建幼儿园", "4.收费。收费要公示。")
    (tmp_path / DOCX).write_bytes(hand.save())
    new = text.replace("秋季开园。\n", "秋季开园。\n      - 条: 消防\n        文: 每学期演练。\n")
    (tmp_path / NAME).write_text(new.replace("计财股]", "计财股, 督导室]"), "utf-8")
    assert run(tmp_path, "absorb", DOCX, "--yes").returncode == 0
    taken = (tmp_path / NAME).read_text("utf-8")
    assert "秋季开园" not in taken and "[学前教育股, 督导室]" in taken and taken.count("收费要公示") == 2
    again = run(tmp_path, "absorb", DOCX, "--yes")
    assert again.returncode == 0 and "不用改" in again.stdout
    assert (tmp_path / NAME).read_text("utf-8") == taken
    assert "都已经收回" in run(tmp_path, "status", DOCX).stdout
    assert run(tmp_path, "render", NAME).returncode == 0
