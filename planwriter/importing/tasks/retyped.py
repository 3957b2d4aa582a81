"""What a text must be typed as, so that it is printed as it was edited: its holes stay, and only what is around them changes."""

from __future__ import annotations

from itertools import pairwise

from planwriter.model import Text
from planwriter.start.named_tuple import NamedTuple


class _Hole(NamedTuple):
    """A hole of a text: where what it shows begins, what it shows, and what is typed for it."""

    start: int
    shown: str
    typed: str


def retyped(text: Text, edited: str) -> str | None:
    """The new typed text; None if the change touches a figure or another hole, or if its place is not certain."""
    old = text.value
    if "{{" in edited or "}}" in edited or "\n" in edited or not edited:
        return None
    holes = _holes(text)
    if holes is None:
        return None
    first = _common(old, edited)
    last = _common(old[first:][::-1], edited[first:][::-1])
    made: list[str] = []
    at = 0
    for hole in holes:
        found = _found(hole, old, edited, first, last)
        if found is None or found < at:
            return None
        made += (edited[at:found], hole.typed)
        at = found + len(hole.shown)
    return "".join((*made, edited[at:]))


def _holes(text: Text) -> list[_Hole] | None:
    """The holes of a filled text; None if it is not known which characters come from them."""
    filling = text.filling
    if filling is None or filling.typed == text.value:
        return None if "{{" in text.value else []
    if filling.offset:
        return None
    marks = [*filling.pieces, (len(text.value), len(filling.typed), False)]
    made = []
    for (at, typed, is_hole), (end, typed_end, _) in pairwise(marks):
        shown, source = text.value[at:end], filling.typed[typed:typed_end]
        if is_hole:
            made.append(_Hole(at, shown, source))
        elif shown != source:
            return None
    if not all(each.shown and each.typed.startswith("{{") and each.typed.endswith("}}") for each in made):
        return None
    return made


def _found(hole: _Hole, old: str, edited: str, first: int, last: int) -> int | None:
    """Where a hole stands in the edited text, which begins and ends with `first` and `last` characters of the old one."""
    stop = hole.start + len(hole.shown)
    if stop <= first:
        at = hole.start
    elif hole.start >= len(old) - last:
        at = hole.start + len(edited) - len(old)
    else:
        low, high = min(first, hole.start), len(edited) - min(last, len(old) - stop)
        at = edited.find(hole.shown, low, high)
        if at < 0 or edited.find(hole.shown, at + 1, high) >= 0:
            return None
    before, was_before = edited[at - 1 : at] if at else "", old[hole.start - 1 : hole.start] if hole.start else ""
    after, was_after = edited[at + len(hole.shown) :][:1], old[stop : stop + 1]
    if before != was_before and _continues(before) and hole.shown[:1].isdigit():
        return None
    return None if after != was_after and _continues(after) and hole.shown[-1:].isdigit() else at


def _continues(mark: str) -> bool:
    """True for what would make a figure longer: a digit, a point, a magnitude."""
    return mark.isdigit() or (mark != "" and mark in ".,万亿千百十%％")


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    at = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        at += 1
    return at
