"""A changed text as pieces: what stayed, what was struck out, what was put in; whole, or only the sentences that changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from planwriter.compare.words.texts import TextEdit, changed
from planwriter.start.enums import Enum
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.typing import TypeAlias

_ENDS = "。；！？\n"
_CLOSERS = "”’」』）)】〕》"
_LONGEST = 60
"""The most characters of an unchanged sentence that are shown beside a change."""
SKIPPED = "……"


class Mark(str, Enum):
    """What became of a piece of text."""

    KEPT = "kept"
    OUT = "out"
    IN = "in"


class MarkedPiece(NamedTuple):
    """Characters that stayed, were struck out, or were put in."""

    text: str
    mark: Mark = Mark.KEPT


Pieces: TypeAlias = tuple[MarkedPiece, ...]


def marked_pieces(old: str, new: str, edits: Sequence[TextEdit] | None = None) -> Pieces:
    """Both texts in one: what was struck out stands before what took its place."""
    made: list[MarkedPiece] = []
    at = 0
    for edit in changed(old, new) if edits is None else edits:
        made.append(MarkedPiece(new[at : edit.new_start]))
        made.append(MarkedPiece(old[edit.start : edit.end], Mark.OUT))
        made.append(MarkedPiece(new[edit.new_start : edit.new_end], Mark.IN))
        at = edit.new_end
    made.append(MarkedPiece(new[at:]))
    return joined(made)


def joined(pieces: Iterable[MarkedPiece]) -> Pieces:
    """The pieces without empty ones; neighbours with the same mark are one."""
    made: list[MarkedPiece] = []
    for piece in pieces:
        if not piece.text:
            continue
        if made and made[-1].mark is piece.mark:
            made[-1] = MarkedPiece(made[-1].text + piece.text, piece.mark)
        else:
            made.append(piece)
    return tuple(made)


def only(pieces: Pieces, mark: Mark) -> Pieces:
    """One of the two texts: without what has the other mark."""
    return joined(piece for piece in pieces if piece.mark in (Mark.KEPT, mark))


def excerpt(pieces: Pieces) -> Pieces:
    """The sentences in which something changed; what is left out between them is shown by points."""
    if all(piece.mark is Mark.KEPT for piece in pieces):
        return pieces
    made: list[MarkedPiece] = []
    for at, piece in enumerate(pieces):
        if piece.mark is not Mark.KEPT:
            made.append(piece)
            continue
        made += _cut(piece.text, is_first=at == 0, is_last=at == len(pieces) - 1)
    return joined(made)


def _cut(text: str, *, is_first: bool, is_last: bool) -> Iterator[MarkedPiece]:
    """What is shown of an unchanged piece: the rest of the sentence before it, and the start of the one behind it."""
    head = 0 if is_first else min(_first_end(text), _LONGEST)
    tail = len(text) if is_last else max(_last_start(text), len(text) - _LONGEST)
    if head >= tail and not is_last:
        yield MarkedPiece(text)
        return
    yield MarkedPiece(text[:head])
    if not is_last or head == _LONGEST < len(text):
        yield MarkedPiece(SKIPPED)
    yield MarkedPiece(text[tail:])


def _first_end(text: str) -> int:
    """Where the sentence that the text continues ends."""
    ends = [at for mark in _ENDS if (at := text.find(mark)) >= 0]
    end = min(ends) + 1 if ends else len(text)
    while ends and end < len(text) and text[end] in _CLOSERS:
        end += 1
    return end


def _last_start(text: str) -> int:
    """Where the last sentence of the text begins, which goes on behind it; a bracket that is still open belongs to it."""
    start = max(text.rfind(mark) for mark in _ENDS) + 1
    while 0 < start < len(text) and text[start] in _CLOSERS:
        start += 1
    opened = text.rfind("（")
    return opened if 0 <= opened < start and "）" not in text[opened:] else start
