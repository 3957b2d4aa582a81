"""Checks that texts cite every target (PW401), and that no target's figure is typed by hand (PW403)."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.fill.written_names import cited_names
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding
from planwriter.model import Outline, Target, Text
from planwriter.model.memo import NO_MEMO, Memo
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex
from planwriter.targets.values import shown_of

_HOLE = regex(r"\{\{[^{}]*\}\}")
_SENTENCE = regex(r"[^。；\n]+")
_DIGIT = regex(r"\d")
_NUMBER = regex(r"(?<![\d.])\d+(?:\.\d+)?")
MAX_ALIKE = 20


def check_citations(outline: Outline, cited: frozenset[str], *, torn: bool = False) -> Iterator[Finding]:
    """A finding for each target that no text cites (PW401), unless a table of all targets is attached.

    With `torn`, part of the outline could not be parsed: a target named in it counts as cited.
    """
    if any(attachment.made_of == "指标表" for attachment in outline.attachments):
        return
    if torn and outline.origin is not None:
        known = [target.key for target in outline.targets]
        cited = cited.union(cited_names("\n".join(outline.origin.source.lines), "指标", known))
    for target in outline.targets:
        if target.key not in cited and target.origin is not None and not target.broken:
            yield finding("PW401", target.origin, name=target.title, key=target.key)


class NumberInText(NamedTuple):
    """A number that an author typed: its digits, its index in the text and in its sentence, and the sentence."""

    digits: str
    start: int
    within: int
    sentence: str


def numbers_in(value: str) -> tuple[NumberInText, ...]:
    """The numbers in a text, outside its holes."""
    if not _DIGIT.search(value):
        return ()
    value = _HOLE.sub(lambda hole: "\0" * len(hole.group()), value)
    return tuple(
        NumberInText(number.group(), number.start(), number.start() - sentence.start(), sentence.group())
        for sentence in _SENTENCE.finditer(value)
        for number in _NUMBER.finditer(value, *sentence.span())
    )


class HandTyped:
    """Looks for a target's figure typed by hand in a sentence that names the target (PW403)."""

    def __init__(self, targets: tuple[Target, ...], memo: Memo = NO_MEMO) -> None:
        self.figures: dict[str, dict[str, list[Target]]] = {}
        """The targets by number, and by number and unit; only a few are kept for each, for speed."""
        for target in targets:
            if target.value is not None and target.unit:
                figure = memo.once(shown_of, target)[2]
                number = _NUMBER.search(figure)
                alike = self.figures.setdefault(number.group() if number else "", {}).setdefault(figure, [])
                if len(alike) < MAX_ALIKE:
                    alike.append(target)

    def check(self, text: Text, numbers: tuple[NumberInText, ...]) -> Iterator[Finding]:
        """A finding for each target whose name and figure stand in one sentence of the text; each once."""
        told: set[str] = set()
        for digits, start, within, sentence in numbers:
            for figure, targets in self.figures.get(digits, {}).items():
                if not sentence.startswith(figure, within):
                    continue
                for target in targets:
                    named = target.title in sentence or target.key in sentence
                    if named and target.key not in told and text.origin is not None:
                        told.add(target.key)
                        place = text.origin.within(text.value, start, start + len(figure))
                        yield finding("PW403", place, figure=figure, name=target.title, key=target.key)
