"""Figures in the prose of a plan that are targets: what is to be reached or delivered, with its name, bound and year."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.checks.figures.reading import SENTENCE, name_before, unit_at, without_titles
from planwriter.importing.figure_goals import FigureInSentence, is_target
from planwriter.importing.figure_names import TakenFigure, cleaned, noun_before, target_name
from planwriter.importing.figure_words import last_clause, last_verb
from planwriter.language.figures import AFTER, BEFORE, BOUNDS, TypedFigure, read_figure
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import re, regex

_NUMBER = regex(
    r"(?<![\d０-９.:/A-Za-z＋+~～—–\-*_第〔×])(?:0|[1-9]\d{0,11})(?:\.\d{1,6})?(?![\d.]|[:/A-Za-z*_+＋~～—–×-])",
    re.ASCII,
)
_WORDS = regex(r"[余多]?(?:百(?!分)|千(?![米克瓦伏])|[十万亿]){0,3}[余多]?")
_YEAR = regex(r"(?<!\d)(20\d\d)年")
_REACH = 120
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
                    "提高", "提升", "增加", "增长", "扩大", "上升", "下降", "降低", "压减", "减少", "保持在", "稳定在", "控制在", "发展", "升", "增", "降"
                )
                for to in (("",) if verb.endswith("在") else ("到", "至"))
            },
        }.items(),
        key=lambda pair: -len(pair[0]),
    )
)  # fmt: skip
"""Words before a figure that stay in the text, and what they mean."""
_FROM = regex(
    r"[由从](?P<when>[^，。；\d]{0,8}(?:(?P<year>20\d\d)年(?:底|末)?)?的?)"
    r"(?P<before>(?:0|[1-9]\d{0,11})(?:\.\d{1,6})?)(?P<words>[十百千万亿]{0,2})(?P<unit>[^\d，。；]{0,4}?)"
    r"(?:提高|提升|增加|增长|扩大|上升|下降|降低|压减|减少|调整|升|增|降)[到至]$"
)
_CHINESE = regex(r"[\u4e00-\u9fff]")
_GOES_BEYOND = ("并", "且", "和", "的", "力争", "以", "左右")
_CHANGE_ALONE = regex(r"(?:年均|同比|比?较?上?年?)?(?:增长|增加|下降|降低|提高|提升|减少|压减)")
_OF_A_LIST = regex(r"等\d|\d大类|\A[万亿]?元以[上下]")
_CLAUSE = regex(r"[。；！？\n]")
_NUMERALS = "一二三四五六七八九十"
_SPLIT = regex(
    r"(?P<years>(?:20\d\d年?(?:底|末)?[、，和]){1,9}20\d\d年(?:底|末)?)(?P<link>[^。；\d，]{0,20}?分别[^。；\d]{0,10}?)"
    r"(?P<figures>(?:\d{1,12}(?:\.\d{1,6})?[^\d。；、，]{0,6}[、，和]){1,9}\d{1,12}(?:\.\d{1,6})?)"
)


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


def liftable_figures(text: str) -> Iterator[LiftableFigure]:
    """The figures of a text that are targets, in order."""
    if "{" in text or not any(sign.isdigit() for sign in text):
        return
    blank = without_titles(text)
    for sentence in SENTENCE.finditer(blank):
        yield from _in_sentence(blank, *sentence.span())


def _in_sentence(text: str, begin: int, end: int) -> Iterator[LiftableFigure]:
    split = _SPLIT.search(text, begin, end)
    done = begin
    if split is not None:
        made = list(_steps(text, begin, split))
        if made:
            yield from made
            done = split.end()
    last: TakenFigure | None = None
    for match in _NUMBER.finditer(text, done, end):
        found = _figure(text, begin, end, match, last)
        if found is not None:
            verb = last_verb(text[max(begin, found.start - _REACH) : found.start])
            last = TakenFigure(found.end, found.name, verb or (last.verb if last else ""))
            yield found


def _steps(text: str, begin: int, split: re.Match[str]) -> Iterator[LiftableFigure]:
    """The figures of 2026年、2027年、2028年分别达到93%、94%、95%."""
    years = [int(year) for year in re.findall(r"20\d\d", split["years"])]
    numbers = list(_NUMBER.finditer(text, split.start("figures"), split.end("figures")))
    name = cleaned(name_before(text[max(begin, split.start() - _REACH) : split.start()]))
    if len(years) != len(numbers) or not name:
        return
    for year, number in zip(years, numbers, strict=True):
        unit, at = unit_at(text, number.end())
        at = at if unit else number.end()
        read = read_figure(text[number.start() : at])
        if isinstance(read, TypedFigure):
            yield LiftableFigure(number.start(), at, number.start(), read, "达到", name, year, is_step=True)


def _figure(text: str, begin: int, end: int, match: re.Match[str], last: TakenFigure | None) -> LiftableFigure | None:
    """The number found in the sentence from `begin` to `end`, if it is the figure of a target."""
    start = match.start()
    reach = text[max(begin, start - _REACH) : start]
    lead = reach.rstrip(" ")
    unit, at = _unit_of(text, match, lead)
    behind = next((word for word in ("及以上", "之内", *AFTER) if text.startswith(word, at)), "")
    bound, printed = (behind, "") if behind else _bound_before(lead)
    figure = read_figure(text[start:at])
    if (bound and bound not in BOUNDS) or not isinstance(figure, TypedFigure) or figure.bound or not (unit or bound):
        return None
    at += len(behind)
    after = text[at : min(end, at + 40)]
    if _counts_what_follows(lead, after, unit, behind):
        return None
    name = target_name(lead, after, last)
    between = text[last.end : start] if last else ""
    if not name or _is_cut(name, lead):
        return None
    if not is_target(FigureInSentence(match.group(), unit, bound, lead, after, name, between)):
        return None
    if lead != reach:  # a space before the number
        return LiftableFigure(start, at, start, figure, bound, name, _year_of(lead))
    baseline = _baseline(lead, start - len(lead), unit)
    return LiftableFigure(start, at, start - len(printed), figure, bound, name, _year_of(lead), baseline)


def _unit_of(text: str, number: re.Match[str], lead: str) -> tuple[str, int]:
    """The unit behind a number, and the index behind it; "" and that behind the number if there is none."""
    words = _WORDS.match(text, number.end())
    for start in (words.end() if words else number.end(), number.end()):
        unit, at = unit_at(text, start)
        if unit:
            return unit, at
    if text.startswith("年", number.end()) and noun_before(lead).endswith(("年限", "寿命")):
        return "年", number.end() + 1
    return "", number.end()


def _bound_before(lead: str) -> tuple[str, str]:
    """The bound that the words before a figure say, and these words if a citation prints them itself; "" for none."""
    printed = next(((word, bound) for word, bound in _PRINTED if lead.endswith(word)), ("", ""))
    said = next(((word, bound) for word, bound in _SAID if lead.endswith(word)), ("", ""))
    return (said[1], "") if len(said[0]) > len(printed[0]) else (printed[1], printed[0])


def _counts_what_follows(lead: str, after: str, unit: str, behind: str) -> bool:
    """True for a figure that only describes the noun behind it (30户以上自然村), or whose unit is not known (3万管)."""
    if unit == "个" and after.startswith(("工作日", "月", "小时", "学期")):
        return True
    if behind and "元" in unit and after.startswith(("项目", "企业", "工程", "的项目", "的企业")):
        return True
    unit = "" if unit in ("万", "亿") else unit
    if not behind and unit:
        return False
    goes_on = _CHINESE.match(after) is not None and not after.startswith(_GOES_BEYOND)
    return goes_on and (not unit or lead.endswith(("对", "其中", "、")) or not last_clause(lead))


def _is_cut(name: str, lead: str) -> bool:
    """True for a name that has lost its beginning, or is no name: 四级手术占比 of 三、四级手术占比, 同比增长, two of 分别达到."""
    if _CHANGE_ALONE.fullmatch(name) or _OF_A_LIST.search(name):
        return True
    clause = _CLAUSE.split(lead)[-1]
    if "分别" in clause:
        return True
    at = lead.rfind(name[:4])
    return at > 1 and lead[at - 1] == "、" and lead[at - 2] in _NUMERALS and name[0] in _NUMERALS


def _year_of(lead: str) -> int:
    named = _YEAR.findall(lead)
    return int(named[-1]) if named else 0


def _baseline(lead: str, offset: int, unit: str) -> Baseline | None:
    found = _FROM.search(lead)
    if found is None or (found["unit"] and found["unit"] != unit):
        return None
    start, end = found.start("before"), found.end("unit")
    read = read_figure(lead[start:end])
    year = int(found["year"]) if found["year"] else 0
    return Baseline(offset + start, offset + end, read, year) if isinstance(read, TypedFigure) else None
