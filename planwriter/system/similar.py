"""The files beside a missing one that may have been meant: named in a different width, with spaces, or with one ending too many.

Also the outlines in a folder that was named instead of one of them.
"""

from __future__ import annotations

import os
import unicodedata

_MAX = 3
_SAME = frozenset((".yaml", ".yml", ".txt"))
"""Endings of one kind of file: Windows hides them, and editors add .txt."""


def similar_files(path: str) -> tuple[str, ...]:
    """At most three names in the folder of `path` that differ from its name in nothing but what is easily overlooked.

    If there are none, those of which it is the beginning or the end before or behind a space, as a command line reads a name
    with spaces.
    """
    folder, name = os.path.split(path)
    try:
        names = sorted(os.listdir(folder or "."))
    except (OSError, ValueError):
        return ()
    wanted, ending = _key(name)
    found = [each for each in names if each != name and _key(each)[0] == wanted and _may_be(_key(each)[1], ending)]
    if not ending:
        found = [each for each in found if _key(each)[1] in _SAME] or found
    found = found or [each for each in names if name in (each.split()[:1] + each.split()[-1:])]
    return tuple(found[:_MAX])


def outlines_inside(folder: str) -> tuple[str, ...]:
    """At most three outlines in a folder."""
    try:
        names = sorted(os.listdir(folder))
    except (OSError, ValueError):
        return ()
    return tuple(os.path.join(folder, each) for each in names if each.endswith((".yaml", ".yml")))[:_MAX]


def _key(name: str) -> tuple[str, str]:
    """A name without spaces, widths, cases and endings; and its first ending."""
    plain = "".join(unicodedata.normalize("NFKC", name).replace("。", ".").split()).casefold().strip("“”‘’\"'")
    stem, ending = os.path.splitext(plain)
    while os.path.splitext(stem)[1] in _SAME.union((ending,)) - {""}:
        stem, ending = os.path.splitext(stem)
    return stem, ending


def _may_be(ending: str, wanted: str) -> bool:
    """True if a file with an ending may be the one that was typed with `wanted`."""
    return ending == wanted or not wanted or (ending in _SAME and wanted in _SAME)
