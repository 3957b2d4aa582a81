"""Clauses looked for in several libraries: by their indexes, or one by one where an index cannot be had."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from planwriter.libraries import Library
from planwriter.search.alike import group_alike
from planwriter.search.entry import Entry, entry_of, fields_of
from planwriter.search.query import Query, tier_of
from planwriter.search.slots import key_of, slot_of
from planwriter.search.text import cut, fold

if TYPE_CHECKING:
    from planwriter.search.index import Found, Index

MAX_FOUND = 1000
"""How many clauses are found at most: nobody reads on; the answer says that there are more."""
MAX_COMPARED = 100
"""How many of the best are compared with each other, to group those that are alike."""


class Hit(NamedTuple):
    """A clause found: the number of its library (0 the nearest), how well it answers (0 best), and what is shown of it."""

    library: int
    tier: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found: the best first, each with those that are like it, the count of all, and whether there are more."""

    groups: tuple[tuple[Hit, ...], ...]
    count: int
    is_cut: bool


class Scan:
    """A library looked through clause by clause: what an index must agree with, and what stands in for it."""

    def __init__(self, entries: Iterable[tuple[int, Entry]]) -> None:
        self.entries = dict(sorted(entries))

    def search(self, query: Query, limit: int) -> Found:
        """As `Index.search`."""
        tiers = ((tier_of(query, fields_of(entry)), key) for key, entry in self.entries.items())
        return sorted((tier, key) for tier, key in tiers if tier is not None)[:limit]

    def entry(self, key: int) -> Entry:
        """As `Index.entry`."""
        return self.entries[key]


class Searcher:
    """Libraries made ready to be searched, nearest first. `cache` is the folder of the indexes; none are used without."""

    def __init__(self, libraries: tuple[Library, ...], cache: str | None) -> None:
        self.libraries = libraries
        self.cache = cache
        self.without_index: dict[int, str] = {}
        """For libraries that are looked through instead: why there is no index."""
        self._open: list[Index | Scan] = [self._ready(number) for number in range(len(libraries))]

    def search(self, query: Query, most: int = 20) -> Answer:
        """The best answers to a query in at most `most` groups."""
        found = []
        for number in range(len(self.libraries)):
            found += [(tier, number, key) for tier, key in self._found(number, query)]
        found.sort()
        compared = found[: max(MAX_COMPARED, most)]
        hits = [Hit(number, tier, self._entry(number, key)) for tier, number, key in compared]
        groups = group_alike([hit.entry.text for hit in hits], most)
        return Answer(tuple(tuple(hits[at] for at in group) for group in groups), min(len(found), MAX_FOUND), len(found) > MAX_FOUND)

    def hidden(self, hit: Hit) -> bool:
        """True where a nearer library has a clause of the same identifier, which is the one that 用 gets."""
        return any(library.find(hit.entry.identifier) for library in self.libraries[: hit.library])

    def close(self) -> None:
        """Lets go of the indexes."""
        for each in self._open:
            if not isinstance(each, Scan):
                each.close()

    def _ready(self, number: int) -> Index | Scan:
        library = self.libraries[number]
        if not library.place:
            return _scan(library)
        if self.cache is None:
            self.without_index[number] = "没有可用的缓存文件夹"
            return _scan(library)
        try:
            from planwriter.search import index
        except ImportError:
            self.without_index[number] = "这个 Python 不带 sqlite3"
            return _scan(library)
        path = os.path.join(self.cache, _file_name(library.place))
        for attempt in (1, 2):
            opened = None
            try:
                opened = index.Index(path)
                opened.refresh(_digests(library), lambda name: _entries(library, name))
                return opened
            except index.Broken as error:
                if opened is not None:
                    opened.close()
                self.without_index[number] = str(error)
                if attempt == 2 or "locked" in str(error):
                    break
                with contextlib.suppress(OSError):  # damaged, or of a kind that is not known: it is only a cache
                    os.unlink(path)
        return _scan(library)

    def _found(self, number: int, query: Query) -> Found:
        opened = self._open[number]
        if isinstance(opened, Scan):
            return opened.search(query, MAX_FOUND + 1)
        from planwriter.search import index

        try:
            return opened.search(query, MAX_FOUND + 1)
        except index.Broken as error:  # damaged in a page that the refresh did not come to
            opened.close()
            self.without_index[number] = str(error)
            with contextlib.suppress(OSError):
                os.unlink(os.path.join(self.cache or "", _file_name(self.libraries[number].place)))
            self._open[number] = scan = _scan(self.libraries[number])
            return scan.search(query, MAX_FOUND + 1)

    def _entry(self, number: int, key: int) -> Entry:
        opened = self._open[number]
        if not isinstance(opened, Scan):
            from planwriter.search import index

            try:
                return opened.entry(key)
            except index.Broken as error:
                opened.close()
                self.without_index[number] = str(error)
                self._open[number] = opened = _scan(self.libraries[number])
        return opened.entry(key)


def _file_name(place: str) -> str:
    return hashlib.sha256(place.encode("utf-8", "surrogatepass")).hexdigest()[:24] + ".sqlite3"


def _digests(library: Library) -> dict[str, bytes]:
    return {name: hashlib.sha256(data).digest() for name, data in library.topics().items()}


def _entries(library: Library, name: str) -> Iterable[Entry]:
    return (entry_of(clause, name) for clause in library.topic(name))


def _scan(library: Library) -> Scan:
    return Scan(
        (key_of(slot_of(name), position), entry)
        for name in library.topics()
        for position, entry in enumerate(_entries(library, name))
    )


def marked_words(query: Query) -> tuple[str, ...]:
    """What to mark in what was found: words and what 依据 was asked for, folded."""
    return (*query.words, *query.basis)


def excerpt(text: str, words: tuple[str, ...], most: int) -> str:
    """The piece of a text, at most `most` characters and its dots, in which the first of the words stands."""
    lines = text.split("\n")
    line = next((each for each in lines if any(word in fold(each) for word in words)), lines[0])
    before = 0
    for piece, is_word in cut(line, words):
        if is_word:
            break
        before += len(piece)
    else:
        before = 0
    start = max(0, min(before - most // 3, len(line) - most))
    return "…" * (start > 0) + line[start : start + most] + "…" * (start + most < len(line))
