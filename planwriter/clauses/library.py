"""Clause libraries: a folder with a manifest and topic files, which are parsed when a clause of theirs is needed."""

from __future__ import annotations

import os
from collections.abc import Mapping

from planwriter import __version__
from planwriter.clauses.clause import Clause, Manifest, read_clauses, read_manifest
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding
from planwriter.source import keys
from planwriter.source.load import load_list, load_tree
from planwriter.start.records import dataclass, field
from planwriter.system import files

BUILT_IN = "内置条款库"
"""The name of the library that comes with planwriter, also in 库."""
BUILT_IN_FOLDER = "section_library"
MANIFEST_FILE = "library.yaml"
BASES_FILE = "bases.yaml"
FORMAT = 2
"""The newest format of libraries, which is that of the built-in one."""


@dataclass(slots=True)
class Library:
    """A library. A topic file is parsed when a clause of it is first needed."""

    shown: str
    """Its name in findings."""
    place: str = ""
    """The path of its folder; "" for a library in memory."""
    findings: list[Finding] = field(default_factory=list)
    manifest: Manifest | None = None
    _files: dict[str, bytes] = field(default_factory=dict)
    _parsed: dict[str, dict[str, Clause]] = field(default_factory=dict)
    _torn: set[str] = field(default_factory=set)
    lost: bool = False
    """True if it could not be opened, which is reported separately: its clauses are unknown."""
    comes_with_us: bool = False
    """True for the built-in library, whose files are not searched for slips."""
    holes: bool = False
    """True if one of its files could not be read, which is reported separately."""
    bases_data: bytes = b""
    """The file of what its clauses are based on (依据), as bytes; empty if it has none."""

    @property
    def format(self) -> int:
        """The format in which its clauses are written."""
        if self.comes_with_us:
            return FORMAT
        return self.manifest.format if self.manifest else 1

    def add(self, shown: str, data: bytes) -> None:
        """Adds a topic file, to be parsed when it is needed."""
        self._files[shown] = data

    def find(self, identifier: str) -> Clause | None:
        """The clause with this identifier; None if there is none. Only files that contain the identifier are parsed."""
        wanted = identifier.encode()
        for shown, data in self._files.items():
            if shown in self._parsed or wanted in data:
                clause = self._parse(shown, data).get(identifier)
                if clause is not None:
                    return clause
        return None

    def unread(self, identifier: str) -> bool:
        """True if the clause with this identifier may be in a file, or a part of one, that could not be parsed."""
        return self.lost or self.holes or any(identifier.encode() in self._files[shown] for shown in self._torn)

    def clauses(self) -> tuple[Clause, ...]:
        """Every clause of the library."""
        return tuple(clause for shown, data in self._files.items() for clause in self._parse(shown, data).values())

    def topics(self) -> dict[str, bytes]:
        """The topic files, by their names in the library."""
        return {shown.removeprefix(f"{self.shown}/"): data for shown, data in self._files.items()}

    def topic(self, name: str) -> tuple[Clause, ...]:
        """The clauses of a topic file."""
        shown = f"{self.shown}/{name}"
        return tuple(self._parse(shown, self._files[shown]).values())

    def _parse(self, shown: str, data: bytes) -> dict[str, Clause]:
        if shown in self._parsed:
            return self._parsed[shown]
        tree = load_list(data, shown, keys.LIBRARY_KEYS, as_is=self.comes_with_us)
        if any(each.code == "PW105" for each in tree.findings):
            self._torn.add(shown)
        read = read_clauses(tree.value, shown, self.format)
        self.findings += (*tree.findings, *read.findings)
        clauses: dict[str, Clause] = {}
        for clause in read.value:
            if clause.identifier in clauses and clause.origin:
                first = clauses[clause.identifier].origin
                related = ((first.pos, "先写的在这里"),) if first else ()
                self.findings.append(finding("PW313", clause.origin, related=related, clause=clause.identifier))
            else:
                clauses[clause.identifier] = clause
        self._parsed[shown] = clauses
        return clauses


def open_files(contents: Mapping[str, bytes], shown: str) -> Library:
    """The library of files in memory: their names in the library's folder, and their bytes."""
    library = Library(shown)
    for name, data in contents.items():
        if name == MANIFEST_FILE:
            tree = load_tree(data, f"{shown}/{name}", keys.LIBRARY_KEYS)
            library.findings += tree.findings
            if tree.value is not None:
                manifest = read_manifest(tree.value, __version__)
                library.manifest = manifest.value
                library.findings += manifest.findings
        elif name == BASES_FILE:
            library.bases_data = data
        elif name.endswith((".yaml", ".yml")):
            library.add(f"{shown}/{name}", data)
    return library


def open_folder(folder: str, shown: str) -> Library:
    """The library in a folder; `shown` is its name in findings."""
    paths = {name: os.path.join(folder, name) for name in files.list_folder(folder) if name.endswith((".yaml", ".yml"))}
    plain = {
        name: path
        for name, path in paths.items()
        if os.path.isfile(path) or not (os.path.isdir(path) or name.startswith("."))
    }
    read = {name: files.read_file(path, f"{shown}/{name}") for name, path in plain.items()}
    library = open_files({name: data.value for name, data in read.items() if data.value is not None}, shown)
    library.place = os.path.realpath(folder)
    library.holes = any(data.value is None for data in read.values())
    library.findings += (each for data in read.values() for each in data.findings)
    return library
