"""The text of a task's cell: its title, its paragraphs, and the points that are numbered in it by hand."""

from __future__ import annotations

import unicodedata

from planwriter.language.numerals import numeral_value
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex

_LABEL = regex(
    r"\s*(?:第(?P<nth>[一二三四五六七八九十百\d]{1,4})(?:部分|章|条|项|节)[\s、.．:：]*"
    r"|(?P<chinese>[一二三四五六七八九十]{1,3})[、.．]"
    r"|[（(](?P<inside>[一二三四五六七八九十]{1,3}|\d{1,3})[)）][、.．]?"
    r"|(?P<plain>\d{1,3})(?:[、)）]|[.．](?!\d))"
    r"|(?P<circle>[①-⑳])"
    r"|(?P<parts>\d{1,2}(?:[.．]\d{1,2}){1,3})(?:[、.．]|(?=\s))"
    r"|(?P<dash>[●■◆▪•·＊*]|[-—]{1,2}(?=[\u4e00-\u9fff]))"
    r")\s*"
)
_POINT = regex(r"(?:(?<=[。；;：:\n])|^)\s*(?:(\d{1,2})(?:[、)）]|[.．](?!\d))|[（(](\d{1,2})[)）]|([①-⑳]))\s*")
_TITLE = regex(r"[^；：，\n]+|[^；：，\n\d]+，[^；：，\n\d]+")
"""Matches what can be a title: a sentence with figures and commas is none."""
_MAX_TITLE = 30
SENTENCE_ENDS = ("。", "！", "？", "；", "：")
"""What ends a sentence or leads to the next one."""


class Content(NamedTuple):
    """A text taken apart; `title` or `text` may be empty."""

    title: str
    text: str
    """Paragraphs, separated by line ends."""
    points: tuple[str, ...] = ()
    """The numbered points, without their labels."""
    labels: tuple[int, ...] = ()
    """The numbers of the points as typed."""


def without_label(text: str) -> str:
    """A text without the label typed before it: 加强领导 of （一）加强领导, 1.加强领导 and 第一条 加强领导."""
    match = _LABEL.match(text)
    return text[match.end() :] if match and match.end() < len(text) else text


def label_depth(text: str) -> int:
    """The depth of a heading by its label: 0 without one, 1 for 一、 and 第一章, 2 for （一）, 3 for any other."""
    match = _LABEL.match(text)
    if match is None:
        return 0
    if match["chinese"] or match["nth"]:
        return 1
    return 2 if match["inside"] and not match["inside"].isdigit() else 3


def read_content(typed: str) -> Content:
    """The title, the paragraphs and the points of a cell's text."""
    lines = [line.strip() for line in typed.split("\n") if line.strip()]
    if len(lines) < 2:
        return _of_one_line(lines[0] if lines else "")
    starts = [at for at, line in enumerate(lines) if _number(line) is not None]
    numbers = [_number(lines[at]) or 0 for at in starts]
    if len(starts) > 1 and numbers == [*range(1, len(numbers) + 1)]:
        points = [
            "\n".join((without_label(lines[at]), *lines[at + 1 : end]))
            for at, end in zip(starts, (*starts[1:], len(lines)), strict=True)
        ]
        lead = lines[: starts[0]]
        return Content("", "\n".join(lead), tuple(points), tuple(numbers))
    if len(starts) == 1 and starts[0] == 0:
        lines[0] = without_label(lines[0])
    return Content("", "\n".join(lines))


def _of_one_line(line: str) -> Content:
    marks = [*_POINT.finditer(line)]
    numbers = [_value(mark[1] or mark[2] or mark[3]) for mark in marks]
    if len(marks) > 1 and numbers == [*range(1, len(marks) + 1)]:
        ends = (*(mark.start() for mark in marks[1:]), len(line))
        points = tuple(_ended(line[mark.end() : end]) for mark, end in zip(marks, ends, strict=True))
        return Content("", line[: marks[0].start()].strip(), points, tuple(numbers))
    return split_title(without_label(line))


def split_title(line: str) -> Content:
    """A short first sentence as the title of the rest: 加强领导 and 成立专班。 of 加强领导。成立专班。"""
    head, stop, rest = line.partition("。")
    if stop and rest.strip() and 2 <= len(head) <= _MAX_TITLE and _TITLE.fullmatch(head):
        return Content(head.strip(), rest.strip())
    return Content("", line)


def _ended(text: str) -> str:
    """A point of a list as a sentence of its own."""
    bare = text.strip().rstrip("；;")
    return bare if bare.endswith(SENTENCE_ENDS) or bare == text.strip() else f"{bare}。"


def _number(line: str) -> int | None:
    """The number of the label at the start of a line; None if there is none."""
    match = _LABEL.match(line)
    if match is None or match.end() >= len(line):
        return None
    label = match["nth"] or match["chinese"] or match["inside"] or match["plain"] or match["circle"]
    return _value(label) if label else None


def _value(label: str) -> int:
    plain = unicodedata.normalize("NFKC", label)
    return int(plain) if plain.isascii() and plain.isdigit() else numeral_value(plain) or 0
