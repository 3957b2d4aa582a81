"""Which lines of a script are labelled, and at which level each series of labels stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from planwriter.importing.labels import LabelSeries, TypedLabel, read_label
from planwriter.importing.script import STYLES, ScriptLine
from planwriter.importing.texts import whole_text
from planwriter.model import LEVEL_WORDS
from planwriter.start.named_tuple import NamedTuple

MAX_LEVEL = len(LEVEL_WORDS)
_USUAL = {
    LabelSeries.PART: 1,
    LabelSeries.CHAPTER_WORD: 1,
    LabelSeries.SECTION_WORD: 2,
    LabelSeries.ARTICLE: 3,
    LabelSeries.NUMERAL: 1,
    LabelSeries.NUMERAL_IN_BRACKETS: 2,
    LabelSeries.DIGIT: 3,
    LabelSeries.DIGIT_IN_BRACKETS: 4,
    LabelSeries.DIGIT_BEFORE_BRACKET: 4,
}
"""The level of a series if nothing stands over it that takes this level; the others stand below the deepest one."""


class Labelled(NamedTuple):
    """A line with its label, if it has one; `text` is the line without it."""

    line: ScriptLine
    label: TypedLabel | None
    text: str


def with_labels(lines: Iterable[ScriptLine], plain: frozenset[tuple[int, int]] = frozenset()) -> list[Labelled]:
    """The lines with their labels; those whose number is in `plain` have none."""
    made: list[Labelled] = []
    last: dict[LabelSeries, int] = {}
    for line in lines:
        each = _labelled(line) if line.key not in plain else _unlabelled(line)
        label = each.label
        if label is not None:
            if label.doubtful and label.number not in _next_numbers(label.series, last):
                each, label = _unlabelled(line), None
            else:
                last[label.series] = label.number
        made.append(each)
    return _without_single_words(made)


def _next_numbers(series: LabelSeries, last: dict[LabelSeries, int]) -> tuple[int, ...]:
    """The numbers that a doubtful label can have: the next one, and for 一是 also the first."""
    following = last.get(series, 0) + 1
    return (1, following) if series is LabelSeries.FIRSTLY else (following,)


def _labelled(line: ScriptLine) -> Labelled:
    if line.rows:
        return Labelled(line, None, "")
    if line.label:
        label = read_label(line.label)
        if label is None or label.rest:
            return _unlabelled(line)
        return Labelled(line, label._replace(doubtful=False), line.text.strip())
    label = read_label(line.text)
    return Labelled(line, label, label.rest.rstrip() if label else line.text.strip())


def _unlabelled(line: ScriptLine) -> Labelled:
    return Labelled(line, None, whole_text(line))


def _without_single_words(lines: list[Labelled]) -> list[Labelled]:
    """The lines; 一是 and 第一， are labels only if the next line with one counts on."""
    words = [at for at, each in enumerate(lines) if each.label and each.label.series >= LabelSeries.FIRSTLY]
    kept: set[int] = set()
    for one, two in pairwise(words):
        first, second = lines[one].label, lines[two].label
        if (
            first
            and second
            and second == first._replace(number=first.number + 1, rest=second.rest, doubtful=second.doubtful)
        ):
            kept |= {one, two}
    return [_unlabelled(each.line) if at in words and at not in kept else each for at, each in enumerate(lines)]


def levels_of(lines: list[Labelled]) -> dict[LabelSeries, int]:
    """The level of each series that the lines use; a series that would stand too deep has none."""
    order = _nested(sorted({each.label.series for each in lines if each.label}), lines)
    made: dict[LabelSeries, int] = {}
    above = 0
    styled = _styled(lines)
    usual = _usual_levels(order)
    for series in order:
        level = max(above + 1, styled.get(series, 0) or usual.get(series, above + 1))
        if level > MAX_LEVEL:
            level = above + 1
        if level > MAX_LEVEL:
            break
        made[series] = above = level
    return made


def _usual_levels(order: list[LabelSeries]) -> dict[LabelSeries, int]:
    """The usual levels; higher ones if those of a text that begins with 1. would be too deep for all of its series."""
    first = _USUAL.get(order[0], 1) if order else 1
    too_deep = min(first - 1, max(0, first + len(order) - 1 - MAX_LEVEL))
    return {series: max(1, level - too_deep) for series, level in _USUAL.items()} if too_deep else _USUAL


def _styled(lines: list[Labelled]) -> dict[LabelSeries, int]:
    """For series that stand under heading styles of one level: that level."""
    votes = Counter(
        (each.label.series, each.line.style) for each in lines if each.label and each.line.style in LEVEL_WORDS
    )
    made: dict[LabelSeries, int] = {}
    for (series, style), _ in votes.most_common():
        made.setdefault(series, STYLES.index(style))
    return made


def _nested(order: list[LabelSeries], lines: list[Labelled]) -> list[LabelSeries]:
    """The series from the highest to the deepest: in their usual order, unless the numbers say otherwise."""
    labels = [each.label for each in lines if each.label]
    order = list(order)
    for at in range(len(order) - 1):
        upper, lower = order[at], order[at + 1]
        inside = _begun(labels, upper, below=lower) if _begun(labels, lower, below=upper) == 0 else 0
        if inside >= 2 or (inside and _runs_around(labels, lower, inner=upper)):
            order[at], order[at + 1] = lower, upper
    return order


def _runs_around(labels: list[TypedLabel], series: LabelSeries, *, inner: LabelSeries) -> bool:
    """True if a series begins before another one and counts on behind it: 第一，第二，（一）（二）第三，"""
    both = [each for each in labels if each.series in (series, inner)]
    if not both or both[0].series is not series:
        return False
    last = 0
    for one, two in pairwise(both):
        last = one.number if one.series is series else last
        if one.series is inner and two.series is series and two.number == last + 1:
            return True
    return False


def _begun(labels: list[TypedLabel], series: LabelSeries, *, below: LabelSeries) -> int:
    """How often a series begins with 1 right behind a label of another one."""
    pairs = pairwise(labels)
    return sum(1 for one, two in pairs if one.series is below and two.series is series and two.number == 1)
