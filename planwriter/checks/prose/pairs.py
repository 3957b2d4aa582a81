"""Finds brackets and quotation marks without a partner, or with the wrong one (PW502)."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.checks.prose.slip import Slip
from planwriter.start.patterns import re, regex

_PARTNERS = {
    "（": "）",
    "(": ")",
    "《": "》",
    "〈": "〉",
    "“": "”",
    "‘": "’",
    "【": "】",
    "〔": "〕",
    "「": "」",
    "『": "』",
    "[": "]",
}
_OPENERS = {closing: opening for opening, closing in _PARTNERS.items()}
_SAME = {"(": "（", ")": "）", "[": "〔", "]": "〕"}
"""Half-width brackets and the full-width ones that they stand for."""
_MARKS = frozenset((*_PARTNERS, *_OPENERS))
_ITEM_LABEL = regex(r"(?:^|[\s。；：，、（(])(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3}|[a-zA-Z]|[①-⑳])$")
"""Matches the text before a lone bracket that ends a label: 1）, 一）, a)."""
_PAIRS = tuple(opening + closing for opening, closing in _PARTNERS.items())
MAX_NESTED = 3
_QUOTES = {"“": "前双引号", "”": "后双引号", "‘": "前单引号", "’": "后单引号"}
"""Names of the marks that cannot be read inside quotation marks."""
MAX_QUOTED = 500
"""In characters; a quotation is looked at no farther."""
MAX_OPEN = 32
"""How many marks may be open at a time: of more, the first can have no partner in prose."""


def unpaired(text: str) -> Iterator[Slip]:
    """The slip of each bracket or quotation mark without its partner in its paragraph."""
    if _MARKS.isdisjoint(text):
        return
    start = 0
    for line in text.split("\n"):
        if not _are_paired(line):
            yield from _in_paragraph(line, start)
        start += len(line) + 1


def _are_paired(line: str) -> bool:
    """True for a paragraph whose marks are pairs inside pairs, as most are: the quick way to that answer."""
    marks = "".join(filter(_MARKS.__contains__, line))
    for _ in range(MAX_NESTED):
        if not marks:
            return True
        for pair in _PAIRS:
            marks = marks.replace(pair, "")
    return not marks


def _in_paragraph(line: str, start: int) -> Iterator[Slip]:
    open_marks: list[tuple[int, str]] = []
    if "”" in line and line.find("”") < line.find("“") and line.count("”") == line.count("“"):
        line = re.sub("[“”]", " ", line)  # all swapped: one finding of its own (PW501)
    for at, mark in enumerate(line):
        if mark in _PARTNERS:
            if mark == "“" and _is_open(open_marks, mark):
                yield _slip(
                    start + at,
                    mark,
                    "的前面还有一个没有合上",
                    "后一个改成后双引号（”）；引号里面的引号用单引号（‘’）。",
                    "”" if _closes(line, at) else None,
                )
                if _closes(line, at):
                    _close(open_marks, mark)
                    continue
            open_marks.append((at, mark))
            if len(open_marks) > MAX_OPEN:
                yield _unclosed(start, *open_marks.pop(0))
        elif mark == '"' and _is_open(open_marks, "“"):
            _close(open_marks, "“")  # a straight quote is a finding of its own (PW501)
        elif mark in _OPENERS:
            yield from _close_with(line, start, at, mark, open_marks)
    for at, mark in open_marks:
        yield _unclosed(start, at, mark)


def _unclosed(start: int, at: int, mark: str) -> Slip:
    return _slip(
        start + at, mark, f"后面没有{_named(_PARTNERS[mark])}", f"补上{_named(_PARTNERS[mark])}；多打的，删去。"
    )


def _close_with(line: str, start: int, at: int, mark: str, open_marks: list[tuple[int, str]]) -> Iterator[Slip]:
    """Closes the mark that `mark` is the partner of; a slip if there is none, or if marks inside it are still open."""
    wanted = _OPENERS[mark]
    if open_marks and open_marks[-1][1] == wanted:
        open_marks.pop()
        return
    if open_marks and _wide(open_marks[-1][1]) == _wide(wanted):
        begun, opening = open_marks.pop()
        half, right = (at, _wide(mark)) if mark in _SAME else (begun, _wide(opening))
        yield _slip(start + half, line[half], "和配对的另一半一个全角、一个半角", f"改成“{right}”。", right)
        return
    if _is_open(open_marks, wanted):
        while open_marks[-1][1] != wanted:
            yield _unclosed(start, *open_marks.pop())
        open_marks.pop()
        return
    if mark in "）)" and _ITEM_LABEL.search(line[max(0, at - 5) : at]):
        return
    if mark == "’" and at and line[at - 1].isascii() and line[at - 1].isalpha():
        return
    if mark == "]" or mark == ")":
        yield _slip(start + at, mark, "前面没有和它配对的", "补上前一半；多打的，删去。")
        return
    yield _slip(start + at, mark, f"前面没有{_named(wanted)}", f"补上{_named(wanted)}；多打的，删去。")


def _closes(line: str, at: int) -> bool:
    """True if an opening quotation mark at `at` was meant to close: the paragraph has one more of them, and no closing one after it."""
    rest = line[at + 1 : at + 1 + MAX_QUOTED]
    return "”" not in rest.partition("“")[0]


def _close(open_marks: list[tuple[int, str]], mark: str) -> None:
    while open_marks and open_marks.pop()[1] != mark:
        pass


def _is_open(open_marks: list[tuple[int, str]], mark: str) -> bool:
    return any(each == mark for _, each in open_marks)


def _wide(mark: str) -> str:
    return _SAME.get(mark, mark)


def _slip(at: int, mark: str, problem: str, advice: str, new: str | None = None) -> Slip:
    return Slip(at, at + 1, "PW502", f"{_named(mark)}{problem}", advice, new)


def _named(mark: str) -> str:
    """A mark as a finding shows it: “（”, or its name, as in 前双引号（“）."""
    return f"{_QUOTES[mark]}（{mark}）" if mark in _QUOTES else f"“{mark}”"
