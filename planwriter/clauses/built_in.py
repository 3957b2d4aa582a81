"""The library that comes with planwriter: of its topic files only the clauses are read that an outline uses.

`python -m planwriter.clauses.built_in` writes the table that says which files have the clauses of a topic. What is not found in
this way is left to `Library`, which reads whole files.
"""

from __future__ import annotations

import os

from planwriter.clauses.clause import Clause, Manifest, read_clauses
from planwriter.clauses.library import BUILT_IN, BUILT_IN_FOLDER, FORMAT, Library, open_folder
from planwriter.findings.finding import Source
from planwriter.source.decode import decode
from planwriter.source.simple import read_simple
from planwriter.system import files

TOPICS_FILE = "topics.tsv"


def built_in_folder() -> str:
    """The folder of the library that comes with planwriter."""
    return files.data_folder(BUILT_IN_FOLDER)


class BuiltIn(Library):
    """The library, in which a clause is found without its topic file being read as a whole."""

    __slots__ = ("_folder", "_found", "_is_open", "_manifest", "_sources", "_tables")

    def __init__(self) -> None:
        self._folder = built_in_folder()
        self._is_open = False
        self._found: dict[str, Clause] = {}
        self._sources: dict[str, Source] = {}
        self._tables = _read_topics(self._folder)
        super().__init__(BUILT_IN, place=os.path.realpath(self._folder))
        self.comes_with_us = True

    @property
    def manifest(self) -> Manifest | None:
        """What library.yaml says, which is read with the whole library."""
        self._open()
        return self._manifest

    @manifest.setter
    def manifest(self, manifest: Manifest | None) -> None:
        self._manifest = manifest

    def find(self, identifier: str) -> Clause | None:
        """The clause with this identifier; None if there is none."""
        if identifier not in self._found:
            clause = self._cut_out(identifier) if not self._is_open else None
            if clause is None:
                self._open()
                clause = super().find(identifier)
            if clause is None:
                return None
            self._found[identifier] = clause
        return self._found[identifier]

    def unread(self, identifier: str) -> bool:
        """True if the clause with this identifier may be in a file, or a part of one, that could not be parsed."""
        self._open()
        return super().unread(identifier)

    def clauses(self) -> tuple[Clause, ...]:
        """Every clause of the library."""
        self._open()
        return super().clauses()

    def topics(self) -> dict[str, bytes]:
        """The topic files, by their names in the library."""
        self._open()
        return super().topics()

    def topic(self, name: str) -> tuple[Clause, ...]:
        """The clauses of a topic file."""
        self._open()
        return super().topic(name)

    def _open(self) -> None:
        """Reads all topic files, which are then parsed as those of any library."""
        if self._is_open:
            return
        self._is_open = True
        whole = open_folder(self._folder, BUILT_IN)
        self.findings[:] = whole.findings
        self.holes = whole.holes
        self.manifest = whole.manifest
        self.bases_data = whole.bases_data
        for name, data in whole.topics().items():
            self.add(f"{BUILT_IN}/{name}", data)

    def _cut_out(self, identifier: str) -> Clause | None:
        """The clause, read from its own lines; None if it is not found where the table says, or not without a finding."""
        for name in self._tables.get(identifier.partition("/")[0], ()):
            source = self._source(name)
            start = f"\n{source.text}".find(f"\n- 条款: {identifier}\n") if source else -1
            if source is None or start < 0:
                continue
            end = source.text.find("\n- ", start) + 1 or len(source.text)
            read = read_clauses(read_simple(source, start, end), source.name, FORMAT)
            return read.value[0] if len(read.value) == 1 and not read.findings else None
        return None

    def _source(self, name: str) -> Source | None:
        """The text of a topic file, which is read once; None if it cannot be read."""
        if name not in self._sources:
            data = files.read_file(os.path.join(self._folder, name)).value
            text = decode(data, name) if data is not None else None
            if text is None or text.findings:
                return None
            self._sources[name] = Source(f"{BUILT_IN}/{name}", text.value)
        return self._sources[name]


def _read_topics(folder: str) -> dict[str, list[str]]:
    """The names of the files by topic; empty if there is no table."""
    data = files.read_file(os.path.join(folder, TOPICS_FILE)).value or b""
    rows = (line.split("\t") for line in data.decode("utf-8").splitlines())
    return {topic: names for topic, *names in rows}


def topics_table() -> str:
    """The table: a line for each topic, with the files that have clauses of it."""
    library = BuiltIn()
    topics: dict[str, dict[str, None]] = {}
    for name in library.topics():
        for clause in library.topic(name):
            topics.setdefault(clause.identifier.partition("/")[0], {})[name] = None
    return "".join("\t".join((topic, *names)) + "\n" for topic, names in sorted(topics.items()))


if __name__ == "__main__":
    target = os.path.join(built_in_folder(), TOPICS_FILE)
    failed = files.write_file(target, topics_table().encode("utf-8"))
    print(failed.message if failed else target)
