"""What two sequences have in common, in order: difflib where it is quick, shared runs that occur once where it is not.

difflib takes the square of the length for usual sequences, and the cube for those made to be slow. Here the work is bounded by the
length times a constant: a sequence that has nothing to hold on to is given up, not searched.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence
from difflib import SequenceMatcher

from planwriter.start.named_tuple import NamedTuple

_EFFORT = 300
"""Steps allowed for each element."""
_LONGEST_WINDOW = 32
_MAX_DEPTH = 8


class SharedRun(NamedTuple):
    """A run of equal elements."""

    old: int
    new: int
    size: int


def shared_runs(old: Sequence[Hashable], new: Sequence[Hashable], *, window: int = 1) -> list[SharedRun]:
    """Runs of equal elements, in the order of both sequences and as long as they can be.

    Where the sequences are too long for difflib, they hold on to runs of `window` or more elements that occur once in each.
    """
    found: list[SharedRun] = []
    todo = [(0, len(old), 0, len(new), 0)]
    while todo:
        first, last, start, end, depth = todo.pop()
        size = _same_start(old, new, first, last, start, end)
        if size:
            found.append(SharedRun(first, start, size))
            first, start = first + size, start + size
        size = _same_end(old, new, first, last, start, end)
        if size:
            last, end = last - size, end - size
            found.append(SharedRun(last, end, size))
        if first == last or start == end:
            continue
        if _is_quick(old[first:last], new[start:end]):
            matcher = SequenceMatcher(None, old[first:last], new[start:end], autojunk=False)
            found += (SharedRun(first + a, start + b, size) for a, b, size in matcher.get_matching_blocks() if size)
        elif depth < _MAX_DEPTH:
            anchors = _anchors(old[first:last], new[start:end], window)
            if not anchors:
                continue
            for here, there in anchors:
                found.append(SharedRun(first + here, start + there, 1))
            here, there = first, start
            for a, b in (*anchors, (last - first, end - start)):
                todo.append((here, first + a, there, start + b, depth + 1))
                here, there = first + a + 1, start + b + 1
    return _joined(sorted(found))


def longest_rising(values: Sequence[int]) -> list[int]:
    """The indices of a longest strictly rising subsequence."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, value in enumerate(values):
        at = bisect_left(tails, value)
        before.append(ends[at - 1] if at else -1)
        if at == len(tails):
            tails.append(value)
            ends.append(index)
        else:
            tails[at], ends[at] = value, index
    chain: list[int] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        chain.append(at)
        at = before[at]
    return chain[::-1]


def _same_start(old: Sequence[Hashable], new: Sequence[Hashable], first: int, last: int, start: int, end: int) -> int:
    size = 0
    most = min(last - first, end - start)
    while size < most and old[first + size] == new[start + size]:
        size += 1
    return size


def _same_end(old: Sequence[Hashable], new: Sequence[Hashable], first: int, last: int, start: int, end: int) -> int:
    size = 0
    most = min(last - first, end - start)
    while size < most and old[last - size - 1] == new[end - size - 1]:
        size += 1
    return size


def _is_quick(old: Sequence[Hashable], new: Sequence[Hashable]) -> bool:
    """True if difflib needs at most `_EFFORT` steps for each element, however the elements lie."""
    counts = Counter(new)
    meetings = sum(counts[each] for each in old)
    return meetings * min(len(old), len(new), meetings) <= _EFFORT * (len(old) + len(new))


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable], window: int) -> list[tuple[int, int]]:
    """Where runs begin that occur once in each sequence, in order: of the shortest length, from `window`, that has such runs."""
    numbers: dict[Hashable, int] = {}
    here = [numbers.setdefault(each, len(numbers)) for each in old]
    there = [numbers.setdefault(each, len(numbers)) for each in new]
    size = 1
    while here and there and size <= _LONGEST_WINDOW:
        if size >= window:
            once = _once(here)
            also = _once(there)
            pairs = [(at, also[key]) for key, at in once.items() if key in also]
            if pairs:
                return [pairs[index] for index in longest_rising([b for _, b in pairs])]
        wider: dict[tuple[int, int], int] = {}
        here, there = _doubled(here, size, wider), _doubled(there, size, wider)
        size *= 2
    return []


def _once(keys: list[int]) -> dict[int, int]:
    """The keys that occur once, with their places, in the order of the places."""
    counts = Counter(keys)
    return {key: at for at, key in enumerate(keys) if counts[key] == 1}


def _doubled(keys: list[int], size: int, numbers: dict[tuple[int, int], int]) -> list[int]:
    """Keys of the runs of twice the length."""
    return [numbers.setdefault(pair, len(numbers)) for pair in zip(keys, keys[size:], strict=False)]


def _joined(runs: list[SharedRun]) -> list[SharedRun]:
    """The runs, with those joined that touch on both sides."""
    made: list[SharedRun] = []
    for run in runs:
        if made and made[-1].old + made[-1].size == run.old and made[-1].new + made[-1].size == run.new:
            made[-1] = made[-1]._replace(size=made[-1].size + run.size)
        else:
            made.append(run)
    return made
