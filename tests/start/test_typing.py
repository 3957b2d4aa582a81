"""The stand-ins for the names of `typing`."""

from __future__ import annotations

import planwriter.start.typing as ours
from planwriter.start.typing import Generic, TypeVar, cast

T = TypeVar("T", bound=str)


class _Box(Generic[T]):
    __slots__ = ("value",)

    def __init__(self, value: T) -> None:
        self.value = value


def test_a_class_with_a_type_parameter_is_an_ordinary_class() -> None:
    assert _Box[str]("甲").value == _Box("甲").value
    assert not hasattr(_Box("甲"), "__dict__")


def test_cast_returns_the_value() -> None:
    value = object()
    assert cast("str", value) is value


def test_types_can_be_combined_while_modules_are_imported() -> None:
    assert repr(dict[str, ours.Any]) and repr(tuple[ours.BinaryIO, ...])
