"""Finds words that are bound to a year and cannot stand in the plan of another: 开局之年 of a plan period, a congress to come.

Most texts are passed by a search for a few words; a pattern is compiled only for a text that names a period which is over.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex

PERIODS = {"十二五": (2011, 2015), "十三五": (2016, 2020), "十四五": (2021, 2025), "十五五": (2026, 2030)}
"""The first and the last year of the periods of national plans."""
CAMPAIGNS = {"七五": (2016, 2020), "八五": (2021, 2025)}
"""The first and the last year of the plans for making the law known (普法)."""
MEETINGS = {
    "十九届四中全会": 2019,
    "十九届五中全会": 2020,
    "十九届六中全会": 2021,
    "二十届二中全会": 2023,
    "二十届三中全会": 2024,
    "二十届四中全会": 2025,
    "二十一大": 2027,
}
"""The years of meetings, before which no plan can carry out their decisions."""
CONGRESSES = {"十九大": 2017, "二十大": 2022, "二十一大": 2027}
"""The years of congresses, after which no plan awaits them."""

_OF_FIRST, _OF_LAST = ("开局之年", "起步之年", "开局起步之年", "第一年"), ("收官之年", "最后一年")
_NEAR = 14
"""So many characters behind the name of a period such a word stands."""
_REACH = 150
"""So many characters before or behind a word are read for what it says."""
_STOPS, _PAUSES = "。；！？\n", "，。；、！？\n"
_LINKS = ("是", "为", "系", "正值", "恰逢", "作为")
_CURRENT = regex(
    rf"(?:实施|落实|贯彻|推进|执行|启动)[^，。；、！？\n《》]{{0,8}}?“?"
    rf"(?:({'|'.join(PERIODS)})”?[^，。；、！？\n《》]{{0,6}}规划|({'|'.join(CAMPAIGNS)})”?普法)"
)
_BACK = "总结 评估 验收 收官 收尾 结转 遗留 未完成 后续 接续 衔接 决算 结算 审计 情况 以来 成果 成效 完成 考核 延续 经验 期间 回头看 编制"
_LOOKS_BACK = tuple(_BACK.split())
"""Words by which a plan speaks of a period that is over."""
_AWAITS = ("迎接", "喜迎", "筹备", "迎")


class YearWord(NamedTuple):
    """A word that does not fit: where it stands, the words, and why."""

    start: int
    end: int
    shown: str
    reason: str


def misplaced_year_words(text: str, years: tuple[int, int]) -> Iterator[YearWord]:
    """The words of a text that cannot stand in a plan for these years."""
    if not years[0]:
        return
    if may_say_of_which_year(text):
        yield from _wrong_years_of_period(text, years)
    if any(name in text for name in _names_of_what_is_over(years[0])):
        yield from _periods_that_are_over(text, years)
    yield from _meetings_to_come(text, years)
    if "迎" in text:
        yield from _congresses_that_are_over(text, years)


def may_say_of_which_year(text: str) -> bool:
    """True if what a text says may depend on its figures: 2027年是“十五五”开局之年."""
    return "之年" in text or "一年" in text


@functools.lru_cache(maxsize=16)
def _names_of_what_is_over(year: int) -> tuple[str, ...]:
    return tuple(name for each in (PERIODS, CAMPAIGNS) for name, (_, last) in each.items() if last < year)


def _wrong_years_of_period(text: str, years: tuple[int, int]) -> Iterator[YearWord]:
    """Words such as “十五五”开局之年, said of a year that is not the one."""
    for name, (first, last) in PERIODS.items():
        for at in _places(text, name):
            tail = _up_to(text[at + len(name) : at + len(name) + _NEAR], _PAUSES)
            word = next((word for word in (*_OF_FIRST, *_OF_LAST) if word in tail), "")
            year = _year_spoken_of(text, at, years) if word else 0
            right = first if word in _OF_FIRST else last
            if year and year != right:
                end = at + len(name) + tail.index(word) + len(word)
                start = at - 1 if text[at - 1 : at] == "“" else at
                yield YearWord(start, end, text[start:end], f"说的是 {year} 年，{word}是 {right} 年")


def _year_spoken_of(text: str, at: int, years: tuple[int, int]) -> int:
    """The year of which a sentence speaks before a place (2027年是 …, 今年是 …); 0 if it does not say."""
    low = max(0, at - _REACH)
    before = text[max(low, *(text.rfind(mark, low, at) + 1 for mark in _STOPS)) : at]
    year = 0
    for here in _places(before, "年"):
        if not before[here + 1 : here + 5].lstrip("度既也又，正").startswith(_LINKS):
            continue
        digits = before[max(0, here - 4) : here]
        if len(digits) == 4 and digits.isdecimal() and digits.startswith("20"):
            year = int(digits)
        elif digits.endswith(("今", "本")) and years[0] == years[1]:
            year = years[0]
    return year


def _periods_that_are_over(text: str, years: tuple[int, int]) -> Iterator[YearWord]:
    """A plan of a period that is over, to be carried out."""
    for match in _CURRENT.finditer(text):
        last = PERIODS[match[1]][1] if match[1] else CAMPAIGNS[match[2]][1]
        piece = match.group() + _up_to(text[match.end() : match.end() + _REACH], _PAUSES.replace("、", ""))
        if years[0] > last and not any(word in piece for word in _LOOKS_BACK):
            yield YearWord(*match.span(), match.group(), f"它到 {last} 年为止，计划是 {years[0]} 年的")


def _meetings_to_come(text: str, years: tuple[int, int]) -> Iterator[YearWord]:
    """A meeting that was not yet held in the plan's years, and is not awaited."""
    for name in filter(text.__contains__, MEETINGS):
        year = MEETINGS[name]
        if years[1] < year:
            for at in _places(text, name):
                if not any(word in text[max(0, at - 8) : at] for word in _AWAITS):
                    yield YearWord(at, at + len(name), name, f"它在 {year} 年召开，计划是 {years[1]} 年的")


def _congresses_that_are_over(text: str, years: tuple[int, int]) -> Iterator[YearWord]:
    """A congress that is awaited after it was held."""
    for name, year in CONGRESSES.items():
        for at in _places(text, name) if years[0] > year else ():
            before = text[max(0, at - 8) : at]
            start = max(before.rfind("迎接"), before.rfind("喜迎"))
            if start >= 0 and not any(mark in before[start:] for mark in _PAUSES):
                start += max(0, at - 8)
                end = at + len(name)
                yield YearWord(start, end, text[start:end], f"它已在 {year} 年召开，计划是 {years[0]} 年的")


def _places(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))


def _up_to(text: str, marks: str) -> str:
    """The text before the first of some marks."""
    return text[: min((at for at in map(text.find, marks) if at >= 0), default=len(text))]
