"""Checks the wording and the figures in any .docx, with the rules for the texts of an outline."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from planwriter.audit.audit import where
from planwriter.audit.flaws import Case
from planwriter.audit.roles import PROSE, TITLE
from planwriter.checks.figures.passages import Passage
from planwriter.checks.figures.rules import check_passages
from planwriter.checks.wording import check_marks
from planwriter.findings.finding import MAX_FINDINGS, Finding, Pos, Source, Span
from planwriter.model import Text
from planwriter.start.patterns import regex
from planwriter.start.records import replace

_YEARS = regex(r"(?<!\d)(20\d\d)\s*[—–－~～至-]+\s*(20\d\d)\s*年")
_YEAR = regex(r"(?<!\d)(20\d\d)\s*年[^》]*工作(?:要点|计划)")


def proofread(case: Case, name: str) -> Iterator[Finding]:
    """The findings on wording and figures in the body and the headings of the .docx `name`.

    The line in a finding's place is the paragraph's number. Years are compared with those in the title.
    """
    return islice(_slips(case, name), MAX_FINDINGS)


def _slips(case: Case, name: str) -> Iterator[Finding]:
    span = _years("".join(part.para.text for part in case.having(TITLE)))
    for part in case.having(*PROSE):
        text = _text(name, part.para.text)
        for found in (*check_marks(text), *check_passages(iter([Passage(text)]), (), span)):
            yield replace(
                found, pos=Pos(name, part.para.number), message=f"{where(part.para)}{found.message}", source=None
            )


def _text(name: str, value: str) -> Text:
    return Text(value=value, origin=Span(Source(name, value), 0, len(value)))


def _years(title: str) -> tuple[int, int]:
    """The first and the last year of the plan, from its title; zeros if the title names none."""
    several, one = _YEARS.search(title), _YEAR.search(title)
    if several:
        return int(several[1]), int(several[2])
    return (int(one[1]), int(one[1])) if one else (0, 0)
