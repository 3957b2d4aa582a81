"""Finds characters that a printed page cannot show as typed: private-use ones, radicals, those that the font lacks."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from planwriter.checks.prose.slip import Slip
from planwriter.start.patterns import re, regex

_RARE = regex(r"[\u2e80-\u2fdf\u3400-\u4dbf\ue000-\uf8ff\uf900-\ufaff\ufffd\U00020000-\U0003ffff\U000f0000-\U0010ffff]")
_IDEOGRAPHS = regex(r"[\u4e00-\u9fff]")


def odd_characters(text: str, charset: str = "") -> Iterator[Slip]:
    """The slips of one text; `charset` is the set of the layout's body font (gb2312 or gbk), "" if it has all characters."""
    if text.isascii():
        return
    for found in _RARE.finditer(text):
        yield from _rare(found, charset)
    if charset:
        try:
            text.encode(charset)
        except UnicodeEncodeError:
            for found in _IDEOGRAPHS.finditer(text):
                if not _has(charset, found.group()):
                    yield _lacking(found, charset)


def is_usual(text: str) -> bool:
    """True if every common font has all characters of a text, so that no character of it can be odd."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return all(mark in _COMMON or mark.encode("gb2312", "ignore") for mark in text)
    return True


_COMMON = frozenset("—–‑•·\u00a0\u3000€™©®²³㎡㎜㎝㎞㏄％")


def _rare(found: re.Match[str], charset: str) -> Iterator[Slip]:
    mark = found.group()
    usual = unicodedata.normalize("NFKC", mark)
    if usual != mark and len(usual) == 1:
        what = f"“{mark}”（U+{ord(mark):04X}）是部首、兼容字的代码，不是汉字“{usual}”"
        yield Slip(*found.span(), "PW509", what, f"改成“{usual}”；多半是从 PDF 复制来的。", usual)
    elif unicodedata.category(mark) == "Co" or mark == "\ufffd":
        what = f"有造字或丢失了的字（U+{ord(mark):04X}），别的电脑上显示不出来"
        yield Slip(*found.span(), "PW509", what, "重新输入这个字。")
    elif charset:
        yield _lacking(found, charset)


def _lacking(found: re.Match[str], charset: str) -> Slip:
    what = f"“{found.group()}”是生僻字，{_FONTS[charset]}里没有，排出来会换成别的字体"
    return Slip(*found.span(), "PW508", what, "核对是不是打错了字；确实是这个字的，看一看排出来的样子。")


def charset_of(font: str) -> str:
    """The set of characters that a Chinese font has, by its name; "" if that is unknown."""
    if font.endswith("_GB2312"):
        return "gb2312"
    return "gbk" if font in ("仿宋", "楷体", "黑体", "宋体", "方正仿宋_GBK", "方正小标宋_GBK") else ""


_FONTS = {"gb2312": "仿宋_GB2312 这一类字体", "gbk": "仿宋这一类字体"}


def _has(charset: str, mark: str) -> bool:
    try:
        mark.encode(charset)
    except UnicodeEncodeError:
        return False
    return True
