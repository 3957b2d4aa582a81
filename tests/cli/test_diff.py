"""planwriter diff: what is shown, what is written, and what is refused."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result

from planwriter.cli.group import cli
from planwriter.writers.stamp import is_untouched
from tests.random_outlines import random_outline


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    text = random_outline(3)
    Path("一稿.yaml").write_text(text, encoding="utf-8")
    Path("二稿.yaml").write_text(text.replace("数值: 12,", "数值: 18,"), encoding="utf-8")
    return tmp_path


def body(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read("word/document.xml")


def _diff(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["diff", *arguments])


def test_differences_are_shown_and_are_no_error() -> None:
    made = _diff("一稿.yaml", "二稿.yaml")
    assert made.exit_code == 0
    assert made.stdout.startswith("一稿.yaml → 二稿.yaml\n修改 ")
    assert "指标“园数”由12所调整为18所" in made.stdout
    assert _diff("一稿.yaml", "一稿.yaml").stdout == "一稿.yaml → 一稿.yaml\n没有不同。\n"


def test_a_page_is_written_beside_the_new_version_and_again() -> None:
    made = _diff("一稿.yaml", "二稿.yaml", "--to", "html")
    assert made.exit_code == 0
    assert made.stdout.startswith("已生成 二稿-对照.html。修改 ")
    data = Path("二稿-对照.html").read_bytes()
    assert is_untouched(data)
    assert _diff("一稿.yaml", "二稿.yaml", "-o", "二稿-对照.html").exit_code == 0
    assert Path("二稿-对照.html").read_bytes() == data


def test_a_page_that_was_edited_is_kept() -> None:
    Path("对照.html").write_text("我的", encoding="utf-8")
    made = _diff("一稿.yaml", "二稿.yaml", "-o", "对照.html")
    assert made.exit_code == 4 and "PW803" in made.stderr
    assert Path("对照.html").read_text(encoding="utf-8") == "我的"
    assert _diff("一稿.yaml", "二稿.yaml", "-o", "对照.html", "--force").exit_code == 0


def test_json_is_for_programs_alone() -> None:
    made = _diff("一稿.yaml", "二稿.yaml", "--to", "json")
    assert json.loads(made.stdout)["counts"]["targets"] == 1
    assert _diff("一稿.yaml", "二稿.yaml", "-o", "差别.json").exit_code == 0
    assert json.loads(Path("差别.json").read_text(encoding="utf-8"))["format"] == 1


def test_a_text_file() -> None:
    assert _diff("一稿.yaml", "二稿.yaml", "-o", "差别.txt").exit_code == 0
    assert Path("差别.txt").read_text(encoding="utf-8") == _diff("一稿.yaml", "二稿.yaml").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("一稿.yaml", "二稿.doc"), "另存为 .docx"),
        (("一稿.yaml", "二稿.yaml", "-o", "对照.pdf"), ".html、.json 或 .txt"),
        (("一稿.yaml",), "现稿"),
        (("一稿.yaml", "二稿.yaml", "--for-leader", "对照表.pdf"), ".docx"),
    ],
)
def test_wrong_use(arguments: tuple[str, ...], said: str) -> None:
    made = _diff(*arguments)
    assert made.exit_code == 2
    assert said in made.output + str(made.exception)


def test_the_files_that_are_compared_are_never_overwritten() -> None:
    before = Path("一稿.yaml").read_bytes()
    Path("对照.html").hardlink_to("一稿.yaml")
    made = _diff("一稿.yaml", "二稿.yaml", "-o", "对照.html", "--force")
    assert made.exit_code == 2
    assert Path("一稿.yaml").read_bytes() == before


def test_a_table_of_changes_and_a_marked_copy_for_who_has_to_agree() -> None:
    made = _diff("一稿.yaml", "二稿.yaml", "--for-leader", "对照表.docx", "--marked", "花脸稿.docx")
    assert made.exit_code == 0
    assert made.stdout.count("已生成 ") == 2 and "→" not in made.stdout
    table, copy = (docx.Document(name) for name in ("对照表.docx", "花脸稿.docx"))
    assert [cell.text for cell in table.tables[0].rows[0].cells] == ["序号", "原文", "修改后", "说明"]
    assert "12" in "".join(cell.text for row in table.tables[0].rows for cell in row.cells)
    for document in (table, copy):
        assert "不得印发" in document.sections[0].header.paragraphs[0].text
    assert _diff("一稿.yaml", "二稿.yaml", "--marked", "花脸稿.docx", "--to", "text").stdout.startswith("一稿.yaml → ")
    made = _diff("一稿.yaml", "二稿.yaml", "--marked", "花脸稿.docx", "--to", "json")
    assert json.loads(made.stdout)["format"] == 1 and "已生成 花脸稿.docx" in made.stderr


def test_an_outline_with_errors_is_compared_and_they_are_counted() -> None:
    text = Path("二稿.yaml").read_text(encoding="utf-8").replace("界限: 不低于", "界限: 不低于, 分年: {2026: 3}")
    Path("三稿.yaml").write_text(text, encoding="utf-8")
    made = _diff("一稿.yaml", "三稿.yaml")
    assert made.exit_code == 0
    assert "三稿.yaml 有 1 个错误" in made.stderr and "→" in made.stdout


def test_a_file_that_cannot_be_read() -> None:
    Path("坏.docx").write_bytes(b"no package")
    made = _diff("坏.docx", "二稿.yaml")
    assert made.exit_code == 1
    assert "[PW850]" in made.stderr and not made.stdout


def test_a_redline() -> None:
    made = _diff("一稿.yaml", "二稿.yaml", "--redline", "修订稿.docx", "--author", "办公室")
    assert made.exit_code == 0, made.stderr
    assert made.stdout.startswith("已生成 修订稿.docx：")
    assert made.stdout.count("\n") == 1
    data = Path("修订稿.docx").read_bytes()
    assert "办公室".encode() in body(data)
    assert _diff("一稿.yaml", "二稿.yaml", "--redline", "修订稿.docx", "--author", "办公室").exit_code == 0
    again = _diff("一稿.yaml", "二稿.yaml", "--redline", "修订稿.docx")
    assert again.exit_code == 4 and "PW803" in again.stderr
    assert Path("修订稿.docx").read_bytes() == data
    assert _diff("一稿.yaml", "二稿.yaml", "--redline", "修订稿.docx", "--force").exit_code == 0
    both = _diff("一稿.yaml", "二稿.yaml", "--redline", "另一份.docx", "--to", "text")
    assert "指标“园数”由12所调整为18所" in both.stdout


def test_a_redline_has_a_name_of_its_own() -> None:
    assert "以 .docx 结尾" in _diff("一稿.yaml", "二稿.yaml", "--redline", "修订稿.doc").stderr
    Path("一稿.docx").write_bytes(b"PK")
    assert "换一个文件名" in _diff("一稿.docx", "二稿.yaml", "--redline", "一稿.docx").stderr
