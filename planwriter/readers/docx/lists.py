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
        self._own: dict[tuple[str, int], _ListLevel] = {}
        """The levels that a list defines for itself, by list and level."""
        self._of_styles: dict[tuple[str, str], int] = {}
        """The levels to which definitions tie paragraph styles, by definition and style."""
        self._named: dict[str, str] = {}
        self._borrowed: dict[str, str] = {}
        """The definitions by the list style that they are, and the list styles by the definitions that only name one."""
        self.starts: dict[tuple[str, int], int] = {}
        """The numbers at which levels restart, by list and level."""
        if package is not None:
            package.read_children(numbering, self._add)

    def _add(self, node: Node) -> None:
        if node.name == "abstractNum":
            identifier = node.value("abstractNumId")
            levels = [(number(each.value("ilvl")), each) for each in node.children if each.name == "lvl"]
            self._levels[identifier] = {depth: _list_level(each) for depth, each in levels}
            self._of_styles |= {(identifier, style): at for at, each in levels if (style := each.value_of("pStyle"))}
            if name := node.value_of("styleLink"):
                self._named.setdefault(name, identifier)
            if name := node.value_of("numStyleLink"):
                self._borrowed[identifier] = name
        elif node.name == "num":
            num_id = node.value("numId")
            self._lists[num_id] = node.value_of("abstractNumId")
            for override in node.children:
                if override.name != "lvlOverride":
                    continue
                depth = number(override.value("ilvl"))
                if (level := override.find("lvl")) is not None:
                    self._own[num_id, depth] = _list_level(level)
                if (start := override.find("startOverride")) is not None:
                    self.starts[num_id, depth] = number(start.value(), 1)

    def indents(self, num_id: str, depth: int) -> Properties:
        """The indents that a list level sets for its paragraphs."""
        level = self.level(num_id, depth)
        return level.indents if level is not None else {}

    def level(self, num_id: str, depth: int) -> _ListLevel | None:
        """A level of a list, counted from 0."""
        if not 0 <= depth <= _DEEPEST:
            return None
        return self._own.get((num_id, depth)) or self._levels.get(self.definition(num_id), {}).get(depth)

    def definition(self, num_id: str) -> str:
        """The identifier of the definition by which lists share their counts."""
        identifier = self._lists.get(num_id, "")
        return self._named.get(self._borrowed.get(identifier, ""), identifier)

    def depth_of_style(self, num_id: str, style: str) -> int:
        """The level of a list to which a paragraph style is tied; 0 if it is tied to none."""
        return self._of_styles.get((self.definition(num_id), style), 0)


def _list_level(level: Node) -> _ListLevel:
    return _ListLevel(
        number(level.value_of("start"), 1),
        level.value_of("numFmt") or "decimal",
        checked(level.value_of("lvlText")),
        properties(level.find("pPr")),
    )


class ListCount:
    """Counts the numbered paragraphs of a story in order."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._starts = dict(lists.starts)
        self._counts: dict[str, list[int | None]] = {}

    def label(self, num_id: str, depth: int) -> str:
        """The label of the next paragraph of a list, a bullet as well; "" in the place of numerals that are not known."""
        level = self._lists.level(num_id, depth)
        if level is None:
            return ""
        counts = self._counts.setdefault(self._lists.definition(num_id), [None] * (_DEEPEST + 1))
        self._start_anew(num_id, counts)
        before = counts[depth]
        counts[depth] = level.start if before is None else before + 1
        for deeper in range(depth + 1, _DEEPEST + 1):
            counts[deeper] = None
        if level.form == "bullet":  # a letter of a symbol font, such as l of Wingdings, is no letter
            return "●" if level.shown.isalnum() else level.shown
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
            if level.form in _LETTERS:
                return _LETTERS[level.form](at)
        except ValueError:
            return str(at)
        if level.form == "decimalZero":
            return f"{at:02}"
        return str(at) if level.form.startswith("decimal") else ""


_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def _letter(at: int) -> str:
    """1 to 26 as a to z, then aa, bb, as Word counts. Raises ValueError outside of 1 to 260."""
    if not 1 <= at <= 260:
        raise ValueError(at)
    return chr(ord("a") + (at - 1) % 26) * ((at - 1) // 26 + 1)


def _roman(at: int) -> str:
    """1 to 399 as a Roman numeral. Raises ValueError outside of that."""
    if not 1 <= at <= 399:
        raise ValueError(at)
    made = ""
    for value, sign in _ROMAN:
        made += sign * (at // value)
        at %= value
    return made


def _stem(at: int) -> str:
    """1 to 10 as 甲 to 癸. Raises ValueError outside of that."""
    if not 1 <= at <= 10:
        raise ValueError(at)
    return "甲乙丙丁戊己庚辛壬癸"[at - 1]


_LETTERS = {
    "lowerLetter": _letter,
    "upperLetter": lambda at: _letter(at).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda at: _roman(at).upper(),
    "ideographTraditional": _stem,
}
"""The numerals that are letters, by the format's name."""
