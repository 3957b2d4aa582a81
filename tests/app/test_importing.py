"""Files imported: every finding with a case that has it and one that has not; hostile and large files."""

from collections.abc import Callable

import pytest

from planwriter.app import plans
from planwriter.app.importing import import_bytes, import_plans
from planwriter.app.session import Session
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos, Result
from planwriter.importing.identity import Given
from planwriter.importing.outlines import import_script
from planwriter.importing.script import MAX_BYTES, Script, ScriptLine
from planwriter.model import Merge, Outline, Section
from planwriter.outline.kind import Kind
from planwriter.writers.text import render_text
from tests.growth import assert_linear, assert_linear_text, soon
from tests.importing.making import NOTICE, PLAN, script_of

SESSION = Session()
KINDS = SESSION.built_in_kinds().value


def found(data: bytes | str, name: str = "旧.txt") -> tuple[Finding, ...]:
    return import_bytes(SESSION, data.encode() if isinstance(data, str) else data, name, Given()).findings


def printed_by(render: Callable[[Outline, Kind], str]) -> tuple[Finding, ...]:
    return import_script(script_of(PLAN), KINDS, Given(), render).findings


def sections_lost(outline: Outline, kind: Kind) -> str:
    """What a program would print that loses a line wherever there is a section."""
    text = render_text(plans.plan_outline(SESSION, outline, kind).value[1])
    has_sections = any(isinstance(block, Section) for part in outline.parts for block in part.blocks)
    return text.replace("5.开展师德宣讲。", "") if has_sections else text


def merged_cells() -> tuple[Finding, ...]:
    table = ScriptLine(rows=(("甲", ""), ("乙", "丙")), merges=(Merge(0, 0, 1, 2),), number=99)
    return import_plans(SESSION, Script(name="旧.docx", lines=(*script_of(PLAN).lines, table)), Given()).findings


CASES: list[tuple[str, int, Callable[[], tuple[Finding, ...]]]] = [
    ("PW701", 1, lambda: found("您当前的位置：首页 > 政务公开\n" + PLAN)),
    ("PW702", 1, lambda: printed_by(lambda outline, kind: "")),
    ("PW703", 0, lambda: found(" \n\n")),
    ("PW704", 0, lambda: found(PLAN * 2)),
    ("PW705", 1, lambda: found(PLAN.replace("青山县教育局2026年", "").replace("2026年，", "", 1))),
    ("PW706", 1, lambda: found(NOTICE.replace("，局属", "，，局属") + PLAN)),
    ("PW707", 1, lambda: printed_by(sections_lost)),
    ("PW708", 0, lambda: found(b"\x89PNG\r\n\x1a\n\x00\x00", "图.png")),
    ("PW709", 0, lambda: found(b"a" * (MAX_BYTES + 1))),
    ("PW710", 0, lambda: found("發展學前教育，落實責任。\n".encode("big5hkscs") * 20)),
    ("PW711", 99, merged_cells),
    ("PW713", 6, lambda: found(NOTICE.replace("2026年3月5日", "二〇二六年三月五日") + PLAN)),
]


@pytest.mark.parametrize(("code", "line", "make"), CASES, ids=[code for code, *_ in CASES])
def test_every_finding_has_its_place(code: str, line: int, make: Callable[[], tuple[Finding, ...]]) -> None:
    told = [each for each in make() if each.code == code]
    assert told and told[0].pos.line == line and told[0].hint


@pytest.mark.parametrize("text", [PLAN, NOTICE + PLAN], ids=["plan", "notice"])
def test_a_sound_file_has_none(text: str) -> None:
    assert found(text) == ()


PW712 = ("PW712", "导入的提纲还通不过检查")


def test_an_error_of_the_outline_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = finding("PW103", Pos("旧.txt"))
    monkeypatch.setattr(plans, "read_bytes", lambda *_: Result(None, (wrong,)))
    told = found(PLAN)
    assert [(each.code, each.message[: len(PW712[1])]) for each in told] == [PW712]


def test_every_line_that_is_lost_is_named() -> None:
    told = [each for each in printed_by(lambda outline, kind: "") if each.code == "PW702"]
    assert [each.pos.line for each in told] == list(range(1, len(PLAN.splitlines()) + 1))


HOSTILE = {
    "one endless line": "一、甲" * 40_000,
    "brackets": "（" * 100_000,
    "labels only": "一、\n（一）\n1.\n（1）\n①\n" * 2_000,
    "numbers": "\n".join(f"{number}.甲乙。丙。" for number in range(1, 1_000)),
    "deep": "".join(f"第{number}章\n一、\n（一）\n1.\n" for number in "一二三四五六七八九") * 30,
    "blanks": " \u3000\t" * 60_000 + "甲",
    "tabs": "\t".join("甲" * 500) + "\n" + "\t".join("乙" * 500),
    "control characters": "".join(map(chr, range(32))) * 500 + "甲",
    "quotes and marks": "'\"#:[]{}&*!|>%@`\\-?，：" * 2_000 + "\n甲",
    "titles": "青山县工作要点\n" * 2_000,
    "attachments": "附件\n名单\n" * 2_000,
    "dates": "青山县教育局\n2026年3月5日\n" * 2_000,
    "surrogates": "甲\ud800乙",
    "offices": "关于加强校园安全工作的意见" + "部" * 5_000 + "甲",
    "blanks inside": "青山县" + " " * 200_000 + "要点\n一、甲" + " " * 200_000 + "乙",
    "book titles": "《" * 20_000 + "》" * 20_000 + "\n" + "《甲》" * 20_000,
    "inner labels": ("（1）甲。" * 5_000 + "\n" + "①乙。" * 5_000 + "\n") * 8,
    "units": "1.甲乙。丙。（责任单位：" + "（甲）、" * 20_000,
    "braces": "{{" * 20_000 + "}}" * 20_000,
    "bytes": "",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_soon_and_without_a_traceback(name: str) -> None:
    data = HOSTILE[name].encode("utf-8", "surrogatepass") if name != "bytes" else bytes(range(256)) * 400
    with soon():
        made = import_bytes(SESSION, data, "旧.txt", Given())
    assert made.value or made.findings


@pytest.mark.parametrize(
    "text", ["# " + " " * 100_000 + "甲", "**甲 " * 30_000, "|" * 50_000 + "\n" + "-|" * 50_000, "_" * 100_000]
)
def test_a_hostile_markdown_file_is_read_in_linear_time(text: str) -> None:
    assert_linear_text(lambda given: import_bytes(SESSION, given.encode(), "旧.md", Given()), text)


def test_time_is_linear_in_the_size_of_a_file() -> None:
    chapter = PLAN.split("\n", 2)[2]
    assert_linear(
        lambda data: import_bytes(SESSION, data, "旧.txt", Given()),
        lambda times: ("青山县教育局2026年工作要点\n" + chapter * times).encode(),
        160,
    )
