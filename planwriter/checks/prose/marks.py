"""Finds marks that do not belong into Chinese prose: <<>>, --, ......, a hyphen in a range, half-width brackets (PW503)."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.checks.prose.slip import Slip
from planwriter.start.patterns import re, regex

_LETTER = r"[^\W\da-zA-Z_]"  # Chinese characters and a few more: a range of code points takes 1 ms to compile
_ANGLES = regex(r"<<(?P<a>[^<>\n]{1,80})>>|<(?P<b>(?=[^㐀-鿿<>\n，。；]{0,80}[㐀-鿿])[^<>\n，。；]{1,160})>")
_DASHES = regex(
    rf"(?:(?<={_LETTER})|(?<=[，。；：、”）》])) ?(?:-{{2,}}|－{{2,}}|–{{2,}}|―{{2,}}|——?-+) ?(?={_LETTER}|[“（《])"
)
_DASH_SIGNS = ("--", "－－", "––", "――", "—-")
_DOTS = regex(r"(?<=[^\s.·．。…a-zA-Z])(?:\.{3,}|·{3,}|．{3,}|。{3,}|(?<!…)…(?!…))")
_DOT_SIGNS = ("...", "···", "．．．", "。。。", "…")
"""Patterns are not compiled but after a quick search for a sign, so that the program starts faster."""
_RANGE = regex(
    r"(?<![\dA-Za-z.\-/－—–~～])(?P<first>\d{1,6}(?:\.\d+)?)(?P<sign>[%％]?)(?P<dash>-{1,2}|－|–|~)(?P<second>\d{1,6}(?:\.\d+)?)(?![\d.\-/－–~A-Za-z])(?=[%％‰℃]|[年月日岁个人所万亿元倍级周天项家次名批条件套户亩米吨公平小时分度位处座份期辆节班届场门类种组届只头台村社街镇乡县市区省校园院厂队企辆根棵株])"
)
_BEHIND_FIGURES = ("%", "％", "年", "月", "日", "号")
_DATES = regex(r"(?<!\d)(?P<first>\d{1,4}[年月日号])(?P<dash>-{1,2}|－|–|~)\d{1,4}(?=[年月日号])")
_TELEPHONE = regex(r"(?<![\d.])0\d{2,3}(?P<dash>[—－–～~])[2-8]\d{6,7}(?!\d)")
_BRACKETS = regex(r"(?<!^)\((?P<inner>(?=[^㐀-鿿()（）\n]{0,80}[㐀-鿿])[^()（）\n]{1,160})\)", re.M)


def odd_marks(text: str) -> Iterator[Slip]:
    """The slips on marks of one text, in the order of the rules."""
    if "<" in text:
        for found in _ANGLES.finditer(text):
            inner = found["a"] or found["b"]
            yield _slip(found, "书名号用了", found.group(), f"改成《{inner}》。", f"《{inner}》")
    if any(map(text.__contains__, _DASH_SIGNS)):
        for found in _DASHES.finditer(text):
            yield _slip(found, "破折号用了", found.group(), "改成“——”。", "——")
    if _has_range(text, "-－–~"):
        yield from _ranges(text)
    if "0" in text and _has_range(text, "—－–～~"):
        for found in _TELEPHONE.finditer(text):
            what = f"电话号码里用了“{found['dash']}”"
            yield Slip(*found.span("dash"), "PW503", what, "改成半角的连字符“-”。", "-", "telephone")
    if any(map(text.__contains__, _DOT_SIGNS)):
        for found in _DOTS.finditer(text):
            yield _slip(found, "省略号用了", found.group(), "改成“……”；没写完的，写完。", "……")
    if "(" in text:
        for found in _BRACKETS.finditer(text):
            yield _slip(
                found, "汉字两边用了半角括号", found.group(), f"改成（{found['inner']}）。", f"（{found['inner']}）"
            )


def _ranges(text: str) -> Iterator[Slip]:
    for found in (*_RANGE.finditer(text), *_DATES.finditer(text)):
        if found["first"].startswith("0") and len(found["first"]) > 1 and found["first"].isdecimal():
            continue  # a telephone number
        start, end = found.span("dash")
        shown = f"{found.group()}{text[found.end() : found.end() + 1]}"
        what, new = ("半角的波浪号", "～") if found["dash"] == "~" else ("连字符", "—")
        advice = f"改成{'全角的“～”（或一字线“—”）' if new == '～' else '一字线“—”（或浪纹线“～”）'}。"
        yield Slip(start, end, "PW503", f"数值范围用了{what}“{shown}”", advice, new, "range")


def _places(sign: str, text: str) -> Iterator[int]:
    at = text.find(sign)
    while at >= 0:
        yield at
        at = text.find(sign, at + 1)


def _has_range(text: str, signs: str) -> bool:
    """True if one of the signs stands between figures, as in 3-6月, 3月~6月, 3--5人."""
    return any(_is_in_a_range(text, at) for sign in signs for at in _places(sign, text))


def _is_in_a_range(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return (before.isdecimal() or before in _BEHIND_FIGURES) and (after.isdecimal() or after == "-")


def _slip(found: re.Match[str], what: str, mark: str, advice: str, new: str) -> Slip:
    return Slip(*found.span(), "PW503", f"{what}“{mark}”", advice, new, what)
