"""Finds references to attachments that a document does not have: 见附件3 (PW505)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planwriter.checks.prose.slip import Slip

_DIGITS = "一二三四五六七八九十"
_REFERENCE = r"(?:见|按照?|根据|对照|参照|填[写报好]|填入|如|依据|附后的?|（)(?:本[^，。]{0,8}的?)?(附件\s*(\d{1,2}|[一二三四五六七八九十])(?!\d))"


def missing_attachments(text: str, count: int) -> Iterator[Slip]:
    """The slips of one text of a document with `count` attachments."""
    if "附件" not in text:
        return
    for found in re.finditer(_REFERENCE, text):
        number = int(found[2]) if found[2].isdecimal() else _DIGITS.index(found[2]) + 1
        if number > count:
            have = f"只有 {count} 个附件" if count else "没有附件"
            yield Slip(
                *found.span(1), "PW505", f"文中写了“{found[1]}”，这份文件{have}", "补上附件，或改成现有附件的序号。"
            )
