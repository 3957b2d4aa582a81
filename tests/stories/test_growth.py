"""The measure of growth tells a quadratic case from a linear one, whatever the machine does beside."""

import re

import pytest

from tests import growth
from tests.growth import assert_linear, assert_linear_text, soon, steps

_QUADRATIC = re.compile(r"a+b")
_LINEAR = re.compile(r"(?<!a)a+b")


def test_steps_are_counted_and_are_the_same_each_time() -> None:
    def run(size: int) -> int:
        return steps(lambda: [each * each for each in range(size)])

    assert run(100) == run(100) > 100
    assert 3.5 * run(1_000) < run(4_000) < 4.1 * run(1_000)
    assert steps(lambda: [[one + 1 for one in range(40)] for _ in range(40)]) > 10 * run(40)


def test_a_quadratic_pattern_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growth, "SHORT", 0.002)
    with pytest.raises(AssertionError, match="times as long"):
        assert_linear_text(_QUADRATIC.search, "a" * 16_000)


def test_quadratic_python_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growth, "SHORT", 0.002)
    with pytest.raises(AssertionError, match="times as long"):
        assert_linear(
            lambda many: [each for each in many if each in many[: each + 1]], lambda size: list(range(size)), 4_000
        )


def test_a_linear_one_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growth, "SHORT", 0.0)
    assert_linear_text(_LINEAR.search, "a" * 400_000)
    assert_linear(lambda many: [each + 1 for each in many], range, 200_000)


def test_one_slow_try_does_not_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """As when the machine does something else at that moment."""
    taken = iter([900.0, 1.0, 1.0, 1.0, 20.0, 1.0, 1.0, 1.0])  # large, small three times, large …
    monkeypatch.setattr(growth, "_seconds", lambda *_: next(taken))
    assert_linear(len, str, 10)
    assert not list(taken)


def test_what_never_ends_fails() -> None:
    with pytest.raises(AssertionError), soon(0.01):
        sum(range(2_000_000))
    with soon():
        pass
