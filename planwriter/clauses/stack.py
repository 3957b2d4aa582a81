"""Looks clauses up in several libraries, the one with the highest priority first; applies 基于 between clauses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from planwriter.findings.catalogue import finding, near, typed
from planwriter.findings.finding import Finding, Result
from planwriter.model.memo import NO_MEMO, Memo
from planwriter.start.records import dataclass, field, replace
from planwriter.start.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planwriter.clauses.clause import Clause
    from planwriter.clauses.library import Library

if TYPE_CHECKING:
    from planwriter.clauses.bases import Basis

MAX_BASES = 16


@dataclass(frozen=True, slots=True)
class Resolved:
    """A clause with its library, the clauses it shadows in lower-priority libraries, and the clauses it is based on."""

    clause: Clause
    library: Library
    hidden: tuple[tuple[Library, Clause], ...] = ()
    bases: tuple[tuple[Library, Clause], ...] = ()
    """The clause's direct base first; the last base is complete in itself."""

    @property
    def is_whole(self) -> bool:
        """False if a base is missing, which is reported separately."""
        return self.clause.base is None or bool(self.bases and self.bases[-1][1].base is None)


@dataclass(slots=True)
class LibraryStack:
    """The libraries of an outline or a workspace. A clause is taken from the library with the highest priority."""

    named: Sequence[Library]
    last: Callable[[], Library] | None = None
    """Opens the library with the lowest priority; called when the first clause is looked up."""
    memo: Memo = NO_MEMO
    findings: list[Finding] = field(default_factory=list)
    """The findings on clauses with a base."""
    _all: tuple[Library, ...] = ()
    _repealed: dict[str, Basis] | None = None
    _found: dict[str, Resolved | None] = field(default_factory=dict)

    @property
    def libraries(self) -> tuple[Library, ...]:
        """All libraries, opened."""
        if not self._all:
            self._all = (*self.named, *([self.last()] if self.last else []))
        return self._all

    @property
    def opened(self) -> tuple[Library, ...]:
        """The libraries opened so far."""
        return self._all or tuple(self.named)

    def find(self, identifier: str) -> Clause | None:
        """The clause with this identifier, laid over its bases; None if it is missing, as in `resolve`."""
        resolved = self.resolve(identifier)
        return resolved.clause if resolved else None

    def resolve(self, identifier: str) -> Resolved | None:
        """The clause with this identifier and its origin; findings on its bases are added once.

        None if no library has it, or if a library of higher priority could not be opened.
        """
        if identifier not in self._found:
            found = self.memo.lasting(_looked_up, *self.libraries, by=(identifier,))
            self._found[identifier] = found.value
            self.findings += found.findings
        return self._found[identifier]

    def shelf(self) -> object:
        """An object that stands for the libraries: the same one for the same libraries."""
        return self.memo.lasting(_shelf, *self.libraries)

    def is_sound(self) -> bool:
        """True if no clause that was looked up had findings."""
        return not self.findings

    def identifiers(self) -> tuple[str, ...]:
        """The identifiers of all clauses, each once."""
        return tuple(dict.fromkeys(clause.identifier for library in self.libraries for clause in library.clauses()))

    def clauses(self) -> tuple[Clause, ...]:
        """Every clause that an outline can use, laid over its bases."""
        found = (self.find(identifier) for identifier in self.identifiers())
        return tuple(clause for clause in found if clause is not None)

    def repealed(self) -> dict[str, Basis]:
        """The laws and papers of the named libraries that are no longer in force from some day on, by their keys.

        The built-in library names none: its check would fail.
        """
        if self._repealed is None:
            self._repealed = {}
            if any(each.bases_data for each in self.named):
                from planwriter.clauses.bases import repealed_bases

                self._repealed = repealed_bases(self.named)
        return self._repealed

    def unread(self, identifier: str) -> bool:
        """True if the clause with this identifier may be in a file, or a part of one, that could not be parsed."""
        return any(library.unread(identifier) for library in self.libraries)

    def _holders(self, identifier: str, start: int = 0) -> Iterator[tuple[int, Library, Clause]]:
        for at, library in enumerate(self.libraries[start:], start):
            clause = library.find(identifier)
            if clause is not None:
                yield at, library, clause

    def look_up(self, identifier: str) -> Resolved | None:
        """Like `resolve`, looked up anew."""
        first = next(self._holders(identifier), None)
        if first is None:
            return None
        at, library, clause = first
        if any(nearer.lost for nearer in self.libraries[:at]):
            return None  # the library that could not be opened may have it
        bases = self._bases(at, clause)
        below = {id(base) for _, base in bases}
        hidden = tuple((other, each) for _, other, each in self._holders(identifier, at + 1) if id(each) not in below)
        whole = clause
        resolved = Resolved(clause, library, hidden, bases)
        if bases and resolved.is_whole:
            from planwriter.clauses.clause import extend_clause

            extended = extend_clause(clause, [base for _, base in bases])
            whole = extended.value
            self.findings += extended.findings
        return replace(resolved, clause=whole)

    def _bases(self, at: int, clause: Clause) -> tuple[tuple[Library, Clause], ...]:
        """The bases of a clause, the direct one first.

        A base of the same name is searched in the libraries of lower priority, a different one in all.
        """
        made: list[tuple[Library, Clause]] = []
        met = {(at, clause.identifier)}
        while clause.base is not None:
            wanted = clause.base.value
            found = next(self._holders(wanted, at + 1 if wanted == clause.identifier else 0), None)
            if found is None or (found[0], wanted) in met or len(made) >= MAX_BASES:
                self._tell(clause, found is not None)
                break
            at, library, clause = found
            met.add((at, wanted))
            made.append((library, clause))
        return tuple(made)

    def _tell(self, clause: Clause, circle: bool) -> None:
        assert clause.base is not None
        if clause.base.origin is None:
            return
        if circle:
            chain = f"{clause.identifier} → {clause.base.value}"
            self.findings.append(finding("PW307", clause.base.origin, chain=chain))
        elif not self.unread(clause.base.value):
            known = self.identifiers()
            self.findings.append(
                finding(
                    "PW301", clause.base.origin, clause=clause.base.value, advice=near_clause(clause.base.value, known)
                )
            )


