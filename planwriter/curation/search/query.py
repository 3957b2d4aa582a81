"""A search query, and how well an entry matches it."""

from __future__ import annotations

from planwriter.clauses.systems import plan_level
from planwriter.curation.search.entry import Fields, scope_of
from planwriter.curation.search.text import MARK, fold
from planwriter.language.regions import level_named
from planwriter.start.records import dataclass

TIERS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Words, all of which a clause must contain, and filters; everything folded.

    A clause must have at least one value of each set in `scopes`, and its 依据 must contain each word in `basis`.
    """

    words: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    scopes: tuple[tuple[str, ...], ...] = ()

    @property
    def phrase(self) -> str:
        """The words joined in the order typed."""
        return "".join(self.words)

    @property
    def is_empty(self) -> bool:
        """True if the query has neither words nor filters: then nothing is found."""
        return not (self.words or self.basis or self.scopes)


def make_query(
    words: tuple[str, ...],
    *,
    tags: tuple[str, ...] = (),
    kind: str = "",
    level: str = "",
    basis: tuple[str, ...] = (),
) -> Query:
    """Makes a query from typed arguments; each one in `words` may consist of several words, separated by spaces.

    A clause matches a kind or a level if it names it or names none; clauses for a 县 also match a 区, a 旗 and a 县级市, those for
    a 市 a 县级市, and those for 乡镇 a 镇.
    """
    typed = (fold(word) for argument in words for word in argument.split())
    scopes: list[tuple[str, ...]] = [(scope_of("t", tag),) for tag in tags if fold(tag)]
    if fold(kind):
        scopes.append((scope_of("k", kind), f"k{MARK}"))
    if fold(level):
        named = level_named(level) or level
        also = (*(("市",) if named == "县级市" else ()), plan_level("", named))
        scopes.append((*(scope_of("l", each) for each in dict.fromkeys((named, level, *also))), f"l{MARK}"))
    return Query(
        words=tuple(dict.fromkeys(word for word in typed if word)),
        basis=tuple(dict.fromkeys(folded for word in basis if (folded := fold(word)))),
        scopes=tuple(scopes),
    )


def tier_of(query: Query, fields: Fields) -> int | None:
    """The tier of an entry, 0 being best; None if it does not match.

    0: the title is the phrase; 1: it contains the phrase; 2: it contains all words; 3: title, identifier and tags contain all
    words; 4: the text contains the phrase; 5: it contains all words. The match is exact: a word is found wherever its
    characters are consecutive in one piece of text.
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
    """True if an entry passes the filters."""
    scopes = all(any(each in fields.scope for each in scope) for scope in query.scopes)
    return scopes and all(word in fields.basis for word in query.basis)
