"""The edited table as a whole: nothing changed, rows in doubt, other programs, the command."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from planwriter.app.task_edit.take_in import SHEET, write_edit
from planwriter.system.office import find_soffice
from planwriter.writers.xlsx import TASKS
from tests.app.task_edit.editing import (
    EXAMPLE,
    SMALL,
    codes,
    deleted,
    edited,
    put,
    replaced,
    rows_of,
    table_of,
    together,
)
from tests.commands import run
from tests.support import EXAMPLES, HEAD, LEAD, TAIL


def test_the_sheet_is_the_one_that_is_written() -> None:
    assert SHEET == TASKS


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_without_a_change_no_byte_changes(path: Path, tmp_path: Path) -> None:
    made, findings = edited(tmp_path, lambda sheet: None, path.read_bytes())
    assert made.after == made.before == path.read_bytes()
    assert findings == () and made.changes == () and made.loose == ()


def test_a_row_that_may_be_two_is_not_changed(tmp_path: Path) -> None:
    rows = "".join(
        f"      - 条: {name}灯\n        文: 改造{name}路灯一百盏，安装监控和喇叭。\n        责任单位: 办公室\n"
        for name in ("东街", "西街")
    )
    outline = f"{HEAD}{LEAD}重点任务:\n  - 章: 路灯\n    内容:\n{rows}{TAIL}"
    change = together(deleted(2), put(1, 3, "南街灯。改造南街路灯一百盏，安装监控和喇叭。"), put(1, 1, None))
    made, findings = edited(tmp_path, change, outline.encode())
    assert codes(findings) == [("PW748", "C3")] and made.after == made.before


def test_rows_in_another_order_are_told_and_stay(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        first, second = ([sheet.cell(row, at).value for at in range(1, 6)] for row in (3, 4))
        for at in range(5):
            sheet.cell(3, at + 1).value, sheet.cell(4, at + 1).value = second[at], first[at]

    made, findings = edited(tmp_path, change)
    assert codes(findings) == [("PW747", "C4")] and made.after == made.before


def test_it_is_said_how_rows_were_matched(tmp_path: Path) -> None:
    change = together(replaced(1, 3, "年底", "秋季"), replaced(2, 3, "招生。就近", "做好招生。就近"))
    made, _ = edited(tmp_path, change)
    assert made.matched == {"内容": 2, "标题": 1, "文字相似": 1} and made.loose == (("C4", 2, "文字相似"),)


def test_the_outline_is_written_only_if_it_is_as_it_was_read(tmp_path: Path) -> None:
    made, _ = edited(tmp_path, put(1, 4, "办公室"))
    (tmp_path / "提纲.yaml").write_bytes(SMALL.encode() + b"# new\n")
    assert [each.code for each in write_edit(made)] == ["PW802"]
    (tmp_path / "提纲.yaml").write_bytes(SMALL.encode())
    assert write_edit(made) == () and (tmp_path / "提纲.yaml").read_bytes() == made.after


def _saved_by_libreoffice(book: Path) -> None:
    program = find_soffice()
    assert program is not None
    out = book.parent / "saved"
    profile = f"-env:UserInstallation=file://{book.parent}/profile"
    command = [program, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(book)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    book.write_bytes((out / book.name).read_bytes())


@pytest.mark.libreoffice
@pytest.mark.skipif(find_soffice() is None, reason="LibreOffice is not installed")
def test_a_table_saved_by_libreoffice_is_taken_in(tmp_path: Path) -> None:
    made, findings = edited(tmp_path, lambda sheet: None, EXAMPLE.read_bytes(), through=_saved_by_libreoffice)
    assert made.after == made.before and findings == ()
    made, findings = edited(
        tmp_path,
        together(replaced(1, 3, "年底", "秋季"), put(4, 2, "后勤管理"), put(4, 5, "2026年3月")),
        through=_saved_by_libreoffice,
    )
    assert findings == () and rows_of(made.after) == table_of(tmp_path)


def test_the_command_shows_asks_and_writes(tmp_path: Path) -> None:
    (tmp_path / "要点.yaml").write_text(SMALL, "utf-8")
    assert run(tmp_path, "render", "要点.yaml", "--to", "xlsx").returncode == 0
    same = run(tmp_path, "tasks", "import", "要点.yaml", "要点.xlsx", "--yes")
    assert "没有改" in same.stdout and (tmp_path / "要点.yaml").read_text("utf-8") == SMALL
    book = openpyxl.load_workbook(tmp_path / "要点.xlsx")
    put(1, 4, "办公室")(book[SHEET])
    book.save(tmp_path / "要点.xlsx")
    for words in (("--dry-run",), ()):
        shown = run(tmp_path, "tasks", "import", "要点.yaml", "要点.xlsx", *words)
        assert "第 1 项　责任单位：\n  － 计财股\n  ＋ 办公室\n" in shown.stdout and "没有写" in shown.stdout
        assert (tmp_path / "要点.yaml").read_text("utf-8") == SMALL
    assert "已写进 要点.yaml" in run(tmp_path, "tasks", "import", "要点.xlsx", "要点.yaml", "--yes").stdout
    assert (tmp_path / "要点.yaml").read_text("utf-8") == SMALL.replace("责任单位: 计财股 ", "责任单位: 办公室 ")
    assert run(tmp_path, "tasks", "import", "要点.yaml", "没有.xlsx").returncode != 0
