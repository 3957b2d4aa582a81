"""`NamedTuple` as in the standard library, but without generated code; see `records`."""

from __future__ import annotations

from collections import _tuplegetter  # type: ignore[attr-defined]

from planwriter.start.records import MANY, completer, generated, take_fields
from planwriter.start.typing import TYPE_CHECKING, Any


class _NamedTupleMaker(type):
    """Makes a subclass of `NamedTuple` a plain subclass of tuple, with a reader for each field."""

    def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> Any:
        if bases == (tuple,):
            return super().__new__(cls, name, bases, body)
        fields = take_fields(body)
        complete, count, new = completer(name, fields), len(fields), tuple.__new__

        left = MANY

        def make(owner: Any, /, *values: Any, **named: Any) -> Any:
            nonlocal left
            left -= 1
            if left == 0 and all(each.isidentifier() for each in names):
                values_of = f"({''.join(f'{each}, ' for each in names)})"
                made_type.__new__ = generated(
                    "__new__", "_owner, /", fields, f"return _new(_owner, {values_of})", {"_new": new}
                )
            return new(owner, complete(values, named) if named or len(values) != count else values)

        names = tuple(each.name for each in fields)
        readers = {each: _tuplegetter(index, None) for index, each in enumerate(names)}
        made = {"__new__": make, "__slots__": (), "_fields": names, **_TUPLE, **readers}
        made_type: Any = type(name, (tuple,), {**made, **body})
        return made_type


_TUPLE: dict[str, Any] = {
    "__repr__": lambda self: f"{type(self).__name__}({', '.join(map('{}={!r}'.format, self._fields, self))})",
    "__getnewargs__": lambda self: (*self,),
    "_asdict": lambda self: dict(zip(self._fields, self, strict=True)),
    "_replace": lambda self, /, **changes: type(self)(**self._asdict() | changes),
}


class _NamedTuple(tuple[Any, ...], metaclass=_NamedTupleMaker):
    __slots__ = ()


if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:
    NamedTuple = _NamedTuple
