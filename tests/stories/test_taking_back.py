"""Every command that changes an author's file, in processes of its own: what it did is shown, taken back, and done again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from planwriter.app.journal.rendered import known_renders
from tests.commands import run
from tests.hands import Hand, without_marks, without_record
from tests.support import ROOT

OUTLINE = """\
文种: 工作要点
单位: 青山县教育局   # 发文单位
地区: 青山县
年度: 2026
指标:
  覆盖率: {数值: 95, 单位: "%", 名称: 普惠园覆盖率}   # 各股报来的数
总体要求: 办好教育。
重点任务:
  - 章: 办好学前教育
    内容:
      - 条: 建设幼儿园
        文: 全年新建5所。普惠园覆盖率达到{{ 指标.覆盖率 }}。
      - 条: 管好网点
        文: 规范办园行为,提高保教质量。
保障措施:
  - 章: 强化保障
    内容:
      - 条: 加强领导
        文: 落实责任。
"""


@pytest.fixture
def area(tmp_path: Path) -> Path:
    (tmp_path / "要点.yaml").write_text(OUTLINE, "utf-8")
    return tmp_path


def done(folder: Path, *arguments: str, code: int = 0) -> str:
    """What a command says."""
    made = run(folder, *arguments)
    assert made.returncode == code, made.stdout + made.stderr
    assert "Traceback" not in made.stderr
    return made.stdout + made.stderr


def files(folder: Path) -> dict[str, bytes]:
    """The author's files: all but the hidden ones, and the copies that `fix` leaves."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "改前" not in path.name and not any(each.startswith(".") for each in path.parts)
    }


def _sheet(folder: Path) -> None:
    """A sheet of targets with a new figure."""
    done(folder, "targets", "export", "要点.yaml", "-o", "指标.xlsx")
    book = openpyxl.load_workbook(folder / "指标.xlsx")
    sheet = book.active
    assert sheet is not None
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == 95:
                cell.value = 97
    book.save(folder / "指标.xlsx")


def _tasks(folder: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["序号", "任务", "责任单位"], [1, "开展园长培训。", "人事股"], [2, "完善食堂管理。", "后勤股"]):
        sheet.append(row)
    book.save(folder / "任务.xlsx")


def _edited(folder: Path) -> None:
    """A document of the outline as it stands, edited by hand."""
    done(folder, "render", "要点.yaml")
    hand = Hand((folder / "要点.docx").read_bytes())
    hand.replace("落实责任", "压实责任")
    (folder / "要点.docx").write_bytes(hand.save())


def _nothing(_folder: Path) -> None:
    pass


CHANGES: dict[str, tuple[Callable[[Path], None], tuple[str, ...]]] = {
    "targets set": (_nothing, ("targets", "set", "要点.yaml", "覆盖率", "数值=96")),
    "targets import": (_sheet, ("targets", "import", "指标.xlsx", "要点.yaml", "--yes")),
    "fix": (_nothing, ("fix", "要点.yaml")),
    "import --into": (_tasks, ("import", "任务.xlsx", "--into", "要点.yaml", "--章", "办好学前教育", "--yes")),
    "absorb": (_edited, ("absorb", "要点.docx", "要点.yaml", "--yes")),
    "roll": (_nothing, ("roll", "要点.yaml")),
}
"""Each command: what it needs, and what is typed."""


@pytest.mark.parametrize("name", CHANGES)
def test_what_a_command_did_is_taken_back_and_done_again(area: Path, name: str) -> None:
    make, words = CHANGES[name]
    make(area)
    before = files(area)
    done(area, *words)
    after = files(area)
    assert before != after
    assert "撤销第 1 步" in done(area, "undo", "--dry-run") and files(area) == after
    assert "加 --yes" in done(area, "undo") and files(area) == after, "nobody is there to be asked"
    assert name in done(area, "undo", "--yes")
    assert files(area) == before
    done(area, "undo", "--redo", "--yes")
    assert files(area) == after
    done(area, "undo", "--yes")
    assert files(area) == before
    assert "没有可以撤销的" in done(area, "undo", "--yes", code=1)


@pytest.mark.parametrize("name", CHANGES)
def test_what_was_written_since_is_not_lost(area: Path, name: str) -> None:
    make, words = CHANGES[name]
    make(area)
    before = files(area)
    done(area, *words)
    (changed,) = [each for each, data in files(area).items() if before.get(each) != data]
    mine = (area / changed).read_text("utf-8") + "# 我自己写的\n"
    (area / changed).write_text(mine, "utf-8")
    assert "[PW890]" in done(area, "undo", changed, "--yes", code=1)
    assert (area / changed).read_text("utf-8") == mine


