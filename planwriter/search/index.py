"""The index of one library in a file of its own: the one door to sqlite3.

Texts are written as overlapping pairs of characters, so that a phrase of pairs is found exactly where the word stands, from
one character on. `heads` holds titles, identifiers and tags, `wholes` everything: what stands in a title is found without
going through the texts. Both are contentless; what is shown of a clause is kept once, in `entries`.
"""

from __future__ import annotations

import contextlib
import sqlite3
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import NamedTuple, TypeAlias

from planwriter import __version__
from planwriter.search.entry import Entry, fields_of, load
from planwriter.search.query import TIERS, Query, tier_of
from planwriter.search.slots import key_of, slot_of
from planwriter.search.text import MARK, pairs

Found: TypeAlias = list[tuple[int, int]]
"""Tier and key of each entry found, best first."""
Broken = (sqlite3.Error, ValueError)
"""What a damaged index raises, or one that cannot be written."""
MAX_PHRASE, MAX_WORDS = 50, 16
"""Characters and words that the index is asked for; the rest is looked for in what it finds."""
_MADE_BY = f"planwriter {__version__} 1, Unicode {unicodedata.unidata_version}, SQLite 3"
_BATCH = 500
_WAIT = 10.0
_TABLES = """
CREATE TABLE made(by TEXT);
CREATE TABLE files(slot INTEGER PRIMARY KEY, name TEXT, digest BLOB);
CREATE TABLE entries(key INTEGER PRIMARY KEY, data BLOB);
CREATE VIRTUAL TABLE heads USING fts5(title, label, basis, scope, content='', columnsize=0, tokenize='ascii');
CREATE VIRTUAL TABLE wholes USING fts5(body, basis, scope, content='', columnsize=0, tokenize='ascii');
INSERT INTO wholes(wholes, rank) VALUES('hashsize', 67108864);
"""
_ADD_HEAD = "INSERT INTO heads(rowid, title, label, basis, scope) VALUES(?, ?, ?, ?, ?)"
_ADD_WHOLE = "INSERT INTO wholes(rowid, body, basis, scope) VALUES(?, ?, ?, ?)"
_DROP_HEAD = "INSERT INTO heads(heads, rowid, title, label, basis, scope) VALUES('delete', ?, ?, ?, ?, ?)"
_DROP_WHOLE = "INSERT INTO wholes(wholes, rowid, body, basis, scope) VALUES('delete', ?, ?, ?, ?)"


