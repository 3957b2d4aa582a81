"""Lifts the figures of an outline that are targets into 指标, and cites them where they stood; the text stays the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from planwriter.fill import fill
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Findings, Pos, Result
from planwriter.importing.figure_parts import Baseline, LiftableFigure
from planwriter.importing.figures import liftable_figures
from planwriter.language.figures import TypedFigure
from planwriter.language.units import is_ratio
from planwriter.model import Block, Figure, Outline, Paragraph, Section, Target, Text
from planwriter.model.walk import TextRole, TextVisit, rebuild, walk_plan_texts
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex
from planwriter.start.records import replace
from planwriter.targets.formulas import complete_targets
from planwriter.targets.values import TargetTable

_REVIEW = regex(
    r"回顾|工作总结|年[^，。]{0,12}总结|工作(?:开展)?情况|完成情况|(?:主要|发展|工作|取得)的?(?:成效|成就|成绩|进展)|发展(?:基础|现状)|现状与|基本情况"
)
"""Matches the heading of a part that says what was done."""
_ROLES = (TextRole.TEXT, TextRole.TITLE, TextRole.PREFACE, TextRole.CLOSING)
_NUMBER = regex(r"\d{1,9}")
_MOST = 500
"""So many figures of a plan are lifted; further ones are left as they are."""
_SHOWN = 12


class Citation(NamedTuple):
    """A stretch of a text that a hole replaces."""

    text: Text
    start: int
    end: int
    hole: str

    @property
    def quote(self) -> str:
        """The words that it replaces."""
        return self.text.value[self.start : self.end]


class TargetProposal(NamedTuple):
    """A target that may be lifted out of a text: its number in the list (from 1), what it would be, where it is cited."""

    number: int
    target: Target
    citations: tuple[Citation, ...]
    is_year_guessed: bool = False
    """True if the text does not say of which year its baseline is."""

    @property
    def key(self) -> str:
        """The name under which texts would cite it."""
        return self.target.key

    @property
    def pos(self) -> Pos:
        """Where it stands first."""
        first = self.citations[0]
        place = first.text.place(first.start, first.end)
        return place.pos if place else Pos("")

    @property
    def shown(self) -> str:
        """The figure as the text has it."""
        return "、".join(dict.fromkeys(each.quote for each in self.citations))


def propose_targets(outline: Outline) -> Result[tuple[TargetProposal, ...]]:
    """The targets that may be lifted out of an outline, each with what would cite it; findings on those that cannot.

    A figure is left out if no citation of it would print what the text has now.
    """
    found = Findings()
    made: dict[str, _Lifted] = {}
    taken = {target.key for target in outline.targets}
    figures = ((text, each) for text in _texts(outline) for each in liftable_figures(text.value))
    for text, each in islice(figures, _MOST):
        if not _add(made, taken, text, each, outline.years):
            place = text.place(each.start, each.end)
            quote = text.value[each.start : each.end]
            found.append(finding("PW752", place or Pos(""), name=each.name, quote=quote))
    proposals = tuple(
        TargetProposal(number, lifted.target, tuple(lifted.citations), lifted.is_year_guessed)
        for number, lifted in enumerate(made.values(), 1)
    )
    return found.result(proposals)


def renamed(proposal: TargetProposal) -> TargetProposal:
    """The proposal with a longer name, for a name that the text also has for other figures."""
    key = f"{proposal.key}目标"
    citations = (
        each._replace(hole=each.hole.replace(f"指标.{proposal.key}", f"指标.{key}", 1)) for each in proposal.citations
    )
    return proposal._replace(target=replace(proposal.target, key=key), citations=tuple(citations))


def lift_targets(outline: Outline, proposals: Iterable[TargetProposal]) -> Result[Outline]:
    """The outline with the proposed targets, cited in its texts, which print the same as before.

    The findings name the targets and the years that were guessed. A text whose citations do not print the same stays.
    """
    wanted = tuple(proposals)
    if not wanted:
        return Result(outline)
    cited: dict[int, list[Citation]] = {}
    for each in wanted:
        for citation in each.citations:
            cited.setdefault(id(citation.text), []).append(citation)
    targets = (*outline.targets, *(each.target for each in wanted))
    changed: dict[int, Text] = {}
    kept: set[str] = set()
    for at, citations in cited.items():
        text = citations[0].text
        new = _with_holes(text.value, citations)
        if _printed(new, targets) == text.value:
            changed[at] = replace(text, value=new)
            kept.update(_place_of(each) for each in citations)
    lifted = tuple(each for each in wanted if any(_place_of(citation) in kept for citation in each.citations))
    if not lifted:
        return Result(outline)
    made = _with_texts(outline, changed)
    names = "、".join(each.key for each in lifted[:_SHOWN]) + "等" * (len(lifted) > _SHOWN)
    findings = [finding("PW750", lifted[0].pos, count=len(lifted), names=names)]
    findings += _guesses(lifted)
    return Result(replace(made, targets=(*outline.targets, *(each.target for each in lifted))), tuple(findings))


def _place_of(citation: Citation) -> str:
    """What tells a citation from others."""
    return f"{id(citation.text)}:{citation.start}"


def chosen(proposals: tuple[TargetProposal, ...], refused: Iterable[str]) -> tuple[TargetProposal, ...]:
    """The proposals without those refused by name, by number, or by a range of numbers (3-5)."""
    without: set[int] = set()
    for word in refused:
        first, _, last = word.strip().replace("—", "-").partition("-")
        if _NUMBER.fullmatch(first) and (not last or _NUMBER.fullmatch(last)):
            without.update(range(int(first), min(int(last or first), len(proposals)) + 1))
        else:
            without.update(each.number for each in proposals if each.key == word.strip())
    return tuple(each for each in proposals if each.number not in without)


def _guesses(lifted: tuple[TargetProposal, ...]) -> Iterator[Finding]:
    for each in lifted:
        if each.is_year_guessed and each.target.baseline is not None:
            yield finding("PW751", each.pos, name=each.key, year=each.target.baseline[0])


def _texts(outline: Outline) -> Iterator[Text]:
    """The texts in which targets are looked for, each once: titles, paragraphs, preface and closing."""
    seen: set[int] = set()
    for visit in walk_plan_texts(outline):
        if visit.role in _ROLES and id(visit.text) not in seen and not _looks_back(visit):
            seen.add(id(visit.text))
            yield visit.text


def _looks_back(visit: TextVisit) -> bool:
    """True for a text under a heading of what was done: 一、2025年工作回顾."""
    titles = (each.title for each in (*visit.parents, visit.holder) if isinstance(each, Section) and each.title)
    return any(_REVIEW.search(title.value) for title in titles)


def _with_texts(outline: Outline, changed: dict[int, Text]) -> Outline:
    """The outline with some of its texts, by their identity, replaced."""

    def of(text: Text | None) -> Text | None:
        return changed.get(id(text), text) if text is not None else None

    def in_block(block: Block) -> Block:
        if isinstance(block, Section) and (id(block.text) in changed or id(block.title) in changed):
            return replace(block, title=of(block.title), text=of(block.text))
        if isinstance(block, Paragraph) and id(block.text) in changed:
            return replace(block, text=changed[id(block.text)])
        return block

    return replace(
        outline,
        preface=of(outline.preface),
        closing=of(outline.closing),
        parts=tuple(replace(part, blocks=rebuild(part.blocks, in_block)) for part in outline.parts),
        attachments=tuple(replace(each, blocks=rebuild(each.blocks, in_block)) for each in outline.attachments),
    )


def _with_holes(text: str, citations: list[Citation]) -> str:
    made, at = [], 0
    for each in sorted(citations, key=lambda citation: citation.start):
        made += [text[at : each.start], each.hole]
        at = each.end
    return "".join((*made, text[at:]))


def _printed(text: str, targets: tuple[Target, ...]) -> str:
    """A text as it is printed with these targets; "" if one of its holes cannot be filled."""
    table = TargetTable(complete_targets(targets).value, lambda key: None)
    filled, faults = fill(text, {"指标": table}, [], (), table.odd)
    return "" if faults else filled


class _Lifted:
    """A target as it grows: a second year of the same name, a second place of the same figure."""

    __slots__ = ("citations", "is_year_guessed", "target")

    def __init__(self, target: Target, citations: list[Citation], *, is_year_guessed: bool) -> None:
        self.target = target
        self.citations = citations
        self.is_year_guessed = is_year_guessed


def _add(made: dict[str, _Lifted], taken: set[str], text: Text, found: LiftableFigure, years: tuple[int, int]) -> bool:
    """Adds a figure to the targets, as a new one or a further year or place of one; False if it cannot be cited."""
    is_between = years[0] < years[1] and years[0] <= found.year < years[1]
    year = found.year if is_between or found.is_step else 0
    name = found.name
    known = made.get(name)
    if known is not None and known.target.years and found.year == years[1] and not is_ratio(found.figure.unit):
        year = found.year  # the last of the figures for each year
    if known is not None and _join(known, text, found, year):
        return True
    if known is not None or name in taken:
        name = _free(found.name, made, taken)
    target = _target(name, found, year, years)
    citations = _citations(target, text, found, year)
    if not citations:
        return False
    guessed = found.baseline is not None and not found.baseline.year
    made[name] = _Lifted(target, citations, is_year_guessed=guessed and target.baseline is not None)
    return True


def _free(name: str, made: dict[str, _Lifted], taken: set[str]) -> str:
    """The name with the first number that is not taken."""
    counts = range(2, len(made) + len(taken) + 3)
    return next(each for count in counts if (each := f"{name}{count}") not in made and each not in taken)


def _join(known: _Lifted, text: Text, found: LiftableFigure, year: int) -> bool:
    """Adds a further year, or a further place of its figure, to a target; False if the figure is another target."""
    target, figure = known.target, _figure_of(found.figure)
    if target.unit != found.figure.unit:
        return False
    steps = dict(target.years)
    if year and year not in steps and found.baseline is None and (steps or target.value is not None):
        steps[year] = figure
        target = replace(target, years=tuple(sorted(steps.items())))
    elif not year and target.value is None and found.baseline is None:
        target = replace(target, value=figure, bound=target.bound or found.bound)
    elif (steps.get(year) if year else target.value) != figure or found.baseline is not None:
        return False
    more = _citations(target, text, found, year)
    if not more or (
        target is not known.target and any(_text_of(target, each) != each.quote for each in known.citations)
    ):
        return False
    known.target = target
    known.citations += more
    return True


def _figure_of(figure: TypedFigure) -> Figure:
    return Figure(value=figure.value())


def _target(name: str, found: LiftableFigure, year: int, years: tuple[int, int]) -> Target:
    figure = _figure_of(found.figure)
    return Target(
        key=name,
        value=None if year else figure,
        unit=found.figure.unit,
        bound=found.bound,
        baseline=_baseline(found.baseline, years) if found.baseline else None,
        years=((year, figure),) if year else (),
    )


def _baseline(found: Baseline, years: tuple[int, int]) -> tuple[int, Figure] | None:
    """The baseline with its year; that before the plan's first if the text names none."""
    year = found.year or years[0] - 1
    return (year, _figure_of(found.figure)) if year < years[1] and years[0] else None


