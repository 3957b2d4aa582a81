"""Finds out whether a text has no slip to be mended, without looking again at stretches that were looked at before.

`mend` reads a file line by line; what it says about a line depends on the line, on a state that the lines before it left, and
on some lines after it. So a stretch of lines has the same outcome, and leaves the same state, whenever it begins in the same
state and everything that was looked at is the same. Which digits stand in a line does not matter: no key of the format has any.
"""

from __future__ import annotations

from planwriter.model.memo import apart_from_digits
from planwriter.source.mend import CONTROL, OTHER_LINE_ENDS, mend_line
from planwriter.source.mend_line import State
from planwriter.start.typing import Any, TypeAlias

_FEWEST = 1000
"""How many stretches are remembered in any case."""
_PASSING = frozenset(("lines", "number", "quoted_to", "text_to"))
"""What a state holds that does not matter to the next line, unless a text goes on there."""
_Key: TypeAlias = "tuple[int, bytes, bytes, int]"
"""The number of the state at its beginning, a stretch of lines, the line after it, and whether that is there and the last one."""
_GOES_ON, _IS_MENDED = -1, -2
_MOST_HELD = 60
"""How much a state may hold; the states of a text that leave more behind would take too much memory."""
_INSIDE = frozenset(("", " ", "#", "-"))
"""The first characters of lines at which no entry of the outermost mapping begins."""


class CleanTexts:
    """The stretches of texts in which nothing was mended, of the last few texts."""

    def __init__(self) -> None:
        self._now: dict[_Key, int] = {}
        self._before: dict[_Key, int] = {}
        """By stretch: the number of the state that it leaves; or that it must be looked at with the one after it."""
        self._most = _FEWEST
        self._numbers: dict[object, int] = {}
        self._states: list[dict[str, Any]] = []

    def is_clean(self, text: str, known_keys: frozenset[str]) -> bool:
        """True if `mend` changes nothing in a text and finds nothing."""
        lines = _Watched(text.split("\n"))
        if len(self._now) > self._most or len(self._states) > 2 * self._most:
            self._forget()
        at = self._number(State(known_keys, lines, text))
        roots = [number for number, line in enumerate(lines) if line[:1] not in _INSIDE]
        ends = [*roots[1:], len(lines)]
        self._most = max(_FEWEST, 10 * len(ends), len(lines))
        return self._after(at, lines, 0, ends, whole=True) != _IS_MENDED

    def _after(self, at: int, lines: _Watched, first: int, ends: list[int], *, whole: bool) -> int:
        """The number of the state that the stretches from `first` on leave, which end before these lines.

        If they are `whole` entries of the outermost mapping, one that is not known is looked at in smaller stretches.
        """
        least = 0
        for last in ends:
            if last - first < least and last < ends[-1]:
                continue
            below = apart_from_digits(lines.typed(last) or "")
            key = at, apart_from_digits(text_of(lines, first, last)), below, min(len(lines) - last, 2)
            found = self._now.get(key)
            if found is None:
                found = self._before.get(key)
                if found is None and whole:
                    begins = [number for number in range(first + 1, last) if _begins(lines.typed(number) or "")]
                    found = self._after(at, lines, first, [*begins, last], whole=False)
                elif found is None:
                    found = self._looked(at, lines, first, last)
                self._now[key] = found
            if found == _IS_MENDED:
                return _IS_MENDED
            if found == _GOES_ON:
                least = 2 * (last - first)  # so that a text over many lines is not looked at for each of them
            else:
                at, first, least = found, last, 0
        return at if first == ends[-1] else _GOES_ON

    def _forget(self) -> None:
        """Forgets what the last texts did not have; if there are too many states, all."""
        self._before, self._now = self._now, {}
        if len(self._states) > 2 * self._most:
            self._before, self._numbers, self._states = {}, {}, []

    def _number(self, state: State) -> int:
        """The number of a state; equal ones have the same. For one that holds too much, as if something were mended."""
        held = {name: value for name, value in vars(state).items() if name not in _PASSING}
        if sum(len(value) for value in held.values() if isinstance(value, (dict, list))) > _MOST_HELD:
            return _IS_MENDED
        key = _as_key(held)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self._states)
            self._states.append(_copied(held))
        return number

    def _looked(self, at: int, lines: _Watched, first: int, last: int) -> int:
        """The number of the state that the lines from `first` to before `last` leave, or what else is to be said of them."""
        state = State.__new__(State)
        vars(state).update(_copied(self._states[at]), lines=lines, number=first, quoted_to=0, text_to=0)
        lines.seen = 0
        text = text_of(lines, first, last)
        if CONTROL.search(text) or any(mark in text for mark in OTHER_LINE_ENDS):
            return _IS_MENDED
        for number in range(first, last):
            typed = lines.typed(number) or ""
            line = mend_line(typed, number + 1, state)
            if line is not None and (line.codes or line.inserted or line.removed or line.text != typed):
                return _IS_MENDED
        goes_on = state.quoted_to > last or state.text_to > last or lines.seen > last
        return _GOES_ON if goes_on and last < len(lines) else self._number(state)


class _Watched(list[str]):
    """Lines that notice which is the last one looked at."""

    seen = 0

    def typed(self, number: int) -> str | None:
        """A line, without notice; None behind the last one."""
        return list.__getitem__(self, number) if number < len(self) else None

    def __getitem__(self, at: Any) -> Any:
        last = at.indices(len(self))[1] - 1 if isinstance(at, slice) else at
        self.seen = max(self.seen, last)
        return list.__getitem__(self, at)


def text_of(lines: list[str], first: int, last: int) -> str:
    """The lines from `first` to before `last` as one text."""
    return "\n".join(list.__getitem__(lines, slice(first, last)))


def _begins(line: str) -> bool:
    """True for a line at which a small stretch begins: an entry in an outermost one, an item of a list."""
    body = line.lstrip(" ")
    return bool(body) and body[0] != "#" and (len(line) - len(body) <= 2 or body[0] == "-")


def _as_key(value: object) -> object:
    """A value of a state such that equal ones can be recognized; the order of a dictionary counts."""
    if isinstance(value, dict):
        return tuple([(key, _as_key(each)) for key, each in value.items()])
    if isinstance(value, (list, tuple)):
        return tuple([_as_key(each) for each in value])
    return frozenset(value) if isinstance(value, set) else value


def _copied(value: Any) -> Any:
    """A value of a state that can be changed without effect on the first."""
    if isinstance(value, dict):
        return {key: _copied(each) for key, each in value.items()}
    if isinstance(value, (list, tuple, set)):
        return type(value)(_copied(each) for each in value)
    return value
