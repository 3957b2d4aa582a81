"""Tests of what two sequences have in common."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter.compare.matching.sequence import SharedRun, longest_rising, shared_runs
from tests.growth import steps

SHORT = st.text(alphabet="甲乙丙丁", max_size=30)


def _check(old: str, new: str, runs: list[SharedRun]) -> None:
    first = start = 0
    for run in runs:
        assert run.size > 0
        assert run.old >= first
        assert run.new >= start
        assert old[run.old : run.old + run.size] == new[run.new : run.new + run.size]
        first, start = run.old + run.size, run.new + run.size
    assert first <= len(old)
    assert start <= len(new)


@given(SHORT, SHORT)
def test_runs_are_equal_and_in_order(old: str, new: str) -> None:
    _check(old, new, shared_runs(old, new))


@given(SHORT, st.integers(1, 4))
def test_a_sequence_is_its_own(text: str, window: int) -> None:
    assert shared_runs(text, text, window=window) == ([SharedRun(0, 0, len(text))] if text else [])


@pytest.mark.parametrize("window", [1, 4])
def test_long_sequences_are_held_together_by_what_occurs_once(window: int) -> None:
    order = random.Random(17)
    old = [order.randrange(300) for _ in range(20_000)]
    new = list(old)
    for _ in range(500):
        new[order.randrange(len(new))] = order.randrange(300)
    runs = shared_runs(old, new, window=window)
    assert sum(run.size for run in runs) >= 19_000
    assert all(old[run.old : run.old + run.size] == new[run.new : run.new + run.size] for run in runs)


@pytest.mark.parametrize(
    ("sides", "least"),
    [
        (lambda n: ("的" * n, "的" * (n - 10)), 990),
        (lambda n: ("的" * n + "甲" + "的" * n, "的" * 2 * n), 2000),
        (lambda n: ("甲乙" * n, "乙甲" * n), 0),
        (lambda n: ("甲乙，" * n, "，乙甲" * n), 0),
        (lambda n: ("".join(map(chr, range(20_000, 20_000 + n))), "".join(map(chr, range(20_000 + n, 20_000, -1)))), 1),
    ],
    ids=["equal", "one more", "shifted", "turned", "backwards"],
)
def test_the_work_grows_with_the_length(sides: Callable[[int], tuple[str, str]], least: int) -> None:
    (old, new), (longer_old, longer_new) = sides(1_000), sides(4_000)
    runs = shared_runs(old, new)
    assert sum(run.size for run in runs) >= least
    _check(old, new, runs)
    assert steps(lambda: shared_runs(longer_old, longer_new)) < 5 * steps(lambda: shared_runs(old, new))


@given(st.lists(st.integers(0, 20), max_size=12))
def test_the_longest_rising_subsequence(values: list[int]) -> None:
    chain = longest_rising(values)
    assert chain == sorted(set(chain))
    picked = [values[at] for at in chain]
    assert picked == sorted(set(picked))
    best = [0] * 22
    for value in values:
        best[value + 1] = max(best[value + 1], 1 + max(best[: value + 1]))
    assert len(chain) == max(best)
