"""Compares what an outline prints with the lines it was made from: every character must be there, in its order.

Blanks, the widths of marks, how a label is spelled (1. 1． 1、), and a day in Chinese numerals on a line of its own do not count.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable

from planwriter.importing.labels import read_label
from planwriter.importing.script import ScriptLine
from planwriter.importing.texts import whole_text
from planwriter.language.dates import spelled_date
from planwriter.start.patterns import regex

_BLANKS = regex(r"\s+")


def normal(text: str) -> str:
    """A line in the form in which lines are compared."""
    label = read_label(text)
    sign, rest = (label.sign, label.rest) if label is not None and not label.doubtful else ("", text)
    plain = sign + _BLANKS.sub("", unicodedata.normalize("NFKC", rest))
    return spelled_date(plain) or plain


def is_whole(lines: Iterable[ScriptLine], printed: str) -> bool:
    """True if a printed text has all characters of the lines, in their order, and no others."""
    return "".join(map(normal, _texts(lines))) == "".join(map(normal, printed.split("\n")))


def missing_lines(lines: Iterable[ScriptLine], printed: str) -> list[ScriptLine]:
    """The lines that a printed text does not have as they are."""
    there = Counter(map(normal, printed.split("\n")))
    made = []
    for line in lines:
        for text in _texts((line,)):
            form = normal(text)
            if there[form] > 0:
                there[form] -= 1
            elif form:
                made.append(line)
                break
    return made


def _texts(lines: Iterable[ScriptLine]) -> Iterable[str]:
    """What the lines print: a paragraph as a line, a table as a line for each row."""
    for line in lines:
        if line.rows:
            yield from ("\t".join(cell.replace("\n", " ") for cell in row) for row in line.rows)
        else:
            yield whole_text(line)
