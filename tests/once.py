"""The files that come with planwriter are parsed once in a process of the tests, not once in each of thousands of sessions."""

from __future__ import annotations

from typing import Any

import pytest

from planwriter.app import session
from planwriter.clauses.built_in import BuiltIn
from planwriter.clauses.clause import Clause
from planwriter.clauses.library import Library
from planwriter.findings.finding import Result
from planwriter.source import load

_trees: dict[tuple[bytes, str], Result[Any]] = {}
_clauses: dict[tuple[bytes, str], dict[str, Clause]] = {}
_load_tree = load.load_tree


def parse_once() -> None:
    """From now on kinds and clauses that come with planwriter are remembered by their bytes. They are frozen values."""
    patch = pytest.MonkeyPatch()
    patch.setattr(session, "load_tree", _tree)
    patch.setattr(BuiltIn, "_parse", _parsed)


def _tree(data: bytes, shown: str, keys: frozenset[str], *, as_is: bool = False, passages: Any = None) -> Result[Any]:
    if not as_is:
        return _load_tree(data, shown, keys, passages=passages)
    if (data, shown) not in _trees:
        _trees[data, shown] = _load_tree(data, shown, keys, as_is=True)
    return _trees[data, shown]


def _parsed(library: BuiltIn, shown: str, data: bytes) -> dict[str, Clause]:
    if (data, shown) not in _clauses:
        made = Library._parse(library, shown, data)
        if library.findings:
            return made
        _clauses[data, shown] = made
    return library._parsed.setdefault(shown, _clauses[data, shown])
