"""The topic files of a library, from which its index is made."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping

from planwriter.clauses.clause import Manifest
from planwriter.clauses.library import Library
from planwriter.curation.search.entry import SearchEntry, entry_of
from planwriter.start.records import dataclass, replace

LARGE = 2 << 20
"""The bytes (some six thousand clauses, two to three seconds of one process) from which several processes are used."""


@dataclass(frozen=True, slots=True)
class Read:
    """The entries of a topic file in order, and whether the whole file could be read."""

    entries: Iterable[SearchEntry]
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Topics:
    """Topic files by their name in the library, as bytes, not parsed; `shown` is the displayed name of the library."""

    shown: str
    files: Mapping[str, bytes]
    form: int = 1
    """The format of the library."""

    def digests(self) -> dict[str, bytes]:
        """The sha256 of each file's content, and of the format in which it is read."""
        form = b"" if self.form == 1 else b"%d\n" % self.form
        return {name: hashlib.sha256(form + data).digest() for name, data in self.files.items()}

    @property
    def size(self) -> int:
        """The total number of bytes."""
        return sum(map(len, self.files.values()))

    @property
    def is_large(self) -> bool:
        """True if the files are read by several processes, and their index has several files."""
        return self.size >= LARGE

    def only(self, names: Collection[str]) -> Topics:
        """Only these files."""
        return replace(self, files={name: self.files[name] for name in names})

    def read(self, name: str) -> Read:
        """Parses a file into entries."""
        library = Library(self.shown, manifest=Manifest(name=self.shown, version="", format=self.form))
        library.add(f"{self.shown}/{name}", self.files[name])
        clauses = library.topic(name)
        return Read((entry_of(clause, name) for clause in clauses), not library.findings)
