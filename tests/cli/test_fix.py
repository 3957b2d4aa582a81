"""planwriter fix: what it shows, what it writes, and how it ends."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from planwriter.cli.group import cli
from tests.support import outline

SLIP = outline().replace("文: 上好课。", "文：上好课,教好书。")
LINE = SLIP[: SLIP.index("文：上好课")].count("\n") + 1


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("要点.yaml").write_text(SLIP, "utf-8")
    return tmp_path


def _fix(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["fix", *arguments])


def test_before_and_after_are_shown_and_a_copy_is_kept() -> None:
    made = _fix("要点.yaml")
    assert made.exit_code == 0
    assert made.stdout == (
        f"要点.yaml:{LINE} [PW106、PW501]\n"
        "  -         文：上好课,教好书。\n"
        "  +         文: 上好课，教好书。\n"
        "要点.yaml：改了 2 处，原来的另存为“要点（改前 1）.yaml”。\n"
    )
    assert Path("要点.yaml").read_text("utf-8") == SLIP.replace("文：上好课,", "文: 上好课，")
    assert Path("要点（改前 1）.yaml").read_text("utf-8") == SLIP


def test_the_second_time_nothing_is_done() -> None:
    _fix("要点.yaml")
    made = _fix("要点.yaml")
    assert (made.exit_code, made.stdout) == (0, "要点.yaml：没有 fix 能改的。\n")
    assert sorted(path.name for path in Path().glob("*.yaml")) == ["要点.yaml", "要点（改前 1）.yaml"]


def test_a_dry_run_shows_the_same_and_writes_nothing(folder: Path) -> None:
    made = _fix("要点.yaml", "--dry-run")
    assert made.exit_code == 0 and made.stdout.splitlines()[-1] == "要点.yaml：能改 2 处，没有写。"
    assert f"要点.yaml:{LINE} [PW106、PW501]" in made.stdout
    assert [path.name for path in folder.iterdir()] == ["要点.yaml"] and Path("要点.yaml").read_text("utf-8") == SLIP


def test_what_is_left_to_the_writer_is_said() -> None:
    Path("县库").mkdir()
    Path("县库/library.yaml").write_text("名称: 县库\n版本: 1.0.0\n", "utf-8")
    Path("县库/校园.yaml").write_text("- 条款: 校园/食堂\n  条：办好食堂\n  文: 做到整洁。\n", "utf-8")
    use = (
        "重点任务:\n  - 章: 提高质量\n    内容:\n      - 用: 校园/食堂\n      - 条: 某项,工作\n        文: 抓好，抓实\n"
    )
    Path("要点.yaml").write_text(outline(use, extra="库: 县库\n"), "utf-8")
    made = _fix("要点.yaml")
    assert made.exit_code == 0
    assert "要自己改：planwriter check 要点.yaml" in made.stdout
    assert "还有 1 个错误在别的文件里，fix 不动：县库/校园.yaml" in made.stdout
    assert "条：办好食堂" in Path("县库/校园.yaml").read_text("utf-8")


def test_a_file_that_cannot_be_read_is_a_finding_and_the_others_are_mended() -> None:
    made = _fix("没有.yaml", "要点.yaml")
    assert made.exit_code == 4 and "PW101" in made.stderr
    assert "文: 上好课，教好书。" in Path("要点.yaml").read_text("utf-8")


def test_check_says_in_every_form_what_fix_can_do() -> None:
    for form, mark in (("human", "〔fix 可改〕\n"), ("short", "〔fix 可改〕\n"), ("json", '"fixable": true')):
        shown = CliRunner().invoke(cli, ["check", "要点.yaml", "--format", form]).stdout
        assert shown.count(mark) == 2


def test_what_is_no_outline_among_several_files_is_skipped() -> None:
    Path("本局.yaml").write_text("版式：本局\n基于: 行距28磅\n", "utf-8")
    made = _fix("要点.yaml", "本局.yaml")
    assert made.exit_code == 0 and "PW123" in made.stderr
    assert Path("本局.yaml").read_text("utf-8") == "版式：本局\n基于: 行距28磅\n"
    assert "文: 上好课，教好书。" in Path("要点.yaml").read_text("utf-8")
