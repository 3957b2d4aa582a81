"""`library check --report`: the figures of libraries as a table, and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from planwriter.cli import group
from planwriter.findings.report import width

CLAUSES = """- 条款: 财政/评价
  条: 评价重点项目
  文: 8月底前评价〔{{ 参数.数 }}个〕重点项目，结果报{{ 政府 }}。
  参数: {数: {类型: 整数, 说明: 评价项目数}}
  标签: [绩效, 评价]
  示例: {参数: {数: 6}}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "县库").mkdir()
    (tmp_path / "县库/library.yaml").write_text("名称: 县库\n版本: 1.0.0\n格式: 2\n", "utf-8")
    (tmp_path / "县库/财政.yaml").write_text(CLAUSES, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> tuple[int, str]:
    made = CliRunner().invoke(group.cli, ["library", "check", *arguments])
    return made.exit_code, made.output


def test_the_table_has_columns_of_one_width_and_a_row_for_all(folder: Path) -> None:
    code, shown = run("县库", "--report")
    lines = shown.splitlines()
    assert code == 0 and lines[0] == "县库"
    assert lines[1].split()[:4] == ["文件", "条款", "主题", "带数"]
    assert [line.split()[0] for line in lines[2:]] == ["财政.yaml", "合计"]
    assert lines[2].split()[1:4] == ["1", "1", "100%"]
    assert len({width(line) for line in lines[1:]}) == 1


def test_the_figures_for_programs_are_one_value(folder: Path) -> None:
    code, shown = run("县库", "--report", "--format", "json")
    (told,) = json.loads(shown)
    assert code == 0 and told["library"] == "县库"
    assert [each["file"] for each in told["files"]] == ["财政.yaml", "合计"]
    assert told["files"][0]["with_figure"] == 1


def test_without_a_library_the_built_in_one_is_shown(folder: Path) -> None:
    code, shown = run("--report")
    assert code == 0 and shown.splitlines()[0] == "内置条款库"
    assert len(shown.splitlines()) > 20
    assert int(shown.splitlines()[-1].split()[-1]) < int(
        shown.splitlines()[-1].split()[-3]
    )  # some bases were looked up


def test_a_folder_that_is_no_library_is_an_error(folder: Path) -> None:
    code, shown = run("没有", "--report")
    assert code != 0 and "PW302" in shown


def test_without_the_option_the_library_is_checked(folder: Path) -> None:
    code, shown = run("县库")
    assert code == 0 and "没有发现问题" in shown
