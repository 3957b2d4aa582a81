"""Days of the week."""

from __future__ import annotations

import datetime

from planwriter.language.dates import weekday


def test_the_day_of_the_week_of_a_date() -> None:
    for year in (1999, 2000, 2026, 2028, 2100):
        for month, day in ((1, 1), (2, 28), (3, 1), (12, 31)):
            assert weekday(year, month, day) == datetime.date(year, month, day).isoweekday() % 7
