"""Finds references to attachments that a document does not have, or to the attachment that they stand in (PW505)."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.checks.prose.slip import Slip
from planwriter.start.patterns import re, regex

_DIGITS = "一二三四五六七八九十"
_REFERENCE = regex(
    r"(?:见|按照?|根据|对照|参照|填[写报好]|填入|如|依据|附后的?|（)(?:本[^，。]{0,8}的?)?(附件\s*(\d{1,2}|[一二三四五六七八九十])(?!\d))"
)


def missing_attachments(text: str, count: int) -> Iterator[Slip]:
    """The slips of one text of a document with `count` attachments."""
    for found, number in _references(text):
        if number > count:
            have = f"只有 {count} 个附件" if count else "没有附件"
            yield Slip(
                *found.span(1), "PW505", f"文中写了“{found[1]}”，这份文件{have}", "补上附件，或改成现有附件的序号。"
            )


def references_to_itself(text: str) -> Iterator[Slip]:
    """The slips of one text of a plan that is attached to its notice as 附件1."""
    for found, number in _references(text):
        if number == 1:
            what = f"文中写了“{found[1]}”，可是印发时这份正文自己排成附件1"
            yield Slip(*found.span(1), "PW505", what, "“附件”里列的第一个排成附件2，往后类推；改成排出来的序号。")


def _references(text: str) -> Iterator[tuple[re.Match[str], int]]:
    """The references to numbered attachments, with their numbers."""
    if "附件" in text:
        for found in _REFERENCE.finditer(text):
            yield found, int(found[2]) if found[2].isdecimal() else _DIGITS.index(found[2]) + 1
