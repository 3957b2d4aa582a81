"""Puts the ranges of comments into the text of a .docx: marks between runs, and plain runs split at the characters."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from planwriter.readers.docx.document import WordDocument
from planwriter.readers.docx.places import ParagraphPlace, Places, RunPlace
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex

_PLAIN_RUN = regex(
    rb"(<(?:[\w.-]{1,99}:)?r(?:\s[^<>]*)?>)((?:<(?:[\w.-]{1,99}:)?rPr(?:\s[^<>]*)?>.*</(?:[\w.-]{1,99}:)?rPr>"
    rb"|<(?:[\w.-]{1,99}:)?rPr\s?/>)?)<((?:[\w.-]{1,99}:)?)t(?:\s[^<>]*)?>([^<>]*)</(?:[\w.-]{1,99}:)?t></(?:[\w.-]{1,99}:)?r>",
    16,
)
_CHARACTER = regex(r"&[^;&]{1,12};|[\s\S]")


class Remark(NamedTuple):
    """A comment: the number of its paragraph, the characters that it is about (none if both are 0), and its words."""

    paragraph: int
    start: int
    end: int
    lines: tuple[str, ...]


def with_marks(places: Places, document: WordDocument, wanted: Sequence[Remark], first: int, space: str) -> bytes:
    """The text with the marks of the comments."""
    by_paragraph: dict[int, list[tuple[int, Remark]]] = {}
    for number, each in enumerate(wanted, first):
        by_paragraph.setdefault(each.paragraph, []).append((number, each))
    made: list[bytes] = []
    at = 0
    for number in sorted(by_paragraph):
        place = places.paragraphs[number - 1]
        para = document.paragraphs[number - 1]
        made.append(places.data[at : place.start])
        made.append(_with_ranges(places.data, place, len(para.label), para.text, by_paragraph[number], space))
        at = place.closing
    made.append(places.data[at:])
    return b"".join(made)


def _with_ranges(
    data: bytes, place: ParagraphPlace, label: int, text: str, wanted: list[tuple[int, Remark]], space: str
) -> bytes:
    """A paragraph, up to its end tag if it has one, with the marks of its comments."""
    tags = _Tags(place.name, space)
    fits = len(text) == label + sum(len(run.text) for run in place.runs)
    whole = [number for number, each in wanted if not (fits and each.end > label)]
    parts = [(number, each) for number, each in wanted if fits and each.end > label]
    pieces = _Pieces(data, place, tags)
    for number, each in parts:
        pieces.add(number, max(each.start - label, 0), each.end - label)
    opening = data[place.start : place.opened]
    if place.is_empty:
        opening = opening[:-2].rstrip() + b">"
    return b"".join(
        (
            opening,
            data[place.opened : place.content],
            *(tags.start(number) for number in whole),
            *pieces.marked(),
            *(tags.end(number) for number in whole),
            *(tags.reference(number) for number, _ in wanted),
            b"</" + place.name + b">" if place.is_empty else b"",
        )
    )


class _Tags:
    """The elements of a comment's range, with the prefix of the paragraph they stand in."""

    def __init__(self, name: bytes, space: str) -> None:
        prefix = name.partition(b":")[0] if b":" in name else b""
        self._declared = b"" if prefix else b' xmlns:w="' + space.encode() + b'"'
        self._prefix = prefix or b"w"

    def _mark(self, name: bytes, number: int, declared: bytes) -> bytes:
        prefix = self._prefix
        return b"<" + prefix + b":" + name + declared + b" " + prefix + b':id="%d"/>' % number

    def start(self, number: int) -> bytes:
        """Where the range of a comment begins."""
        return self._mark(b"commentRangeStart", number, self._declared)

    def end(self, number: int) -> bytes:
        """Where it ends."""
        return self._mark(b"commentRangeEnd", number, self._declared)

    def reference(self, number: int) -> bytes:
        """The run that holds the comment."""
        run = self._prefix + b":r"
        inner = self._mark(b"commentReference", number, b"")
        return b"<" + run + self._declared + b">" + inner + b"</" + run + b">"


