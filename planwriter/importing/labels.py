"""The label at the beginning of a line: its series, its number, its spelling, and the text after it."""

from __future__ import annotations

import functools
import re

from planwriter.language.numerals import (
    CIRCLED_MAX,
    LabelStyle,
    chinese_numeral,
    circled,
    numeral_value,
    parse_label_style,
)
from planwriter.start.enums import IntEnum
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex


class LabelSeries(IntEnum):
    """A sort of label, in the order in which one usually stands over the next."""

    PART = 0
    """第一部分"""
    CHAPTER_WORD = 1
    """第一章"""
    SECTION_WORD = 2
    """第一节"""
    ARTICLE = 3
    """第一条"""
    NUMERAL = 4
    """一、"""
    NUMERAL_IN_BRACKETS = 5
    """（一）"""
    DIGIT = 6
    """1."""
    DIGIT_IN_BRACKETS = 7
    """（1）"""
    DIGIT_BEFORE_BRACKET = 8
    """1）"""
    CIRCLED = 9
    """①"""
    FIRSTLY = 10
    """一是"""
    FIRST = 11
    """第一，"""


class TypedLabel(NamedTuple):
    """A label: 一、, （二）, 3., ④, and the text that follows it."""

    series: LabelSeries
    number: int
    style: LabelStyle
    rest: str
    """The text after the label, without blanks at its beginning."""
    doubtful: bool = False
    """True if what looks like a label may be a part of the text: 一、二、三产业. It is one if its number comes next."""

    @property
    def sign(self) -> str:
        """The label in the form in which labels are compared: 1．, 1、 and 1. are the same."""
        return f"\x01{self.series.value}:{self.number}\x02"


_NUMERAL = r"(?P<n>[一二三四五六七八九十百零〇]{1,7})"
_DIGITS = r"(?P<n>[0-9０-９]{1,3})"
_EITHER = r"(?P<n>[一二三四五六七八九十百零〇]{1,7}|[0-9０-９]{1,3})"
_FORMS = {
    LabelSeries.PART: regex(rf"(?P<before>第)\s*{_EITHER}\s*(?P<after>部\s*分|篇|编)(?P<mark>\s*[：:、]|(?=\s|$)|(?![的至到和与享析及]))"),
    LabelSeries.CHAPTER_WORD: regex(rf"(?P<before>第)\s*{_EITHER}\s*(?P<after>章)(?P<mark>\s*[：:、]|(?=\s|$)|(?![的至到和与及规]))"),
    LabelSeries.SECTION_WORD: regex(rf"(?P<before>第)\s*{_EITHER}\s*(?P<after>节)(?P<mark>\s*[：:、]|(?=\s|$)|(?![的至到和与及课规]))"),
    LabelSeries.ARTICLE: regex(rf"(?P<before>第)\s*{_EITHER}\s*(?P<after>条)(?P<mark>\s*[：:、]|(?=\s|$))"),
    LabelSeries.FIRST: regex(rf"(?P<before>第){_NUMERAL}(?P<after>[，,：:、])(?P<mark>)"),
    LabelSeries.FIRSTLY: regex(rf"(?P<before>){_NUMERAL}(?P<after>是)(?P<mark>)"),
    LabelSeries.NUMERAL: regex(rf"(?P<before>){_NUMERAL}\s*(?P<after>[、.．﹒])(?P<mark>)"),
    LabelSeries.NUMERAL_IN_BRACKETS: regex(rf"(?P<before>[（(﹙])\s*{_NUMERAL}\s*(?P<after>[）)﹚])(?P<mark>\s*[、.．，,：:])?"),
    LabelSeries.DIGIT: regex(rf"(?P<before>){_DIGITS}\s*(?P<after>、|[.．﹒])(?P<mark>)"),
    LabelSeries.DIGIT_IN_BRACKETS: regex(rf"(?P<before>[（(﹙])\s*{_DIGITS}\s*(?P<after>[）)﹚])(?P<mark>\s*[、.．，,：:])?"),
    LabelSeries.DIGIT_BEFORE_BRACKET: regex(rf"(?P<before>){_DIGITS}\s*(?P<after>[）)])(?P<mark>\s*[、.．])?"),
    LabelSeries.CIRCLED: regex(r"(?P<before>)(?P<n>[①-⑳㉑-㉟㊱-㊿])(?P<after>)(?P<mark>\s*[、.．])?"),
}  # fmt: skip
_MAX_LABEL = 20
_COMPOSED = {**{chr(0x2488 + n): f"{n + 1}." for n in range(20)}, **{chr(0x2474 + n): f"({n + 1})" for n in range(20)}}
_COMPOSED |= {chr(0x3220 + n): f"({chinese_numeral(n + 1)})" for n in range(10)}
"""Labels that are one character: ⒈ ⑴ ㈠."""
_CIRCLES = {circled(number): number for number in range(1, CIRCLED_MAX + 1)}
_OF_FIRST = {
    "第": (
        LabelSeries.PART,
        LabelSeries.CHAPTER_WORD,
        LabelSeries.SECTION_WORD,
        LabelSeries.ARTICLE,
        LabelSeries.FIRST,
    ),
    **dict.fromkeys("一二三四五六七八九十百", (LabelSeries.NUMERAL, LabelSeries.FIRSTLY)),
    **dict.fromkeys("（(﹙", (LabelSeries.NUMERAL_IN_BRACKETS, LabelSeries.DIGIT_IN_BRACKETS)),
    **dict.fromkeys("0123456789０１２３４５６７８９", (LabelSeries.DIGIT, LabelSeries.DIGIT_BEFORE_BRACKET)),
    **dict.fromkeys(_CIRCLES, (LabelSeries.CIRCLED,)),
}
"""The series whose labels can begin with a character."""
_FOLDED = str.maketrans("０１２３４５６７８９﹙﹚﹒", "0123456789（）．")
_BLANKS = regex(r"\s+")
_YEAR = regex(r"(?:19|20)\d\d[年—至-]")
_NUMERALS = "一二三四五六七八九十"


