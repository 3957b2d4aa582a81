"""Checks that texts cite every target (PW401), and that no target's figure is typed by hand (PW403)."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.fill.written_names import cited_names
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding
from planwriter.model import Outline, Target, Text
from planwriter.start.patterns import regex
from planwriter.targets.values import FigureView

_HOLE = regex(r"\{\{[^{}]*\}\}")
_SENTENCE = regex(r"[^。；\n]+")
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


class HandTyped:
    """Looks for a target's figure typed by hand in a sentence that names the target (PW403)."""

    def __init__(self, targets: tuple[Target, ...]) -> None:
        self.figures: dict[str, dict[str, list[Target]]] = {}
        """The targets by number, and by number and unit; only a few are kept for each, for speed."""
        for target in targets:
            if target.value is not None and target.unit:
                figure = str(FigureView(target, target.value.value, bound=""))
                number = _NUMBER.search(figure)
                alike = self.figures.setdefault(number.group() if number else "", {}).setdefault(figure, [])
                if len(alike) < MAX_ALIKE:
                    alike.append(target)

    def check(self, text: Text) -> Iterator[Finding]:
        """A finding for each target whose name and figure stand in one sentence of the text; each once."""
        if not self.figures or text.origin is None:
            return
        value = _HOLE.sub(lambda hole: "\0" * len(hole.group()), text.value)
        told: set[str] = set()
        for sentence in _SENTENCE.finditer(value):
            for number in _NUMBER.finditer(value, *sentence.span()):
                for figure, targets in self.figures.get(number.group(), {}).items():
                    if not value.startswith(figure, number.start(), sentence.end()):
                        continue
                    for target in targets:
                        named = target.title in sentence.group() or target.key in sentence.group()
                        if named and target.key not in told:
                            told.add(target.key)
                            place = text.origin.within(text.value, number.start(), number.start() + len(figure))
                            yield finding("PW403", place, figure=figure, name=target.title, key=target.key)
