"""The rules that each target must keep: its unit, its years, the direction of its steps."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from planwriter.fill.written_names import is_writable
from planwriter.findings.catalogue import finding, make_finding
from planwriter.findings.finding import Finding, Span
from planwriter.language.figures import TypedNumber
from planwriter.language.units import PER_MANY, is_ratio
from planwriter.model import BOUND_SIGNS, Target
from planwriter.model.memo import NO_MEMO, Memo
from planwriter.targets.values import FALLING, RISING
from planwriter.targets.yearly import adds_up, check_total

_RATE_ENDINGS = ("率", "占比", "比例", "比重", "覆盖面")
_PERCENT_VARIANTS = {"％": "%", "百分之": "%", "百分比": "%", "pct": "%"}
_PARTS_OF_A_WHOLE = """
覆盖 合格 达标 巩固 普及 参保 满意 优良 及格 就业 升学 持证 配备 配套 处置 办结
参与 通过 知晓 接种 近视 辍学 检出 落实 治理 入学 入园 签约 管理 综合利用 回收 绿化
整改 通车 客车 通达 通畅 硬化 路 成活 到位 公开 及时 结案 化解 建档 随访 治愈
死亡 筛查 免疫 成功 网办 可办 机械化 上岗 激活 开通 上线 联网 建成 开工 竣工 完工 履约 安置 复垦 识别 备案 设置
认证 保存 出勤 入户 探访 收集 处理 城镇化 森林覆盖
"""
_PARTS = tuple(f"{word}率" for word in _PARTS_OF_A_WHOLE.split())
_MAY_BE_OVER = ("毛入学率", "毛入园率")


def is_part_of_a_whole(name: str) -> bool:
    """True for the name of a rate that cannot be over 100%: 覆盖率, 满意度, 占比."""
    return name.endswith((*_PARTS, "满意度", "占比", "比重")) and not name.endswith(_MAY_BE_OVER)


def is_rate(name: str) -> bool:
    """True for the name of a rate: 入园率, 占比, 比例."""
    return name.endswith(_RATE_ENDINGS)


def check_targets(targets: tuple[Target, ...], span: tuple[int, int], memo: Memo = NO_MEMO) -> Iterator[Finding]:
    """What is wrong within and between targets: names, units, years. `span` is the plan's first and last year."""
    first: dict[str, Target] = {}
    for target in targets:
        if target.origin is None:
            continue
        before = first.setdefault(target.title, target)
        if before is not target:
            related = ((before.origin.pos, "先写的在这里"),) if before.origin else ()
            yield finding("PW409", target.origin, related=related, name=target.title)
        yield from memo.once(_within, target, by=(span,))


def _within(span: tuple[int, int], target: Target) -> tuple[Finding, ...]:
    """What is wrong within one target."""
    return (
        *_check_name(target),
        *_check_unit(target),
        *_check_years(target, span),
        *check_total(target),
        *_check_direction(target),
        *_check_typed_bounds(target),
        *_check_magnitudes(target),
    )


def _check_name(target: Target) -> Iterator[Finding]:
    """A name that no hole can hold: it has braces, a backslash or a single English quote."""
    assert target.origin is not None
    if not is_writable(target.key):
        odd = next((mark for mark in target.key if mark in "{}\\'\"\n"), "空格")
        yield finding("PW490", target.origin, name=target.key, mark=odd)


def _check_unit(target: Target) -> Iterator[Finding]:
    assert target.origin is not None
    unit = target.unit
    place = target.unit_origin or (target.value.origin if target.value and unit else None) or target.origin
    if unit in _PERCENT_VARIANTS:
        reason, advice = f"写成了“{unit}”", f"写“{_PERCENT_VARIANTS[unit]}”。"
    elif (
        is_rate(target.title)
        and not is_ratio(unit)
        and "/" not in unit
        and not PER_MANY.search(target.title)
        and (unit or not target.broken)
    ):
        reason = f"名称是比率，单位却是“{unit}”" if unit else "名称是比率，却没有写单位"
        advice = "比率的单位一般是 %；核对名称和单位。"
    elif (
        unit == "%"
        and target.value
        and target.value.value > 100
        and (is_part_of_a_whole(target.title) or target.title.endswith("完成率"))
    ):
        reason, advice = f"{target.value.value:f}% 超过了 100%", "核对数值。"
        place = target.value.origin or place
    else:
        return
    yield finding("PW408", place, name=target.title, reason=reason, advice=advice)


def _check_years(target: Target, span: tuple[int, int]) -> Iterator[Finding]:
    for year, figure in target.years:
        if span[0] and not span[0] <= year <= span[1] and figure.origin:
            from planwriter.sheets.sheet import SheetSource

            words = f"计划期 {span[0]}—{span[1]} 年" if span[0] != span[1] else f"{span[0]} 年"
            at = figure.origin.source.text.rfind(str(year), 0, figure.origin.start)  # the key before the figure
            place = (
                figure.origin
                if isinstance(figure.origin.source, SheetSource)
                else Span(figure.origin.source, at, at + 4)
            )
            yield finding("PW411", place, name=target.title, year=year, span=words)


def _check_typed_bounds(target: Target) -> Iterator[Finding]:
    """Reports a bound typed at a figure that contradicts that of the target: ≤11 beside 不低于."""
    said = target.bound or next((figure.bound for _, figure in target.years if figure.bound), "")
    for figure in (*([target.value] if target.value else []), *(figure for _, figure in target.years)):
        same = figure.bound == said or BOUND_SIGNS.get(figure.bound, "?") == BOUND_SIGNS.get(said)
        if figure.bound and not same and figure.origin:
            yield finding("PW471", figure.origin, name=target.title, typed=figure.bound, bound=said)


_FAR_APART = 1_000


def _check_magnitudes(target: Target) -> Iterator[Finding]:
    """Reports a figure that lacks the magnitude of its neighbours: 0.9 beside 1.2万."""
    figures = [("数值", target.value)] if target.value else []
    figures += [(f"{year}年", figure) for year, figure in target.years]
    figures += [(f"{target.baseline[0]}年", target.baseline[1])] if target.baseline else []
    worded = [(key, each.value) for key, each in figures if isinstance(each.value, TypedNumber)]
    for key, figure in figures if worded else []:
        (other, large), small = worded[0], figure.value
        if not isinstance(small, TypedNumber) and figure.origin and 0 < small * _FAR_APART <= large:
            shown = f"{other}是 {large:f}"
            yield finding(
                "PW472", figure.origin, name=target.title, key=key, value=f"{small:f}", other=shown, words=large.words
            )


def _check_direction(target: Target) -> Iterator[Finding]:
    if (target.bound not in RISING and target.bound not in FALLING) or adds_up(target):
        return
    steps = [(f"{year}年的", figure) for year, figure in target.years]
    if target.baseline:
        steps.insert(0, (f"{target.baseline[0]}年的", target.baseline[1]))
        if not target.years and target.value:
            steps.append(("目标值", target.value))
    for (before, first), (after, second) in pairwise(steps):
        wrong = second.value < first.value if target.bound in RISING else second.value > first.value
        if wrong and second.origin:
            steps_shown = {"first": f"{first.value:f}{target.unit}", "second": f"{second.value:f}{target.unit}"}
            values = {"name": target.title, "bound": target.bound, "before": before, "after": after, **steps_shown}
            yield make_finding("PW405", second.origin, dict[str, object](values))
