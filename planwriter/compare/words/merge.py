"""Two changed wordings of one paragraph put together; what both changed differently is shown, never chosen in silence."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise

from planwriter.compare.matching.sequence import shared_runs
from planwriter.compare.words.texts import TextEdit, changed, gaps, offsets, sentences
from planwriter.compare.words.units import units
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex

_BEGINS_SENTENCE = regex("[。；！？\n]")
_BEGINS_CLAUSE = regex("[。；！？\n，、：]")
_ENDS_SENTENCE = regex(r"[。；！？\n][”’」』）)】〕》]*\Z")
_ENDS_CLAUSE = regex(r"[。；！？\n，、：][”’」』）)】〕》]*\Z")
_ALONE = frozenset("的了和与及或并在对按为以将把由等各")
"""Characters that are words by themselves."""
_OFFICES = frozenset("局厅股处科室")
"""Characters with which the names of offices end: the name of a part may follow, as in 教育局纪检组."""
_MAX_PASSES = 20


class TextConflict(NamedTuple):
    """Words that both sides changed in different ways: where `ours` stands in the merged text, and the three wordings."""

    start: int
    end: int
    base: str
    ours: str
    theirs: str


class Merged(NamedTuple):
    """A merged text. Where there is a conflict, it has our wording."""

    text: str
    conflicts: tuple[TextConflict, ...] = ()

    def with_theirs(self, chosen: Collection[int]) -> str:
        """The text with their wording in the conflicts of these numbers, from 0."""
        made, at = [], 0
        for number, each in enumerate(self.conflicts):
            made += [self.text[at : each.start], each.theirs if number in chosen else each.ours]
            at = each.end
        return "".join((*made, self.text[at:]))


class _Region(NamedTuple):
    """Characters of the base that were changed: by which edits of ours, and of theirs."""

    start: int
    end: int
    ours: tuple[TextEdit, ...] = ()
    theirs: tuple[TextEdit, ...] = ()


class _Sides(NamedTuple):
    """The three wordings."""

    base: str
    ours: str
    theirs: str

    def of_ours(self, region: _Region) -> str:
        return _applied(self.base, self.ours, region, region.ours)

    def of_theirs(self, region: _Region) -> str:
        return _applied(self.base, self.theirs, region, region.theirs)


class _Choice(NamedTuple):
    """What becomes of a region."""

    text: str
    is_conflict: bool


def merge_texts(base: str, ours: str, theirs: str) -> Merged:
    """`base` with the changes of both sides.

    A change that both made is made once. Changes of different words go together. Words that both changed differently, words put in
    by both at one place, and words that one put in beside those that the other changed, with no mark between them, are conflicts; so
    are two changes that would make one number of their figures.
    """
    if ours == theirs or theirs == base:
        return Merged(ours)
    if ours == base:
        return Merged(theirs)
    sides = _Sides(base, ours, theirs)
    regions = _regions(sides)
    passes = 0
    while True:
        choices = [_chosen(region, sides) for region in regions]
        joined = _unfused(regions, choices, sides)
        if len(joined) == len(regions):
            break
        passes += 1
        regions = joined if passes < _MAX_PASSES else [_joined(joined)]
    made: list[str] = []
    conflicts: list[TextConflict] = []
    at = size = 0
    for region, choice in zip(regions, choices, strict=True):
        made += [base[at : region.start], choice.text]
        size += region.start - at
        if choice.is_conflict:
            words = base[region.start : region.end]
            conflicts.append(TextConflict(size, size + len(choice.text), words, choice.text, sides.of_theirs(region)))
        size += len(choice.text)
        at = region.end
    return Merged("".join((*made, base[at:])), tuple(conflicts))


def _regions(sides: _Sides) -> list[_Region]:
    """The changed parts of the base. Edits of both sides that meet are in one region."""
    whole = sentences(sides.base)
    ours = [_Edit(each, sides.base, sides.ours, whole) for each in changed(sides.base, sides.ours)]
    theirs = [_Edit(each, sides.base, sides.theirs, whole) for each in changed(sides.base, sides.theirs)]
    edits = [(each, True) for each in ours] + [(each, False) for each in theirs]
    made: list[_Region] = []
    last: dict[bool, tuple[_Edit, int]] = {}
    """The last edit of each side, and its region."""
    for edit, is_ours in sorted(edits, key=lambda each: (each[0].start, each[0].end)):
        region = _Region(edit.start, edit.end, *(((edit.edit,), ()) if is_ours else ((), (edit.edit,))))
        other = last.get(not is_ours)
        if other is not None and _meet(other[0], edit):
            made[other[1] :] = [_joined([*made[other[1] :], region])]
        else:
            made.append(region)
        last[is_ours] = edit, len(made) - 1
    return made


class _Edit:
    """An edit of one side with its words."""

    def __init__(self, edit: TextEdit, base: str, text: str, whole: tuple[tuple[int, int], ...]) -> None:
        self.edit, self._base, self._whole = edit, base, whole
        self.start, self.end = edit.start, edit.end
        self.old, self.new = base[edit.start : edit.end], text[edit.new_start : edit.new_end]

    @property
    def puts_in(self) -> bool:
        """True if it takes nothing away."""
        return self.start == self.end

    def is_sentence(self) -> bool:
        """True if it takes a whole sentence away."""
        return any(self.start <= start and end <= self.end for start, end in self._whole)

    def is_half(self) -> bool:
        """True if one character became another: seldom is that a whole word."""
        return len(self.old) == len(self.new) == 1 and _is_of_word(self.old) and _is_of_word(self.new)

    def reach(self) -> tuple[int, int]:
        """The characters that it is about: beside half of a word the other half."""
        start, end = self.start, self.end
        if self.is_half():
            start -= _is_of_word(self._base[start - 1 : start])
            end += _is_of_word(self._base[end : end + 1]) and self._base[end] not in _OFFICES
        return start, end


def _is_of_word(char: str) -> bool:
    """True for a character that may make a word with the one beside it."""
    return "\u4e00" <= char <= "\u9fff" and char not in _ALONE


def _meet(first: _Edit, second: _Edit) -> bool:
    """True if two edits of different sides, of which `first` does not begin later, are about the same words or the same place.

    Words that are put in have a place only. They meet a change that this place is in or beside, unless a mark parts them from it.
    """
    if first.puts_in and second.puts_in:
        return first.start == second.start
    if not first.puts_in and not second.puts_in:
        return second.start < first.end or (second.start == first.end and first.is_half() and second.is_half())
    put_in, edit = (first, second) if first.puts_in else (second, first)
    if edit.start < put_in.start < edit.end or put_in.new in edit.new:
        return edit.start <= put_in.start <= edit.end
    start, end = edit.reach()
    return start <= put_in.start <= end and not _are_parted(put_in, edit)


def _are_parted(put_in: _Edit, edit: _Edit) -> bool:
    """True if a mark stands between words put in beside an edit and the words of that edit: the end of a clause.

    If the edit takes a whole sentence away, it must be the end of a sentence.
    """
    ends, begins = (_ENDS_SENTENCE, _BEGINS_SENTENCE) if edit.is_sentence() else (_ENDS_CLAUSE, _BEGINS_CLAUSE)
    left, right = (put_in, edit) if put_in.start <= edit.start else (edit, put_in)
    words = [each for each in (left.old, left.new) if each]
    if all(ends.search(each) for each in words):
        return True
    words = [each for each in (right.old, right.new) if each]
    return all(begins.match(each) for each in words)


def _joined(regions: list[_Region]) -> _Region:
    return _Region(
        regions[0].start,
        max(region.end for region in regions),
        tuple(edit for region in regions for edit in region.ours),
        tuple(edit for region in regions for edit in region.theirs),
    )


def _applied(base: str, text: str, region: _Region, edits: tuple[TextEdit, ...]) -> str:
    """The words of the region with the edits of one side."""
    made, at = [], region.start
    for edit in edits:
        made += [base[at : edit.start], text[edit.new_start : edit.new_end]]
        at = edit.end
    return "".join((*made, base[at : region.end]))


def _chosen(region: _Region, sides: _Sides) -> _Choice:
    ours, theirs = sides.of_ours(region), sides.of_theirs(region)
    if not region.theirs or ours == theirs:
        return _Choice(ours, is_conflict=False)
    if not region.ours:
        return _Choice(theirs, is_conflict=False)
    words = sides.base[region.start : region.end]
    by_ours, by_theirs = _single_edits(words, ours), _single_edits(words, theirs)
    if by_theirs <= by_ours:
        return _Choice(ours, is_conflict=False)
    return _Choice(theirs, is_conflict=False) if by_ours <= by_theirs else _Choice(ours, is_conflict=True)


def _single_edits(old: str, new: str) -> set[tuple[int, int, str]]:
    """The smallest edits, unit by unit, which show if one side did all that the other did."""
    here, there = units(old), units(new)
    at = offsets(there)
    return {
        (first, last, new[at[start] : at[end]])
        for first, last, start, end in gaps(shared_runs(here, there), len(here), len(there))
    }


def _unfused(regions: list[_Region], choices: list[_Choice], sides: _Sides) -> list[_Region]:
    """The regions; those of both sides that would make one number or name of their words are joined.

    In conflicts the words of either side may come to stand, so both are tried.
    """
    glued = _glued(regions, [choice.text for choice in choices], sides.base)
    if any(choice.is_conflict for choice in choices):
        texts = (
            sides.of_theirs(region) if choice.is_conflict else choice.text
            for region, choice in zip(regions, choices, strict=True)
        )
        glued |= _glued(regions, list(texts), sides.base)
    groups: list[list[_Region]] = []
    for number, region in enumerate(regions):
        if number in glued:
            groups[-1].append(region)
        else:
            groups.append([region])
    return [_joined(group) for group in groups]


def _glued(regions: list[_Region], texts: list[str], base: str) -> set[int]:
    """The regions that must be joined to the one before, if their words are these."""
    borders: list[tuple[int, int]] = []
    """Where the words of each region begin and end in the merged text."""
    made: list[str] = []
    at = size = 0
    for region, text in zip(regions, texts, strict=True):
        size += region.start - at
        made += [base[at : region.start], text]
        borders.append((size, size + len(text)))
        size += len(text)
        at = region.end
    places = offsets(units("".join((*made, base[at:]))))
    glued: set[int] = set()
    low = 0
    for start, end in pairwise(places):
        while low < len(borders) and borders[low][1] <= start:
            low += 1
        high = low
        while high < len(borders) and borders[high][0] < end:
            high += 1
        inside = regions[low:high]
        if any(region.ours for region in inside) and any(region.theirs for region in inside):
            glued.update(range(low + 1, high))
    return glued
