"""`dataclass` as in the standard library, but without generated code.

The standard library writes the source text of each method of each class and compiles it, which took a quarter of a short
run. Here each method is written once and goes over the fields of its class. Type checkers see the standard library's names.

Left out is what the package does not use: dataclasses without `slots=True`, fields that override inherited ones,
`__post_init__`, and the arguments `init` and `hash` of a field.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable

from planwriter.start.typing import TYPE_CHECKING, Any

_NONE: Any = object()
"""The default of a field without one."""
_KIND = "__record__"


class Field:
    """A field: its name, its default or the function that makes it, and if it counts in comparisons and in the `repr`."""

    __slots__ = ("compare", "default", "make", "name", "repr")

    def __init__(
        self, *, default: Any = _NONE, default_factory: Any = None, compare: bool = True, repr: bool = True
    ) -> None:
        self.name = ""
        self.default, self.make, self.compare, self.repr = default, default_factory, compare, repr


def take_fields(body: dict[str, Any]) -> tuple[Field, ...]:
    """The fields that the body of a class declares; their defaults are removed from it."""
    fields = []
    for name in body.get("__annotations__", ()):
        default = body.pop(name, _NONE)
        each = default if isinstance(default, Field) else Field(default=default)
        each.name = name
        fields.append(each)
    return tuple(fields)


def completer(owner: str, fields: tuple[Field, ...], kw_only: bool = False) -> Callable[..., Iterable[Any]]:
    """A function from the arguments of a call to the values of all fields in their order. It raises TypeError."""
    defaults = {each.name: each.default for each in fields}
    required = {each.name for each in fields if each.default is _NONE and each.make is None}
    makes = [(each.name, each.make) for each in fields if each.make is not None]
    most = 0 if kw_only else len(fields)
    least = most + 1 if makes else len(required)
    last = tuple(defaults.values())

    def complete(values: tuple[Any, ...], named: dict[str, Any]) -> Iterable[Any]:
        if not named and least <= len(values) <= most:
            return values + last[len(values) :]
        if values:
            first = dict(zip(defaults, values))  # noqa: B905
            if len(values) > most or not first.keys().isdisjoint(named):
                raise TypeError(f"{owner}() has too many arguments")
            named = first | named
        for name, make in makes:
            if name not in named:
                named[name] = make()
        whole = defaults | named
        if len(whole) > len(defaults) or not required <= named.keys():
            wrong = named.keys() - defaults.keys() or required - named.keys()
            raise TypeError(f"{owner}() has unknown or missing arguments: {', '.join(sorted(wrong))}")
        return whole.values()

    return complete


def _getter(names: Iterable[str]) -> Callable[[Any], tuple[Any, ...]]:
    """A function from an object to the values of these attributes."""
    first, *others = names
    get = operator.attrgetter(first, *others)
    return get if others else lambda each: (get(each),)


class _Kind:
    """The fields of one dataclass, and how their values are read and set."""

    __slots__ = ("fields", "left", "names", "owner", "put", "read", "setters")

    def __init__(self, fields: tuple[Field, ...]) -> None:
        self.fields = fields
        self.names = tuple(each.name for each in fields)
        self.read = _getter(self.names)
        self.setters: list[Callable[[Any, Any], None]] = []
        """Known once the class is made, like `owner`."""
        self.owner: Any = None
        self.left = MANY
        self.put: Callable[..., None] | None = None
        """Sets all fields of a value; compiled when many were made from the values of others, see `MANY`."""


def _dataclass(
    *, slots: bool, frozen: bool = False, kw_only: bool = False, order: bool = False
) -> Callable[[type], type]:
    """The decorator. A class gets its slots by being made again, as in the standard library."""
    assert slots, "only dataclasses with slots"

    def decorate(plain: type) -> type:
        body = {name: each for name, each in vars(plain).items() if name not in ("__dict__", "__weakref__")}
        own = take_fields(body)
        kind = _Kind((*(_fields(plain) if _is_dataclass(plain) else ()), *own))
        methods = {
            "__init__": _filler(kind, completer(plain.__name__, kind.fields, kw_only), kw_only),
            "__reduce__": lambda self: (_again, (type(self), kind.read(self))),
            "__repr__": _shower(kind.fields),
            **_comparisons(kind.fields, order),
            **(_FROZEN if frozen else {"__hash__": None}),
        }
        body |= {"__slots__": tuple(each.name for each in own), "__qualname__": plain.__qualname__, _KIND: kind}
        made = type(plain)(plain.__name__, plain.__bases__, methods | body)
        kind.setters += (getattr(made, name).__set__ for name in kind.names)
        if "__init__" not in body:
            kind.owner = made
        return made

    return decorate


def _filler(kind: _Kind, complete: Callable[..., Iterable[Any]], kw_only: bool) -> Callable[..., None]:
    setters, count = kind.setters, -1 if kw_only else len(kind.fields)
    left = MANY

    def fill(self: Any, /, *values: Any, **named: Any) -> None:
        nonlocal left
        left -= 1
        if left == 0 and type(self) is kind.owner:
            kind.owner.__init__ = _generated_filler(kind, kw_only)
        given = complete(values, named) if named or len(values) != count else values
        for put, value in zip(setters, given):  # noqa: B905  # `complete` has counted them
            put(self, value)

    return fill


MANY = 150
"""After so many values of a class its constructor is compiled like that of the standard library, for long runs."""


def _generated_filler(kind: _Kind, kw_only: bool) -> Callable[..., None]:
    head = "self, /, *" if kw_only and kind.fields else "self, /"
    return generated("__init__", head, kind.fields, *_puts(kind))


def _generated_put(kind: _Kind) -> Callable[..., None]:
    body, given = _puts(kind)
    return generated("put", "self, /", tuple(map(_required, kind.names)), body, given)


def _required(name: str) -> Field:
    made = Field()
    made.name = name
    return made


def _puts(kind: _Kind) -> tuple[str, dict[str, Any]]:
    """The body of a function that sets all fields from parameters of their names, and the names in it."""
    body = "; ".join(f"_put{at}(self, {each.name})" for at, each in enumerate(kind.fields)) or "pass"
    return body, {f"_put{at}": put for at, put in enumerate(kind.setters)}


def generated(name: str, head: str, fields: tuple[Field, ...], body: str, given: dict[str, Any]) -> Callable[..., Any]:
    """A function whose parameters are `head` and then the fields, with their defaults; `given` are names in its body."""
    parameters = [head]
    for at, each in enumerate(fields):
        if each.make is not None:
            given[f"_make{at}"] = each.make
            body = f"{each.name} = _make{at}() if {each.name} is _none else {each.name}; {body}"
            parameters.append(f"{each.name}=_none")
        elif each.default is not _NONE:
            given[f"_default{at}"] = each.default
            parameters.append(f"{each.name}=_default{at}")
        else:
            parameters.append(each.name)
    space = {**given, "_none": _NONE}
    exec(f"def {name}({', '.join(parameters)}): {body}", space)
    return space[name]  # type: ignore[no-any-return]


def _shower(fields: tuple[Field, ...]) -> Callable[[Any], str]:
    names = [each.name for each in fields if each.repr]
    return lambda self: f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"


def _comparisons(fields: tuple[Field, ...], order: bool) -> dict[str, Callable[..., Any]]:
    counted = _getter(each.name for each in fields if each.compare)

    def compared(by: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
        return lambda self, other: by(counted(self), counted(other)) if type(other) is type(self) else NotImplemented

    orders = (operator.lt, operator.le, operator.gt, operator.ge) if order else ()
    made = {f"__{by.__name__}__": compared(by) for by in (operator.eq, *orders)}
    return {**made, "__hash__": lambda self: hash(counted(self))}


def _refuse(self: Any, name: str, *_: Any) -> None:
    raise AttributeError(f"{type(self).__name__} is frozen: {name}")


_FROZEN = {"__setattr__": _refuse, "__delattr__": _refuse}


def _fields(record: Any) -> tuple[Field, ...]:
    return getattr(record, _KIND).fields  # type: ignore[no-any-return]


def _is_dataclass(record: Any) -> bool:
    return hasattr(record, _KIND)


def _replace(record: Any, /, **changes: Any) -> Any:
    kind: _Kind = getattr(record, _KIND)
    if kind.put is not None:
        made: Any = object.__new__(type(record))
        kind.put(made, **dict(zip(kind.names, kind.read(record))) | changes)  # noqa: B905
        return made
    named = dict(zip(kind.names, kind.read(record))) | changes  # noqa: B905
    if len(named) != len(kind.names):
        raise TypeError(f"{type(record).__name__} has no such fields: {', '.join(changes)}")
    return _again(type(record), named.values())


def _again(owner: type, values: Iterable[Any]) -> Any:
    """A value of `owner` from the values of all its fields."""
    record: Any = object.__new__(owner)
    kind: _Kind = getattr(owner, _KIND)
    if kind.put is not None:
        kind.put(record, *values)
        return record
    for put, value in zip(kind.setters, values, strict=True):
        put(record, value)
    kind.left -= 1
    if kind.left == 0:
        kind.put = _generated_put(kind)
    return record


if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
    from dataclasses import field as field
    from dataclasses import fields as fields
    from dataclasses import is_dataclass as is_dataclass
    from dataclasses import replace as replace
else:
    dataclass, field, fields, is_dataclass, replace = _dataclass, Field, _fields, _is_dataclass, _replace
