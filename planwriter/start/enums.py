"""`Enum` and `IntEnum` as in the standard library, whose import and classes take a twentieth of a short run.

Type checkers see the standard library's. Left out is what the package does not use: flags, two names for one value, values of
several parts, and classes made by a call.
"""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.start.typing import TYPE_CHECKING, Any


class _Auto:
    """The value of a member that is one more than the value before it."""


class _EnumMaker(type):
    """Makes each value in the body of a class a member of it."""

    _members: dict[str, Any]
    _by_value: dict[Any, Any]

    def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> Any:
        values = {key: each for key, each in body.items() if key[0] != "_" and not hasattr(each, "__get__")}
        rest = {key: each for key, each in body.items() if key not in values}
        if bases:
            rest.setdefault("__repr__", bases[-1].__repr__)  # not that of int or str
        made = super().__new__(cls, name, bases, rest)
        make: Any = next(each for each in made.__mro__ if each in (int, str, object)).__new__
        made._members, made._by_value, value = {}, {}, 0
        for key, given in values.items():
            value = value + 1 if isinstance(given, _Auto) else given
            member = make(made, *([] if make is object.__new__ else [value]))
            member.__dict__.update(name=key, value=value)
            type.__setattr__(made, key, member)
            made._members[key] = made._by_value[value] = member
        return made

    def __call__(cls, value: Any) -> Any:
        """The member with a value."""
        try:
            return cls._by_value[value]
        except (KeyError, TypeError):
            raise ValueError(f"{value!r} is not a valid {cls.__qualname__}") from None

    def __getitem__(cls, name: str) -> Any:
        return cls._members[name]

    def __iter__(cls) -> Iterator[Any]:
        return iter(cls._members.values())

    def __len__(cls) -> int:
        return len(cls._members)


class _Enum(metaclass=_EnumMaker):
    name: str
    value: Any

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{self!r} cannot be changed")

    def __repr__(self) -> str:
        return f"<{type(self).__name__}.{self.name}: {self.value!r}>"

    def __str__(self) -> str:
        return f"{type(self).__name__}.{self.name}"

    def __hash__(self) -> int:
        return hash(self.name)

    def __reduce_ex__(self, _: object) -> Any:
        return type(self), (self.value,)


class _IntEnum(int, _Enum):
    __str__ = int.__repr__


if TYPE_CHECKING:
    from enum import Enum as Enum
    from enum import IntEnum as IntEnum
    from enum import auto as auto
else:
    Enum, IntEnum, auto = _Enum, _IntEnum, _Auto
