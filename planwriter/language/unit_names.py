"""The names of organizational units in a text."""

from __future__ import annotations

from planwriter.start.patterns import regex

_PARTED = regex(r"[、，,；;](?![^（(]*[）)])")
"""The punctuation that separates units typed as one text, except inside brackets."""


def unit_names(text: str) -> list[str]:
    """The units in a text: 学前教育股、计财股 are two, 办　公　室 and 人事 股 are one each."""
    return [name for piece in _PARTED.split(text) for name in _unspaced(piece)]


def _unspaced(piece: str) -> list[str]:
    """Splits at spaces between whole names; drops spaces within a name, which only fill a line."""
    words = piece.split()
    return words if all(len(word) > 2 for word in words) else ["".join(words)]
