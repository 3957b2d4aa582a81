"""The years in a text of an outline that mean the plan's own year or the year before, and what becomes of them.

Years inside 《》, “”, document numbers and `{{ }}` stay. So do years that name a beginning (自2026年起), an edition (2026年版), a
base (以2026年为基期) or a document of that year (2026年中央一号文件); these are doubts, which the writer decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import re, regex

_PAIRS = {"《": "》", "“": "”", "〔": "〕", "〈": "〉", "「": "」", "『": "』"}
_OPENING = {closing: opening for opening, closing in _PAIRS.items()}
_DIGITS = "零一二三四五六七八九"
_DASH = "[—–－~～-]{1,3}"
_DAY = r"年(?:\d{1,2}月)?(?:\d{1,2}日|[上中下]旬|[初底末])?"
_TERM = regex(rf"(?<!\d)(20\d\d)({_DAY}\s?(?:{_DASH}|至|到)\s?)(20\d\d)(?={_DAY})")
"""Matches two dates with their years: 2025年12月至2026年3月."""
_SPAN = regex(rf"(?<!\d)(20\d\d)(\s?(?:{_DASH}|至|到)\s?)(20\d\d)(?=\s?学?年|[)）]|$)")
_YEAR = regex(r"(?<!\d)(20\d\d)(?=\s?(?:学?年|[届级]))")
_IN_WORDS = regex(r"二([〇○零])([一二三四五六七八九〇○零])([一二三四五六七八九〇○零])(?=年)")
_SCHOOL = regex(r"\s?学年")
_NEW_NUMBER = regex(r"[(\[（［](20\d\d)[)\]）］]\s?\d{1,5}\s?号")
"""Matches the end of a document number with the wrong brackets."""
_SINCE, _FROM = regex(r"年(?:\d{1,2}月|[春秋]季学期|度)?(?:以来|起|开始)"), regex(r"(?:自|从|始于)$")
_SINCE_WHEN = regex(r"年[^，。；、！？]{0,10}?(?:起|以来|开始)")
_EDITION = regex(r"年?(?:版|本(?=[）)，。、；：！？]|$))|年(?:修订|修正|试行)")
_DOCUMENT = regex(r"年[^，。；！？]{0,12}?(?:一号文件|政府工作报告)")
_OF_MEETING = regex(r"年[^，。；、！？]{0,16}?(?:文件|报告|会议|大会|全会|精神|意见|方案|规划|部署)")
_FOLLOWS = regex(r"(?:贯彻|落实|按照|根据|依据|对照|学习|传达)[^，。；、！？]{0,10}$")
_BASE = regex(r"年(?:度|底|末)?(?:为基[期数准]|的?基[期数准])")
_COMPARES = regex(r"(?:比|较|与|同|在|由|从)$")
_COMPARED = regex(
    r"年(?:度|底|末)?(?:同期|相比|提高|增长|增加|下降|降低|减少|上升|翻|多|少|的?基础|的?水平|的\d|的?\0)"
)
_FACT = regex(r"年[^。；！？]{0,60}?(?:\d|[了已])")
_CITED_BASE = regex(r"(?<!\d)(20\d\d)年(?:底|末|度)?[^，。；、{}]{0,10}\{\{\s*指标\.([^\s.{}]{1,40})\.基期")
_LAST_FIGURE = regex(r"(?:上年|去年|上一年)(?:度|底|末)?[^，。；、{}]{0,10}\d[\d.]{0,12}[%％万亿]?")
_OWN_TITLE = regex(r"(?:印发|下发|转发|发布|现将|关于)[^《》，。；]{0,6}$")
_DEADLINE = regex(
    r"(?<!\d)(20\d\d)(?=\s?年|[-./．]\d|(?:0[1-9]|1[0-2])[0-3]\d(?!\d)|[底末初前]|\s*$|\s?(?:[—–－~～-]|至|到))"
)
_LEAP_DAY = regex(r"(20\d\d)(?:年0?2月29日|[-./．]0?2[-./．]29(?!\d)|0229(?!\d))")
_BEFORE, _AFTER = 16, 80
"""How many characters around a year are read."""


class Turn(NamedTuple):
    """The years of the plan that was, and of the plan that is made."""

    old: tuple[int, int]
    new: tuple[int, int]

    @property
    def shift(self) -> int:
        """By how many years the plan moves."""
        return self.new[0] - self.old[0]


class MovedYear(NamedTuple):
    """Characters of a text and what they become."""

    start: int
    end: int
    text: str


class Doubt(NamedTuple):
    """A place that the writer decides: where it stands, and what is to be decided."""

    start: int
    note: str


class YearReading(NamedTuple):
    """What becomes of one text."""

    moved: tuple[MovedYear, ...]
    doubts: tuple[Doubt, ...]


def read_years(
    text: str,
    turn: Turn,
    *,
    own_title: bool = False,
    of_last_year: bool = False,
    bases: Mapping[str, tuple[int, int]] | None = None,
) -> YearReading:
    """What becomes of the years in `text`.

    `own_title`: the title in 《》 that it issues is the plan's own. `of_last_year`: it is about the year before. `bases` has the
    old and the new base year of each target whose base moves.
    """
    if "20" not in text and "二" not in text and "年" not in text:
        return YearReading((), ())
    plain = _masked(text, own_title=own_title)
    moved: dict[int, MovedYear] = {}
    doubts: list[Doubt] = []
    taken: set[int] = set()
    for cited in _CITED_BASE.finditer(text):
        old, new = (bases or {}).get(cited[2], (0, 0))
        taken.add(cited.start())
        if int(cited[1]) == old:
            _move(moved, cited.start(), old, new - old)
    for pattern in (_TERM, _SPAN):
        for pair in pattern.finditer(plain):
            if taken.isdisjoint((pair.start(1), pair.start(3))):
                taken.update((pair.start(1), pair.start(3)))
                is_term = pattern is _TERM or _SCHOOL.match(plain, pair.end()) is not None
                _read_span(pair, turn, moved, doubts, is_term=is_term)
    for found in _YEAR.finditer(plain):
        if found.start() not in taken:
            _read_year(plain, found, turn, moved, doubts, of_last_year=of_last_year)
    for found in _IN_WORDS.finditer(plain):
        _read_words(found, turn, moved)
    doubts += (Doubt(found.start(), f"“{found.group()}”是去年稿子里的上年数") for found in _LAST_FIGURE.finditer(plain))
    doubts += _cited_years(text, plain, turn)
    return YearReading(tuple(moved[at] for at in sorted(moved)), tuple(sorted(doubts)))


def _move(moved: dict[int, MovedYear], start: int, year: int, shift: int) -> None:
    if shift:
        moved[start] = MovedYear(start, start + 4, str(year + shift))


def _read_span(
    pair: re.Match[str], turn: Turn, moved: dict[int, MovedYear], doubts: list[Doubt], *, is_term: bool
) -> None:
    """Two years: the plan's own, a term (a school year, two dates) that reaches into the plan's years; others stay."""
    first, last = int(pair[1]), int(pair[3])
    low, high = turn.old
    own = (first, last) == turn.old or (low < high and low <= first <= last <= high)
    reaching = is_term and first <= last <= first + 1 and (low <= first <= high or low <= last <= high)
    if own or reaching:
        _move(moved, pair.start(1), first, turn.shift)
        _move(moved, pair.start(3), last, turn.shift)
    elif low <= last <= high:
        doubts.append(Doubt(pair.start(), f"“{pair.group()}”没有改，到时候已经过去"))


def _read_year(
    plain: str,
    found: re.Match[str],
    turn: Turn,
    moved: dict[int, MovedYear],
    doubts: list[Doubt],
    *,
    of_last_year: bool,
) -> None:
    year, at, end = int(found[1]), found.start(), found.end()
    low, high = turn.old
    before, after = plain[max(0, at - _BEFORE) : at], plain[end : end + _AFTER].lstrip(" ")
    shown = f"“{year}年"
    if low - 1 <= year <= high:
        why = _why_kept(before, after)
        compared = of_last_year or (_COMPARES.search(before) and _COMPARED.match(after))
        if not why and year < low and not compared and _FACT.match(after):
            why = "说的是上年的事"
        if why:
            doubts.append(Doubt(at, f"{shown}……”{why}，没有改"))
        else:
            _move(moved, at, year, turn.shift)
    elif high < year <= turn.new[1]:
        doubts.append(Doubt(at, f"{shown}……”原来说的是以后，没有改"))


def _why_kept(before: str, after: str) -> str:
    """Why a year of the plan is not the plan's year; "" if it is."""
    if _SINCE.match(after) or (_FROM.search(before) and _SINCE_WHEN.match(after)):
        return "是起始的年份"
    if _EDITION.match(after):
        return "是文本的版次"
    if _BASE.match(after):
        return "是基期"
    if _DOCUMENT.match(after) or (_FOLLOWS.search(before) and _OF_MEETING.match(after)):
        return "是那一年的文件、会议"
    return ""


