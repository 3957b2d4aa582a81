"""Documents cited with two names or numbers, and those that no longer hold."""

from __future__ import annotations

import pytest

from planwriter.checks.prose.cited import Citations, cited_in, outdated


def _wrong(text: str) -> list[str]:
    return [text[slip.start : slip.end] for slip in Citations().read(cited_in(text))]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("《甲乙办法》（青政发〔2025〕3号）和《甲乙办法》（青政发〔2025〕4号）", ["甲乙办法"]),
        ("《甲乙办法》（青政发〔2025〕3号）和《丙丁办法》（青政发[2025]3号）", ["丙丁办法"]),
        ("《关于加强校园食品安全工作的通知》《关于加强校园食品安全工作通知》", ["关于加强校园食品安全工作通知"]),
        ("《关于加强校园食品安全工作的通知》《关于加强校园食品卫全工作的通知》", ["关于加强校园食品卫全工作的通知"]),
        ("《关于加强一年级教学工作的通知》《关于加强二年级教学工作的通知》", []),
        ("《甲乙办法》（青政发〔2025〕3号）和《甲乙办法》（青政发[2025]3号）", []),
    ],
)
def test_citations_that_disagree(text: str, wrong: list[str]) -> None:
    assert _wrong(text) == wrong


def test_a_law_that_no_longer_holds() -> None:
    text = "执行《中华人民共和国婚姻法》和《婚姻登记条例》。"
    (found,) = outdated(text, cited_in(text))
    assert (found.after, text[found.slip.start : found.slip.end]) == (2020, "中华人民共和国婚姻法")
    assert "《民法典》" in found.slip.advice