@functools.lru_cache(maxsize=1 << 15)
def read_label(text: str) -> TypedLabel | None:
    """The label at the beginning of a text; None if there is none."""
    text = text.lstrip()
    first = text[:1]
    if first in _COMPOSED:
        text = _COMPOSED[first] + text[1:].lstrip(".．、")
        first = text[:1]
    for series in _OF_FIRST.get(first, ()):
        match = _FORMS[series].match(text)
        if match is None or match.end() > _MAX_LABEL:
            continue
        number = _number(match["n"])
        if number and not _is_decimal(match, text):
            before, after = (_BLANKS.sub("", match[part] or "").translate(_FOLDED) for part in ("before", "after"))
            after += _BLANKS.sub("", match["mark"] or "")
            numeral = "①" if series is LabelSeries.CIRCLED else "1" if match["n"].translate(_FOLDED).isascii() else "一"
            rest = text[match.end() :].lstrip()
            style = parse_label_style(before + numeral + after)
            return TypedLabel(series, number, style, rest, _is_doubtful(series, rest))
    return None


def _is_decimal(match: re.Match[str], text: str) -> bool:
    """True for 1.5万: a point with a digit right behind it, unless that begins a year."""
    at = match.end()
    return text[at - 1] in ".．﹒" and text[at : at + 1].isdigit() and _YEAR.match(text, at) is None


def _number(typed: str) -> int:
    """The number of a numeral that is written as labels are; 0 if it is not."""
    if typed in _CIRCLES:
        return _CIRCLES[typed]
    typed = typed.translate(_FOLDED)
    if typed.isascii():
        return int(typed) if typed[0] != "0" else 0
    number = numeral_value(typed) or 0
    return number if number and chinese_numeral(number) == typed else 0


def _is_doubtful(series: LabelSeries, rest: str) -> bool:
    if series in (LabelSeries.NUMERAL, LabelSeries.FIRST):
        return rest[:1] in _NUMERALS
    if series is LabelSeries.DIGIT:
        return rest[:1].isdigit()
    return series is LabelSeries.FIRSTLY
