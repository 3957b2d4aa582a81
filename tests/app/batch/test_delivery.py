"""A second run makes only what changed or failed, or whose output is missing or edited, whatever it was made from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from planwriter.app.batch.record import NAME
from planwriter.cli.group import cli
from tests.app.naming import LAYOUT, SUPERIOR, make_workspace, picture, put
from tests.support import outline


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with an outline, 甲, that names everything that an outline can name, and one, 乙, that names nothing."""
    monkeypatch.chdir(tmp_path)
    make_workspace()
    return tmp_path


def render(*arguments: str, code: int = 0) -> str:
    """Renders both outlines; returns the names of what was made."""
    made = CliRunner().invoke(cli, ["render", "甲.yaml", "乙.yaml", "-o", "印发/", *arguments])
    assert made.exit_code == code, made.output
    names = "".join(name for name in "甲乙" if f"已生成 印发/{name}" in made.stdout)
    assert ("已是最新，跳过" in made.stdout) == (len(names) < 2) or code
    return names


CHANGES: dict[str, tuple[Callable[[], object], str]] = {
    "an outline": (lambda: put("乙.yaml", outline(lead="总体要求: 办好学校。\n")), "乙"),
    "a sheet of targets": (lambda: put("指标.csv", "键,数值,单位\n新建,4,所\n"), "甲"),
    "a picture": (lambda: Path("图.png").write_bytes(picture(20)), "甲"),
    "the superior plan": (lambda: put("上级.yaml", SUPERIOR + "\n"), "甲"),
    "a clause of a library": (lambda: put("县库/题.yaml", "- {条款: 题/条, 条: 小题, 文: 抓实教学。}\n"), "甲"),
    "a file more in a library": (lambda: put("县库/二.yaml", "- {条款: 二/条, 条: 小题, 文: 抓好。}\n"), "甲"),
    "a layout": (lambda: put("本县.yaml", LAYOUT + "文字: {正文: {字号: 四号}}\n"), "甲"),
    "a setting": (lambda: put("planwriter.yaml", "检查: {PW456: 警告}\n"), "甲乙"),
    "the settings gone": (lambda: Path("planwriter.yaml").unlink(), ""),
    "a lock": (lambda: put("planwriter.lock", '{"锁": 1}'), ""),
    "a kind of the workspace": (lambda: put("templates/要点/kind.yaml", "文种: 另一种\n"), ""),
    "a layout of a built-in name": (lambda: put("gb9704.yaml", LAYOUT.replace("本县", "gb9704", 1)), ""),
    "an output gone": (lambda: Path("印发/乙.docx").unlink(), "乙"),
    "an output that the disk lost": (lambda: Path("印发/乙.docx").write_bytes(b""), "乙"),
    "an output of zeros": (lambda: Path("印发/乙.docx").write_bytes(bytes(5000)), "乙"),
    "nothing": (lambda: None, ""),
    "a file that nobody names": (lambda: put("别的.csv", "一,二\n"), ""),
}
"""What may change, and which documents are made again. Of those with "" the run fails, or does nothing."""


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_is_made_again_and_nothing_else(folder: Path, change: str) -> None:
    assert render() == "甲乙" and render() == ""
    CHANGES[change][0]()
    made = CliRunner().invoke(cli, ["render", "甲.yaml", "乙.yaml", "-o", "印发/"])
    wanted = CHANGES[change][1]
    if wanted or change in ("nothing", "a file that nobody names"):
        assert "".join(name for name in "甲乙" if f"已生成 印发/{name}" in made.stdout) == wanted, made.output
    else:
        assert "跳过 2 份" not in made.stdout, "it was looked at again"


@pytest.mark.parametrize(("arguments", "wanted"), [(("--draft",), "甲乙"), (("--all",), "甲乙"), (("--force",), "")])
def test_an_option_that_changes_documents_makes_them_again(
    folder: Path, arguments: tuple[str, ...], wanted: str
) -> None:
    assert render() == "甲乙"
    assert render(*arguments) == wanted
    assert render(*arguments) == ("甲乙" if arguments == ("--all",) else "")


