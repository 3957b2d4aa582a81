"""Searches clauses in several libraries, by their indexes, or clause by clause if an index is not available."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from planwriter.clauses.library import Library
from planwriter.clauses.systems import PlanProfile, misfit
from planwriter.curation.search.alike import group_alike
from planwriter.curation.search.entry import SearchEntry, entry_of, fields_of
from planwriter.curation.search.query import TIERS, Query, tier_of
from planwriter.curation.search.slots import index_files, key_of, slot_of
from planwriter.curation.search.synonyms import with_synonyms
from planwriter.curation.search.text import cut, fold
from planwriter.curation.search.topics import Topics
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.records import dataclass
from planwriter.system.files import remove_file

if TYPE_CHECKING:
    from planwriter.curation.search.index import Found, Index, Progress

MAX_FOUND = 1000
"""The most clauses found; the answer says if there are more."""
MAX_SCANNED = 8 << 20
"""The most bytes of topic files that are compared one by one with words that nothing has."""
_MOST_NEAR = 5
MAX_COMPARED = 40
"""How many of the best hits are compared with each other to group similar ones."""


_BUSY = "另一个 planwriter 正在用索引"
_REASONS = {
    "disk is full": "存放索引的盘满了",
    "readonly": "存放索引的文件夹只能读",
    "unable to open": "索引文件打不开",
    "locked": _BUSY,
    "disk I/O": "磁盘读写出错",
}
"""The reason shown to the writer, by a part of sqlite3's message."""


class Hit(NamedTuple):
    """A found clause: the number of its library (0 has the highest priority), its tier (0 is best), and its entry."""

    library: int
    tier: int
    entry: SearchEntry


@dataclass(frozen=True, slots=True)
class Answer:
    """The hits in groups of similar clauses, best first; the number of all hits; and whether there are more."""

    groups: tuple[tuple[Hit, ...], ...]
    count: int
    is_cut: bool
    unfit: int = 0
    """How many further clauses were found that are written for other fields, levels, kinds or years."""
    is_near: bool = False
    """True if no clause has the words, and these are on a similar subject."""


class Scan:
    """Searches a library clause by clause: the reference for an index, and its replacement."""

    def __init__(self, entries: Iterable[tuple[int, SearchEntry]]) -> None:
        self.entries = dict(sorted(entries))
        self._fields = {key: fields_of(entry) for key, entry in self.entries.items()}

    def search(self, query: Query, limit: int) -> Found:
        """Like `Index.search`."""
        tiers = ((tier_of(query, fields), key) for key, fields in self._fields.items())
        return sorted((tier, key) for tier, key in tiers if tier is not None)[:limit]

    def entry(self, key: int) -> SearchEntry:
        """Like `Index.entry`."""
        return self.entries[key]


