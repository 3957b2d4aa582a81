"""Targets as the holes of a text cite them, and as formulas compute with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from planwriter.fill.plain import Function, Lookup, Missing, NameTable, show
from planwriter.fill.written_names import odd_names
from planwriter.language.figures import AFTER, BEFORE, UNSET
from planwriter.language.units import behind
from planwriter.model import Target
from planwriter.model.memo import NO_MEMO, Memo
from planwriter.start.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planwriter.targets.quantity import Quantity

RISING = frozenset(("不低于", "不少于", "超过", "达到", "以上", "力争"))
FALLING = frozenset(("不超过", "不高于", "低于", "以内", "以下"))


class FigureView(Lookup):
    """A figure with its unit as `{{ 指标.X }}` shows it: with its bound, or by its fields .值 .数 .名称 .基期 .年(…)."""

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
        """The figure from which growth is computed: the baseline, or the step before."""
        self.bare = bare
        """True for a step, a part or the baseline of a target, which have no steps of their own."""

    def __str__(self) -> str:
        after = self.bound if self.bound in AFTER else ""
        return f"{BEFORE.get(self.bound, '')}{self.figure:f}{behind(self.unit)}{after}"

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
        if found is None:  # 增长 of a falling figure, a percentage of 0
            raise Missing(name, tuple(each for each in GROWTH if shown[each] is not None), f"指标.{self.target.key}")
        return found

    def _baseline(self) -> FigureView:
        if self.target.baseline is None:
            raise Missing("基期", (), f"指标.{self.target.key}")
        figure = self.target.baseline[1]
        return FigureView(self.target, figure.value, bound=figure.bound, bare=True)

    def _year(self, year: object = None) -> FigureView:
        before = self.target.baseline[1].value if self.target.baseline else None
        for step, figure in self.target.years:
            if show(year) == str(step):
                bound = figure.bound or self.target.bound
                return FigureView(self.target, figure.value, bound=bound, before=before, bare=True)
            before = figure.value
        raise Missing(
            f"年({show(year)})", tuple(f"年({step})" for step, _ in self.target.years), f"指标.{self.target.key}"
        )

    def _shares(self) -> Lookup:
        from planwriter.targets.shares import Shares

        return Shares(
            self.target,
            lambda share: FigureView(
                self.target, share.figure.value, bound=share.figure.bound, unit=share.unit, bare=True
            ),
        )


GROWTH = ("增长", "增幅", "增量", "下降", "降幅", "减量")
"""The fields that say how much a figure differs from the one before it."""


def shown_of(target: Target) -> tuple[FigureView, str, str]:
    """A target that has a value, as templates see it, and its figure as text with and without its bound."""
    assert target.value is not None
    view = view_of(target)
    return view, str(view), str(FigureView(target, target.value.value))


def view_of(target: Target) -> FigureView:
    """A target that has a value, as templates see it."""
    assert target.value is not None
    before = target.baseline[1].value if target.baseline else None
    return FigureView(target, target.value.value, bound=target.bound, before=before)


def operand(view: FigureView) -> Quantity:
    """A figure as formulas and checks compute with it; its fields are such figures too."""
    from planwriter.targets.quantity import Quantity

    return Quantity(view.figure, view.unit, lambda name: _operand_of(view.look_up(name)))


def _operand_of(value: object) -> object:
    """A field of a figure as an operand: a value to compute with, or a lookup that leads to one."""
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
    """The names in an expression over targets: each target by its key, and all of them under 指标."""
    made: dict[str, object] = {target.key: operand(view_of(target)) for target in targets if target.value}
    return {**made, "指标": NameTable("指标", made, names_of_shares(targets))}


def names_of_shares(targets: Iterable[Target]) -> tuple[str, ...]:
    """The names of all 分项, which expressions may cite."""
    return tuple(share.name for target in targets for share in target.shares)


class UnsetView(Lookup):
    """A target without a value: every text that cites it shows where the value will stand."""

    __slots__ = ("target",)

    def __init__(self, target: Target) -> None:
        self.target = target

    def __str__(self) -> str:
        bound = self.target.bound
        return f"{BEFORE.get(bound, '')}{UNSET}{behind(self.target.unit)}{bound if bound in AFTER else ''}"

    def look_up(self, name: str) -> object:
        if name == "值":
            return f"{UNSET}{behind(self.target.unit)}"
        if name == "年":
            return Function(lambda year=None: self)
        if name == "分项":
            return NameTable("分项", {share.name: str(self) for share in self.target.shares})
        known = {"单位": self.target.unit, "名称": self.target.title}
        return self if name == "基期" else known.get(name, UNSET)


class TargetTable(Lookup):
    """`指标` in a template: the targets by their keys; the key of each one that is read is added to `cited`."""

    __slots__ = ("cited", "memo", "odd", "targets", "views")

    def __init__(self, targets: tuple[Target, ...], cited: Callable[[str], object], memo: Memo = NO_MEMO) -> None:
        self.targets = {target.key: target for target in targets}
        self.memo = memo
        self.views: dict[str, FigureView] = {}
        self.odd = odd_names((*self.targets, *names_of_shares(targets)))
        """The names that texts cite as written."""
        self.cited = cited

    def look_up(self, name: str) -> object:
        self.cited(name)
        view = self.views.get(name)
        if view is None:
            target = self.targets.get(name)
            if target is None:
                raise Missing(name, tuple(self.targets), "指标")
            if target.value is None:
                return UnsetView(target)
            view = self.views[name] = self.memo.once(shown_of, target)[0]
        return view
