"""Figures that stand side by side: for several years (2026年、2027年分别达到93%、94%), and for several things (甲、乙分别达到93%、94%)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planwriter.checks.figures.reading import name_before
from planwriter.importing.figure_goals import is_for_each, is_norm, is_past
from planwriter.importing.figure_names import CHANGES, TakenFigure, cleaned, shared_names
from planwriter.importing.figure_parts import (
    NUMBER,
    REACH,
    LiftableFigure,
    bound_before,
    figure_at,
    unit_behind,
    year_before,
)
from planwriter.importing.figure_words import last_clause, last_verb
from planwriter.language.figures import AFTER, TypedFigure
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import re, regex

_SPLIT = regex(
    r"(?P<years>(?:20\d\d年?(?:底|末)?[、，和]){1,9}20\d\d年(?:底|末)?)(?P<link>[^。；\d，]{0,20}?分别[^。；\d]{0,10}?)"
    r"(?P<figures>(?:\d{1,12}(?:\.\d{1,6})?[^\d。；、，]{0,6}[、，和]){1,9}\d{1,12}(?:\.\d{1,6})?)"
)
_JOINS = frozenset(("、", "和", "，", "与", "及", "以上、", "左右、", "以内、", "以上和", "以内和"))
_COMPARED = ("同比增幅", "同比", "年均", "比上年", "较上年", "增幅")
_MOST_LISTED = 9
_LONGEST_LINK = 14
NEAR = 20
"""As many characters before a figure are looked at for 分别."""


class _Listed(NamedTuple):
    """A figure among others, with the index behind its unit."""

    number: re.Match[str]
    end: int
    figure: TypedFigure


def figures_by_year(text: str, begin: int, end: int) -> tuple[list[LiftableFigure], int]:
    """The figures of 2026年、2027年、2028年分别达到93%、94%、95% in a sentence, and where they end; `begin` if there are none."""
    split = _SPLIT.search(text, begin, end)
    made = list(_steps(text, begin, split)) if split is not None else []
    return made, (split.end() if made and split is not None else begin)


def _steps(text: str, begin: int, split: re.Match[str]) -> Iterator[LiftableFigure]:
    years = [int(year) for year in re.findall(r"20\d\d", split["years"])]
    numbers = list(NUMBER.finditer(text, split.start("figures"), split.end("figures")))
    name = cleaned(name_before(text[max(begin, split.start() - REACH) : split.start()]))
    if len(years) != len(numbers) or not name:
        return
    for year, number in zip(years, numbers, strict=True):
        unit, at = unit_behind(text, number.end())
        figure = figure_at(text, number, unit, at)
        if figure is not None:
            yield LiftableFigure(number.start(), at, number.start(), figure, "达到", name, year, is_step=True)


def figures_of_several(
    text: str, end: int, lead: str, first: re.Match[str], taken: Sequence[TakenFigure]
) -> list[LiftableFigure]:
    """The figures of 甲覆盖率、乙覆盖率分别达到95%、90%, and of 甲12所、乙5所，分别增长3%、2%; empty if it is not clear of what they are.

    `taken` are the figures of the sentence before them.
    """
    before, _, link = lead.rpartition("分别")
    if len(link) > _LONGEST_LINK or last_clause(link) != link or "、" in link:
        return []
    figures = _listed(text, end, first)
    clause = last_clause(before).removesuffix("均")
    change = CHANGES.search(link)
    compared = next((word for word in _COMPARED if clause.endswith(word)), "")
    clause = clause.removesuffix(compared)
    if not clause:
        names = [each.name for each in taken[-len(figures) :]] if change is not None else []
    else:
        names = shared_names(clause, len(figures), last_verb(link))
    if len(figures) < 2 or len(names) != len(figures) or is_past(clause, before, "达到"):
        return []
    if is_for_each(link) and is_norm(f"{clause}分别{link}", figures[0].figure.unit):
        return []
    said, printed = bound_before(lead)
    tail = compared + change.group() if change is not None else ""
    made = []
    for name, (number, at, figure) in zip(names, figures, strict=True):
        behind = next((word for word in AFTER if text.startswith(word, at)), "")
        opens = number.start() - len(printed) * (number is first and not behind)
        bound, year = behind or said, year_before(before)
        made.append(LiftableFigure(number.start(), at + len(behind), opens, figure, bound, name + tail, year))
    return made


def _listed(text: str, end: int, first: re.Match[str]) -> list[_Listed]:
    """The figures that stand side by side from `first` on."""
    made: list[_Listed] = []
    at = first.start()
    for number in NUMBER.finditer(text, first.start(), end):
        if made and text[at : number.start()] not in _JOINS:
            break
        unit, at = unit_behind(text, number.end())
        figure = figure_at(text, number, unit, at)
        if not unit or figure is None or len(made) == _MOST_LISTED:
            return []
        made.append(_Listed(first if not made else number, at, figure))
        at += next((len(word) for word in AFTER if text.startswith(word, at)), 0)
    return made
