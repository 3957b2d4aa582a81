"""The keys of entries, which depend only on the name of the topic file and the position in it; results are ordered by key.

The index of a large library has several files, the shards, each for an equal range of keys.
"""

from __future__ import annotations

import hashlib

_SLOT, _POSITIONS = 40, 22
"""The bits of a slot, and of a position in it."""
_SHARDS = 8


def slot_of(name: str) -> int:
    """The number of a topic file, from its name alone, so that earlier indexing makes no difference."""
    return int.from_bytes(hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()[: _SLOT // 8], "big")


def key_of(slot: int, position: int) -> int:
    """The key of the entry at a position of a topic file; at most 62 bits."""
    return slot << _POSITIONS | position


def slot_in(key: int) -> int:
    """The slot of a key."""
    return key >> _POSITIONS


def range_of(slot: int, count: int) -> int:
    """Which of `count` equal ranges a slot falls into."""
    return slot * count >> _SLOT


def index_files(stem: str, *, is_large: bool) -> tuple[list[str], list[str]]:
    """The files of a library's index in the order of their keys, and the files that it would have if its size class changed."""
    one, several = [f"{stem}.sqlite3"], [f"{stem}-{number}.sqlite3" for number in range(_SHARDS)]
    return (several, one) if is_large else (one, several)
