"""Applies the rules on the composed document, in one walk over its texts: places, figures; and expressions."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.checks.expressions import check_expressions, read_expressions
from planwriter.checks.figures.agreement import Agreement
from planwriter.checks.figures.rules import FigureReading, check_readings, read_figures
from planwriter.checks.figures.totals import wrong_totals
from planwriter.checks.figures.years import past_deadlines
from planwriter.checks.places import Named, check_named, known_places, places_at
from planwriter.findings.finding import Finding
from planwriter.model import Attachment, Document, Outline, Part, Table, Target
from planwriter.model.memo import NO_MEMO, Memo
from planwriter.model.walk import PlacedText, figures_in, read_plan_texts
from planwriter.start.named_tuple import NamedTuple


def check_composed(
    document: Document, targets: tuple[Target, ...], outline: Outline, memo: Memo = NO_MEMO
) -> Iterator[Finding]:
    """All findings on the texts of a composed document; `targets` have all typed and computed values."""
    agreement = Agreement(targets, outline.years)
    read = _read_for_many if memo.remembers_blocks else _read
    texts = read_plan_texts(document, read, memo, by=(outline.years, agreement.names))
    yield from check_named([each.named for each in texts if each.named], document, outline, memo)
    yield from check_readings((each.figures for each in texts if each.figures), agreement)
    attached = [each for each in document.attachments if not each.made_of]
    typed: tuple[Part | Attachment, ...] = (*document.parts, *attached)
    tables = [each for each in figures_in(typed, memo) if isinstance(each, Table)]
    yield from wrong_totals(tables, memo)
    yield from past_deadlines(tables, outline.years, memo)
    if memo.remembers_blocks:
        for each in texts:
            yield from each.expressions
    else:
        yield from check_expressions(document, outline.years)


class _Text(NamedTuple):
    """A text with places or figures, as the rules on each read it."""

    named: Named | None
    figures: FigureReading | None
    expressions: tuple[Finding, ...] = ()


def _read(span: tuple[int, int], names: frozenset[str], placed: PlacedText) -> _Text | None:
    named, figures = places_at(placed), read_figures(span, names, placed)
    return _Text(named, figures) if named or figures else None


def _read_for_many(span: tuple[int, int], names: frozenset[str], placed: PlacedText) -> _Text | None:
    """A text of one of many documents, in which what other texts are known to say is not looked for again."""
    named, figures, found = (
        places_at(placed, known_places),
        read_figures(span, names, placed),
        read_expressions(span, placed),
    )
    return _Text(named, figures, found) if named or figures or found else None
