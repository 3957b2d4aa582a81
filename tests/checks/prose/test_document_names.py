"""Laws without 《》, and the form of document numbers."""

from __future__ import annotations

import pytest

from planwriter.checks.prose.document_names import odd_document_names
from planwriter.checks.prose.slip import own_words
from tests.growth import assert_linear_text


def found(text: str, last: int = 2026) -> list[tuple[str, str | None]]:
    slips = (each.slip for each in odd_document_names(own_words(text)) if each.is_certain or each.is_in((last, last)))
    return [(text[slip.start : slip.end], slip.new) for slip in slips]


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("按照中华人民共和国教育法，抓好落实。", "中华人民共和国教育法", "《中华人民共和国教育法》"),
        ("根据青教发[2026]12号，制定本方案。", "[2026]12号", "〔2026〕12号"),
        ("根据青教发（2026）12号文件。", "（2026）12号", "〔2026〕12号"),
        ("根据青教发〔2026〕第12号文件。", "〔2026〕第12号", "〔2026〕12号"),
        ("根据青教发〔2026〕03号文件。", "〔2026〕03号", "〔2026〕3号"),
        ("根据青教发〔2031〕3号文件。", "〔2031〕3号", None),
    ],
)
def test_an_odd_form_is_found(text: str, wrong: str, right: str | None) -> None:
    assert found(text) == [(wrong, right)]


@pytest.mark.parametrize(
    "text",
    [
        "按照《中华人民共和国教育法》，抓好落实。",
        "中华人民共和国成立以来，司法公正，方法得当。",
        "根据青教发〔2026〕12号和《某办法》（青教规〔2025〕3号）。",
        "新建学校（2026）3所，三年行动（2026—2028年）。",
        "办公楼[2026]12号楼",
    ],
)
def test_the_right_form_is_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("piece", ["中华人民共和国", "教发〔2026〕", "[2026]0000", "法"])
def test_a_long_text_is_read_in_linear_time(piece: str) -> None:
    assert_linear_text(lambda text: list(odd_document_names(own_words(text))), piece * (60_000 // len(piece)))
