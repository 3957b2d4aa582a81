"""Slips in the wording of a text: braces that are none, a bound said twice, marks of another language or the wrong way round."""

from __future__ import annotations

import re

from planwriter.diagnostics import Finding
from planwriter.fill import HOLE
from planwriter.messages import finding
from planwriter.model import Target, Text

_LETTER = r"[^\W\da-zA-Z_]"
_QUOTES = re.compile(rf"(?<={_LETTER})[\"']|[\"'](?={_LETTER})")
_WIDE = {",": "，", ";": "；", ":": "："}
_HALF = re.compile(rf"(?<={_LETTER})[,;:](?={_LETTER})")
_ALL_SWAPPED = re.compile("[^“”]*(?:”[^“”]*“[^“”]*)+")
_ODD_BRACES = re.compile(r"[｛｝]{2}|(?<!\{)[｛{【]\s*(?:指标|参数)\.")
_STATEMENT = re.compile(r"\{%.*?%\}")
_CITED = re.compile(r"\{\{\s*(指标\.(\w+)(?:\.年\(\s*\d+\s*\))?)\s*\}\}")
_BEFORE = ("不低于", "不少于", "不超过", "不高于", "力争达到", "力争", "达到", "超过", "新增", "约")
_AFTER = ("以上", "以内", "以下", "左右")
_SUFFIXES = frozenset(("以上", "以内"))
_FITS_A_SUFFIX = frozenset(("力争达到", "力争", "达到"))
"""达到96%以上 is good prose; 不低于96%以上 is not."""


def check_wording(text: Text, targets: dict[str, Target]) -> list[Finding]:
    """What is wrong with the wording of one text of the outline."""
    findings: list[Finding] = []
    origin, value = text.origin, text.value
    if origin is None:
        return findings
    if "指标." in value:
        findings += _check_bounds(text, targets)
    literal = _literal(value)
    odd = _ODD_BRACES.search(literal) if any(mark in literal for mark in "｛｝{【") else None
    if odd:
        reason = "要用两个半角的花括号，写成 {{ 指标.名字 }}"
        findings.append(finding("PW308", origin.within(value, *odd.span()), reason=reason))
    return findings + _check_marks(literal, text)


def check_marks(text: Text) -> list[Finding]:
    """The marks of another language in a text that is not the outline's own: a clause's, or a cell's."""
    return _check_marks(_literal(text.value), text)


def _literal(value: str) -> str:
    """A text with its holes and statements blanked, character by character."""
    literal = HOLE.sub(lambda hole: "\0" * len(hole.group()), value) if "{{" in value else value
    return _STATEMENT.sub(lambda made: "\0" * len(made.group()), literal) if "{%" in literal else literal


def _check_marks(literal: str, text: Text) -> list[Finding]:
    if text.origin is None:
        return []
    found: list[tuple[int, int, str, str, str]] = []
    quote = _QUOTES.search(literal) if '"' in literal or "'" in literal else None
    if quote:
        found.append((*quote.span(), "用了英文引号", quote.group(), "改成中文引号“”（单引号‘’）。"))
    half = _HALF.search(literal) if any(mark in literal for mark in _WIDE) else None
    if half:
        found.append((*half.span(), "汉字之间用了半角的", half.group(), f"改成全角的“{_WIDE[half.group()]}”。"))
    swapped = _swapped(literal) if "”" in literal else None
    if swapped:
        found.append((*swapped, "引号前后写反了：", literal[slice(*swapped)], "前面用“，后面用”。"))
    return [
        finding("PW501", text.origin.within(text.value, start, end), what=what, mark=mark, advice=advice)
        for start, end, what, mark, advice in found
    ]


def _swapped(literal: str) -> tuple[int, int] | None:
    """The first closing mark and the opening one after it, in a paragraph where each pair stands the wrong way round."""
    at = 0
    for line in literal.split("\n"):
        if line.count("”") == line.count("“") and _ALL_SWAPPED.fullmatch(line):
            return at + line.index("”"), at + line.index("“") + 1
        at += len(line) + 1
    return None


def _check_bounds(text: Text, targets: dict[str, Target]) -> list[Finding]:
    """A bound typed beside a citation that says its bound itself: 不低于{{ 指标.X }} gives 不低于不低于95%."""
    findings = []
    assert text.origin is not None
    for match in _CITED.finditer(text.value):
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
        findings.append(finding("PW415", place, word=word, name=target.title, shown=shown, hole=match[1]))
    return findings
