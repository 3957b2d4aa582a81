"""Regular expressions that need not be compiled: what `re.compile` makes of each is in a file, which `compiled` writes.

A pattern that is not there, or a Python without such a file, only costs time: it is compiled at its first use.
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found]
import functools
import marshal
import os
import sys

from planwriter.start.typing import TYPE_CHECKING, Any

COMPILED = os.path.join(os.path.dirname(__file__), f"{sys.implementation.name}-{_sre.MAGIC}-{sys.byteorder}.bin")
"""The file for this version of Python's matcher: the arguments of `_sre.compile` by pattern and flags."""


class LazyPattern:
    """Has the attributes of a compiled pattern; the first use of one makes it, and keeps it as an attribute of its own."""

    def __init__(self, pattern: Any, flags: int = 0) -> None:
        self._arguments = (pattern, int(flags))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        found = getattr(compiled(*self._arguments), name)
        setattr(self, name, found)
        return found


@functools.cache
def compiled(pattern: Any, flags: int) -> Any:
    """What `re.compile` returns."""
    made = _table().get((pattern, flags))
    if made is None:
        return re.compile(pattern, flags)
    all_flags, words, *groups = made
    return _sre.compile(pattern, all_flags, memoryview(words).cast("I").tolist(), *groups)


def read_table() -> dict[tuple[Any, int], Any]:
    """The content of the file; empty if it is missing or damaged."""
    try:
        with open(COMPILED, "rb") as file:
            return marshal.loads(file.read())  # type: ignore[no-any-return]
    except (OSError, EOFError, ValueError, TypeError):
        return {}


_table = functools.cache(read_table)


class _LazyRe:
    """The module `re`, which is imported when more of it is needed than its flags."""

    ASCII, I, M, S = 256, 2, 8, 16  # noqa: E741

    def __getattr__(self, name: str) -> Any:
        import re

        return getattr(re, name)


if TYPE_CHECKING:
    import re as re

    regex = re.compile
else:
    re, regex = _LazyRe(), LazyPattern
