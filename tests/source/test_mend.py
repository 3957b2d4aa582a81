"""A typical mistake in any line of a correct outline is reported in its place, and only once or twice.

The findings that follow from a mistake must not hide the mistake itself.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from planwriter.app import plans
from planwriter.app.session import Session
from planwriter.findings.report import format_short
from planwriter.source import keys
from planwriter.source.load import load_tree
from planwriter.source.mend import mend
from planwriter.source.mend_line import scan
from tests.support import ROOT, outline, plan

FIRST = (ROOT / "examples" / "first.yaml").read_text("utf-8")
LARGE = (ROOT / "examples" / "qingshan-2026.yaml").read_text("utf-8")
SESSION = Session()


def _indented(line: str, lead: str) -> str:
    return lead + line.lstrip() if line.startswith(" ") else line


def _key_changed(line: str, change: Callable[[str], str]) -> str:
    match = re.match(r"( *(?:- )?)([^\s:]+):", line)
    return line if match is None else match[1] + change(match[2]) + line[match.end(2) :]


SLIPS: dict[str, Callable[[str], str]] = {
    "a full-width colon": lambda line: re.sub(r": |:$", "：", line, count=1),
    "no space after the colon": lambda line: line.replace(": ", ":", 1),
    "no colon": lambda line: re.sub(r": |:$", " ", line, count=1).rstrip(),
    "a semicolon for the colon": lambda line: line.replace(": ", "；", 1),
    "no space after the dash": lambda line: re.sub(r"^( *)- ", r"\1-", line),
    "no dash": lambda line: re.sub(r"^( *)- ", r"\1", line),
    "a full-width dash": lambda line: re.sub(r"^( *)- ", r"\1－ ", line),
    "one space less": lambda line: line.removeprefix(" "),
    "two spaces less": lambda line: line.removeprefix("  "),
    "one space more": lambda line: " " + line,
    "two spaces more": lambda line: "  " + line,
    "a tab": lambda line: _indented(line, "\t"),
    "spaces and a tab": lambda line: _indented(line, "  \t"),
    "full-width spaces": lambda line: _indented(line, "　　"),
    "no [": lambda line: line.replace("[", "", 1),
    "no ]": lambda line: line.replace("]", "", 1),
    "no {": lambda line: re.sub(r"(?<!\{)\{(?!\{)", "", line, count=1),
    "no }": lambda line: re.sub(r"(?<!\})\}(?!\})", "", line, count=1),
    "full-width brackets": lambda line: line.replace("[", "［").replace("]", "］"),
    "a full-width comma": lambda line: line.replace(", ", "，", 1),
    "no opening quote": lambda line: line.replace('"', "", 1),
    "no closing quote": lambda line: (
        '"'.join(line.rsplit('"', 1)[:1]) + line.rsplit('"', 1)[-1] if line.count('"') == 2 else line
    ),
    "a single brace": lambda line: line.replace("}}", "}", 1),
    "a zero-width space": lambda line: line.replace(": ", ": \u200b", 1),
    "a doubled line": lambda line: f"{line}\n{line}" if re.match(r" *[^\s-][^\s:]*: \S", line) else line,
    "a key with a letter too many": lambda line: _key_changed(line, lambda key: key + "字"),
    "a key without its last letter": lambda line: _key_changed(line, lambda key: key[:-1] or "啊"),
}


def _check(text: str, slip: str, step: int) -> None:
    """Makes a slip in every line, or every `step`th, one at a time."""
    lines = text.split("\n")
    numbers = [number for number, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#")]
    for number in numbers[::step]:
        changed = SLIPS[slip](lines[number])
        if changed != lines[number]:
            _check_line([*lines[:number], changed, *lines[number + 1 :]], number)


def _check_line(lines: list[str], number: int) -> None:
    found = plans.plan_bytes(SESSION, "\n".join(lines).encode(), "提纲.yaml").findings
    told = (number + 1, lines[number], format_short(found))
    assert 1 <= len(found) <= 2, told
    is_near = any(abs(each.pos.line - number - 1) <= 2 for each in found)
    is_where_a_target_is_cited = {each.code for each in found} == {"PW402"}
    assert is_near or is_where_a_target_is_cited, told


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_in_a_line_of_the_first_outline_is_reported_there(slip: str) -> None:
    _check(FIRST, slip, 1)


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_in_a_line_of_a_large_outline_is_reported_there(slip: str) -> None:
    _check(LARGE, slip, 5)


@pytest.mark.parametrize("rows", [3, 300, 3_000])
def test_brackets_and_quotes_over_many_lines_are_no_slip(rows: int) -> None:
    table = "".join(f"          [学校：第{number}所, '办好\n          了', {number}],\n" for number in range(rows))
    lines = f'      - 表: [\n{table}          ]\n      - "一段话，\n        两行：\n        写完。"\n'
    text = f"重点任务:\n  - 章: 办好学校\n    内容:\n{lines}"
    assert format_short(plan(outline(text)).findings) == ""


@pytest.mark.parametrize(
    "text",
    [
        "工作目标：到2026年：全面完成。",
        "认真落实“双减”、[2026]1号文件（以下简称《通知》）。",
        "'以“1+3”为重点'",
        '"全年目标: 新建3所"',
        "坚持 稳中求进；用 心办学",
        "2026-12-31",
        "12:30",
        "|\n          第一段：甲\n            缩进：乙\n\n          {{ 年度 }}年",
        ">\n          - 条：甲",
        "第一行，\n          责任单位 甲，\n          单位：乙",
    ],
)
def test_a_sound_text_is_no_slip(text: str) -> None:
    block = (
        f"重点任务:\n  - 章: 办好学校\n    内容:\n      - 条: 抓好教学\n        文: {text}\n        责任单位: 甲股\n"
    )
    found = [
        each for each in plan(outline(block)).findings if each.code != "PW501"
    ]  # a space in a sentence is a different kind of mistake
    assert format_short(found) == ""


@pytest.mark.parametrize(
    "path",
    [
        *sorted((ROOT / "section_library").glob("*.yaml")),
        *sorted((ROOT / "templates").glob("*/kind.yaml")),
        *sorted((ROOT / "templates" / "layouts").glob("*.yaml")),
    ],
    ids=lambda path: path.relative_to(ROOT).as_posix(),
)
def test_a_file_that_comes_with_planwriter_has_no_slip_to_mend(path: Path) -> None:
    """Such files are read as they are (`load_tree`, `as_is`)."""
    text = path.read_text("utf-8")
    mended = mend(text, path.name, keys.LIBRARY_KEYS | keys.KIND_KEYS | keys.LAYOUT_KEYS)
    assert mended.value.text == text and not mended.findings


@pytest.mark.parametrize(("lead", "is_certain"), [("\t", True), ("\t\t", True), ("  \t\t", False), ("\t\t\t", False)])
def test_an_indent_with_tabs_is_certain_if_some_width_of_a_tab_gives_the_one_of_the_lines_above(
    lead: str, is_certain: bool
) -> None:
    text = f"重点任务:\n  - 章: 甲\n    内容:\n      - 条: 子\n        文: 一段话。\n{lead}时限: 2026年\n"
    found = load_tree(text.encode(), "提纲.yaml", keys.OUTLINE_KEYS).findings
    assert [(each.code, bool(each.remedy)) for each in found] == [("PW107", is_certain)]


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("[甲, 乙]。", 5),
        ("[甲, # 完]\n乙]", 10),
        ("[甲#完]", 4),
        ("[甲, # 完]", None),
        ("['甲]', {乙: 丙}]", 13),
        ("[学校'甲]", 5),
        ("[甲, '乙]", None),
    ],
)
def test_brackets_end_behind_quotes_and_comments(text: str, closed: int | None) -> None:
    assert scan(text, 0).closed == closed
