"""The keys of entries: they follow from the name of the topic file and the place in it, and so does the order of results.

A large library's index stands in several files, the shards, each for an equal range of keys.
"""

from __future__ import annotations

import hashlib

_SLOT, _POSITIONS = 40, 22
"""Bits of a slot, and of a position in it."""
_SHARDS = 8


def slot_of(name: str) -> int:
    """The number of a topic file, from its name alone: what was indexed before makes no difference."""
    return int.from_bytes(hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()[: _SLOT // 8], "big")


def key_of(slot: int, position: int) -> int:
    """The key of the entry at a position of a topic file: 62 bits at most."""
    return slot << _POSITIONS | position


def slot_in(key: int) -> int:
    """The slot of a key."""
    return key >> _POSITIONS


def range_of(slot: int, count: int) -> int:
    """Which of `count` equal ranges a slot falls into."""
    return slot * count >> _SLOT


def index_files(stem: str, *, is_large: bool) -> tuple[list[str], list[str]]:
    """The files of a library's index, in the order of their keys, and those it has while it is of the other size."""
    one, several = [f"{stem}.sqlite3"], [f"{stem}-{number}.sqlite3" for number in range(_SHARDS)]
    return (several, one) if is_large else (one, several)
