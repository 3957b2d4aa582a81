"""Three plans, each rendered, edited by hand in the .docx and by its author in the outline: both sides stand in the end.

Two of them are published plans, which stand beside the repository (../shared); their targets are those that `import` lifts.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from planwriter.readers.docx.comments import read_comments
from tests.commands import run
from tests.hands import resaved, retouched, through_office, without_marks, without_record
from tests.stories.rounds import Round, by_hand, figure_by_hand, texts
from tests.support import EXAMPLES, REAL

NAMES = ("qingshan-2026", "zhengan-2021", "licheng-2022", "linyi-2018")
PLANS = [path for path in (*EXAMPLES, *REAL) if path.stem in NAMES]
TABLE = "      - 表: [[学校, 学位], [青山一小, 三百八十]]\n        题: 学位\n"


def _outline(path: Path, folder: Path) -> Path:
    """The outline of a plan in a folder, with targets and a table."""
    plan = folder / "plan.yaml"
    if path in EXAMPLES:
        shutil.copy(path, plan)
    else:
        assert run(folder, "render", str(path), "--draft", "-o", "old.docx").returncode == 0
        assert run(folder, "import", "old.docx", "--targets", "-o", "plan.yaml").returncode == 0
    plan.write_text(plan.read_text("utf-8").rstrip("\n") + "\n" + TABLE, "utf-8")
    return plan


def _by_author(plan: Path, play: Round, targets: list[str]) -> list[str]:
    """Three edits of texts and up to five of targets in the outline; the lines that it prints then."""
    source = plan.read_text("utf-8")
    for nth, new in enumerate(("作者改的第一处", "作者改的第二处", "作者改的第三处")):
        old = play.words(play.take(clause=False), nth)
        assert source.count(old) == 1
        source = source.replace(old, new)
        play.done.append(f"作者改字：{old} → {new}")
    plan.write_text(source, "utf-8")
    for number, key in enumerate(targets):
        done = run(plan.parent, "targets", "set", "plan.yaml", key, f"数值={20 + number}")
        assert done.returncode == 0, done.stderr
        play.done.append(f"作者改指标：{key} → {20 + number}")
    return texts(str(plan))


def _bare(lines: list[str]) -> list[str]:
    """Lines without blanks, since a line break is typed in another way in an outline."""
    return [re.sub(r"\s", "", each) for each in lines]


def _office(data: bytes) -> bytes:
    return through_office(data)[0]


SAVED: dict[str, Callable[[bytes], bytes]] = {
    "python-docx": lambda data: resaved(retouched(data)),
    "without-marks": without_marks,
    "without-marks-and-record": lambda data: without_record(without_marks(data)),
}


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_both_sides_stand_in_the_end(path: Path, tmp_path: Path) -> None:
    _play(path, tmp_path, lambda data: data)


def test_the_next_round_begins_clean(tmp_path: Path) -> None:
    plan = _play(PLANS[0], tmp_path, lambda data: data)
    absorbed = plan.read_bytes()
    assert run(tmp_path, "absorb", "plan.docx", "plan.yaml", "--yes").returncode == 0
    assert plan.read_bytes() == absorbed  # nothing is taken in twice

    docx = tmp_path / "plan.docx"
    again = run(tmp_path, "render", "plan.yaml", "--draft", "--keep-comments", "plan.docx", "--force")
    assert again.returncode == 0, again.stderr
    assert [each.text for each in read_comments(docx.read_bytes())] == ["此处请教育局再核。"]
    assert run(tmp_path, "absorb", "plan.docx", "plan.yaml", "--yes").returncode == 0
    assert plan.read_bytes() == absorbed
    status = run(tmp_path, "status", "plan.yaml").stdout
    assert "批注 1 条" in status and "改 " not in status

    undone = run(tmp_path, "undo", "--yes", "plan.yaml")
    assert undone.returncode == 0, undone.stderr
    assert "作者改的第一处" in plan.read_text("utf-8") and "逐校逐班排查" not in plan.read_text("utf-8")


@pytest.mark.parametrize("how", SAVED)
def test_so_they_do_after_a_program_has_saved_the_file(how: str, tmp_path: Path) -> None:
    _play(PLANS[0], tmp_path, SAVED[how])


@pytest.mark.libreoffice
def test_so_they_do_after_libreoffice_has_saved_the_file(tmp_path: Path) -> None:
    _play(PLANS[0], tmp_path, _office)


@pytest.mark.long
@pytest.mark.parametrize("how", [*SAVED, "LibreOffice"])
@pytest.mark.parametrize("path", PLANS[1:], ids=lambda path: path.stem)
def test_so_does_each_plan(path: Path, how: str, tmp_path: Path) -> None:
    _play(path, tmp_path, SAVED.get(how, _office))


def _play(path: Path, folder: Path, saved: Callable[[bytes], bytes]) -> Path:
    """Plays a round; the rendered file is saved by a program before the hand edits it, and again after. Returns the outline."""
    plan = _outline(path, folder)
    assert run(folder, "render", "plan.yaml", "--draft").returncode == 0
    play = Round(str(plan), saved((folder / "plan.docx").read_bytes()))
    by_key, *by_author = play.targets()[:6]
    figure_by_hand(play, by_key)
    edited = saved(by_hand(play))
    (folder / "plan.docx").write_bytes(edited)
    expected = play.expected(_by_author(plan, play, by_author))

    assert run(folder, "render", "plan.yaml", "--draft").returncode == 4
    assert (folder / "plan.docx").read_bytes() == edited
    absorbed = run(folder, "absorb", "plan.docx", "plan.yaml", "--yes", "--numbers", "指标")
    print("\n".join(play.done), absorbed.stdout, absorbed.stderr)  # seen if the next lines fail
    assert absorbed.returncode == 0
    assert _bare(texts(str(plan))) == _bare(expected)
    assert absorbed.stdout.count("此处请教育局再核。") == 1
    return plan