class Searcher:
    """Libraries ready to be searched, the one with the highest priority first.

    `cache` is the folder of the indexes; without it, no indexes are used. `progress` is called with the number of finished
    shards of an index and the number of all.
    """

    def __init__(self, libraries: tuple[Library, ...], cache: str | None, progress: Progress | None = None) -> None:
        self.libraries = libraries
        self.cache = cache
        self._progress = progress
        self.without_index: dict[int, str] = {}
        """Why there is no index, by library, for libraries that are searched clause by clause instead."""
        self.torn: dict[int, tuple[str, ...]] = {}
        """The topic files that could not be read completely, by library, for libraries with an index."""
        self._open: list[Index | Scan] = [self._ready(number) for number in range(len(libraries))]

    def search(self, query: Query, most: int = 20, plan: PlanProfile | None = None) -> Answer:
        """The best hits for a query and for its synonyms, in at most `most` groups; with a plan, only clauses that fit it."""
        best: dict[tuple[int, int], int] = {}
        for nth, each in enumerate(with_synonyms(query)):
            for number in range(len(self.libraries)):
                for tier, key in self._found(number, each):
                    rank = 2 * tier + (nth > 0)
                    best[number, key] = min(rank, best.get((number, key), rank))
        found = sorted((rank, number, key) for (number, key), rank in best.items())
        is_cut = len(found) > MAX_FOUND
        fit = [each for each in found if plan is None or not misfit(self._entry(*each[1:]).users, plan)]
        hits = [
            Hit(number, rank // 2, self._entry(number, key)) for rank, number, key in fit[: max(MAX_COMPARED, most)]
        ]
        hits.sort(key=lambda hit: hit.tier > 0 and not _is_subject(query.phrase, hit.entry))
        if not found and query.words:
            near = self._near(query, most, plan)
            return Answer(tuple((hit,) for hit in near), len(near), is_cut=False, is_near=True)
        groups = group_alike([hit.entry.text for hit in hits], most)
        return Answer(
            tuple(tuple(hits[at] for at in group) for group in groups),
            min(len(fit), MAX_FOUND),
            is_cut,
            len(found) - len(fit),
        )

    def _near(self, query: Query, most: int, plan: PlanProfile | None) -> list[Hit]:
        """The clauses on a subject similar to the words, if the libraries are small enough to compare them all."""
        from planwriter.curation.search.subject import Subjects

        entries = []
        for number, library in enumerate(self.libraries):
            if sum(map(len, library.topics().values())) > MAX_SCANNED:
                continue
            for name in library.topics():
                entries += [(number, entry_of(clause, name)) for clause in library.topic(name)]
        kept = [each for each in entries if plan is None or not misfit(each[1].users, plan)]
        ranked = Subjects([entry for _, entry in kept]).ranked(query.phrase)
        return [Hit(kept[each.at][0], TIERS, kept[each.at][1]) for each in ranked[: min(most, _MOST_NEAR)]]

    def hidden(self, hit: Hit) -> bool:
        """True if a library with higher priority has a clause with the same identifier, which 用 then finds instead."""
        return any(library.find(hit.entry.identifier) for library in self.libraries[: hit.library])

    def close(self) -> None:
        """Closes the indexes."""
        for each in self._open:
            if not isinstance(each, Scan):
                each.close()

    def _ready(self, number: int) -> Index | Scan:
        library = self.libraries[number]
        if library.place:
            for _ in range(2):  # a damaged index is rebuilt
                opened = self._indexed(number)
                if opened is not None:
                    self.without_index.pop(number, None)
                    return opened
                if not self._remove(number):
                    break
        return _scan(library)

    def _indexed(self, number: int) -> Index | None:
        """The index of a library, brought up to date; None if that is not possible."""
        library = self.libraries[number]
        if self.cache is None:
            self.without_index[number] = "没有可以存放索引的文件夹"
            return None
        try:
            from planwriter.curation.search import index
        except ImportError:
            self.without_index[number] = "这个 Python 不带 sqlite3"
            return None
        topics = Topics(library.shown, library.topics(), library.format)
        paths, others = index_files(self._stem(number), is_large=topics.is_large)
        opened = None
        try:
            opened = index.Index(paths)
            opened.refresh(topics, self._progress)
            self.torn[number] = opened.torn
        except index.Broken as error:
            self.without_index[number] = _reason(error)
            if opened is not None:
                opened.close()
            return None
        _unlink(others)
        return opened

    def _remove(self, number: int) -> bool:
        """Removes an unusable index, unless another process is using it; False if it is still there."""
        if self.cache is None or _BUSY in self.without_index[number]:
            return False
        one, several = index_files(self._stem(number), is_large=False)
        return _unlink([*one, *several])

    def _stem(self, number: int) -> str:
        place = self.libraries[number].place.encode("utf-8", "surrogatepass")
        return os.path.join(self.cache or "", hashlib.sha256(place).hexdigest()[:24])

    def _found(self, number: int, query: Query) -> Found:
        opened = self._open[number]
        if isinstance(opened, Scan):
            return opened.search(query, MAX_FOUND + 1)
        from planwriter.curation.search import index

        try:
            return opened.search(query, MAX_FOUND + 1)
        except index.Broken as error:
            return self._instead(number, error).search(query, MAX_FOUND + 1)

    def _entry(self, number: int, key: int) -> SearchEntry:
        opened = self._open[number]
        if isinstance(opened, Scan):
            return opened.entry(key)
        from planwriter.curation.search import index

        try:
            return opened.entry(key)
        except index.Broken as error:
            return self._instead(number, error).entry(key)

    def _instead(self, number: int, error: Exception) -> Scan:
        """Replaces an index that turns out to be damaged in a part that `refresh` did not read."""
        opened = self._open[number]
        if not isinstance(opened, Scan):
            opened.close()
        self.without_index[number] = _reason(error)
        self._remove(number)
        self._open[number] = scan = _scan(self.libraries[number])
        return scan


def _reason(error: Exception) -> str:
    """Why an index cannot be used, in the writer's words; includes the message of sqlite3 if it is an unknown one."""
    said = str(error)
    return next((words for mark, words in _REASONS.items() if mark in said), f"索引读写出错：{said}")


def _unlink(paths: list[str]) -> bool:
    """Deletes files; False if one could not be deleted."""
    for path in paths:
        remove_file(path)
    return not any(map(os.path.lexists, paths))


def _scan(library: Library) -> Scan:
    return Scan(
        (key_of(slot_of(name), position), entry)
        for name in library.topics()
        for position, entry in enumerate(entry_of(clause, name) for clause in library.topic(name))
    )


def marked_words(query: Query) -> tuple[str, ...]:
    """The words to highlight in hits: the searched words and those for 依据, folded."""
    return (*query.words, *query.basis)


def excerpt(text: str, words: tuple[str, ...], most: int) -> str:
    """An excerpt of at most `most` characters, plus dots, around the first of the words in a text."""
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


def _is_subject(phrase: str, entry: SearchEntry) -> bool:
    """True if a clause's name begins with the phrase, or a tag is the phrase: 康养 is no subject of 水产健康养殖."""
    return fold(entry.identifier.rpartition("/")[2]).startswith(phrase) or phrase in map(fold, entry.tags)
