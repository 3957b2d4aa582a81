"""What the yearly figures (分年) of a target mean: each year's own, which add up (新增学位), or what is reached by then."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding
from planwriter.language.figures import TypedNumber, is_rough
from planwriter.language.units import is_ratio, magnitude_power
from planwriter.model import Figure, Target
from planwriter.start.records import replace

SUM, REACHED = "合计", "累计"
"""The values of 分年口径."""
_SPANS = ("三年", "两年", "每年", "逐年", "年度", "年")
_NEW = ("新增", "新建", "新改扩建", "改扩建", "新招", "新开工")
_DONE = (
    *(
        "新认证",
        "新培育",
        "新发展",
        "新认定",
        "新引进",
        "新开",
        "新改",
        "创建",
        "培育",
        "培训",
        "建设",
        "建成",
        "改造",
        "完成",
        "开展",
    ),
    *(
        "举办",
        "组织",
        "实施",
        "引进",
        "招聘",
        "招引",
        "补充",
        "救助",
        "修复",
        "治理",
        "整治",
        "维修",
        "硬化",
        "绿化",
        "清理",
        "抽检",
        "检查",
    ),
)
"""Words with which the name of a target begins whose figure is done anew in each year."""
_LASTING = ("用地", "规模", "存量", "排放", "强度", "现有")
"""Words in the name of what there is, and what is not done."""
_IN_ALL = ("累计", "总量", "总数", "达到")


def adds_up(target: Target) -> bool:
    """True if the yearly figures of a target are each year's own, so that their sum is the total.

    分年口径 says so. Without it they add up if the bound is 新增 or if the name begins with such a word (新增学位, 新建公办园),
    unless the unit is that of a rate or 数值 is the last figure and not the sum.
    """
    if target.yearly or not target.years or not is_new(target):
        return target.yearly == SUM
    return target.value is None or target.value.value != target.years[-1][1].value or _sum(target) == target.value.value


def is_new(target: Target) -> bool:
    """True if a target counts what is new in a span of time, by its bound or its name."""
    said = target.bound == "新增" or _says_new(target.title) or _says_new(target.key)
    return said and not is_ratio(target.unit)


def _says_new(name: str) -> bool:
    span = next((word for word in _SPANS if name.startswith(word)), "")
    return name.startswith(_NEW, len(span)) and not any(word in name for word in _IN_ALL)


def total_of(target: Target) -> Figure | None:
    """The value of a target without 数值 and 公式: the sum of its yearly figures, or the last of them."""
    if not target.years:
        return None
    last = target.years[-1][1]
    return replace(last, value=_sum(target) if adds_up(target) else last.value, origin=target.origin)


def _sum(target: Target) -> Decimal:
    """The sum of the yearly figures; it keeps 万 if all of them have it, and 余 if one has it."""
    values = [figure.value for _, figure in target.years]
    if len(values) == 1:
        return values[0]
    total = sum(values[1:], values[0])
    magnitudes = {each.words.strip("余多") if isinstance(each, TypedNumber) else "" for each in values}
    words = magnitudes.pop() if len(magnitudes) == 1 else ""
    words += "余" * any(map(is_rough, values))
    return TypedNumber(f"{total.scaleb(-magnitude_power(words)):f}", words) if words else total


def check_total(target: Target) -> Iterator[Finding]:
    """A value that is neither the sum of the yearly figures nor the last of them (PW404).

    Which of both it may be is told by 分年口径; without it, only what is 新增 or has no bound may be the sum.
    """
    if not target.years or target.value is None:
        return
    year, last = target.years[-1]
    value, total = target.value.value, _sum(target)
    may_add_up = target.yearly == SUM or (not target.yearly and (target.bound in ("新增", "") or adds_up(target)))
    may_be_last = target.yearly != SUM
    if (may_be_last and last.value == value) or (may_add_up and total == value) or not last.origin:
        return
    reached, summed = f"{year}年是 {last.value:f}{target.unit}", f"各年合计是 {total:f}{target.unit}"
    if may_add_up and may_be_last:
        got, advice = f"{reached}、{summed}", "让最后一年的数或者各年的合计与数值一致。"
    elif may_add_up:
        got, advice = summed, "让各年的合计与数值一致；各年写的是累计数的，写“分年口径: 累计”。"
    else:
        got, advice = reached, "让最后一年的数与数值一致。"
    yield finding("PW404", last.origin, name=target.title, got=got, value=f"{value:f}{target.unit}", advice=advice)


def check_reading(target: Target) -> Iterator[Finding]:
    """A hint at a total that nobody typed, if the yearly figures may as well be read in the other way (PW491).

    Figures reached by then rise by about as much as they begin with: 3, 5, 8 and not 3, 4, 5. What is done each year does not
    rise, and its name says so: 培训教师 300, 300, 280.
    """
    if target.yearly or not target.years or not target.years[0][1].origin:
        return
    figures = [figure.value for _, figure in target.years]
    rises = len(figures) > 1 and all(first < second for first, second in pairwise(figures))
    is_steep = rises and figures[-1] - figures[0] >= figures[0] * (len(figures) - 1) / 2
    total, last = f"{_sum(target):f}{target.unit}", f"{figures[-1]:f}{target.unit}"
    if is_steep and adds_up(target):
        taken, other = f"当年新增算，合计 {total}", f"累计数，就是 {last}"
    elif len(figures) > 1 and not _rises_once(figures) and _says_done(target) and not adds_up(target):
        taken, other = f"到那一年为止的数算，目标是 {last}", f"各年当年的数，合计就是 {total}"
    else:
        return
    yield finding("PW491", target.years[0][1].origin, name=target.title, taken=taken, other=other)


def _rises_once(figures: list[Decimal]) -> bool:
    """True if a figure is larger than the one before it."""
    return any(first < second for first, second in pairwise(figures))


def _says_done(target: Target) -> bool:
    """True if the name of a target begins with what is done anew in each year: 培训教师, 创建和美乡村."""
    lasting = any(word in target.title for word in (*_IN_ALL, *_LASTING))
    return target.title.startswith(_DONE) and not is_ratio(target.unit) and not lasting
