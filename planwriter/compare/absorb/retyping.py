"""What a text of an outline must be typed as, so that it is printed as it was edited: what is filled in stays so where it can."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from planwriter.compare.words.texts import changed
from planwriter.fill import HOLE
from planwriter.model import Text
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex

_CONTROL = regex("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_GLYPH = regex("[\uf000-\uf0ff]")
"""A glyph of a symbol font that no character stands for."""


class Unabsorbable(Exception):
    """A change that cannot be made in the outline; the message says why, in the writer's words."""


class InsideClause(Unabsorbable):
    """A change inside of a clause, which can be made once its use (用) is replaced by blocks of the outline's own."""


class TypedEdit(NamedTuple):
    """The characters from `start` to before `end` of a text become `new`."""

    start: int
    end: int
    new: str
    typed: str = ""
    """What is typed for `new`, if that holds what is filled in."""


class TypedStretch(NamedTuple):
    """Characters of a printed text, what is typed for them, and whether that is a hole."""

    start: int
    end: int
    typed: str
    is_hole: bool


def text_edits(old: str, new: str) -> list[TypedEdit]:
    """The edits that make `new` of `old`."""
    return [TypedEdit(a, b, new[c:d]) for a, b, c, d in changed(old, new)]


def typed_stretches(text: Text) -> list[TypedStretch]:
    """A printed text as stretches that are typed as they are, and holes."""
    value, filling = text.value, text.filling
    if filling is None:
        return [TypedStretch(0, len(value), value, is_hole=False)] if value else []
    if not filling.pieces:
        is_same = filling.typed[filling.offset : filling.offset + len(value)] == value
        return [TypedStretch(0, len(value), value if is_same else filling.typed, is_hole=not is_same)]
    made = []
    ends = [piece[0] for piece in filling.pieces[1:]] + [filling.offset + len(value)]
    for (start, at, is_hole), end in zip(filling.pieces, ends, strict=True):
        first, last = max(start - filling.offset, 0), min(end - filling.offset, len(value))
        if first >= last and not (is_hole and 0 <= start - filling.offset <= len(value) and start == end):
            continue
        if is_hole:
            hole = HOLE.match(filling.typed, at)
            typed = hole[0] if hole is not None else filling.typed
            made.append(TypedStretch(first, last, typed, is_hole=True))
        else:
            made.append(TypedStretch(first, last, value[first:last], is_hole=False))
    return made


def retyped_text(
    text: Text, edits: Sequence[TypedEdit], start: int = 0, end: int | None = None, *, printed: str = ""
) -> str:
    """What is typed for the characters from `start` to before `end` of a text, once they are edited.

    A hole whose characters are edited becomes what is printed in its place, as does one that holds the word `printed`.
    """
    end = len(text.value) if end is None else end
    stretches = typed_stretches(text)
    if printed:
        stretches = [
            each._replace(typed=text.value[each.start : each.end]) if each.is_hole and printed in each.typed else each
            for each in stretches
        ]
    made: list[str] = []
    at = start
    for edit in edits:
        _check(edit.new)
        made += _typed(stretches, text.value, at, edit.start, start)
        made.append(edit.typed or edit.new)
        at = edit.end
    made += _typed(stretches, text.value, at, end, start)
    return "".join(made)


def literal_text(text: str) -> str:
    """A text that is typed as it is printed. Raises Unabsorbable."""
    _check(text)
    return text


def touched_holes(text: Text, edits: Iterable[TypedEdit]) -> Iterator[tuple[TypedStretch, list[TypedEdit]]]:
    """The holes whose characters are edited, with these edits."""
    edits = list(edits)
    for each in typed_stretches(text):
        if each.is_hole:
            found = [
                edit
                for edit in edits
                if (edit.start < each.end and edit.end > each.start)
                or (edit.start == edit.end and each.start < edit.start < each.end)
            ]
            if found:
                yield each, found


def _typed(stretches: Sequence[TypedStretch], value: str, start: int, end: int, first: int) -> Iterator[str]:
    for each in stretches:
        low, high = max(each.start, start), min(each.end, end)
        if each.is_hole:
            if each.start == each.end:
                if start <= each.start < end or (each.start == start == first):
                    yield each.typed
            elif low < high:
                yield each.typed if (low, high) == (each.start, each.end) else value[low:high]
        elif low < high:
            yield each.typed[low - each.start : high - each.start]


def _check(new: str) -> None:
    if "{{" in new or "}}" in new or "{%" in new or "{#" in new:
        raise Unabsorbable("里面有 {{ }}，会被当成要填的空")
    if _CONTROL.search(new):
        raise Unabsorbable("里面有看不见的控制字符")
    if _GLYPH.search(new):
        raise Unabsorbable("里面有只在符号字体里有的符号，换成普通的字符再收")
