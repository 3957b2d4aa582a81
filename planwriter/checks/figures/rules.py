"""Finds figures in the composed text that cannot be right: totals, rates, counts, ranges, dates and years."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain, islice

from planwriter.checks.figures.agreement import Agreement, Compared, compared, is_compared, year_of
from planwriter.checks.figures.passages import Passage, passage_of
from planwriter.checks.figures.reading import WHOLE, Amount, amounts, unit_at, without_titles
from planwriter.checks.figures.sums import wrong_sums
from planwriter.checks.figures.years import stray_years
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import MAX_FINDINGS, Finding
from planwriter.language.dates import is_leap, weekday
from planwriter.model import Target
from planwriter.model.memo import Recent
from planwriter.model.walk import PlacedText
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import re, regex
from planwriter.targets.rules import is_part_of_a_whole

_AVERAGE = ("平均", "均", "每", "比例", "之比", "不足")
_PER = regex(
    r"每[十百千万]+[人名户张]|[百千万]人(?:口)?(?:[拥配]有|平均|均|床位|托位|学位|医|卫|护|全科|公共)|[户人生师班床亩]均"
)
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
_RANGE_SIGNS = "—–~～至到－-"
_RANGE = regex(rf"(?<![\d.:/-])(\d+(?:\.\d+)?)([^\d\s]{{0,4}}?)\s?([{_RANGE_SIGNS}])\s?(\d+(?:\.\d+)?)")
_ORDINAL = frozenset("组节期批")
"""Units of ordinals: 7-1组 is a name, not a range."""
_FALLS = ("从", "由", "自", "降", "减", "压", "缩", "比分", "第", "：", "—")
_DATE = regex(r"(?<!\d)(?:(\d{4})年)?(\d{1,2})月(?:(\d{1,2})日)?")
_WEEKDAY = regex(r"[（(]?(?:星期|周|礼拜)([一二三四五六日天])(?![年期岁])")
_WEEKDAYS = "日一二三四五六"
_NO_MONTH = regex(r"(?<![\d.—～年-])(?:1[3-9]|[2-9]\d)月(?:底|末|初|上旬|中旬|下旬)")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def check_passages(texts: Iterable[Passage], targets: tuple[Target, ...], span: tuple[int, int]) -> Iterator[Finding]:
    """All findings on the figures of single texts, as those on a document (`checks.composed`)."""
    agreement = Agreement(targets, span)
    readings = (_read(span, agreement.names, passage) for passage in texts)
    yield from check_readings((each for each in readings if each is not None), agreement)


def check_readings(readings: Iterable[FigureReading], agreement: Agreement) -> Iterator[Finding]:
    """The findings on the figures of texts that were read, in their order."""
    told: set[tuple[str, object, str]] = set()
    for reading in readings:
        if len(told) >= MAX_FINDINGS:
            break
        for each in islice(_of_reading(reading, agreement), MAX_FINDINGS):
            key = (each.code, each.pos, each.message)  # a place in a table may be read twice
            if key not in told:
                told.add(key)
                yield each


_DIGIT = regex(r"\d")


class FigureReading(NamedTuple):
    """A text with figures: what is wrong in it whatever the targets are, and what is compared with them and other texts."""

    passage: Passage
    found: tuple[Finding, ...]
    sums: tuple[tuple[Amount, Finding], ...] = ()
    rates: tuple[tuple[Amount, Finding], ...] = ()
    compared: tuple[Compared, ...] = ()


def read_figures(span: tuple[int, int], names: frozenset[str], placed: PlacedText) -> FigureReading | None:
    """Reads one text of a document; None if no figure in it is to be checked. `names` are those of the targets."""
    if not _DIGIT.search(placed.text.value):
        return None
    passage = passage_of(placed)
    return _read(span, names, passage) if passage else None


def _read(span: tuple[int, int], names: frozenset[str], passage: Passage) -> FigureReading | None:
    """Reads one text; None if no figure in it is to be checked. `names` are those of the targets."""
    if not _DIGIT.search(passage.text.value):
        return None
    passage = passage.unmarked()
    key = (passage.text.value, passage.is_deadline, passage.is_narrow, span, names)
    known = _sound.get(key)
    if known is not None:
        return FigureReading(passage, (), compared=known) if known else None
    reading = _read_anew(span, names, passage)
    if not (reading.found or reading.sums or reading.rates):
        if passage.text.origin is not None:
            _sound.put(key, passage.text.value, reading.compared)
        return reading if reading.compared else None
    return reading


_sound = Recent()
"""The figures to be compared in texts without findings."""


def _read_anew(span: tuple[int, int], names: frozenset[str], passage: Passage) -> FigureReading:
    text = without_titles(passage.text.value)
    found = chain(stray_years(passage, text, span), _dates(passage, text))
    if passage.is_deadline:
        return FigureReading(passage, tuple(islice(found, MAX_FINDINGS)))
    figures = tuple(amounts(text))
    found = chain(found, _ranges(passage, text), _counts(passage, figures))
    return FigureReading(
        passage,
        tuple(islice(found, MAX_FINDINGS)),
        tuple(islice(wrong_sums(passage, text, figures), MAX_FINDINGS)),
        tuple(islice(_rates(passage, figures), MAX_FINDINGS)),
        () if passage.is_narrow else tuple(_compared(figures, passage.text.value, names, span[1])),
    )


def _of_reading(reading: FigureReading, agreement: Agreement) -> Iterator[Finding]:
    """The findings in one text, except those on totals and rates that are checked where a target is defined."""
    yield from reading.found
    yield from (each for amount, each in reading.sums if amount.shown not in agreement.summed)
    yield from (each for amount, each in reading.rates if not agreement.is_cited(amount))
    for figure in reading.compared:
        yield from agreement.check(reading.passage, figure)


def _compared(figures: Iterable[Amount], text: str, names: frozenset[str], last: int) -> Iterator[Compared]:
    for amount in figures:
        if is_compared(amount, names):
            yield compared(amount, year_of(amount, text, last))


def _rates(passage: Passage, figures: Iterable[Amount]) -> Iterator[tuple[Amount, Finding]]:
    """The rates over 100%, with the finding on each."""
    for amount in figures:
        if amount.unit == "%" and amount.value > 100 and is_part_of_a_whole(amount.name) and amount.sense != "变":
            place = passage.place(amount.start, amount.end)
            if place:
                yield amount, finding("PW444", place, name=amount.name, value=amount.shown)


def _counts(passage: Passage, figures: Iterable[Amount]) -> Iterator[Finding]:
    for amount in figures:
        if amount.unit not in WHOLE or amount.value == amount.value.to_integral_value():
            continue
        if (
            amount.start == 0
            or amount.after.startswith(_GOES_ON)
            or any(word in amount.lead[-20:] for word in _AVERAGE)
            or _PER.search(amount.lead)
        ):
            continue  # 1.5个行动 at the beginning is a label; an average may have decimals
        place = passage.place(amount.start, amount.end)
        if place:
            yield finding("PW445", place, value=amount.shown, unit=amount.unit)


def _ranges(passage: Passage, text: str) -> Iterator[Finding]:
    for match in _RANGE.finditer(text) if any(map(text.__contains__, _RANGE_SIGNS)) else ():
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
    for match in _DATE.finditer(text) if "月" in text and ("年" in text or "日" in text) else ():
        if not (match[1] or match[3]):
            continue
        year, month, day = int(match[1] or 2000), int(match[2]), int(match[3] or 1)
        if 1 <= month <= 12 and 1 <= day <= _DAYS[month - 1] and not (month == 2 and day == 29 and not is_leap(year)):
            if match[1] and match[3]:
                yield from _wrong_weekday(passage, text, match, weekday(year, month, day))
            continue
        place = passage.place(*match.span())
        if place:
            yield finding("PW447", place, value=match.group())
    for match in _NO_MONTH.finditer(text) if "月" in text and not passage.is_deadline else ():
        place = passage.place(*match.span())
        if place:
            yield finding("PW447", place, value=match.group())


def _wrong_weekday(passage: Passage, text: str, date: re.Match[str], day: int) -> Iterator[Finding]:
    """The finding on a day of the week behind a date that is another one."""
    written = _WEEKDAY.match(text, date.end())
    if written is None or _WEEKDAYS[day] == written[1].replace("天", "日"):
        return
    place = passage.place(*written.span())
    if place:
        yield finding("PW541", place, date=date.group(), day=_WEEKDAYS[day], written=written[1])
