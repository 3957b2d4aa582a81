"""The names of organizational units in a text."""

from __future__ import annotations

from planwriter.start.patterns import regex

_PARTED = regex(r"[、，,；;。/／|｜](?![^（(]*[）)])|[】］]\s*[【［]")
"""The marks that separate units typed as one text, except inside round brackets."""
_AROUND = "【】［］"
_UNUSUAL = frozenset("；;。/／|｜,【】［］")
"""Marks that no official list of units has."""


def unit_names(text: str) -> list[str]:
    """The units in a text: 学前教育股、计财股 are two, 办　公　室 and 人事 股 are one each, and so is 【教研室】."""
    return [name for piece in _PARTED.split(text) for name in _unspaced(piece.strip().strip(_AROUND)) if name]


def needs_splitting(text: str) -> bool:
    """True if a list of units is not typed as official prose prints it: in 【】, or separated by ；, 。, / or spaces."""
    return not _UNUSUAL.isdisjoint(text) or (" " in text.strip() and len(unit_names(text)) > 1)


def _unspaced(piece: str) -> list[str]:
    """Splits at spaces between whole names; drops spaces within a name, which only fill a line."""
    words = piece.split()
    return words if all(len(word) > 2 for word in words) else ["".join(words)]
