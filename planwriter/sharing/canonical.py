"""JSON in canonical form: sorted keys, no spaces, UTF-8. The same value gives the same bytes."""

from __future__ import annotations

import json


def canonical(value: object) -> bytes:
    """The bytes of a value made of dicts, lists, strings and integers."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def parse_canonical(data: bytes) -> object:
    """The value of canonical bytes; raises ValueError for any other bytes (a duplicate key, spaces, a lone surrogate, too deep)."""
    try:
        value: object = json.loads(data)
        if canonical(value) == data:
            return value
    except RecursionError:
        pass
    raise ValueError("not canonical")
