"""Targets as templates see them, their arithmetic, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from planwriter.diagnostics import Finding, Result
from planwriter.fill import Forbidden, Function, Lookup, Missing, evaluate, show
from planwriter.messages import finding, make_finding, near
from planwriter.model import Figure, Target

_BEFORE = {"不低于": "不低于", "不超过": "不超过", "达到": "达到", "力争": "力争达到", "约": "约", "新增": "新增"}
_AFTER = {"以上": "以上", "以内": "以内"}
RISING = frozenset(("不低于", "达到", "以上", "力争"))
FALLING = frozenset(("不超过", "以内"))
_RATE_ENDINGS = ("率", "占比", "比例", "比重", "覆盖面")
_RATE_UNITS = frozenset(("%", "‰", "个百分点"))
_PERCENT_VARIANTS = {"％": "%", "百分之": "%", "百分比": "%", "pct": "%"}


class FigureView(Lookup):
    """A figure with its unit as `{{ 指标.X }}` shows it: by itself with its bound, and its fields .值 .数 .名称 .基期 .年(…)."""

    __slots__ = ("bare", "bound", "figure", "target", "unit")

    def __init__(self, target: Target, figure: Decimal, *, bound: str, bare: bool = False) -> None:
        self.target = target
        self.figure = figure
        self.unit = target.unit
        self.bound = bound
        self.bare = bare
        """True for a step or the baseline of a target, which have no steps of their own."""

    def __str__(self) -> str:
        return f"{_BEFORE.get(self.bound, '')}{self.figure:f}{self.unit}{_AFTER.get(self.bound, '')}"

    def look_up(self, name: str) -> object:
        if name == "值":
            return f"{self.figure:f}{self.unit}"
        if name == "数":
            return self.figure
        if name == "单位":
            return self.unit
        if name == "名称":
            return self.target.title
        if not self.bare:
            if name == "基期":
                return self._baseline()
            if name == "年":
                return Function(self._year)
            if name == "责任单位" and self.target.duty:
                return "、".join(unit.value for unit in self.target.duty.lead)
        fields = ("值", "数", "单位", "名称") if self.bare else ("值", "数", "单位", "名称", "基期", "年(…)", "责任单位")
        raise Missing(name, fields, f"指标.{self.target.key}")

    def _baseline(self) -> FigureView:
        if self.target.baseline is None:
            raise Missing("基期", (), f"指标.{self.target.key}")
        return FigureView(self.target, self.target.baseline[1].value, bound="", bare=True)

    def _year(self, year: object = None) -> FigureView:
        for step, figure in self.target.years:
            if show(year) == str(step):
                return FigureView(self.target, figure.value, bound=self.target.bound, bare=True)
        raise Missing(f"年({show(year)})", tuple(f"年({step})" for step, _ in self.target.years), f"指标.{self.target.key}")


class TargetTable(Lookup):
    """`指标` in a template: its targets by key; `cited` gets the key of each that is read."""

    __slots__ = ("cited", "targets", "views")

    def __init__(self, targets: tuple[Target, ...], cited: Callable[[str], object]) -> None:
        self.targets = {target.key: target for target in targets}
        self.views = {
            target.key: FigureView(target, target.value.value, bound=target.bound) for target in targets if target.value
        }
        self.cited = cited

    def look_up(self, name: str) -> object:
        self.cited(name)
        view = self.views.get(name)
        if view is None:
            if name in self.targets:
                raise Missing("数值", (), f"指标.{name}")
            raise Missing(name, tuple(self.targets), "指标")
        return view


class _Values(Lookup):
    __slots__ = ("values",)

    def __init__(self, values: dict[str, Decimal]) -> None:
        self.values = values

    def look_up(self, name: str) -> object:
        if name not in self.values:
            raise Missing(name, tuple(self.values), "指标")
        return self.values[name]


def complete_targets(targets: tuple[Target, ...]) -> Result[tuple[Target, ...]]:
    """The targets with every value there is: typed, taken from the last year, or worked out by its 公式; and findings."""
    findings: list[Finding] = []
    values: dict[str, Decimal] = {}
    for target in targets:
        if target.value is not None:
            values[target.key] = target.value.value
        elif target.years and target.formula is None:
            values[target.key] = target.years[-1][1].value
    waiting = [target for target in targets if target.formula is not None]
    computed: dict[str, Decimal] = {}
    while waiting:
        late = []
        for target in waiting:
            blockers = {each.key for each in waiting if each is not target and each.key not in values}
            result = _compute(target, {**values, **computed}, blockers, findings)
            if result is None:
                late.append(target)
            elif result.is_finite():
                computed[target.key] = result
                values.setdefault(target.key, result)
        if len(late) == len(waiting):
            for target in late:
                assert target.formula and target.formula.origin
                reason = "几个公式互相引用，绕成了圈"
                findings.append(finding("PW407", target.formula.origin, name=target.title, reason=reason))
            break
        waiting = late
    done = []
    for target in targets:
        if target.key in computed and target.value is not None:
            _compare(target, target.value.value, computed[target.key], findings)
        if target.value is None and target.key in values:
            place = target.formula.origin if target.formula else target.origin
            target = replace(target, value=Figure(value=values[target.key], origin=place))
        elif target.value is None and target.origin is not None and target.formula is None:
            findings.append(finding("PW412", target.origin, name=target.title))
        done.append(target)
    return Result(tuple(done), tuple(findings))


_FAILED = Decimal("NaN")


def _compute(target: Target, values: dict[str, Decimal], blockers: set[str], findings: list[Finding]) -> Decimal | None:
    """What a target's formula gives; None while it waits for another; NaN after a finding."""
    assert target.formula is not None
    place = target.formula.origin
    others = {key: value for key, value in values.items() if key != target.key}
    try:
        result = evaluate(target.formula.value, {**others, "指标": _Values(others)})
    except Missing as error:
        if error.name in blockers:
            return None
        reason = f"没有“{error.name}”这个指标，{near(error.name, tuple(others))}"
        if error.name == target.key:
            reason = "公式里用了它自己"
    except Forbidden as error:
        reason = str(error)
    except SyntaxError as error:
        reason = str(error)
    else:
        if isinstance(result, (int, Decimal)) and not isinstance(result, bool):
            return _plain(Decimal(result))
        reason = "结果不是数"
    if place is not None:
        findings.append(finding("PW407", place, name=target.title, reason=reason.rstrip("。")))
    return _FAILED


