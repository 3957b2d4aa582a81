"""Texts typed over several lines get other words and paragraphs, and keep their layout."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planwriter.source.changes import SetParagraphs, SetText, changed_file
from planwriter.source.edit import Uneditable
from planwriter.source.edit_text import is_on_lines, text_patches
from planwriter.source.keys import OUTLINE_KEYS
from planwriter.source.load import load_tree
from planwriter.source.nodes import Mapping, Scalar


def read(text: str) -> Mapping:
    tree = load_tree(text.encode(), "", OUTLINE_KEYS)
    assert tree.value is not None and not tree.findings, tree.findings
    return tree.value


def scalar(text: str) -> Scalar:
    node = read(text).entries["文"]
    assert isinstance(node, Scalar)
    return node


def retyped(text: str, value: str) -> str:
    return changed_file(text.encode(), read(text), [SetText(("文",), value)]).decode()


FOLDED = "条: 甲\n文: >  # 注\n  办好学，\n  上好课。\n\n  招好人。\n时限: 年底 # 尾\n"


@pytest.mark.parametrize(
    ("value", "typed"),
    [
        ("办好学校，上好每一课。\n招好人。", "  办好学校，\n  上好每一课。\n\n  招好人。\n"),
        ("办好学，上好课。\n招好人。\n管好钱。", "  办好学，\n  上好课。\n\n  招好人。\n\n  管好钱。\n"),
        ("管好钱。\n办好学，上好课。\n招好人。", "  管好钱。\n\n  办好学，\n  上好课。\n\n  招好人。\n"),
        ("办好学，上好课。", "  办好学，\n  上好课。\n"),
        ("招好人。", "  招好人。\n"),
    ],
)
def test_only_what_differs_changes(value: str, typed: str) -> None:
    head, tail = FOLDED.split("  办好学")[0], "时限: 年底 # 尾\n"
    assert retyped(FOLDED, value) == head + typed + tail


def test_quotes_and_marks_stay_what_they_are() -> None:
    assert retyped("文: '办好学，\n  上好课。'\n", "办好学，上好'课'。") == "文: '办好学，\n  上好''课''。'\n"
    assert retyped('文: "办好学，\n  上好课。"\n', '办好学，上好"课"。') == '文: 办好学，上好"课"。\n'
    assert scalar(retyped("文: 办好学，\n  上好课。\n", "办好学: 上好课 #。")).value == "办好学: 上好课 #。"


def test_a_text_that_gets_more_paragraphs_stays_a_text() -> None:
    change = SetParagraphs((), "文", ("办好学，上好课。", "管好钱。", "招好人。"))
    made = changed_file(FOLDED.encode(), read(FOLDED), [change]).decode()
    assert made == FOLDED.replace("  招好人", "  管好钱。\n\n  招好人")


def test_what_cannot_be_placed_is_refused() -> None:
    assert not is_on_lines(scalar("文: 一行。\n"))
    with pytest.raises(Uneditable):
        text_patches(scalar("文: 一行。\n"), "一行。\n两行。")
    with pytest.raises(Uneditable):
        text_patches(scalar(FOLDED), "\n招好人。")


HEADS = ("|", ">", ">-", "|+", ">  # 注")
WORDS = st.text(st.sampled_from("办好学上课，。；abc 9#:'\"-{"), min_size=1, max_size=24).map(
    lambda text: f"学{text.strip()}。"
)


@given(
    st.lists(st.lists(WORDS, min_size=1, max_size=3), min_size=1, max_size=4),
    st.sampled_from(HEADS),
    st.integers(0, 9999),
)
@settings(max_examples=200, deadline=None)
def test_every_new_wording_is_read_back(paragraphs: list[list[str]], head: str, seed: int) -> None:
    body = "\n\n".join("\n".join(f"    {line}" for line in lines) for lines in paragraphs)
    text = f"条: 甲\n文: {head}\n{body}\n时限: 年底\n"
    chance = Random(seed)
    lines = scalar(text).value.split("\n")
    for _ in range(chance.randrange(1, 4)):
        at = chance.randrange(len(lines))
        start = chance.randrange(1, len(lines[at]))
        kind = chance.randrange(4)
        if kind == 0:
            lines.insert(at, f"新{lines[at][start:]}")
        elif kind == 1 and len(lines) > 1:
            del lines[at]
        else:
            lines[at] = f"{lines[at][:start]}改#: '{lines[at][chance.randrange(start, len(lines[at])) :]}"
    value = "\n".join(lines)
    made = retyped(text, value)
    assert scalar(made).value == value
    assert made.startswith(f"条: 甲\n文: {head}\n    ") and made.endswith("\n时限: 年底\n")