def test_another_outline_for_the_same_output_is_made(folder: Path) -> None:
    assert render() == "甲乙"
    put("丙/乙.yaml", outline(lead="总体要求: 办好丙的学校。\n"))
    made = CliRunner().invoke(cli, ["render", "甲.yaml", "丙/乙.yaml", "-o", "印发/"])
    assert "[2/2] 已生成 印发/乙.docx" in made.stdout and "跳过 1 份" in made.stdout


def test_an_output_that_was_edited_is_refused_each_time(folder: Path) -> None:
    assert render() == "甲乙"
    Path("印发/乙.docx").write_bytes(b"typed in Word")
    for _ in range(2):
        assert render(code=4) == ""
    assert render("--force") == "乙" and render() == ""


def test_a_document_that_failed_is_tried_again(folder: Path) -> None:
    put("乙.yaml", "文种: 工作要点\n")
    assert render(code=1) == "甲" and render(code=1) == ""
    put("乙.yaml", outline())
    assert render() == "乙"


def test_another_planwriter_makes_everything(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert render() == "甲乙"
    monkeypatch.setattr("planwriter.app.batch.delivery.program", lambda: "0.0.0+other")
    assert render() == "甲乙"


def test_a_single_outline_is_always_made_and_leaves_no_record(folder: Path) -> None:
    for _ in range(2):
        made = CliRunner().invoke(cli, ["render", "乙.yaml", "-o", "印发/"])
        assert made.exit_code == 0 and "已生成" in made.stdout and "跳过" not in made.stdout
    assert not Path("印发", NAME).exists()


def test_the_record_is_the_same_in_every_folder_and_at_any_time(folder: Path, tmp_path: Path) -> None:
    import shutil

    assert render() == "甲乙"
    record = Path("印发", NAME).read_bytes()
    assert str(tmp_path).encode() not in record and len(record) < 4096
    shutil.copytree("印发", "别处")
    assert render("--all") == "甲乙" and Path("印发", NAME).read_bytes() == record
    assert render() == ""


def test_a_copied_workspace_goes_on_where_the_first_one_stopped(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    assert render() == "甲乙"
    other = tmp_path_factory.mktemp("other") / "copy"
    shutil.copytree(folder, other)
    monkeypatch.chdir(other)
    assert render() == ""


# rows

HEAD = "学校,联系人"
EACH = outline(lead="总体要求: 办好{{ 行.学校 }}，联系{{ 行.联系人 }}。\n")


def each(*rows: str) -> Result:
    put("校.csv", "\n".join((HEAD, *rows)))
    put("丁.yaml", EACH)
    return CliRunner().invoke(cli, ["render", "丁.yaml", "--each", "校.csv", "--to", "md"])


def test_a_row_that_changed_is_made_again_alone(folder: Path) -> None:
    assert "已生成 3 份" in each("甲小学,某某", "乙小学,某某", "丙小学,某某").output
    made = each("甲小学,某某", "乙小学,某某", "丙小学,某某")
    assert made.exit_code == 0 and "已生成" not in made.output and "跳过 3 份" in made.output
    made = each("新小学,某某", "甲小学,某某", "乙小学,某某某", "丙小学,某某")
    assert "已生成 2 份" in made.output and "跳过 2 份" in made.output
    assert "联系某某某" in Path("丁/丁-乙小学.md").read_text("utf-8")


def test_what_all_rows_share_makes_them_all_again(folder: Path) -> None:
    assert "已生成 2 份" in each("甲小学,某某", "乙小学,某某").output
    put("planwriter.yaml", "检查: {PW456: 警告}\n")
    assert "已生成 2 份" in each("甲小学,某某", "乙小学,某某").output
