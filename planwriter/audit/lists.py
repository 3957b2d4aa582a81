"""The labels that Word counts itself: numbering.xml and the paragraphs' numPr to 一、 （一） 1."""

from __future__ import annotations

import re

from planwriter.audit.package import Element
from planwriter.audit.properties import Properties, W, local, number, properties, value
from planwriter.language.numerals import chinese_numeral, circled

_CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "taiwaneseCountingThousand",
    "ideographDigital",
    "chineseLegalSimplified",
}
_DEEPEST = 8


class Lists:
    """Counts the numbered paragraphs of a document as they come by."""

    def __init__(self, numbering: Element | None) -> None:
        self._levels: dict[str, dict[int, Element]] = {}
        self._lists: dict[str, str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._counts: dict[str, list[int | None]] = {}
        for child in numbering if numbering is not None else ():
            if local(child) == "abstractNum":
                levels = {number(value(level, "ilvl")): level for level in child.findall(f"{W}lvl")}
                self._levels[value(child, "abstractNumId")] = levels
            elif local(child) == "num":
                self._add(child)

    def _add(self, num: Element) -> None:
        num_id = value(num, "numId")
        self._lists[num_id] = value(num.find(f"{W}abstractNumId"))
        for override in num.findall(f"{W}lvlOverride"):
            start = override.find(f"{W}startOverride")
            if start is not None:
                self._starts[num_id, number(value(override, "ilvl"))] = number(value(start), 1)

    def indents(self, num_id: str, depth: int) -> Properties:
        """What a list level sets for its paragraphs."""
        level = self._level(num_id, depth)
        return properties(level.find(f"{W}pPr")) if level is not None else {}

    def label(self, num_id: str, depth: int) -> str:
        """The label of the next paragraph of a list; "" for bullets, and for numerals that are not known."""
        level = self._level(num_id, depth)
        if level is None:
            return ""
        counts = self._counts.setdefault(self._lists[num_id], [None] * (_DEEPEST + 1))
        self._starts_first(num_id, counts)
        before = counts[depth]
        counts[depth] = self._start(level) if before is None else before + 1
        for deeper in range(depth + 1, _DEEPEST + 1):
            counts[deeper] = None
        shown = value(level.find(f"{W}lvlText"))
        return re.sub(r"%([1-9])", lambda match: self._numeral(num_id, int(match[1]) - 1, counts), shown)

    def _starts_first(self, num_id: str, counts: list[int | None]) -> None:
        """A list that says where it starts takes its counts anew when it first appears."""
        for depth in range(_DEEPEST + 1):
            start = self._starts.pop((num_id, depth), None)
            if start is not None:
                counts[depth] = start - 1

    def _level(self, num_id: str, depth: int) -> Element | None:
        return self._levels.get(self._lists.get(num_id, ""), {}).get(depth) if 0 <= depth <= _DEEPEST else None

    def _start(self, level: Element) -> int:
        return number(value(level.find(f"{W}start")), 1)

    def _numeral(self, num_id: str, depth: int, counts: list[int | None]) -> str:
        level = self._level(num_id, depth)
        if level is None:
            return ""
        form = value(level.find(f"{W}numFmt")) or "decimal"
        count = counts[depth]
        at = self._start(level) if count is None else count
        try:
            if form in _CHINESE:
                return chinese_numeral(at)
            if form.startswith("decimalEnclosedCircle"):
                return circled(at)
        except ValueError:
            return str(at)
        return str(at) if form.startswith("decimal") else ""
