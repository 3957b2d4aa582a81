"""An archive with some entries in a new state; the others keep their packed bytes."""

from __future__ import annotations

from collections.abc import Mapping

from planwriter.system.zip import Entry, Zip
from planwriter.system.zip_write import Head, Packed, deflated, pack_entries


def repacked(archive: Zip, changed: Mapping[str, bytes]) -> bytes:
    """The archive with the entries of `changed` in it; new ones come last. Raises BadArchive."""
    entries: dict[str, Packed] = {}
    for entry in archive.entries:
        head = _head(entry)
        if entry.name in changed:
            entries[entry.name] = deflated(changed[entry.name], head)
        else:
            entries[entry.name] = Packed(archive.read(entry), bytes(archive.packed(entry)), entry.method, head)
    for name, data in changed.items():
        if name not in entries:
            entries[name] = deflated(data)
    return pack_entries(entries, archive.comment)


def _head(entry: Entry) -> Head:
    return Head(
        made_by=entry.made_by,
        needs=min(entry.needs, 20),
        time=entry.time,
        date=entry.date,
        internal=entry.internal,
        mode=entry.mode,
    )
