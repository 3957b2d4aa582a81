"""New lines of a .docx, each made like one of those that are there: its style, its label, its title that runs in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from planwriter.compare.tracked.in_word import LineInWord
from planwriter.compare.versions.version import VersionItem, VersionLine
from planwriter.model.walk import TextRole
from planwriter.plan.flow import BODY, HEADINGS, TITLE
from planwriter.start.typing import TypeAlias
from planwriter.writers.docx.tracked import Insert

_WITH_LEAD = 2
_Look: TypeAlias = tuple[str, int, bool, bool]


class NewLines:
    """Makes new lines like those of a version of a .docx; `lines` are the places of its items, None for what has none."""

    def __init__(self, items: Sequence[VersionItem], lines: Sequence[LineInWord | None]) -> None:
        self._lines = lines
        self._likes: dict[_Look, list[int]] = {}
        for at, line in enumerate(lines):
            item = items[at]
            if line is not None and isinstance(item, VersionLine):
                for key in _looks(item):
                    self._likes.setdefault(key, []).append(at)

    def insert(
        self, item: VersionLine, at: int, after: int, author: str, *, beyond: bool = False, comment: str = ""
    ) -> Insert:
        """A line with the words of `item` behind the paragraph `after`, of which `at` is the item."""
        like = self._like(item, at)
        line = self._lines[like] if like >= 0 else None
        typed = item.whole if line is None else typed_words(line, item)
        number = line.paragraph.number if line is not None else 0
        return Insert(after, typed, author, number, beyond, comment, _lead(line, item, typed))

    def _like(self, item: VersionLine, at: int) -> int:
        """The nearest line that looks as a new one should; -1 for none."""
        for key in (*_looks(item), (BODY, 0, False, False)):
            found = _nearest(self._likes.get(key, [-1]), at + 1)
            line = self._lines[found] if found >= 0 else None
            if line is not None and (item.label or not line.counted):
                return found
        return -1


def typed_words(line: LineInWord, item: VersionLine) -> str:
    """The characters of an item as they are typed in a line like `line`, where Word may count the label."""
    text = item.text.replace("\n", "") if item.role == TITLE else item.text
    return text if line.counted and item.label else item.label + text


def _looks(line: VersionLine) -> Iterator[_Look]:
    """What lines of the same look have in common: first all of it, then less."""
    yield line.role, line.level, bool(line.label), line.boxed
    yield line.role, line.level, bool(line.label), not line.boxed
    yield line.role, line.level, not line.label, line.boxed
    if line.role in HEADINGS or not line.level:
        yield line.role, -1, False, False


def _lead(line: LineInWord | None, item: VersionLine, typed: str) -> int:
    """How many characters of a new line are a title that runs in with its text."""
    if line is None or item.role != BODY or not item.level:
        return 0
    looks = [run.look for run in line.paragraph.shown if run.text.strip()]
    if len(looks) < _WITH_LEAD or looks[0] == looks[-1]:
        return 0
    ends = [each.end for each in item.stretches if each.role == TextRole.TITLE]
    before = len(typed) - len(item.text)
    if ends:
        return min(before + ends[0] + 1, len(typed))
    return typed.find("。") + 1


def _nearest(numbers: list[int], number: int) -> int:
    """The number of a sorted list that comes before another, or behind it if there is none."""
    return numbers[max(bisect_left(numbers, number) - 1, 0)]
