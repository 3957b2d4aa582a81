"""What changed between two wordings of a paragraph, as a reader would mark it: whole numbers and names, no confetti."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from planwriter.compare.matching.sequence import SharedRun, shared_runs
from planwriter.compare.words.units import is_word, sentence_ends, units
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.typing import TypeAlias

_CLAUSE_MARKS = frozenset("，、：,:")
_SENTENCE_MARKS = frozenset("。；！？\n")
_LEFT_MARKS = frozenset("（(“‘「『【〔")
_LITTLE = 0.3
"""Two sentences that share less are two sentences, not one that was changed."""
_WINDOW = 4
_MOST_SHIFT = 200


_Range: TypeAlias = tuple[int, int, int, int]
"""Units from and to of the old text, and from and to of the new one."""


class TextEdit(NamedTuple):
    """Characters `start` to `end` of the old text, and the characters of the new text that stand in their place."""

    start: int
    end: int
    new_start: int
    new_end: int


def changed(old: str, new: str) -> tuple[TextEdit, ...]:
    """The edits that make `new` of `old`, in order and apart from each other; their borders never split a unit."""
    if old == new:
        return ()
    here, there = units(old), units(new)
    old_ends, new_ends = sentence_ends(here), sentence_ends(there)
    equal = _equal_sentences(here, old_ends, there, new_ends)
    kept = list(equal)
    for gap in gaps(equal, len(here), len(there)):
        first, last, start, end = gap
        runs = shared_runs(here[first:last], there[start:end], window=_WINDOW)
        inner = [SharedRun(first + run.old, start + run.new, run.size) for run in runs]
        kept += _without_chance(inner, gap, old_ends, new_ends, here)
    edits = list(_slid(list(gaps(sorted(kept), len(here), len(there))), here, there))
    edits = _without_islands(edits, here, there)
    old_at, new_at = offsets(here), offsets(there)
    return tuple(TextEdit(old_at[a], old_at[b], new_at[c], new_at[d]) for a, b, c, d in edits)


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Where each sentence of a text begins and ends, with the marks behind it; together they are the text."""
    parts = units(text)
    at = offsets(parts)
    ends = sentence_ends(parts)
    return tuple((at[a], at[b]) for a, b in zip([0, *ends], ends, strict=False))


def offsets(parts: tuple[str, ...]) -> list[int]:
    """Where each unit begins in the text, and where the text ends."""
    made = [0]
    for part in parts:
        made.append(made[-1] + len(part))
    return made


def _equal_sentences(
    here: tuple[str, ...], old_ends: list[int], there: tuple[str, ...], new_ends: list[int]
) -> list[SharedRun]:
    """The runs of units that are whole sentences of both texts."""
    old_starts, new_starts = [0, *old_ends], [0, *new_ends]
    old = [here[a:b] for a, b in zip(old_starts, old_ends, strict=False)]
    new = [there[a:b] for a, b in zip(new_starts, new_ends, strict=False)]
    made = []
    for a, b, size in shared_runs(old, new):
        made.append(SharedRun(old_starts[a], new_starts[b], old_starts[a + size] - old_starts[a]))
    return made


def gaps(runs: list[SharedRun], old_size: int, new_size: int) -> Iterator[_Range]:
    """The ranges between the runs."""
    first = start = 0
    for run in (*runs, SharedRun(old_size, new_size, 0)):
        if first < run.old or start < run.new:
            yield first, run.old, start, run.new
        first, start = run.old + run.size, run.new + run.size


def _without_chance(
    runs: list[SharedRun], gap: _Range, old_ends: list[int], new_ends: list[int], here: tuple[str, ...]
) -> list[SharedRun]:
    """The runs, without those that two different sentences have in common by chance."""
    pieces = [piece for run in runs for piece in _pieces(run, old_ends, new_ends)]
    old_shares: dict[int, int] = {}
    new_shares: dict[int, int] = {}
    for old, _, size, from_sentence, to_sentence in pieces:
        weight = sum(1 for unit in here[old : old + size] if unit not in _SENTENCE_MARKS and unit not in _CLAUSE_MARKS)
        old_shares[from_sentence] = old_shares.get(from_sentence, 0) + weight
        new_shares[to_sentence] = new_shares.get(to_sentence, 0) + weight
    kept = []
    for old, new, size, from_sentence, to_sentence in pieces:
        low, high = sorted(
            (
                old_shares[from_sentence] / _length(from_sentence, old_ends, gap[0], gap[1]),
                new_shares[to_sentence] / _length(to_sentence, new_ends, gap[2], gap[3]),
            )
        )
        if high >= _LITTLE and (low >= _LITTLE or size > 3 or high > 0.7):
            kept.append(SharedRun(old, new, size))
    return kept


