"""Which clauses are on the subject of a heading: by the pairs of characters that they share, rare ones counting more."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from planwriter.curation.search.entry import SearchEntry
from planwriter.curation.search.synonyms import renamed
from planwriter.curation.search.text import fold
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex

ON_SUBJECT = 0.5
"""From this likeness on a clause is on the subject of a heading."""
NEAR_SUBJECT = 0.3
"""From this likeness on it is near the subject."""
_OF_BODY = 0.45
"""What a pair counts that stands only in a clause's text, not in its title or tags."""
_OF_SYNONYM = 0.95
_OF_OWN_FIELD = 1.15
"""What a clause of the unit's own field counts beside one for any unit, where they are put in order."""
_IN_BODIES, _UNKNOWN = 0.6, 0.2
"""The weight of a pair that is in no title or tag, beside one that is: in texts only, and in no clause at all."""
MAX_HEADING = 60
_GENERAL = regex(
    "进一步|持续|全面|扎实|大力|着力|切实|不断|积极|深入|稳步|有序|有效|加快|加强|加大|强化|推进|推动|促进|深化|做好|抓好|抓实|抓紧|"
    "开展|实施|落实|提升|提高|完善|健全|优化|规范|坚持|坚决|统筹|建立|构建|打造|聚焦|突出|力度|工作|水平|机制|制度|体系|质量|能力|目标|主要|任务|内容|要求|措施|重点|总体|行动|领域|方面|相关|力量|实效|成效|我[县市区镇]|全[县市区镇]|\\W"
)


_OF_BUILDING = regex("建设$|管理$|发展$")
_LONGEST_WORD = 12


class Likeness(NamedTuple):
    """The index of a clause, and how much it is on the subject, from 0 to 1."""

    at: int
    score: float


class Subjects:
    """The subjects of clauses, to be compared with headings."""

    def __init__(self, entries: Sequence[SearchEntry], own: frozenset[str] = frozenset()) -> None:
        """`own`: the fields of the unit that looks for clauses; of nearly equal ones, those of its fields come first."""
        self.entries = entries
        self._own = own
        self._exact: dict[str, list[int]] = {}
        for at, each in enumerate(entries):
            for words in dict.fromkeys(
                (fold(each.title), *map(fold, each.tags), fold(each.identifier.rpartition("/")[2]))
            ):
                self._exact.setdefault(words, []).append(at)
        self._heads = [_grams(" ".join((each.title, each.identifier, *each.tags))) for each in entries]
        self._bodies = [_grams(each.text) for each in entries]
        often = Counter(gram for head in self._heads for gram in head)
        total = len(entries) + 1
        self._weights = {gram: math.log(total / count) for gram, count in often.items()}
        self._rare = math.log(total)
        said = Counter(gram for body in self._bodies for gram in body)
        self._said = {gram: _IN_BODIES * math.log(total / (count + 1)) for gram, count in said.items()}
        self._holders: dict[str, list[int]] = {}
        for at, (head, body) in enumerate(zip(self._heads, self._bodies, strict=True)):
            for gram in head | body:
                self._holders.setdefault(gram, []).append(at)

    def ranked(self, heading: str, least: float = NEAR_SUBJECT) -> list[Likeness]:
        """The clauses on the subject of a heading, the likeliest first; equal ones in their order."""
        folded = fold(heading[:MAX_HEADING])
        best: dict[int, float] = {}
        for nth, text in enumerate((folded, *renamed(folded))):
            factor = _OF_SYNONYM if nth else 1.0
            for at, score in self._scores(_grams(text)).items():
                best[at] = max(best.get(at, 0.0), factor * score)
        for at in self._exact.get(folded, ()):
            best[at] = max(best.get(at, 0.0), 1.0)
        kept = [Likeness(at, score) for at, score in best.items() if score >= least]
        return sorted(
            kept,
            key=lambda each: (
                -self._preferred(each),
                not self._is_named(each.at, folded),
                self._is_of_field(each.at),
                each.at,
            ),
        )

    def _is_named(self, at: int, heading: str) -> bool:
        """True if a clause's title or a tag is in a heading, or the heading in its title."""
        entry = self.entries[at]
        return heading in fold(entry.title) or any(fold(tag) in heading for tag in (entry.title, *entry.tags))

    def _is_of_field(self, at: int) -> bool:
        return bool(self.entries[at].users.systems)

    def _preferred(self, each: Likeness) -> float:
        is_own = not self._own.isdisjoint(
            self.entries[each.at].users.systems[:1]
        )  # whose clause it is, then who may use it too
        return each.score * _OF_OWN_FIELD if is_own else each.score

    def _scores(self, wanted: frozenset[str]) -> dict[int, float]:
        whole = sum(self._weight(gram) for gram in wanted)
        if not whole:
            return {}
        scores: dict[int, float] = {}
        for gram in wanted:
            for at in self._holders.get(gram, ()):
                share = self._weight(gram) * (1.0 if gram in self._heads[at] else _OF_BODY)
                scores[at] = scores.get(at, 0.0) + share / whole
        return scores

    def _weight(self, gram: str) -> float:
        return self._weights.get(gram) or self._said.get(gram) or _UNKNOWN * self._rare


def subject_words(heading: str) -> tuple[str, ...]:
    """The words of a heading that say its subject: 师德师风 of 加强师德师风建设."""
    pieces = _GENERAL.sub(" ", _OF_BUILDING.sub("", heading)).split()
    return tuple(dict.fromkeys(piece for piece in pieces if 2 <= len(piece) <= _LONGEST_WORD))


def _grams(text: str) -> frozenset[str]:
    """The pairs of characters in a text, without the words that any heading has."""
    pieces = _GENERAL.sub(" ", fold(text)).split()
    return frozenset(piece[at : at + 2] for piece in pieces for at in range(len(piece) - 1)) or frozenset(pieces)
