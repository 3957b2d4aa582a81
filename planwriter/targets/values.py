"""Targets as templates see them, their arithmetic, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from planwriter.fill import evaluate
from planwriter.fill.plain import Forbidden, Function, Lookup, Missing, Table, show
from planwriter.findings.catalogue import finding, make_finding, near
from planwriter.findings.finding import Finding, Result, Span
from planwriter.language.units import behind, is_ratio
from planwriter.model import Figure, Target
from planwriter.sheets.sheet import SheetSource

if TYPE_CHECKING:
    from planwriter.targets.quantity import Quantity

_BEFORE = {"不低于": "不低于", "不超过": "不超过", "达到": "达到", "力争": "力争达到", "约": "约", "新增": "新增"}
_AFTER = {"以上": "以上", "以内": "以内"}
RISING = frozenset(("不低于", "达到", "以上", "力争"))
FALLING = frozenset(("不超过", "以内"))
_RATE_ENDINGS = ("率", "占比", "比例", "比重", "覆盖面")
_PERCENT_VARIANTS = {"％": "%", "百分之": "%", "百分比": "%", "pct": "%"}


_PARTS = tuple(
    f"{word}率"
    for word in (
        *(
            "覆盖",
            "合格",
            "达标",
            "巩固",
            "普及",
            "参保",
            "满意",
            "优良",
            "及格",
            "就业",
            "升学",
            "持证",
            "配备",
            "配套",
            "处置",
            "办结",
            "参与",
            "通过",
        ),
        *(
            "知晓",
            "接种",
            "近视",
            "辍学",
            "检出",
            "落实",
            "治理",
            "入学",
            "入园",
            "签约",
            "管理",
            "综合利用",
            "回收",
            "绿化",
            "整改",
            "通车",
            "客车",
            "通达",
        ),
        *(
            "通畅",
            "硬化",
            "路",
            "成活",
            "到位",
            "公开",
            "及时",
            "结案",
            "化解",
            "建档",
            "随访",
            "治愈",
            "死亡",
            "筛查",
            "免疫",
            "成功",
            "网办",
            "可办",
            "机械化",
        ),
    )
)
_MAY_BE_OVER = ("毛入学率", "毛入园率")


def is_part_of_a_whole(name: str) -> bool:
    """True for the name of a rate that cannot be over 100%: 覆盖率, 满意度, 占比."""
    return name.endswith((*_PARTS, "满意度", "占比", "比重")) and not name.endswith(_MAY_BE_OVER)


class FigureView(Lookup):
    """A figure with its unit as `{{ 指标.X }}` shows it: by itself with its bound, and its fields .值 .数 .名称 .基期 .年(…)."""

    __slots__ = ("bare", "before", "bound", "figure", "target", "unit")

    def __init__(
        self,
        target: Target,
        figure: Decimal,
        *,
        bound: str = "",
        unit: str = "",
        before: Decimal | None = None,
        bare: bool = False,
    ) -> None:
        self.target = target
        self.figure = figure
        self.unit = unit or target.unit
        self.bound = bound
        self.before = before
        """The figure that growth is reckoned from: the baseline, or the step before."""
        self.bare = bare
        """True for a step, a part or the baseline of a target, which have no steps of their own."""

    def __str__(self) -> str:
        return f"{_BEFORE.get(self.bound, '')}{self.figure:f}{behind(self.unit)}{_AFTER.get(self.bound, '')}"

    def look_up(self, name: str) -> object:
        if name == "值":
            return f"{self.figure:f}{behind(self.unit)}"
        if name in ("数", "数值"):
            return self.figure
        if name == "单位":
            return self.unit
        if name == "名称":
            return self.target.title
        if name in GROWTH and self.before is not None:
            return self._growth(name)
        if not self.bare:
            if name == "基期":
                return self._baseline()
            if name == "年":
                return Function(self._year)
            if name == "分项" and self.target.shares:
                return self._shares()
            if name == "责任单位" and self.target.duty:
                return "、".join(unit.value for unit in self.target.duty.lead)
        fields = ("值", "数", "单位", "名称", *(GROWTH if self.before is not None else ()))
        fields += () if self.bare else ("基期", "年(…)", "分项", "责任单位")
        raise Missing(name, fields, f"指标.{self.target.key}")

    def _growth(self, name: str) -> str:
        from planwriter.targets.growth import growth

        assert self.before is not None
        shown = {each: growth(each, self.before, self.figure, self.unit) for each in GROWTH}
        found = shown[name]
        if found is None:  # 增长 of what falls, a percentage of nothing
            raise Missing(name, tuple(each for each in GROWTH if shown[each] is not None), f"指标.{self.target.key}")
        return found

    def _baseline(self) -> FigureView:
        if self.target.baseline is None:
            raise Missing("基期", (), f"指标.{self.target.key}")
        return FigureView(self.target, self.target.baseline[1].value, bare=True)

    def _year(self, year: object = None) -> FigureView:
        before = self.target.baseline[1].value if self.target.baseline else None
        for step, figure in self.target.years:
            if show(year) == str(step):
                return FigureView(self.target, figure.value, bound=self.target.bound, before=before, bare=True)
            before = figure.value
        raise Missing(
            f"年({show(year)})", tuple(f"年({step})" for step, _ in self.target.years), f"指标.{self.target.key}"
        )

    def _shares(self) -> Lookup:
        from planwriter.targets.shares import Shares

        return Shares(
            self.target, lambda share: FigureView(self.target, share.figure.value, unit=share.unit, bare=True)
        )


GROWTH = ("增长", "增幅", "增量", "下降", "降幅", "减量")
"""The fields that say how far a figure is from the one before it."""


def view_of(target: Target) -> FigureView:
    """A target that has a value, as templates see it."""
    assert target.value is not None
    before = target.baseline[1].value if target.baseline else None
    return FigureView(target, target.value.value, bound=target.bound, before=before)


def operand(view: FigureView) -> Quantity:
    """A figure as formulas and checks reckon with it; its fields are such figures too."""
    from planwriter.targets.quantity import Quantity

    return Quantity(view.figure, view.unit, lambda name: _operand_of(view.look_up(name)))


def _operand_of(value: object) -> object:
    """A field of a figure as an operand: what can be reckoned with, and what leads to it."""
    if isinstance(value, FigureView):
        return operand(value)
    if isinstance(value, Function):
        return Function(lambda *arguments: _operand_of(value.call(*arguments)))
    if isinstance(value, Lookup):
        return _Values(value.look_up)
    return value


class _Values(Lookup):
    __slots__ = ("get",)

    def __init__(self, get: Callable[[str], object]) -> None:
        self.get = get

    def look_up(self, name: str) -> object:
        return _operand_of(self.get(name))


def operands(targets: tuple[Target, ...]) -> dict[str, object]:
    """The names of an expression over targets: each by its key, and all under 指标."""
    made: dict[str, object] = {target.key: operand(view_of(target)) for target in targets if target.value}
    return {**made, "指标": Table("指标", made)}


NO_VALUE = ""
"""The name of what is missing where a target has no value at all, which is told where the target stands."""


class TargetTable(Lookup):
    """`指标` in a template: its targets by key; `cited` gets the key of each that is read."""

    __slots__ = ("cited", "targets", "views")

    def __init__(self, targets: tuple[Target, ...], cited: Callable[[str], object]) -> None:
        self.targets = {target.key: target for target in targets}
        self.views = {target.key: view_of(target) for target in targets if target.value}
        self.cited = cited

    def look_up(self, name: str) -> object:
        self.cited(name)
        view = self.views.get(name)
        if view is None:
            if name in self.targets:
                raise Missing(NO_VALUE, (), f"指标.{name}")
            raise Missing(name, tuple(self.targets), "指标")
        return view


def complete_targets(targets: tuple[Target, ...]) -> Result[tuple[Target, ...]]:
    """The targets with every value there is: typed, the sum of its 分项, taken from the last year, or worked out by its 公式; and findings."""
    findings: list[Finding] = []
    if any(target.shares for target in targets):
        from planwriter.targets.shares import with_shares

        targets = tuple(with_shares(target, findings) for target in targets)
    sums = _Sums(targets)
    findings += sums.findings
    done = []
    for target in targets:
        computed = sums.result(target.key)
        if target.value is not None:
            if computed is not None:
                _compare(target, target.value.value, computed, findings)
        elif target.formula is not None:
            if computed is not None:
                target = replace(target, value=Figure(value=computed, origin=target.formula.origin))
        elif target.years:
            target = replace(target, value=Figure(value=target.years[-1][1].value, origin=target.origin))
        elif target.origin is not None and not target.broken:
            findings.append(finding("PW412", target.origin, name=target.title))
        done.append(target)
    return Result(tuple(done), tuple(findings))


_FORMULA_ADVICE = "公式里写别的指标的名字和 + - * / ( )，例如：公式: 新建幼儿园 + 改扩建幼儿园。"
_NAME = re.compile(r"[^\W\d]\w*")
MAX_FORMULAS = 2_000
MAX_RESULT = Decimal(10) ** 15


class _Sums:
    """What the formulas of the targets give, each worked out once, after those it cites."""

    def __init__(self, targets: tuple[Target, ...]) -> None:
        self.targets = {target.key: target for target in targets}
        self.odd_keys = [key for key in self.targets if not _NAME.fullmatch(key)]
        self.findings: list[Finding] = []
        self.worked_out = 0
        self.results: dict[str, Decimal | None] = {}
        for target in targets:
            if target.formula is not None and target.key not in self.results:
                self.work_out(target.key)

    def result(self, key: str) -> Decimal | None:
        """What the formula of a target gives; None where it has none or it fails."""
        return self.results.get(key)

    def value(self, key: str) -> Decimal | None:
        """What a formula that cites a target sees: the figure typed, else that of the last year or of its own formula."""
        target = self.targets[key]
        if target.value is not None:
            return target.value.value
        if target.formula is not None:
            return self.results.get(key)
        return target.years[-1][1].value if target.years else None

    def cited(self, target: Target) -> list[str]:
        """The targets that a formula cites."""
        formula = target.formula.value if target.formula else ""
        names = [name for name in dict.fromkeys(_NAME.findall(formula)) if name in self.targets]
        return names + [key for key in self.odd_keys if key in formula]

    def work_out(self, key: str) -> None:
        """The result of a formula, and before it of those it waits for."""
        stack = {key: None}  # in order, and quick to look into
        while stack:
            key = next(reversed(stack))
            target = self.targets[key]
            late = [name for name in self.cited(target) if name != key and self.is_late(name)]
            if late and late[0] in stack:
                ring = list(stack)[list(stack).index(late[0]) :]
                self.fail(
                    target, f"公式绕成了圈：{' → '.join((*ring, ring[0]))}", "给其中一个直接写数值，删去它的公式。"
                )
                self.results.update(dict.fromkeys(ring))
                for name in ring:
                    del stack[name]
            elif late:
                stack[late[0]] = None
            else:
                self.results[key] = self.compute(target)
                del stack[key]

    def is_late(self, name: str) -> bool:
        """True where a cited target must be worked out first."""
        target = self.targets[name]
        return target.value is None and target.formula is not None and name not in self.results

    def compute(self, target: Target) -> Decimal | None:
        """What a formula gives once all it cites is known; None after a finding, here or at what it cites."""
        assert target.formula is not None
        values = {name: self.value(name) for name in self.cited(target)}
        figures = {name: value for name, value in values.items() if value is not None}
        if target.key in values:
            self.fail(target, "公式里用了它自己", "公式里写别的指标的名字。", at=target.key)
            return None
        if len(figures) < len(values):
            return None
        self.worked_out += 1
        if self.worked_out > MAX_FORMULAS:
            if self.worked_out == MAX_FORMULAS + 1:
                self.fail(target, f"公式超过 {MAX_FORMULAS} 个", "有的指标直接写数值。")
            return None
        try:
            result = self.evaluated(target, figures)
        except Missing as error:
            others = tuple(key for key in self.targets if key != target.key)
            self.fail(target, f"没有“{error.name}”这个指标", near(error.name, others), at=error.name)
        except (Forbidden, SyntaxError) as error:
            self.refuse(target, error)
        else:
            if abs(result) <= MAX_RESULT:
                return result
            self.fail(target, "结果太大", "核对公式和各个数。")
        return None

    def evaluated(self, target: Target, figures: dict[str, Decimal]) -> Decimal:
        """What a formula gives in the unit of its target. Raises Missing, Forbidden or SyntaxError."""
        from planwriter.targets.quantity import convert, quantity_of, rounded

        assert target.formula is not None
        values = {name: operand(self.view(name, figure)) for name, figure in figures.items()}
        result = evaluate(target.formula.value, {**values, "指标": Table("指标", values)})
        if isinstance(result, (bool, str, list)):
            raise Forbidden("结果不是数")
        made = quantity_of(result)
        divides = any(sign in target.formula.value for sign in "*/")
        return rounded(convert(made.value, made.unit, target.unit), 4 if divides else 10)

    def view(self, name: str, figure: Decimal) -> FigureView:
        target = self.targets[name]
        return view_of(replace(target, value=Figure(value=figure)))

    def refuse(self, target: Target, error: Exception) -> None:
        from planwriter.targets.quantity import MixedUnits

        if isinstance(error, MixedUnits) and target.formula and target.formula.origin:
            where = f"指标“{target.title}”的公式"
            self.findings.append(finding("PW433", target.formula.origin, where=where, reason=str(error)))
        else:
            self.fail(target, str(error), _FORMULA_ADVICE)

    def fail(self, target: Target, reason: str, advice: str, *, at: str = "") -> None:
        """Adds a finding on a formula, where it names `at`."""
        if target.formula and target.formula.origin:
            place = target.formula.origin.find(at) if at else target.formula.origin
            self.findings.append(finding("PW407", place, name=target.title, reason=reason, advice=advice))


def _compare(target: Target, typed: Decimal, computed: Decimal, findings: list[Finding]) -> None:
    """A typed value against its formula: sums to the last digit, products and quotients at the precision typed."""
    if not target.value or not target.value.origin or not target.formula:
        return
    rounded = any(sign in target.formula.value for sign in "*/")
    if typed == (computed.quantize(typed, ROUND_HALF_UP) if rounded else computed):
        return
    value, result = f"{typed:f}{target.unit}", f"{computed:f}{target.unit}"
    formula = target.formula.value
    findings.append(
        finding("PW406", target.value.origin, name=target.title, formula=formula, value=value, result=result)
    )


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
    place = target.unit_origin or (target.value.origin if target.value and unit else None) or target.origin
    if unit in _PERCENT_VARIANTS:
        reason, advice = f"写成了“{unit}”", f"写“{_PERCENT_VARIANTS[unit]}”。"
    elif target.title.endswith(_RATE_ENDINGS) and not is_ratio(unit) and (unit or not target.broken):
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
    findings.append(finding("PW408", place, name=target.title, reason=reason, advice=advice))


def _check_years(target: Target, span: tuple[int, int], findings: list[Finding]) -> None:
    for year, figure in target.years:
        if span[0] and not span[0] <= year <= span[1] and figure.origin:
            words = f"计划期 {span[0]}—{span[1]} 年" if span[0] != span[1] else f"{span[0]} 年"
            at = figure.origin.source.text.rfind(str(year), 0, figure.origin.start)  # the key before the figure
            place = (
                figure.origin
                if isinstance(figure.origin.source, SheetSource)
                else Span(figure.origin.source, at, at + 4)
            )
            findings.append(finding("PW411", place, name=target.title, year=year, span=words))
    if not target.years or target.value is None:
        return
    year, last = target.years[-1]
    value = target.value.value
    got, advice = f"{year}年是 {last.value:f}{target.unit}", "让最后一年的数与数值一致。"
    reached = last.value == value
    if target.bound == "新增" or not target.bound:
        total = sum((figure.value for _, figure in target.years), Decimal(0))
        reached = reached or total == value
        got, advice = f"{got}、各年合计是 {total:f}{target.unit}", "让最后一年的数或者各年的合计与数值一致。"
    if not reached and last.origin:
        shown = f"{value:f}{target.unit}"
        findings.append(finding("PW404", last.origin, name=target.title, got=got, value=shown, advice=advice))


def _check_direction(target: Target, findings: list[Finding]) -> None:
    if target.bound not in RISING and target.bound not in FALLING:
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
            findings.append(make_finding("PW405", second.origin, dict[str, object](values)))
