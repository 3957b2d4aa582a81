"""Finds labels inside a text that do not follow each other: ①②④, （1）（3）, 1．2．4． (PW522)."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.checks.prose.slip import Slip
from planwriter.start.patterns import re, regex

_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_WORDS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")
_BEFORE = r"(?:^|(?<=[。；：，、！？\n]))[ \t\u3000]*"
_FORMS = (
    (("②", "③", "④"), regex(rf"([{_CIRCLES}])")),
    (("（2", "（3", "(2", "(3"), regex(rf"{_BEFORE}[（(](\d{{1,2}})[）)](?=[^\W\d_])", re.M)),
    (("（二", "（三", "(二", "(三"), regex(rf"{_BEFORE}[（(]([一二三四五六七八九十])[）)](?=[^\W\d_])", re.M)),
    (("2.", "2．", "3.", "3．"), regex(rf"{_BEFORE}(\d{{1,2}})[.．](?=[^\W\d_])", re.M)),
    (("2）", "3）"), regex(r"(?:^|(?<=[。；：！？\n]))(\d{1,2})）(?=[^\W\d_])", re.M)),
)


def skipped_labels(text: str) -> Iterator[Slip]:
    """The slips of one text: each label that is doubled, or before which one is missing."""
    for signs, pattern in _FORMS:
        if not any(sign in text for sign in signs):
            continue
        last, end = 0, 0
        for found in pattern.finditer(text):
            number = _number(found[1])
            is_gap = number > last + 1 and not _is_there(found, number - 1, text[end : found.start()])
            if last and (number == last or is_gap):
                how = "重复了" if number == last else "接不上"
                what = f"“{found.group().strip()}”前面是第 {last} 个，序号{how}"
                yield Slip(*found.span(1), "PW522", what, "漏了的补上，多了的、错了的改序号。", kind="label")
            last, end = number, found.end()


def _is_there(found: re.Match[str], number: int, between: str) -> bool:
    """True if the label of `number` stands between, if only where no label was looked for."""
    words = _CIRCLES if found[1] in _CIRCLES else None
    word = words[number - 1] if words else str(number) if found[1].isdecimal() else _WORDS[number - 1]
    return found.group().strip().replace(found[1], word) in between


def _number(label: str) -> int:
    if label in _CIRCLES:
        return _CIRCLES.index(label) + 1
    return int(label) if label.isdecimal() else _WORDS.index(label) + 1
