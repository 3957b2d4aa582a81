"""Number formats of workbooks (ECMA-376 18.8.31): their sections and tokens, read once, and the built-in ones."""

from __future__ import annotations

import functools
import re
from decimal import Decimal

from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex

GENERAL = "General"
MAX_FORMAT = 255
"""How long a number format may be, as in Excel."""
MAX_FORMATS = 4_000
"""How many number formats a workbook may name; Excel allows about 250."""
MAX_DECIMALS = 30
"""How many decimals a number format may show, as in Excel."""
MAX_TOKENS = 120
_MAX_SECTIONS = 4
_MONEY = '_ "¥"* #,##0{0}_ ;_ "¥"* \\-#,##0{0}_ ;_ "¥"* "-"{1}_ ;_ @_ '
_ACCOUNT = '_ * #,##0{0}_ ;_ * \\-#,##0{0}_ ;_ * "-"{1}_ ;_ @_ '
_TIME, _TIME_HALF = 'h"时"mm"分"', '上午/下午h"时"mm"分"'
_YEAR_MONTH, _MONTH_DAY = 'yyyy"年"m"月"', 'm"月"d"日"'
BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"¥"#,##0;"¥"\\-#,##0',
    6: '"¥"#,##0;[Red]"¥"\\-#,##0',
    7: '"¥"#,##0.00;"¥"\\-#,##0.00',
    8: '"¥"#,##0.00;[Red]"¥"\\-#,##0.00',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: _YEAR_MONTH,
    28: _MONTH_DAY,
    29: _MONTH_DAY,
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: _TIME,
    33: _TIME + 'ss"秒"',
    34: _TIME_HALF,
    35: _TIME_HALF + 'ss"秒"',
    36: _YEAR_MONTH,
    37: "#,##0;\\-#,##0",
    38: "#,##0;[Red]\\-#,##0",
    39: "#,##0.00;\\-#,##0.00",
    40: "#,##0.00;[Red]\\-#,##0.00",
    41: _ACCOUNT.format("", ""),
    42: _MONEY.format("", ""),
    43: _ACCOUNT.format(".00", "??"),
    44: _MONEY.format(".00", "??"),
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mmss.0",
    48: "##0.0E+0",
    49: "@",
    50: _YEAR_MONTH,
    51: _MONTH_DAY,
    52: _YEAR_MONTH,
    53: _MONTH_DAY,
    54: _MONTH_DAY,
    55: _TIME_HALF,
    56: _TIME_HALF + 'ss"秒"',
    57: _YEAR_MONTH,
    58: _MONTH_DAY,
}
"""The formats of ECMA-376 18.8.30 by their numbers, with those of zh-cn, and money and days as Excel shows them in China."""

_TOKEN = regex(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.?)|_(?P<gap>.?)|\*(?P<fill>.?)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<half>AM/PM|A/P|上午/下午)|(?P<exponent>[Ee][+-])"
    r"|(?P<day>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|[aA]{3,4}|e+)|(?P<digit>[0#?])|(?P<mark>[.,%/@;])|(?P<plain>.)",
    re.S,
)
_CONDITION = regex(r"(<=|>=|<>|<|>|=)\s*(-?\d{1,15}(?:\.\d{1,10})?)", re.ASCII)
_COLOUR = regex(
    r"black|blue|cyan|green|magenta|red|white|yellow|color ?\d{1,2}|颜色 ?\d{1,2}|[黑蓝青绿洋红白黄]+色?", re.I
)
_SPAN = regex(r"h+|m+|s+", re.I)
_CURRENCY = regex(r"\$([^-\]]*)(?:-([0-9A-Za-z-]{1,20}))?")
_PLAIN_PLACES = regex(r"0{0,4}[0-9A-Fa-f]{1,4}|[a-z]{2}(?:-[A-Za-z]{2,4})*", re.ASCII)
SYSTEM_DAY, SYSTEM_TIME = ("f800", "x-sysdate"), ("f400", "x-systime")


class Unshowable(Exception):
    """A cell whose text is not known; the message says why, in the writer's words."""


