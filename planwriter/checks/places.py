"""Finds names of other districts in a plan, which were copied with a sentence and do not belong there (PW350)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from planwriter.checks.frame import is_superior
from planwriter.checks.gazetteer import Place, codes_of, find_places, is_within, outside_titles
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Span
from planwriter.language.regions import level_of
from planwriter.model import Document, Outline, Region, Text
from planwriter.model.memo import NO_MEMO, Memo, Recent, apart_from_digits
from planwriter.model.walk import NAMES, PlacedText, TextRole
from planwriter.start.named_tuple import NamedTuple

_WHOLE_REGIONS = ("71", "81", "82")
"""Taiwan, Hong Kong and Macao: a plan names them only on purpose."""
_RANKS = {"省": 4, "自治区": 4, "直辖市": 4, "市": 3, "州": 3, "地区": 3, "盟": 3}
_UNKNOWN, _COUNTRY = "某", "国家"
"""With a region that is not yet filled in, or the whole country, no place is foreign."""
MAX_RELATED = 5


def check_named(
    named: Iterable[Named], document: Document, outline: Outline, memo: Memo = NO_MEMO
) -> Iterator[Finding]:
    """A finding for each foreign place or bureau in a composed document, at its first place, with the number of places.

    `named` are the texts of the document that name places, as `places_at` reads them. Not foreign are the region, the places inside and above it, the bureau, and the names declared in 可提地名.
    """
    if outline.region.name.startswith(_UNKNOWN) or outline.region.level == _COUNTRY:
        return
    home = memo.lasting(_Home, by=(outline.region, outline.unit, outline.places))
    told: dict[tuple[str, ...], list[tuple[str, Span]]] = {}
    for text, role, places in (*_in_title(document, outline.title), *named):
        above = role is TextRole.RECIPIENT and is_superior(text.value, outline)
        for place in places:
            if not home.holds(place) and not (above and home.may_lie_in(place)):
                shown = place.name + place.office
                told.setdefault(place.codes or (place.name,), []).append((shown, _span(text, place, shown)))
    region = outline.region.name or "本地"
    for (name, span), *more in told.values():
        count = f"（共 {len(more) + 1} 处）" if more else ""
        related = tuple((other.pos, f"这里是“{shown}”") for shown, other in more[:MAX_RELATED])
        yield finding("PW350", span, related=related, name=name, count=count, region=region)


def _span(text: Text, place: Place, shown: str) -> Span:
    """The place of a name in the author's file; that of the whole text if a {{ … }} inserted the name."""
    assert text.origin is not None
    name = shown if shown in text.origin.raw else place.name
    before = text.value[: place.start].count(name)
    return text.origin.find(name, before)


class _Home:
    """The names that an outline may use: its region, the places above and inside it, its bureau, and declared names."""

    def __init__(self, region: Region, unit: str, places: tuple[str, ...]) -> None:
        self.names = tuple(name for name in (region.name, region.superior, unit, *places) if name)
        above = {code for place in find_places(region.superior) for code in place.codes}
        named = find_places(region.name)
        codes = set(named[-1].codes if named else codes_of(region.name))
        above.update(code for place in named[:-1] for code in place.codes)
        self.inside = frozenset(_those_in(codes, above))
        for place in find_places(unit):
            above |= self.inside.intersection(place.codes) or _those_in(set(place.codes), above)
        self.above = frozenset(above)
        declared = (find_places(name) for name in places)
        self.declared = frozenset(code for found in declared for place in found[-1:] for code in place.codes)
        self.rank = _RANKS.get(region.level, 2)

    def holds(self, place: Place) -> bool:
        """True if the plan may name the place."""
        if any(place.name in name for name in self.names) or any(code[:2] in _WHOLE_REGIONS for code in place.codes):
            return True
        if not place.codes:  # recognized only by its form: a county in a city's plan counts as its own
            return _RANKS.get(level_of(place.name), 2) < self.rank
        return any(self._is_home(code) for code in place.codes)

    def may_lie_in(self, place: Place) -> bool:
        """True if the table of place names cannot tell whether the region lies in the place: one of them is not in it."""
        return not place.codes or not self.inside

    def _is_home(self, code: str) -> bool:
        within = any(is_within(code, home) for home in (*self.inside, *self.declared))
        return within or any(is_within(home, code) for home in (*self.inside, *self.above, *self.declared))


def _those_in(codes: set[str], above: set[str]) -> set[str]:
    """The codes that lie in one of `above`; all of `codes` if none does."""
    return {code for code in codes if any(is_within(code, other) for other in above)} or codes


# the texts of a document


_LEFT_OUT = NAMES.union((TextRole.COPY, TextRole.NUMBER, TextRole.APPROVER, TextRole.DATE, TextRole.PRINT_DATE))
"""Roles without a check: 抄送 may name any place; numbers, dates and names of people are no places."""


class Named(NamedTuple):
    """A text that names places."""

    text: Text
    role: TextRole
    places: tuple[Place, ...]


def _in_title(document: Document, title: Text | None) -> tuple[Named, ...]:
    """The title of a document, at the place where it was typed, if it names places."""
    if title is None:
        return ()
    named = places_at(PlacedText(Text(value=document.title, origin=title.origin), TextRole.PLAN_TITLE))
    return (named,) if named else ()


def _places_in(value: str) -> tuple[Place, ...]:
    return find_places(outside_titles(value))


def places_at(placed: PlacedText, places_in: Callable[[str], tuple[Place, ...]] = _places_in) -> Named | None:
    """A text that names places; None for one that names none, or may name any. In a batch they are `known_places`."""
    text, role = placed.text, placed.role
    places = places_in(text.value) if role not in _LEFT_OUT and text.origin is not None else ()
    return Named(text, role, places) if places else None


def known_places(value: str) -> tuple[Place, ...]:
    """The places named in a text; for one that differs only in digits from another they are known."""
    key = apart_from_digits(value)  # no name has any
    known: tuple[Place, ...] | None = _places.get(key)
    if known is None:
        known = _places_in(value)
        _places.put(key, value, known)
    return known


_places = Recent()
