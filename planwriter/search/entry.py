"""What the search keeps of a clause, and what of it can be found."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from planwriter.library import Clause
from planwriter.model import Block, Box, Paragraph, Picture, Section, Table, Text
from planwriter.search.text import MARK, bounded, fold, plain

MAX_SCOPE = 100
"""Characters of a tag, kind or level that count."""

_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Entry:
    """What is shown of a clause that was found, and what it is found by. The file is named within its library."""

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

    def dump(self) -> bytes:
        """The entry as bytes that `load` reads."""
        kept = [getattr(self, name) for name in self.__slots__]
        return _ENCODE(kept).encode("utf-8", "surrogatepass")


def load(data: bytes) -> Entry:
    """The entry that was dumped. Raises ValueError for anything else."""
    got = json.loads(data.decode("utf-8", "surrogatepass"))
    try:
        return Entry(*got[:4], *(tuple(each) for each in got[4:8]), *got[8:])
    except (TypeError, IndexError) as error:
        raise ValueError(str(error)) from error


class Fields(NamedTuple):
    """What words are looked for in, folded; `scope` are the values that filters ask for."""

    title: str
    label: str
    basis: str
    body: str
    scope: tuple[str, ...]


def entry_of(clause: Clause, file: str) -> Entry:
    """The entry of a clause."""
    texts = (*_texts(clause.block, is_top=True), *(text for _, text in clause.variants))
    place = clause.origin.pos if clause.origin else None
    return Entry(
        identifier=clause.identifier,
        title=title_of(clause),
        level_word=clause.level_word,
        text="\n".join(plain(text.value) for text in texts),
        tags=clause.tags,
        basis=clause.basis,
        kinds=clause.kinds,
        levels=clause.levels,
        file=file,
        line=place.line if place else 0,
    )


def title_of(clause: Clause) -> str:
    """The title of a clause, or the beginning of its text, as a reader sees it."""
    has_title = isinstance(clause.block, Section) and clause.block.title
    return plain(clause.title) if has_title else plain(clause.text)[:20]


def _texts(block: Block, *, is_top: bool = False) -> Iterator[Text]:
    """The texts of a block and of all in it; the title at the top is a field of its own."""
    if isinstance(block, Paragraph):
        yield block.text
    elif isinstance(block, Section):
        yield from (text for text in ((None if is_top else block.title), block.text) if text)
        for child in block.children:
            yield from _texts(child)
    elif isinstance(block, Box):
        yield block.title
        for child in block.children:
            yield from _texts(child)
    elif isinstance(block, Table):
        yield from (cell for row in block.rows for cell in row)
    elif isinstance(block, Picture) and block.caption:
        yield block.caption


def fields_of(entry: Entry) -> Fields:
    """What can be found of an entry."""
    title = fold(entry.title)
    label = tuple(fold(each) for each in (entry.identifier, *entry.tags))
    basis = tuple(fold(each) for each in entry.basis)
    scope = [scope_of("t", tag) for tag in entry.tags]
    for sign, values in (("k", entry.kinds), ("l", entry.levels)):
        scope += [scope_of(sign, value) for value in values] or [sign + MARK]
    return Fields(bounded(title), bounded(*label), bounded(*basis), bounded(title, *label, *map(fold, entry.text.split("\n"))), tuple(scope))


def scope_of(sign: str, value: str) -> str:
    """A value that a filter asks for: t a tag, k a kind, l a level; the sign with a MARK is a clause that names none."""
    return sign + fold(value)[:MAX_SCOPE]
