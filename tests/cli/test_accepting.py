"""planwriter collect --accept: what it shows, what it writes, and how it ends."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from planwriter.cli.group import cli
from tests.app.answers import TEXT, answer, put


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("要点.yaml").write_text(TEXT, "utf-8")
    put(
        Path(),
        财政局=answer(lambda hand: hand.replace("3所", "5所")),
        民政局=answer(
            lambda hand: hand.replace("3所", "4所"), lambda hand: hand.comment("12栋", "核实。", author="张某")
        ),
    )
    assert _run("财政局.docx", "民政局.docx", "-o", "意见.xlsx").exit_code == 0
    return tmp_path


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["collect", *arguments, "--for", "要点.yaml"])


def _decide(*verdicts: str) -> None:
    book: Any = openpyxl.load_workbook("意见.xlsx")
    for number, verdict in enumerate(verdicts, 3):
        book.worksheets[0].cell(number, 6).value = verdict or None
    book.save("意见.xlsx")


def test_accepted_opinions_are_shown_and_written() -> None:
    _decide("采纳", "不采纳", "采纳")
    shown = _run("--accept", "意见.xlsx", "--dry-run")
    told = (
        "第 3 行　财政局，一、1.抓好教学：改为：新建幼儿园5所，补充教师30名。\n"
        "自己改　第 5 行（批注）　民政局，一、2.改善条件：批注：核实。\n"
        "写进提纲 1 行，要自己改的 1 行，不采纳的 1 行。\n"
    )
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert shown.stdout == f"{told}没有写。\n" and Path("要点.yaml").read_text("utf-8") == TEXT
    assert _run("--accept", "意见.xlsx").stdout == f"{told}没有写。看过了要写，加 --yes。\n"
    made = _run("--accept", "意见.xlsx", "--yes")
    assert made.exit_code == 0 and made.stdout.startswith(f"{told}已写进 要点.yaml。")
    assert Path("要点.yaml").read_text("utf-8") == TEXT.replace("3所", "5所")
    again = _run("--accept", "意见.xlsx", "--yes")
    assert (
        again.exit_code == 0 and "提纲里已经有的 1 行" in again.stdout and again.stdout.endswith("要点.yaml 不用改。\n")
    )
    undone = CliRunner().invoke(cli, ["undo", "--yes"])
    assert undone.exit_code == 0 and Path("要点.yaml").read_text("utf-8") == TEXT


def test_what_cannot_be_written_is_listed() -> None:
    _decide("采纳", "采纳", "以后再说")
    made = _run("--accept", "意见.xlsx", "--yes")
    assert made.exit_code == 1
    assert "PW815" in made.stderr and "第 4 行（民政局，一、1.抓好教学）" in made.stderr and "PW816" in made.stderr
    assert "写进提纲 1 行，没有写进去的 1 行，还没有定的 1 行。" in made.stdout
    assert Path("要点.yaml").read_text("utf-8") == TEXT.replace("3所", "5所")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--accept", "意见.xlsx", "财政局.docx"), "不和要收的文件一起写"),
        (("财政局.docx", "--yes"), "同 --accept 一起用"),
        ((), "后面写返回来的文件"),
    ],
)
def test_wrong_use(arguments: tuple[str, ...], said: str) -> None:
    made = _run(*arguments)
    assert made.exit_code == 2 and said in made.output


def test_a_table_that_is_not_there() -> None:
    made = _run("--accept", "没有.xlsx", "--yes")
    assert made.exit_code == 4 and Path("要点.yaml").read_text("utf-8") == TEXT
