"""Targets computed from other targets (公式): the result of each formula, and the findings on it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from planwriter.fill import evaluate
from planwriter.fill.plain import Forbidden, Missing, NameTable
from planwriter.fill.written_names import names_of, odd_names
from planwriter.findings.catalogue import finding, near
from planwriter.findings.finding import Finding, Findings, Result
from planwriter.language.figures import is_rough
from planwriter.model import Figure, Target
from planwriter.start.records import replace
from planwriter.targets.values import FigureView, names_of_shares, operand, view_of
from planwriter.targets.yearly import check_reading, total_of


def complete_targets(targets: tuple[Target, ...]) -> Result[tuple[Target, ...]]:
    """The targets with all values: typed, or else the sum of 分项, the result of 公式, or what 分年 come to."""
    found = Findings()
    if any(target.shares for target in targets):
        from planwriter.targets.shares import with_shares

        targets = tuple(found.take(with_shares(target)) for target in targets)
    results = found.take(_Sums(targets).results())
    done = []
    for target in targets:
        computed = results.get(target.key)
        if target.value is not None:
            if computed is not None:
                found += _compare(target, target.value.value, computed)
        elif target.formula is not None:
            if computed is not None:
                target = replace(target, value=Figure(value=computed, origin=target.formula.origin))
        elif target.years:
            found += check_reading(target)
            target = replace(target, value=total_of(target))
        elif target.origin is not None and not target.broken:
            found.append(finding("PW412", target.origin, name=target.title))
        done.append(target)
    return found.result(tuple(done))


_FORMULA_ADVICE = "公式里写别的指标的名字和 + - * / ( )，例如：公式: 新建幼儿园 + 改扩建幼儿园。"
MAX_FORMULAS = 2_000
MAX_RESULT = Decimal(10) ** 15


class _Sums:
    """Works out the formulas of the targets, each once, after those that it cites."""

    def __init__(self, targets: tuple[Target, ...]) -> None:
        self.targets = {target.key: target for target in targets}
        self.shares = names_of_shares(targets)
        self.odd = odd_names((*self.targets, *self.shares))
        self._found = Findings()
        self._worked_out = 0
        self._results: dict[str, Decimal | None] = {}

    def results(self) -> Result[dict[str, Decimal | None]]:
        """The result of each formula by the key of its target; None for one that fails."""
        for target in self.targets.values():
            if target.formula is not None and target.key not in self._results:
                self.work_out(target.key)
        return self._found.result(self._results)

    def value(self, key: str) -> Decimal | None:
        """The value that formulas use for a target: the figure typed, else the result of its formula or the last year's."""
        target = self.targets[key]
        if target.value is not None:
            return target.value.value
        if target.formula is not None:
            return self._results.get(key)
        total = total_of(target)
        return total.value if total else None

    def cited(self, target: Target) -> list[str]:
        """The targets that a formula cites."""
        formula = target.formula.value if target.formula else ""
        return [name for name in names_of(formula, self.odd) if name in self.targets]

    def work_out(self, key: str) -> None:
        """Works out a formula, after the formulas that it depends on."""
        stack = {key: None}  # ordered, with a quick lookup
        while stack:
            key = next(reversed(stack))
            target = self.targets[key]
            late = [name for name in self.cited(target) if name != key and self.is_late(name)]
            if late and late[0] in stack:
                ring = list(stack)[list(stack).index(late[0]) :]
                self.fail(
                    target, f"公式绕成了圈：{' → '.join((*ring, ring[0]))}", "给其中一个直接写数值，删去它的公式。"
                )
                self._results.update(dict.fromkeys(ring))
                for name in ring:
                    del stack[name]
            elif late:
                stack[late[0]] = None
            else:
                self._results[key] = self.compute(target)
                del stack[key]

    def is_late(self, name: str) -> bool:
        """True if a cited target must be worked out first."""
        target = self.targets[name]
        return target.value is None and target.formula is not None and name not in self._results

    def compute(self, target: Target) -> Decimal | None:
        """The result of a formula whose cited targets are worked out; None if it or one of them has a finding."""
        assert target.formula is not None
        values = {name: self.value(name) for name in self.cited(target)}
        figures = {name: value for name, value in values.items() if value is not None}
        if target.key in values:
            self.fail(target, "公式里用了它自己", "公式里写别的指标的名字。", at=target.key)
            return None
        if len(figures) < len(values):
            return None
        rough = next((name for name, value in figures.items() if is_rough(value)), "")
        if rough:
            self.fail(
                target, f"“{rough}”是 {figures[rough]:f}，不是确数", "公式里只用确数；这个指标直接写数值。", at=rough
            )
            return None
        self._worked_out += 1
        if self._worked_out > MAX_FORMULAS:
            if self._worked_out == MAX_FORMULAS + 1:
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
        """The result of a formula in the unit of its target. Raises Missing, Forbidden or SyntaxError."""
        from planwriter.targets.quantity import convert, quantity_of, rounded

        assert target.formula is not None
        values = {name: operand(self.view(name, figure)) for name, figure in figures.items()}
        result = evaluate(target.formula.value, {**values, "指标": NameTable("指标", values, self.shares)})
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
            self._found.append(finding("PW433", target.formula.origin, where=where, reason=str(error)))
        else:
            self.fail(target, str(error), _FORMULA_ADVICE)

    def fail(self, target: Target, reason: str, advice: str, *, at: str = "") -> None:
        """Adds a finding on a formula, at the place where it names `at`."""
        if target.formula and target.formula.origin:
            place = target.formula.origin.find(at) if at else target.formula.origin
            self._found.append(finding("PW407", place, name=target.title, reason=reason, advice=advice))


def _compare(target: Target, typed: Decimal, computed: Decimal) -> Iterator[Finding]:
    """A typed value that differs from its formula: sums are exact, products and quotients as precise as the value typed."""
    if not target.value or not target.value.origin or not target.formula:
        return
    rounded = any(sign in target.formula.value for sign in "*/")
    if typed == (computed.quantize(typed, ROUND_HALF_UP) if rounded else computed):
        return
    value, result = f"{typed:f}{target.unit}", f"{computed:f}{target.unit}"
    formula = target.formula.value
    yield finding("PW406", target.value.origin, name=target.title, formula=formula, value=value, result=result)