class Index:
    """An open index. Its methods raise what `Broken` names where the file is damaged, locked or cannot be written."""

    def __init__(self, path: str) -> None:
        self.base = sqlite3.connect(path, timeout=_WAIT, isolation_level=None, check_same_thread=False)
        for setting in ("page_size=8192", "cache_size=-32768", "synchronous=NORMAL", "secure_delete=OFF", "temp_store=MEMORY", "trusted_schema=OFF"):
            self.base.execute(f"PRAGMA {setting}")

    def close(self) -> None:
        """Lets go of the file."""
        self.base.close()

    def refresh(self, digests: Mapping[str, bytes], read: Callable[[str], Iterable[Entry]]) -> None:
        """Brings the index to the topic files with these digests; only files that changed are read, all in one step."""
        if self._stored() == dict(digests):
            return
        with self._writing():
            stored = self._stored()  # another process may have been quicker
            if stored is None:
                self._make_tables()
                stored = {}
            for name, digest in stored.items():
                if digests.get(name) != digest:
                    self._drop(slot_of(name))
            for name, digest in digests.items():
                if stored.get(name) != digest:
                    slot = slot_of(name)
                    self.base.execute("INSERT INTO files VALUES(?, ?, ?)", (slot, name, digest))
                    self._add(slot, read(name))

    def search(self, query: Query, limit: int) -> Found:
        """The best answers to a query, at most `limit`, in their order: by tier, then by key."""
        if query.is_empty:
            return []
        if len(query.phrase) > MAX_PHRASE or len(query.words) > MAX_WORDS or any(len(word) > MAX_PHRASE for word in query.basis):
            return self._search_checked(query)[:limit]
        found: dict[int, int] = {}
        with self._reading():
            for tier, table, expression in _expressions(query):
                if len(found) >= limit:
                    break
                for key in self._keys(table, expression, limit):
                    found.setdefault(key, tier)
        return [(tier, key) for key, tier in islice(found.items(), limit)]

    def entry(self, key: int) -> Entry:
        """The entry of a key. Raises ValueError where there is none."""
        row = self.base.execute("SELECT data FROM entries WHERE key = ?", (key,)).fetchone()
        if row is None:
            raise ValueError("no such entry")
        return load(row[0])

    def _search_checked(self, query: Query) -> Found:
        """For words longer than the index is asked for: what it finds of their beginnings, each held against the query."""
        with self._reading():
            keys = list(self._keys("wholes", _all("body basis", query.words, query), -1))
        tiers = ((tier_of(query, fields_of(self.entry(key))), key) for key in keys)
        return sorted((tier, key) for tier, key in tiers if tier is not None)

    def _keys(self, table: str, expression: str, limit: int) -> Iterator[int]:
        rows = self.base.execute(f"SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rowid LIMIT ?", (expression, limit))
        return (row[0] for row in rows)

    def _stored(self) -> dict[str, bytes] | None:
        """The digests of the files indexed; None where nothing is, or what another version made."""
        tables = self.base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if not tables or self.base.execute("SELECT by FROM made").fetchall() != [(_MADE_BY,)]:
            return None
        return dict(self.base.execute("SELECT name, digest FROM files").fetchall())

    def _make_tables(self) -> None:
        for (name,) in self.base.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL%'").fetchall():
            self.base.execute(f'DROP TABLE "{name}"')
        for (name,) in self.base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            self.base.execute(f'DROP TABLE "{name}"')
        for statement in _TABLES.strip().split("\n"):
            self.base.execute(statement)
        self.base.execute("INSERT INTO made VALUES(?)", (_MADE_BY,))

    def _add(self, slot: int, entries: Iterable[Entry]) -> None:
        """Adds the entries of a file; while the index takes some, a second thread makes the rows of the next."""
        numbered = ((key_of(slot, position), entry) for position, entry in enumerate(entries))
        with ThreadPoolExecutor(1) as maker:
            ahead = maker.submit(_rows, numbered)
            while rows := ahead.result():
                ahead = maker.submit(_rows, numbered)
                self.base.executemany("INSERT INTO entries VALUES(?, ?)", rows.entries)
                self.base.executemany(_ADD_HEAD, rows.heads)
                self.base.executemany(_ADD_WHOLE, rows.wholes)

    def _drop(self, slot: int) -> None:
        within = (key_of(slot, 0), key_of(slot + 1, 0))
        rows = self.base.execute("SELECT key, data FROM entries WHERE key >= ? AND key < ?", within).fetchall()
        dropped = iter([(key, load(data)) for key, data in rows])
        while made := _rows(dropped):
            self.base.executemany(_DROP_HEAD, made.heads)
            self.base.executemany(_DROP_WHOLE, made.wholes)
        self.base.execute("DELETE FROM entries WHERE key >= ? AND key < ?", within)
        self.base.execute("DELETE FROM files WHERE slot = ?", (slot,))

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        self.base.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                self.base.execute("ROLLBACK")
            raise
        self.base.execute("COMMIT")

    @contextlib.contextmanager
    def _reading(self) -> Iterator[None]:
        """Within it nobody else's changes are seen."""
        self.base.execute("BEGIN")
        try:
            yield
        finally:
            self.base.execute("ROLLBACK")


class _Rows(NamedTuple):
    """What is written of some entries: their rows in each table."""

    entries: list[tuple[int, bytes]]
    heads: list[tuple[int, str, str, str, str]]
    wholes: list[tuple[int, str, str, str]]


def _rows(numbered: Iterator[tuple[int, Entry]]) -> _Rows | None:
    """The rows of the next entries; None where there are no more."""
    made = _Rows([], [], [])
    for key, entry in islice(numbered, _BATCH):
        fields = fields_of(entry)
        basis, scope = pairs(fields.basis), " ".join(fields.scope)
        made.entries.append((key, entry.dump()))
        made.heads.append((key, pairs(fields.title), pairs(fields.label), basis, scope))
        made.wholes.append((key, pairs(fields.body), basis, scope))
    return made if made.entries else None


def _expressions(query: Query) -> Iterator[tuple[int, str, str]]:
    """The tiers of `tier_of` as questions to the index: tier, table, expression. Each holds what the ones before it found."""
    words, phrase = query.words, (query.phrase,)
    if words:
        yield 0, "heads", _all("title", (f"{MARK}{query.phrase}{MARK}",), query)
        yield 1, "heads", _all("title", phrase, query)
    if len(words) > 1:
        yield 2, "heads", _all("title", words, query)
    if words:
        yield 3, "heads", _all("title label", words, query)
        yield 4, "wholes", _all("body basis", phrase, query)
    if len(words) != 1:
        yield TIERS - 1, "wholes", _all("body basis", words, query)


def _all(columns: str, words: tuple[str, ...], query: Query) -> str:
    """The expression that columns hold all words and the filters let pass."""
    asked = [f"{{{columns}}} : {_phrase(word)}" for word in words[:MAX_WORDS]]
    asked += [f"basis : {_phrase(word)}" for word in query.basis[:MAX_WORDS]]
    asked += ["scope : (" + " OR ".join(f'"{value}"' for value in scope) + ")" for scope in query.scopes]
    return " AND ".join(asked)


def _phrase(word: str) -> str:
    """A word as a phrase of pairs; a single character as the beginning of a pair."""
    return f'"{word}" *' if len(word) == 1 else f'"{pairs(word[:MAX_PHRASE])}"'
