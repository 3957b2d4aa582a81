"""Numbers that are not written as GB/T 15835 asks, and time for many of them."""

from __future__ import annotations

import pytest

from planwriter.checks.prose.numbers import DATE_KINDS, odd_numbers
from tests.growth import assert_linear_text


def test_a_number_is_told_once() -> None:
    found = list(odd_numbers("2026年03月05日，增长5—10%，约30人左右。"))
    assert [(slip.start, slip.new) for slip in found] == [(5, "3"), (8, "5"), (14, "5%"), (20, None)]


def test_the_kinds_of_dates_are_those_of_the_rules() -> None:
    kinds = {slip.kind for text in ("26年3月", "2026.3.5") for slip in odd_numbers(text)}
    assert kinds == DATE_KINDS


@pytest.mark.parametrize(
    "piece", ["1", "1.", "5—", "约3", "1，200人", "率达到9", "2千", "0", "1、2", "%", "二", "年3月"]
)
def test_many_numbers_are_read_in_linear_time(piece: str) -> None:
    assert_linear_text(lambda text: list(odd_numbers(text)), piece * (60_000 // len(piece)))
