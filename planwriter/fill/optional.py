"""Parts of a clause's text that may be left out: 〔…{{ 参数.X }}…〕, or 〔with the value｜without it〕.

Such a part is printed, without its brackets, if every parameter in it has a value; otherwise what stands after the bar is
printed, or nothing. 〔…〕 without a parameter is the bracket of a document number and stays as it is.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex

_BRACKETS = regex(r"〔([^〔〕]*)〕")
_PARAMETER = regex(r"\{\{[^{}]*?参数\s*\.\s*(\w+)")
_BAR = "｜"


class OptionalPart(NamedTuple):
    """A part of a text: where its brackets and its bar stand, and the parameters before and after the bar."""

    start: int
    bar: int
    """The index of the bar; that of the closing bracket if there is none."""
    end: int
    names: tuple[str, ...]
    otherwise: tuple[str, ...]


@functools.lru_cache(maxsize=4096)
def optional_parts(text: str) -> tuple[OptionalPart, ...]:
    """The parts of a text that may be left out, in order."""
    if "〔" not in text or "参数" not in text:
        return ()
    found = []
    for match in _BRACKETS.finditer(text):
        names = tuple(_PARAMETER.findall(match[1]))
        if names:
            at = match[1].find(_BAR)
            bar = match.end() - 1 if at < 0 else match.start(1) + at
            before = tuple(_PARAMETER.findall(text[match.start() : bar]))
            found.append(OptionalPart(match.start(), bar, match.end(), before, tuple(names[len(before) :])))
    return tuple(found)


def is_printed(part: OptionalPart, given: frozenset[str]) -> bool:
    """True if what stands before the bar is printed: all its parameters have a value."""
    return given.issuperset(part.names)


def cuts(text: str, given: frozenset[str]) -> tuple[tuple[int, int], ...]:
    """The stretches of a text that are not printed if the parameters `given` have values, in order."""
    return tuple(cut for part in optional_parts(text) for cut in _cuts_of(part, is_printed(part, given)))


def _cuts_of(part: OptionalPart, printed: bool) -> tuple[tuple[int, int], ...]:
    if printed:
        return (part.start, part.start + 1), (part.bar, part.end)
    if part.bar == part.end - 1:
        return ((part.start, part.end),)
    return (part.start, part.bar + 1), (part.end - 1, part.end)


def without_parts(text: str) -> str:
    """The text as it is if no parameter of its optional parts has a value."""
    return without(text, cuts(text, frozenset()))


def without(text: str, unprinted: tuple[tuple[int, int], ...]) -> str:
    """The text without some of its stretches."""
    return "".join(text[start:end] for start, end in _between(unprinted, 0, len(text)))


def _between(unprinted: tuple[tuple[int, int], ...], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of `start:end` that are printed."""
    at = start
    for first, last in unprinted:
        if last <= at or first >= end:
            continue
        if first > at:
            yield at, first
        at = last
    if at < end:
        yield at, end


def printed_stretches(unprinted: tuple[tuple[int, int], ...], start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The stretches of `start:end` that are printed, in order."""
    return tuple(_between(unprinted, start, end))


@functools.lru_cache(maxsize=4096)
def required_names(text: str) -> frozenset[str]:
    """The parameters that a text cannot do without: those outside its optional parts, and after their bars."""
    return frozenset(_PARAMETER.findall(without_parts(text))) if "参数" in text else frozenset()


@functools.lru_cache(maxsize=4096)
def named_parameters(text: str) -> frozenset[str]:
    """Every parameter that a text names."""
    return frozenset(_PARAMETER.findall(text)) if "参数" in text else frozenset()


@functools.lru_cache(maxsize=4096)
def bracket_fault(text: str) -> tuple[int, str]:
    """Where the brackets of an optional part are faulty, and why; (-1, "") if they are not."""
    if "参数" not in text or not ("〔" in text or "〕" in text):
        return -1, ""
    open_at = -1
    for at, mark in enumerate(text):
        if mark == "〔":
            if open_at >= 0:
                return at, "〔〕 里面又有 〔"
            open_at = at
        elif mark == "〕":
            if open_at < 0:
                return at, "〕 前面没有 〔"
            open_at = -1
    return (open_at, "〔 后面没有 〕") if open_at >= 0 else (-1, "")
