"""Finds words that a hole prints and the text around it says again: {{ 指标.学位 }}个 printed as 300个个 (PW236)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import re

_MAX_UNIT = 10
_MAX_WORD = 12
_NEAR = 40
"""As many characters before and after a hole are looked at."""
_SAID_BEFORE = ("新增", "力争")
_SAID_BEHIND = ("以上", "以内", "左右")
_STOPS = "。；，、："
_PAIRS = (("《", "》"), ("（", "）"), ("“", "”"))
_DUE = ("底前", "月前", "日前", "末前", "初前", "年前")
_LINKS = ("的", "和", "与", "及", "并", "以上", "以下", "以内", "左右", "为")
_OTHER_WORDS = """
人才 人员 人均 人民 人口 人居 人力 人工 人大 人体 人群 人社 人物 人文 人人 个人 个体 个性 个别 个案 所有 所需 所属
所在 所谓 所以 家庭 家长 家校 家政 家具 家风 家访 家教 家电 家园 名师 名校 名优 名特 名牌 名录 名单 名额 名医 项目
场地 场所 场馆 场站 场次 处置 处理 处室 处级 条例 条件 条款 次数 次日 次序 班级 班子 班主 座谈 座位 套餐 套房 支持
支部 支付 期末 期间 期中 年度 年级 年均 年底 年初 年轻 台账 户均 户外 户口 户籍 位于 位置 村民 村委 村级 村居 校长
校园 校车 校舍 校内 校外 县级 县域 县城 镇级 镇村 亩均 本级 本地 本校 本年 份额 节约 节水 节日 节能 门诊 门类 组织
组建 队伍 点位 站点 床位 课堂 课程 学校 学生 学位 岗位 元旦 对口 对接 对外 间隔 度假 件件 片区 片长 街道 社区 园区
"""
"""Words that begin like a unit and may follow a figure: 3名名师 repeats nothing."""
_BEGINNINGS = frozenset(_OTHER_WORDS.split())
_FIRST = frozenset(word[0] for word in _BEGINNINGS)


class Doubled(NamedTuple):
    """Words said twice: their ranges in the typed text, the hole that prints them, and how both read."""

    cuts: tuple[tuple[int, int], ...]
    words: str
    hole: str
    shown: str
    is_certain: bool = True
    """True if the words can be left out without a change of meaning."""
    tail: int = 0
    """As many characters at the end of what the hole prints are the same words; 0 if they stand elsewhere."""
    is_unit: bool = False


def doubled_words(typed: str, filled: str, marks: Sequence[tuple[int, int, bool]]) -> Iterator[Doubled]:
    """The words that the holes of a text repeat; `marks` are the pieces of the text as `fill` gives them."""
    ends = [*marks[1:], (len(filled), len(typed), False)]
    for at, ((start, begin, is_hole), (end, close, _)) in enumerate(zip(marks, ends, strict=True)):
        if not is_hole or start == end:
            continue
        head = filled[max(marks[at - 1][0], start - _NEAR) : start] if at and not marks[at - 1][2] else ""
        rest = filled[end : min(ends[at + 1][0], end + _NEAR)] if at + 1 < len(marks) and not marks[at + 1][2] else ""
        printed = filled[start:end]
        if _may_repeat(printed, head, rest):
            hole = _Hole(printed, typed[begin:close], head, rest, begin, close)
            found = hole.after() or hole.around() or hole.before()
            if found:
                yield found


def _may_repeat(printed: str, head: str, rest: str) -> bool:
    """False if the characters next to a hole show that nothing is said twice, as at most holes."""
    first = rest[:1]
    if first and (first in printed[-_MAX_WORD:] or first in "％前" or (first in _STOPS and printed[-1] in _STOPS)):
        return True
    return head != "" and (printed[0] in head[-_MAX_WORD:] or head.endswith("百分之"))


class _Hole(NamedTuple):
    printed: str
    expression: str
    head: str
    """What is printed before the hole, if literal characters stand there."""
    rest: str
    """The literal characters behind it."""
    begin: int
    end: int

    def after(self) -> Doubled | None:
        """Words behind the hole: a unit, a mark, or a word that the value ends with."""
        for word, is_certain, is_unit in self._tails():
            if word and self.rest.startswith(word):
                tail = len(word) if self.printed.endswith(word) else 0
                cut, shown = (self.end, self.end + len(word)), self.printed[-12:] + word
                return Doubled((cut,), word, self.expression, shown, is_certain, tail, is_unit)
        return None

    def _tails(self) -> Iterator[tuple[str, bool, bool]]:
        """Words that must not follow the value, whether they can be left out for certain, and whether they are a unit."""
        for word in self._units():
            yield word, not (word == "人" and self.rest.startswith("人次")), True
        last = self.printed[-1:]
        if last in _STOPS and self.rest[:1] in _STOPS:
            yield self.rest[:1], self.rest[:1] == last, False
        if self.printed.endswith(_DUE):
            yield "前", True, False
        for length in range(min(len(self.printed), len(self.rest), _MAX_WORD), 1, -1):
            word = self.rest[:length]
            if word in _SAID_BEHIND and self._cites_a_target():
                continue  # a bound said twice is PW415
            if self.printed.endswith(word) and _is_chinese(word):
                yield word, True, False

    def _units(self) -> Iterator[str]:
        """The unit of the figure that the hole prints, or its end, if the characters behind the hole are that unit again."""
        unit = _behind_the_figure(self.printed)
        for said in _SAID_BEHIND:
            unit = unit.removesuffix(said)
        if unit == "%":
            yield "％"
        for start in range(len(unit)):
            word = unit[start:]
            if self.rest.startswith(word) and _is_repeated(word, self.rest[len(word) :], is_whole=start == 0):
                yield word

    def around(self) -> Doubled | None:
        """A pair of marks around the hole whose value has them already."""
        for first, last in _PAIRS:
            is_inside = self.head.endswith(first) and self.rest.startswith(last)
            has_both = self.printed.startswith(first) and self.printed.endswith(last) and self.printed.count(first) == 1
            if is_inside and has_both:
                cuts = (self.begin - 1, self.begin), (self.end, self.end + 1)
                return Doubled(cuts, first + last, self.expression, f"{first}{self.printed}{last}")
        return None

    def before(self) -> Doubled | None:
        """Words before the hole: 百分之 before 95%, 新增托位 before 新增300个, or a word that the value begins with."""
        if self.head.endswith("百分之") and re.search(r"%(?:以上|以内|左右)?\Z", self.printed):
            return self._before("百分之", len(self.head) - 3)
        said = self.printed[:2]
        at = self.head.rfind(said, max(len(self.head) - _MAX_WORD, 0)) if said in _SAID_BEFORE else -1
        if at >= 0 and _is_chinese(self.head[at + 2 :]):
            return self._before(said, at)
        if self._cites_a_target():
            return None  # a bound said twice is PW415
        for length in range(min(len(self.printed), len(self.head), _MAX_WORD), 1, -1):
            word = self.head[-length:]
            if self.printed.startswith(word) and _is_chinese(word):
                return self._before(word, len(self.head) - length)
        return None

    def _cites_a_target(self) -> bool:
        return self.expression[2:].lstrip().startswith("指标.")

    def _before(self, word: str, at: int) -> Doubled:
        back = len(self.head) - at
        cut = self.begin - back, self.begin - back + len(word)
        return Doubled((cut,), word, self.expression, f"{self.head[at:]}{self.printed[:12]}")


def _behind_the_figure(printed: str) -> str:
    """The unit and what follows it at the end of a printed figure; "" if the value does not end so."""
    for at in range(len(printed) - 1, max(len(printed) - _MAX_UNIT - 2, -1), -1):
        if printed[at].isdecimal():
            return printed[at + 1 :]
    return ""


def _is_chinese(word: str) -> bool:
    return word.isalpha() and not any(mark.isascii() for mark in word)


def _is_repeated(word: str, rest: str, *, is_whole: bool) -> bool:
    """True if `word` behind a figure with this unit is the unit again, and does not begin a different word."""
    following = rest[:1]
    if not _is_chinese(following) or rest.startswith(_LINKS):
        return True
    if len(word) > 1 or not word.isalpha() or word + following == "人次":
        return True
    return is_whole and word in _FIRST and word + following not in _BEGINNINGS
