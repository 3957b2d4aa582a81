"""The names of `typing` that modules need while they are imported, without `typing`, whose import takes a thirtieth of a short run.

Type checkers see the standard library's. Here the names have no meaning; annotations are never evaluated.
"""

from __future__ import annotations

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any as Any
    from typing import BinaryIO as BinaryIO
    from typing import ClassVar as ClassVar
    from typing import Generic as Generic
    from typing import Protocol as Protocol
    from typing import TypeAlias as TypeAlias
    from typing import TypeVar as TypeVar
    from typing import cast as cast
else:
    Any = BinaryIO = ClassVar = Protocol = TypeAlias = object

    class Generic:
        """The base of a class with a type parameter."""

        __slots__ = ()

        def __class_getitem__(cls, _):
            return cls

    def TypeVar(name, **_):  # noqa: N802
        """A type parameter."""
        return name

    def cast(_, value):
        """The value."""
        return value
