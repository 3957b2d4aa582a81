"""Characters that nobody sees."""

from planwriter.checks.prose.unseen import unseen


def test_several_beside_each_other_are_one_slip() -> None:
    (found,) = unseen("落实\u200b\ufeff责任")
    assert (found.start, found.end, found.new) == (2, 4, "")


def test_a_question_mark_between_characters_is_a_lost_one() -> None:
    assert [slip.code for slip in unseen("落实责?人")] == ["PW523"]
    assert list(unseen("为什么？ http://a.cn/?b=1")) == []
