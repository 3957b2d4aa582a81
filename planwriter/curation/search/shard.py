"""A shard of a library's index, in a separate file; the only module that imports sqlite3.

Texts are stored as overlapping pairs of characters, so that a phrase of pairs matches exactly where the word stands, even a
word of one character. `heads` holds titles, identifiers and tags, `wholes` everything, so that titles are searched without
the texts. Both are contentless tables; the displayed data of a clause are stored once, in `entries`.
"""

from __future__ import annotations

import contextlib
import functools
import sqlite3
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice

from planwriter import __version__
from planwriter.curation.search.entry import SearchEntry, fields_of, load
from planwriter.curation.search.slots import key_of, slot_of
from planwriter.curation.search.text import pairs
from planwriter.curation.search.topics import Read
from planwriter.start.named_tuple import NamedTuple

Broken = (sqlite3.Error, ValueError)
"""The errors raised by an index that is damaged or cannot be written."""
_MADE_BY = f"planwriter {__version__} 4, Unicode {unicodedata.unidata_version}, SQLite 3"
_BATCH = 500
_WAIT = 10.0
_TABLES = """
CREATE TABLE made(by TEXT);
CREATE TABLE files(slot INTEGER PRIMARY KEY, name TEXT, digest BLOB, whole INTEGER);
CREATE TABLE entries(key INTEGER PRIMARY KEY, data BLOB);
CREATE VIRTUAL TABLE heads USING fts5(title, label, basis, scope, content='', columnsize=0, tokenize='ascii');
CREATE VIRTUAL TABLE wholes USING fts5(body, basis, scope, content='', columnsize=0, tokenize='ascii');
INSERT INTO wholes(wholes, rank) VALUES('hashsize', 4194304);
"""
_ADD_HEAD = "INSERT INTO heads(rowid, title, label, basis, scope) VALUES(?, ?, ?, ?, ?)"
_ADD_WHOLE = "INSERT INTO wholes(rowid, body, basis, scope) VALUES(?, ?, ?, ?)"
_DROP_HEAD = "INSERT INTO heads(heads, rowid, title, label, basis, scope) VALUES('delete', ?, ?, ?, ?, ?)"
_DROP_WHOLE = "INSERT INTO wholes(wholes, rowid, body, basis, scope) VALUES('delete', ?, ?, ?, ?)"


class Shard:
    """An open shard. Its methods raise one of the errors in `Broken` if the file is damaged, locked or not writable."""

    def __init__(self, path: str) -> None:
        self.base = sqlite3.connect(path, timeout=_WAIT, isolation_level=None, check_same_thread=False)
        for setting in (
            "page_size=8192",
            "cache_size=-8192",
            "synchronous=NORMAL",
            "secure_delete=OFF",
            "temp_store=MEMORY",
            "trusted_schema=OFF",
        ):
            self.base.execute(f"PRAGMA {setting}")

    def close(self) -> None:
        """Closes the file."""
        self.base.close()

    def stale(self, digests: Mapping[str, bytes]) -> list[str] | None:
        """The files to be read to update the shard to these digests; None if it is up to date."""
        stored = self._stored()
        if stored == digests:
            return None
        return [name for name, digest in digests.items() if (stored or {}).get(name) != digest]

    def refresh(self, digests: Mapping[str, bytes], read: Callable[[str], Read]) -> None:
        """Updates the shard to the topic files with these digests, in one transaction; only changed files are read."""
        with self._writing():
            stored = self._stored()  # another process may have updated it
            if stored is None:
                self._make_tables()
                stored = {}
            for name, digest in stored.items():
                if digests.get(name) != digest:
                    self._drop(slot_of(name))
            for name, digest in digests.items():
                if stored.get(name) != digest:
                    slot, found = slot_of(name), read(name)
                    self.base.execute("INSERT INTO files VALUES(?, ?, ?, ?)", (slot, name, digest, found.is_whole))
                    self._add(slot, found.entries)

    def torn(self) -> list[str]:
        """The topic files that could not be read completely."""
        return [row[0] for row in self.base.execute("SELECT name FROM files WHERE NOT whole ORDER BY slot")]

    def keys(self, table: str, expression: str, limit: int) -> list[int]:
        """The keys that match an expression, in order; all of them if `limit` is negative."""
        rows = self.base.execute(
            f"SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rowid LIMIT ?", (expression, limit)
        )
        return [row[0] for row in rows.fetchall()]

    def entry(self, key: int) -> SearchEntry:
        """The entry with a key. Raises ValueError if there is none."""
        row = self.base.execute("SELECT data FROM entries WHERE key = ?", (key,)).fetchone()
        if row is None:
            raise ValueError("no such entry")
        return load(row[0])

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """A context in which changes by other processes are not seen."""
        self.base.execute("BEGIN")
        try:
            yield
        finally:
            self.base.execute("ROLLBACK")

    def _stored(self) -> dict[str, bytes] | None:
        """The digests of the indexed files; None if nothing is indexed, or if a different version made the index."""
        tables = self.base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if not tables or self.base.execute("SELECT by FROM made").fetchall() != [(_MADE_BY,)]:
            return None
        return dict(self.base.execute("SELECT name, digest FROM files").fetchall())

    def _make_tables(self) -> None:
        for (name,) in self.base.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL%'"
        ).fetchall():
            self.base.execute(f'DROP TABLE "{name}"')
        for (name,) in self.base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            self.base.execute(f'DROP TABLE "{name}"')
        for statement in _TABLES.strip().split("\n"):
            self.base.execute(statement)
        self.base.execute("INSERT INTO made VALUES(?)", (_MADE_BY,))

    def _add(self, slot: int, entries: Iterable[SearchEntry]) -> None:
        numbered = ((key_of(slot, position), entry) for position, entry in enumerate(entries))
        while rows := _rows(numbered):
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


class _ShardRows(NamedTuple):
    """The rows of some entries in each table."""

    entries: list[tuple[int, bytes]]
    heads: list[tuple[int, str, str, str, str]]
    wholes: list[tuple[int, str, str, str]]


def _rows(numbered: Iterator[tuple[int, SearchEntry]]) -> _ShardRows | None:
    """The rows of the next entries; None if there are no more."""
    made = _ShardRows([], [], [])
    for key, entry in islice(numbered, _BATCH):
        fields = fields_of(entry)
        basis, scope, body = _basis_pairs(fields.basis), " ".join(fields.scope), pairs(fields.body)
        title_end = 3 * (len(fields.title) - 1)  # a pair and its space; the body begins with title and label
        label_end = title_end + 3 * (len(fields.label) - 1)
        made.entries.append((key, entry.dump()))
        made.heads.append((key, body[:title_end], body[title_end:label_end], basis, scope))
        made.wholes.append((key, body, basis, scope))
    return made if made.entries else None


_basis_pairs = functools.lru_cache(1000)(pairs)
"""`pairs` with a cache, since many clauses have the same 依据."""
