"""Which items of one version of a plan are which of another: by marks, by their words, by likeness, by their place.

The work grows with the number of items: words are looked up, and only items between the same neighbours, or with rare words in
common, are compared with each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from planwriter.compare.matching.sequence import longest_rising, shared_runs
from planwriter.compare.versions.version import VersionItem, VersionLine, VersionPicture
from planwriter.start.enums import Enum
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex
from planwriter.start.records import dataclass
from planwriter.start.typing import TypeAlias

_NUMBERS = regex("[0-9０-９.．%％〇零一二三四五六七八九十百千万亿]+")
_ALIKE_IN_PLACE = 0.4
"""How alike two items between the same neighbours must be to be one item."""
_ALIKE_ANYWHERE = 0.6
_SURELY_ALIKE = 0.75
_UNLIKE = 0.2
_BEGINNING = 6
"""So many equal characters at the beginning tell that a paragraph is the one that it was, if they are all of it or its label too."""
_SAMPLE = 1500
"""How many characters of a text are looked at, from its start and from its end."""
_MAX_COMPARED = 400
"""How many pairs of items between the same neighbours are compared."""
_MAX_HOLDERS = 30
"""Words that more items have tell nothing."""
_MAX_CANDIDATES = 4
_BODY_ROLES = frozenset(
    ("body", "heading1", "heading2", "heading3", "heading4", "caption", "attached", "label", "title")
)


class MatchedBy(str, Enum):
    """How an item was recognised."""

    MARK = "记号"
    TEXT = "文字"
    LIKENESS = "相似"
    PLACE = "位置"


class ItemPair(NamedTuple):
    """The item of the old version, and how it was recognised."""

    old: int
    how: MatchedBy


@dataclass(frozen=True, slots=True)
class ItemMatching:
    """The items of the new version that are in the old one too, by their numbers from 0."""

    pairs: Mapping[int, ItemPair]
    """By the number of the item of the new version, in order."""
    moved: frozenset[int]
    """The items of the new version that stand elsewhere."""
    doubtful: frozenset[int]
    """The items of the new version whose partner may be another."""

    @property
    def new_of_old(self) -> dict[int, int]:
        """The items of the new version by those of the old one."""
        return {pair.old: new for new, pair in self.pairs.items()}

    def counts(self) -> dict[MatchedBy, int]:
        """How many items were recognised by each way."""
        counted = Counter(pair.how for pair in self.pairs.values())
        return {how: counted[how] for how in MatchedBy}


def match_items(
    old: Sequence[VersionItem], new: Sequence[VersionItem], anchors: Mapping[int, int] | None = None
) -> ItemMatching:
    """The pairs of items. `anchors` gives items of `old` for items of `new` as their marks have them."""
    matcher = _Matcher(old, new)
    matcher.by_marks(anchors or {})
    matcher.by_text()
    matcher.by_masked_text()
    matcher.by_neighbours()
    matcher.by_rare_words()
    matcher.by_place()
    return matcher.made()


def likeness(one: str, other: str) -> float:
    """How alike two texts are, from 0 to 1: the share of their pairs of characters that both have."""
    return _alike(_pairs(one), _pairs(other))


_Bag: TypeAlias = "Counter[str]"


def _pairs(text: str) -> _Bag:
    sample = text if len(text) <= 2 * _SAMPLE else text[:_SAMPLE] + text[-_SAMPLE:]
    return Counter(map(str.__add__, sample, sample[1:])) if len(sample) > 1 else Counter(sample)


def _alike(one: _Bag, other: _Bag) -> float:
    if len(one) > len(other):
        one, other = other, one
    total = one.total() + other.total()
    get = other.get
    return 2 * sum(min(count, get(pair, 0)) for pair, count in one.items()) / total if total else 1.0


class _Matcher:
    """The two versions, and the pairs found so far."""

    def __init__(self, old: Sequence[VersionItem], new: Sequence[VersionItem]) -> None:
        self.old, self.new = old, new
        self.old_keys, self.new_keys = [_key(item) for item in old], [_key(item) for item in new]
        self.pairs: dict[int, ItemPair] = {}
        self.news: dict[int, int] = {}
        """The items of `new` by those of `old`."""
        self.doubtful: set[int] = set()
        self._bags: tuple[dict[int, _Bag], dict[int, _Bag]] = ({}, {})

    def made(self) -> ItemMatching:
        pairs = {new: self.pairs[new] for new in sorted(self.pairs)}
        news = list(pairs)
        steady = {news[at] for at in longest_rising([pair.old for pair in pairs.values()])}
        return ItemMatching(pairs, frozenset(pairs.keys() - steady), frozenset(self.doubtful))

    def pair(self, old: int, new: int, how: MatchedBy, *, doubtful: bool = False) -> None:
        self.pairs[new] = ItemPair(old, how)
        self.news[old] = new
        if doubtful:
            self.doubtful.add(new)

    def is_free(self, old: int, new: int) -> bool:
        return old not in self.news and new not in self.pairs

    def is_kindred(self, old: int, new: int) -> bool:
        """True if the items can be one: lines, tables, pictures; and a line of the frame only as such."""
        return _kind(self.old[old]) == _kind(self.new[new])

    def alike(self, old: int, new: int) -> float:
        bags = self._bags
        if old not in bags[0]:
            bags[0][old] = _pairs(self.old[old].text)
        if new not in bags[1]:
            bags[1][new] = _pairs(self.new[new].text)
        return _alike(bags[0][old], bags[1][new])

    def closeness(self, old: int, new: int) -> float:
        """How alike two items are, more if they begin alike: of a paragraph that was split, the beginning is what it was."""
        score = self.alike(old, new)
        one, other = self.old[old], self.new[new]
        labels = [item.label if isinstance(item, VersionLine) else "" for item in (one, other)]
        if labels[0] == labels[1] != "" and other.text and one.text.startswith(other.text):  # its title is what is left
            return 1 + score
        if one.text[:_BEGINNING] != other.text[:_BEGINNING] or min(len(one.text), len(other.text)) < _BEGINNING:
            return score
        if one.text.startswith(other.text) or other.text.startswith(one.text) or labels[0] == labels[1] != "":
            return 1 + score
        return score

    def by_marks(self, anchors: Mapping[int, int]) -> None:
        """Pairs that marks give, if neither text stands elsewhere word by word."""
        old_texts, new_texts = Counter(self.old_keys), Counter(self.new_keys)
        for new, old in sorted(anchors.items()):
            if not (0 <= new < len(self.new) and 0 <= old < len(self.old)) or not self.is_free(old, new):
                continue
            if not self.is_kindred(old, new):
                continue
            one, other = self.old_keys[old], self.new_keys[new]
            unlike = bool(one[1] and other[1]) and one != other and self.alike(old, new) < _UNLIKE
            if not unlike or not (new_texts[one] or old_texts[other]):
                self.pair(old, new, MatchedBy.MARK, doubtful=unlike)

    def by_text(self) -> None:
        """Pairs of the same text: those that occur once, then those beside a pair, then those in order."""
        self._once(self.old_keys, self.new_keys, MatchedBy.TEXT)
        self._beside(self.old_keys, self.new_keys, MatchedBy.TEXT)
        self._in_order(self.old_keys, self.new_keys, MatchedBy.TEXT)
        self._beside(self.old_keys, self.new_keys, MatchedBy.TEXT)
        repeated = {key for key, count in (Counter(self.old_keys) | Counter(self.new_keys)).items() if count > 1}
        for new, (old, how) in self.pairs.items():
            if how is MatchedBy.TEXT and self.old_keys[old] in repeated and self.new[new].text:
                beside = (self.pairs.get(new + step) for step in (-1, 1))
                if not any(pair and abs(pair.old - old) == 1 for pair in beside) and len(self.new) > 1:
                    self.doubtful.add(new)

    def by_masked_text(self) -> None:
        """Pairs of texts that differ only in their numbers."""
        old_keys = [(key[0], _NUMBERS.sub("#", key[1][: 2 * _SAMPLE])) for key in self.old_keys]
        new_keys = [(key[0], _NUMBERS.sub("#", key[1][: 2 * _SAMPLE])) for key in self.new_keys]
        self._in_order(old_keys, new_keys, MatchedBy.LIKENESS)
        self._once(old_keys, new_keys, MatchedBy.LIKENESS)

    def _in_order(self, old_keys: Sequence[object], new_keys: Sequence[object], how: MatchedBy) -> None:
        here = [("", self.news[at]) if at in self.news else key for at, key in enumerate(old_keys)]
        there = [("", at) if at in self.pairs else key for at, key in enumerate(new_keys)]
        for first, start, size in shared_runs(here, there):
            for old, new in zip(range(first, first + size), range(start, start + size), strict=True):
                if self.is_free(old, new):
                    self.pair(old, new, how)

    def _once(self, old_keys: Sequence[tuple[str, str]], new_keys: Sequence[tuple[str, str]], how: MatchedBy) -> None:
        here = Counter(key for at, key in enumerate(old_keys) if at not in self.news)
        there = Counter(key for at, key in enumerate(new_keys) if at not in self.pairs)
        places = {key: at for at, key in enumerate(old_keys) if at not in self.news and here[key] == 1 and key[1]}
        for new, key in enumerate(new_keys):
            if new not in self.pairs and there[key] == 1 and key in places:
                self.pair(places[key], new, how, doubtful=how is not MatchedBy.TEXT and len(key[1]) < 8)

    def _beside(self, old_keys: Sequence[object], new_keys: Sequence[object], how: MatchedBy) -> None:
        for step, order in ((1, range(len(self.new))), (-1, range(len(self.new) - 1, -1, -1))):
            for new in order:
                pair = self.pairs.get(new - step)
                if pair is None or new in self.pairs:
                    continue
                old = pair.old + step
                if 0 <= old < len(self.old) and old not in self.news and old_keys[old] == new_keys[new]:
                    self.pair(old, new, how)

    def by_neighbours(self) -> None:
        """Pairs of like items between the same neighbours."""
        for olds, news in self._gaps():
            if len(olds) * len(news) <= _MAX_COMPARED:
                for old, new, score in self._best_in_order(olds, news):
                    self.pair(old, new, MatchedBy.LIKENESS, doubtful=score < _ALIKE_ANYWHERE)

    def _gaps(self) -> Iterator[tuple[range, range]]:
        """Runs of free items behind the same neighbour or before the same neighbour."""
        new = 0
        while new < len(self.new):
            if new in self.pairs:
                new += 1
                continue
            start = new
            while new < len(self.new) and new not in self.pairs:
                new += 1
            before = self.pairs[start - 1].old if start else -1
            after = self.pairs[new].old if new < len(self.new) else len(self.old)
            behind, ahead = self._free_run(before + 1, 1), self._free_run(after - 1, -1)
            if behind:
                yield behind, range(start, new)
            if ahead and ahead != behind:
                left = [each for each in range(start, new) if each not in self.pairs]
                if left:
                    yield ahead, range(left[0], left[-1] + 1)

    def _free_run(self, at: int, step: int) -> range:
        first = at
        while 0 <= at < len(self.old) and at not in self.news and abs(at - first) <= _MAX_COMPARED:
            at += step
        return range(first, at) if step > 0 else range(at + 1, first + 1)

    def _best_in_order(self, olds: Sequence[int], news: Sequence[int]) -> list[tuple[int, int, float]]:
        """The pairs, in the order of both, whose likeness adds up to the most."""
        width = len(news) + 1
        best = [[0.0] * width for _ in range(len(olds) + 1)]
        scores: dict[tuple[int, int], float] = {}
        for a in range(len(olds) - 1, -1, -1):
            for b in range(len(news) - 1, -1, -1):
                free = self.is_free(olds[a], news[b]) and self.is_kindred(olds[a], news[b])
                score = self.closeness(olds[a], news[b]) if free else 0.0
                scores[a, b] = score if score >= _ALIKE_IN_PLACE else 0.0
                best[a][b] = max(best[a + 1][b], best[a][b + 1], best[a + 1][b + 1] + scores[a, b])
        made = []
        a = b = 0
        while a < len(olds) and b < len(news):
            if scores[a, b] and best[a][b] == best[a + 1][b + 1] + scores[a, b]:
                made.append((olds[a], news[b], scores[a, b]))
                a, b = a + 1, b + 1
            elif best[a][b] == best[a + 1][b]:
                a += 1
            else:
                b += 1
        return made

    def by_rare_words(self) -> None:
        """Pairs of like items anywhere, found by pairs of characters that few of the free items have."""
        holders: dict[str, list[int]] = {}
        for old in range(len(self.old)):
            if old not in self.news:
                for pair in _pairs(self.old[old].text):
                    holders.setdefault(pair, []).append(old)
        expected = list(self._expected())
        found: list[tuple[float, int, int, int]] = []
        for new in range(len(self.new)):
            if new in self.pairs:
                continue
            hits: Counter[int] = Counter()
            for pair in _pairs(self.new[new].text):
                have = holders.get(pair, ())
                if len(have) <= _MAX_HOLDERS:
                    hits.update(have)
            near = sorted(hits, key=lambda old: (-hits[old], abs(old - expected[new]), old))[:_MAX_CANDIDATES]
            for old in near:
                score = self.alike(old, new) if self.is_kindred(old, new) else 0.0
                if score >= _ALIKE_ANYWHERE:
                    found.append((-score, abs(old - expected[new]), new, old))
        seconds: dict[int, list[float]] = {}
        for score, _, new, _ in sorted(found):
            seconds.setdefault(new, []).append(-score)
        for score, _, new, old in sorted(found):
            if self.is_free(old, new):
                near_ties = sum(1 for each in seconds[new] if each > -score - 0.05)
                self.pair(old, new, MatchedBy.LIKENESS, doubtful=-score < _SURELY_ALIKE or near_ties > 1)

    def _expected(self) -> Iterator[int]:
        """For each item of `new`, where its partner would stand if nothing was moved."""
        last = -1
        for new in range(len(self.new)):
            last = self.pairs[new].old if new in self.pairs else last + 1
            yield last

    def by_place(self) -> None:
        """Pairs by the place alone: the only line of a role of the frame, and the only item between two neighbours."""
        here = Counter(_role(item) for item in self.old)
        there = Counter(_role(item) for item in self.new)
        places = {_role(item): at for at, item in enumerate(self.old)}
        for new, item in enumerate(self.new):
            role = _role(item)
            if role not in _BODY_ROLES and here[role] == there[role] == 1 and self.is_free(places[role], new):
                unlike = role in ("table", "picture") and self.alike(places[role], new) < _UNLIKE
                self.pair(places[role], new, MatchedBy.PLACE, doubtful=unlike)
        for olds, news in list(self._gaps()):
            if len(olds) == len(news) == 1 and self.is_free(olds[0], news[0]):
                old, new = olds[0], news[0]
                if _role(self.old[old]) == _role(self.new[new]) and self._fits(old, new):
                    self.pair(old, new, MatchedBy.PLACE, doubtful=True)

    def _fits(self, old: int, new: int) -> bool:
        one, other = self.old[old], self.new[new]
        same_label = isinstance(one, VersionLine) and isinstance(other, VersionLine) and one.label == other.label != ""
        return same_label or _role(one) not in ("body", "picture", "table") or self.alike(old, new) >= _UNLIKE


def _role(item: VersionItem) -> str:
    return str(item.role) if isinstance(item, VersionLine) else _kind(item)


def _kind(item: VersionItem) -> str:
    if isinstance(item, VersionLine):
        return "line"
    return "picture" if isinstance(item, VersionPicture) else "table"


def _key(item: VersionItem) -> tuple[str, str]:
    """What two items of the same text have in common. Lines without text are told apart by their role."""
    return (_kind(item) if item.text else _role(item), item.text)
