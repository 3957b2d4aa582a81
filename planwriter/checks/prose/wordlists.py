"""The lists in `wordlists/`, by pairs of characters: a text is looked at only for entries of which it has the pair.

An entry stands under two characters that its wrong form has and a correct text rarely has, so that most texts have none.
"""

from __future__ import annotations

import functools
import os
from operator import add

from planwriter.start.named_tuple import NamedTuple
from planwriter.system import files

TYPO, PHRASE, DATED, NEAR, OFFICE = range(5)
"""The kinds of entries: a typo; a set phrase miswritten; one out of its dates; one with a single character wrong; a former name."""
_DIGITS = {word: str(number) for number, word in enumerate("一二三四五六七八九", 1)} | {"两": "2"}


class Entry(NamedTuple):
    """What is looked for in a text: the words, what is right instead, and the rest of the line of its list."""

    kind: int
    words: str
    right: str
    row: tuple[str, ...]


class Law(NamedTuple):
    """A law or regulation that no longer holds: from which day on, what replaced it, and where that is said."""

    until: str
    new: str
    source: str


def entries_for(text: str) -> list[Entry]:
    """The entries of which a text may have the words, in the order of the lists."""
    pairs = _pairs()
    found = pairs.keys() & set(map(add, text, text[1:]))
    return [entry for pair in sorted(found) for entry in pairs[pair]] if found else []


@functools.cache
def laws() -> dict[str, Law]:
    """The laws that no longer hold, by their names without 中华人民共和国."""
    return {name: Law(*rest) for name, *rest in _rows("laws.tsv")}


@functools.cache
def _pairs() -> dict[str, list[Entry]]:
    made: dict[str, list[Entry]] = {}
    for row in _rows("typos.tsv"):
        wrong, right = row[0], row[1]
        made.setdefault(_pair_of(wrong, right), []).append(Entry(TYPO, wrong, right, tuple(row)))
    for row in _rows("set_phrases.tsv"):
        _add_phrase(made, tuple(row))
    for row in _rows("bureau_names.tsv"):
        made.setdefault(row[0][-2:], []).append(Entry(OFFICE, row[0], row[1], tuple(row)))
    return made


def _add_phrase(made: dict[str, list[Entry]], row: tuple[str, ...]) -> None:
    right, wrong, near, since, until, _ = row
    for each in wrong.split(" ") if wrong else ():
        made.setdefault(_pair_of(each, right), []).append(Entry(PHRASE, each, right, row))
    if right[0] in _DIGITS and right[1] != "十":
        digits = _DIGITS[right[0]] + right[1:]
        made.setdefault(digits[:2], []).append(Entry(PHRASE, digits, right, row))
    if since or until:
        made.setdefault(right[:2], []).append(Entry(DATED, right, right, row))
    if near:
        for pair in (right[:2], right[-2:]):
            made.setdefault(pair, []).append(Entry(NEAR, right, right, row))


def _pair_of(wrong: str, right: str) -> str:
    """The two characters of a wrong form by which it is found: the first that the right one does not have."""
    return next((pair for pair in map(add, wrong, wrong[1:]) if pair not in right), wrong[:2])


def _rows(name: str) -> list[list[str]]:
    data = files.read_file(os.path.join(files.data_folder("wordlists"), name)).value
    assert data is not None
    lines = data.decode("utf-8").replace("\r\n", "\n").split("\n")
    return [line.split("\t") for line in lines if line and line[0] != "#"]
