"""Official dates: 2026年3月5日, with a full year and no zero before month and day (GB/T 9704 7.3.5.4)."""

from __future__ import annotations

from planwriter.language.numerals import numeral_value
from planwriter.start.patterns import re, regex

_DAY = regex(r"(\d{4})年(\d+)月(\d+)日", re.ASCII)
_DATE = regex(
    r"((?:19|20)\d\d)年(?:(1[0-2]|[1-9])月(?:(3[01]|[12]\d|[1-9])日)?)?"
    r"|((?:19|20)\d\d)-(0?[1-9]|1[0-2])(?:-(3[01]|[12]\d|0?[1-9]))?",
    re.ASCII,
)
_SHIFTS = (0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4)
"""By how many days of the week the months are shifted."""
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def official_date(given: str) -> str | None:
    """The official form of a date typed as 2026年3月5日 or 2026-03-05, also without its day (2026年3月); None if invalid."""
    match = _DATE.fullmatch(given)
    if match is None:
        return None
    year, month, day = match[1] or match[4], match[2] or match[5], match[3] or match[6]
    if (
        month
        and day
        and int(day) > (28 if month.lstrip("0") == "2" and not is_leap(int(year)) else _DAYS[int(month) - 1])
    ):
        return None
    return f"{year}年" + (f"{int(month)}月" if month else "") + (f"{int(day)}日" if day else "")


_SPELLED = regex("([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]")
_DIGITS = {sign: str(at % 10) for at, sign in enumerate("零一二三四五六七八九〇")} | {"○": "0"}


def spelled_date(given: str) -> str | None:
    """The official form of a day spelled in Chinese numerals, 二〇二六年三月五日, as was usual before 2012; None if it is none."""
    match = _SPELLED.fullmatch(given)
    if match is None:
        return None
    month, day = (numeral_value(each) for each in match.groups()[1:])
    return official_date(f"{''.join(_DIGITS[sign] for sign in match[1])}-{month}-{day}")


def is_leap(year: int) -> bool:
    """True for a year with a 29th of February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def weekday(year: int, month: int, day: int) -> int:
    """The day of the week of a date, 0 for Sunday."""
    before = year - (month < 3)
    return (before + before // 4 - before // 100 + before // 400 + _SHIFTS[month - 1] + day) % 7


def iso_date(given: str) -> str | None:
    """A full date, typed as 2026年3月5日 or 2026-3-5, as 2026-03-05, which can be compared as text; None if invalid."""
    match = _DAY.fullmatch(official_date(given) or "")
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if match else None


def months_between(first: str, last: str) -> int:
    """The full months from one day to a later one, both written 2026-01-31."""
    year, month, day = map(int, first.split("-"))
    last_year, last_month, last_day = map(int, last.split("-"))
    return (last_year - year) * 12 + last_month - month - (last_day < day)
