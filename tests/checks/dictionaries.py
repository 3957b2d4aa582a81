"""Places by dictionaries of all names: a second opinion on `planwriter.checks.gazetteer`, which searches its tables."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.checks.gazetteer import (
    _LAST,
    _NAMED_AFTER,
    Place,
    _below,
    _Entry,
    _may_be_short,
    _office,
    _rank,
    _shaped,
    _stands_alone,
    _tables,
)


def _entries() -> tuple[dict[str, _Entry], dict[str, _Entry]]:
    """The divisions by full names, and by short names of at least two characters."""
    names: dict[str, _Entry] = {}
    shorts: dict[str, _Entry] = {}
    rows = [line.split("\t") for line in _tables().names]
    for name, short, codes, kind, before in sorted(rows, key=lambda row: row[2]):
        entry = names[name] = _Entry(tuple(codes.split(" ")), kind, before)
        known = shorts.get(short)
        if known is not None:
            entry = _Entry(known.codes + entry.codes, max(known.kind, kind), known.before + before)
        if len(short) > 1:
            shorts[short] = entry
    return names, shorts


NAMES, SHORTS = _entries()
LENGTHS = range(15, 1, -1)


def find_places(text: str) -> tuple[Place, ...]:
    """As `gazetteer.find_places`."""
    found: list[Place] = []
    for place in sorted({*_full(text), *_behind_their_city(text), *_short(text), *_shaped(text)}, key=_rank):
        if not any(place.start < other.end and other.start < place.end for other in found):
            found.append(place)
    made: list[Place] = []
    for place in sorted(found):
        above = made[-1].codes if made and made[-1].end == place.start else ()
        made.append(place._replace(codes=_below(place.codes, above) or place.codes, office=_office(text, place.end)))
    return tuple(made)


def _ending_at(text: str, end: int, entries: dict[str, _Entry]) -> Iterator[tuple[int, _Entry]]:
    """Where each name that ends before `end` begins, the longest first."""
    for length in LENGTHS:
        entry = entries.get(text[end - length : end]) if length <= end else None
        if entry is not None:
            yield end - length, entry


def _full(text: str) -> Iterator[Place]:
    for last in _LAST.finditer(text):
        for start, entry in _ending_at(text, last.end(), NAMES):
            if _is_behind(text, start, entry.codes) or _stands_alone(text, start, last.end(), entry):
                yield Place(start, last.end(), text[start : last.end()], entry.codes)
                break


def _cities(entry: _Entry) -> tuple[str, ...]:
    return tuple(code for code in entry.codes if code.endswith("00"))


def _is_behind(text: str, start: int, codes: tuple[str, ...]) -> bool:
    uppers = [entry for entries in (NAMES, SHORTS) for _, entry in _ending_at(text, start, entries)]
    return any(_below(codes, _cities(entry)) for entry in uppers)


def _behind_their_city(text: str) -> Iterator[Place]:
    for at in range(len(text)):
        for length in LENGTHS:
            start = at + length
            upper = NAMES.get(text[at:start]) or SHORTS.get(text[at:start]) if start <= len(text) else None
            for longest in LENGTHS if upper else ():
                end = start + longest
                lower = SHORTS.get(text[start:end]) if end <= len(text) else None
                codes = _below(lower.codes, _cities(upper)) if lower and upper else ()
                if lower and codes and _may_be_short(lower, text, end):
                    yield Place(start, end, text[start:end], codes)
                    break


def _short(text: str) -> Iterator[Place]:
    for office in _NAMED_AFTER.finditer(text):
        for start, entry in _ending_at(text, office.start(), SHORTS):
            before = text[max(start - 1, 0) : start]
            if entry.kind in ("", "word") and not (before and before in entry.before):
                yield Place(start, office.start(), text[start : office.start()], entry.codes)
                break
