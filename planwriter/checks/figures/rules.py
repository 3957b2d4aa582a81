"""Finds figures in the composed text that cannot be right: totals, rates, counts, ranges, dates and years."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import islice

from planwriter.checks.figures.agreement import Agreement
from planwriter.checks.figures.passages import Passage, passages
from planwriter.checks.figures.reading import WHOLE, Amount, amounts, unit_at, without_titles
from planwriter.checks.figures.sums import wrong_sums
from planwriter.checks.figures.totals import wrong_totals
from planwriter.checks.figures.years import stray_years
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import MAX_FINDINGS, Finding
from planwriter.language.dates import is_leap
from planwriter.model import Document, Target
from planwriter.start.patterns import regex
from planwriter.targets.rules import is_part_of_a_whole

_AVERAGE = ("平均", "均", "每", "比例", "之比", "不足")
_PER = regex(r"每[十百千万]+[人名户张]|[百千万]人(?:口)?(?:[拥配]有|平均|均|床位|医|卫)|[户人生师班床亩]均")
"""Matches a rate, which the rest of its sentence may share: 每千人口床位7.5张、执业医师3.6人."""
_GOES_ON = (
    "点",
    "学分",
    "小时",
    "半",
    "月",
    "学时",
    "课时",
    "工作日",
    "百分点",
    "千分点",
    "万分点",
    "基点",
    "标准",
    "/",
    "／",
    "×",
)
"""Words that, after 个 and similar units, form a unit of time or account, which may have decimals."""
_RANGE = regex(r"(?<![\d.:/-])(\d+(?:\.\d+)?)([^\d\s]{0,4}?)\s?([—–~～至到－-])\s?(\d+(?:\.\d+)?)")
_ORDINAL = frozenset("组节期批")
"""Units of ordinals: 7-1组 is a name, not a range."""
_FALLS = ("从", "由", "自", "降", "减", "压", "缩", "比分", "第", "：", "—")
_DATE = regex(r"(?<!\d)(?:(\d{4})年)?(\d{1,2})月(?:(\d{1,2})日)?")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def check_document(document: Document, targets: tuple[Target, ...], span: tuple[int, int]) -> Iterator[Finding]:
    """All findings on the figures of a composed document; `span` is the plan's first and last year, 0 if unknown."""
    yield from check_passages(passages(document), targets, span)
    yield from wrong_totals(document)


def check_passages(texts: Iterable[Passage], targets: tuple[Target, ...], span: tuple[int, int]) -> Iterator[Finding]:
    """Like `check_document`, for single texts instead of a document."""
    agreement = Agreement(targets, span)
    summed = {f"{target.value.value:f}{target.unit}" for target in targets if target.shares and target.value}
    told: set[tuple[str, object, str]] = set()
    for passage in texts:
        if len(told) >= MAX_FINDINGS:
            break
        if not _has_digit(passage.text.value):
            continue
        for each in islice(_of_passage(passage.unmarked(), agreement, span, summed), MAX_FINDINGS):
            key = (each.code, each.pos, each.message)  # a place in a table may be read twice
            if key not in told:
                told.add(key)
                yield each


_has_digit = regex(r"\d").search


def _of_passage(passage: Passage, agreement: Agreement, span: tuple[int, int], summed: set[str]) -> Iterator[Finding]:
    """The findings in one text; `summed` are the totals whose parts (分项) are already checked at their definition."""
    text = without_titles(passage.text.value)
    yield from stray_years(passage, text, span)
    yield from _dates(passage, text)
    if passage.is_deadline:
        return
    found = list(amounts(text))
    yield from _ranges(passage, text)
    yield from wrong_sums(passage, text, found, summed)
    for amount in found:
        yield from _rates(passage, amount, agreement)
        yield from _counts(passage, amount)
        if not passage.is_narrow:
            yield from agreement.check(passage, amount)


def _rates(passage: Passage, amount: Amount, agreement: Agreement) -> Iterator[Finding]:
    if amount.unit != "%" or amount.value <= 100 or agreement.is_cited(amount):
        return  # a target over 100% is reported at its definition
    name, place = amount.name, passage.place(amount.start, amount.end)
    if place and is_part_of_a_whole(name) and amount.sense != "变":
        yield finding("PW444", place, name=name, value=amount.shown)


def _counts(passage: Passage, amount: Amount) -> Iterator[Finding]:
    if amount.unit not in WHOLE or amount.value == amount.value.to_integral_value():
        return
    if amount.start == 0 or amount.after.startswith(_GOES_ON) or any(word in amount.lead[-20:] for word in _AVERAGE):
        return  # 1.5个行动 at the beginning is a label; an average may have decimals
    if _PER.search(amount.lead):
        return
    place = passage.place(amount.start, amount.end)
    if place:
        yield finding("PW445", place, value=amount.shown, unit=amount.unit)


def _ranges(passage: Passage, text: str) -> Iterator[Finding]:
    for match in _RANGE.finditer(text):
        first, unit, sign, second = match.groups()
        if Decimal(first) <= Decimal(second):
            continue
        is_years = len(first) == len(second) == 4 and text.startswith("年", match.end())
        last_unit, end = ("年", match.end() + 1) if is_years else unit_at(text, match.end())
        if not last_unit or last_unit in _ORDINAL or unit.strip() not in ("", last_unit) or (sign == "到" and not unit):
            continue
        if any(word in text[max(0, match.start() - 12) : match.start()] for word in _FALLS):
            continue
        place = passage.place(match.start(), end)
        if place:
            yield finding("PW446", place, value=text[match.start() : end])


def _dates(passage: Passage, text: str) -> Iterator[Finding]:
    for match in _DATE.finditer(text):
        if not (match[1] or match[3]):
            continue
        year, month, day = int(match[1] or 2000), int(match[2]), int(match[3] or 1)
        if 1 <= month <= 12 and 1 <= day <= _DAYS[month - 1] and not (month == 2 and day == 29 and not is_leap(year)):
            continue
        place = passage.place(*match.span())
        if place:
            yield finding("PW447", place, value=match.group())
