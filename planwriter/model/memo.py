"""What is remembered from one document of a run to the next, so that unchanged blocks are composed, checked and set once.

Two documents made from one outline share most of their values: the blocks as typed, the clauses, the targets without a
cell in the row. A stage that returns the same object for the same objects passes this on to the next stage.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Hashable, Sequence

from planwriter.start.records import replace
from planwriter.start.typing import Any, TypeAlias, TypeVar

T = TypeVar("T")
Facts: TypeAlias = "dict[str, str] | None"
_Kept: TypeAlias = "tuple[Any, tuple[object, ...], Facts, Any]"
"""A result, the objects that it was made from, the files that were read for it, and the places that it depends on."""


class FixedPlaces:
    """For outlines whose places stay the same. `source.passages.PassagePlaces` are those that move from document to document."""

    told: Sequence[object] = ()
    """The places told so far, in the order in which they were told."""

    def since(self, start: int) -> Any:
        """What was told since `told` had `start` entries."""

    def hold(self, told: Any) -> bool:
        """True if all that was told is still so; then it counts as told again."""
        return True


class Memo:
    """The results of pure functions, by the objects that they were called with.

    The objects must be frozen values. They are compared by identity, since equal texts may stand at different places and
    95 equals 95.0. A result that some documents in a row did not need is forgotten, so that the memo holds no more than the
    values of some documents: when it has become twice as large as what one document needs, all of it counts as old, and
    the old results that were not used again by the next time are dropped.
    """

    def __init__(
        self,
        log: Sequence[object] = (),
        since: Callable[[int], Facts] = lambda start: None,
        count: Callable[[Facts], None] = lambda facts: None,
        least: int = 4000,
        places: FixedPlaces | None = None,
    ) -> None:
        """`log` becomes longer when a file is read; `since` gives the files read since it had a certain length.

        `count` counts them again if a result is used again. Up to `least` results are kept in any case.
        A result is used again only if the `places` still hold that were told when it was made.
        """
        self._places = places or FixedPlaces()
        self._told = self._places.told
        self._log, self._since, self._count = log, since, count
        self._least = self._most = least
        self._kept: dict[tuple[object, ...], _Kept] = {}
        self._old: dict[tuple[object, ...], _Kept] = {}
        self._is_new = False
        """True if `_kept` was begun before this document."""

    def next_document(self) -> None:
        """To be called once for each document: forgets, now and then, what the last ones did not need."""
        if self._is_new:
            self._is_new, self._most = False, max(self._least, 2 * len(self._kept))
        if len(self._kept) > self._most:
            self._old, self._kept, self._is_new = self._kept, {}, True

    remembers_blocks = True
    """True if documents share their blocks, so that it pays to look for what was made of a block before."""

    def lasting(self, make: Callable[..., T], *given: object, by: tuple[Hashable, ...] = ()) -> T:
        """Like `once`, for objects that outlive a document: clauses, libraries, layouts."""
        return self.once(make, *given, by=by)

    def once(self, make: Callable[..., T], *given: object, by: tuple[Hashable, ...] = ()) -> T:
        """`make(*by, *given)`, or what it returned before for the same objects and equal values `by`.

        `make` must be a function of a module: without effects, and dependent on nothing but its arguments and on files.
        """
        # one object, as in most calls, is the fast case
        key = (make, by, id(given[0])) if len(given) == 1 else (make, by, *map(id, given))
        kept = self._kept.get(key)
        if kept is None and key in self._old:
            kept = self._kept[key] = self._old[key]  # not old any more
        made: T
        if kept is not None and (kept[3] is None or self._places.hold(kept[3])):
            made, _, facts, _ = kept
            if facts:
                self._count(facts)
            return made
        start, told = len(self._log), len(self._told)
        made = make(*by, *given)
        facts = self._since(start) if len(self._log) > start else None
        places = self._places.since(told) if len(self._told) > told else None
        # the objects are kept with the result, so that no other object gets the identity of one of them
        self._kept[key] = made, given, facts, places
        return made

    def once_while(
        self, make: Callable[[T | None], T], again: Callable[[T], bool], *given: object, by: tuple[Hashable, ...] = ()
    ) -> T:
        """`make(None)`, or what it returned before for the same `given` objects and equal values `by`, if `again` accepts it.

        For a function with effects: `again` repeats them and returns True, or returns False and does nothing; then `make` is
        called with what was not accepted.
        """
        key = (by, *map(id, given))
        kept = self._kept.get(key)
        if kept is None and key in self._old:
            kept = self._kept[key] = self._old[key]  # not old any more
        before: T | None = None
        if kept is not None and (kept[3] is None or self._places.hold(kept[3])):
            before, _, facts, _ = kept
            if again(before):
                if facts:
                    self._count(facts)
                return before
        start, told = len(self._log), len(self._told)
        made = make(before)
        facts = self._since(start) if len(self._log) > start else None
        places = self._places.since(told) if len(self._told) > told else None
        self._kept[key] = made, given, facts, places
        return made

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
        """The values as a tuple, the same one for the very same values; `before` itself if it consists of them."""
        made = joined(values, before)
        return made if made is before else self.once(_gathered, *values)


class Recent:
    """What a pure function returned for the texts that it was called with last, in every document of this process.

    It holds at most twice `size` results, and none for a text of more than `longest` characters: equal texts are common,
    but long ones are not. A function whose results hold no places can use `functools.lru_cache` as well.
    """

    def __init__(self, size: int = 512, longest: int = 1000) -> None:
        self._size, self._longest = size, longest
        self._now: dict[Hashable, Any] = {}
        self._before: dict[Hashable, Any] = {}

    def get(self, key: Hashable) -> Any:
        """What was put under the key; None if it was nothing, or too long ago."""
        known = self._now.get(key)
        if known is None:
            known = self._before.get(key)
            if known is not None:
                self._put(key, known)
        return known

    def put(self, key: Hashable, text: str, result: object) -> None:
        """Remembers a result, which is not None, of a function of `text`."""
        if len(text) <= self._longest:
            self._put(key, result)

    def _put(self, key: Hashable, result: object) -> None:
        if len(self._now) >= self._size:
            self._before, self._now = self._now, {}
        self._now[key] = result


_ZEROS = bytes.maketrans(b"123456789", b"000000000")


def apart_from_digits(text: str) -> bytes:
    """What texts have in common that differ in nothing but their digits: a key for what is said of all of them."""
    return text.encode("utf-8", "surrogatepass").translate(_ZEROS)


class LastingMemo(Memo):
    """Remembers what is made of objects that outlive a document, and nothing that is made of one outline alone."""

    remembers_blocks = False

    def lasting(self, make: Callable[..., T], *given: object, by: tuple[Hashable, ...] = ()) -> T:
        return super().once(make, *given, by=by)

    def once(self, make: Callable[..., T], *given: object, by: tuple[Hashable, ...] = ()) -> T:
        return make(*by, *given)

    def once_while(
        self, make: Callable[[T | None], T], again: Callable[[T], bool], *given: object, by: tuple[Hashable, ...] = ()
    ) -> T:
        return make(None)


class _NoMemo(LastingMemo):
    """Remembers nothing: for a single document."""

    def lasting(self, make: Callable[..., T], *given: object, by: tuple[Hashable, ...] = ()) -> T:
        return make(*by, *given)


NO_MEMO: Memo = _NoMemo()


def _replaced(names: tuple[str, ...], value: Any, *parts: object) -> Any:
    return replace(value, **dict(zip(names, parts, strict=True)))


def joined(values: list[T], before: tuple[T, ...]) -> tuple[T, ...]:
    """The values as a tuple; `before` itself if it consists of the very same ones."""
    if len(values) == len(before) and all(map(operator.is_, values, before)):
        return before
    return tuple(values)


def _gathered(*values: T) -> tuple[T, ...]:
    return values
