"""Which row of an edited task list is which row of the list that it was made from: by text, title, number and likeness."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence

from planwriter.start.named_tuple import NamedTuple
from planwriter.start.records import dataclass, field

MAX_LIKENESS = 250_000
"""How many pairs of rows are compared by their texts at most."""
_MAX_TEXT = 2_000
_LIKE, _MARGIN, _LEAST = 0.5, 0.12, 0.2


class MatchedRow(NamedTuple):
    """What a row is recognized by."""

    number: int
    """Its 序号; 0 if it has none."""
    task: str
    content: str


@dataclass(frozen=True, slots=True)
class Matching:
    """For each new row its old one and by what they were matched; for doubtful rows the old ones they may be."""

    pairs: dict[int, tuple[int, str]] = field(default_factory=dict)
    doubtful: dict[int, tuple[int, ...]] = field(default_factory=dict)


def match_rows(old: Sequence[MatchedRow], new: Sequence[MatchedRow]) -> Matching:
    """The old row of each new row; a row that is neither matched nor doubtful is new."""
    made = _Matcher(old, new)
    made.by("内容", lambda row: (row.task, row.content, row.number))
    made.by("内容", lambda row: (row.task, row.content))
    made.by("内容", lambda row: row.content)
    made.by("标题", lambda row: (row.task, title_of(row.content)))
    made.by("标题", lambda row: title_of(row.content))
    made.by_likeness()
    return Matching(made.pairs, made.doubtful)


def title_of(content: str) -> str:
    """The title at the beginning of a task's text; "" if it has none."""
    head, stop, rest = content.partition("。")
    return head if stop and rest and len(head) <= 40 else ""


class _Matcher:
    def __init__(self, old: Sequence[MatchedRow], new: Sequence[MatchedRow]) -> None:
        self.old, self.new = old, new
        self.pairs: dict[int, tuple[int, str]] = {}
        self.doubtful: dict[int, tuple[int, ...]] = {}
        self.taken: set[int] = set()

    def pair(self, new: int, old: int, how: str) -> None:
        self.pairs[new] = old, how
        self.taken.add(old)

    def free(self) -> tuple[list[int], list[int]]:
        """The old and the new rows that are not matched yet."""
        return (
            [at for at in range(len(self.old)) if at not in self.taken],
            [at for at in range(len(self.new)) if at not in self.pairs],
        )

    def by(self, how: str, key: Callable[[MatchedRow], Hashable]) -> None:
        """Matches the rows with the same key, if only one old and one new row have it."""
        olds, news = self.free()
        counted = Counter(key(self.old[at]) for at in olds)
        named = Counter(key(self.new[at]) for at in news)
        places = {key(self.old[at]): at for at in olds}
        for at in news:
            value = key(self.new[at])
            if value and counted[value] == 1 and named[value] == 1:
                self.pair(at, places[value], how)

    def by_likeness(self) -> None:
        """Matches rows with alike texts, if no other is nearly as alike; then rows with the same number and a like text."""
        olds, news = self.free()
        if not olds or not news or len(olds) * len(news) > MAX_LIKENESS:
            return
        pairs_of_old = {at: _pairs(self.old[at].content) for at in olds}
        scores = {
            at: sorted(((_likeness(own, pairs_of_old[each]), -each) for each in olds), reverse=True)
            for at in news
            for own in [_pairs(self.new[at].content)]
        }
        wanted: dict[int, list[int]] = {}
        for at in news:
            best = scores[at][0]
            near = [-old for score, old in scores[at] if score >= _LIKE and best[0] - score < _MARGIN]
            numbered = [old for old in near if self.old[old].number == self.new[at].number and len(near) > 1]
            if len(numbered) == 1:
                near = numbered
            if len(near) == 1:
                wanted.setdefault(near[0], []).append(at)
            elif near:
                self.doubtful[at] = tuple(sorted(near))
        for old, rows in wanted.items():
            if len(rows) == 1:
                self.pair(rows[0], old, "文字相似")
            else:
                self.doubtful.update((at, (old,)) for at in rows)
        for at in news:
            if at in self.pairs or at in self.doubtful:
                continue
            same = [
                -old
                for score, old in scores[at]
                if -old not in self.taken
                and self.old[-old].number == self.new[at].number
                and self.old[-old].task == self.new[at].task
                and score >= _LEAST
            ]
            if len(same) == 1:
                self.pair(at, same[0], "序号")


def _pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a text."""
    cut = text[:_MAX_TEXT]
    return frozenset(cut[at : at + 2] for at in range(len(cut) - 1)) or frozenset((cut,))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """How many of the pairs of two texts are the same: from 0 to 1."""
    return 2 * len(one & other) / max(len(one) + len(other), 1)
