"""References to parts that are not there."""

from __future__ import annotations

import pytest

from planwriter.checks.prose.part_references import missing_parts


@pytest.mark.parametrize(
    ("text", "count", "found"),
    [
        ("具体见第六部分。", 5, ["第六部分"]),
        ("按照本方案第十二部分的要求。", 5, ["第十二部分"]),
        ("见第5章、见第3章。", 4, ["第5章"]),
        ("具体见第六部分。", 6, []),
        ("具体见第六部分。", 0, []),
        ("《某办法》第六章规定，第六部分工程开工。", 3, []),
        ("按照《某办法》第六章执行。", 3, []),
        ("文章写到第九章。", 3, []),
    ],
)
def test_only_what_is_not_there_is_told(text: str, count: int, found: list[str]) -> None:
    assert [text[each.start : each.end] for each in missing_parts(text, count)] == found
