"""What a number format makes of a number: a number still, a day or a time; the formats that need no name in the file."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

from planwriter.start.patterns import regex

Value: TypeAlias = "str | bool | int | float | date | time | timedelta | None"

GENERAL = "General"
MAX_FORMAT = 1_000
"""How long a number format may be; Excel allows 255 characters."""
MAX_DECIMALS = 30
"""How many decimals a number format may show, as in Excel."""
BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"$"#,##0_);("$"#,##0)',
    6: '"$"#,##0_);[Red]("$"#,##0)',
    7: '"$"#,##0.00_);("$"#,##0.00)',
    8: '"$"#,##0.00_);[Red]("$"#,##0.00)',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "mm-dd-yy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "m/d/yy h:mm",
    37: "#,##0_);(#,##0)",
    38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)",
    41: r'_(* #,##0_);_(* \(#,##0\);_(* "-"_);_(@_)',
    42: r'_("$"* #,##0_);_("$"* \(#,##0\);_("$"* "-"_);_(@_)',
    43: r'_(* #,##0.00_);_(* \(#,##0.00\);_(* "-"??_);_(@_)',
    44: r'_("$"* #,##0.00_)_("$"* \(#,##0.00\)_("$"* "-"??_)_(@_)',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mmss.0",
    48: "##0.0E+0",
    49: "@",
}
"""The formats of ECMA-376 18.8.30 by their numbers."""
_NOT_A_DAY = regex(r'"[^"]*"|\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]')
_DAY = regex(r"(?<![_\\])[dmhysDMHYS]")
_SPAN = regex(r"\[hh?\]|\[mm?\]|\[ss?\]", re.I)
_FIRST_DAY, _FIRST_DAY_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_MILLISECONDS = 24 * 60 * 60 * 1000


def is_day(form: str) -> bool:
    """True if a format shows a number as a day or a time."""
    return _DAY.search(_NOT_A_DAY.sub("", form.partition(";")[0])) is not None


def number_of(text: str) -> int | float:
    """The number that a file holds. Raises ValueError."""
    return float(text) if len(text) > 40 or any(mark in text for mark in ".eE") else int(text)


def day_of(number: int | float, form: str, *, epoch_1904: bool) -> date | time | timedelta | None:
    """The day, the time or the span of time that a number means; None if there is none."""
    try:
        if _SPAN.search(form.partition(";")[0]):
            return timedelta(milliseconds=round(timedelta(days=number).total_seconds() * 1000))
        day, fraction = divmod(number, 1)
        rest = timedelta(milliseconds=round(fraction * _MILLISECONDS))
        if 0 <= number < 1 and not rest.days:
            return (datetime.min + rest).time()
        if 0 < number < 60 and not epoch_1904:
            day += 1  # Excel counts a 29 February 1900
        return (_FIRST_DAY_1904 if epoch_1904 else _FIRST_DAY) + timedelta(days=day) + rest
    except (OverflowError, ValueError):
        return None
