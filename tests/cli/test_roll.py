"""planwriter roll: what it shows, what it writes, and how it ends."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from planwriter.cli.group import cli
from tests.support import outline

TASKS = "重点任务:\n  - 章: 提高质量\n    内容:\n      - 条: 抓好教学\n        文: 上好课。\n        时限: 2026年8月\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("要点2026.yaml").write_text(outline(TASKS), "utf-8")
    return tmp_path


def _roll(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["roll", *arguments])


def test_every_changed_line_is_shown_and_the_new_file_is_written() -> None:
    made = _roll("要点2026.yaml", "--year", "2027")
    assert made.exit_code == 0
    assert made.stdout == (
        "要点2026.yaml:4 [年度]\n  - 年度: 2026\n  + 年度: 2027\n"
        "要点2026.yaml:11 [时限]\n  -         时限: 2026年8月\n  +         时限: 2027年8月\n"
        "顺延的时限，逐一定下来：\n  第 11 行  2026年8月 → 2027年8月\n"
        "已写出 要点2027.yaml：2027 年，改了 2 处。\n"
        "接下来看“# 待核”的地方，再查一遍：planwriter check 要点2027.yaml\n"
    )
    assert "[PW767] 1 处时限顺延了" in made.stderr
    assert Path("要点2027.yaml").read_text("utf-8") == outline(TASKS).replace("2026", "2027")
    assert Path("要点2026.yaml").read_text("utf-8") == outline(TASKS)


def test_a_file_that_is_there_is_never_overwritten() -> None:
    Path("要点2027.yaml").write_text("手写的", "utf-8")
    made = _roll("要点2026.yaml")
    assert made.exit_code == 4 and "[PW339]" in made.stderr and "已写出" not in made.stdout
    assert Path("要点2027.yaml").read_text("utf-8") == "手写的"
    assert _roll("要点2026.yaml", "-o", "要点2026.yaml").exit_code == 4
    assert Path("要点2026.yaml").read_text("utf-8") == outline(TASKS)


def test_a_dry_run_writes_nothing(folder: Path) -> None:
    made = _roll("要点2026.yaml", "--dry-run")
    assert made.exit_code == 0 and made.stdout.endswith("要点2026.yaml：改成 2027 年的要动 2 处，没有写。\n")
    assert [path.name for path in folder.iterdir()] == ["要点2026.yaml"]


def test_a_refusal_ends_with_errors_and_findings_speak_json() -> None:
    made = _roll("要点2026.yaml", "--year", "2025", "--format", "json")
    assert made.exit_code == 1
    assert [each["code"] for each in json.loads(made.stderr)] == ["PW765"]
    assert _roll("要点2026.yaml", "--year", "今年").exit_code == 2
