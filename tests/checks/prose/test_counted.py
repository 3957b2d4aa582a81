"""Labels inside a text."""

from __future__ import annotations

import pytest

from planwriter.checks.prose.counted import skipped_labels


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("①甲；②乙；④丙", ["④"]),
        ("（1）甲；（3）乙", ["（3）"]),
        ("1.甲；2.乙；4.丙", ["4."]),
        ("1）甲；3）乙", ["3）"]),
        ("（一）甲。（二）乙。（二）丙。", ["（二）"]),
        ("（一）甲。（二）乙。（一）丙。（二）丁。", []),
        ("一、目标（一）甲。（二）乙。二、任务（一）丙。（二）丁。三、保障", []),
        ("一、目标。1.甲。2.乙。二、任务。2.丁。", []),
        ("见附表（1）甲，（3）乙，（2）在句中", []),
        ("增长2.5个百分点；3.6万人", []),
    ],
)
def test_labels(text: str, wrong: list[str]) -> None:
    assert [text[slip.start : slip.end] for slip in skipped_labels(text)] == wrong
