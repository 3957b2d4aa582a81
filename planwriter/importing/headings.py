"""Which lines are headings, and of which level: by their labels, by their styles, or, if there are neither, by their looks."""

from __future__ import annotations

from planwriter.importing.labels import LabelSeries
from planwriter.importing.run_together import STANDARD_TITLES
from planwriter.importing.script import STYLES, ScriptLine
from planwriter.importing.series import Labelled
from planwriter.importing.texts import whole_text
from planwriter.model import LEVEL_WORDS

_MAX_HEADING = 30
_SENTENCE_END = "。！？!?…）)"
_SENTENCE = "。；，：！？、;:,!?…—"


def heading_levels(
    lines: list[Labelled], levels: dict[LabelSeries, int], plain: frozenset[tuple[int, int]] = frozenset()
) -> dict[int, int]:
    """The level of each line, by its index, that is a heading."""
    made: dict[int, int] = {}
    for at, each in enumerate(lines):
        if each.line.rows or each.line.boxed or each.line.key in plain:
            continue
        if each.label is not None and each.label.series in levels:
            made[at] = levels[each.label.series]
        elif each.label is None and each.line.style in LEVEL_WORDS and _fits(whole_text(each.line)):
            made[at] = STYLES.index(each.line.style)
    if not made:
        return _by_looks(lines, plain)
    return {**made, **_unlabelled_chapters(lines, made, plain)} if min(made.values()) > 1 else made


def _unlabelled_chapters(
    lines: list[Labelled], made: dict[int, int], plain: frozenset[tuple[int, int]]
) -> dict[int, int]:
    """Chapters without labels over labelled sections: short lines right before a section, and standard titles."""
    top = min(made.values())
    found: dict[int, int] = {}
    for at, each in enumerate(lines):
        if at in made or each.line.key in plain or not _looks_so(each.line):
            continue
        if whole_text(each.line) in STANDARD_TITLES or made.get(at + 1) == top:
            found[at] = 1
    before = min(found, default=len(lines))
    return found if len(found) > 1 and all(at > before for at in made) else {}


def _fits(text: str) -> bool:
    return 0 < len(text) <= 2 * _MAX_HEADING and text[-1] not in "。；：，"


def _by_looks(lines: list[Labelled], plain: frozenset[tuple[int, int]]) -> dict[int, int]:
    """Headings of a text that has no labels: short lines without the marks of a sentence, each followed by a paragraph.

    Beside standard titles (总体要求, 保障措施) the others stand one level below.
    """
    short = [
        at
        for at, each in enumerate(lines)
        if each.line.key not in plain and _looks_so(each.line) and at + 1 < len(lines) and not lines[at + 1].line.rows
    ]
    bold = [at for at in short if lines[at].line.bold]
    short = bold or short
    paragraphs = sum(1 for each in lines if len(each.text) > _MAX_HEADING and each.text[-1] in _SENTENCE_END)
    if not short or paragraphs == 0 or len(short) > 2 * paragraphs + 2:
        return {}
    standard = {at for at in short if whole_text(lines[at].line) in STANDARD_TITLES}
    others = [at for at in short if at not in standard]
    if any(at + 1 in short and at + 2 in short for at in others):
        return dict.fromkeys(sorted(standard), 1)
    lower = 2 if len(standard) >= 2 and others and min(standard) < min(others) else 1
    return {at: 1 if at in standard else lower for at in short}


def _looks_so(line: ScriptLine) -> bool:
    text = whole_text(line)
    if line.rows or line.boxed or line.right or not 2 <= len(text) <= _MAX_HEADING:
        return False
    return not any(mark in text for mark in _SENTENCE.replace("，", "").replace("、", "")) and text[-1] not in _SENTENCE