def _citations(target: Target, text: Text, found: LiftableFigure, year: int) -> list[Citation]:
    """The holes for a figure and its baseline, each printing what it replaces; empty if the figure's own cannot."""
    base = f"指标.{target.key}" + (f".年({year})" if year else "")
    places = ((found.before, base), (found.start, base), (found.start, f"{base}.值"), (found.start, f"{base}.数"))
    typed = len(found.figure.number) + len(found.figure.words)
    ends = (
        found.end,
        found.end - len(target.bound),
        found.end - len(target.bound) - len(target.unit),
        found.start + typed,
    )
    tried = (
        Citation(text, start, end, f"{{{{ {hole} }}}}")
        for end in dict.fromkeys(ends)
        for start, hole in places
        if end > found.start
    )
    made = [citation for citation in tried if _text_of(target, citation) == citation.quote][:1]
    before = found.baseline
    if made and before is not None and target.baseline is not None:
        holes = (f"指标.{target.key}.基期", f"指标.{target.key}.基期.数")
        first = (Citation(text, before.start, before.end, f"{{{{ {hole} }}}}") for hole in holes)
        made += [citation for citation in first if _text_of(target, citation) == citation.quote][:1]
    return made


def _text_of(target: Target, citation: Citation) -> str:
    return _printed(citation.hole, (target,))
