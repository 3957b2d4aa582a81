"""What a cell shows: a day or a time as its number format writes it, as Excel does it in China."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from planwriter.language.numerals import chinese_numeral
from planwriter.sheets.number_formats import (
    SYSTEM_DAY,
    SYSTEM_TIME,
    FormatSection,
    FormatToken,
    Unshowable,
    sections_of,
)

_EPOCH = date(1899, 12, 30)
_LAST_DAY = 2_958_465
"""31 December 9999."""
_LEAP_DAY = 60
"""29 February 1900, which Excel counts."""
_DAY_SECONDS = 86_400
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_WEEK = "一二三四五六日"
_CHINESE_PLACES = ("804", "0804", "zh-cn", "zh")


def serial_of(value: date | time | timedelta) -> Decimal:
    """A day, a time or a span of time as the number that a cell holds."""
    if isinstance(value, time):
        value = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond)
    if isinstance(value, timedelta):
        return Decimal(value // timedelta(milliseconds=1)) / (_DAY_SECONDS * 1000)
    moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    made = serial_of(moment.replace(tzinfo=None) - datetime.combine(_EPOCH, time()))
    return made if made > _LEAP_DAY else made - 1


def day_text(value: Decimal, section: FormatSection) -> str:
    """The text of a number in a section that shows days or times. Raises Unshowable."""
    if section.place in SYSTEM_TIME:
        section = section._replace(tokens=_tokens("h:mm:ss"))
    elif section.place in SYSTEM_DAY:
        section = section._replace(tokens=_tokens("yyyy年m月d日"))
    tokens = section.tokens
    places = _second_places(tokens)
    seconds = (value * _DAY_SECONDS).quantize(Decimal(1).scaleb(-places), "ROUND_HALF_UP")
    return "".join(_pieces(tokens, seconds, places, section.place))


def _tokens(form: str) -> tuple[FormatToken, ...]:
    return sections_of(form)[0].tokens


def _second_places(tokens: tuple[FormatToken, ...]) -> int:
    """How many decimals of seconds a format shows: those behind the point after ss."""
    count, counting = 0, False
    for token in tokens:
        if token.kind == "point":
            counting = True
        elif token.kind == "digit" and counting:
            count += 1
        else:
            counting = False
    return min(count, 3)


def _pieces(tokens: tuple[FormatToken, ...], seconds: Decimal, places: int, place: str) -> list[str]:
    whole, part = divmod(seconds, 1)
    days, rest = divmod(int(whole), _DAY_SECONDS)
    if days > _LAST_DAY:
        raise Unshowable("日期太大")
    fraction = f"{part:.{places}f}"[2:] if places else ""
    halves = any(token.kind == "half" for token in tokens)
    made, before, after_point = [], "", False
    for at, token in enumerate(tokens):
        text = token.text.lower() if token.kind in ("day", "span") else token.text
        if token.kind == "digit":
            if not after_point:
                raise Unshowable("格式里日期和数混在一起")
            text, fraction = fraction[:1], fraction[1:]
        elif token.kind == "half":
            text = _half(token.text, rest)
        elif token.kind == "span":
            before, text = text[0], _padded(_elapsed(text[0], days * _DAY_SECONDS + rest), len(text))
        elif token.kind == "day":
            is_minute = text[0] == "m" and len(text) < 3 and (before == "h" or _next_is_second(tokens, at))
            before, text = text[0], _field(text, days, rest, place, is_minute=is_minute, halves=halves)
        elif token.kind in ("comma", "percent", "exponent", "general", "at"):
            text = token.text
        after_point = token.kind == "point" or (token.kind == "digit" and after_point)
        made.append(text)
    return made


def _next_is_second(tokens: tuple[FormatToken, ...], at: int) -> bool:
    later = next((token for token in tokens[at + 1 :] if token.kind in ("day", "span")), None)
    return later is not None and later.text[0] in "sS"


def _elapsed(unit: str, seconds: int) -> int:
    return seconds // {"h": 3600, "m": 60, "s": 1}[unit]


def _padded(number: int, width: int) -> str:
    return f"{number:0{min(width, 20)}}"


def _half(words: str, seconds: int) -> str:
    first, _, second = words.partition("/")
    return first if seconds < _DAY_SECONDS // 2 else second


def _field(text: str, days: int, seconds: int, place: str, *, is_minute: bool, halves: bool) -> str:
    """One field of a day or a time: yyyy, mm, d, h, ss, aaaa."""
    kind, width = text[0], len(text)
    if kind == "h":
        hour = seconds // 3600
        return _padded((hour % 12 or 12) if halves else hour, min(width, 2))
    if is_minute:
        return _padded(seconds // 60 % 60, min(width, 2))
    if kind == "s":
        return _padded(seconds % 60, min(width, 2))
    year, month, day, weekday = _parts(days)
    if kind == "y":
        return f"{year % 100:02}" if width < 3 else f"{year}"
    if kind == "e":
        return f"{year}"
    if kind == "a":
        return ("星期" if width == 4 else "") + _WEEK[weekday]
    if width > 2 and place in _CHINESE_PLACES:
        return _chinese_name(kind, width, month, weekday)
    if kind == "m":
        name = _MONTHS[month - 1]
        return _padded(month, width) if width < 3 else {3: name[:3], 4: name, 5: name[0]}.get(width, name)
    return _padded(day, width) if width < 3 else _DAYS[weekday][:3] if width == 3 else _DAYS[weekday]


def _chinese_name(kind: str, width: int, month: int, weekday: int) -> str:
    if kind == "d":
        return ("周" if width == 3 else "星期") + _WEEK[weekday]
    return f"{chinese_numeral(month)}月" if width == 4 else f"{month}月" if width == 3 else str(month)


def _parts(days: int) -> tuple[int, int, int, int]:
    """Year, month, day and day of the week (Monday is 0) of a number of days."""
    if days in (0, _LEAP_DAY):
        return (1900, 1, 0, 5) if not days else (1900, 2, 29, 2)
    shown = date.fromordinal(_EPOCH.toordinal() + days + (days < _LEAP_DAY))
    return shown.year, shown.month, shown.day, shown.weekday()


def official_day(value: Decimal, section: FormatSection) -> str | None:
    """A day in figures (yyyy-mm-dd, m/d/yy h:mm) in the official form of what it shows; None for any other format."""
    shows = [token for token in section.tokens if token.kind in ("day", "span", "half")]
    rest = "".join(token.text for token in section.tokens if token.kind not in ("day",))
    fields = {token.text[0].lower() for token in shows}
    if section.place in SYSTEM_DAY:
        return day_text(value, section)
    if any(token.kind != "day" for token in shows) or rest.strip(" -/.,:") or not fields <= set("ymdhs"):
        return None
    is_minutes = "h" in fields or "s" in fields
    months = sum(token.text[0] in "mM" for token in shows)
    has_month = months > is_minutes if "m" in fields else False
    if not has_month or not ("y" in fields or "d" in fields):
        return None
    year, month, day, _ = _parts(int((value * _DAY_SECONDS).quantize(Decimal(1), "ROUND_HALF_UP")) // _DAY_SECONDS)
    made = f"{year}年" if "y" in fields else ""
    made += f"{month}月" + (f"{day}日" if "d" in fields else "")
    if "h" not in fields:
        return made
    clock = "h:mm:ss" if "s" in fields else "h:mm"
    return f"{made} {day_text(value, section._replace(tokens=_tokens(clock)))}"
