"""Regular expressions that are compiled when they are first used, as most runs need few of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any


class _Pattern:
    """Has the attributes of a compiled pattern; the first use of one compiles it, and keeps it as an attribute of its own."""

    def __init__(self, pattern: Any, flags: int = 0) -> None:
        self._arguments = (pattern, flags)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        found = getattr(re.compile(*self._arguments), name)  # `re` remembers it
        setattr(self, name, found)
        return found


if TYPE_CHECKING:
    regex = re.compile
else:
    regex = _Pattern
