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
from typing import Any

import planwriter
from planwriter.start.patterns import COMPILED, LazyPattern


def table() -> dict[tuple[Any, int], Any]:
    """The arguments of `_sre.compile` by pattern and flags, for all patterns that modules have when they are imported."""
    for module in pkgutil.walk_packages(planwriter.__path__, f"{planwriter.__name__}."):
        importlib.import_module(module.name)
    found = {each._arguments for each in gc.get_objects() if isinstance(each, LazyPattern)}
    return {each: arguments_of(*each) for each in sorted(found, key=repr)}


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
