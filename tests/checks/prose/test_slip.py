"""What rules read: own words, and characters beside a place."""

from planwriter.checks.prose.slip import Dated, Slip, beside, own_words

_SLIP = Slip(0, 1, "PW526", "", "")


def test_titles_and_quotations_are_blanked() -> None:
    own = own_words("按《办法》增强“四个意识”，他说“这是一句很长很长的引文，不归我们管。”")
    assert own.terms == "按\0\0\0\0增强“四个意识”，他说" + "\0" * 20
    assert "四" not in own.prose and len(own.prose) == len(own.text)


def test_what_stands_beside_ends_with_the_paragraph() -> None:
    assert beside("甲乙\n丙丁戊\n己", 4, 5, 3) == "丙丁戊"


def test_a_slip_of_some_years() -> None:
    assert [Dated(_SLIP, after=2020).is_in((year, year)) for year in (0, 2020, 2021)] == [False, False, True]
    assert [Dated(_SLIP, before=2020).is_in((year, year)) for year in (0, 2019, 2020)] == [False, True, False]
    assert Dated(_SLIP).is_certain
