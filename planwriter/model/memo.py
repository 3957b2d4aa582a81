"""What is remembered from one document of a run to the next, so that unchanged blocks are composed, checked and set once.

Two documents made from one outline share most of their values: the blocks as typed, the clauses, the targets without a
cell in the row. A stage that returns the same object for the same objects passes this on to the next stage.
"""

from __future__ import annotations

import contextlib
import operator
from collections.abc import Callable, Hashable
from contextlib import AbstractContextManager

from planwriter.start.records import replace
from planwriter.start.typing import Any, TypeAlias, TypeVar

T = TypeVar("T")
Facts: TypeAlias = "dict[str, str] | None"
_Kept: TypeAlias = "tuple[Any, tuple[object, ...], Facts]"
"""A result, the objects that it was made from, and the files that were read for it."""


class Memo:
    """The results of pure functions, by the objects that they were called with.

    The objects must be frozen values. They are compared by identity, since equal texts may stand at different places and
    95 equals 95.0. A result that two documents in a row did not need is forgotten, so the memo holds no more than the
    values of two documents.
    """

    def __init__(
        self,
        reads: Callable[[], AbstractContextManager[Facts]] = contextlib.nullcontext,
        count: Callable[[Facts], None] = lambda facts: None,
    ) -> None:
        """`reads` is a context that gives the files read in it; `count` counts them again if the result is used again."""
        self._reads, self._count = reads, count
        self._now: dict[tuple[object, ...], _Kept] = {}
        self._before: dict[tuple[object, ...], _Kept] = {}

    def next_document(self) -> None:
        """Forgets what was not needed since the last call."""
        self._before, self._now = self._now, {}

    def once(self, make: Callable[..., T], *given: object, by: tuple[Hashable, ...] = ()) -> T:
        """`make(*by, *given)`, or what it returned before for the same objects and equal values `by`.

        `make` must be a function of a module: without effects, and dependent on nothing but its arguments and on files.
        """
        key = (make, by, *map(id, given))
        kept = self._now.get(key)
        if kept is None:
            # the objects are kept with the result, so that no other object gets the identity of one of them
            kept = self._before.get(key)
            if kept is None:
                with self._reads() as facts:
                    made: T = make(*by, *given)
                self._now[key] = made, given, facts
                return made
            self._now[key] = kept
        again: T = kept[0]
        if kept[2]:
            self._count(kept[2])
        return again

    def replaced(self, value: T, **parts: object) -> T:
        """`value` with these parts, as `dataclasses.replace` makes it; `value` itself if it has the very same ones."""
        for name, part in parts.items():
            if getattr(value, name) is not part:
                break
        else:
            return value
        made: T = self.once(_replaced, value, *parts.values(), by=(tuple(parts),))
        return made

    def gathered(self, values: list[T], before: tuple[T, ...] = ()) -> tuple[T, ...]:
        """The values as a tuple; `before` itself if it consists of the very same ones."""
        if len(values) == len(before) and all(map(operator.is_, values, before)):
            return before
        return self.once(_gathered, *values)


class _NoMemo(Memo):
    """Remembers nothing: for a single document."""

    def once(self, make: Callable[..., T], *given: object, by: tuple[Hashable, ...] = ()) -> T:
        return make(*by, *given)


NO_MEMO: Memo = _NoMemo()


def _replaced(names: tuple[str, ...], value: Any, *parts: object) -> Any:
    return replace(value, **dict(zip(names, parts, strict=True)))


def _gathered(*values: T) -> tuple[T, ...]:
    return values
