"""Finds figures that have lost a character: a rate without %, l00%, 35年 for 3—5年, 20242026年 (PW523)."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.checks.prose.slip import Slip
from planwriter.start.patterns import regex

_RATE = regex(
    r"(?:(?<!容积)(?<!频)(?<!汇)(?<!心)(?<!功)(?<!速)(?<!杠杆)率|占比|比例|比重|覆盖面)(?:均|全部|力争|要|应|总体|稳定|分别|保持|年均)?"
    r"(?:达到|提高到|提升到|增加到|降低到|下降到|保持在|稳定在|控制在|提升至|提高至|降至|增至|不低于|不少于|不高于|不超过|高于|低于|超过|达|为)"
    r"(?P<n>\d{1,3}(?:\.\d{1,3})?)(?:以上|以内|以下|左右)?(?=[，。；、）\n]|\Z)"
)
_RATES = ("率", "占比", "比例", "比重", "覆盖面")
_FROM_TO = regex(
    r"(?:由|从)(?P<a>\d{1,3}(?:\.\d{1,3})?)(?:增加|提高|提升|上升|增长|下降|降低|降|提|升)(?:到|至|为)(?P<b>\d{1,3}(?:\.\d{1,3})?)[%％]"
)
_LETTER = regex(
    r"(?<![A-Za-z0-9./-])[lI]\d{1,6}(?:\.\d{1,4})?(?=[%％个名所家户亩万亿元条项])|(?<![A-Za-z0-9./-])O\.\d{1,4}(?=[%％万亿倍元])"
)
_YEARS = regex(
    r"(?P<lead>未来|今后|力争|再用|争取用|通过|利用|用|经过)(?P<a>[1-5])(?P<b>[2-9])年(?=时间|左右|内|的?努力|，|。|的)"
)
_SPAN = regex(r"(?<!\d)(?P<a>20\d\d)(?P<b>20\d\d)(?=年)")
_ONE_AS_DASH = regex(r"(?<=\d)(?P<dash>一)(?=\d)")
_PERCENT = regex(r"(?<=\d)(?:[oO]/[oO]|[oO]／[oO])")
_POINTS = regex(r"(?<![\d.A-Za-z])\d{1,4}\.\d{1,4}\.\d{1,4}(?=[%％万亿])|\d\.[%％]")
_QUESTION = regex(r"(?<=[^\W\da-zA-Z_])\?(?=[^\W\da-zA-Z_])")
_SIGN = "PW523"


def lost_characters(text: str) -> Iterator[Slip]:
    """The slips of one text."""
    if "?" in text:
        for found in _QUESTION.finditer(text):
            shown = text[max(0, found.start() - 3) : found.end() + 3]
            what = f"文字中间有半角问号“{shown}”，多半是丢了一个字"
            yield Slip(*found.span(), _SIGN, what, "补上原来的字；真是问句的，改成全角的“？”。", kind="question")
    if any(word in text for word in _RATES):
        for found in _RATE.finditer(text):
            if 1 < float(found["n"]) <= 100:
                what = f"“{found.group()}”没有写百分号"
                yield Slip(*found.span("n"), _SIGN, what, f"是百分数的，写成“{found['n']}%”。", kind="rate")
    if ("由" in text or "从" in text) and ("%" in text or "％" in text):
        for found in _FROM_TO.finditer(text):
            what = f"“{found.group()}”前一个数没有写百分号"
            yield Slip(*found.span("a"), _SIGN, what, f"改成“{found['a']}%”。", f"{found['a']}%", "rate")
    if any(letter in text for letter in "lIO"):
        for found in _LETTER.finditer(text):
            new = found.group().translate(_DIGITS)
            what = f"“{found.group()}”开头是英文字母，不是数字"
            yield Slip(*found.span(), _SIGN, what, f"核对后改成“{new}”。", kind="letter")
    for found in _YEARS.finditer(text) if "年" in text and any(lead in text for lead in _LEADS) else ():
        first, second = int(found["a"]), int(found["b"])
        if 0 < second - first <= 2:
            what = f"“{found['a']}{found['b']}年”中间像是丢了一字线"
            advice = f"是 {first} 到 {second} 年的，写成“{first}—{second}年”；真是 {first}{second} 年的，不用改。"
            yield Slip(found.start("a"), found.end("b") + 1, _SIGN, what, advice, kind="years")
    for found in _SPAN.finditer(text) if "20" in text else ():
        new = f"{found['a']}—{found['b']}"
        yield Slip(*found.span(), _SIGN, f"“{found.group()}年”两个年份中间丢了一字线", f"改成“{new}年”。", new, "span")
    for found in _ONE_AS_DASH.finditer(text) if "一" in text else ():
        shown = text[max(0, found.start() - 4) : found.end() + 4]
        yield Slip(*found.span(), _SIGN, f"“{shown}”里的一字线打成了汉字“一”", "改成“—”。", "—", "dash")
    if "/" in text or "／" in text:
        for found in _PERCENT.finditer(text):
            what = f"百分号打成了字母“{found.group()}”"
            yield Slip(*found.span(), _SIGN, what, "改成“%”。", "%", "percent")
    if "." in text:
        for found in _POINTS.finditer(text):
            what = f"“{found.group()}”有多余的小数点，或者丢了数字"
            yield Slip(*found.span(), _SIGN, what, "核对原来的数。", kind="points")


_LEADS = ("未来", "今后", "力争", "用", "通过", "经过")
_DIGITS = str.maketrans("lIO", "110")
