"""Finds slips in the wording of a text: stray braces, a bound said twice, non-Chinese or swapped punctuation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planwriter.fill import HOLE, split_at_last
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding
from planwriter.model import Target, Text

_LETTER = r"[^\W\da-zA-Z_]"
_QUOTES = re.compile(rf"(?<={_LETTER})[\"']|[\"'](?={_LETTER})")
_WIDE = {",": "，", ";": "；", ":": "："}
_HALF = re.compile(rf"(?<={_LETTER})[,;:](?={_LETTER}|\d)|(?<=[\d%])[,;](?={_LETTER})")
_DOUBLED = re.compile("([，。；、：])\\1+|[，、；：][，。；、：]|。[，；、：]")
_WIDE_DIGITS = re.compile("[０-９]+(?:．[０-９]+)?")
_NARROW_DIGITS = str.maketrans("０１２３４５６７８９．", "0123456789.")
_SPACE = " \t\u3000\xa0"
_MARKS = "，。；、：！？（）《》“”"
_SPACED = rf"(?<=[^\s{_SPACE}])[{_SPACE}]+(?=[{_MARKS}])|(?<=[{_MARKS}])[{_SPACE}]+(?=[^\s{_SPACE}])|(?:(?<={_LETTER})|(?<=[\d%\0]))[{_SPACE}]+(?={_LETTER}|[\d\0])"
"""Rarely used patterns are not compiled here but after a quick search for a mark, so that the program starts faster."""
_PROSE = ("。", "，", "；")
_OFFICES = "(?:国务院|人民政府|办公厅|办公室|委员会|[部委局厅])"
_LATIN = r"[A-Za-z][A-Za-z/.-]*[ \d.—-]*\Z"
"""A figure after Latin letters, such as GB/T 9704."""
_TITLES = "《[^》]*》|“[^”]*”"
_ALL_SWAPPED = "[^“”]*(?:”[^“”]*“[^“”]*)+"
_ODD_BRACES = r"[｛｝]{2}|(?<!\{)[｛{【]\s*(?:指标|参数)\."
_STATEMENT = r"\{%.*?%\}"
_CITED = r"\{\{\s*(指标\.(\w+)(?:\.年\(\s*\d+\s*\))?)\s*\}\}"
_BEFORE = ("不低于", "不少于", "不超过", "不高于", "力争达到", "力争", "达到", "超过", "新增", "约")
_AFTER = ("以上", "以内", "以下", "左右")
_SUFFIXES = frozenset(("以上", "以内"))
_FITS_A_SUFFIX = frozenset(("力争达到", "力争", "达到"))
"""达到96%以上 is good prose; 不低于96%以上 is not."""


def check_wording(text: Text) -> Iterator[Finding]:
    """The findings on the wording of one text of the outline, whatever its targets are."""
    origin, value = text.origin, text.value
    if origin is None:
        return
    literal = _literal(value)
    odd = re.search(_ODD_BRACES, literal) if any(mark in literal for mark in "｛｝{【") else None
    if odd:
        reason = "要用两个半角的花括号，写成 {{ 指标.名字 }}"
        yield finding("PW308", origin.within(value, *odd.span()), reason=reason)
    yield from _check_marks(literal, text)


def check_marks(text: Text) -> Iterator[Finding]:
    """The findings on punctuation in a text from outside the outline: of a clause, or of a cell."""
    return _check_marks(_literal(text.value), text)


def _literal(value: str) -> str:
    """A text with its holes and statements blanked, character by character."""
    literal = HOLE.sub(lambda hole: "\0" * len(hole.group()), value) if "{{" in value else value
    if "{%" not in literal:
        return literal
    head, rest = split_at_last(literal, "%}")
    return re.sub(_STATEMENT, lambda made: "\0" * len(made.group()), head, flags=re.S) + rest


def _check_marks(literal: str, text: Text) -> Iterator[Finding]:
    if text.origin is None:
        return
    found: list[tuple[int, int, str, str, str]] = []
    quote = _QUOTES.search(literal) if '"' in literal or "'" in literal else None
    if quote:
        found.append((*quote.span(), "用了英文引号", quote.group(), "改成中文引号“”（单引号‘’）。"))
    half = _HALF.search(literal) if any(mark in literal for mark in _WIDE) else None
    if half:
        found.append((*half.span(), "汉字之间用了半角的", half.group(), f"改成全角的“{_WIDE[half.group()]}”。"))
    doubled = _DOUBLED.search(literal)
    if doubled:
        found.append((*doubled.span(), "标点重复了", f"“{doubled.group()}”", "留下一个。"))
    digits = _WIDE_DIGITS.search(literal)
    if digits:
        found.append(
            (
                *digits.span(),
                "数字用了全角的",
                f"“{digits.group()}”",
                f"改成半角的“{digits.group().translate(_NARROW_DIGITS)}”。",
            )
        )
    spaced = _stray_space(literal)
    if spaced:
        start, end = spaced
        mark = f"“{text.value[max(0, start - 2) : start]}□{text.value[end : end + 2]}”".replace("\n", "")
        found.append((start, end, "文字中间有空格（□）", mark, "删去空格；从 Word 或网页复制来的文字常带着。"))
    swapped = _swapped(literal) if "”" in literal else None
    if swapped:
        found.append((*swapped, "引号前后写反了：", literal[slice(*swapped)], "前面用“，后面用”。"))
    for start, end, what, mark, advice in found:
        yield finding("PW501", text.origin.within(text.value, start, end), what=what, mark=mark, advice=advice)


def _stray_space(literal: str) -> tuple[int, int] | None:
    """The range of the first space in prose; spaces between names of offices and in document titles are allowed."""
    if not any(mark in literal for mark in _SPACE) or not any(mark in literal for mark in _PROSE):
        return None
    titles = [title.span() for title in re.finditer(_TITLES, literal)] if "《" in literal or "“" in literal else []
    for match in re.finditer(_SPACED, literal):
        start, end = match.span()
        if any(first < start and end < last for first, last in titles):
            continue
        if re.search(_OFFICES, literal[end : end + 12]) and re.search(_OFFICES, literal[max(0, start - 12) : start]):
            continue
        if re.search(_LATIN, literal[max(0, start - 20) : start]):
            continue
        return start, end
    return None


def _swapped(literal: str) -> tuple[int, int] | None:
    """The first closing mark and the next opening one, in a paragraph in which every pair is swapped."""
    at = 0
    for line in literal.split("\n"):
        if line.count("”") == line.count("“") and re.fullmatch(_ALL_SWAPPED, line):
            return at + line.index("”"), at + line.index("“") + 1
        at += len(line) + 1
    return None


def cites_targets(text: Text) -> bool:
    """True if `check_bounds` may have a finding on the text."""
    return "指标." in text.value


def check_bounds(text: Text, targets: dict[str, Target]) -> Iterator[Finding]:
    """Reports a bound typed next to a citation that includes it: 不低于{{ 指标.X }} gives 不低于不低于95%."""
    if text.origin is None:
        return
    for match in re.finditer(_CITED, text.value):
        target = targets.get(match[2])
        if target is None or not target.bound:
            continue
        before = next((word for word in _BEFORE if text.value.endswith(word, 0, match.start())), "")
        after = next((word for word in _AFTER if text.value.startswith(word, match.end())), "")
        if before and target.bound in _SUFFIXES and before in _FITS_A_SUFFIX:
            before = ""
        word = before or after
        if not word:
            continue
        at = match.start() - len(word) if before else match.end()
        said = target.bound if target.bound in _SUFFIXES else ""
        value = f"{target.value.value:f}{target.unit}{said}" if target.value else f"……{target.unit}{said}"
        shown = f"{before}{'' if said else target.bound}{value}{'' if before else after}"
        place = text.origin.within(text.value, at, at + len(word))
        yield finding("PW415", place, word=word, name=target.title, shown=shown, hole=match[1])
