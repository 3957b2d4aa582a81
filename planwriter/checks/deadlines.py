"""Checks deadlines (时限): one that cannot be read as a time (PW252), and one without a year in a plan for several (PW253)."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding
from planwriter.language.deadlines import read_deadline
from planwriter.model import Outline
from planwriter.model.memo import NO_MEMO, Memo
from planwriter.model.walk import PlacedText, TextRole, read_plan_texts
from planwriter.start.patterns import regex

_NO_SUCH_DAY = regex(r"\d{4}年\d{1,2}月|\d{1,2}月\d{1,2}日")
"""Matches a date that is checked in the composed text (PW447)."""


def check_deadlines(outline: Outline, memo: Memo = NO_MEMO) -> Iterator[Finding]:
    """The findings on the deadlines of blocks, uses and targets as typed; those with `{{ … }}` are left out."""
    return iter(read_plan_texts(outline, _read, memo, outline.years))


def _read(first: int, last: int, placed: PlacedText) -> Finding | None:
    text = placed.text
    if placed.role is not TextRole.DEADLINE or text.origin is None or "{{" in text.value:
        return None
    read = read_deadline(text.value, first)
    if not read.kind:
        return None if _NO_SUCH_DAY.search(text.value) else finding("PW252", text.origin, value=text.value)
    if read.lacks_year and first != last:
        return finding("PW253", text.origin, value=read.shown, span=f"{first}—{last}年", year=last)
    return None