def test_all_of_them_one_after_the_other(area: Path) -> None:
    for make, _ in CHANGES.values():
        make(area)
    states = [files(area)]
    for _, words in CHANGES.values():
        done(area, *words)
        states.append(files(area))
    told = done(area, "log", "要点.yaml")
    for name in CHANGES:
        assert (f"　{name}（" in told) is (name != "roll"), "the new outline has a history of its own"
    assert "　render　要点.docx" in told
    assert "roll（第 6 步）" in done(area, "log", "要点-2027.yaml")
    entries = json.loads(done(area, "log", "要点.yaml", "--format", "json"))
    entries = [each for each in entries if each["command"] != "render"]
    assert [each["command"] for each in entries] == [name for name in CHANGES if name != "roll"]
    assert [(each["before"], each["after"]) for entry in entries[:2] for each in entry["targets"]][:2] == [
        ("95", "96"),
        ("96", "97"),
    ]
    assert [each["what"] for each in entries[3]["blocks"]] == ["新增", "新增"]
    assert [(each["what"], each["after"]) for each in entries[4]["blocks"]] == [("改写", "加强领导\n压实责任。")]
    for state in reversed(states[:-1]):
        done(area, "undo", "--yes")
        assert files(area) == state
    for state in states[1:]:
        done(area, "undo", "--redo", "--yes")
        assert files(area) == state
    assert (area / "要点.yaml").read_bytes() == states[-1]["要点.yaml"]


@pytest.mark.parametrize("name", CHANGES)
def test_a_dry_run_writes_nothing_and_notes_nothing(area: Path, name: str) -> None:
    make, words = CHANGES[name]
    make(area)
    before = files(area)
    said = done(area, *(word for word in words if word != "--yes"), "--dry-run")
    assert files(area) == before and not (area / ".planwriter" / "journal" / "journal.txt").exists()
    assert "没有写" in said


def test_a_document_that_lost_its_record_and_is_older_than_the_last_render_is_taken_back(area: Path) -> None:
    done(area, "render", "要点.yaml")
    sent = (area / "要点.docx").read_bytes()
    done(area, "targets", "set", "要点.yaml", "覆盖率", "数值=96")
    done(area, "render", "要点.yaml")
    hand = Hand(sent)
    hand.replace("落实责任", "压实责任")
    (area / "返回").mkdir()
    (area / "返回" / "要点.docx").write_bytes(without_marks(without_record(hand.save())))
    said = done(area, "absorb", "返回/要点.docx", "要点.yaml", "--yes")
    assert "[PW896]" in said
    assert (area / "要点.yaml").read_text("utf-8") == OUTLINE.replace("数值: 95", "数值: 96").replace(
        "落实责任", "压实责任"
    )
    done(area, "undo", "--yes")
    assert (area / "要点.yaml").read_text("utf-8") == OUTLINE.replace("数值: 95", "数值: 96")


def test_four_who_render_at_once_in_a_new_folder(area: Path) -> None:
    names = [f"要点{number}" for number in range(4)]
    for name in names:
        (area / f"{name}.yaml").write_text(OUTLINE, "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "planwriter", "render", f"{name}.yaml"],
            cwd=area,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for name in names
    ]
    assert [(each.communicate()[1], each.returncode)[1] for each in running] == [0] * 4
    made = known_renders(str(area))
    assert sorted(each.file for each in made) == [f"{name}.docx" for name in names]
    assert all(each.docx == (area / each.file).read_bytes() for each in made)
    assert not [*area.rglob("*.tmp")]


@pytest.mark.parametrize("others", [(), ("另一份.yaml",)])
def test_what_was_taken_in_may_be_changed_in_the_outline_afterwards(area: Path, others: tuple[str, ...]) -> None:
    """The edited file is there still; whether it is made alone or among others, nothing of it would be lost."""
    _edited(area)
    (area / "另一份.yaml").write_text(OUTLINE, "utf-8")
    assert "[PW803]" in done(area, "render", "要点.yaml", *others, code=4)
    done(area, "absorb", "要点.docx", "要点.yaml", "--yes")
    path = area / "要点.yaml"
    path.write_text(path.read_text("utf-8").replace("压实责任", "层层压实责任"), "utf-8")
    assert "[PW803]" not in done(area, "render", "要点.yaml", *others)


