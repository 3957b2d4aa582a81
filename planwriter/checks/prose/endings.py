"""Finds a paragraph that ends without a closing mark, or in one that does not close (PW503)."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.checks.prose.slip import Slip
from planwriter.start.patterns import regex

_OPEN_MARKS = "，、,"
_CLOSED = "。！？；：…”’）)》】〕.;:!?—~～/"
MIN_LENGTH = 24
FIELD = regex(r"\s*[^，。；、：:\s]{2,8}[：:](?!.*。)")
"""Matches a line that names a thing and its value, which has no mark at its end: 责任单位：教育局，各乡镇."""


def open_ending(text: str, *, is_last: bool, marks: str = "。") -> Iterator[Slip]:
    """The slip at the end of a paragraph of prose.

    `is_last` says that no further paragraph of its list follows. Prose is recognized by one of the `marks` in it; without
    any, a missing mark at the end is not reported.
    """
    text = text.rstrip()
    if not text:
        return
    end, last = text[-1], text.rpartition("\n")[2]
    if end in _OPEN_MARKS:
        yield Slip(
            len(text) - 1, len(text), "PW503", f"这段话以“{end}”结尾", "没写完的写完；写完的改成句号。", kind="ending"
        )
    elif end in "；;" and is_last:
        yield Slip(len(text) - 1, len(text), "PW503", f"最后一段以“{end}”结尾", "改成句号。", "。", "ending")
    elif (
        len(last) >= MIN_LENGTH
        and any(mark in last for mark in marks)
        and end not in _CLOSED
        and FIELD.match(last) is None
        and not (end == "日" and text[-2:-1].isdecimal())  # a date below a signature
    ):
        yield Slip(
            len(text) - 1, len(text), "PW503", f"这段话末尾没有标点：“{text[-6:]}”", "补上句号。", f"{end}。", "ending"
        )
