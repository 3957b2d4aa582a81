"""Finds marks that GB/T 15834 does not allow beside each other or beside a word: 、和, 、等, 。”。, ……等, 《》 in 《》 (PW535)."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.checks.prose.slip import Slip, beside
from planwriter.start.patterns import regex

_RULES = (
    ("、和", regex(r"、(?=和(?![谐田平气美善睦顺解县政林合静硕龙布]|[^，。；、]{1,2}[镇乡村县市区街]))"), "“和”前面用了顿号", "删去顿号；“和”已经把它们连起来了。", ""),
    ("、等", regex(r"、(?=等(?![级待候额效同价量比于次离距分第差]))"), "“等”前面用了顿号", "删去顿号。", ""),
    ("……等", regex(r"……(?=等[，。；、])"), "省略号后面又用了“等”", "省略号和“等”留一个。", None),
    ("等……", regex(r"(?<=等)……"), "“等”后面又用了省略号", "省略号和“等”留一个。", None),
    ("”。", regex(r"(?<=[。！？]”)。"), "引号里外都有句号", "引文独立成句的，句号放在引号里面，外面的删去。", ""),
    ("）。", regex(r"。(?=）。)"), "括号里外都有句号", "括号里的话不单独成句的，里面的句号删去。", ""),
    ("、”", regex(r"、(?=”)"), "后引号前面多了顿号", "删去顿号，或者移到引号外面。", ""),
    ("、）", regex(r"、(?=[）》])"), "后括号前面多了顿号", "删去顿号。", ""),
    ("、》", regex(r"、(?=》)"), "后书名号前面多了顿号", "删去顿号。", ""),
    ("（，", regex(r"(?<=[（《“])[，。；、：]"), "前一半括号、引号后面多了标点", "删去这个标点。", ""),
    ("？。", regex(r"(?<=？)[。，；]"), "问号后面又用了标点", "留下问号。", ""),
    ("！。", regex(r"(?<=！)[。，；]"), "感叹号后面又用了标点", "留下感叹号。", ""),
    ("。：", regex(r"(?<=。)："), "句号后面又用了冒号", "留一个。", None),
    ("《》", regex(r"《\s*》"), "书名号里没有字", "补上文件名，或者删去。", None),
    ("“”", regex(r"“\s*”"), "引号里没有字", "补上引的话，或者删去。", None),
)  # fmt: skip
_MORE = {"（，": ("（，", "（、", "（。", "（；", "《，", "《、", "“，", "“、", "“。"), "？。": ("？。", "？，", "？；"), "！。": ("！。", "！，", "！；"), "、）": ("、）",)}  # fmt: skip
_NESTED = regex(r"《[^《》\n]{0,80}《")


def odd_stops(text: str) -> Iterator[Slip]:
    """The slips of one text."""
    for sign, pattern, what, advice, new in _RULES:
        if any(each in text for each in _MORE.get(sign, (sign,))):
            for found in pattern.finditer(text):
                shown = beside(text, *found.span(), 4)
                yield Slip(*found.span(), "PW535", f"{what}“{shown}”", advice, new, what)
    if text.count("《") > 1:
        for found in _NESTED.finditer(text):
            what = f"书名号里又用了双书名号“{found.group()[-8:]}”"
            yield Slip(found.end() - 1, found.end(), "PW535", what, "里面一层用单书名号〈〉。", kind="nested")
