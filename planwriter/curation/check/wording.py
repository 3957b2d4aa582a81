"""Finds places and bureaus in the wording of clauses, which are to be shared (PW314)."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.checks.gazetteer import find_places, outside_titles
from planwriter.clauses.clause import Clause, Manifest
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding
from planwriter.model.walk import NAMES


def own_names(manifest: Manifest | None, given: tuple[str, ...]) -> tuple[str, ...]:
    """The names of the keeper's own place and bureau: those given, and those in the name of the library's publisher."""
    publisher = manifest.publisher if manifest else ""
    places = tuple(place.name for place in find_places(publisher))
    return tuple(dict.fromkeys(name for name in (publisher, *places, *given) if len(name) > 2))


def check_places(clause: Clause, own: tuple[str, ...]) -> Iterator[Finding]:
    """A finding for each place or bureau that a clause names, once; `own` are the keeper's own names."""
    told: set[str] = set()
    for text, role in clause.texts():
        if role in NAMES:
            continue
        value = outside_titles(text.value)
        names = [name for name in own if name in value]
        names = [name for name in names if not any(name != other and name in other for other in names)]
        names += [
            place.name + place.office for place in find_places(value) if not any(place.name in name for name in names)
        ]
        for name in names:
            if text.origin is not None and name not in told:
                told.add(name)
                yield finding("PW314", text.origin.find(name), name=name)
