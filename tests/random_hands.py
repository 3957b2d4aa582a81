"""Hand edits of a .docx made up from a seed; no test by itself."""

from __future__ import annotations

from random import Random
from typing import Any

from docx.oxml.ns import qn

from tests.hands import Hand

_LEAST = 6


def scribbled(chance: Random, data: bytes, count: int) -> tuple[bytes, tuple[str, ...]]:
    """The .docx with up to so many edits as people make them, and the marks that were typed with them."""
    hand = Hand(data)
    marks = [f"甲{chr(0x4E00 + chance.randrange(20_000))}{number}" for number in range(count)]
    for mark in marks:
        places = _places(hand)
        if places:
            _edit(chance, hand, places, mark)
    whole = "\n".join(_text(each) for each in hand.document.element.body.iter(qn("w:p")))
    return hand.save(), tuple(each for each in marks if each in whole)


def _text(paragraph: Any) -> str:
    """The characters of a paragraph; a line break or a tab is a line end."""
    leaves = paragraph.iter(qn("w:t"), qn("w:br"), qn("w:tab"))
    return "".join((each.text or "") if each.tag == qn("w:t") else "\n" for each in leaves)


def _places(hand: Hand) -> list[str]:
    """The texts of paragraphs that can be told from all others."""
    texts = [_text(each) for each in hand.document.element.body.iter(qn("w:p"))]
    sound = [each for each in texts if len(each) >= _LEAST and "\n" not in each]
    return [each for each in sound if sum(each in other for other in texts) == 1]


def _edit(chance: Random, hand: Hand, places: list[str], mark: str) -> None:
    text, other = chance.choice(places), chance.choice(places)
    kind = chance.random()
    start = chance.randrange(2, len(text) - 2)
    words = text[start : start + chance.choice((1, 2))]
    half = text[len(text) // 2 :]
    is_alone = len(half) > 2 and sum(half in _text(each) for each in hand.document.element.body.iter(qn("w:p"))) == 1
    if kind < 0.45 and text.count(words) == 1:
        track = hand.track if kind < 0.1 else hand.replace
        track(words, mark, within=text)
    elif kind < 0.55:
        hand.delete(text)
    elif kind < 0.6:
        hand.track_deletion(text)
    elif kind < 0.7 and text != other:
        hand.move(text, other)
    elif kind < 0.78 and text != other:
        hand.swap(text, other)
    elif kind < 0.84 and is_alone:
        hand.split(half)
    elif kind < 0.88 and is_alone:
        hand.break_line(half)
    elif kind >= 0.88:
        hand.add_after(text, f"{mark}要落实。", font=chance.choice(("", "宋体")))
