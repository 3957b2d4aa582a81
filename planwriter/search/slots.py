"""The keys of entries: they follow from the name of the topic file and the place in it, and so does the order of results."""

from __future__ import annotations

import hashlib

_POSITIONS = 22


def slot_of(name: str) -> int:
    """The number of a topic file, from its name alone: what was indexed before makes no difference."""
    return int.from_bytes(hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()[:5], "big")


def key_of(slot: int, position: int) -> int:
    """The key of the entry at a position of a topic file: 62 bits at most."""
    return slot << _POSITIONS | position
