"""Texts of an outline made from a script: they know their line, and what means something in an outline is escaped."""

from __future__ import annotations

from collections.abc import Iterable

from planwriter.findings.finding import Source, Span
from planwriter.importing.script import Script, ScriptLine
from planwriter.model import Duty, Text
from planwriter.start.patterns import regex

_BRACES = regex(r"\{\{|\}\}|\{%|%\}|\{#|#\}")


def escaped(text: str) -> str:
    """A text whose own braces are printed as they are, not filled in."""
    if "{" not in text and "}" not in text:
        return text
    return _BRACES.sub(lambda match: f"{{{{ '{match[0]}' }}}}", text)


class Origins:
    """The places of a script's lines, for the texts and blocks that are made from them."""

    def __init__(self, script: Script) -> None:
        texts: dict[int, str] = {}
        for line in script.lines:
            texts[line.number] = texts.get(line.number, "") + _shown(line)
        last = max(texts, default=0)
        lines = [texts.get(number, "") for number in range(1, last + 1)]
        self._source = Source(script.name, "\n".join(lines))
        self._starts = [0]
        for line_text in lines:
            self._starts.append(self._starts[-1] + len(line_text) + 1)

    def span(self, number: int) -> Span:
        """The whole of a line."""
        at = min(max(number, 1), len(self._starts) - 1) - 1 if len(self._starts) > 1 else 0
        start = self._starts[at]
        return Span(self._source, start, max(self._starts[min(at + 1, len(self._starts) - 1)] - 1, start))

    def text(self, value: str, number: int) -> Text:
        """A text that was typed in a line."""
        return Text(value=escaped(value), origin=self.span(number))

    def paragraphs(self, values: Iterable[str], number: int) -> Text | None:
        """Paragraphs as one text; None if there are none."""
        joined = "\n".join(value for value in values if value)
        return self.text(joined, number) if joined else None

    def duty(self, duty: Duty | None, number: int) -> Duty | None:
        """The units that were read in a line, with their place."""
        if duty is None:
            return None
        return Duty(
            lead=tuple(self.text(each.value, number) for each in duty.lead),
            support=tuple(self.text(each.value, number) for each in duty.support),
            deadline=self.text(duty.deadline.value, number) if duty.deadline else None,
        )


def whole_text(line: ScriptLine) -> str:
    """The text of a line with the label that the program counts."""
    return f"{line.label}{line.text.strip()}" if line.label else line.text.strip()


def _shown(line: ScriptLine) -> str:
    return (
        "　".join(cell for row in line.rows for cell in row).replace("\n", " ")
        if line.rows
        else whole_text(line).replace("\n", " ")
    )
