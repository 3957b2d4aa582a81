"""What is asked for, and how well an entry answers it."""

from __future__ import annotations

from dataclasses import dataclass

from planwriter.curation.search.entry import Fields, scope_of
from planwriter.curation.search.text import MARK, fold
from planwriter.language.regions import level_named

TIERS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Words, all of which must stand in a clause, and filters; everything folded.

    `scopes` are sets of values, of each of which the clause must have one; `basis` are words of which its 依据 must hold each.
    """

    words: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    scopes: tuple[tuple[str, ...], ...] = ()

    @property
    def phrase(self) -> str:
        """The words as typed one after the other."""
        return "".join(self.words)

    @property
    def is_empty(self) -> bool:
        """True where nothing is asked for: nothing is found then."""
        return not (self.words or self.basis or self.scopes)


def make_query(
    words: tuple[str, ...],
    *,
    tags: tuple[str, ...] = (),
    kind: str = "",
    level: str = "",
    basis: tuple[str, ...] = (),
) -> Query:
    """The query of what was typed: each argument may hold several words, parted by spaces.

    A clause fits a kind or a level where it names it or names none; a 县级市 is served by what serves a 县 or a 市.
    """
    typed = (fold(word) for argument in words for word in argument.split())
    scopes: list[tuple[str, ...]] = [(scope_of("t", tag),) for tag in tags if fold(tag)]
    if fold(kind):
        scopes.append((scope_of("k", kind), f"k{MARK}"))
    if fold(level):
        named = level_named(level) or level
        also = ("市", "县") if named == "县级市" else ()
        scopes.append((*(scope_of("l", each) for each in dict.fromkeys((named, level, *also))), f"l{MARK}"))
    return Query(
        words=tuple(dict.fromkeys(word for word in typed if word)),
        basis=tuple(dict.fromkeys(folded for word in basis if (folded := fold(word)))),
        scopes=tuple(scopes),
    )


def tier_of(query: Query, fields: Fields) -> int | None:
    """How well an entry answers, 0 best; None where it does not.

    0 the title is the phrase, 1 holds it, 2 holds all words; 3 title, identifier and tags hold all words; 4 the text holds
    the phrase, 5 all words. Exact: a word is found wherever its characters stand one after the other in one piece of text.
    """
    if query.is_empty or not _admits(query, fields):
        return None
    words, phrase, title = query.words, query.phrase, fields.title
    if not words:
        return TIERS - 1
    if phrase in title:
        return 0 if f"{MARK}{phrase}{MARK}" == title else 1
    if all(word in title for word in words):
        return 2
    if all(word in title or word in fields.label for word in words):
        return 3
    if phrase in fields.body or phrase in fields.basis:
        return 4
    return 5 if all(word in fields.body or word in fields.basis for word in words) else None


def _admits(query: Query, fields: Fields) -> bool:
    """True where an entry passes the filters."""
    scopes = all(any(each in fields.scope for each in scope) for scope in query.scopes)
    return scopes and all(word in fields.basis for word in query.basis)
