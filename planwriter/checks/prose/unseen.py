"""Finds characters that nobody sees: zero widths, soft hyphens, odd spaces, a space before % (PW520)."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.checks.prose.slip import Slip
from planwriter.start.patterns import regex

_INVISIBLE = regex("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+")
_ODD_SPACE = regex("[\u2000-\u200a\u202f\u205f]+")
_BEFORE_PERCENT = regex("(?<=\\d)[ \u00a0\u3000]+(?=[%％‰])")
_IN_FIGURE = regex(
    "(?<=\\d)[ \u00a0\u3000]*\\.[ \u00a0\u3000]+(?=\\d{1,3}[%％万亿倍])|(?<=\\d)[ \u00a0\u3000]+\\.(?=\\d{1,3}[%％万亿倍])"
)
_SPACED = ("%", "％", "‰", "万", "亿", "倍")


def unseen(text: str) -> Iterator[Slip]:
    """The slips of one text."""
    if text.isprintable() and " " not in text:  # only the ASCII space is printable among spaces
        return
    for found in _INVISIBLE.finditer(text):
        codes = "、".join(dict.fromkeys(f"U+{ord(mark):04X}" for mark in found.group()))
        what = f"“{text[max(0, found.start() - 3) : found.start()]}”后面有看不见的字符（{codes}）"
        advice = "删去它；多半是从网页、PDF 复制来的，查找、统计时会出错。"
        yield Slip(*found.span(), "PW520", what, advice, "", "invisible")
    for found in _ODD_SPACE.finditer(text):
        what = f"“{text[max(0, found.start() - 3) : found.start()]}”后面有不常用的空格（U+{ord(found.group()[0]):04X}）"
        yield Slip(*found.span(), "PW520", what, "删去它。", "", "space")
    if any(sign in text for sign in _SPACED):
        for found in _BEFORE_PERCENT.finditer(text):
            yield Slip(*found.span(), "PW520", "数字和百分号中间有空格", "删去空格。", "", "percent")
        for found in _IN_FIGURE.finditer(text):
            yield Slip(*found.span(), "PW520", "小数点旁边有空格", "删去空格。", ".", "figure")
