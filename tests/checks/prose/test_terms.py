"""Typos, set phrases and former names in a text, and words around a phrase that speak of the past."""

from __future__ import annotations

import pytest

from planwriter.checks.prose.slip import own_words
from planwriter.checks.prose.terms import is_current, listed
from planwriter.checks.prose.wordlists import hits_in, rows_of
from tests.each import assert_each


def _codes(text: str) -> list[str]:
    own = own_words(text)
    return [dated.slip.code for dated in listed(own, hits_in(own.terms))]


def test_every_typo_is_found_and_no_word_that_holds_it() -> None:
    def check(row: list[str]) -> None:
        assert "PW524" in _codes(f"认真{row[0]}，")
        assert _codes(f"认真{row[1]}，") == []
        assert [word for word in (row[2].split(" ") if len(row) > 2 else ()) if "PW524" in _codes(word)] == []

    assert_each(check, rows_of("typos.tsv"), lambda row: row[0])


def test_every_miswritten_phrase_is_found_and_mended() -> None:
    def check(row: list[str]) -> None:
        assert [code for code in _codes(f"认真抓{row[0]}") if code not in ("PW526",)] == []
        for wrong in row[1].split(" ") if row[1] else ():
            text = f"认真抓{wrong}"
            own = own_words(text)
            found = [each.slip for each in listed(own, hits_in(own.terms)) if each.slip.code == "PW525"]
            assert [slip.new for slip in found] == [row[0]], wrong

    assert_each(check, rows_of("set_phrases.tsv"), lambda row: row[0])


def test_every_former_name_is_found() -> None:
    def check(row: list[str]) -> None:
        assert "PW527" in _codes(f"会同{row[0]}。")
        assert _codes(f"原{row[0]}。") == []

    assert_each(check, rows_of("bureau_names.tsv"), lambda row: row[0])


@pytest.mark.parametrize(
    ("text", "current"),
    [
        ("深入实施“十三五”规划", True),
        ("“十三五”期间，我县将新建学校", True),
        ("“十三五”以来", False),
        ("总结“十三五”规划", False),
        ("落实“十三五”规划取得的成效", False),
    ],
)
def test_the_words_around_a_phrase(text: str, current: bool) -> None:
    at = text.index("十三五")
    assert is_current(text, at, at + 3) is current
