"""What clauses are based on (依据): the laws and papers of a library, each described once and referred to by its key."""

from __future__ import annotations

from collections.abc import Iterable

from planwriter.clauses.library import BASES_FILE, Library
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Findings, Result, Span
from planwriter.language.dates import iso_date
from planwriter.source import keys
from planwriter.source.load import load_list
from planwriter.source.nodes import Mapping, Node, Scalar, Sequence, kind_word
from planwriter.source.schema import check_shape, word_at, words_at
from planwriter.start.records import dataclass, field

_DATES = ("in_force", "revised", "repealed", "checked")


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """A law, regulation or paper. Days are written 2026-01-31; "" stands for what is not known."""

    key: str
    name: str
    """Its full title, without 《》."""
    issuer: str = ""
    number: str = ""
    """Its document number (文号)."""
    in_force: str = ""
    revised: str = ""
    """The day of its last revision."""
    repealed: str = ""
    """The first day on which it is no longer in force."""
    checked: str = ""
    """The day on which all this was last confirmed; "" if it never was."""
    seen_in: tuple[str, ...] = ()
    """Where it was confirmed."""
    successors: tuple[str, ...] = ()
    origin: Span | None = field(default=None, compare=False, repr=False)

    def is_repealed(self, day: str) -> bool:
        """True if it is no longer in force on a day."""
        return bool(self.repealed) and self.repealed <= day

    @property
    def shown(self) -> str:
        """Its title with its number, as a document cites it."""
        return f"《{self.name}》（{self.number}）" if self.number else f"《{self.name}》"


def bases_of(library: Library) -> Result[dict[str, Basis]]:
    """The bases of a library by their keys, and the findings on their file."""
    if not library.bases_data:
        return Result({})
    found = Findings()
    shown = f"{library.shown}/{BASES_FILE}"
    tree = found.take(load_list(library.bases_data, shown, keys.LIBRARY_KEYS, as_is=library.comes_with_us))
    return found.result(found.take(read_bases(tree, shown)))


def read_bases(tree: Node | None, name: str) -> Result[dict[str, Basis]]:
    """The bases in a file by their keys, and the findings on it."""
    if tree is None:
        return Result({})
    found = Findings()
    bases: dict[str, Basis] = {}
    advice = "每一条以“- 依据: 简称”开头，写上“全称”。"
    if not isinstance(tree, Sequence):
        wrong = finding("PW203", tree.span, key=name, expected="列表", found=kind_word(tree), advice=advice)
        return Result({}, (wrong,))
    for item in tree.items:
        if isinstance(item, Scalar) and not item.value:
            continue
        if not isinstance(item, Mapping):
            found.append(finding("PW203", item.span, key=name, expected="依据", found=kind_word(item), advice=advice))
            continue
        basis = found.take(_read_basis(item))
        if basis is None:
            continue
        first = bases.setdefault(basis.key, basis)
        if first is not basis and basis.origin and first.origin:
            related = ((first.origin.pos, "先写的在这里"),)
            found.append(finding("PW361", basis.origin, related=related, key=basis.key))
    return found.result(bases)


def _read_basis(node: Mapping) -> Result[Basis | None]:
    found = Findings()
    got = found.take(check_shape(node, keys.BASIS, "依据"))
    key, name = word_at(got, "key"), word_at(got, "name")
    if not key or not name:
        return found.result(None)
    days = {}
    for field_name in _DATES:
        typed = word_at(got, field_name)
        days[field_name] = iso_date(typed) or ""
        if typed and not days[field_name]:
            found.append(finding("PW362", got[field_name].span, key=key, value=typed))
    basis = Basis(
        key=key,
        name=name,
        issuer=word_at(got, "issuer"),
        number=word_at(got, "number"),
        seen_in=found.take(words_at(got, "seen_in")),
        successors=found.take(words_at(got, "successors")),
        origin=node.keys["依据"].span,
        **days,
    )
    return found.result(basis)


def repealed_bases(libraries: Iterable[Library]) -> dict[str, Basis]:
    """The bases of some libraries that are no longer in force from some day on; files that name none are not parsed."""
    named = [library for library in libraries if "\n  失效:".encode() in library.bases_data]
    return {key: basis for key, basis in of_libraries(named).items() if basis.repealed}


def of_libraries(libraries: Iterable[Library]) -> dict[str, Basis]:
    """The bases of several libraries, of which the first has the highest priority."""
    bases: dict[str, Basis] = {}
    for library in libraries:
        for key, basis in bases_of(library).value.items():
            bases.setdefault(key, basis)
    return bases
