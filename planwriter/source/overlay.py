"""One mapping laid over another, key by key at any depth: how a file says only what differs from what it is based on."""

from __future__ import annotations

from planwriter.source.load import Mapping


def overlay(below: Mapping, above: Mapping, without: tuple[str, ...] = ()) -> Mapping:
    """`above` and what only `below` has, but for the keys `without`; every node keeps its place in its own file."""
    made = Mapping(above.span)
    made.torn, made.lost = above.torn or below.torn, above.lost
    more = [key for key in below.entries if key not in above.entries and key not in without]
    made.entries = {**above.entries, **{key: below.entries[key] for key in more}}
    made.keys = {**above.keys, **{key: below.keys[key] for key in more}}
    for key, node in above.entries.items():
        other = below.entries.get(key)
        if isinstance(node, Mapping) and isinstance(other, Mapping):
            made.entries[key] = overlay(other, node)
    return made
