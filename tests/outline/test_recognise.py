"""Files that are no outlines: told by their keys, never by a key that is merely misspelt."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter.outline.recognise import other_than_outline
from tests.growth import assert_linear_text
from tests.support import EXAMPLES, REAL, ROOT, outline

LAYOUT = "版式: 本局\n说明: 照 2025 年办文规定\n基于: [行距28磅, 三级加粗]\n\n页边: {上: 36mm}\n文字:\n  标题: {字号: 小一}\n"
LIBRARY = "名称: 青山县教育条款\n版本: 1.0.0\n发布单位: 青山县教育局\n"
CLAUSES = "# 师德\n- 条款: 教师队伍/师德宣讲\n  条: 加强师德师风建设\n  文: 抓好师德。\n"
WORKSPACE = "单位: 青山县教育局\n地区: 青山县\n库: 县库\n"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (LAYOUT, "版式文件"),
        (LAYOUT.replace("\n", "\r\n"), "版式文件"),
        (LIBRARY, "条款库的 library.yaml"),
        (CLAUSES, "条款文件"),
        ("- {条款: 甲/乙, 文: 甲。}\n", "条款文件"),
        (outline("重点任务:\n  - 章: 招生\n    文: 招收{{ 行.人数 }}人。\n"), "一表多份的提纲"),
        (outline("重点任务:\n  - 章: 招生\n    文: 招收{{行['人数']}}人。\n"), "一表多份的提纲"),
    ],
)
def test_what_is_no_outline_is_named(text: str, what: str) -> None:
    assert other_than_outline(text) == what


def test_what_comes_with_planwriter_is_reported_apart() -> None:
    def told(pattern: str) -> set[str]:
        return {other_than_outline(path.read_text("utf-8")) for path in sorted(ROOT.glob(pattern))}

    assert told("templates/layouts/*.yaml") == {"版式文件"}
    assert told("templates/*/kind.yaml") == {"文种的 kind.yaml"}
    assert told("templates/*/starter*.yaml") == {""}
    assert told("section_library/*.yaml") == {"条款库的 library.yaml", "条款库的 bases.yaml", "条款文件"}


@pytest.mark.parametrize("path", [*EXAMPLES, *REAL], ids=lambda path: path.stem)
def test_an_outline_is_one_whatever_key_is_misspelt(path: Path) -> None:
    text = path.read_text("utf-8")
    lines = text.splitlines(keepends=True)
    assert other_than_outline(text) == ""
    for at, line in enumerate(lines):
        if line[0] not in " #-\n":
            for changed in ("错" + line[1:], line[1:], line.replace(":", "：", 1), line.replace(":", "", 1), ""):
                assert other_than_outline("".join([*lines[:at], changed, *lines[at + 1 :]])) == ""


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# 待写\n",
        "文种: 工作要点\n",
        "版式: 本局\n",
        WORKSPACE,
        outline(extra="版式: 本局\n基于: 行距28磅\n纸张: 大\n"),
        outline(extra="名称: 要点\n版本: 1\n"),
        outline(extra="骨架: []\n期间: 年度\n"),
        outline("重点任务:\n  - 章: 招生  # 不写 {{ 行.人数 }}\n    文: 通行.\n").replace("{{ 行.人数 }}", ""),
        "  # {{ 行.人数 }}\n" + outline(),
        LAYOUT.replace("页边", "页便"),
        "- 章: 办好学前教育\n",
    ],
)
def test_in_doubt_a_file_is_an_outline(text: str) -> None:
    assert other_than_outline(text) == ""


def test_the_workspace_file_is_reported_by_its_name() -> None:
    assert other_than_outline(WORKSPACE, workspace_file=True) == "工作区文件"
    assert other_than_outline(WORKSPACE + "检查: {PW217: 忽略}\n", workspace_file=True) == "工作区文件"
    assert other_than_outline(outline(), workspace_file=True) == ""
    assert other_than_outline(outline().replace("文种", "文钟"), workspace_file=True) == ""


@given(st.text())
def test_any_text_is_something(text: str) -> None:
    other_than_outline(text)


@pytest.mark.parametrize("text", ["{{" * 500_000, "{{" + "行" * 1_000_000, "键" * 1_000_000, "- " * 500_000])
def test_a_large_text_is_reported_in_linear_time(text: str) -> None:
    assert other_than_outline(text) == ""
    assert_linear_text(other_than_outline, text)
