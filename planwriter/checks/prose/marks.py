"""Finds marks that do not belong into Chinese prose: <<>>, --, ......, a hyphen in a range, half-width brackets (PW503)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planwriter.checks.prose.slip import Slip

_HAN = r"[㐀-鿿〇]"
_ANGLES = r"<<(?P<a>[^<>\n]{1,80})>>|<(?P<b>(?=[^㐀-鿿<>\n，。；]{0,80}[㐀-鿿])[^<>\n，。；]{1,160})>"
_DASHES = r"(?<=[㐀-鿿〇，。；：、”）》]) ?(?:-{2,}|－{2,}|–{2,}|―{2,}|——?-+) ?(?=[㐀-鿿〇“（《])"
_DOTS = r"(?<=[㐀-鿿〇、，。”）》)\d%％\0])(?:\.{3,}|·{3,}|．{3,}|。{3,}|(?<!…)…(?!…))"
_RANGE = r"(?<![\dA-Za-z.\-/－—–~～])(?P<first>\d{1,6}(?:\.\d+)?)(?P<sign>[%％]?)(?P<dash>-|－|–|~)(?P<second>\d{1,6}(?:\.\d+)?)(?![\d.\-/－–~A-Za-z])(?=[%％‰℃]|[年月日岁个人所万亿元倍级周天项家次名批条件套户亩米吨公平小时分度位处座份期辆节班届场门类种组届只头台村社街镇乡县市区省校园院厂队企辆根棵株])"
_BRACKETS = r"(?<!^)\((?P<inner>(?=[^㐀-鿿()（）\n]{0,80}[㐀-鿿])[^()（）\n]{1,160})\)"


def odd_marks(text: str) -> Iterator[Slip]:
    """The slips on marks of one text, in the order of the rules."""
    if "<" in text:
        for found in re.finditer(_ANGLES, text):
            inner = found["a"] or found["b"]
            yield _slip(found, "书名号用了", found.group(), f"改成《{inner}》。", f"《{inner}》")
    if "-" in text or "－" in text or "–" in text or "―" in text:
        for found in re.finditer(_DASHES, text):
            yield _slip(found, "破折号用了", found.group(), "改成“——”。", "——")
    if "-" in text or "－" in text or "–" in text or "~" in text:
        yield from _ranges(text)
    if "." in text or "…" in text or "·" in text or "．" in text:
        for found in re.finditer(_DOTS, text):
            yield _slip(found, "省略号用了", found.group(), "改成“……”；没写完的，写完。", "……")
    if "(" in text:
        for found in re.finditer(_BRACKETS, text, re.M):
            yield _slip(
                found, "汉字两边用了半角括号", found.group(), f"改成（{found['inner']}）。", f"（{found['inner']}）"
            )


def _ranges(text: str) -> Iterator[Slip]:
    for found in re.finditer(_RANGE, text):
        if found["first"].startswith("0") and len(found["first"]) > 1 and "." not in found["first"]:
            continue  # a telephone number
        start, end = found.span("dash")
        shown = f"{found.group()}{text[found.end() : found.end() + 1]}"
        what, new = ("半角的波浪号", "～") if found["dash"] == "~" else ("连字符", "—")
        advice = f"改成{'全角的“～”（或一字线“—”）' if new == '～' else '一字线“—”（或浪纹线“～”）'}。"
        yield Slip(start, end, "PW503", f"数值范围用了{what}“{shown}”", advice, new, "range")


def _slip(found: re.Match[str], what: str, mark: str, advice: str, new: str) -> Slip:
    return Slip(*found.span(), "PW503", f"{what}“{mark}”", advice, new, what)
