"""Finds totals that differ from the sum of their parts in the same sentence: 新建学校5所，其中小学3所、初中1所."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from planwriter.checks.figures.passages import Passage
from planwriter.checks.figures.reading import Amount
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding
from planwriter.language.units import is_convertible, is_ratio, parse_unit
from planwriter.start.patterns import re, regex

_OPENS = regex(r"[，,：:]?其中[：:，,]?|（(?:其中[：:，,]?)?(?=[^\d）]{1,12}\d)")
_OPENS_LATER = regex(r"[^\d，,、：:；。（）()\n]{1,16}[，,]其中[：:，,]?")
"""Matches the words between a total and its parts in 教师20人到省城进修，其中小学12人、初中8人."""
_BETWEEN = regex("([、，,]?(?:和|及|以及|与)?)([^，,、：:；。（）()\n]{1,20})")
_TOTAL = regex(r"[，,、（](?P<word>一?共计?|合计|总计|总共)(?:为|是)?(?P<verb>(?!为|是)[\u4e00-\u9fff]{2,3})?$")
"""Matches the words between parts and their total: 新建小学3所、初中2所，共新建5所."""
_YEAR = regex(r"20\d\d年")
_INSIDE = regex(r"[，,（](?:其中|含)[：:，,]?[^\d，,、：:；。（）()\n]{1,16}")
"""Matches the words between a total and the first of its parts."""
_ONE_MORE = regex("(?:、|和|及)[^，。；、：（）]{1,20}")
_OVERLAPPING = regex(
    "骨干|高级|中级|特级|女|党员|以上|硕士|博士|研究生|本科|重点|示范|优秀|[市县省国家]级(?!配套|财政|资金|投资|补助|医院|医疗|部门|单位|学校)"
)
"""Words for parts that may overlap with other parts, so that they need not add up to the total."""
MAX_PARTS = 30
_FEW = Decimal("0.6")
"""Parts that make up less of a total are not meant to be all: 培育企业300家，其中龙头企业30家、上市企业2家."""


def wrong_sums(passage: Passage, text: str, found: Sequence[Amount]) -> Iterator[tuple[Amount, Finding]]:
    """Yields each total that differs from the sum of its complete parts, with the finding on it."""
    for nth, amount in enumerate(found):
        if is_ratio(amount.unit) or amount.is_rough:
            continue
        closing = _TOTAL.search(amount.lead)
        if closing is not None:
            parts = _parts_before(text, found[max(0, nth - MAX_PARTS) : nth], amount, closing)
        else:
            parts = _parts_after(text, found[nth + 1 : nth + 1 + MAX_PARTS], amount)
        if len(parts) < 2:
            larger = _larger_part(text, found[nth + 1 : nth + 2], amount)
            place = passage.place(larger.start, larger.end) if larger else None
            if larger and place:
                yield larger, finding("PW540", place, part=larger.shown, total=amount.shown)
            continue
        if any(part.is_rough for part in parts):
            continue
        total = _sum([amount], amount.unit)
        if _sum(parts, amount.unit) == total:
            continue
        place = passage.place(amount.start, amount.end)
        if place:
            shown = "、".join(f"{part.name}{part.shown}" for part in parts)
            result = f"{_plain(_sum(parts, amount.unit) / parse_unit(amount.unit).factor):f}{amount.unit}"
            yield amount, finding("PW442", place, parts=shown, result=result, total=amount.shown)


def _parts_after(text: str, later: Sequence[Amount], total: Amount) -> list[Amount]:
    """The figures in a list after a total, opened by 其中 or a bracket; empty if the list may be incomplete."""
    ahead = text[total.end : total.end + 20]
    opening = _OPENS.match(ahead) if "其中" in ahead[:4] or ahead.startswith("（") else None
    later_opening = None if opening else _OPENS_LATER.match(text[total.end : total.end + 24])
    opening = opening or later_opening
    if opening is None:
        return []
    at, closing = total.end + opening.end(), text.find("）", total.end) if ahead.startswith("（") else -1
    parts: list[Amount] = []
    by_commas = False
    for amount in later:
        between = _BETWEEN.fullmatch(text[at : amount.start])
        if between is not None and any(mark.isdecimal() for mark in _YEAR.sub("", between[2])):
            return []  # the last one is one end of a range
        if between is None or not is_convertible(amount.unit, total.unit) or 0 <= closing < amount.start:
            break
        if (
            parts
            and between[1] in ("，", ",")
            and not _goes_on(parts, amount, total)
            and not (by_commas and _sum(parts, total.unit) < _sum([total], total.unit))
        ):
            break
        by_commas = by_commas or (bool(parts) and between[1] in ("，", ","))
        parts.append(amount)
        at = amount.end
    if text.startswith("等", at) or text[at : at + 1] not in ("", "。", "；", "，", "）", "\n") or _overlap(parts):
        return []
    if later_opening and _sum(parts, total.unit) <= _sum([total], total.unit):
        return []  # there may be more parts
    if _sum(parts, total.unit) < _FEW * _sum([total], total.unit):
        return []  # some of the parts are named, and no more is meant
    return parts


def _goes_on(parts: list[Amount], amount: Amount, total: Amount) -> bool:
    """True if a figure after a comma can still belong to the list: with it the sum does not exceed the total."""
    return _sum([*parts, amount], total.unit) <= _sum([total], total.unit)


def _larger_part(text: str, later: Sequence[Amount], total: Amount) -> Amount | None:
    """The figure behind 其中 if it is larger than the one that it is a part of: 新增床位120张，其中护理型床位190张."""
    for part in later:
        if part.unit == total.unit and part.value > total.value and not part.is_rough:
            return part if _INSIDE.fullmatch(text, total.end, part.start) else None
    return None


def _parts_before(text: str, earlier: Sequence[Amount], total: Amount, closing: re.Match[str]) -> list[Amount]:
    """The figures joined by 、 before a total introduced by 共."""
    parts: list[Amount] = []
    at = total.start - len(total.lead) + closing.start("word")
    for amount in reversed(earlier):
        between = text[amount.end : at]
        if not is_convertible(amount.unit, total.unit) or (parts and not _ONE_MORE.fullmatch(between)):
            break
        if not parts and len(between) > 3:
            break
        parts.insert(0, amount)
        at = amount.start
        if between.startswith("等"):
            return []
    if closing["verb"] and parts and not parts[0].name.startswith(closing["verb"]):
        return []  # what is counted together is something else
    return [] if _overlap(parts) and _sum(parts, total.unit) > _sum([total], total.unit) else parts


def _overlap(parts: list[Amount]) -> bool:
    return any(_OVERLAPPING.search(part.name) for part in parts)


def _sum(parts: list[Amount], unit: str) -> Decimal:
    """The exact sum of figures, in the smallest unit."""
    return sum((part.value * parse_unit(part.unit).factor for part in parts), Decimal(0))


def _plain(value: Decimal) -> Decimal:
    return Decimal(f"{value.normalize():f}")
