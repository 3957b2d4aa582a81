"""The labels that Word counts: from numbering.xml and the paragraphs' numPr to 一、 （一） 1."""

from __future__ import annotations

import re

from planwriter.language.numerals import chinese_numeral, circled
from planwriter.readers.docx.package import Package
from planwriter.readers.docx.properties import Properties, checked, number, properties
from planwriter.readers.docx.xml import Node
from planwriter.start.named_tuple import NamedTuple

_CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "taiwaneseCountingThousand",
    "ideographDigital",
    "chineseLegalSimplified",
}
_DEEPEST = 8


class _ListLevel(NamedTuple):
    start: int
    form: str
    shown: str
    indents: Properties


class Lists:
    """The lists of a document as numbering.xml defines them; the part may be missing."""

    def __init__(self, package: Package | None = None, numbering: str = "") -> None:
        self._levels: dict[str, dict[int, _ListLevel]] = {}
        self._lists: dict[str, str] = {}
        self.starts: dict[tuple[str, int], int] = {}
        """The numbers at which levels restart, by list and level."""
        if package is not None:
            package.read_children(numbering, self._add)

    def _add(self, node: Node) -> None:
        if node.name == "abstractNum":
            levels = {
                number(level.value("ilvl")): _ListLevel(
                    number(level.value_of("start"), 1),
                    level.value_of("numFmt") or "decimal",
                    checked(level.value_of("lvlText")),
                    properties(level.find("pPr")),
                )
                for level in node.children
                if level.name == "lvl"
            }
            self._levels[node.value("abstractNumId")] = levels
        elif node.name == "num":
            num_id = node.value("numId")
            self._lists[num_id] = node.value_of("abstractNumId")
            for override in node.children:
                start = override.find("startOverride") if override.name == "lvlOverride" else None
                if start is not None:
                    self.starts[num_id, number(override.value("ilvl"))] = number(start.value(), 1)

    def indents(self, num_id: str, depth: int) -> Properties:
        """The indents that a list level sets for its paragraphs."""
        level = self.level(num_id, depth)
        return level.indents if level is not None else {}

    def level(self, num_id: str, depth: int) -> _ListLevel | None:
        """A level of a list, counted from 0."""
        return self._levels.get(self._lists.get(num_id, ""), {}).get(depth) if 0 <= depth <= _DEEPEST else None

    def definition(self, num_id: str) -> str:
        """The identifier of the definition by which lists share their counts."""
        return self._lists.get(num_id, "")


class ListCount:
    """Counts the numbered paragraphs of a story in order."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._starts = dict(lists.starts)
        self._counts: dict[str, list[int | None]] = {}

    def label(self, num_id: str, depth: int) -> str:
        """The label of the next paragraph of a list; "" for bullets, and for numerals that are not known."""
        level = self._lists.level(num_id, depth)
        if level is None:
            return ""
        counts = self._counts.setdefault(self._lists.definition(num_id), [None] * (_DEEPEST + 1))
        self._start_anew(num_id, counts)
        before = counts[depth]
        counts[depth] = level.start if before is None else before + 1
        for deeper in range(depth + 1, _DEEPEST + 1):
            counts[deeper] = None
        return re.sub(r"%([1-9])", lambda match: self._numeral(num_id, int(match[1]) - 1, counts), level.shown)

    def _start_anew(self, num_id: str, counts: list[int | None]) -> None:
        """Resets the counts of a list with a start of its own when it first appears."""
        for depth in range(_DEEPEST + 1):
            start = self._starts.pop((num_id, depth), None)
            if start is not None:
                counts[depth] = start - 1

    def _numeral(self, num_id: str, depth: int, counts: list[int | None]) -> str:
        level = self._lists.level(num_id, depth)
        if level is None:
            return ""
        count = counts[depth]
        at = level.start if count is None else count
        try:
            if level.form in _CHINESE:
                return chinese_numeral(at)
            if level.form.startswith("decimalEnclosedCircle"):
                return circled(at)
        except ValueError:
            return str(at)
        return str(at) if level.form.startswith("decimal") else ""
