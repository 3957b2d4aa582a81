"""Marks PDF, HTML and Markdown files so that an edited one is recognized: only unedited files are overwritten.

The mark is a comment in the file's own syntax with the sha256 of everything else; programs do not show it.
"""

from __future__ import annotations

from planwriter.start.digests import sha256
from planwriter.start.patterns import regex

_MARK = regex(rb"planwriter:([0-9a-f]{64})")
_BLANK = b"planwriter:" + b"0" * 64


def stamp(data: bytes, form: str) -> bytes:
    """Returns the bytes of a file of this form (pdf, html, md) with the mark.

    In a PDF the mark stands before the last `startxref`, since no offset points behind that; otherwise at the end.
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
    """True if the file is as planwriter made it, False if it was edited since, None if planwriter did not make it."""
    marks = list(_MARK.finditer(data))
    if not marks:
        return None
    mark = marks[-1]
    return mark[1] == _digest(data[: mark.start()] + _BLANK + data[mark.end() :])


def _digest(data: bytes) -> bytes:
    """The sha256 with line ends normalized: git converts them to those of the system."""
    return sha256(data.replace(b"\r\n", b"\n")).encode()
