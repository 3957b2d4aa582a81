"""Finds responsible units whose names are a slip away from another name (PW251)."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding
from planwriter.language.unit_names import unit_names
from planwriter.model import Duty, Outline, Text
from planwriter.model.memo import NO_MEMO, Memo
from planwriter.model.walk import PlacedText, TextRole, read_plan_texts
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex

_ENDS = ("办公室", "科室", "中心", "科", "股", "室", "处", "办")
"""Endings that one department has in different bureaus."""
_REGIONS = "县市省区州旗镇乡局委"
_PLACES = regex(r"[镇乡村校园院店组片班]$|街道|社区|小学|中学|学校|幼儿园|学院|大学|医院|公司|集团|^各|^有关|^相关|等")
"""Matches bodies that are told apart by one character: 清溪镇 and 柳溪镇, 第一中学 and 第二中学."""
_APART = frozenset("一二三四五六七八九十0123456789东南西北上下大小中初高前后左右甲乙丙丁内外正副新老县市省区州")
_BUREAUS = "局委厅"
_GOVERNED = "省市县区州旗"
MAX_NAMES = 300


class _Units(NamedTuple):
    text: Text
    names: tuple[str, ...]


class _Named(NamedTuple):
    """A name, the text in which it stands first, and how often it is typed."""

    name: str
    text: Text
    times: int


def check_unit_names(outline: Outline, memo: Memo = NO_MEMO) -> Iterator[Finding]:
    """A finding for each unit whose name is nearly another one's: of the workspace's list, or of the outline.

    A name of the list is right. Of two names in the outline the rarer one is reported, of two that occur once the later
    one; two that both occur often are both right.
    """
    named, counted = memo.once(_names, read_plan_texts(outline, _read, memo))
    for nth, where, other in _slips(counted, outline.unit_list[:MAX_NAMES], _own_regions(outline)):
        name, text, _ = named[nth]
        if text.origin is not None:
            yield finding("PW251", text.origin.find(name), unit=name, where=where, other=other)


def _names(texts: tuple[_Units, ...]) -> tuple[tuple[_Named, ...], tuple[tuple[str, int], ...]]:
    """The names of units in the order in which they are typed, and the same as plain values."""
    found: dict[str, _Named] = {}
    for text, names in texts:
        for name in names:
            known = found.get(name)
            if known:
                found[name] = known._replace(times=known.times + 1)
            elif len(found) < MAX_NAMES:
                found[name] = _Named(name, text, 1)
    return tuple(found.values()), tuple((each.name, each.times) for each in found.values())


def _read(placed: PlacedText) -> _Units | None:
    text = placed.text
    if placed.role not in (TextRole.LEAD, TextRole.SUPPORT) or text.origin is None or "{{" in text.value:
        return None
    return _Units(text, tuple(_named(text, getattr(placed.block, "duty", None))))


def _named(text: Text, duty: Duty | None) -> Iterator[str]:
    """The names in one text of a duty, without bureaus that take their region from one before: 市公安局、司法局."""
    has_region = False
    for each in (*duty.lead, *duty.support) if duty is not None else (text,):
        for name in unit_names(each.value):
            has_region = has_region or _is_of_a_region(name)
            if each is text and (not has_region or _is_of_a_region(name) or name[-1] not in _BUREAUS):
                yield name
        if each is text:
            return


def _is_of_a_region(name: str) -> bool:
    """True for 市公安局."""
    return name[0] in _GOVERNED and name[-1] in _BUREAUS


@functools.lru_cache(maxsize=64)
def _slips(
    counted: tuple[tuple[str, int], ...], listed: tuple[str, ...], regions: tuple[str, ...]
) -> tuple[tuple[int, str, str], ...]:
    """The names, each with its count, that are slips: their indices, and the right names with where these stand."""
    made: list[tuple[int, str, str]] = []
    left: list[tuple[int, _Compared]] = []
    right = [_Compared(name, regions) for name in listed]
    for nth, (name, _) in enumerate(counted):
        if name in listed:
            continue
        one = _Compared(name, regions)
        other = next((each.name for each in right if one.is_near(each)), "")
        other = other or next((each for each in listed if _is_like(name, each)), "")
        if other:
            made.append((nth, "名单里", other))
        else:
            left.append((nth, one))
    told: set[int] = set()
    for at, (nth, one) in enumerate(left):
        for before, other_one in left[:at]:
            if not one.is_near(other_one):
                continue
            rare, usual = (before, nth) if counted[before][1] < counted[nth][1] else (nth, before)
            times = counted[rare][1]
            if rare not in told and (times == 1 or (times == 2 and counted[usual][1] >= 6)):
                told.add(rare)
                made.append((rare, "别处", counted[usual][0]))
    return tuple(made)


def _own_regions(outline: Outline) -> tuple[str, ...]:
    """What may stand before the name of a bureau of the plan's own region: 青山县, 青山, 县; also 局 for a department."""
    name = outline.region.name
    return tuple(
        word for word in (name, name[:-1], name[-1:], "本" + name[-1:], "局", "我" + name[-1:], outline.unit) if word
    )


class _Compared:
    """A name as it is compared with others: without the plan's own region before it and without its ending."""

    __slots__ = ("bare", "is_place", "name", "stem")

    def __init__(self, name: str, regions: tuple[str, ...]) -> None:
        self.name = name
        self.is_place = _PLACES.search(name) is not None
        self.bare = _without_region(name, regions)
        self.stem = next((self.bare[: -len(end)] for end in _ENDS if self.bare.endswith(end)), "")

    def is_near(self, other: _Compared) -> bool:
        """True for two names that differ only in the region or the ending (政策法规科, 政策法规股), or by one slip."""
        if self.name == other.name or self.is_place or other.is_place:
            return False
        one, two = self.bare, other.bare
        if one == two or (self.stem == other.stem and len(self.stem) >= 2):
            return True
        return min(len(one), len(two)) >= 4 and abs(len(one) - len(two)) < 2 and _is_one_slip(one, two)


def _is_like(one: str, listed: str) -> bool:
    """True for 妇幼保健股 beside 妇幼健康股 in the list: departments of one kind that begin alike, of which one is not listed."""
    return min(len(one), len(listed)) >= 4 and one[:2] == listed[:2] and one[-1] == listed[-1] and one[-1] in "股科"


def _without_region(name: str, regions: tuple[str, ...]) -> str:
    """The name without the plan's own region or bureau before it: 青山县教育局 and 县教育局 are 教育局."""
    for region in sorted(regions, key=len, reverse=True):
        if name.startswith(region) and len(name) - len(region) >= 3:
            return name[len(region) :]
    return name


def _is_one_slip(one: str, other: str) -> bool:
    """True if one character is inserted, two are exchanged or, in names of six and more (bureaus: five), one is replaced."""
    begin = 0
    while begin < min(len(one), len(other)) and one[begin] == other[begin]:
        begin += 1
    left, right = one[begin:], other[begin:]
    end = 0
    while end < min(len(left), len(right)) and left[-1 - end] == right[-1 - end]:
        end += 1
    left, right = left[: len(left) - end], right[: len(right) - end]
    if not _APART.isdisjoint(left + right):
        return False
    if {len(left), len(right)} == {0, 1}:
        return begin > 0 or (left + right) not in _REGIONS
    if len(left) == len(right) == 1:
        return begin > 0 and len(one) >= (5 if one[-1] in _BUREAUS or other[-1] in _BUREAUS else 6)
    return len(left) == len(right) == 2 and left == right[::-1]
