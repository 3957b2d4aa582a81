"""Text files of every encoding; tables by tabs; Markdown."""

import pytest

from planwriter.importing.script import MAX_LINES, Script
from planwriter.importing.sources.text import decode_text, read
from tests.importing.making import PLAN


def script(data: bytes, *, markdown: bool = False) -> Script:
    made = read(data, "旧.txt", markdown=markdown)
    assert made.value is not None
    return made.value


ENCODINGS = [
    "utf-8",
    "utf-8-sig",
    "gb18030",
    "gbk",
    "gb2312",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "big5hkscs",
]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_encoding_is_found_out(encoding: str) -> None:
    text = (
        PLAN
        if encoding != "big5hkscs"
        else "青山縣教育局工作計畫\n一、發展學前教育\n各單位要全面加強組織領導，落實責任。\n" * 3
    )
    assert "\n".join(line.text for line in script(text.encode(encoding)).lines) == text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_certain_encoding_is_not_told(encoding: str) -> None:
    assert read(PLAN.encode(encoding), "旧.txt").findings == ()


def test_a_guess_and_damage_are_told() -> None:
    made = read(PLAN.encode()[:-40] + b"\xff\xfe" + PLAN.encode()[-39:], "旧.txt")
    assert [each.code for each in made.findings] == ["PW710"] and "处读不出来" in made.findings[0].message
    assert [each.code for each in read("發展學前教育".encode("big5hkscs") * 9, "旧.txt").findings] == ["PW710"]


def test_an_encoding_of_another_language_is_left_to_statistics() -> None:
    text = "교육청은 모든 학교의 교육 환경을 개선하고 교사의 전문성을 높이기 위한 계획을 세운다. " * 8
    assert decode_text(text.encode("euc_kr")).text == text
    assert [each.code for each in read(text.encode("euc_kr"), "旧.txt").findings] == ["PW710"]


def test_a_short_text_in_gbk() -> None:
    assert decode_text("青山县要点".encode("gbk")).text == "青山县要点"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_line_ends(end: str) -> None:
    assert [line.text for line in script(f"甲{end}乙".encode()).lines] == ["甲", "乙"]


def test_lines_are_numbered_with_the_blank_ones() -> None:
    assert [(line.number, line.text) for line in script("甲\n\n乙".encode()).lines] == [(1, "甲"), (2, ""), (3, "乙")]


def test_lines_with_tabs_are_a_table() -> None:
    lines = script("甲\n年\t数\n2026\t3\n2027\t4\n乙\t丙\t丁\n\t缩进\n\t缩进\n".encode()).lines
    assert lines[1].rows == (("年", "数"), ("2026", "3"), ("2027", "4"))
    assert [line.text for line in lines if not line.rows][:4] == ["甲", "乙\t丙\t丁", "\t缩进", "\t缩进"]


def test_too_many_lines_are_refused() -> None:
    made = read(b"\n" * (MAX_LINES + 1), "旧.txt")
    assert made.value is None and [each.code for each in made.findings] == ["PW709"]


MARKDOWN = """\
# 青山县2026年工作要点

## 一、建园
**建成三所**，其中城区\\*两所。
- 柳林镇一所
---
| 年 | 数 |
|:---|---:|
| 2026 | 3 |
| 2027 |
"""


def test_markdown() -> None:
    lines = [line for line in script(MARKDOWN.encode(), markdown=True).lines if line.text or line.rows]
    assert [(line.text, line.style) for line in lines if not line.rows] == [
        ("青山县2026年工作要点", "标题"),
        ("一、建园", "章"),
        ("建成三所，其中城区*两所。", ""),
        ("柳林镇一所", ""),
    ]
    assert lines[-1].rows == (("年", "数"), ("2026", "3"), ("2027", ""))


def test_a_plain_text_is_no_markdown() -> None:
    assert [line.text for line in script("# 甲\n**乙**".encode()).lines] == ["# 甲", "**乙**"]
