"""A text of an author's YAML file changed where it stands, however it is typed: in quotes, over several lines, behind > or |.

Only the characters that differ change, so that line ends, indentation and comments stay. Paragraphs are apart by a blank line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planwriter.findings.alignment import CharacterPlaces, align
from planwriter.source.edit import Patch, Uneditable, quoted
from planwriter.source.nodes import Scalar

_MAX_COMPARED = 1_000_000
"""Longer stretches, by the product of their lengths, are replaced whole."""
_BLOCKS = ("|", ">")
_STYLES = (*_BLOCKS, "'")
_ENDING = (": ", " #", "{", "[")
"""What a text without quotes must not have: it would end there, or be something else. Then it is put in quotes, on one line."""


def is_on_lines(node: Scalar) -> bool:
    """True for a text that is typed over several lines, or behind a > or |."""
    raw = node.span.raw.rstrip()
    return "\n" in raw or raw[:1] in _BLOCKS


def text_patches(node: Scalar, value: str) -> list[Patch]:
    """The patches by which a text becomes `value`. Raises Uneditable.

    They are right if the file, read again, has that value; what a style cannot hold is not looked for.
    """
    places = align(node.span.raw, node.value)
    old, new = node.value.split("\n"), value.split("\n")
    if places is None or not all(old) or not all(new):
        raise Uneditable("原来的值写在几行上")
    raw = node.span.raw.rstrip()
    ending = ('"', "\\") if raw[:1] == '"' else _ENDING if raw[:1] not in _STYLES else ()
    if any(mark in value and mark not in node.value for mark in ending):
        return [Patch(node.span.start, node.span.start + len(raw), quoted(value, flow=False))]
    return _Typed(node, places).patches(old, new)


class _Typed:
    """A text as it is typed."""

    def __init__(self, node: Scalar, places: CharacterPlaces) -> None:
        self.raw, self.base = node.span.raw, node.span.start
        self.starts, self.ends = places
        self.quote = self.raw[:1]

    def patches(self, old: Sequence[str], new: Sequence[str]) -> list[Patch]:
        made: list[Patch] = []
        starts = [0]
        for each in old:
            starts.append(starts[-1] + len(each) + 1)
        for first, last, start, end in _differences(old, new):
            shared = min(last - first, end - start)
            for at in range(shared):
                made += self.changed(starts[first + at], old[first + at], new[start + at])
            if first + shared < last:
                made.append(self.without(starts, first + shared, last))
            for each in new[start + shared : end]:
                made.append(self.added(starts, first + shared, each))
        return made

    def changed(self, start: int, old: str, new: str) -> Iterator[Patch]:
        """The patches of one paragraph."""
        for first, last, begin, end in _differences(old, new):
            typed = self.typed(new[begin:end])
            if first < last:
                yield self.patch(self.starts[start + first], self.ends[start + last - 1], typed)
            else:
                at = self.ends[start + first - 1] if first else self.starts[start]
                yield self.patch(at, at, typed)

    def without(self, starts: Sequence[int], first: int, last: int) -> Patch:
        """Takes paragraphs out, with the lines between them and the one before."""
        end = starts[last] - 2  # the last character of the last one
        if first:
            return self.patch(self.ends[starts[first] - 2], self.ends[end], "")
        if last == len(starts) - 1:
            return self.patch(self.starts[0], self.ends[end], "")
        return self.patch(self.starts[0], self.starts[starts[last]], "")

    def added(self, starts: Sequence[int], at: int, text: str) -> Patch:
        """A paragraph before the one with that number."""
        if at == 0:
            return self.patch(self.starts[0], self.starts[0], f"{self.typed(text)}\n\n{self.indent()}")
        end = self.ends[starts[at] - 2]
        return self.patch(end, end, f"\n\n{self.indent()}{self.typed(text)}")

    def indent(self) -> str:
        """What the lines of the text begin with."""
        lines = [line for line in self.raw.split("\n")[1:] if line.strip()]
        if not lines:
            raise Uneditable("原来的值写在一行上")
        return " " * min(len(line) - len(line.lstrip(" ")) for line in lines)

    def typed(self, text: str) -> str:
        """What stands for these characters in quotes like those of the text, or in none."""
        return text.replace("'", "''") if self.quote == "'" else text

    def patch(self, start: int, end: int, text: str) -> Patch:
        return Patch(self.base + start, self.base + end, text)


def _differences(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """The stretches of two sequences that differ: from, to, and in the new one from, to."""
    least = min(len(old), len(new))
    first = next((at for at in range(least) if old[at] != new[at]), least)
    last = next((at for at in range(least - first) if old[-1 - at] != new[-1 - at]), least - first)
    here, there = old[first : len(old) - last], new[first : len(new) - last]
    if not here and not there:
        return
    if len(here) * len(there) > _MAX_COMPARED:
        yield first, len(old) - last, first, len(new) - last
        return
    import difflib

    matcher = difflib.SequenceMatcher(a=here, b=there, autojunk=False)
    for tag, *spans in matcher.get_opcodes():
        if tag != "equal":
            one, two, three, four = (each + first for each in spans)
            yield one, two, three, four
