"""Commitments that nobody set: rates, counts, money and dates that a clause takes from the defaults of its parameters."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Span
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex

_SHOWN = 3
_RELATED = 20
_READ = 1000
"""How many characters of a default are read."""
_NAMES = regex(
    r"\{\{.*?\}\}|《[^》]*》|“[^”]*”|〔\d+〕(?:\d+号)?|\d{3,5}(?=[^，。；]{0,4}(?:热线|电话|平台))|20\d\d年版"
    r"|[两三四五六]个(?=维护|确立|意识|自信|务必|毫不|全面|坚持|必须)|每一"
)
"""Matches what is no figure of the default: holes, which show what the outline says, and names with a number."""
_FIGURE = regex(
    r"[0-9０-９]|[一二三四五六七八九十百千万亿两〇零]+(?:[多余])?"
    r"(?:[个所名人次项场家元天日月年周成倍番轮户件篇台套辆张册处座亩]|季度|学期|小时|[学课]时|分钟|公里|平方米|平米)"
)
_NUMERAL = regex(r"[一二三四五六七八九十百千万亿两〇零]+")


class Unset(NamedTuple):
    """A default that a use of a clause takes over: the use, the parameter's name, and the value with its unit."""

    place: Span
    name: str
    value: str


def is_commitment(default: str) -> bool:
    """True for the default of a parameter that sets a figure or a date: 95, 12月底, 三所; False for 高质量发展."""
    rest = _NAMES.sub("", default[:_READ])
    return _FIGURE.search(rest) is not None or _NUMERAL.fullmatch(rest) is not None


def unset_values(found: Collection[Unset]) -> Iterator[Finding]:
    """One finding that lists all defaults taken over, at the first use; the uses that it does not name are related places."""
    if not found:
        return
    found = sorted(found, key=lambda each: (each.place.pos.line, each.place.pos.column))
    named = "、".join(f"第 {each.place.pos.line} 行“{each.name}”{each.value}" for each in found[:_SHOWN])
    first = found[0]
    yield finding(
        "PW316",
        first.place,
        related=tuple((each.place.pos, f"“{each.name}”{each.value}") for each in found[_SHOWN:_RELATED]),
        count=len(found),
        samples=named + ("……" if len(found) > _SHOWN else ""),
        name=first.name,
    )
