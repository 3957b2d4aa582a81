"""The parts of a figure in prose: its number, its unit, its bound, its year."""

from __future__ import annotations

from planwriter.checks.figures.reading import unit_at
from planwriter.language.figures import BEFORE, TypedFigure, read_figure
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import re, regex

NUMBER = regex(
    r"(?<!\d )(?<![\d０-９.:/A-Za-z＋+~～—–\-*_第〔×∶])(?:0|[1-9]\d{0,11})(?:\.\d{1,6})?(?![\d.]|[:A-Za-z*_+＋~～—–×-]|/(?!10万)|[∶： ]\d)",
    re.ASCII,
)
_WORDS = regex(r"[余多]?(?:百(?!分)|千(?![米克瓦伏])|[十万亿]){0,3}[余多]?")
_MORE_UNITS = regex(
    r"微克/立方米|毫克/升|元/吨|立方米|平方|吨标准?煤|千瓦时|千瓦|兆瓦|美元|批次|户次|亩次|件次|例次|人份|标箱|班次|车次|架次|[枚盏棵桩孔粒艘匹羽桶]|顶(?![层端点级岗格部住])|床(?![位铺单])|路(?![灯口面径线桥段由])|片(?![区面段长])|分(?![别类级局公散享行析之项钟布配])"
    r"|个月|个工作日|工作日|分钟|小时|天(?![然气津])|支(?![持部出撑付队])|支(?=队伍)|张(?![贴榜家])|例(?![行如会外])|头(?![部等条])|根(?![据治本])|口(?![径岸号碑腔])"
    r"|方(?![面案式法向便可能阵志])|单(?![位元独项个一品产])|块(?!链)|首(?![批次个席创])|集(?![中体团成聚合市约])|副(?![主书县市省高校])|架(?![设构])|眼(?![科镜部])"
    r"|本(?![科级地县市区校次年行方项])|份(?!额)|宗(?![旨教地])|斤|粒|笔(?!试)|尾(?![矿气水])|幅(?!度)|株|张|瓶|册|把(?![关握控])|面(?![积向对临粉貌])"
)
"""Matches units that only the figures of targets have: the rules on figures do not read them."""
SPANS = frozenset(("个月", "个工作日", "工作日", "分钟", "小时", "天"))
_YEAR = regex(r"(?<!\d)(20\d\d)年")
REACH = 120
"""How many characters before a figure are read for its meaning."""
_PRINTED = tuple(sorted(((word, bound) for bound, word in BEFORE.items()), key=lambda pair: -len(pair[0])))
"""The words before a figure that a citation prints, with their bound."""
_SAID = tuple(
    sorted(
        {
            **dict.fromkeys(("不得低于", "不能低于", "不小于"), "不低于"),
            **dict.fromkeys(("不得少于", "不能少于", "至少"), "不少于"),
            **dict.fromkeys(("不得超过", "不能超过", "至多", "最多"), "不超过"),
            **dict.fromkeys(("突破", "高于", "多于", "逾", "超"), "超过"),
            **dict.fromkeys(("不得高于", "不能高于"), "不高于"),
            **dict.fromkeys(("达", "增至", "升至", "降至", "压减至"), "达到"),
            **{
                verb + to: "达到"
                for verb in (
                    "提高", "提升", "增加", "增长", "扩大", "上升", "下降", "降低", "压减", "减少", "保持在", "稳定在", "控制在", "压缩", "缩短", "缩小", "拓展", "发展", "升", "增", "降"
                )
                for to in (("",) if verb.endswith("在") else ("到", "至"))
            },
        }.items(),
        key=lambda pair: -len(pair[0]),
    )
)  # fmt: skip
"""Words before a figure that stay in the text, and what they mean."""


class Baseline(NamedTuple):
    """The figure from which a target sets out; `year` is 0 if the text does not say it."""

    start: int
    end: int
    figure: TypedFigure
    year: int


class LiftableFigure(NamedTuple):
    """A figure of a text that is a target; the indices are those of the text."""

    start: int
    """Of the number."""
    end: int
    """Behind its unit and the bound behind that."""
    before: int
    """Where the bound begins that a citation prints; `start` if there is none."""
    figure: TypedFigure
    bound: str
    name: str
    year: int = 0
    """The year by which it is to be reached, if the text names one; 0 else."""
    baseline: Baseline | None = None
    is_step: bool = False
    """True for one of several figures that are given year by year."""


def unit_behind(text: str, at: int) -> tuple[str, int]:
    """The unit behind a number that ends at an index, and where it ends; "" and the index if there is none."""
    if text.startswith("/10万", at):
        return "/10万", at + 4
    words = _WORDS.match(text, at)
    behind = words.end() if words else at
    unit, close = unit_at(text, behind)
    if not unit:
        unit, close = unit_at(text, at)
    more = _MORE_UNITS.match(text, behind)
    if more is not None and (more.end() > close or not unit):
        return more.group(), more.end()
    return (unit, close) if unit else ("", at)


def bound_before(lead: str) -> tuple[str, str]:
    """The bound that the words before a figure say, and these words if a citation prints them itself; "" for none."""
    printed = next(((word, bound) for word, bound in _PRINTED if lead.endswith(word)), ("", ""))
    said = next(((word, bound) for word, bound in _SAID if lead.endswith(word)), ("", ""))
    return (said[1], "") if len(said[0]) > len(printed[0]) else (printed[1], printed[0])


def figure_at(text: str, number: re.Match[str], unit: str, end: int) -> TypedFigure | None:
    """The figure of a number with its unit, which ends at `end`; None if it cannot be read as one."""
    is_plain = unit == "/10万"
    read = read_figure(number.group() if is_plain else text[number.start() : end])
    if not isinstance(read, TypedFigure) or read.bound:
        return None
    return read._replace(unit=unit) if is_plain else read


def year_before(lead: str) -> int:
    """The year that is named last before a figure; 0 if none is."""
    named = _YEAR.findall(lead)
    return int(named[-1]) if named else 0
