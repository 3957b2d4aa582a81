"""The command `planwriter layout` as a writer runs it, and the statements of the page on layouts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from planwriter.layout.find import known_layouts, load_layout, read_layout_text
from tests.audit.planting import good, rendered
from tests.commands import run
from tests.support import ROOT, outline

PAGE = (ROOT / "docs" / "layouts.md").read_text("utf-8")


@pytest.fixture
def bureau(tmp_path: Path) -> Path:
    """A workspace whose layout is its own."""
    (tmp_path / "planwriter.yaml").write_text("版式: 本局\n", "utf-8")
    (tmp_path / "本局.yaml").write_text(
        "版式: 本局\n说明: 照规定\n基于: 三级加粗\n页边: {上: 40mm}\n西文: Arial\n", "utf-8"
    )
    (tmp_path / "要点.yaml").write_text(outline(), "utf-8")
    return tmp_path


def test_show_lists_the_deviations_of_the_layout_in_force(bureau: Path) -> None:
    shown = run(bureau, "layout", "show")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert [line.split() for line in shown.stdout.splitlines()] == [
        ["本局：照规定"],
        ["项目", "国家标准", "这种版式", "标准的要求", "条"],
        ["页边", "上", "37mm", "40mm", "必须", "5.2.1"],
        ["西文", "Times", "New", "Roman", "Arial", "不限"],
        ["三级标题", "加粗", "否", "是", "一般", "7.3.3"],
        ["共", "3", "处不同，其中标准必须做到的", "1", "处。"],
    ]


def test_show_takes_a_name_or_a_file(bureau: Path) -> None:
    assert "共 1 处不同，都不是标准必须做到的。" in run(bureau, "layout", "show", "行距28磅").stdout
    assert "与 GB/T 9704—2012 没有不同。" in run(bureau, "layout", "show", "gb9704").stdout
    assert "40mm" in run(bureau.parent, "layout", "show", f"{bureau.name}/本局.yaml").stdout


def test_without_a_layout_in_force_all_are_listed_and_list_lists_them_always(tmp_path: Path, bureau: Path) -> None:
    elsewhere = tmp_path / "别处"
    elsewhere.mkdir()
    (elsewhere / "planwriter.yaml").write_text("单位: 青山县教育局\n", "utf-8")
    shown = run(elsewhere, "layout", "show").stdout
    assert [line.split()[0] for line in shown.splitlines()] == [each.name for each in known_layouts()]
    listed = run(bureau, "layout", "list").stdout
    assert listed.splitlines()[0] == "本局      照规定（本单位）"


def test_what_is_wrong_ends_with_the_exit_code_of_its_kind(bureau: Path) -> None:
    unknown = run(bureau, "layout", "show", "行距28")
    assert unknown.returncode == 2
    assert "是不是“行距28磅”？" in unknown.stderr
    assert run(bureau, "audit", "没有.docx", "--layout", "行距28").returncode == 2
    assert run(bureau, "layout", "show", "没有.yaml").returncode == 4
    (bureau / "本局.yaml").write_text("版式: 本局\n基于: 没有\n", "utf-8")
    for command in (("layout", "show"), ("check", "要点.yaml"), ("render", "要点.yaml")):
        made = run(bureau, *command)
        assert made.returncode == 1
        assert "PW227" in made.stdout + made.stderr
    assert not (bureau / "要点.docx").exists()


def test_learn_writes_a_layout_that_render_uses(bureau: Path) -> None:
    stored = load_layout("行距28磅").value
    assert stored is not None
    (bureau / "样本.docx").write_bytes(rendered(stored.layout))
    refused = run(bureau, "layout", "learn", "样本.docx", "-o", "本局.yaml")
    assert refused.returncode == 4
    assert "PW803" in refused.stderr
    made = run(bureau, "layout", "learn", "样本.docx", "-o", "本局.yaml", "--force")
    assert made.returncode == 0
    assert "[PW808]" in made.stderr and made.stderr.count("[PW") == 1, "the file that was there is kept"
    assert "基于: 行距28磅" in (bureau / "本局.yaml").read_text("utf-8")
    assert run(bureau, "render", "要点.yaml").returncode == 0
    assert run(bureau, "audit", "要点.docx", "--layout", "本局").stdout == ""
    again = run(bureau, "layout", "learn", "样本.docx", "-o", "-", "--name", "本局").stdout
    assert again == (bureau / "本局.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("样本.docx",), 2, "-o"),
        (("样本.docx", "-o", "本局.docx"), 2, ".yaml"),
        (("没有.docx", "-o", "新.yaml"), 4, "PW101"),
        (("坏.docx", "-o", "新.yaml"), 1, "PW650"),
        (("样本.docx", "-o", "没有/新.yaml"), 4, "PW801"),
        (("样本.docx", "-o", "新.yaml", "--name", "两\n行"), 2, "名字"),
    ],
)
def test_learn_writes_nothing_if_it_cannot(tmp_path: Path, arguments: tuple[str, ...], code: int, told: str) -> None:
    (tmp_path / "样本.docx").write_bytes(good())
    (tmp_path / "坏.docx").write_bytes(good()[:3000])
    made = run(tmp_path, "layout", "learn", *arguments)
    assert made.returncode == code, made.stderr
    assert told in made.stderr
    assert not list(tmp_path.glob("**/*.yaml"))


@pytest.mark.parametrize("arguments", [(), ("list",), ("show",), ("learn",)])
def test_help_speaks_chinese_and_gives_an_example(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    shown = run(tmp_path, "layout", *arguments, "--help").stdout
    assert "用法：" in shown and "例：" in shown and "Usage" not in shown


def test_the_page_names_every_layout_that_there_is() -> None:
    named = [row[0] for row in re.findall(r"^\| (\S+) \| (.+) \|$", PAGE, re.M)]
    assert sorted(named[1:]) == sorted(each.name for each in known_layouts())


def test_the_layout_on_the_page_is_sound() -> None:
    block = re.search(r"```yaml\n(版式.*?)```", PAGE, re.S)
    assert block is not None
    assert read_layout_text(block[1], "本局.yaml").findings == ()
