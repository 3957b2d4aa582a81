"""What the search stores of a clause, and the fields in which it is found."""

from __future__ import annotations

import json
from collections.abc import Iterator

from planwriter.clauses.clause import Clause
from planwriter.clauses.systems import Users, users_of
from planwriter.curation.search.text import MARK, bounded, fold, fold_all, plain
from planwriter.fill.optional import cuts, named_parameters, without
from planwriter.model import Block, Section, Text
from planwriter.model.walk import NAMES, TextRole, walk_texts
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.records import dataclass

MAX_SCOPE = 100
"""The characters of a tag, kind or level that are compared."""

_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """The displayed and the searched data of a clause; `file` is relative to the library."""

    identifier: str
    title: str
    level_word: str
    text: str
    tags: tuple[str, ...]
    basis: tuple[str, ...]
    kinds: tuple[str, ...]
    levels: tuple[str, ...]
    file: str
    line: int
    users: Users = Users(form=1)
    """Who the clause is written for."""

    def dump(self) -> bytes:
        """The entry as bytes, to be read with `load`."""
        named = (self.identifier, self.title, self.level_word, self.text)
        kept = (*named, self.tags, self.basis, self.kinds, self.levels, self.file, self.line, self.users)
        return _ENCODE(kept).encode("utf-8", "surrogatepass")


def load(data: bytes) -> SearchEntry:
    """Reads an entry from the bytes of `Entry.dump`. Raises ValueError for anything else."""
    got = json.loads(data.decode("utf-8", "surrogatepass"))
    try:
        systems, levels, kinds, years, wordings = (tuple(each) for each in got[10][:5])
        users = Users(systems, levels, kinds, years, wordings, got[10][5])
        tags, basis, named_kinds, named_levels = (tuple(each) for each in got[4:8])
        (identifier, title, level_word, text), (file, line) = got[:4], got[8:10]
        return SearchEntry(
            identifier, title, level_word, text, tags, basis, named_kinds, named_levels, file, line, users
        )
    except (TypeError, IndexError, KeyError, ValueError) as error:
        raise ValueError(str(error)) from error


class Fields(NamedTuple):
    """The folded texts in which words are searched; `scope` are the values that filters compare."""

    title: str
    label: str
    basis: str
    body: str
    scope: tuple[str, ...]


def entry_of(clause: Clause, file: str) -> SearchEntry:
    """Makes the entry of a clause in `file`."""
    texts = [*_texts(clause.block)]
    for variant in clause.variants:
        texts += (variant.text, *(text for block in variant.children or () for text in _texts(block)))
    place = clause.origin.pos if clause.origin else None
    return SearchEntry(
        identifier=clause.identifier,
        title=title_of(clause),
        level_word=clause.level_word,
        text="\n".join(_shown(text.value, clause.format) for text in texts if text.value),
        tags=clause.tags,
        basis=clause.basis,
        kinds=clause.kinds,
        levels=clause.levels,
        file=file,
        line=place.line if place else 0,
        users=users_of(clause),
    )


def _shown(text: str, form: int) -> str:
    """A clause's text as a reader sees it, with the parts that may be left out."""
    return plain(without(text, cuts(text, named_parameters(text))) if form > 1 else text)


def title_of(clause: Clause) -> str:
    """The title of a clause as a reader sees it; the beginning of its text if it has none."""
    has_title = isinstance(clause.block, Section) and clause.block.title
    return plain(clause.title) if has_title else plain(clause.text)[:20]


def _texts(block: Block) -> Iterator[Text]:
    """What a clause prints: every text but names that are looked up, and the title at the top, a field of its own."""
    for text, role, holder, _ in walk_texts((block,)):
        if role not in NAMES and not (role is TextRole.TITLE and holder is block):
            yield text


def fields_of(entry: SearchEntry) -> Fields:
    """The searchable fields of an entry; the body begins with the title and the label."""
    texts = entry.text.split("\n")
    folded = fold_all((entry.title, entry.identifier, *entry.tags, *texts, *entry.basis))
    tags_end = 2 + len(entry.tags)
    texts_end = tags_end + len(texts)
    scope = ["t" + tag[:MAX_SCOPE] for tag in folded[2:tags_end]]
    for sign, values in (("k", entry.kinds), ("l", entry.levels)):
        scope += [scope_of(sign, value) for value in values] or [sign + MARK]
    title, label, basis = bounded(folded[0]), bounded(*folded[1:tags_end]), bounded(*folded[texts_end:])
    return Fields(title, label, basis, bounded(*folded[:texts_end]), tuple(scope))


def scope_of(sign: str, value: str) -> str:
    """A value for filters: `sign` is t for a tag, k for a kind, l for a level.

    The sign followed by MARK stands for a clause without any kind or level.
    """
    return sign + fold(value)[:MAX_SCOPE]
