"""Finds words that are bound to a year and cannot stand in the plan of another: 开局之年 of a plan period, a congress to come."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex

PERIODS = {"十二五": (2011, 2015), "十三五": (2016, 2020), "十四五": (2021, 2025), "十五五": (2026, 2030)}
"""The first and the last year of the periods of national plans."""
EVENTS = {
    "十九大": 2017,
    "十九届四中全会": 2019,
    "十九届五中全会": 2020,
    "十九届六中全会": 2021,
    "二十大": 2022,
    "二十届二中全会": 2023,
    "二十届三中全会": 2024,
    "二十届四中全会": 2025,
    "二十一大": 2027,
}
"""The years of congresses and plenary sessions, before which no plan can carry out their decisions, and after which none awaits them."""
LAW_CAMPAIGNS = {"七五": (2016, 2020), "八五": (2021, 2025)}
"""The years of the five-year plans for making the law known (普法)."""

_SIGNS = ("之年", "一年", "二五", "三五", "四五", "五五", "七五", "八五", "中全会", "九大", "十大", "一大")
"""One of these stands in every text that can have such a word: a quick test."""
_FIRST, _LAST = ("开局之年", "起步之年", "开局起步之年", "第一年"), ("收官之年", "最后一年")
_OF_PERIOD = regex(
    rf"“?({'|'.join(PERIODS)})”?(?:规划|计划|时期|发展规划)?(?:的|实施的|顺利实施的)?({'|'.join(sorted((*_FIRST, *_LAST), key=len, reverse=True))})"
)
_SUBJECT = regex(r"((?<!\d)20\d\d)年度?(?:既|也|又|，|正)?(?:是|为|系|正值|恰逢|作为)")
_THIS_YEAR = regex(r"(?:今年|本年度?)(?:既|也|又|，|正)?(?:是|为|系|正值|恰逢|作为)")
_CURRENT = regex(
    rf"(?:实施|落实|贯彻|推进|执行|启动)[^，。；、！？\n《》]{{0,8}}?“?(?:({'|'.join(PERIODS)})”?[^，。；、！？\n《》]{{0,6}}规划|({'|'.join(LAW_CAMPAIGNS)})”?普法)"
)
_LOOKS_BACK = (
    *(
        "总结",
        "评估",
        "验收",
        "收官",
        "收尾",
        "结转",
        "遗留",
        "未完成",
        "后续",
        "接续",
        "衔接",
        "决算",
        "结算",
        "审计",
        "情况",
        "以来",
    ),
    *("成果", "成效", "完成", "考核", "延续", "经验", "期间", "回头看", "编制"),
)
"""Words by which a plan speaks of a period that is over."""
_AWAITED = regex(r"(?:迎接|喜迎)[^，。；！？\n]{0,6}?(十九大|二十大|二十一大)")
_SESSION = regex(r"(?:十九|二十)届[二三四五六]中全会|(?<![一二三四五六七八九十])二十一大")


class YearWord(NamedTuple):
    """A word that does not fit: where it stands, the words, and why."""

    start: int
    end: int
    shown: str
    reason: str


def misplaced_year_words(text: str, years: tuple[int, int]) -> Iterator[YearWord]:
    """The words of a text that cannot stand in a plan for these years."""
    if not years[0] or not any(sign in text for sign in _SIGNS):
        return
    yield from _wrong_years_of_period(text, years)
    yield from _periods_that_are_over(text, years)
    yield from _wrong_events(text, years)


def _wrong_years_of_period(text: str, years: tuple[int, int]) -> Iterator[YearWord]:
    for match in _OF_PERIOD.finditer(text) if "之年" in text or "一年" in text else ():
        begin = max(text.rfind(mark, 0, match.start()) for mark in "。；！？\n") + 1
        subjects = [(found.start(), int(found[1])) for found in _SUBJECT.finditer(text, begin, match.start())]
        if years[0] == years[1]:
            subjects += ((found.start(), years[0]) for found in _THIS_YEAR.finditer(text, begin, match.start()))
        first, last = PERIODS[match[1]]
        right = first if match[2] in _FIRST else last
        if subjects and max(subjects)[1] != right:
            yield YearWord(*match.span(), match.group(), f"说的是 {max(subjects)[1]} 年，{match[2]}是 {right} 年")


def _periods_that_are_over(text: str, years: tuple[int, int]) -> Iterator[YearWord]:
    for match in _CURRENT.finditer(text):
        last = PERIODS[match[1]][1] if match[1] else LAW_CAMPAIGNS[match[2]][1]
        ends = [at for at in (text.find(mark, match.end()) for mark in "，。；！？\n") if at >= 0]
        if years[0] > last and not any(
            word in text[match.start() : min(ends, default=len(text))] for word in _LOOKS_BACK
        ):
            yield YearWord(*match.span(), match.group(), f"它到 {last} 年为止，计划是 {years[0]} 年的")


def _wrong_events(text: str, years: tuple[int, int]) -> Iterator[YearWord]:
    awaited = list(_AWAITED.finditer(text)) if "迎" in text else []
    for match in awaited:
        year = EVENTS[match[1]]
        if years[0] > year:
            yield YearWord(*match.span(), match.group(), f"它已在 {year} 年召开，计划是 {years[0]} 年的")
    for match in _SESSION.finditer(text):
        year = EVENTS.get(match.group(), 0)
        if years[1] < year and not any(each.start() <= match.start() < each.end() for each in awaited):
            yield YearWord(*match.span(), match.group(), f"它在 {year} 年召开，计划是 {years[1]} 年的")
