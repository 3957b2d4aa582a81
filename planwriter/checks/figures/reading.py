"""Reads figures with units from Chinese prose: the thing measured, the amount, the year, and the sense.

The words are tuples instead of patterns: compiling a pattern of Chinese words takes longer than reading a plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex

WHOLE = frozenset("名人位所家座间栋台辆册门节期批篇支组户件只头株个项场次处套")
"""Units of things that are counted in whole numbers."""
_UNITS = WHOLE.union(
    (
        "个百分点",
        "百分点",
        "%",
        "％",
        "‰",
        "平方公里",
        "平方千米",
        "平方米",
        "公里",
        "千米",
        "公顷",
        "公斤",
        "亿元",
        "万元",
    ),
    ("人次", "场次", "课时", "学时", "元", "米", "亩", "吨", "条", "类", "种", "部", "对", "份"),
)
_PER_100_000 = "/10万"
_MAGNITUDES = frozenset("十百千万亿")
_OPENS_UNIT = _MAGNITUDES.union(unit[0] for unit in _UNITS)
_LONGEST_UNIT = 4
_LONGEST_NAME = 60
_REACH = 200
"""How many characters before and after a figure are read for its meaning."""
_NUMBER = regex(r"(?<![\d.:/A-Za-z-])\d+(?:\.\d+)?")
SENTENCE = regex(r"[^。；;！？\n]+")
YEAR = regex(r"(?<!\d)((?:19|20)\d\d)年")
_TITLE = regex(r"《[^》]{0,200}》|〔[^〕]{0,200}〕|“[^”\d]{0,20}\d[^”]{0,40}”")
_APART = ("（", "(", "，", "：", ":")
_BREAKS = frozenset("，,、：:（）()—－/")


def _longest_first(*words: str) -> tuple[str, ...]:
    return tuple(sorted(words, key=len, reverse=True))


_BOUNDS = (
    "不低于", "不少于", "不小于", "不超过", "不高于", "不得低于", "不得少于", "不得超过", "不得高于", "不能低于", "不能少于", "不能超过", "不能高于", "≥", "≤", "高于", "低于", "超过", "突破", "至少", "大约", "约", "近", "超",
)  # fmt: skip
_GOALS = tuple(
    verb + to
    for verb in ("提高", "提升", "增加", "扩大", "上升", "下降", "降低", "压减", "减少", "调整")
    for to in "到至"
)
_GOALS += ("增至", "升至", "升到", "降至", "降到")
_LINKS = _longest_first(
    *_BOUNDS, *_GOALS, "达到", "达", "控制在", "稳定在", "保持在", "保持", "为", "是", "共", "力争", "争取", "确保", "要求", "必须", "须", "应", "均", "指标", "目标值", "都",
    "全部", "总体", "稳定", "分别", "总数", "数量", "人数", "总量", "面积", "将", "要", "由", "从", "在",
)  # fmt: skip
"""Words that may stand between a name and its figure."""
_OPENINGS = _longest_first(
    *(f"全{word}" for word in "县市区省旗域乡镇校"), *(f"我{word}" for word in "县市区省"), "力争", "力求", "争取", "确保", "努力", "实现", "推动",
    "促进", "使", "将", "让", "把", "其中", "同时", "继续", "进一步", "计划", "安排", "落实", "完成", "年内", "全年", "今年", "当年", "到年底", "年底前", "年底", "年末",
)  # fmt: skip
"""Words that may stand before a name without being part of it."""
_YEAR_BEFORE = regex(r"(?:到|至|在|截至)?(?:19|20)\d\d年(?:底前|年底|年末|底|末)?")
_YEAR_BEHIND = regex(r"(?:到|至|在)?(?:19|20)\d\d年(?:底|末)?的?$")
_FROM_TO = regex(r"[由从][^，。；由从]{0,16}?\d[\d.]*[^，。；\d]{0,8}?[到至]$")
"""The words between the name and the goal in 覆盖率由93.2%提高到95%."""
_CHANGES = tuple(
    verb + more
    for verb in (
        "提高",
        "提升",
        "增加",
        "增长",
        "扩大",
        "上升",
        "下降",
        "降低",
        "压减",
        "减少",
        "节约",
        "缩短",
        "增",
        "升",
        "降",
    )
    for more in ("", "了", "约", "近", "超过", "不低于", "不少于")
)
_PAST = ("已", "现有", "目前", "现在", "上年", "去年", "原有", "截至", "以来", "累计", "当前", "基期")
_SCOPES = (
    "其中", "城区", "城镇", "农村", "乡村", "乡镇", "中心城", "市区", "县城", "各县", "各区", "各乡", "各镇", "各校", "每", "平均", "人均", "分别",
    "部分", "试点", "示范", "重点", "市级", "县级", "省级", "国家级", "季度", "半年", "学期", "阶段", "一期", "二期", "三期", "首批", "第一批",
)  # fmt: skip
"""Words that restrict the following figures to a part."""
_WITHIN_YEAR = regex(r"(?<!\d)(?:[1-9]|1[01])月")
_ROUGH_AFTER = ("多", "余", "左右", "以上", "以内", "以下", "上下", "之内", "及以上")
_AT_MOST = ("不超过", "不高于", "不得超过", "控制在")


_OF_GOALS = ("的目标", "的水平", "的要求", "的标准", "的指标")
"""What a figure is called that is a goal: 95%的目标. Any other noun behind 的 has the figure as a condition."""
_PROGRESS = tuple(
    how + verb
    for how in ("稳步", "持续", "不断", "进一步", "逐步")
    for verb in ("提高", "提升", "扩大", "增长", "上升")
)
_FOCUS = ("突出重点", "聚焦重点", "重点任务", "重点工作", "抓重点")
"""Phrases with a word of _SCOPES that restrict nothing."""


class Amount(NamedTuple):
    """A figure in a sentence; `start` and `end` are indices in the whole text."""

    start: int
    end: int
    value: Decimal
    unit: str
    lead: str
    """The sentence before it."""
    after: str
    """The rest of the sentence."""
    name: str
    """The noun phrase in the same clause that the figure belongs to: 普惠性幼儿园覆盖率, 新建公办幼儿园."""

    @property
    def apart(self) -> str:
        """The noun phrase before the mark behind which the figure stands: 覆盖率（不低于95%）, 覆盖率：95%; "" if none does."""
        lead = _without_links(self.lead)
        if not lead.endswith(_APART):
            return ""
        lead = lead[:-1].rstrip(" ")
        return name_before(next((lead.removesuffix(each) for each in _PROGRESS if lead.endswith(each)), lead))

    @property
    def shown(self) -> str:
        """The figure with its unit."""
        return f"{self.value:f}{self.unit}"

    @property
    def sense(self) -> str:
        """The sense of the figure: 是 (a value or goal), 变 (a change), 原 (a former value), 若 (a condition)."""
        if self.unit.endswith("百分点") or self.lead.endswith(_CHANGES):
            return "变"
        after = self.after.removeprefix("以上").removeprefix("以下").removeprefix("以内")
        if after.startswith("的") and not after.startswith(_OF_GOALS):
            return "若"
        near = self.lead.replace(self.name, "")[-24:]
        behind, nearest = self.after[:12], near[-16:]
        if any(word in behind for word in _GOALS):
            return "原"
        if any(word in nearest for word in "由从比较") and not near.endswith(_GOALS):
            return "原"
        return "原" if any(word in near for word in _PAST) else "是"

    @property
    def is_rough(self) -> bool:
        """True if it is a bound or an estimate: 约3所, 3所以上."""
        return self.lead.endswith(_BOUNDS) or self.after.startswith(_ROUGH_AFTER)

    @property
    def bound(self) -> str:
        """至多 for an upper bound (不超过, 以内), else 至少; a figure without a bound counts as 至少."""
        low = self.lead.endswith("低于") and not self.lead.endswith(("不低于", "不得低于"))
        return "至多" if low or self.lead.endswith(_AT_MOST) or self.after.startswith(("以内", "以下")) else "至少"

    @property
    def is_narrow(self) -> bool:
        """True if words before its name restrict it to a part: 其中, 在城区, 各乡镇, 6月底前."""
        before = self.lead[: self.lead.rfind(self.name)]
        for phrase in _FOCUS:
            before = before.replace(phrase, "")
        return any(word in before for word in _SCOPES) or _WITHIN_YEAR.search(before) is not None

    @property
    def years(self) -> list[int]:
        """The years named before it in its sentence."""
        lead = _FROM_TO.sub("", self.lead) if self.lead.endswith(("到", "至")) else self.lead
        return [int(year) for year in YEAR.findall(lead)]


def amounts(text: str) -> Iterator[Amount]:
    """The figures with units in a text; document titles in it must be blanked (`without_titles`)."""
    for sentence in SENTENCE.finditer(text):
        for match in _NUMBER.finditer(text, *sentence.span()):
            unit, end = unit_at(text, match.end())
            before = text[max(0, match.start() - 2) : match.start()]
            if unit and before[-1:] not in ("第", "．", "／") and not (before[-1:] == "：" and before[0].isdigit()):
                lead = text[max(sentence.start(), match.start() - _REACH) : match.start()].rstrip(" ")
                after = text[end : min(sentence.end(), end + _REACH)]
                yield Amount(match.start(), end, Decimal(match.group()), unit, lead, after, name_before(lead))


def unit_at(text: str, at: int) -> tuple[str, int]:
    """The unit that begins at an index of a text, and the index of its end; "" if there is none."""
    if text.startswith(" ", at):
        at += 1
    if text.startswith(_PER_100_000, at):
        return _PER_100_000, at + len(_PER_100_000)
    if text[at : at + 1] not in _OPENS_UNIT:
        return "", at
    begin = at
    while True:
        for length in range(_LONGEST_UNIT, 0, -1):
            if text[at : at + length] in _UNITS and at + length <= len(text):
                return text[begin : at + length].replace("％", "%"), at + length
        if text[at : at + 1] not in _MAGNITUDES or at - begin == 2:
            break
        at += 1
    return (text[begin:at], at) if text[begin:at] in ("万", "亿") else ("", begin)


def without_titles(text: str) -> str:
    """A text with its document titles and document numbers blanked; indices stay the same."""
    if "《" in text or "〔" in text or "“" in text:
        return _TITLE.sub(lambda title: "\0" * len(title.group()), text)
    return text


def _without_links(lead: str) -> str:
    """The words before a figure, without the verb and the bound between them."""
    while lead.endswith(_LINKS):
        lead = lead[: -next(len(word) for word in _LINKS if lead.endswith(word))]
    return lead


def name_before(lead: str) -> str:
    """The noun phrase before a figure, without the verb and the bound between them."""
    if lead.endswith(("到", "至")):
        lead = _FROM_TO.sub("", lead)
    begin = len(lead)
    while len(lead) - begin < _LONGEST_NAME and begin and lead[begin - 1] not in _BREAKS:
        begin -= 1
    name = _without_links(lead[begin:])
    if name.endswith(("年", "底", "末", "的")):
        name = _YEAR_BEHIND.sub("", name)
    while True:
        year = _YEAR_BEFORE.match(name) if "年" in name else None
        if year:
            name = name[year.end() :]
        elif name.startswith(_OPENINGS):
            name = name[next(len(word) for word in _OPENINGS if name.startswith(word)) :]
        else:
            return name
