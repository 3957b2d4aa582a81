"""Words that one opinion takes away and another puts elsewhere: two paragraphs joined, one parted, a sentence put into another paragraph.

The two are one change. With one of them alone the words would stand twice, or be gone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from planwriter.compare.opinions.opinion_table import FilledRow
from planwriter.compare.opinions.opinions import Opinion, Wish
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex

_SENTENCE = regex(r"[^。；！？\n]+[。；！？]?")
_TELLING = 6
"""From so many characters on, words that are gone here and new there are the same ones."""


class _Carried(NamedTuple):
    """The rows that take certain words away, and those that put them elsewhere."""

    away: tuple[int, ...]
    put: tuple[int, ...]


def carried_alone(rows: Sequence[FilledRow], accepted: set[int]) -> Mapping[int, str]:
    """The accepted rows, by their places among `rows`, that cannot be taken without others that are not accepted, and why.

    A bureau may want words away that another one wants elsewhere: what a bureau wanted alone can be taken alone.
    """
    found = _carried(rows)
    made: dict[int, str] = {}
    while True:
        kept = accepted - made.keys()
        more = dict(_alone(rows, found, kept))
        if not more:
            return made
        made.update(more)


def _alone(rows: Sequence[FilledRow], found: Sequence[_Carried], kept: set[int]) -> Iterator[tuple[int, str]]:
    for away, put in found:
        if kept.isdisjoint(away):
            lines = _numbers(rows, away)
            yield from (
                (at, f"这里加的话是从表里{lines}那一处移来的，两行是一处改动，要一起采纳")
                for at in kept.intersection(put)
            )
        elif kept.isdisjoint(put):
            lines = _numbers(rows, put)
            movers = {unit for at in put for unit in _units(rows[at])}
            yield from (
                (at, f"这里删的话移到了表里{lines}那一处，两行是一处改动，要一起采纳")
                for at in kept.intersection(away)
                if _units(rows[at]) <= movers
            )


def _numbers(rows: Sequence[FilledRow], some: Sequence[int]) -> str:
    return "、".join(f"第 {rows[at].at} 行" for at in some)


def _units(row: FilledRow) -> set[str]:
    return {*row.units.split("、")}


def _carried(rows: Sequence[FilledRow]) -> list[_Carried]:
    """What is carried, by the words."""
    away: dict[str, list[int]] = {}
    put: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        if row.original is not None:
            old, new = _sentences(_old(row.original)), _sentences(_new(row.original))
            for words in old - new:
                away.setdefault(words, []).append(at)
            for words in new - old:
                put.setdefault(words, []).append(at)
    return sorted({_Carried(tuple(away[words]), tuple(put[words])) for words in away.keys() & put.keys()})


def _old(opinion: Opinion) -> str:
    if opinion.wish == Wish.REMOVE:
        return opinion.text
    return opinion.old if opinion.wish == Wish.CHANGE else ""


def _new(opinion: Opinion) -> str:
    return opinion.new if opinion.wish in (Wish.CHANGE, Wish.ADD) else ""


def _sentences(text: str) -> set[str]:
    return {each for each in map(str.strip, _SENTENCE.findall(text)) if len(each) >= _TELLING}