def _read_words(found: re.Match[str], turn: Turn, moved: dict[int, MovedYear]) -> None:
    """A year in Chinese numerals, with the sign for zero that the writer uses."""
    zero = found[1]
    year = 2000 + sum(
        power * ("〇○".find(sign) < 0 and _DIGITS.index(sign)) for power, sign in ((10, found[2]), (1, found[3]))
    )
    if turn.old[0] <= year <= turn.old[1]:
        made = "".join(zero if digit == "0" else _DIGITS[int(digit)] for digit in str(year + turn.shift))
        moved[found.start()] = MovedYear(found.start(), found.start() + 4, made)


def _cited_years(text: str, plain: str, turn: Turn) -> Iterator[Doubt]:
    """Documents of the plan's old years: in 《》 or by their number."""
    for found in _ANY_YEAR.finditer(text):
        at = found.start()
        if plain[at] == "\0" and turn.old[0] <= int(found.group()) <= turn.old[1]:
            opening = max(text.rfind(mark, max(0, at - _AFTER), at) for mark in "《〔“([（［")
            hole = text.rfind("{{", max(0, at - _AFTER), at)
            if opening >= 0 and (hole < 0 or text.find("}}", hole, at) >= 0):
                kind = "引文" if text[opening] == "“" else "文件"
                yield Doubt(at, f"这里引的{kind}是 {found.group()} 年的，没有改")


