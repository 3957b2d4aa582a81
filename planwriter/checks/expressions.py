"""Finds expressions in a composed plan that cannot stand: faulty collocations (PW513), words bound to another year (PW514)."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.checks.collocations import faulty_collocations
from planwriter.checks.year_words import misplaced_year_words
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding
from planwriter.model import Document
from planwriter.model.memo import NO_MEMO, Memo
from planwriter.model.walk import PlacedText, TextRole, read_plan_texts

_READ = (TextRole.TITLE, TextRole.TEXT, TextRole.PREFACE, TextRole.CLOSING)


def check_expressions(document: Document, years: tuple[int, int], memo: Memo = NO_MEMO) -> Iterator[Finding]:
    """The findings on the expressions of a document, as composed for these years."""
    for found in read_plan_texts(document, _read, memo, by=(years,)):
        yield from found


def _read(years: tuple[int, int], placed: PlacedText) -> tuple[Finding, ...] | None:
    text = placed.text
    if placed.role not in _READ or text.origin is None:
        return None
    found = []
    for each in faulty_collocations(text.value):
        place = text.place(each.start, each.end)
        if place is not None:
            shown = text.value[each.start : each.end]
            found.append(finding("PW513", place, shown=shown, verb=each.verb, noun=each.noun, instead=each.instead))
    for word in misplaced_year_words(text.value, years):
        place = text.place(word.start, word.end)
        if place is not None:
            found.append(finding("PW514", place, shown=word.shown, reason=word.reason))
    return tuple(found) or None
