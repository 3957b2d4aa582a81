"""What rules remember of a text whatever its digits are (`apart_from_digits`) is what they say of it with any other digits."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planwriter.app.plans import plan_file
from planwriter.app.session import Session
from planwriter.checks.collocations import faulty_collocations
from planwriter.checks.gazetteer import find_places, outside_titles
from planwriter.checks.sameness import _said
from planwriter.checks.year_words import may_say_of_which_year, misplaced_year_words
from planwriter.model.memo import Recent
from planwriter.model.walk import walk_plan_texts
from planwriter.start.patterns import re
from tests.support import EXAMPLES

DIGITS = "0123456789"
_WORDS = (
    "大方县教育局 遵义市 毕节大方 市中区 第2中学 1县教育局 《2025年毕节市规划》 “12345会议” “十五五” 开局之年 2027年是 第一年"
    " 迎接二十大 二十一大 加强教研水平 提高水平3 精简时限 。 ， ； 、 ： （ ） 第3年 6月 年底前 3所 96.5% ～ - 12 0 20 一是 1． （2）"
)
WORDS = _WORDS.split()


def texts() -> Iterator[str]:
    """The texts of the examples, as composed."""
    for path in EXAMPLES:
        document = plan_file(Session(), str(path)).document
        assert document is not None
        yield from (visit.text.value for visit in walk_plan_texts(document))


def with_digits(text: str, digits: Iterator[str]) -> str:
    return re.sub("[0-9]", lambda _: next(digits), text)


def said(text: str) -> tuple[object, ...]:
    """What is said of a text, without what was said before."""
    years = (2026, 2026)
    spoken = () if may_say_of_which_year(text) else tuple(misplaced_year_words(text, years))
    marked = (*faulty_collocations(text), *spoken)
    counted = _said(text)
    return (
        marked,
        find_places.__wrapped__(outside_titles(text)),
        None if re.search("[0-9]", "".join(counted[2:])) else counted,
    )


@pytest.fixture(autouse=True)
def _forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Recent, "get", lambda self, key: None)


def test_the_texts_of_examples_say_the_same_with_any_digits() -> None:
    for step in (1, 3, 7):
        digits = itertools.cycle(DIGITS[::step])
        for text in texts():
            assert said(with_digits(text, digits)) == said(text), text


@settings(deadline=None)
@given(words=st.lists(st.sampled_from(WORDS), max_size=8), digits=st.lists(st.sampled_from(DIGITS), min_size=1))
def test_made_up_texts_say_the_same_with_any_digits(words: list[str], digits: list[str]) -> None:
    text = "".join(words)
    assert said(with_digits(text, itertools.cycle(digits))) == said(text)
