"""Marks beside each other that GB/T 15834 does not allow."""

from planwriter.checks.prose.stops import odd_stops


def test_a_mark_is_shown_with_its_paragraph_only() -> None:
    (found,) = odd_stops("甲。\n、和乙")
    assert found.what == "“和”前面用了顿号“、和乙”"


def test_names_that_begin_with_he_are_silent() -> None:
    assert list(odd_stops("甲镇、和溪镇、和平街道、等级")) == []
