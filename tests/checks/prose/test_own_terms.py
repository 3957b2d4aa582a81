"""The terms of a workspace."""

from planwriter.checks.prose.own_terms import OwnTerms
from planwriter.checks.prose.slip import Slip


def test_a_wrong_form_within_the_right_one_is_none() -> None:
    terms = OwnTerms((("融媒中心", "融媒中心总台"),))
    assert [slip.start for slip in terms.slips("融媒中心总台和融媒中心")] == [7]


def test_an_allowed_word_spares_only_what_lies_in_it() -> None:
    terms = OwnTerms((), ("水务局大厦",))
    text = "水务局大厦和水务局"
    assert terms.spares(text, Slip(0, 3, "PW528", "", ""))
    assert not terms.spares(text, Slip(6, 9, "PW528", "", ""))
    assert not terms.spares(text, Slip(0, 3, "PW503", "", ""))
