"""Finds absolute words and sentences that are too long to be read in one breath: hints (PW531, PW532)."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.checks.prose.slip import Slip
from planwriter.start.patterns import regex

_ABSOLUTE = regex(
    r"史无前例|绝无仅有|举世无双|无与伦比|空前绝后|登峰造极|尽善尽美|完美无缺|独一无二"
    r"|(?:全球|世界|国际|国内|全国|全省|全市|同类)(?:唯一|最好|最强|最优|最先进|最完善)(?![化的]?(?:限度|程度))"
)
_SENTENCE = regex(r"[^。！？；：\n]+")
_LETTERS = regex(r"[^\W\d_a-zA-Z]")
MAX_SENTENCE = 220
"""In Chinese characters, without marks."""


def absolute_words(text: str) -> Iterator[Slip]:
    """The absolute words of one text without quotations."""
    for found in _ABSOLUTE.finditer(text):
        what = f"“{found.group()}”说得太满"
        advice = "有依据的，写明依据和范围；没有的，换个留有余地的说法。"
        yield Slip(*found.span(), "PW531", what, advice, kind="absolute")


def long_sentences(text: str) -> Iterator[Slip]:
    """The sentences of one text that are longer than `MAX_SENTENCE`."""
    if len(text) <= MAX_SENTENCE:
        return
    for found in _SENTENCE.finditer(text):
        if found.end() - found.start() <= MAX_SENTENCE:
            continue
        length = len(_LETTERS.findall(found.group()))
        if length > MAX_SENTENCE:
            what = f"“{found.group().strip()[:12]}……”这句话有 {length} 个字，中间没有句号、分号"
            yield Slip(*found.span(), "PW532", what, "分成几句，意思更清楚。", kind="long")
