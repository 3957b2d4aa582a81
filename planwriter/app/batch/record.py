"""The record of a batch: which documents in a folder are made, and from what, so that the next run makes only the others.

It is a file beside the documents. Each document has its key (the options of the run, its row), the facts that it was made
from (`system.watch`), and the state of its output. The record holds relative paths, no time, and nothing of the contents. It may
come from somebody else: it is bounded, what does not fit is taken as not recorded, and all that a false record can do is leave
an output as it is. Two runs at a time may lose entries of one another: such documents are made again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping

from planwriter.app.batch.batch import Facts
from planwriter.start.records import dataclass, field
from planwriter.system import files, watch

NAME = ".planwriter-batch"
_HEAD = "planwriter-batch 1"
_MAX_BYTES = 64 * 1024 * 1024
_MAX_FACTS = 500_000
_MAX_UP = 40
"""How many folders up from the documents an input may be."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a document was made from: a key, facts by their paths relative to its folder, and the state of the output."""

    key: str
    facts: Facts
    output: str


@dataclass(slots=True)
class States:
    """The states of files and folders now, each looked up once for all records of a run."""

    _known: dict[str, str] = field(default_factory=dict)

    def hold(self, folder: str, facts: Facts) -> bool:
        """True if these facts, relative to a folder, are still so."""
        return all(state not in (watch.UNKNOWN,) and self._state(folder, fact) == state for fact, state in facts)

    def _state(self, folder: str, fact: str) -> str:
        whole = fact[:1] + os.path.normpath(os.path.join(folder, fact[1:]))
        if whole not in self._known:
            self._known[whole] = watch.state_of(whole)
        return self._known[whole]


class BatchRecord:
    """The record of one folder."""

    def __init__(self, folder: str) -> None:
        self._folder = os.path.abspath(folder)
        self._path = os.path.join(folder, NAME)
        self._relative: dict[str, str | None] = {}
        self._sets: dict[Facts, Facts] = {}
        self._unsaved = 0
        data = files.read_file(self._path, limit=_MAX_BYTES).value if os.path.exists(self._path) else None
        self._entries = dict(_read(data)) if data is not None and len(data) <= _MAX_BYTES else {}

    def __contains__(self, name: object) -> bool:
        """True if a document of this name is recorded."""
        return name in self._entries

    def is_current(self, name: str, key: str, states: States) -> bool:
        """True if the document `name` is there as it was made, with this key and from files that are as they were."""
        entry = self._entries.get(name)
        if entry is None or entry.key != key:
            return False
        output = watch.state_of(watch.CONTENT + os.path.join(self._folder, name))
        return output not in ("", watch.UNKNOWN) and output == entry.output and states.hold(self._folder, entry.facts)

    def put(self, name: str, key: str, facts: Facts, data: bytes) -> None:
        """Records a document that was written; `facts` have absolute paths. Saved now and then, and by `save`."""
        inner = self._sets.get(facts)  # most documents of a batch are made from the same files
        if inner is None:
            inner = self._sets[facts] = tuple(self._inner_facts(facts))
        if not inner:
            self.drop(name)
            return
        self._entries[name] = Recorded(key, inner, watch.content(data))
        self._unsaved += 1
        if self._unsaved > max(100, len(self._entries) // 8):
            self.save()

    def drop(self, name: str) -> None:
        """Forgets a document, which is then made by the next run."""
        self._unsaved += self._entries.pop(name, None) is not None

    def save(self) -> None:
        """Writes the record if it has changed; if that fails, the next run makes more than it needs to."""
        if self._unsaved:
            self._unsaved = 0
            names = frozenset(files.list_folder(self._folder))
            files.write_file(
                self._path, _written({name: each for name, each in self._entries.items() if name in names})
            )

    def _inner_facts(self, facts: Facts) -> Iterator[tuple[str, str]]:
        """The facts with their paths relative to the folder; none if one of them is not known or has no such path."""
        made = [(self._inner(fact), state) for fact, state in facts]
        if all(fact is not None and state != watch.UNKNOWN for fact, state in made):
            yield from ((fact, state) for fact, state in made if fact is not None)

    def _inner(self, fact: str) -> str | None:
        """A fact with its path relative to the folder; None if there is no such path (another drive)."""
        if fact not in self._relative:
            try:
                path = os.path.relpath(fact[1:], self._folder).replace(os.sep, "/")
            except ValueError:
                path = ""
            self._relative[fact] = fact[0] + path if _is_inner(path) else None
        return self._relative[fact]


def _is_inner(path: str) -> bool:
    """True for a relative path that leads no further up than any workspace does."""
    is_relative = bool(path) and not path.startswith(("/", "\\")) and ":" not in path and "\0" not in path
    return is_relative and path.split("/").count("..") <= _MAX_UP


def _written(entries: Mapping[str, Recorded]) -> bytes:
    """The lines of a record: facts, sets of facts by their numbers, and documents with a set each."""
    facts: dict[tuple[str, str], int] = {}
    sets: dict[str, int] = {}
    lines = [_HEAD]
    for name, entry in sorted(entries.items()):
        for fact in entry.facts:
            if fact not in facts:
                facts[fact] = len(facts)
                lines.append(f"fact {fact[1] or '-'} {json.dumps(fact[0])}")
        numbers = " ".join(str(facts[fact]) for fact in entry.facts)
        if numbers not in sets:
            sets[numbers] = len(sets)
            lines.append(f"set {numbers}")
        lines.append(f"made {entry.key} {sets[numbers]} {entry.output} {json.dumps(name)}")
    return "".join(f"{line}\n" for line in lines).encode()


def _read(data: bytes) -> Iterator[tuple[str, Recorded]]:
    """The entries of a record, up to the first line that does not fit."""
    lines = data.decode("ascii", "replace").split("\n")
    facts: list[tuple[str, str]] = []
    sets: list[Facts] = []
    if lines[0] != _HEAD:
        return
    for line in lines[1:]:
        word, _, rest = line.partition(" ")
        try:
            if word == "fact" and len(facts) < _MAX_FACTS:
                state, _, path = rest.partition(" ")
                facts.append((_fact(path), state.replace("-", "")))
            elif word == "set":
                sets.append(tuple(facts[_number(each)] for each in rest.split(" ")))
            elif word == "made":
                key, number, output, name = rest.split(" ", 3)
                yield _name(name), Recorded(key, sets[_number(number)], output)
            else:
                return
        except (ValueError, IndexError):
            return


def _number(word: str) -> int:
    if len(word) > 7 or not word.isdecimal():
        raise ValueError
    return int(word)


def _text(word: str) -> str:
    if not word.startswith('"'):
        raise ValueError
    return str(json.loads(word))


def _fact(word: str) -> str:
    fact = _text(word)
    if fact[:1] not in watch.SORTS or not _is_inner(fact[1:]):
        raise ValueError
    return fact


def _name(word: str) -> str:
    name = _text(word)
    if not name or os.path.basename(name) != name or name in (".", ".."):
        raise ValueError
    return name
