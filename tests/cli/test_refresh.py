"""planwriter refresh: what is shown, what is written, what is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from planwriter.cli.group import cli
from tests.revisions import texts
from tests.support import outline

_TASKS = "重点任务:\n  - 章: 提高质量\n    内容:\n      - 条: 抓好教学\n        文: 新建{{ 指标.园数 }}。\n"
_TARGETS = "指标:\n  园数: {名称: 新建公办园, 数值: 12, 单位: 所}\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("要点.yaml").write_text(outline(_TASKS, extra=_TARGETS), encoding="utf-8")
    assert run("render", "要点.yaml").exit_code == 0
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


def set_to(number: int) -> None:
    path = Path("要点.yaml")
    path.write_text(path.read_text(encoding="utf-8").replace("数值: 12", f"数值: {number}"), encoding="utf-8")


def test_the_values_are_written_and_the_file_is_kept() -> None:
    before = Path("要点.docx").read_bytes()
    set_to(18)
    tried = run("refresh", "要点.yaml", "--dry-run")
    assert tried.exit_code == 0
    assert "12所 → 18所" in tried.stdout and "换 1 处（修订）。" in tried.stdout and tried.stdout.endswith("没有写。\n")
    assert Path("要点.docx").read_bytes() == before
    made = run("refresh", "要点.yaml", "要点.docx")
    assert made.exit_code == 0
    assert "已写进 要点.docx；不满意：planwriter undo 要点.docx。" in made.stdout
    assert "".join(texts(Path("要点.docx").read_bytes())).count("18所") == 1
    again = run("refresh", "要点.yaml")
    assert (again.exit_code, again.stdout) == (0, "换 0 处。\n要点.docx 不用改。\n")
    assert run("undo", "要点.docx", "--yes").exit_code == 0
    assert Path("要点.docx").read_bytes() == before


def test_another_file_is_written_plainly() -> None:
    before = Path("要点.docx").read_bytes()
    set_to(18)
    made = run("refresh", "要点.yaml", "--plain", "-o", "付印.docx")
    assert made.exit_code == 0 and "换 1 处。" in made.stdout
    assert Path("要点.docx").read_bytes() == before
    assert b"<w:ins " not in Path("付印.docx").read_bytes()
    set_to(18)
    Path("付印.docx").write_bytes(b"x")
    refused = run("refresh", "要点.yaml", "--plain", "-o", "付印.docx")
    assert refused.exit_code == 4 and "PW803" in refused.stderr


def test_a_file_without_a_record() -> None:
    Path("要点.docx").write_bytes(b"PK")
    assert run("refresh", "要点.yaml").exit_code != 0
    assert run("refresh", "要点.yaml", "没有.docx").exit_code != 0


def test_a_document_of_another_format_and_a_renamed_outline_have_a_way_out() -> None:
    made = run("refresh", "要点.yaml", "要点.doc")
    assert made.exit_code == 2 and "另存为 .docx" in made.output
    Path("要点.yaml").rename("新.yaml")
    made = run("refresh", "新.yaml", "要点.docx")
    assert made.exit_code == 1 and "先改回“要点.yaml”" in made.stderr


def test_the_docx_may_come_first() -> None:
    set_to(18)
    assert (
        run("refresh", "要点.docx", "要点.yaml", "--dry-run").stdout == run("refresh", "要点.yaml", "--dry-run").stdout
    )