class FormatToken(NamedTuple):
    """A part of a section: its kind, and its text.

    The kinds: literal, digit (0 # ?), point, comma, percent, slash, exponent, at, general, half (AM/PM), day (y m d h s a e),
    span ([h] [m] [s]).
    """

    kind: str
    text: str


class FormatSection(NamedTuple):
    """A section of a number format."""

    tokens: tuple[FormatToken, ...]
    condition: tuple[str, Decimal] | None
    place: str
    """The language that the section names (804, zh-CN), in lower case; "" if none."""
    flaw: str
    """Why numbers in this section cannot be shown; "" if they can."""
    kinds: frozenset[str]
    """The kinds of its tokens."""

    @property
    def is_day(self) -> bool:
        """True if the section shows a day or a time."""
        return not self.kinds.isdisjoint(("day", "span", "half"))

    def has(self, kind: str) -> bool:
        """True if a token is of this kind."""
        return kind in self.kinds


@functools.lru_cache(maxsize=MAX_FORMATS)
def sections_of(form: str) -> tuple[FormatSection, ...]:
    """The sections of a number format, at least one and at most four."""
    parts: list[list[re.Match[str]]] = [[]]
    for match in _TOKEN.finditer(form):
        if match["mark"] == ";":
            parts.append([])
        else:
            parts[-1].append(match)
    return tuple(_section(part) for part in parts[:_MAX_SECTIONS])


_MARKS = {".": "point", ",": "comma", "%": "percent", "/": "slash", "@": "at"}


def _section(matches: list[re.Match[str]]) -> FormatSection:
    tokens: list[FormatToken] = []
    condition, place, flaw = None, "", ""
    for match in matches:
        kind, text = str(match.lastgroup), match[str(match.lastgroup)]
        if kind == "bracket":
            if known := _CONDITION.fullmatch(text):
                condition = known[1], Decimal(known[2])
            elif _SPAN.fullmatch(text):
                tokens.append(FormatToken("span", text.lower()))
            elif money := _CURRENCY.fullmatch(text):
                tokens.append(FormatToken("literal", money[1]))
                place = (money[2] or "").lower()
            flaw = _flaw_of_bracket(text) or flaw
        elif kind == "mark":
            tokens.append(FormatToken(_MARKS[text], text))
        elif kind in ("quoted", "escaped", "plain", "gap"):
            if kind == "plain" and text in "bBgGnN":
                flaw = f"格式里的“{text}”程序不会照样显示"
            if "\n" in text or "\r" in text:
                flaw = "格式里有换行，有一行看不见"
            _add_literal(tokens, " " if kind == "gap" else text)
        elif kind != "fill":
            tokens.append(FormatToken(kind, text))
    if len(tokens) > MAX_TOKENS:
        flaw = "格式太长"
    return FormatSection(tuple(tokens), condition, place, flaw, frozenset(token.kind for token in tokens))


def _flaw_of_bracket(text: str) -> str:
    """Why a number cannot be shown with what stands in brackets; "" if it can."""
    if _CONDITION.fullmatch(text) or _SPAN.fullmatch(text) or _COLOUR.fullmatch(text):
        return ""
    if money := _CURRENCY.fullmatch(text):
        place = (money[2] or "").lower()
        is_known = not place or place in (*SYSTEM_DAY, *SYSTEM_TIME) or _PLAIN_PLACES.fullmatch(place)
        return "" if is_known else f"格式里的“[{text}]”用的是别的历法或数字"
    if text.upper().startswith("DBNUM"):
        return f"格式里的“[{text}]”把数显示成中文数字，要印中文数字的，直接打出字来"
    return f"格式里的“[{text}]”程序不会照样显示"


def _add_literal(tokens: list[FormatToken], text: str) -> None:
    """Adds a literal text, to the one before it if there is one."""
    if tokens and tokens[-1].kind == "literal":
        tokens[-1] = FormatToken("literal", tokens[-1].text + text)
    else:
        tokens.append(FormatToken("literal", text))


def number_of(text: str) -> int | float:
    """The number that a file holds. Raises ValueError."""
    return float(text) if len(text) > 40 or any(mark in text for mark in ".eE") else int(text)
