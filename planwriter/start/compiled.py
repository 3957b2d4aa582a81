"""`python -m planwriter.start.compiled` compiles the patterns of all modules, for the version of Python that runs it.

A test fails if the file for its own version does not have them all.
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found]
import array
import gc
import importlib
import marshal
import pkgutil
import re
from collections.abc import Iterable, Iterator
from typing import Any

import planwriter
from planwriter.start.patterns import COMPILED, LazyPattern

_RARE = ("audit", "compare", "curation", "importing", "rolling")
"""Folders whose patterns are compiled at their first use: a plain run needs none of them, and would read a file twice as large."""


def table() -> dict[tuple[Any, int], Any]:
    """The arguments of `_sre.compile` by pattern and flags, for the patterns that modules have when they are imported."""
    rare: set[tuple[Any, int]] = set()
    common: set[tuple[Any, int]] = set()
    for module in pkgutil.walk_packages(planwriter.__path__, f"{planwriter.__name__}."):
        own = _patterns_in(vars(importlib.import_module(module.name)).values())
        (rare if module.name.split(".")[1] in _RARE else common).update(own)
    found = {each._arguments for each in gc.get_objects() if isinstance(each, LazyPattern)} - (rare - common)
    return {each: arguments_of(*each) for each in sorted(found, key=repr)}


def _patterns_in(values: Iterable[Any]) -> Iterator[tuple[Any, int]]:
    """The patterns among some values, and in tuples and mappings of them."""
    for value in values:
        if isinstance(value, LazyPattern):
            yield value._arguments
        elif isinstance(value, tuple):
            yield from _patterns_in(value)
        elif isinstance(value, dict) and len(value) < _MANY:
            yield from _patterns_in(tuple(value.values()))


_MANY = 200
"""A mapping with more values is data."""


def arguments_of(pattern: Any, flags: int) -> tuple[Any, ...]:
    """What `re.compile` gives to `_sre.compile`, after the pattern; the words of the program as bytes."""
    given: list[Any] = []
    make = _sre.compile

    def make_and_note(*arguments: Any) -> Any:
        given[:] = arguments
        return make(*arguments)

    re.purge()
    _sre.compile = make_and_note
    try:
        re.compile(pattern, flags)
    finally:
        _sre.compile = make
    _, all_flags, words, groups, names, numbers = given
    return all_flags, array.array("I", words).tobytes(), groups, dict(names), numbers


if __name__ == "__main__":
    made = table()
    with open(COMPILED, "wb") as file:
        marshal.dump(made, file)
    print(COMPILED)
