"""Where each character of a value stands in the characters that YAML read it from."""

from __future__ import annotations

import functools

from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import re, regex

_PROPERTIES = regex(r"(?:[&!]\S*\s+)*")
_BLOCK_HEADER = regex(r"[|>][^\n]*\n")
_ESCAPE = regex(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|\n[ \t]*|.)", re.S)


class CharacterPlaces(NamedTuple):
    """For each character of a value, the indices in the raw characters at which it begins and ends."""

    starts: tuple[int, ...] | range
    ends: tuple[int, ...] | range


def align(raw: str, value: str) -> CharacterPlaces | None:
    """How `value` stands in `raw`, the characters of a scalar with its quotes; None if it was not read from them."""
    if raw == value:
        return CharacterPlaces(range(len(raw)), range(1, len(raw) + 1))
    if raw[:1] in ("'", '"') and raw[1:-1] == value:
        return CharacterPlaces(range(1, len(raw) - 1), range(2, len(raw)))
    return _align(raw, value)


@functools.lru_cache(maxsize=8)
def _align(raw: str, value: str) -> CharacterPlaces | None:
    match = _PROPERTIES.match(raw)
    at = match.end() if match else 0
    quote = raw[at : at + 1]
    header = _BLOCK_HEADER.match(raw, at)
    at = header.end() if header else at + (quote in ("'", '"'))
    starts, ends = [], []
    for mark in value:
        end = _end(raw, at, mark, quote)
        while end is None and (raw[at : at + 1].isspace() or _folded(raw, at, quote)):
            escape = _folded(raw, at, quote)
            at += len(escape) if escape else 1
            end = _end(raw, at, mark, quote)
        if end is None and not mark.isspace():
            return None
        starts.append(at)
        at = at if end is None else end
        ends.append(at)
    return CharacterPlaces(tuple(starts), tuple(ends))


def _end(raw: str, at: int, mark: str, quote: str) -> int | None:
    """The end of what was typed for `mark` at `at`; None if something else stands there."""
    if quote == "'" and mark == "'":
        return at + 2 if raw.startswith("''", at) else None
    if quote == '"' and raw.startswith("\\", at):
        escape = _ESCAPE.match(raw, at)
        return escape.end() if escape and _meant(escape.group()) == mark else None
    return at + 1 if raw.startswith(mark, at) else None


def _folded(raw: str, at: int, quote: str) -> str:
    """An escaped line end in double quotes, which leaves nothing in the value; "" if there is none."""
    escape = _ESCAPE.match(raw, at) if quote == '"' else None
    return escape.group() if escape and escape.group()[1:2] == "\n" else ""


_SHORT = {"n": "\n", "t": "\t", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029", "0": "\0", "r": "\r"}


def _meant(escape: str) -> str:
    """The character that an escape stands for."""
    if escape[1] in "xuU" and len(escape) > 2:
        code = int(escape[2:], 16)
        return chr(code) if code < 0x110000 else ""
    return _SHORT.get(escape[1], escape[1])
