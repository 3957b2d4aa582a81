"""The mark of being untouched in PDF, HTML and Markdown: what planwriter made may be made again, what was edited is kept.

The mark is a comment of the form's own with the sha256 of everything else; readers of the file do not show it.
"""

from __future__ import annotations

import hashlib
import re

_MARK = re.compile(rb"planwriter:([0-9a-f]{64})")
_BLANK = b"planwriter:" + b"0" * 64


def stamp(data: bytes, form: str) -> bytes:
    """The bytes of a form (pdf, html, md) with the mark in them.

    In a PDF it stands before the last `startxref`, where no offset points behind it; else at the end of the file.
    """
    if form == "pdf":
        at = data.rfind(b"startxref")
        if at < 0:
            return data
        marked = data[:at] + b"%" + _BLANK + b"\n" + data[at:]
    else:
        marked = data + b"\n" * (form == "md") + b"<!-- " + _BLANK + b" -->\n"
    at = marked.rfind(_BLANK)
    return marked[:at] + b"planwriter:" + _digest(marked) + marked[at + len(_BLANK) :]


def is_untouched(data: bytes) -> bool | None:
    """True where nobody has edited the file since planwriter made it, False where somebody has, None where it did not make it."""
    marks = list(_MARK.finditer(data))
    if not marks:
        return None
    mark = marks[-1]
    return mark[1] == _digest(data[: mark.start()] + _BLANK + data[mark.end() :])


def _digest(data: bytes) -> bytes:
    """Line ends do not count: git turns them into those of the system."""
    return hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest().encode()
