"""Sentences that break off."""

from __future__ import annotations

import pytest

from planwriter.checks.prose.unfinished import broken_off
from tests.growth import assert_linear_text


def shown(text: str) -> list[str]:
    return [text[each.start : each.end] for each in broken_off(text)]


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("为了。制定本要点。", "为了"),
        ("压实责任，按照。", "按照"),
        ("落实资金6000万元，同时", "同时"),
        ("派驻医师不少于，建立台账。", "不少于"),
        ("覆盖率提高到。", "提高到"),
        ("促进就业，制定。", "制定"),
        ("切实加强。市县联动。", "切实加强"),
        ("抓好落实。进一步做好。", "进一步做好"),
    ],
)
def test_what_breaks_off_is_found(text: str, broken: str) -> None:
    assert shown(text) == [broken]


@pytest.mark.parametrize(
    "text",
    [
        "为了孩子，制定本要点。",
        "压实责任，同时，谋划项目。",
        "派驻医师不少于3名，标准尚未达到。",
        "统筹推进。狠抓落实。服务水平不断提高。",
        "管理制度进一步完善。学校、家庭、社会共同参与。",
        "覆盖率不低于\0\0\0\0，流失率控制在\0\0以内。",
        "人人参与、人人尽力，形成“比学赶超”的氛围。",
        "",
    ],
)
def test_whole_sentences_are_left_alone(text: str) -> None:
    assert shown(text) == []


@pytest.mark.parametrize("piece", ["为了。", "，同时", "不少于", "切实", "。"])
def test_a_long_text_is_read_in_linear_time(piece: str) -> None:
    assert_linear_text(lambda text: list(broken_off(text)), piece * (60_000 // len(piece)))
