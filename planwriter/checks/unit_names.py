"""Finds responsible units whose names are a slip away from another name (PW251)."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Span
from planwriter.language.unit_names import unit_names
from planwriter.model import Outline
from planwriter.model.walk import TextRole, walk_plan_texts
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex

_ENDS = ("办公室", "科室", "中心", "科", "股", "室", "处", "办")
"""Endings that one department has in different bureaus."""
_REGIONS = "县市省区州旗镇乡局委"
_PLACES = regex(r"[镇乡村校园院店组片班]$|街道|社区|小学|中学|学校|幼儿园|学院|大学|医院|公司|集团|^各|^有关|^相关|等")
"""Matches bodies that are told apart by one character: 清溪镇 and 柳溪镇, 第一中学 and 第二中学."""
_APART = frozenset("一二三四五六七八九十0123456789东南西北上下大小中初高前后左右甲乙丙丁内外正副新老县市省区州")
_BUREAUS = "局委厅"
MAX_NAMES = 300


class _Named(NamedTuple):
    name: str
    place: Span
    times: int


def check_unit_names(outline: Outline) -> Iterator[Finding]:
    """A finding for each unit whose name is nearly another one's: of the workspace's list, or of the outline.

    A name of the list is right. Of two names in the outline the rarer one is reported, of two that occur once the later
    one; two that both occur often are both right.
    """
    named = _names(outline)
    listed = list(outline.unit_list)[:MAX_NAMES]
    regions = _own_regions(outline)
    told: set[str] = set()
    strange = [each for each in named if each.name not in listed]
    for each in strange:
        other = next((name for name in listed if _is_near(each.name, name, regions)), "")
        other = other or next((name for name in listed if _is_like(each.name, name)), "")
        if other:
            told.add(each.name)
            yield finding("PW251", each.place, unit=each.name, where="名单里", other=other)
    left = [each for each in strange if each.name not in told]
    for nth, each in enumerate(left):
        for other_one in left[:nth]:
            if not _is_near(each.name, other_one.name, regions):
                continue
            rare, usual = (other_one, each) if other_one.times < each.times else (each, other_one)
            if rare.name not in told and (rare.times == 1 or (rare.times == 2 and usual.times >= 6)):
                told.add(rare.name)
                yield finding("PW251", rare.place, unit=rare.name, where="别处", other=usual.name)


def _names(outline: Outline) -> list[_Named]:
    """The names of units in the order in which they are typed, with the place of the first and their count."""
    found: dict[str, _Named] = {}
    for visit in walk_plan_texts(outline):
        text = visit.text
        if visit.role not in (TextRole.LEAD, TextRole.SUPPORT) or text.origin is None or "{{" in text.value:
            continue
        for name in unit_names(text.value):
            known = found.get(name)
            if known:
                found[name] = known._replace(times=known.times + 1)
            elif len(found) < MAX_NAMES:
                found[name] = _Named(name, text.origin.find(name), 1)
    return list(found.values())


def _own_regions(outline: Outline) -> tuple[str, ...]:
    """What may stand before the name of a bureau of the plan's own region: 青山县, 青山, 县; also 局 for a department."""
    name = outline.region.name
    return tuple(
        word for word in (name, name[:-1], name[-1:], "本" + name[-1:], "局", "我" + name[-1:], outline.unit) if word
    )


def _is_near(one: str, other: str, regions: tuple[str, ...]) -> bool:
    if one == other or _PLACES.search(one) or _PLACES.search(other):
        return False
    one, other = _without_region(one, regions), _without_region(other, regions)
    if one == other or _has_same_stem(one, other):
        return True
    return min(len(one), len(other)) >= 4 and _is_one_slip(one, other)


def _is_like(one: str, listed: str) -> bool:
    """True for 妇幼保健股 beside 妇幼健康股 in the list: departments of one kind that begin alike, of which one is not listed."""
    return min(len(one), len(listed)) >= 4 and one[:2] == listed[:2] and one[-1] == listed[-1] and one[-1] in "股科"


def _without_region(name: str, regions: tuple[str, ...]) -> str:
    """The name without the plan's own region or bureau before it: 青山县教育局 and 县教育局 are 教育局."""
    for region in sorted(regions, key=len, reverse=True):
        if name.startswith(region) and len(name) - len(region) >= 3:
            return name[len(region) :]
    return name


def _has_same_stem(one: str, other: str) -> bool:
    """True for 政策法规科 and 政策法规股."""
    stems = [next((name[: -len(end)] for end in _ENDS if name.endswith(end)), "") for name in (one, other)]
    return stems[0] == stems[1] and len(stems[0]) >= 2


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
