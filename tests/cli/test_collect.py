"""planwriter collect: what it says, what it writes, and how it ends."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from planwriter.cli.group import cli
from planwriter.readers.docx.comments import read_comments
from tests.app.answers import TEXT, answer, put, sent


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("要点.yaml").write_text(TEXT, "utf-8")
    Path("回来的").mkdir()
    put(
        Path("回来的"),
        财政局=answer(lambda hand: hand.replace("3所", "5所")),
        民政局=answer(
            lambda hand: hand.track("3所", "5所"), lambda hand: hand.comment("12栋", "核实。", author="张某")
        ),
        公安局=sent(),
    )
    return tmp_path


def _collect(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["collect", *arguments, "--for", "要点.yaml"])


def test_one_table_is_made_of_all_files() -> None:
    made = _collect("回来的")
    assert (made.exit_code, made.stderr) == (0, "")
    assert made.stdout == (
        "3 个文件：2 个有意见，1 个无意见。\n"
        "意见 3 条，相同的合在一起是 2 条：改文字 1、批注 1。\n"
        "已写出 意见汇总.xlsx。\n"
    )
    assert Path("意见汇总.xlsx").read_bytes()[:2] == b"PK"
    first = Path("意见汇总.xlsx").read_bytes()
    again = _collect("回来的/*.docx")
    assert again.exit_code == 0 and Path("意见汇总.xlsx").read_bytes() == first
    assert sorted(each.name for each in Path().iterdir()) == ["回来的", "意见汇总.xlsx", "要点.yaml"]


def test_what_is_not_taken_is_said_and_the_rest_is() -> None:
    Path("回来的/坏.docx").write_bytes(b"x")
    made = _collect("回来的/", "-o", "表.xlsx", "--unit", "坏.docx=水务局")
    assert made.exit_code == 1 and "没有收进来：坏.docx（打不开）" in made.stdout and "PW850" in made.stderr
    assert "4 个文件：2 个有意见，1 个无意见，1 个没有收进来。" in made.stdout and Path("表.xlsx").exists()


def test_what_the_outline_has_meanwhile_is_counted() -> None:
    Path("要点.yaml").write_text(TEXT.replace("3所", "5所").replace("改造危房校舍12栋", "改造校舍"), "utf-8")
    made = _collect("回来的", "--marked", "汇总稿.docx")
    assert "其中 1 条提纲里已经这样改了，表里注明了。\n" in made.stdout and "没有了，表里注明" not in made.stdout
    assert made.stdout.endswith("批注 1 条，提纲里已经这样改了、没有再写的 1 条。\n")


def test_one_copy_carries_all_opinions() -> None:
    made = _collect("回来的", "--marked", "汇总稿.docx")
    assert made.exit_code == 0 and made.stdout.endswith("已写出 汇总稿.docx：修订 1 条，批注 1 条。\n")
    assert [(each.author, each.text) for each in read_comments(Path("汇总稿.docx").read_bytes())] == [
        ("民政局", "核实。")
    ]
    Path("汇总稿.docx").write_bytes(b"mine")
    again = _collect("回来的", "--marked", "汇总稿.docx")
    assert again.exit_code == 4 and Path("汇总稿.docx").read_bytes() == b"mine" and "汇总稿" not in again.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("回来的", "-o", "表.docx"), ".xlsx 结尾"),
        (("回来的", "--unit", "财政局"), "文件=单位"),
        (("回来的", "--unit", "没有.docx=财政局"), "不在要收的文件里"),
        (("回来的", "--marked", "汇总.xlsx"), ".docx 结尾"),
        (("回来的", "--marked", "回来的/财政局.docx"), "要收的文件"),
        (("空的",), "没有返回来的文件"),
    ],
)
def test_wrong_use(arguments: tuple[str, ...], said: str) -> None:
    Path("空的").mkdir()
    made = _collect(*arguments)
    assert made.exit_code == 2 and said in made.output
    assert not Path("意见汇总.xlsx").exists()


def test_a_file_that_is_not_there_and_an_outline_with_an_error() -> None:
    made = _collect("没有.docx")
    assert made.exit_code == 4 and "没有收进来：没有.docx（读不了）" in made.stdout
    assert "没有写表" in made.stderr and not Path("意见汇总.xlsx").exists()
    Path("要点.yaml").write_text("文种: 不知道\n", "utf-8")
    made = _collect("回来的")
    assert made.exit_code == 1 and "没有收。" in made.stderr


def test_another_workbook_stays() -> None:
    Path("意见汇总.xlsx").write_bytes(b"mine")
    made = _collect("回来的")
    assert made.exit_code == 4 and "PW803" in made.stderr and Path("意见汇总.xlsx").read_bytes() == b"mine"
    made = _collect("回来的", "--force")
    assert made.exit_code == 0 and Path("意见汇总.xlsx").read_bytes()[:2] == b"PK"
