"""A test of many cases names each one that fails, with what is wrong about it."""

import pytest

from tests.each import assert_each


def test_each_failing_case_is_named_with_its_reason() -> None:
    def check(number: int) -> None:
        assert 12 % number < 2, "leaves a rest"

    assert_each(check, [1, 2, 3, 4, 6])
    with pytest.raises(pytest.fail.Exception) as told:
        assert_each(check, [0, 4, 5, 7], lambda number: f"the {number}")
    lines = str(told.value).split("\n\n")
    assert lines[0] == "3 of 4 cases:"
    assert lines[1] == "the 0: ZeroDivisionError integer modulo by zero"
    assert [line.splitlines()[0] for line in lines[2:]] == [
        "the 5: AssertionError leaves a rest",
        "the 7: AssertionError leaves a rest",
    ]
    assert "assert (12 % 5) < 2" in lines[2]


def test_no_cases_are_a_failure() -> None:
    with pytest.raises(AssertionError, match="no case"):
        assert_each(print, [])
