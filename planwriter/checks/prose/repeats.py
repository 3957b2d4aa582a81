"""Finds a sentence that stands twice in a document (PW504)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planwriter.checks.prose.slip import Slip

MIN_LENGTH = 16
"""In Chinese characters; shorter sentences, such as slogans, may well recur."""
_SENTENCE = r"([^。！？\n]+)([。！？]?)"
_HAN = r"[㐀-鿿]"
_DUTY = r"[（(][^（）()]*(?:单位|部门|时限|牵头|负责|配合|分工)[^（）()]*[）)]|(?:责任|牵头|配合|参与|主责|完成)[^。：:]{0,6}[：:].*"
"""Matches who is responsible and until when, which recurs in every item."""
_LABEL = r"^\s*(?:[（(]?[0-9一二三四五六七八九十]{1,3}[）)、.．]|第[一二三四五六七八九十]+[章条、，]|[一二三四五六七八九十]+是)\s*"


class Repeats:
    """The sentences of a document read so far."""

    def __init__(self) -> None:
        self._known: set[str] = set()

    def read(self, text: str) -> Iterator[Slip]:
        """The slips in the next text: its sentences that were read before."""
        if len(text) < MIN_LENGTH:
            return
        for found in re.finditer(_SENTENCE, re.sub(_DUTY, lambda duty: " " * len(duty.group()), text)):
            if not found[2]:
                continue
            sentence = re.sub(_LABEL, "", found[1])
            bare = "".join(re.findall(_HAN, sentence))
            key = "".join(sentence.split()).strip("，、；：")
            if len(bare) < MIN_LENGTH:
                continue
            if key in self._known:
                start = found.start() + len(found[1]) - len(found[1].lstrip())
                yield Slip(
                    start,
                    found.end(1),
                    "PW504",
                    f"“{_shown(key)}”前面已经写过一遍",
                    "删去一处；两处都要的，换一种说法。",
                )
            self._known.add(key)


def _shown(sentence: str) -> str:
    """A sentence as a finding shows it."""
    return sentence if len(sentence) <= 24 else sentence[:24] + "…"
