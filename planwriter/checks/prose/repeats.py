"""Finds a sentence that stands twice in a document (PW504)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planwriter.checks.prose.slip import Slip
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex

MIN_LENGTH = 16
"""In Chinese characters; shorter sentences, such as slogans, may well recur."""
_SENTENCE = regex(r"[^。！？\n]+([。！？]?)")
_LABEL_SIGNS = frozenset("（(第0123456789一二三四五六七八九十")
_DUTY = regex(
    r"[（(][^（）()]*(?:单位|部门|时限|牵头|负责|配合|分工)[^（）()]*[）)]|(?:责任|牵头|配合|参与|主责|完成)[^。：:]{0,6}[：:].*"
)
"""Matches who is responsible and until when, which recurs in every item."""
_DUTY_WORDS = ("单位：", "部门：", "时限：", "单位:", "部门:", "时限:", "牵头", "配合", "分工")
_LABEL = regex(
    r"^\s*(?:[（(]?[0-9一二三四五六七八九十]{1,3}[）)、.．]|第[一二三四五六七八九十]+[章条、，]|[一二三四五六七八九十]+是)\s*"
)


class Sentence(NamedTuple):
    """A sentence that should stand only once: its characters without label, gaps and outer marks, and its range."""

    key: str
    start: int
    end: int


def sentences_in(text: str) -> Iterator[Sentence]:
    """The sentences of a text that are long enough to be compared."""
    if len(text) < MIN_LENGTH:
        return
    if any(map(text.__contains__, _DUTY_WORDS)):
        text = _DUTY.sub(lambda duty: " " * len(duty.group()), text)
    for found in _SENTENCE.finditer(text):
        sentence, end = found.group(), found.start(1)
        if (
            not found[1]
            or len(sentence) < MIN_LENGTH
            or sum("\u3400" <= mark <= "\u9fff" for mark in sentence) < MIN_LENGTH
        ):
            continue
        if sentence.lstrip()[:1] in _LABEL_SIGNS:
            sentence = _LABEL.sub("", sentence)
        start = found.start() + len(found.group()) - len(found.group().lstrip())
        yield Sentence("".join(sentence.split()).strip("，、；：。！？"), start, end)


class Repeats:
    """The sentences of a document read so far."""

    def __init__(self) -> None:
        self._known: set[str] = set()

    def read(self, sentences: Iterable[Sentence]) -> Iterator[Slip]:
        """The slips in the next text: its sentences that were read before."""
        for key, start, end in sentences:
            if key in self._known:
                what = f"“{_shown(key)}”前面已经写过一遍"
                yield Slip(start, end, "PW504", what, "删去一处；两处都要的，换一种说法。")
            self._known.add(key)


def _shown(sentence: str) -> str:
    """A sentence as a finding shows it."""
    return sentence if len(sentence) <= 24 else sentence[:24] + "…"