_ANY_YEAR = regex(r"(?<!\d)20\d\d(?!\d)")


def _masked(text: str, *, own_title: bool) -> str:
    """The text with what stands inside 《》, “”, document numbers and {{ }} replaced, character by character."""
    depth = [0] * (len(text) + 1)
    for start, end in (*_enclosed(text, own_title=own_title), *_holes(text)):
        depth[start] += 1
        depth[end] -= 1
    for found in _NEW_NUMBER.finditer(text):
        depth[found.start()] += 1
        depth[found.end()] -= 1
    level, made = 0, []
    for at, mark in enumerate(text):
        level += depth[at]
        made.append("\0" if level else mark)
    return "".join(made)


def _enclosed(text: str, *, own_title: bool) -> Iterator[tuple[int, int]]:
    """The ranges between paired marks; a mark without its other half encloses nothing."""
    stack: list[tuple[str, int]] = []
    count = dict.fromkeys(_PAIRS, 0)
    for at, mark in enumerate(text):
        if mark in _PAIRS:
            stack.append((mark, at))
            count[mark] += 1
        elif mark in _OPENING and count[_OPENING[mark]]:
            while stack:
                opening, start = stack.pop()
                count[opening] -= 1
                if opening == _OPENING[mark]:
                    is_own = own_title and opening == "《" and _OWN_TITLE.search(text[max(0, start - _BEFORE) : start])
                    if not is_own:
                        yield start, at + 1
                    break


def _holes(text: str) -> Iterator[tuple[int, int]]:
    at = text.find("{{")
    while at >= 0:
        end = text.find("}}", at)
        if end < 0:
            return
        yield at, end + 2
        at = text.find("{{", end)


_YEAR_IN_HOLE = regex(r"(?<=\.年\()\s{0,3}(20\d\d)(?=\s{0,3}\))")


def read_holes(text: str, turn: Turn) -> Iterator[MovedYear]:
    """The years of yearly figures in `{{ 指标.X.年(2026) }}`, which move with the figures."""
    for start, end in _holes(text):
        for found in _YEAR_IN_HOLE.finditer(text, start, end):
            if turn.old[0] <= int(found[1]) <= turn.old[1]:
                yield MovedYear(found.start(1), found.end(1), str(int(found[1]) + turn.shift))


def read_deadline(text: str, turn: Turn) -> YearReading:
    """What becomes of the years of a deadline: those that have passed move; a later one is a doubt."""
    moved, doubts = [], []
    for found in _DEADLINE.finditer(text):
        year = int(found[1])
        if year > turn.old[1]:
            if year <= turn.new[1]:
                doubts.append(Doubt(found.start(), f"时限“{text[:20]}”原来是以后的，没有改"))
        elif _LEAP_DAY.match(text, found.start()) and (year + turn.shift) % 4:
            doubts.append(Doubt(found.start(), f"时限“{text[:20]}”没有改，新的一年没有 2 月 29 日"))
        else:
            moved.append(MovedYear(found.start(), found.end(), str(year + turn.shift)))
    return YearReading(tuple(moved), tuple(doubts))