def _pieces(run: SharedRun, old_ends: list[int], new_ends: list[int]) -> Iterator[tuple[int, int, int, int, int]]:
    """The parts of a run within one sentence of each text, with the numbers of these sentences."""
    old, new, size = run
    while size:
        from_sentence, to_sentence = bisect_right(old_ends, old), bisect_right(new_ends, new)
        part = min(size, old_ends[from_sentence] - old, new_ends[to_sentence] - new)
        yield old, new, part, from_sentence, to_sentence
        old, new, size = old + part, new + part, size - part


def _length(sentence: int, ends: list[int], first: int, last: int) -> int:
    start = ends[sentence - 1] if sentence else 0
    return max(1, min(ends[sentence], last) - max(start, first))


def _without_islands(edits: list[_Range], here: tuple[str, ...], there: tuple[str, ...]) -> list[_Range]:
    """The edits, joined where what is between two of them is too little to be read."""
    made: list[_Range] = []
    for edit in edits:
        made.append(edit)
        while len(made) > 1 and _is_too_little(made[-2], made[-1], here, there):
            last = made.pop()
            first = made.pop()
            made.append((first[0], last[1], first[2], last[3]))
    return made


def _is_too_little(
    left: _Range,
    right: _Range,
    here: tuple[str, ...],
    there: tuple[str, ...],
) -> bool:
    island = here[left[1] : right[0]]
    if not island:
        return True
    if len(island) > 4 or not _SENTENCE_MARKS.isdisjoint(island):
        return False
    replaced = all(a < b and c < d for a, b, c, d in (left, right))
    if len(island) == 1:
        if island[0] in _CLAUSE_MARKS:
            return not replaced and not (_is_clause(left, here, there) or _is_clause(right, here, there))
        return not is_word(island[0]) and not (
            replaced and all(is_word(part) for a, b, c, d in (left, right) for part in (*here[a:b], *there[c:d]))
        )
    smaller = min(max(b - a, d - c) for a, b, c, d in (left, right))
    return 3 * len(island) <= smaller and not any(is_word(part) for part in island)


def _is_clause(edit: _Range, here: tuple[str, ...], there: tuple[str, ...]) -> bool:
    """True if nothing but whole clauses is put in or left out."""
    parts = here[edit[0] : edit[1]] or there[edit[2] : edit[3]]
    return parts[-1] in _CLAUSE_MARKS or parts[0] in _CLAUSE_MARKS


def _slid(edits: list[_Range], here: tuple[str, ...], there: tuple[str, ...]) -> Iterator[_Range]:
    """The edits; what is only put in or only left out begins and ends at marks, if it can be read so."""
    last, end = 0, 0
    for at, edit in enumerate(edits):
        first, start = edits[at + 1][::2] if at + 1 < len(edits) else (len(here) + 1, len(there) + 1)
        a, b, c, d = edit
        if a == b:
            by = _best_shift(there, c, d, min(c - end, _MOST_SHIFT), min(start - d - 1, _MOST_SHIFT))
            edit = (a + by, b + by, c + by, d + by)
        elif c == d:
            by = _best_shift(here, a, b, min(a - last, _MOST_SHIFT), min(first - b - 1, _MOST_SHIFT))
            edit = (a + by, b + by, c + by, d + by)
        yield edit
        last, end = edit[1] + 1, edit[3] + 1


def _best_shift(parts: tuple[str, ...], start: int, end: int, left: int, right: int) -> int:
    """By how many units the range can move, `left` and `right` at most, without another wording, to where it reads best."""
    low = high = 0
    while low < left and parts[start - low - 1] == parts[end - low - 1]:
        low += 1
    while high < right and parts[start + high] == parts[end + high]:
        high += 1
    return max(range(-low, high + 1), key=lambda by: (_border(parts, start + by) + _border(parts, end + by), by))


def _border(parts: tuple[str, ...], at: int) -> int:
    """How well a text can be cut before its unit `at`."""
    if at in (0, len(parts)) or parts[at - 1] in _SENTENCE_MARKS:
        return 4
    if parts[at - 1] in _CLAUSE_MARKS:
        return 2
    return int(parts[at] in _LEFT_MARKS)
