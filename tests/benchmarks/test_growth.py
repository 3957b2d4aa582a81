"""The growth exponent."""

import math

import pytest

from benchmarks.growth import exponent

SIZES = (100, 2_000, 10_000, 20_000)


@pytest.mark.parametrize("power", [1, 1.5, 2])
def test_the_exponent_is_that_of_the_time_above_the_smallest_plans(power: float) -> None:
    times = [0.2 + (size - 100) ** power * 1e-6 for size in SIZES]
    assert exponent(SIZES, times) == pytest.approx(power)


def test_times_that_do_not_grow_have_none() -> None:
    assert math.isnan(exponent(SIZES, [0.2, 0.2, 0.3, 0.4]))
