"""Each character of a value is found in what was typed, in every way that YAML has to write a text."""

import pytest

from planwriter.findings.alignment import align
from planwriter.source.load import load_tree
from planwriter.source.nodes import Scalar

WAYS = (
    "甲乙，丙",
    "'甲''乙''，丙'",
    '"甲\\"乙\\\\，丙"',
    '"甲\\u4e59\\n，\\x41丙"',
    "|\n  甲乙\n  ，丙\n\n  丁",
    ">-\n  甲 b\n  c 乙，丙",
    "甲乙\n  ，丙\n\n  丁",
    "a b\n  c 甲",
    "'甲''\n  乙'",
    '"甲\\\n   乙"',
    "&甲 甲乙",
)


@pytest.mark.parametrize("typed", WAYS)
def test_each_character_stands_where_it_was_typed(typed: str) -> None:
    tree = load_tree(f"文: {typed}\n".encode(), "").value
    assert tree is not None
    node = tree.entries["文"]
    assert isinstance(node, Scalar)
    raw = node.span.raw
    places = align(raw, node.value)
    assert places is not None
    for mark, start, end in zip(node.value, places.starts, places.ends, strict=True):
        shown = raw[start:end]
        assert shown in (mark, mark * 2) or shown.startswith("\\") or (mark.isspace() and shown.strip() == ""), shown
    assert list(places.starts) == sorted(places.starts)


@pytest.mark.parametrize(("raw", "value"), [("甲乙", "乙丙"), ("甲", "甲乙"), ("", "甲")])
def test_a_value_that_was_not_read_from_the_characters_has_no_places(raw: str, value: str) -> None:
    assert align(raw, value) is None
