"""Figures in the prose of a plan that are targets: what is to be reached or delivered, with its name, bound and year."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.checks.figures.reading import SENTENCE, without_titles
from planwriter.importing.figure_goals import FigureInSentence, is_target
from planwriter.importing.figure_lists import NEAR, figures_by_year, figures_of_several
from planwriter.importing.figure_names import TakenFigure, noun_before, target_name
from planwriter.importing.figure_parts import (
    NUMBER,
    REACH,
    Baseline,
    LiftableFigure,
    bound_before,
    figure_at,
    unit_behind,
    year_before,
)
from planwriter.importing.figure_words import last_clause, last_verb
from planwriter.language.figures import AFTER, BOUNDS, TypedFigure, read_figure
from planwriter.start.patterns import re, regex

_FROM = regex(
    r"[由从](?P<when>[^，。；\d]{0,8}(?:(?P<year>20\d\d)年(?:底|末)?)?的?)"
    r"(?P<before>(?:0|[1-9]\d{0,11})(?:\.\d{1,6})?)(?P<words>[十百千万亿]{0,2})(?P<unit>[^\d，。；]{0,4}?)"
    r"(?:提高|提升|增加|增长|扩大|上升|下降|降低|压减|减少|调整|升|增|降)[到至]$"
)
_CHINESE = regex(r"[\u4e00-\u9fff]")
_GOES_BEYOND = ("并", "且", "和", "的", "力争", "以", "左右")
_OF_A_LIST = regex(r"等\d|\d大类|\A[万亿]?元以[上下]")
_NUMERALS = "一二三四五六七八九十"
_OF_A_WHOLE = regex(r"(?P<bound>不低于|不少于|不超过|不高于|超过)[\u4e00-\u9fff]{2,20}的$")
"""Matches the words between a share and what it is of: 比例不低于总里程的5%."""
_LETTER = regex(r"[A-Za-z]")
_SPENT = ("用于", "支持", "建设", "实施", "专项", "资金", "的专项")


def liftable_figures(text: str) -> Iterator[LiftableFigure]:
    """The figures of a text that are targets, in order."""
    if "{" in text or not any(sign.isdigit() for sign in text):
        return
    blank = without_titles(text)
    for sentence in SENTENCE.finditer(blank):
        yield from _in_sentence(blank, *sentence.span())


def _in_sentence(text: str, begin: int, end: int) -> Iterator[LiftableFigure]:
    steps, done = figures_by_year(text, begin, end)
    yield from steps
    taken: list[TakenFigure] = []
    for match in NUMBER.finditer(text, done, end):
        if match.start() < done:
            continue
        lead = text[max(begin, match.start() - REACH) : match.start()]
        found = figures_of_several(text, end, lead, match, taken) if "分别" in lead[-NEAR:] else []
        if not found:
            figure = _figure(text, begin, end, match, taken[-1] if taken else None)
            found = [figure] if figure is not None else []
        for each in found:
            verb = last_verb(text[max(begin, each.start - REACH) : each.start])
            taken.append(TakenFigure(each.end, each.name, verb or (taken[-1].verb if taken else ""), each.figure.unit))
            done = each.end
            yield each


def _figure(text: str, begin: int, end: int, match: re.Match[str], last: TakenFigure | None) -> LiftableFigure | None:
    """The number found in the sentence from `begin` to `end`, if it is the figure of a target."""
    start = match.start()
    reach = text[max(begin, start - REACH) : start]
    lead = reach.rstrip(" ")
    unit, at = _unit_of(text, match, lead)
    behind = next((word for word in ("及以上", "之内", *AFTER) if text.startswith(word, at)), "")
    whole = _OF_A_WHOLE.search(lead) if unit == "%" else None
    bound, printed = (whole["bound"], "") if whole is not None else bound_before(lead)
    bound, printed = (behind, "") if behind else (bound, printed)
    figure = figure_at(text, match, unit, at)
    at += len(behind)
    if (bound and bound not in BOUNDS) or figure is None or not (unit or bound) or _LETTER.match(text, at):
        return None
    after = text[at : min(end, at + 40)]
    if _counts_what_follows(lead, after, unit, behind, bound):
        return None
    between = text[last.end : start] if last else ""
    name = target_name(lead[: whole.start()] if whole is not None else lead, after, unit, last, between)
    if not name or _is_cut(name, lead):
        return None
    if not is_target(FigureInSentence(match.group(), unit, bound, lead, after, name, between, figure.words)):
        return None
    year = year_before(lead)
    year = 0 if name.endswith(f"{year}年") else year
    if lead != reach:  # a space before the number
        return LiftableFigure(start, at, start, figure, bound, name, year)
    baseline = _baseline(lead, start - len(lead), unit)
    return LiftableFigure(start, at, start - len(printed), figure, bound, name, year, baseline)


def _unit_of(text: str, number: re.Match[str], lead: str) -> tuple[str, int]:
    """The unit behind a number, and the index behind it; "" and that behind the number if there is none."""
    unit, at = unit_behind(text, number.end())
    if not unit and text.startswith("年", number.end()) and noun_before(lead).endswith(("年限", "寿命")):
        return "年", number.end() + 1
    return unit, at


def _counts_what_follows(lead: str, after: str, unit: str, behind: str, bound: str) -> bool:
    """True for a figure that only describes the noun behind it (30户以上自然村), or whose unit is not known (3万管)."""
    if unit == "个" and after.startswith(("工作日", "月", "小时", "学期")):
        return True
    is_limit = behind != "" or (bound == "超过" and not after.startswith("的"))
    if is_limit and "元" in unit and _CHINESE.match(after) and not after.startswith(_GOES_BEYOND[:3]):
        return not after.startswith(_SPENT) and not (after.startswith("的") and "资金" in after[:16])
    if unit.endswith("瓦") and _CHINESE.match(after) and not after.startswith(_GOES_BEYOND):
        return True
    unit = "" if unit in ("万", "亿") else unit
    if not behind and unit:
        return False
    goes_on = _CHINESE.match(after) is not None and not after.startswith(_GOES_BEYOND)
    return goes_on and (not unit or lead.endswith(("对", "其中", "、")) or not last_clause(lead))


def _is_cut(name: str, lead: str) -> bool:
    """True for a name that has lost its beginning, or is no name: 四级手术占比 of 三、四级手术占比, two of 分别达到."""
    before = lead[-len(name) - 1 : -len(name)]
    if _OF_A_LIST.search(name) or "分别" in last_clause(lead) or (len(name) < 4 and before.isdecimal()):
        return True
    at = lead.rfind(name[:4])
    return at > 1 and lead[at - 1] == "、" and lead[at - 2] in _NUMERALS and name[0] in _NUMERALS


def _baseline(lead: str, offset: int, unit: str) -> Baseline | None:
    found = _FROM.search(lead)
    if found is None or (found["unit"] and found["unit"] != unit):
        return None
    start, end = found.start("before"), found.end("unit")
    read = read_figure(lead[start:end])
    year = int(found["year"]) if found["year"] else 0
    return Baseline(offset + start, offset + end, read, year) if isinstance(read, TypedFigure) else None
