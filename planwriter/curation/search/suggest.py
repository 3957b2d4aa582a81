"""For the headings of an outline the clauses on their subjects, and the usual subjects of its field that it lacks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planwriter.clauses.library import Library
from planwriter.clauses.systems import Users, misfit, systems_of
from planwriter.curation.search.entry import SearchEntry, entry_of
from planwriter.curation.search.subject import NEAR_SUBJECT, ON_SUBJECT, Subjects
from planwriter.findings.finding import Pos
from planwriter.model import Outline, Section, Use
from planwriter.model.walk import walk
from planwriter.plan.compose.fit import plan_of
from planwriter.start.named_tuple import NamedTuple

MAX_HEADINGS = 500
_MOST = 3
"""How many clauses are named for a heading."""
_MOST_LACKING = 20


class Suggestion(NamedTuple):
    """A heading, where it stands, and the clauses on its subject, the likeliest first."""

    heading: str
    pos: Pos
    clauses: tuple[SearchEntry, ...]
    is_on_subject: bool
    """False if the clauses are only near its subject."""


class Suggestions(NamedTuple):
    """The suggestions for an outline."""

    headings: tuple[Suggestion, ...]
    lacking: tuple[SearchEntry, ...]
    """Clauses of the outline's own field on subjects that none of its headings has."""


def suggest(outline: Outline, libraries: Sequence[Library]) -> Suggestions:
    """The clauses of `libraries` (the highest priority first) that fit an outline, for its headings and for what it lacks."""
    entries = _fitting(outline, libraries)
    subjects = Subjects(entries, systems_of(outline.unit))
    used = {each.clause.value for part in outline.parts for each, _ in walk(part.blocks) if isinstance(each, Use)}
    headings = []
    covered = {entry.identifier for entry in entries if entry.identifier in used}
    for heading, pos in _headings(outline):
        subject = _without_place(heading, outline)
        ranked = [each for each in subjects.ranked(subject) if entries[each.at].identifier not in used]
        on_subject = [each for each in ranked if each.score >= ON_SUBJECT]
        covered.update(entries[each.at].identifier for each in subjects.ranked(subject, NEAR_SUBJECT))
        chosen = tuple(entries[each.at] for each in (on_subject or ranked)[:_MOST])
        headings.append(Suggestion(heading, pos, chosen, bool(on_subject)))
    return Suggestions(tuple(headings), tuple(_lacking(outline, entries, covered)))


def _without_place(heading: str, outline: Outline) -> str:
    """A heading without the name of the outline's own place, which is no subject: 健康青山, 平安青山."""
    name = outline.region.name
    return heading.replace(name, "").replace(name[:-1], "") if len(name) >= 3 else heading


def _fitting(outline: Outline, libraries: Iterable[Library]) -> list[SearchEntry]:
    """The entries of the clauses that fit an outline; of one name that of the library with the highest priority."""
    plan = plan_of(outline)
    entries: dict[str, SearchEntry] = {}
    for library in libraries:
        for name in library.topics():
            for clause in library.topic(name):
                entry = entry_of(clause, name)
                if not misfit(entry.users, plan):
                    entries.setdefault(entry.identifier, entry)
    return list(entries.values())


def _headings(outline: Outline) -> list[tuple[str, Pos]]:
    """The titles of the items of an outline that have no items below them, and their places."""
    found = []
    for part in outline.parts:
        for block, _ in walk(part.blocks):
            if not isinstance(block, Section) or block.title is None or block.origin is None:
                continue
            if not any(isinstance(child, Section | Use) for child in block.children):
                found.append((block.title.value, block.origin.pos))
    return found[:MAX_HEADINGS]


def _lacking(outline: Outline, entries: Sequence[SearchEntry], covered: set[str]) -> list[SearchEntry]:
    """The clauses that are written for the outline's own field only, on subjects that are not covered."""
    own = systems_of(outline.unit)
    field = [entry for entry in entries if _is_of_field(entry.users, own)]
    subjects = Subjects(field)
    lacking = []
    seen = {at for at, entry in enumerate(field) if entry.identifier in covered}
    for at, entry in enumerate(field):
        if at not in seen:
            lacking.append(entry)
            seen.update(each.at for each in subjects.ranked(entry.title, ON_SUBJECT))
    return lacking[:_MOST_LACKING]


def _is_of_field(users: Users, own: frozenset[str]) -> bool:
    return not own.isdisjoint(users.systems)
