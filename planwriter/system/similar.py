"""The files beside a missing one that may have been meant: named in a different width, with spaces, or with one ending too many."""

from __future__ import annotations

import os
import unicodedata

_MAX = 3
_SAME = frozenset((".yaml", ".yml", ".txt"))
"""Endings of one kind of file: Windows hides them, and editors add .txt."""


def similar_files(path: str) -> tuple[str, ...]:
    """At most three names in the folder of `path` that differ from its name in nothing but what is easily overlooked."""
    folder, name = os.path.split(path)
    try:
        names = sorted(os.listdir(folder or "."))
    except (OSError, ValueError):
        return ()
    wanted, ending = _key(name)
    found = [each for each in names if each != name and _key(each)[0] == wanted and _may_be(_key(each)[1], ending)]
    return tuple(found[:_MAX])


def _key(name: str) -> tuple[str, str]:
    """A name without spaces, widths, cases and endings; and its first ending."""
    plain = "".join(unicodedata.normalize("NFKC", name).replace("。", ".").split()).casefold()
    stem, ending = os.path.splitext(plain)
    while os.path.splitext(stem)[1] in _SAME.union((ending,)) - {""}:
        stem, ending = os.path.splitext(stem)
    return stem, ending


def _may_be(ending: str, wanted: str) -> bool:
    """True if a file with an ending may be the one that was typed with `wanted`."""
    return ending == wanted or not wanted or (ending in _SAME and wanted in _SAME)