class _Pieces:
    """The content of a paragraph, into which the ranges of comments are put; a plain run is split at the characters."""

    def __init__(self, data: bytes, place: ParagraphPlace, tags: _Tags) -> None:
        self._data, self._place, self._tags = data, place, tags
        self._starts = [0]
        for run in place.runs:
            self._starts.append(self._starts[-1] + len(run.text))
        self._cuts: dict[int, set[int]] = {}
        """For each run that is split: before which of its characters."""
        self._marks: list[tuple[int, int, int, int, int]] = []
        """For each comment: its number, the run and the character at which it begins, those at which it ends."""

    def add(self, number: int, start: int, end: int) -> None:
        """Puts in the range of a comment on the characters from `start` to before `end`."""
        last = len(self._place.runs) - 1
        first_run = min(bisect_right(self._starts, start) - 1, last)
        last_run = min(bisect_right(self._starts, end - 1) - 1, last)
        begin, stop = start - self._starts[first_run], end - self._starts[last_run]
        self._cuts.setdefault(first_run, set()).add(begin)
        self._cuts.setdefault(last_run, set()).add(stop)
        self._marks.append((number, first_run, begin, last_run, stop))

    def marked(self) -> Iterator[bytes]:
        """The content with the ranges."""
        place = self._place
        inserts: dict[int, list[bytes]] = {}
        replaced: dict[int, tuple[int, list[bytes]]] = {}
        splits: dict[int, dict[int, list[bytes]]] = {}
        for at, cuts in self._cuts.items():
            run = place.runs[at]
            inner = sorted(cut for cut in cuts if 0 < cut < len(run.text))
            pieces = _split(self._data[run.start : run.end], run, inner) if inner else None
            if pieces:
                splits[at] = {cut: [] for cut in inner}
                replaced[run.start] = at, pieces
        for number, first, begin, last, stop in self._marks:
            self._place_mark(self._tags.start(number), first, begin, inserts, splits, before=True)
            self._place_mark(self._tags.end(number), last, stop, inserts, splits, before=False)
        at = place.content
        for start in sorted({*inserts, *replaced}):
            yield self._data[at:start]
            yield from inserts.get(start, ())
            at = start
            if start in replaced:
                index, pieces = replaced[start]
                yield pieces[0]
                for cut, piece in zip(sorted(splits[index]), pieces[1:], strict=True):
                    yield from splits[index][cut]
                    yield piece
                at = place.runs[index].end
        yield self._data[at : place.closing]

    def _place_mark(
        self,
        mark: bytes,
        index: int,
        cut: int,
        inserts: dict[int, list[bytes]],
        splits: dict[int, dict[int, list[bytes]]],
        *,
        before: bool,
    ) -> None:
        run = self._place.runs[index]
        inner = splits.get(index, {}).get(cut)
        target = inner if inner is not None else inserts.setdefault(run.outer_start if before else run.outer_end, [])
        if before:
            target.append(mark)
        else:
            target.insert(0, mark)  # a range ends before the next one begins


def _split(raw: bytes, run: RunPlace, cuts: list[int]) -> list[bytes] | None:
    """A run in several of the same look, cut before these characters; None if it is more than a text, or is in a wrapper."""
    found = _PLAIN_RUN.fullmatch(raw) if (run.start, run.end) == (run.outer_start, run.outer_end) else None
    if found is None:
        return None
    opening, form, prefix, typed = found.groups()
    signs = _CHARACTER.findall(typed.decode("utf-8").replace("\r\n", "\n"))
    if len(signs) != len(run.text):
        return None
    text = b"<" + prefix + b't xml:space="preserve">'
    end = b"</" + prefix + b"t></" + prefix + b"r>"
    bounds = [0, *cuts, len(signs)]
    return [opening + form + text + "".join(signs[low:high]).encode() + end for low, high in pairwise(bounds)]
