"""Finds a target that two plans of one bureau give different figures for the same year (PW465)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos
from planwriter.language.units import is_convertible, parse_unit
from planwriter.model import Figure, Outline, Target
from planwriter.start.named_tuple import NamedTuple
from planwriter.targets.align import folded
from planwriter.targets.formulas import complete_targets
from planwriter.targets.yearly import SUM, is_new


class _Given(NamedTuple):
    """A figure that a plan gives for a year."""

    target: Target
    figure: Figure
    pos: Pos | None
    """Where it stands; told when its plan is read, since its places may not last longer."""

    @property
    def shown(self) -> str:
        return f"{self.figure.value:f}{self.target.unit}"

    @property
    def size(self) -> object:
        return self.figure.value * parse_unit(self.target.unit).factor


def check_disagreement(outlines: Iterable[Outline]) -> Iterator[Finding]:
    """A finding for each target with another figure than an earlier outline of the same unit gives it for that year.

    An outline is done with when the next one is asked for.
    """
    given: dict[tuple[str, str, int], _Given] = {}
    for outline in outlines:
        found: set[str] = set()
        for target in complete_targets(outline.targets).value:
            for year, figure in _figures(target, outline.years):
                name = folded(target.title)
                place = figure.origin or target.origin
                two = _Given(target, figure, place.pos if place else None)
                one = given.setdefault((folded(outline.unit), name, year), two)
                if name not in found and _differ(one, two):
                    found.add(name)
                    yield from _report(one, two, year)


def _figures(target: Target, span: tuple[int, int]) -> Iterator[tuple[int, Figure]]:
    """The figures of a target by year: its steps, its goal for the plan's last year, and the baseline.

    The total of figures that add up over several years is no figure of the last of them.
    """
    steps, (first, last) = dict(target.years), span
    yield from steps.items()
    is_total = first != last and (is_new(target) or target.yearly == SUM)
    if target.value is not None and last and last not in steps and not is_total:
        yield last, target.value
    if target.baseline is not None:
        yield target.baseline


def _differ(one: _Given, two: _Given) -> bool:
    if one.target is two.target or not is_convertible(one.target.unit, two.target.unit):
        return False
    return one.size != two.size


def _report(one: _Given, two: _Given, year: int) -> Iterator[Finding]:
    place, before = two.figure.origin or two.target.origin, one.pos
    if place and before:
        related = ((before, f"这里是 {one.shown}"),)
        name, file = two.target.title, before.file
        yield finding(
            "PW465", place, related=related, name=name, year=year, value=two.shown, other=one.shown, file=file
        )
