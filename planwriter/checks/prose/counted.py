"""Finds labels inside a text that do not follow each other: ①②④, （1）（3）, 1．2．4． (PW522)."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.checks.prose.slip import Slip
from planwriter.start.patterns import regex

_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_WORDS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")
_STOPS = "。；：，、！？\n"
_FORMS = (
    (("②", "③", "④"), regex(rf"[{_CIRCLES}]()")),
    (("（2", "（3", "(2", "(3"), regex(r"[（(](\d{1,2})[）)](?=[^\W\d_])")),
    (("（二", "（三", "(二", "(三"), regex(r"[（(]([一二三四五六七八九十])[）)](?=[^\W\d_])")),
    (("2.", "2．", "3.", "3．"), regex(r"[1-9](?<!\d\d)(?<!\.\d)()\d?[.．](?=[^\W\d_])")),
    (("2）", "3）"), regex(r"[1-9](?<!\d\d)()\d?）(?=[^\W\d_])")),
)
"""The signs without which a form is not looked for, and the labels of the form."""
_OTHER = regex(
    r"[。；：！？\n](?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、](?!\d))"
)
"""Matches a label of another series, behind which the labels may begin anew: 二、… in a text with all its items on one line."""


def skipped_labels(text: str) -> Iterator[Slip]:
    """The slips of one text: each label that is doubled, or before which one is missing."""
    for signs, pattern in _FORMS:
        if not any(sign in text for sign in signs):
            continue
        last, end = 0, 0
        for found in pattern.finditer(text):
            label = found[1] or found.group().rstrip(".．）")
            if label not in _CIRCLES and not _opens(text, found.start()):
                continue
            number = _number(label)
            is_gap = number > last + 1 and not _is_there(found.group(), label, number - 1, text[end : found.start()])
            if last and (number == last or is_gap) and not _OTHER.search(text, end, found.start()):
                how = "重复了" if number == last else "接不上"
                what = f"“{found.group()}”前面是第 {last} 个，序号{how}"
                yield Slip(*found.span(), "PW522", what, "漏了的补上，多了的、错了的改序号。", kind="label")
            last, end = number, found.end()


def _opens(text: str, start: int) -> bool:
    """True if a label at `start` opens the text or follows a stop."""
    before = text[max(0, start - 8) : start].rstrip(" \t\u3000")
    return not before or before[-1] in _STOPS


def _is_there(shown: str, label: str, number: int, between: str) -> bool:
    """True if the label of `number` stands between, if only where no label was looked for."""
    if label in _CIRCLES:
        return _CIRCLES[number - 1] in between
    return shown.replace(label, str(number) if label.isdecimal() else _WORDS[number - 1]) in between


def _number(label: str) -> int:
    if label in _CIRCLES:
        return _CIRCLES.index(label) + 1
    return int(label) if label.isdecimal() else _WORDS.index(label) + 1