def test_the_old_state_is_saved_beside(area: Path) -> None:
    done(area, *CHANGES["targets set"][1])
    (area / "要点.yaml").write_text("别的", "utf-8")
    done(area, "undo", "要点.yaml", "--step", "1", "-o", "要点-改以前.yaml")
    assert (area / "要点-改以前.yaml").read_text("utf-8") == OUTLINE
    assert "[PW339]" in done(area, "undo", "要点.yaml", "--step", "1", "-o", "要点.yaml", code=4)
    assert (area / "要点.yaml").read_text("utf-8") == "别的"


def test_a_journal_from_a_stranger_does_no_harm(area: Path) -> None:
    done(area, *CHANGES["targets set"][1])
    journal = area / ".planwriter" / "journal"
    text = journal / "journal.txt"
    for spoilt in (b"", b"\xff" * 5000, text.read_bytes().replace("要点".encode(), b"../../x"), bytes(6 * 1024 * 1024)):
        text.write_bytes(spoilt)
        for words in (("undo",), ("undo", "要点.yaml", "--yes"), ("log", "要点.yaml"), ("log", "要点.yaml", "--all")):
            made = run(area, *words)
            assert made.returncode in (0, 1) and "Traceback" not in made.stderr and "PW901" not in made.stderr
        assert "96" in (area / "要点.yaml").read_text("utf-8")
    done(area, "targets", "set", "要点.yaml", "覆盖率", "数值=97")
    done(area, "undo", "要点.yaml", "--yes")
    assert "数值: 96" in (area / "要点.yaml").read_text("utf-8")


# watching


class Watched:
    """A running `planwriter watch`."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.said = folder / "said.log"
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"}
        with self.said.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "planwriter", "watch", "要点.yaml", *arguments],
                cwd=folder,
                stdout=out,
                stderr=subprocess.STDOUT,
                env=environment,
            )

    def until(self, text: str, times: int = 1) -> None:
        """Waits until it has said something so many times."""
        for _ in range(1200):
            if self.said.read_text("utf-8", "replace").count(text) >= times:
                return
            assert self.process.poll() is None, self.said.read_text("utf-8")
            time.sleep(0.05)
        raise AssertionError(self.said.read_text("utf-8"))

    def stop(self) -> str:
        self.process.send_signal(signal.SIGINT)
        assert self.process.wait(30) == 0
        return self.said.read_text("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("options", [(), ("--poll",)])
def test_an_outline_is_made_again_at_each_save(area: Path, options: tuple[str, ...]) -> None:
    path = area / "要点.yaml"
    watched = Watched(area, "--to", "text", *options)
    try:
        watched.until("已生成 要点.txt")
        path.write_text(OUTLINE.replace("5所", "6所"), "utf-8")
        watched.until("＋ 全年新建6所。")
        watched.until("已生成", 2)
        assert "6所" in (area / "要点.txt").read_text("utf-8")
        path.write_text(OUTLINE.replace("年度: 2026", "年度: 去年"), "utf-8")
        watched.until("没有生成 要点.txt")
        assert "6所" in (area / "要点.txt").read_text("utf-8")
        path.unlink()
        watched.until("没有生成 要点.txt", 2)
        spare = area / "spare"
        spare.write_text(OUTLINE.replace("5所", "7所"), "utf-8")
        spare.replace(path)
        watched.until("＋ 全年新建7所。")
        watched.until("已生成", 3)
    finally:
        said = watched.stop()
    assert "不再看着了。" in said and "Traceback" not in said


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_document_that_was_edited_by_hand_is_left_alone(area: Path) -> None:
    _edited(area)
    edited = (area / "要点.docx").read_bytes()
    watched = Watched(area)
    try:
        watched.until("没有生成 要点.docx")
        (area / "要点.yaml").write_text(OUTLINE.replace("5所", "6所"), "utf-8")
        watched.until("没有生成 要点.docx", 2)
    finally:
        watched.stop()
    assert (area / "要点.docx").read_bytes() == edited


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_document_whose_edits_were_taken_in_is_made_again(area: Path) -> None:
    _edited(area)
    done(area, "absorb", "要点.docx", "要点.yaml", "--yes")
    path = area / "要点.yaml"
    path.write_text(path.read_text("utf-8").replace("压实责任", "层层压实责任"), "utf-8")
    watched = Watched(area)
    try:
        watched.until("已生成 要点.docx")
    finally:
        watched.stop()
