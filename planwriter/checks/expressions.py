"""Finds expressions in a composed plan that cannot stand: faulty collocations (PW513), words bound to another year (PW514)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planwriter.checks.collocations import faulty_collocations
from planwriter.checks.year_words import may_say_of_which_year, misplaced_year_words
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding
from planwriter.model import Block, Document, Text
from planwriter.model.memo import Recent, apart_from_digits
from planwriter.model.walk import PlacedText, TextRole, walk_texts

_READ = (TextRole.TITLE, TextRole.TEXT)
_ALSO_READ = (*_READ, TextRole.PREFACE, TextRole.CLOSING)


def check_expressions(document: Document, years: tuple[int, int]) -> Iterator[Finding]:
    """The findings on the expressions of a document, as composed for these years; the same as text by text, but faster."""
    around: list[Block] = [each for side in (document.preface, document.closing) for each in side]
    inside = [block for part in document.parts for block in part.blocks]
    attached = [block for attachment in document.attachments for block in attachment.blocks]
    for block in (*around, *inside, *attached):
        yield from _read_texts(years, [visit.text for visit in walk_texts((block,)) if visit.role in _READ])


def read_expressions(years: tuple[int, int], placed: PlacedText) -> tuple[Finding, ...]:
    """The findings on the expressions of one text."""
    if placed.role not in _ALSO_READ:
        return ()
    value = placed.text.value
    key = years, apart_from_digits(value)
    if _sound.get(key):
        return ()
    found = tuple(_found((placed.text,), years))
    if not (found or may_say_of_which_year(value)):
        _sound.put(key, value, True)
    return found


_sound = Recent()
"""The texts without findings, whatever their figures are."""


def _read_texts(years: tuple[int, int], texts: list[Text]) -> tuple[Finding, ...]:
    """The findings in some texts: in all of them at once first, which is quick, as most have none."""
    whole = "\n".join([text.value for text in texts])
    if not any(True for _ in faulty_collocations(whole)) and not any(True for _ in misplaced_year_words(whole, years)):
        return ()
    return tuple(_found(texts, years))


def _found(texts: Iterable[Text], years: tuple[int, int]) -> Iterator[Finding]:
    for text in texts:
        for each in faulty_collocations(text.value):
            place, shown = text.place(each.start, each.end), text.value[each.start : each.end]
            if place is not None:
                yield finding("PW513", place, shown=shown, verb=each.verb, noun=each.noun, instead=each.instead)
        for word in misplaced_year_words(text.value, years):
            place = text.place(word.start, word.end)
            if place is not None:
                shown = word.shown.replace("“", "‘").replace("”", "’")  # it is printed in quotes
                yield finding("PW514", place, shown=shown, reason=word.reason)
