"""Dataclasses without generated code: whatever they do, the standard library's do too."""

from __future__ import annotations

import ast
import copy
import dataclasses
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter.findings.finding import Pos, Result
from planwriter.start import records
from tests.support import ROOT


def _classes(library: Any) -> dict[str, Any]:
    """The same classes made with one of the libraries."""

    @library.dataclass(frozen=True, slots=True)
    class Point:
        x: int
        y: int = 0
        note: str = library.field(default="", compare=False, repr=False)

        @property
        def sum(self) -> int:
            return self.x + self.y

    @library.dataclass(frozen=True, slots=True, kw_only=True)
    class Named:
        y: int = 0
        x: int

    @library.dataclass(frozen=True, slots=True, order=True)
    class Single:
        x: int

    @library.dataclass(slots=True)
    class Bag:
        x: int
        items: list[int] = library.field(default_factory=list)

    @library.dataclass(frozen=True, slots=True)
    class Deep(Point):
        z: int = 3

    return {each.__name__: each for each in (Point, Named, Single, Bag, Deep)}


OURS, THEIRS = _classes(records), _classes(dataclasses)
COMPILED = _classes(records)
"""Classes of which so many values were made and replaced that this is compiled."""
for _kind in COMPILED.values():
    for _ in range(records.MANY):
        records.replace(_kind(x=1), x=2)
NAMES = st.sampled_from(("x", "y", "z", "note", "items", "other"))
CALLS = st.tuples(st.lists(st.integers(0, 2), max_size=4), st.dictionaries(NAMES, st.integers(0, 2), max_size=4))


def told(ask: Callable[[], Any]) -> Any:
    """What is answered, or the error's type."""
    try:
        answer = ask()
    except Exception as error:
        return AttributeError if isinstance(error, AttributeError) else type(error)
    return answer if answer is NotImplemented or isinstance(answer, bool | int) else repr(answer)


@pytest.mark.parametrize("ours", [OURS, COMPILED], ids=["few", "many"])
@pytest.mark.parametrize("name", THEIRS)
@given(first=CALLS, second=CALLS)
def test_they_do_what_the_standard_library_does(name: str, ours: dict[str, Any], first: Any, second: Any) -> None:
    def answers(kind: Any, library: Any) -> list[Any]:
        (values, named), (others, also) = first, second
        made = told(lambda: kind(*values, **named))
        if isinstance(made, type):
            return [made]
        one = kind(*values, **named)
        asked = [
            lambda: one == kind(*others, **also),
            lambda: one < kind(*others, **also),
            lambda: one >= kind(*others, **also),
            lambda: hash(one) == hash(kind(*values, **named)),
            lambda: library.replace(one, **also),
            lambda: [getattr(one, each.name) for each in library.fields(one)],
            lambda: [each.name for each in library.fields(kind)],
            lambda: (setattr(one, "x", 5), one),  # type: ignore[func-returns-value]
            lambda: copy.copy(one),
            lambda: delattr(one, "x"),
        ]
        return [made, *map(told, asked)]

    assert answers(ours[name], records) == answers(THEIRS[name], dataclasses)


@pytest.mark.parametrize("value", [Pos("甲.yaml", 3, 4), Result([1], ())])
def test_a_value_survives_another_process(value: Any) -> None:
    assert pickle.loads(pickle.dumps(value)) == value == copy.deepcopy(value)


def test_a_value_has_no_room_for_other_names() -> None:
    for kind in OURS.values():
        with pytest.raises(AttributeError):
            kind(x=1).other = 5
    assert not hasattr(OURS["Bag"](1), "__dict__")


def test_a_constructor_is_compiled_after_many_values() -> None:
    kind = _classes(records)["Point"]
    first = kind.__init__
    for _ in range(records.MANY - 1):
        kind(1)
    assert kind.__init__ is first
    kind(1)
    assert kind.__init__ is not first and kind(1, note="甲") == kind(x=1) != kind(2)


@pytest.mark.parametrize("ours", [OURS, COMPILED], ids=["few", "many"])
def test_an_unknown_field_cannot_be_replaced(ours: dict[str, Any]) -> None:
    for kind in ours.values():
        with pytest.raises(TypeError):
            records.replace(kind(x=1), other=5)


@pytest.mark.parametrize("ours", [OURS, COMPILED], ids=["few", "many"])
def test_a_new_list_is_made_for_each_value(ours: dict[str, Any]) -> None:
    one, two = ours["Bag"](1), ours["Bag"](1)
    one.items.append(5)
    assert (one.items, two.items) == ([5], [])


GENERATING = {"dataclasses": None, "typing": "NamedTuple", "collections": "namedtuple"}
"""Modules that write code at run time, and the name that does; None if all of it does."""


def _generated(text: str) -> list[str]:
    """The imports of a module by which code is generated when the program starts."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found += [each.name for each in node.names if each.name == "dataclasses"]
        elif isinstance(node, ast.ImportFrom) and node.module in GENERATING:
            name = GENERATING[node.module]
            found += [each.name for each in node.names if name in (None, each.name)]
    return found


def test_no_class_of_the_package_is_made_of_generated_code() -> None:
    own = ROOT / "planwriter" / "start"
    modules = (path for path in (ROOT / "planwriter").rglob("*.py") if path.parent != own)
    assert {path.name: found for path in modules if (found := _generated(path.read_text("utf-8")))} == {}


@pytest.mark.parametrize(
    "line", ["import dataclasses", "from dataclasses import field", "from typing import NamedTuple"]
)
def test_generated_code_is_found(line: str) -> None:
    assert _generated(line)
    assert not _generated("from typing import Any\nfrom planwriter.start.records import dataclass")
