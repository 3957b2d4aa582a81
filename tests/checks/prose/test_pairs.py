"""A bracket or a quotation mark without its partner is found; pairs, labels and straight quotes are silent."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from planwriter.checks.prose.pairs import unpaired
from tests.growth import assert_linear


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("落实（双减工作。", "（"),
        ("落实双减）工作。", "）"),
        ("落实《青山县教育规划，抓好工作。", "《"),
        ("规划》已经印发。", "》"),
        ("抓好“五项管理。", "“"),
        ("抓好五项管理”。", "”"),
        ("各学校（园)负责。", ")"),
        ("各学校(园）负责。", "("),
        ("做好“双减“工作。", "“"),
        ("做好‘双减工作。", "‘"),
        ("【待补", "【"),
        ("青教发〔2026]3号。", "]"),
        ("办好（含教学点的《学校》。", "（"),
        ("（一（二）三", "（"),
        ("《规划（2026—2030年》印发。", "（"),
        ("第一段（没合上。\n第二段没开头）。", "（）"),
    ],
)
def test_each_mark_without_its_partner_is_found(text: str, marks: str) -> None:
    assert "".join(text[slip.start : slip.end] for slip in unpaired(text)) == marks


@pytest.mark.parametrize(
    "text",
    [
        "抓好“五项管理”（含‘手机’管理）和《规划（2026—2030年）》。",
        "1）摸清底数；2）建立台账。",
        "（1）摸清底数；a)建立台账。",
        '推进“校园餐"整治。',
        "Teachers’ Day前后开展活动。",
        "〔2026〕3号、【重点】、[注]。",
        "",
    ],
)
def test_pairs_are_silent(text: str) -> None:
    assert list(unpaired(text)) == []


def test_the_mark_to_write_is_known_only_if_there_is_one_answer() -> None:
    assert [slip.new for slip in unpaired("各学校（园)负责。")] == ["）"]
    assert [slip.new for slip in unpaired("做好“双减“工作。")] == ["”"]
    assert [slip.new for slip in unpaired("落实（双减工作。")] == [None]


def test_many_marks_are_read_in_linear_time() -> None:
    assert sum(1 for _ in unpaired("（" * 100_000)) == 100_000
    assert sum(1 for _ in unpaired("）" * 100_000)) == 100_000
    assert sum(1 for _ in unpaired("（“" * 50_000 + "）" * 50_000)) > 0
    makers: list[Callable[[int], str]] = [
        lambda size: "（" * size,
        lambda size: "）" * size,
        lambda size: "（“" * (size // 2) + "）" * (size // 2),
    ]
    for made in makers:
        assert_linear(lambda text: list(unpaired(text)), made, 100_000)
