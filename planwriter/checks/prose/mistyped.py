"""Finds figures with a letter in them, and words behind a figure that are typed twice: 2l0户, 480万万元, 的的 (PW510)."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.checks.prose.slip import Slip
from planwriter.start.patterns import regex

_MAGNITUDES = regex(r"(?<=\d)(?P<word>[万亿])(?P=word)")
_TWICE = regex(
    r"(?<=\d)(?P<word>万元|亿元|万人|人次|平方米|公里|个百分点|[元亩吨%％‰])(?P=word)(?![旦均])"
    r"|(?<![目标有是])(?P<of>的)的(?![确士])"
)
_TWICE_SIGNS = (
    "的的",
    "元元",
    "亩亩",
    "吨吨",
    "%%",
    "％％",
    "‰‰",
    "元万元",
    "元亿元",
    "人万人",
    "次人次",
    "米平方米",
    "里公里",
    "点个百",
)
_FIGURE = regex(r"(?<![A-Za-z\d.,])\d[\d.,lIO]{1,15}(?=[^\W\da-zA-Z_]|%|\Z)")
_LETTERS = regex(r"[lI](?![\dlIO])|O(?=[.,])")
"""Matches letters that are no mistyped digits: 5l水桶, 3I类."""
_DIGITS = str.maketrans("lIO", "110")


def mistyped(text: str) -> Iterator[Slip]:
    """The slips of one text. A figure is shown as it was probably meant, but it is for the author to say."""
    if "万万" in text or "亿亿" in text:
        for found in _MAGNITUDES.finditer(text):
            word = found["word"]
            advice = f"多打的，删去一个“{word}”；真有这么多的，换一个大的单位。"
            yield Slip(*found.span(), "PW510", f"数字后面的“{word}”写了两遍", advice, kind="magnitude")
    for found in _TWICE.finditer(text) if any(sign in text for sign in _TWICE_SIGNS) else ():
        word = found["word"] or found["of"]
        what = f"“{word}”写了两遍“{text[max(0, found.start() - 4) : found.end() + 2]}”".replace("\n", "")
        yield Slip(*found.span(), "PW510", what, "删去一个。", word, "twice")
    if any(letter in text for letter in "lIO"):
        for found in _FIGURE.finditer(text):
            figure = found.group()
            if not _LETTERS.search(figure) and any(each in figure for each in "lIO"):
                what = f"“{figure}”里有英文字母，不全是数字"
                advice = f"核对后改成“{figure.translate(_DIGITS)}”。"
                yield Slip(*found.span(), "PW510", what, advice, kind="letter")
