"""Models of how programs count the lists of a .docx, in which they differ; contains no tests."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from planwriter.language.numerals import chinese_numeral, circled
from tests.wordml import W, characters, root_of

_NUMERALS: dict[str, tuple[Callable[[int], str], int]] = {
    "chineseCountingThousand": (chinese_numeral, 99),
    "decimal": (str, 9999),
    "decimalEnclosedCircle": (circled, 20),
}
"""Functions that write a number, each with the number up to which programs agree."""


@dataclass(kw_only=True)
class Program:
    """A program that counts the levels of a list; its fields are the choices in which programs differ."""

    skipped_count: bool
    """Whether a skipped level counts as one."""
    starts_stay: bool
    """Whether a level starts at its list's startOverride every time or only the first time."""
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def lines(self, data: bytes) -> list[str]:
        """The paragraphs of a .docx that have text or a number of their own, with their labels."""
        self._counts.clear()
        numbering = root_of(data, "word/numbering.xml")
        nums = {num.get(f"{W}numId"): num for num in numbering.iter(f"{W}num")}
        kinds = {kind.get(f"{W}abstractNumId"): kind for kind in numbering.iter(f"{W}abstractNum")}
        made, used = [], set[str]()
        for paragraph in root_of(data).iter(f"{W}p"):
            place = paragraph.find(f"{W}pPr/{W}numPr")
            num_id = place.find(f"{W}numId").get(f"{W}val") if place is not None else "0"  # type: ignore[union-attr]
            label = ""
            if place is not None and num_id != "0":
                num = nums[num_id]
                kind = num.find(f"{W}abstractNumId").get(f"{W}val")  # type: ignore[union-attr]
                starts = {
                    int(each.get(f"{W}ilvl") or 0): int(each[0].get(f"{W}val") or 0)
                    for each in num.iter(f"{W}lvlOverride")
                }
                level = int(place.find(f"{W}ilvl").get(f"{W}val"))  # type: ignore[union-attr, arg-type]
                count = self._count(str(kind), level, starts, first=num_id not in used)
                used.add(str(num_id))
                label = _label(kinds[kind].findall(f"{W}lvl")[level], count)
            if label or characters(paragraph):
                made.append(label + characters(paragraph))
        return made

    def _count(self, kind: str, level: int, starts: dict[int, int], *, first: bool) -> int:
        counts = self._counts.setdefault(kind, {})
        if first:
            counts.update({each: start - 1 for each, start in starts.items()})
        begin = starts.get(level, 1) if self.starts_stay else 1
        counts[level] = counts.get(level, begin - 1) + 1
        for each in range(level):
            if each not in counts and self.skipped_count:
                counts[each] = 1
        for each in [each for each in counts if each > level]:
            del counts[each]
        return counts[level]


def _label(level: etree._Element, count: int) -> str:
    def value(tag: str) -> str:
        found = level.find(f"{W}{tag}")
        return "" if found is None else str(found.get(f"{W}val"))

    numeral, last = _NUMERALS[value("numFmt")]
    assert count <= last
    return re.sub("%[1-9]", numeral(count), value("lvlText"))
