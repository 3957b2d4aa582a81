"""The topic files of a library, as an index is made of them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from planwriter.clauses.library import Library
from planwriter.curation.search.entry import SearchEntry, entry_of

LARGE = 2 << 20
"""Bytes, some six thousand clauses, that one process reads and writes in two to three seconds: worth more than one."""


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of a topic file: its entries, in their order there, and whether all of the file could be read."""

    entries: Iterable[SearchEntry]
    is_whole: bool = True


@dataclass(frozen=True)
class Topics:
    """Topic files: their names in the library, which is `shown` so, and their bytes. Nothing that was parsed is kept."""

    shown: str
    files: Mapping[str, bytes]

    def digests(self) -> dict[str, bytes]:
        """What tells each file's content."""
        return {name: hashlib.sha256(data).digest() for name, data in self.files.items()}

    @property
    def size(self) -> int:
        """The bytes of all of them."""
        return sum(map(len, self.files.values()))

    @property
    def is_large(self) -> bool:
        """True for so much that it takes several processes to read it, and several files to keep it."""
        return self.size >= LARGE

    def only(self, names: Collection[str]) -> Topics:
        """These files alone."""
        return replace(self, files={name: self.files[name] for name in names})

    def read(self, name: str) -> Read:
        """A file parsed."""
        library = Library(self.shown)
        library.add(f"{self.shown}/{name}", self.files[name])
        clauses = library.topic(name)
        return Read((entry_of(clause, name) for clause in clauses), not library.findings)
