"""Lays one mapping over another, key by key at any depth, so that a file holds only what differs from its base."""

from __future__ import annotations

from planwriter.source.nodes import Mapping, NewMapping


def overlay(below: Mapping, above: Mapping, without: tuple[str, ...] = ()) -> Mapping:
    """`above`, and what only `below` has except for the keys `without`; every node keeps its place in its own file."""
    entries, keys = dict(above.entries), dict(above.keys)
    for key, node in below.entries.items():
        over = above.entries.get(key)
        if over is None and key not in without:
            entries[key], keys[key] = node, below.keys[key]
        elif isinstance(over, Mapping) and isinstance(node, Mapping):
            entries[key] = overlay(node, over)
    return NewMapping(above.span, entries, keys, above.torn or below.torn, above.lost)
