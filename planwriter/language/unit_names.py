"""The names of organizational units in a text."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from planwriter.start.patterns import regex

_MARK = regex(r"[、，,；;。/／|｜]|[】］][ \u3000]?[【［]|[（(）)]")
"""Matches what separates units typed as one text, and round brackets, inside which nothing separates."""
_AROUND = "【】［］"
_UNUSUAL = frozenset("；;。/／|｜,【】［］")
"""Marks that no official list of units has."""


def unit_names(text: str) -> tuple[str, ...]:
    """The units in a text: 学前教育股、计财股 are two, 办　公　室 and 人事 股 are one each, and so is 【教研室】."""
    return _names(text) if len(text) <= _MAX_KEPT else _names.__wrapped__(text)


_MAX_KEPT = 200
"""The names are remembered for texts up to this length."""


@functools.lru_cache(maxsize=1024)
def _names(text: str) -> tuple[str, ...]:
    return tuple(name for piece in _pieces(text) for name in _unspaced(piece.strip().strip(_AROUND)) if name)


def _pieces(text: str) -> Iterator[str]:
    """The text, separated at its marks; a mark is inside brackets if the next bracket behind it closes one."""
    marks = list(_MARK.finditer(text))
    cuts, is_inside = [], False
    for mark in reversed(marks):
        if mark.group() in "（(）)":
            is_inside = mark.group() in "）)"
        elif not is_inside:
            cuts.append(mark.span())
    at = 0
    for start, end in reversed(cuts):
        yield text[at:start]
        at = end
    yield text[at:]


def needs_splitting(text: str) -> bool:
    """True if a list of units is not typed as official prose prints it: in 【】, or separated by ；, 。, / or spaces."""
    if "：" in text or ":" in text:
        return False  # it names whose units they are, which only its author can sort out
    return not _UNUSUAL.isdisjoint(text) or (" " in text.strip() and len(unit_names(text)) > 1)


def _unspaced(piece: str) -> list[str]:
    """Splits at spaces between whole names; drops spaces within a name, which only fill a line."""
    words = piece.split()
    return words if all(len(word) > 2 for word in words) else ["".join(words)]
