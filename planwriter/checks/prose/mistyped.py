"""Finds slips of the keyboard: 2l0户, 480万万元, 的的, 确保确保, 防止不发生 (PW510)."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.checks.prose.numbers import TYPED_DIGITS
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
_VERBS = "确保|加强|推进|推动|完善|健全|提高|提升|强化|深化|坚持|开展|实施|建立|进一步|切实|积极|深入|扎实|全面"
_VERB_TWICE = regex(rf"(?P<verb>{_VERBS})(?P=verb)")
_VERB_SIGNS = tuple(f"{verb[-1]}{verb[0]}" for verb in _VERBS.split("|"))
_NOT_NOT = regex(r"(?:防止|避免|杜绝|严防)(?P<no>不要|不再|不)(?=发生|出现|产生)")
"""Matches a negation that turns what is meant round: 防止不发生事故."""
_FIGURE = regex(r"(?<![A-Za-z\d.,])\d[\d.,lIO]{1,15}(?=[^\W\da-zA-Z_]|%|\Z)")
_LETTERS = regex(r"[lI](?![\dlIO])|O(?=[.,])")
"""Matches letters that are no mistyped digits: 5l水桶, 3I类."""


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
    for found in _VERB_TWICE.finditer(text) if any(sign in text for sign in _VERB_SIGNS) else ():
        word = found["verb"]
        yield Slip(*found.span(), "PW510", f"“{word}”写了两遍", "删去一个。", word, "twice")
    if "防" in text or "避免不" in text or "杜绝不" in text:
        for found in _NOT_NOT.finditer(text):
            what = f"“{found.group()}”多了否定的字，意思反了"
            yield Slip(*found.span("no"), "PW510", what, f"删去“{found['no']}”。", "", "negation")
    if any(letter in text for letter in "lIO"):
        for found in _FIGURE.finditer(text):
            figure = found.group()
            if not _LETTERS.search(figure) and any(each in figure for each in "lIO"):
                what = f"“{figure}”里有英文字母，不全是数字"
                advice = f"核对后改成“{figure.translate(TYPED_DIGITS)}”。"
                yield Slip(*found.span(), "PW510", what, advice, kind="letter")
