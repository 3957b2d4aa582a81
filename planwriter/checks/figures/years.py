"""Finds years that a plan cannot mean: a deadline before it begins, a goal left over from an older plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planwriter.checks.figures.passages import Passage
from planwriter.checks.figures.reading import SENTENCE
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding
from planwriter.model import Table
from planwriter.model.memo import NO_MEMO, Memo
from planwriter.start.patterns import re, regex

_SEASON = "[春秋]季(?:学期)?(?:开学)?|[上下]半年|第?[一二三四1-4]季度|暑[期假]|寒假|汛期|春节|国庆|开学|中秋|高考|中考"
_GOAL = regex(rf"(到|至)?(?<!\d)(20\d\d)年(?:年?[底末内]|\d{{1,2}}月(?:[底份]|\d{{1,2}}日)?|{_SEASON})?(之?以?前)?")
_PAST = (
    "已",
    "截至",
    "截止",
    "共有",
    "现有",
    "累计",
    "以来",
    "实现了",
    "完成了",
    "曾",
    "原有",
    "上年",
    "去年",
    "较",
    "基础上",
    "相比",
    "总结",
    "回顾",
    "基期",
    "历史",
    "印发",
    "发布",
    "出台",
    "修订",
    "成立",
    "毕业",
    "前期",
)
_OWN = regex(
    r"(?:制[定订][^，。]{0,6}|为[^，。]{0,4}做好)(20\d\d)年[^，。]{0,16}(?:要点|方案|计划|工作)|(20\d\d)年[^，。、]{0,12}总体(?:要求|思路)"
)
"""Matches the plan's own year in a description of the plan: 2026年全县教育工作的总体思路."""
_OPENING = regex(r"(20\d\d)年(?:，|(?=[全我本][县市区省州旗镇乡校局]))")
"""Matches the beginning of the first paragraph of a plan for one year: 2026年，全县教育工作以提质量为重点."""
_AIMS = (
    "努力",
    "力争",
    "确保",
    "紧紧围绕",
    "紧扣",
    "锚定",
    "聚焦",
    "为重点",
    "为主线",
    "为目标",
    "重点做好",
    "重点抓好",
    "要坚持",
    "要以",
    "工作坚持",
    "工作以",
    "为中心",
    "为指导",
)
_WILL = regex(r"(?<!\d)(20\d\d)年，?(?:力争|争取|确保(?!了))")
"""Matches a year whose aims are stated: 2025年力争建成."""
_DIGIT = regex(r"\d")
_STOP = regex("[，。；、]")
_DONE = ("了", "取得", "荣获", "完成", "实现", "达到", "获得", "圆满", "成效", "成绩")
_DEADLINE_HEAD = regex(
    r"\s*(?:计划|预计|拟)?(?:完成|办结|竣工|完工|投用|截止)(?:时间|时限|期限|日期)\s*|\s*时限(?:要求)?\s*"
)
"""Matches the header of a column of deadlines."""
_CELL_YEAR = regex(r"(?<!\d)(20\d\d)(?:年(?:\d{1,2}月(?:\d{1,2}日)?)?)?(?=\D|$)")
_COMPARED = ("上年", "去年", "较", "相比")
_JOINED = frozenset("年0123456789")


def stray_years(passage: Passage, text: str, span: tuple[int, int]) -> Iterator[Finding]:
    """Yields a finding for each year that must be a year of the plan but is outside its span."""
    if not span[0] or "20" not in text:
        return
    words = f"{span[0]}—{span[1]}年" if span[0] != span[1] else f"{span[0]}年"
    if _is_old_opening(text, span):
        place = passage.place(0, 5)
        if place:
            yield finding("PW443", place, text=text[:5], span=words)
    for sentence in SENTENCE.finditer(text):
        if "20" not in sentence.group():
            continue
        is_past = any(word in sentence.group() for word in _PAST)
        for start, end in _strays(sentence, span, is_past=is_past, is_deadline=passage.is_deadline):
            place = passage.place(start, end)
            if place:
                yield finding("PW443", place, text=text[start:end], span=words)


def past_deadlines(tables: Iterable[Table], span: tuple[int, int], memo: Memo = NO_MEMO) -> Iterator[Finding]:
    """Yields a finding for each deadline before the plan in a column 完成时间 of a typed table."""
    for table in tables if span[0] else ():
        yield from memo.once(_past_deadlines_in, table, by=span)


def _past_deadlines_in(first: int, last: int, table: Table) -> tuple[Finding, ...]:
    return tuple(_past_deadlines(table, first, last))


def _past_deadlines(table: Table, first: int, last: int) -> Iterator[Finding]:
    words = f"{first}—{last}年" if first != last else f"{first}年"
    columns = [at for at, head in enumerate(table.rows[0]) if _DEADLINE_HEAD.fullmatch(head.value)]
    for row in table.rows[1:] if columns else ():
        for cell in (row[at] for at in columns if at < len(row)):
            found = list(_CELL_YEAR.finditer(cell.value))
            is_told = any(word in cell.value for word in ("已", "上年")) or any(
                map(_is_goal, _GOAL.finditer(cell.value))
            )
            if found and int(found[-1][1]) < first and not is_told:
                place = cell.place(*found[-1].span())
                if place:
                    yield finding("PW443", place, text=found[-1].group(), span=words)


def _strays(
    sentence: re.Match[str], span: tuple[int, int], *, is_past: bool, is_deadline: bool
) -> Iterator[tuple[int, int]]:
    text = sentence.string
    found = list(_GOAL.finditer(text, *sentence.span()))
    for match in found[-1:] if is_deadline else found:
        meant = is_deadline or (not is_past and _is_goal(match))
        if meant and _is_outside(int(match[2]), span):
            yield match.span()
    for match in _WILL.finditer(text, *sentence.span()) if not is_past else ():
        if int(match[1]) < span[0]:
            yield match.start(), match.start() + 5
    if span[0] == span[1] and not is_past and ("制" in text or "做好" in text or "总体" in text):
        for match in _OWN.finditer(sentence.group()):
            nth = 1 if match[1] else 2
            if int(match[nth]) < span[0]:
                yield sentence.start() + match.start(nth), sentence.start() + match.end(nth) + 1


def _is_old_opening(text: str, span: tuple[int, int]) -> bool:
    """True for a paragraph left over from last year's plan: it begins with last year, states aims, and omits this year."""
    text = text.partition("\n")[0]
    begins = _OPENING.match(text)
    if not begins or span[0] != span[1] or int(begins[1]) != span[0] - 1 or str(span[0]) in text:
        return False
    if any(map(text.__contains__, _COMPARED)) and _DIGIT.search(text, 5):
        return False  # what last year was, in figures
    past = (word for word in (*_DONE, *_PAST) if word not in _COMPARED)
    return any(map(text.__contains__, _AIMS)) and not any(word in text for word in past)


def _is_outside(year: int, span: tuple[int, int]) -> bool:
    """True if no goal of the plan can have this year.

    A plan for one year may set later dates, and a plan for several years may name long-term goals for 2030 or 2035.
    """
    return year < span[0] or (year > span[1] and span[0] != span[1] and year % 5 != 0)


def _is_goal(match: re.Match[str]) -> bool:
    """True for 到2025年 and 2025年底前, but not for joined years (2021年到2025年) or a description (2025年底前竣工的)."""
    text = match.string
    joined = match[1] and text[max(0, match.start() - 1) : match.start()] in _JOINED
    clause = _STOP.split(text[match.end() : match.end() + 30], maxsplit=1)[0]
    return bool(match[1] or match[3]) and not joined and "的" not in clause
