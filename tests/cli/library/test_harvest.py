"""planwriter library harvest: the draft on the screen or in a file, which is not overwritten."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from planwriter.cli.group import cli
from tests.importing.making import PLAN

LONG = PLAN.replace(
    "考核结果用于评优评先。", "考核结果用于评优评先，每学期公示一次，公示期内有异议的由督学逐一核实，核实结果当面答复。"
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("甲.txt").write_text(LONG, "utf-8")
    Path("乙.txt").write_text(LONG.replace("青山县", "白水县"), "utf-8")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["library", "harvest", *arguments])


def test_the_draft_is_shown_or_written() -> None:
    shown = run("甲.txt", "乙.txt")
    assert shown.exit_code == 0 and "- 条款: " in shown.stdout
    made = run("甲.txt", "乙.txt", "-o", "草稿.yaml")
    assert made.exit_code == 0 and made.stdout.startswith("已写出 草稿.yaml：1 条")
    assert Path("草稿.yaml").read_text("utf-8") == shown.stdout
    again = run("甲.txt", "乙.txt", "-o", "草稿.yaml")
    assert again.exit_code == 4 and "PW803" in again.stderr


def test_one_file_is_not_enough() -> None:
    assert run("甲.txt").exit_code == 2
    assert run("甲.txt", "甲.txt").exit_code == 0


def test_nothing_recurs() -> None:
    Path("丙.txt").write_text(PLAN, "utf-8")
    made = run("甲.txt", "丙.txt")
    assert made.exit_code == 0 and "PW760" in made.stderr and made.stdout == ""
