"""Characters that no text of ours holds and no terminal gets: controls, directions, halves of characters."""

from __future__ import annotations

from planwriter.start.patterns import re, regex

UNSHOWN = regex(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 and C1, but for tabs and line ends
    "\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"  # line and paragraph separators, directions
    "\ue000\ufffe\uffff\ud800-\udfff]"  # LOST_KEY of source; no characters at all
)
"""Matches one of these characters."""


def escaped(text: str) -> str:
    """The text with each of these characters as an escape: \\x1b, \\u202e."""
    return UNSHOWN.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
