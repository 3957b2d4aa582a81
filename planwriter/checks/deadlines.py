"""Checks deadlines (时限): one that cannot be read as a time (PW252), and one without a year in a plan for several (PW253)."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding
from planwriter.language.deadlines import read_deadline
from planwriter.model import Outline
from planwriter.model.walk import TextRole, walk_plan_texts
from planwriter.start.patterns import regex

_NO_SUCH_DAY = regex(r"\d{4}年\d{1,2}月|\d{1,2}月\d{1,2}日")
"""Matches a date that is checked in the composed text (PW447)."""


def check_deadlines(outline: Outline) -> Iterator[Finding]:
    """The findings on the deadlines of blocks, uses and targets as typed; those with `{{ … }}` are left out."""
    first, last = outline.years
    for visit in walk_plan_texts(outline):
        text = visit.text
        if visit.role is not TextRole.DEADLINE or text.origin is None or "{{" in text.value:
            continue
        read = read_deadline(text.value, first)
        if not read.kind:
            if not _NO_SUCH_DAY.search(text.value):
                yield finding("PW252", text.origin, value=text.value)
        elif read.lacks_year and first != last:
            yield finding("PW253", text.origin, value=read.shown, span=f"{first}—{last}年", year=last)