_MOST_NEAR = 3
_MOST_OF_TOPIC = 12


def near_clause(identifier: str, known: Sequence[str]) -> str:
    """The hint for a clause that no library has: those of its topic that share the most of its name, else the topics."""
    topic, _, name = identifier.rpartition("/")
    same = [each for each in known if each.rpartition("/")[0] == topic]
    if not same:
        return near(identifier, tuple(known)) if len(known) <= _MOST_OF_TOPIC else _near_topic(identifier, known)
    pairs = {name[at : at + 2] for at in range(len(name) - 1)}

    def shared(each: str) -> int:
        own = each.rpartition("/")[2]
        return 3 * sum(own[at : at + 2] in pairs for at in range(len(own) - 1)) + len({*own} & {*name})

    likely = [each for each in sorted(same, key=shared, reverse=True) if shared(each) > 1][:_MOST_NEAR]
    if likely:
        return "是不是“" + "”“".join(likely) + "”？"
    more = " 等" if len(same) > _MOST_OF_TOPIC else ""
    return f"“{topic}”里有：{'、'.join(each.rpartition('/')[2] for each in same[:_MOST_OF_TOPIC])}{more}。"


def _near_topic(identifier: str, known: Sequence[str]) -> str:
    """The hint for a clause of a topic that no library has."""
    name = identifier.rpartition("/")[2]
    named = [each for each in known if each.rpartition("/")[2] == name][:_MOST_NEAR]
    if named:
        return "是不是“" + "”“".join(named) + "”？"
    close = near(identifier, tuple(known))
    return close if close.startswith("是不是") else f"找一找：{typed('planwriter', 'library', 'search', name)}。"


def _shelf(*libraries: Library) -> object:
    return object()


def _looked_up(identifier: str, *libraries: Library) -> Result[Resolved | None]:
    """A clause in these libraries and the findings on its bases; the libraries of a run do not change."""
    stack = LibraryStack(libraries)
    return Result(stack.look_up(identifier), tuple(stack.findings))
