"""Deadlines (时限) in the forms that people type, read into one form: 2026.12.31, 12月底, 6-9月, Q3, 年底前, 长期坚持.

What is official prose already is printed as typed. Other forms are printed so: 2026.12.31, 2026/12/31, 2026-12-31 and
20261231 as 2026年12月31日; 2026.12 as 2026年12月; 12.31 as 12月31日; 2026年06月 as 2026年6月; 十二月底 as 12月底; 12月份 as 12月;
5号 as 5日; 6-9月 and 6月~9月 as 6月至9月; 2026-2028年 as 2026—2028年; 3季度 and Q3 as 第三季度. No year and no 前 is added: they
would say more than the author did.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

from planwriter.language.dates import is_leap
from planwriter.language.numerals import numeral_value
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import re, regex
from planwriter.start.typing import TypeAlias

Day: TypeAlias = tuple[int, int, int]


class Deadline(NamedTuple):
    """A deadline: how it is printed, and which days it means."""

    shown: str
    kind: str
    """日期; 长期 for a duty without an end (长期坚持, 每季度末); 期限 (30日内); 立即; "" if it is not understood."""
    first: Day | None = None
    """The first day of the time that it names; None for kinds without days."""
    last: Day | None = None
    lacks_year: bool = False
    """True if it names a month or a part of a year, but no year."""


_WIDE = str.maketrans("０１２３４５６７８９．／－～：", "0123456789./-~:")
_DIGITS = "〇零○一二三四五六七八九"
_RANGE = "[-–—~～至到]+"
_SPACE = regex(r"\s+(?=[\d年月日号初中上下底末前至到./~—–-])|(?<=[\d年月日至到./~—–-])\s+")
_MONTH, _DAY = r"(0?[1-9]|1[0-2])", r"(0?[1-9]|[12]\d|3[01])"
_YEAR_IN_WORDS = regex(rf"([{_DIGITS}]{{4}})(?=年)")
_IN_WORDS = regex(r"(?<![每第个一二三四五六七八九十])([一二三四五六七八九十]{1,3})(?=月(?!季))")
_DAY_IN_WORDS = regex(r"(?<=月)([一二三四五六七八九十]{1,3})(?=[日号])")
_FULL = regex(
    rf"(?<![\d.])(20\d\d)(?:\.{_MONTH}\.{_DAY}|/{_MONTH}/{_DAY}|-{_MONTH}-{_DAY}|(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]))日?(?![\d.])"
)
_YEAR_AND_MONTH = regex(rf"(?<![\d.])(20\d\d)(?:[./]{_MONTH}|-(0[1-9]|1[0-2])|-([1-9])(?!\d|年))月?(?![\d.年])")
_MONTH_AND_DAY = regex(
    rf"(?<![\d.年月])()(?:{_MONTH}[./]{_DAY})(?:日(?=$|前|[之以]前|{_RANGE})|(?=$|前|[之以]前|{_RANGE}))"
)
_PLAIN = (
    (regex(r"(?<=\d)月份"), "月"),
    (regex(r"(?<=\d)号"), "日"),
    (regex(r"(?<=[年月])0(?=[1-9][月日])|^0(?=[1-9]月)"), ""),
    (regex(r"^(20\d\d)$|(?<!\d)(20\d\d)(?=年?[底末初]|下半|上半)(?!年)"), r"\1\2年"),
    (regex(rf"(?<!\d)(20\d\d)年?{_RANGE}(20\d\d)年?(?=$|[，、；。])"), r"\1—\2年"),
    (regex(r"(?<!\d)(1[0-2]|[1-9])月?[-–—~～至到]+(1[0-2]|[1-9])月"), r"\1月至\2月"),
    (regex(r"(?<=[年月])(1[0-2]|[1-9])[-–—~～](1[0-2]|[1-9])$"), r"\1月至\2月"),
    (regex(r"(?<=月)[-–—~～至到]+(1[0-2]|[1-9])$"), r"至\1月"),
    (regex(r"(?<=[年月日旬底初])[-–—~～]+(?=\d|第|[一二三四]季)"), "至"),
    (regex(r"(?<=[前底末内日月度旬])(?:完成|完毕)$"), ""),
)
_QUARTER = regex(r"(?<![A-Za-z])[Qq]([1-4])(?!\d)|(?<!\d)第?([1-4])季度?(?=$|[^节])")

_POINT = regex(
    r"(?:(?<!\d)(20\d\d)年)?(?:(?<!\d)(1[0-2]|[1-9])月(?:(3[01]|[12]\d|[1-9])日|([上中下]旬|[初底末]))?"
    r"|第?([一二三四])季(?:度|末)|([上下]半年|年[中底末内初]|全年|当年|[今本]年|春季学期|秋季学期|上学期|下学期|寒假|暑[假期]|开学|汛[前期]|高考|中考"
    r"|元旦|春节|清明|五一|国庆节?|中秋)|(?<=\d年)([中底末内初](?!旬)))|(?<!\d)(20\d\d)(?=[年—])"
)
_PART_OF_MONTH = {"上旬": (1, 10), "初": (1, 5), "中旬": (11, 20), "下旬": (21, 31), "底": (21, 31), "末": (21, 31)}
_PART_OF_YEAR: dict[str, tuple[int, int]] = {
    **{"上半年": (1, 6), "下半年": (7, 12), "年中": (6, 6), "年底": (12, 12), "年末": (12, 12), "年内": (1, 12)},
    **{"年初": (1, 1), "全年": (1, 12), "当年": (1, 12), "今年": (1, 12), "本年": (1, 12)},
    **{"春季学期": (2, 7), "下学期": (2, 7), "秋季学期": (9, 12), "上学期": (9, 12), "寒假": (1, 2)},
    **{"暑假": (7, 8), "暑期": (7, 8), "开学": (9, 9), "汛前": (1, 5), "汛期": (5, 9), "高考": (6, 6), "中考": (6, 6)},
    **{
        "元旦": (1, 1),
        "春节": (1, 2),
        "清明": (4, 4),
        "五一": (5, 5),
        "国庆": (10, 10),
        "国庆节": (10, 10),
        "中秋": (9, 9),
    },
}
_EACH = regex(
    r"每(?:[一两二三半]?个?)?(?:年|月|周|日|天|季|学期|学年|旬)|按[年月季周日旬]|逐[年月季步]|定期|不定期|适时|分年度|分阶段"
)
_LASTING = regex(
    r"长期|持续|常年|常态|一直|始终|贯穿|不断|经常|坚持|日常|永久|长久|全程|滚动|规划期内|计划期内|期末|动态|规划期|行动期|期间"
)
_AT_ONCE = regex(
    r"即日起|即时|即刻|立即|立行立改|马上|随时|即行|自?印发之日|已完成|按(?:上级|省|市|县|国家|有关|规定|要求|时序|计划|进度)|另行|视情|根据|结合"
)
_WITHIN = regex(
    r"\d+个?(?:工作)?(?:日|天|周|月|年|小时)[以之]?内|之日起|[一二三四五六七八九十]+(?:个月|年|天|周)[以之]?内"
)
_ODD = regex(r"\d\d+(?:\.\d+)*(?=$|[./年月日-])|\d[月年]|[月年]\d")
"""Matches figures of a date that is not read."""
_OF_ONE_YEAR = ("上半年", "下半年", "年初", "年中", "年底", "年末", "年内")
_LONGEST = 200


def read_deadline(typed: str, first_year: int = 0) -> Deadline:
    """What a deadline means; `first_year` is the year of one that names none (10月底前)."""
    return _read(typed, first_year) if len(typed) <= _LONGEST else Deadline(typed, "")


@functools.lru_cache(maxsize=1024)
def _read(typed: str, first_year: int) -> Deadline:
    shown = _official(typed)
    points = list(_points(shown, first_year))
    rest = _POINT.sub("", _EACH.sub("", shown))
    if _EACH.search(shown):
        return Deadline(shown, "长期")
    if _WITHIN.search(shown):
        return Deadline(shown, "期限")
    if _ODD.search(rest) or any(first is None for first, _ in points):
        return Deadline(typed, "")  # 26年12月, or a day that does not exist
    if points:
        named = list(_POINT.finditer(shown))
        lacks = not any(match[1] or match[8] for match in named) and any(
            match[2] or match[5] or match[6] in _OF_ONE_YEAR for match in named
        )
        return Deadline(shown, "日期", points[0][0], max(last for _, last in points if last), lacks)
    if _LASTING.search(shown):
        return Deadline(shown, "长期")
    return Deadline(shown, "立即") if _AT_ONCE.search(shown) else Deadline(typed, "")


def _official(typed: str) -> str:
    """A deadline in the form that is printed."""
    text = typed.strip()
    bare = text.translate(_WIDE).rstrip("。；;，,、. ")
    bare = _SPACE.sub("", bare)
    bare = _YEAR_IN_WORDS.sub(lambda year: "".join(str(max(0, _DIGITS.index(sign) - 2)) for sign in year[1]), bare)
    for pattern in (_IN_WORDS, _DAY_IN_WORDS):
        bare = pattern.sub(lambda found: str(numeral_value(found[1]) or found[1]), bare)
    for pattern in (_FULL, _YEAR_AND_MONTH, _MONTH_AND_DAY):
        bare = pattern.sub(_written, bare)
    bare = _QUARTER.sub(lambda found: f"第{'一二三四'[int(found[1] or found[2]) - 1]}季度", bare)
    for pattern, new in _PLAIN:
        if pattern.search(bare):  # a template with groups is compiled too
            bare = pattern.sub(new, bare)
    return bare


def _written(found: re.Match[str]) -> str:
    """A date of figures with 年, 月 and 日; as typed if there is no such day."""
    groups = [group for group in found.groups()[1:] if group]
    month, day = int(groups[0]), int(groups[1]) if len(groups) > 1 else 0
    year = int(found[1]) if found[1] else 0
    if day > _length(year or 2024, month):
        return found.group()
    return (f"{year}年" if year else "") + f"{month}月" + (f"{day}日" if day else "")


def _points(shown: str, year: int) -> Iterator[tuple[Day | None, Day | None]]:
    """The first and the last day of each time that a deadline names; None for a day that does not exist."""
    for found in _POINT.finditer(shown):
        own, month, day, part, quarter, season, end, alone = found.groups()
        year = int(own or alone or year)
        if month:
            length = _length(year, int(month))
            low, high = (int(day), int(day)) if day else _PART_OF_MONTH.get(part or "", (1, length))
            if low > length:
                yield None, None
                continue
            yield (year, int(month), low), (year, int(month), min(high, length))
            continue
        first, last = 1, 12
        if quarter:
            last = 3 * ("一二三四".index(quarter) + 1)
            first = last - 2
        elif season or end:
            first, last = _PART_OF_YEAR[season or f"年{end}"]
        yield (year, first, 1), (year, last, _length(year, last))


def _length(year: int, month: int) -> int:
    return (31, 29 if is_leap(year) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]
