"""Named tuples without generated code: whatever they do, the standard library's do too."""

from __future__ import annotations

import copy
import pickle
import typing
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter.start import named_tuple
from planwriter.start.records import MANY
from planwriter.system.zip_bounds import Bounds


def _class(library: Any) -> Any:
    class Point(library.NamedTuple):  # type: ignore[misc]
        x: int
        y: int = 0
        note: str = ""

        @property
        def sum(self) -> int:
            return int(self.x + self.y)

    return Point


OURS, THEIRS = _class(named_tuple), _class(typing)
COMPILED = _class(named_tuple)
"""A class of which so many values were made that its constructor is compiled."""
for _ in range(MANY):
    COMPILED(1)
NAMES = st.sampled_from(("x", "y", "note", "other"))
CALLS = st.tuples(st.lists(st.integers(0, 2), max_size=4), st.dictionaries(NAMES, st.integers(0, 2), max_size=4))


def told(ask: Callable[[], Any]) -> Any:
    """What is answered, or the error's type."""
    try:
        return repr(ask())
    except Exception as error:
        return type(error)


@pytest.mark.parametrize("ours", [OURS, COMPILED], ids=["few", "many"])
@given(first=CALLS, second=CALLS)
def test_they_do_what_the_standard_library_does(ours: Any, first: Any, second: Any) -> None:
    def answers(kind: Any) -> list[Any]:
        (values, named), (others, also) = first, second
        return [
            told(lambda: kind(*values, **named)),
            told(lambda: kind(*values, **named) == kind(*others, **also)),
            told(lambda: kind(*values, **named) < kind(*others, **also)),
            told(lambda: hash(kind(*values, **named)) == hash(tuple(kind(*values, **named)))),
            told(lambda: (kind(*values, **named).y, kind(*values, **named).sum, kind(*values, **named)[2])),
            told(lambda: kind(*values, **named)._asdict()),
            told(lambda: kind._fields),
            told(lambda: copy.copy(kind(*values, **named))),
            told(lambda: setattr(kind(*values, **named), "x", 5)),
            told(lambda: setattr(kind(*values, **named), "other", 5)),
        ]

    assert answers(ours) == answers(THEIRS)


def test_a_constructor_is_compiled_after_many_values() -> None:
    kind = _class(named_tuple)
    first = kind.__new__
    for _ in range(MANY):
        kind(1)
    assert kind.__new__ is not first and kind(1, note="甲") == (1, 0, "甲")


def test_some_fields_are_replaced() -> None:
    assert OURS(1, 2)._replace(y=5) == (1, 5, "")
    with pytest.raises(TypeError):
        OURS(1, 2)._replace(other=5)


def test_a_value_survives_another_process() -> None:
    bounds = Bounds(*range(len(Bounds._fields)))
    assert pickle.loads(pickle.dumps(bounds)) == bounds == copy.deepcopy(bounds)
    assert not hasattr(bounds, "__dict__")
