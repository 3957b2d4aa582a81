"""The lists in `wordlists/`, by pairs of characters: a text is looked at only for entries of which it has the pair.

An entry stands under two characters that its wrong form has and a correct text rarely has, so that most texts have none.
`python -m planwriter.checks.prose.wordlists` writes the index, which is searched as it is; a test fails if it is stale.
"""

from __future__ import annotations

import functools
import os
from operator import add

from planwriter.start.named_tuple import NamedTuple
from planwriter.system import files

TYPO, PHRASE, DATED, NEAR, OFFICE = "字", "误", "年", "近", "名"
"""The kinds of entries: a typo; a set phrase miswritten; one out of its dates; one with a single character wrong; a former name."""
INDEX = "index.tsv"
_DIGITS = {word: str(number) for number, word in enumerate("一二三四五六七八九", 1)} | {"两": "2"}


class Entry(NamedTuple):
    """What is looked for in a text: the words, what is right instead, and the row of its list."""

    kind: str
    words: str
    right: str
    row: tuple[str, ...]


class Law(NamedTuple):
    """A law or regulation that no longer holds: from which day on, what replaced it, and where that is said."""

    until: str
    new: str
    source: str


def entries_for(text: str) -> list[Entry]:
    """The entries of which a text may have the words, by their pairs."""
    keys, index = _index()
    found: list[Entry] = []
    for pair in sorted(keys.intersection(map(add, text, text[1:]))):
        at = index.find(f"\n{pair}\t") + 1
        while index.startswith(pair, at):
            end = index.index("\n", at)
            _, kind, words, right, *row = index[at:end].split("\t")
            found.append(Entry(kind, words, right, tuple(row)))
            at = end + 1
    return found


@functools.cache
def laws() -> dict[str, Law]:
    """The laws that no longer hold, by their names without 中华人民共和国."""
    return {name: Law(*rest) for name, *rest in rows_of("laws.tsv")}


@functools.cache
def _index() -> tuple[frozenset[str], str]:
    """The pairs, and the lines of the index, in the order of their pairs."""
    keys, _, lines = _read(INDEX).partition("\n")
    return frozenset(map(add, keys[::2], keys[1::2])), f"\n{lines}"


def rows_of(name: str) -> list[list[str]]:
    """The rows of a list, without comments."""
    return [line.split("\t") for line in _read(name).split("\n") if line and line[0] != "#"]


def _read(name: str) -> str:
    data = files.read_file(os.path.join(files.data_folder("wordlists"), name)).value
    assert data is not None
    return data.decode("utf-8").replace("\r\n", "\n")


def index_of_lists() -> str:
    """The content of the index: the pairs in one line, then a line for each entry with its pair, sorted."""
    lines = {_line(_pair_of(row[0], row[1]), TYPO, row[0], row[1], row[2:]) for row in rows_of("typos.tsv")}
    for row in rows_of("set_phrases.tsv"):
        lines |= _phrase_lines(row)
    lines |= {_line(row[0][-2:], OFFICE, row[0], row[1], row[2:]) for row in rows_of("bureau_names.tsv")}
    pairs = sorted({line[:2] for line in lines})
    return "".join(f"{line}\n" for line in ("".join(pairs), *sorted(lines)))


def _phrase_lines(row: list[str]) -> set[str]:
    right, wrong, near, since, until, source = row
    wrongs = wrong.split(" ") if wrong else []
    lines = {_line(_pair_of(each, right), PHRASE, each, right, [source]) for each in wrongs}
    if right[0] in _DIGITS and right[1] != "十":
        digits = _DIGITS[right[0]] + right[1:]
        lines.add(_line(digits[:2], PHRASE, digits, right, [source]))
    if since or until:
        lines.add(_line(right[:2], DATED, right, right, [source, since, until]))
    if near:
        lines |= {_line(pair, NEAR, right, right, [source, wrong]) for pair in (right[:2], right[-2:])}
    return lines


def _line(pair: str, kind: str, words: str, right: str, row: list[str]) -> str:
    return "\t".join((pair, kind, words, right, *row))


def _pair_of(wrong: str, right: str) -> str:
    """The two characters of a wrong form by which it is found: the first that the right one does not have."""
    return next((pair for pair in map(add, wrong, wrong[1:]) if pair not in right), wrong[:2])


if __name__ == "__main__":
    path = os.path.join(files.data_folder("wordlists"), INDEX)
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(index_of_lists())
    print(path)
