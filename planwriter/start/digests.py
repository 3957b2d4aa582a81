"""sha256 without OpenSSL, whose import takes longer than the digest of a short document."""

from __future__ import annotations

import sys

from planwriter.start.typing import Any

_LONG = 1_000_000
"""From this size on OpenSSL is faster, import included: that of all texts of a process together."""
_seen = [0]
"""How many bytes this process has digested."""


def sha256(*pieces: bytes) -> str:
    """The hexadecimal digits of the sha256 of the pieces, one after the other."""
    _seen[0] += sum(map(len, pieces))
    is_long = _seen[0] > _LONG or "hashlib" in sys.modules
    sha = _long_sha256() if is_long else _short_sha256()
    for each in pieces:
        sha.update(each)
    return str(sha.hexdigest())


def _short_sha256() -> Any:
    try:
        if sys.version_info >= (3, 12):
            from _sha2 import sha256  # type: ignore[import-not-found]
        else:
            from _sha256 import sha256  # type: ignore[import-not-found]
    except ImportError:  # Python was built without it
        return _long_sha256()
    return sha256()


def _long_sha256() -> Any:
    import hashlib

    return hashlib.sha256()
