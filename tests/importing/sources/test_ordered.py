"""The labels of ordered lists."""

from __future__ import annotations

import pytest

from planwriter.importing.sources.markup import read_page
from planwriter.importing.sources.ordered import labels_of


@pytest.mark.parametrize(
    ("form", "items", "labels"),
    [
        ("", "<li>甲<li>乙", ["1.", "2."]),
        ("start=3", "<li>甲<li>乙", ["3.", "4."]),
        ("start=x", "<li>甲", ["1."]),
        ("start=-1", "<li>甲<li>乙", ["-1.", "0."]),
        ("", "<li value=7>甲<li>乙", ["7.", "8."]),
        ("type=a", "<li>甲<li>乙", ["a.", "b."]),
        ("type=A start=27", "<li>甲", ["A."]),
        ("type=a start=0", "<li>甲", ["0."]),
        ("style='list-style-type: cjk-ideographic'", "<li>甲<li>乙", ["一、", "二、"]),
        ("style='list-style:simp-chinese-informal' start=99999", "<li>甲", ["99999."]),
        ("style='list-style: none'", "<li>甲", []),
        ("", "<li style='list-style-type:none'>甲<li>乙", ["2."]),
        ("", "<p>甲</p><li>乙", ["1."]),
    ],
)
def test_items_are_counted(form: str, items: str, labels: list[str]) -> None:
    (block,) = read_page(f"<ol {form}>{items}</ol>").root.blocks()
    assert list(labels_of(block).values()) == labels
