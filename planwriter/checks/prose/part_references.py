"""Finds references to parts that a plan does not have: 见第六部分, 按照本方案第五章 (PW539)."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.checks.prose.slip import Slip
from planwriter.language.numerals import numeral_value
from planwriter.start.patterns import regex

_REFERENCE = regex(
    r"(?:见|按照?|根据|参照|依照|对照|本(?:方案|要点|计划|意见|办法|规划|纲要|行动计划|工作方案|实施方案)的?)"
    r"(第([一二三四五六七八九十]{1,3}|[1-9]\d?)(?:部分|章))(?!第)"
)


def missing_parts(text: str, count: int) -> Iterator[Slip]:
    """The slips of one text of a document with `count` parts; none if that is 0, as it is not known then."""
    if not count or "第" not in text or ("部分" not in text and "章" not in text):
        return
    for found in _REFERENCE.finditer(text):
        number = int(found[2]) if found[2].isdecimal() else numeral_value(found[2])
        if number is not None and number > count:
            what = f"文中写了“{found[1]}”，这份文件只有 {count} 个部分"
            yield Slip(*found.span(1), "PW539", what, "改成现有部分的序号，或者写那一部分的标题。")
