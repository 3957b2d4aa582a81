"""Finds a bureau that one document names in two ways: 县卫健委 and 县卫健局, 住房和城乡建设局 and 住房城乡建设局 (PW528)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planwriter.checks.prose.slip import Slip
from planwriter.start.named_tuple import NamedTuple

_FAMILIES = (
    (("教育局",), ("教育体育局", "教育和体育局", "教体局"), ("教育科技局", "教育科学技术局", "教科局")),
    (("发展和改革局", "发展改革局", "发改局"), ("发展和改革委员会", "发展改革委员会", "发改委")),
    (("卫生健康局", "卫健局"), ("卫生健康委员会", "卫健委")),
    (("住房和城乡建设局", "住房城乡建设局", "住建局"),),
    (("人力资源和社会保障局", "人力资源社会保障局", "人社局"),),
    (("文化和旅游局", "文化旅游局", "文旅局"), ("文化广电和旅游局", "文化广电旅游局", "文广旅局"), ("文化体育和旅游局", "文体旅局")),
    (("工业和信息化局", "工业信息化局", "工信局"), ("科技和工业信息化局", "科工信局"), ("经济和信息化局", "经信局")),
    (("自然资源局",), ("自然资源和规划局", "自然资源规划局", "资规局")),
    (("水利局",), ("水务局",)),
    (("林业局",), ("林业和草原局", "林草局")),
)  # fmt: skip
"""The names of the bureaus of one branch: those of one bureau together, the full ones before the short one, which may stand beside them."""
_SHORT = 4
"""In characters; a short name is no longer, and a full name is one of two only beside another full name."""
_KNOWN = {
    name: (number, which)
    for number, family in enumerate(_FAMILIES)
    for which, names in enumerate(family)
    for name in names
}
_LEVELS = frozenset("省市县区州旗")
_NAMES: dict[str, list[str]] = {}
"""The names by their 局 or 委 and the character before it, longer ones first."""
for _name in sorted(_KNOWN, key=len, reverse=True):
    _stem = _name.removesuffix("员会")
    _NAMES.setdefault(_stem[-2:], []).append(_name)


class NamedOffice(NamedTuple):
    """A bureau named in a text: its level, its name, and where that stands."""

    level: str
    name: str
    start: int
    end: int


def offices_in(text: str) -> Iterator[NamedOffice]:
    """The bureaus named behind 县, 市 …, in their order."""
    found = [office for last in "局委" for office in _ending(text, last)]
    yield from sorted(found, key=lambda office: office.start)


def _ending(text: str, last: str) -> Iterator[NamedOffice]:
    """The bureaus whose names end with, or hold, this character."""
    at = text.find(last)
    while at >= 0:
        for name in _NAMES.get(text[at - 1 : at + 1], ()):
            start = at + 1 + name.endswith("会") * 2 - len(name)
            if start > 0 and text[start - 1] in _LEVELS and text.startswith(name, start):
                yield NamedOffice(text[start - 1], name, start, start + len(name))
                break
        at = text.find(last, at + 1)


class OfficeNames:
    """The names of the bureaus of a document, as read so far."""

    def __init__(self) -> None:
        self._first: dict[tuple[str, int], list[str]] = {}

    def read(self, offices: Iterable[NamedOffice]) -> Iterator[Slip]:
        """The slips in the next text: each name that is new, but not for a bureau that is new."""
        for office in offices:
            names = self._first.setdefault((office.level, _KNOWN[office.name][0]), [])
            other = next((each for each in names if _disagree(each, office.name)), "")
            if other and office.name not in names:
                what = f"“{office.level}{office.name}”前面写的是“{office.level}{other}”"
                advice = "是同一个单位的，改成一样；确实是两个单位的，不用改。"
                yield Slip(office.start, office.end, "PW528", what, advice, kind=office.name)
            if office.name not in names:
                names.append(office.name)


def _disagree(first: str, second: str) -> bool:
    if _KNOWN[first] != _KNOWN[second]:
        return True
    return first != second and (len(first) <= _SHORT) == (len(second) <= _SHORT)
