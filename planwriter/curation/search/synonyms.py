"""Official words for one matter: a search for 放管服 also finds 营商环境.

section_library/synonyms.tsv has a line for each matter, with its words.
"""

from __future__ import annotations

import functools
import os

from planwriter.clauses.library import BUILT_IN_FOLDER
from planwriter.curation.search.query import Query
from planwriter.curation.search.text import fold
from planwriter.start.records import replace
from planwriter.system import files

SYNONYMS_FILE = "synonyms.tsv"
MAX_QUERIES = 12
"""How many queries a query with synonyms becomes at most."""


@functools.cache
def synonyms() -> dict[str, tuple[str, ...]]:
    """The other words for each word, folded; empty if the table cannot be read."""
    path = os.path.join(files.data_folder(BUILT_IN_FOLDER), SYNONYMS_FILE)
    data = files.read_file(path, SYNONYMS_FILE).value or b""
    others: dict[str, tuple[str, ...]] = {}
    for line in data.decode("utf-8").splitlines():
        words = tuple(dict.fromkeys(fold(word) for word in line.split("\t") if word))
        for word in words:
            known = others.get(word, ())
            others[word] = (*known, *(each for each in words if each != word and each not in known))
    return others


def with_synonyms(query: Query) -> tuple[Query, ...]:
    """The query, then the same with each of its words replaced by another for the same matter."""
    queries = [query]
    table = synonyms()
    for at, word in enumerate(query.words):
        for other in table.get(word, ()):
            if len(queries) < MAX_QUERIES:
                queries.append(replace(query, words=(*query.words[:at], other, *query.words[at + 1 :])))
    return tuple(queries)


def renamed(text: str) -> tuple[str, ...]:
    """A folded text with a word in it replaced by another for the same matter, once for each such word; the longest first."""
    table = synonyms()
    found = sorted((word for word in table if word in text), key=len, reverse=True)
    made = (text.replace(word, other) for word in found for other in table[word])
    return tuple(dict.fromkeys(each for each, _ in zip(made, range(MAX_QUERIES), strict=False)))
