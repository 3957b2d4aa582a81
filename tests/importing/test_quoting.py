"""Texts written into an outline: whatever they are, they are read back unchanged and without findings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter.importing.quoting import flow_list, flow_text, line_text, name_list
from planwriter.source.edit import plain
from planwriter.source.keys import OUTLINE_KEYS
from planwriter.source.load import load_tree

PIECES = (*"：:#'\"[]{}、，。-－*&!|>%@`?\\ 　（）《》“”〔〕①1一A", ": ", " #", "- ", "{{ 年度 }}", "内容", "文", "教育", "12:30", "null", "~", "\n", "\t", "\u200b")  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=9).map("".join)


def is_text(value: str) -> bool:
    """True for a text that an outline can hold: it has no blank lines, and no blanks around its lines."""
    return all(line and line == line.strip() for line in value.split("\n"))


def read_back(value: str) -> object:
    """What is read from an outline that holds a text in every place where one can stand, and the findings."""
    text = line_text(value)
    units = "\n        ".join(name_list([value, "甲"]))
    typed = (
        f"导语: {text}\n重点任务:\n  - {text}\n  - 章: {text}\n    内容:\n      - {text}\n      - 条: 题\n        文: {text}\n"
        f"        责任单位:{units}\n        参数: {{甲: {flow_text(value)}, 乙: 丙}}\n"
        f"      - 表:\n          - {flow_list([value, '甲', value])}\n"
    )
    read = load_tree(typed.encode(), "", OUTLINE_KEYS)
    return plain(read.value), [each.message for each in read.findings]


def expected(value: str) -> object:
    item = {"条": "题", "文": value, "责任单位": [value, "甲"], "参数": {"甲": value, "乙": "丙"}}
    return {
        "导语": value,
        "重点任务": [value, {"章": value, "内容": [value, item, {"表": [[value, "甲", value]]}]}],
    }, []


@given(TEXTS.filter(is_text))
def test_a_text_is_read_back_in_every_place(value: str) -> None:
    assert read_back(value) == expected(value)


@pytest.mark.parametrize(
    "value",
    [
        "坚持育人为本",
        "总体要求：坚持育人为本。",
        "“双减”工作",
        "2026年，全县新建3所。",
        "95%以上（含）",
        "完成时限：年底前",
    ],
)
def test_a_usual_text_has_no_quotes(value: str) -> None:
    assert line_text(value) == value
    assert read_back(value) == expected(value)


@pytest.mark.parametrize(
    "value",
    ["内容：甲", "{{ 年度 }}年", "[2020] 3 号", "甲: 乙", "甲 #乙", "null", "文 字", "甲\n乙", "甲\u200b乙", "-", "''"],
)
def test_a_text_that_yaml_would_misread_has_quotes(value: str) -> None:
    assert line_text(value) != value
    assert read_back(value) == expected(value)