def _plain(value: Decimal) -> Decimal:
    """A computed value without the zeros and exponents of its making; at most four decimals."""
    return Decimal(f"{value.quantize(Decimal('0.0001'), ROUND_HALF_UP).normalize():f}")


def _compare(target: Target, typed: Decimal, computed: Decimal, findings: list[Finding]) -> None:
    """A typed value against its formula: sums to the last digit, products and quotients at the precision typed."""
    if not target.value or not target.value.origin or not target.formula:
        return
    rounded = any(sign in target.formula.value for sign in "*/")
    if typed == (computed.quantize(typed, ROUND_HALF_UP) if rounded else computed):
        return
    value, result = f"{typed:f}{target.unit}", f"{computed:f}{target.unit}"
    formula = target.formula.value
    findings.append(finding("PW406", target.value.origin, name=target.title, formula=formula, value=value, result=result))


def check_targets(targets: tuple[Target, ...], span: tuple[int, int]) -> tuple[Finding, ...]:
    """What is wrong within and between targets: names, units, years. `span` is the plan's first and last year."""
    findings: list[Finding] = []
    first: dict[str, Target] = {}
    for target in targets:
        if target.origin is None:
            continue
        before = first.setdefault(target.title, target)
        if before is not target:
            related = ((before.origin.pos, "先写的在这里"),) if before.origin else ()
            findings.append(finding("PW409", target.origin, related=related, name=target.title))
        _check_unit(target, findings)
        _check_years(target, span, findings)
        _check_direction(target, findings)
    return tuple(findings)


def _check_unit(target: Target, findings: list[Finding]) -> None:
    assert target.origin is not None
    unit = target.unit
    if unit in _PERCENT_VARIANTS:
        reason, advice = f"写成了“{unit}”", f"写“{_PERCENT_VARIANTS[unit]}”。"
    elif target.title.endswith(_RATE_ENDINGS) and unit not in _RATE_UNITS:
        reason = f"名称是比率，单位却是“{unit}”" if unit else "名称是比率，却没有写单位"
        advice = "比率的单位一般是 %；核对名称和单位。"
    elif unit == "%" and target.value and target.value.value > 100 and target.title.endswith(("覆盖率", "入园率", "入学率", "巩固率", "达标率", "合格率", "普及率", "完成率")):
        reason, advice = f"{target.value.value:f}% 超过了 100%", "核对数值。"
    else:
        return
    findings.append(finding("PW408", target.origin, name=target.title, reason=reason, advice=advice))


def _check_years(target: Target, span: tuple[int, int], findings: list[Finding]) -> None:
    for year, figure in target.years:
        if span[0] and not span[0] <= year <= span[1] and figure.origin:
            words = f"计划期 {span[0]}—{span[1]} 年" if span[0] != span[1] else f"{span[0]} 年"
            findings.append(finding("PW411", figure.origin, name=target.title, year=year, span=words))
    if not target.years or target.value is None:
        return
    year, last = target.years[-1]
    reached = last.value == target.value.value
    if target.bound == "新增" or not target.bound:
        reached = reached or sum((figure.value for _, figure in target.years), Decimal(0)) == target.value.value
    if not reached and last.origin:
        reach, value = f"{last.value:f}{target.unit}", f"{target.value.value:f}{target.unit}"
        findings.append(finding("PW404", last.origin, name=target.title, year=year, last=reach, value=value))


def _check_direction(target: Target, findings: list[Finding]) -> None:
    if target.bound not in RISING and target.bound not in FALLING:
        return
    steps = [(f"{year}年", figure) for year, figure in target.years]
    if target.baseline:
        steps.insert(0, (f"{target.baseline[0]}年", target.baseline[1]))
        if not target.years and target.value:
            steps.append(("目标值", target.value))
    for (before, first), (after, second) in pairwise(steps):
        wrong = second.value < first.value if target.bound in RISING else second.value > first.value
        if wrong and second.origin:
            steps_shown = {"first": f"{first.value:f}{target.unit}", "second": f"{second.value:f}{target.unit}"}
            values = {"name": target.title, "bound": target.bound, "before": before, "after": after, **steps_shown}
            findings.append(make_finding("PW405", second.origin, dict[str, object](values)))
