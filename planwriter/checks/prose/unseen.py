"""Finds characters that nobody sees, odd spaces, and question marks that stand for a lost character (PW520, PW523)."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.checks.prose.slip import Slip, beside
from planwriter.start.patterns import regex

_UNSEEN = regex(
    "[\u00ad\u2000-\u200f\u202a-\u202f\u205f-\u2064\ufeff][\u00ad\u2000-\u200f\u202a-\u202f\u205f-\u2064\ufeff]*"
)
_SPACES = "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
_QUESTION = regex(r"\?(?<=[^\W\da-zA-Z_]\?)(?=[^\W\da-zA-Z_])")


def unseen(text: str) -> Iterator[Slip]:
    """The slips of one text."""
    for found in _UNSEEN.finditer(text):
        codes = "、".join(dict.fromkeys(f"U+{ord(mark):04X}" for mark in found.group()))
        which = "不常用的空格" if found.group()[0] in _SPACES else "看不见的字符"
        what = f"“{beside(text, found.start(), found.start(), 3)}”后面有{which}（{codes}）"
        advice = "删去它；多半是从网页、PDF 复制来的，查找、统计时会出错。"
        yield Slip(*found.span(), "PW520", what, advice, "", which)
    for found in _QUESTION.finditer(text) if "?" in text else ():
        shown = beside(text, *found.span(), 3)
        what = f"文字中间有半角问号“{shown}”，多半是丢了一个字"
        yield Slip(*found.span(), "PW523", what, "补上原来的字；真是问句的，改成全角的“？”。", kind="question")
