"""Chinese numerals and the labels of numbered levels: 一、 （一） 1. （1） ①."""

from __future__ import annotations

import functools

from planwriter.start.patterns import regex
from planwriter.start.records import dataclass

_DIGITS = "零一二三四五六七八九"
_UNITS = ("", "十", "百", "千")
YEAR_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
"""The numerals of a year that is written out: 二〇二六."""
CIRCLED_MAX = 50
NUMERAL_MAX = 9999


def chinese_numeral(number: int) -> str:
    """`number` (1 to 9999) as official prose writes it: 十, 十一, 一百零一, 一百一十.

    Raises ValueError outside that range.
    """
    if not 1 <= number <= NUMERAL_MAX:
        raise ValueError(f"no Chinese numeral for {number}")
    text = ""
    pending_zero = False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            text += ("零" if pending_zero and text else "") + _DIGITS[digit] + _UNITS[place]
            pending_zero = False
        elif text:
            pending_zero = True
    return text[1:] if 10 <= number < 20 else text


def numeral_value(text: str) -> int | None:
    """The number of a Chinese numeral, such as 12 for 十二, 120000 for 十二万, 250 for 二百五十; None if it is none."""
    total = section = digit = 0
    for sign in text.replace("两", "二").replace("〇", "零"):
        if sign in _DIGITS:
            if digit:
                return None
            digit = _DIGITS.index(sign)
        elif sign in _UNITS[1:]:
            section, digit = section + (digit or 1) * 10 ** _UNITS.index(sign), 0
        elif sign in ("万", "亿"):
            total, section, digit = (total + section + digit) * (10**4 if sign == "万" else 10**8), 0, 0
        else:
            return None
    return total + section + digit if text else None


def circled(number: int) -> str:
    """`number` (1 to 50) in a circle: ①, ⑳, ㉑, ㊿. Raises ValueError outside that range."""
    if 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if 21 <= number <= 35:
        return chr(0x3251 + number - 21)
    if 36 <= number <= CIRCLED_MAX:
        return chr(0x32B1 + number - 36)
    raise ValueError(f"no circled numeral for {number}")


@dataclass(frozen=True, slots=True)
class LabelStyle:
    """The form of a level's label: the text before and after the number, and the numeral (一 1 ①)."""

    before: str
    numeral: str
    after: str

    def label(self, number: int) -> str:
        """The label of `number`, such as （十一）. Raises ValueError if the numeral does not reach that far."""
        if self.numeral == "一":
            return self.before + chinese_numeral(number) + self.after
        if self.numeral == "①":
            return self.before + circled(number) + self.after
        return f"{self.before}{number}{self.after}"


_SAMPLE = regex(r"([^一1①]{0,3})([一1①])([^一1①0-9]{0,3})")


@functools.cache
def parse_label_style(sample: str) -> LabelStyle:
    """The style of `sample`, the first label of a level (一、 （一） 1. 1、 （1） ① 第一章).

    Raises ValueError if the sample contains no 一, 1 or ①, or is too long to be a label.
    """
    match = _SAMPLE.fullmatch(sample)
    if match is None:
        raise ValueError(f"not a label: {sample!r}")
    before, numeral, after = match.groups()
    return LabelStyle(before, numeral, after + "\u3000" if after.endswith(_WORD_ENDS) else after)


_WORD_ENDS = ("章", "节", "条", "款", "篇", "编", "部", "部分")
"""A label that ends in one of these, such as 第一章, is followed by a wide space; 一、 and （一） are not."""

TYPED_LABEL = regex(
    r"(?:[（(][一二三四五六七八九十百]{1,4}[）)]|[一二三四五六七八九十百]{1,4}、|[（(]\d{1,3}[）)]|\d{1,3}(?:[．、]|\.(?!\d))|[①-⑳])\s*"
)
"""Matches a label typed by hand at the beginning of a title or paragraph."""
