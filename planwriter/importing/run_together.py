"""Lines that hold several labelled items, as when a page was copied without its line ends, split before their labels."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from planwriter.importing.labels import LabelSeries, TypedLabel, read_label
from planwriter.importing.script import ScriptLine
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex
from planwriter.start.records import replace

_PLACE = regex(
    r"第\s*[一二三四五六七八九十百零\d]{1,5}\s*(?:部\s*分|[章节条篇编])|[一二三四五六七八九十百]{1,4}\s*、|[（(][一二三四五六七八九十百]{1,4}[）)]"
    r"|(?<![\d.．])\d{1,3}\s*[.．﹒、](?!\d)|[（(]\d{1,3}[）)]|(?<![\d（(.．])\d{1,3}[）)]|[①-⑳]"
)
_SENTENCE_END = "。！？!?"
_MAX_TITLE = 40
_AHEAD = 60
"""How many of the next lines are looked at."""
_BEFORE = 160
"""How many characters before a label are looked at."""
_SPLIT_SERIES = frozenset(
    (
        LabelSeries.PART,
        LabelSeries.CHAPTER_WORD,
        LabelSeries.SECTION_WORD,
        LabelSeries.ARTICLE,
        LabelSeries.NUMERAL,
        LabelSeries.NUMERAL_IN_BRACKETS,
        LabelSeries.DIGIT,
        LabelSeries.DIGIT_IN_BRACKETS,
        LabelSeries.DIGIT_BEFORE_BRACKET,
        LabelSeries.CIRCLED,
    )
)
STANDARD_TITLES = (
    "总体要求和主要目标",
    "总体要求和目标",
    "总体要求",
    "总体思路",
    "总体目标",
    "指导思想",
    "基本原则",
    "工作原则",
    "工作目标",
    "主要目标",
    "发展目标",
    "目标任务",
    "重点任务",
    "主要任务",
    "工作任务",
    "工作内容",
    "主要内容",
    "工作措施",
    "主要措施",
    "工作步骤",
    "实施步骤",
    "方法步骤",
    "时间安排",
    "工作安排",
    "保障措施",
    "工作保障",
    "组织保障",
    "组织领导",
    "组织实施",
    "工作要求",
    "有关要求",
)
"""Titles that stand alone, so that text typed right behind one is its text."""


class _Place(NamedTuple):
    """A label inside a line, and how sure it is by what stands before it."""

    at: int
    label: TypedLabel
    sure: bool
    """True at the beginning of the line and behind the end of a sentence."""


def split_lines(lines: list[ScriptLine]) -> list[ScriptLine]:
    """The lines, each with at most one labelled item; a line is split only where its labels count on."""
    if not any(len(line.text) > _MAX_TITLE for line in lines):
        return lines
    before: dict[LabelSeries, int] = {}
    made: list[ScriptLine] = []
    places = [[] if line.rows else list(_places(line.text)) for line in lines]
    firsts = [_firsts(each) for each in places]
    for at, line in enumerate(lines):
        cuts = _cuts(line, places[at], before, firsts[at + 1 : at + _AHEAD])
        pieces = _cut(line, cuts)
        made += pieces
        for piece in pieces:
            label = None if piece.rows else read_label(piece.text)
            if label is not None and not piece.label:
                before[label.series] = label.number
    return made


def _cut(line: ScriptLine, cuts: list[int]) -> list[ScriptLine]:
    if not cuts:
        return [line]
    text = line.text
    first = replace(line, text=text[: cuts[0]].rstrip())
    ends = [*cuts[1:], len(text)]
    others = (
        ScriptLine(text=text[start:end].strip(), number=line.number) for start, end in zip(cuts, ends, strict=True)
    )
    made = [
        *([first] if first.text.strip() or first.label else []),
        *(piece for other in others for piece in _titled(other)),
    ]
    return [replace(piece, part=line.part * 1000 + at) for at, piece in enumerate(made)]


def _titled(line: ScriptLine) -> Iterator[ScriptLine]:
    """A labelled line whose standard title is followed at once by its text: two lines."""
    label = read_label(line.text)
    title = next((each for each in STANDARD_TITLES if label and label.rest.startswith(each)), "")
    if label is None or not title or label.series > LabelSeries.NUMERAL_IN_BRACKETS:
        yield line
        return
    end = len(line.text) - len(label.rest) + len(title)
    rest = line.text[end:].strip()
    if not rest or rest[0] in "。，、；：和与及的（()）" or len(rest) < _MAX_TITLE:
        yield line
        return
    yield replace(line, text=line.text[:end])
    yield replace(line, text=rest)


def _cuts(
    line: ScriptLine, places: list[_Place], before: dict[LabelSeries, int], following: list[list[TypedLabel]]
) -> list[int]:
    """The indices at which a line is to be split. `following` are the first labels of each series in the next lines."""
    if not places:
        return []
    flat = _is_flat(places)
    last = dict(before)
    kept: dict[LabelSeries, int] = {}  # the labels that stay inside: those that count on from them stay too
    cuts: list[int] = []
    at = 0
    for place in places:
        label = place.label
        counts_on = label.number == last.get(label.series, 0) + 1
        starts = label.number == 1
        if place.at and not flat and kept.get(label.series) == label.number - 1:
            kept[label.series] = label.number
            continue
        title_before = place.at - at <= 2 * _MAX_TITLE and _is_title(line.text[at : place.at])
        if not (counts_on or starts) or not (place.sure or title_before or (flat and counts_on)):
            if place.sure and place.at:
                kept[label.series] = label.number
            continue
        stays = not flat and not _fits_neighbours(place.label, last, following)
        stays = stays or (starts and not counts_on and not flat and not title_before)
        if place.at and stays:
            kept[label.series] = label.number
            continue
        if place.at:
            cuts.append(place.at)
        at = place.at
        last[label.series] = label.number
    return cuts


def _places(text: str) -> Iterator[_Place]:
    for match in _PLACE.finditer(text):
        label = read_label(text[match.start() : match.start() + 60])
        if label is None or label.series not in _SPLIT_SERIES or label.doubtful:
            continue
        prior = text[max(0, match.start() - _BEFORE) : match.start()].rstrip()
        yield _Place(match.start(), label, _ends_sentence(prior))


def _firsts(places: list[_Place]) -> list[TypedLabel]:
    """The first sure label of each series in a line, in their order."""
    made: dict[LabelSeries, TypedLabel] = {}
    for place in places:
        if place.sure:
            made.setdefault(place.label.series, place.label)
    return list(made.values())


def _ends_sentence(prior: str) -> bool:
    """True if a text is blank, or ends with a sentence, or with a note in brackets behind one."""
    if not prior or prior[-1] in _SENTENCE_END:
        return True
    if prior[-1] in '”"':
        return prior[-2:-1] in _SENTENCE_END
    if prior[-1] not in "）)":
        return False
    opened = max(prior.rfind("（"), prior.rfind("("))
    return prior[-2:-1] in _SENTENCE_END or (opened > 0 and prior[:opened].rstrip()[-1:] in _SENTENCE_END)


def _is_flat(places: list[_Place]) -> bool:
    """True if a line holds a whole document: it counts chapters, or sections, at the ends of sentences."""
    for series in (LabelSeries.CHAPTER_WORD, LabelSeries.PART, LabelSeries.NUMERAL, LabelSeries.NUMERAL_IN_BRACKETS):
        sure = [
            place.label.number
            for place in places
            if place.label.series is series and (place.sure or place.label.number == 1)
        ]
        counted = sum(1 for one, two in pairwise(sure) if two == one + 1)
        if counted >= 1 and series is not LabelSeries.NUMERAL_IN_BRACKETS:
            return True
        if counted >= 2:
            return True
    return False


def _is_title(text: str) -> bool:
    """True for a labelled title without any mark of a sentence."""
    label = read_label(text)
    return (
        label is not None
        and 2 <= len(label.rest.strip()) <= _MAX_TITLE
        and not any(mark in label.rest for mark in "。；：！？:;")
    )


def _fits_neighbours(label: TypedLabel, last: dict[LabelSeries, int], following: list[list[TypedLabel]]) -> bool:
    """True if a label inside a line counts on from one before it, or is counted on in one of the next lines."""
    if label.number == last.get(label.series, 0) + 1 and label.number > 1:
        return True
    for ahead in (ahead for firsts in following for ahead in firsts):
        if ahead.series is label.series:
            return ahead.number == label.number + 1
        if ahead.series < label.series:
            return False
    return False
