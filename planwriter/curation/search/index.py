"""The index of a library, in shards that each cover a range of topic files; large ones are built by several processes."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, as_completed
from itertools import islice
from typing import TypeAlias

from planwriter.curation.search.entry import SearchEntry, fields_of
from planwriter.curation.search.query import TIERS, Query, tier_of
from planwriter.curation.search.shard import Broken, Shard
from planwriter.curation.search.slots import range_of, slot_in, slot_of
from planwriter.curation.search.text import MARK, pairs
from planwriter.curation.search.topics import Topics
from planwriter.start.named_tuple import NamedTuple
from planwriter.system.cores import cores
from planwriter.system.processes import Pool, deaf

__all__ = ["Broken", "Found", "Index", "Progress"]

Found: TypeAlias = list[tuple[int, int]]
"""Tier and key of each entry found, best first."""
Progress: TypeAlias = Callable[[int, int], None]
"""Called with the number of shards that are up to date, and the number of all."""
MAX_PHRASE, MAX_WORDS = 50, 16
"""The most characters of a word, and words, in a query to the index; the rest is checked in its results."""
_PROCESSES = 4


class Index:
    """An open index in one or several files.

    Its methods raise one of the errors in `Broken` if a file is damaged, locked or not writable.
    """

    def __init__(self, paths: Sequence[str]) -> None:
        self.paths = paths
        self._open()

    def _open(self) -> None:
        self._shards: list[Shard] = []
        try:
            for path in self.paths:
                self._shards.append(Shard(path))
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Closes the files."""
        for shard in self._shards:
            shard.close()

    def refresh(self, topics: Topics, progress: Progress | None = None) -> None:
        """Updates the index to these topic files; only changed ones are read, and each shard is updated in one transaction."""
        parts: list[dict[str, bytes]] = [{} for _ in self.paths]
        for name, digest in topics.digests().items():
            parts[range_of(slot_of(name), len(parts))][name] = digest
        jobs: list[_ShardJob] = []
        changed: list[str] = []
        for number, (shard, part) in enumerate(zip(self._shards, parts, strict=True)):
            stale = shard.stale(part)
            if stale is not None:
                jobs.append(_ShardJob(number, self.paths[number], part, topics.only(part)))
                changed += stale
        count = len(jobs)
        if count > 1 and topics.only(changed).is_large:
            self.close()  # an open sqlite3 file must not be passed to another process
            for job in _done_by_processes(jobs):
                jobs.remove(job)
                if progress is not None:
                    progress(count - len(jobs), count)
            self._open()
        for done, job in enumerate(jobs, count - len(jobs) + 1):
            self._shards[job.number].refresh(job.digests, job.topics.read)
            if progress is not None:
                progress(done, count)

    @property
    def torn(self) -> tuple[str, ...]:
        """The topic files that could not be read completely."""
        return tuple(name for shard in self._shards for name in shard.torn())

    def search(self, query: Query, limit: int) -> Found:
        """The best hits for a query, at most `limit`, ordered by tier, then by key."""
        if query.is_empty:
            return []
        if (
            len(query.phrase) > MAX_PHRASE
            or len(query.words) > MAX_WORDS
            or any(len(word) > MAX_PHRASE for word in query.basis)
        ):
            return self._search_checked(query)[:limit]
        found: dict[int, int] = {}
        with self._reading():
            titled = [
                shard for shard in self._shards if query.words and shard.keys("heads", _widest_in_heads(query), 1)
            ]
            for tier, table, expression in _expressions(query):
                for shard in titled if table == "heads" else self._shards:  # in the order of keys
                    if len(found) >= limit:
                        break
                    for key in shard.keys(table, expression, limit):
                        found.setdefault(key, tier)
        return [(tier, key) for key, tier in islice(found.items(), limit)]

    def entry(self, key: int) -> SearchEntry:
        """The entry with a key. Raises ValueError if there is none."""
        return self._shards[range_of(slot_in(key), len(self._shards))].entry(key)

    def _search_checked(self, query: Query) -> Found:
        """For queries beyond the limits: searches the index for the beginnings of the words, then checks each hit."""
        expression = _all("body basis", query.words, query)
        with self._reading():
            keys = [key for shard in self._shards for key in shard.keys("wholes", expression, -1)]
        tiers = ((tier_of(query, fields_of(self.entry(key))), key) for key in keys)
        return sorted((tier, key) for tier, key in tiers if tier is not None)

    @contextlib.contextmanager
    def _reading(self) -> Iterator[None]:
        with contextlib.ExitStack() as stack:
            for shard in self._shards:
                stack.enter_context(shard.reading())
            yield


class _ShardJob(NamedTuple):
    """A shard to update: its number and file, and its topic files with their digests."""

    number: int
    path: str
    digests: Mapping[str, bytes]
    topics: Topics

    def run(self) -> None:
        shard = Shard(self.path)
        try:
            shard.refresh(self.digests, self.topics.read)
        finally:
            shard.close()


def processes(jobs: int) -> int:
    """The number of processes for `jobs` shards."""
    return min(cores(), _PROCESSES, jobs)


def _done_by_processes(jobs: Sequence[_ShardJob]) -> Iterator[_ShardJob]:
    """Yields each job that another process has finished; not all jobs if processes are not available or crash."""
    workers = processes(len(jobs))
    if workers < 2:
        return
    try:
        makers = Pool(workers)
    except (OSError, ImportError, NotImplementedError):  # a system without support for process pools
        return
    try:
        with deaf():
            asked = {makers.submit(job.run): job for job in sorted(jobs, key=lambda job: -job.topics.size)}
        for done in as_completed(asked):
            done.result()
            yield asked[done]
    except (BrokenExecutor, OSError):
        return
    except (KeyboardInterrupt, GeneratorExit):
        makers.end()  # do not wait for unfinished shards
        raise
    finally:
        makers.shutdown(cancel_futures=True)


def _expressions(query: Query) -> Iterator[tuple[int, str, str]]:
    """The tiers of `tier_of` as index queries (tier, table, expression); each also finds what those before it found."""
    words, phrase = query.words, (query.phrase,)
    if words:
        yield 0, "heads", _all("title", (f"{MARK}{query.phrase}{MARK}",), query)
        yield 1, "heads", _all("title", phrase, query)
    if len(words) > 1:
        yield 2, "heads", _all("title", words, query)
    if words:
        yield 3, "heads", _widest_in_heads(query)
        yield 4, "wholes", _all("body basis", phrase, query)
    if len(words) != 1:
        yield TIERS - 1, "wholes", _all("body basis", words, query)


def _widest_in_heads(query: Query) -> str:
    """The expression that matches every entry that any other query in `heads` finds."""
    return _all("title label", query.words, query)


def _all(columns: str, words: tuple[str, ...], query: Query) -> str:
    """The expression for entries with all words in `columns` that pass the filters."""
    asked = [f"{{{columns}}} : {_phrase(word)}" for word in words[:MAX_WORDS]]
    asked += [f"basis : {_phrase(word)}" for word in query.basis[:MAX_WORDS]]
    asked += ["scope : (" + " OR ".join(f'"{value}"' for value in scope) + ")" for scope in query.scopes]
    return " AND ".join(asked)


def _phrase(word: str) -> str:
    """A word as a phrase of character pairs; a single character as the beginning of a pair."""
    return f'"{word}" *' if len(word) == 1 else f'"{pairs(word[:MAX_PHRASE])}"'
