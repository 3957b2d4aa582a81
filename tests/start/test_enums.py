"""Enumerations behave as the standard library's."""

from __future__ import annotations

import copy
import enum
import pickle
import sys
from typing import Any

import pytest

from planwriter.start import enums


class Ours(enums.Enum):
    ONE = enums.auto()
    THREE = 3
    FOUR = enums.auto()

    @property
    def word(self) -> str:
        return self.name.lower()


class Theirs(enum.Enum):
    ONE = enum.auto()
    THREE = 3
    FOUR = enum.auto()

    @property
    def word(self) -> str:
        return self.name.lower()


class OurNumbers(enums.IntEnum):
    LOW = 1
    HIGH = enums.auto()


class TheirNumbers(enum.IntEnum):
    LOW = 1
    HIGH = enum.auto()


class OurTexts(str, enums.Enum):
    BODY = "body"
    __str__ = str.__str__


class TheirTexts(str, enum.Enum):
    BODY = "body"
    __str__ = str.__str__


PAIRS: list[Any] = [(Ours, Theirs), (OurNumbers, TheirNumbers), (OurTexts, TheirTexts)]


@pytest.mark.parametrize(("ours", "theirs"), PAIRS)
def test_members_are_those_of_the_standard_library(ours: Any, theirs: Any) -> None:
    assert [(each.name, each.value) for each in ours] == [(each.name, each.value) for each in theirs]
    assert len(ours) == len(theirs)
    for one, other in zip(ours, theirs, strict=True):
        assert repr(one).replace("Our", "Their") == repr(other)
        if sys.version_info >= (3, 11):
            assert str(one).replace("Our", "Their") == str(other)
        assert type(one) is ours and isinstance(one, ours)
        assert isinstance(one, int) == isinstance(other, int) and isinstance(one, str) == isinstance(other, str)
        assert (one == other.value, bool(one)) == (other == other.value, bool(other))
        assert ours(one.value) is one is ours[one.name] is getattr(ours, one.name)
        assert {one: 1}[one] == 1


@pytest.mark.parametrize(("ours", "theirs"), PAIRS)
def test_a_member_stays_the_same_object(ours: Any, theirs: Any) -> None:
    for one in ours:
        assert copy.copy(one) is copy.deepcopy(one) is pickle.loads(pickle.dumps(one)) is one
        with pytest.raises(AttributeError):
            one.value = 9


@pytest.mark.parametrize(("ours", "theirs"), PAIRS)
def test_a_value_without_a_member_is_refused(ours: Any, theirs: Any) -> None:
    for each in (ours, theirs):
        with pytest.raises(ValueError, match="99"):
            each(99)
        with pytest.raises(KeyError):
            each["NINE"]


def test_numbers_are_ordered_and_others_are_not() -> None:
    assert (
        OurNumbers.LOW < OurNumbers.HIGH < 3 and max(OurNumbers) is OurNumbers.HIGH and f"{OurNumbers.HIGH:02}" == "02"
    )
    with pytest.raises(TypeError):
        sorted(Ours)  # type: ignore[type-var]


def test_methods_and_properties_belong_to_the_members() -> None:
    assert Ours.FOUR.word == Theirs.FOUR.word == "four"
