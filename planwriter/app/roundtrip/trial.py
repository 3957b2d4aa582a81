"""What becomes of an outline when the changes of a .docx are taken in: each is tried by printing it, and kept or left with the reason."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence

from planwriter.app import plans
from planwriter.app.open_outline import OpenOutline
from planwriter.compare.absorb.absorption import AbsorbStep, Absorption
from planwriter.compare.absorb.clause_edits import ClauseValues
from planwriter.compare.absorb.figure_edits import FigureEdit, figures_apart
from planwriter.compare.absorb.outline_nodes import outline_map
from planwriter.compare.absorb.placing import ExpectedItem
from planwriter.compare.absorb.realise import realised
from planwriter.compare.edits.sides import Content, MergedSides, SideConflict, Sides, content_of, merged_sides, shown
from planwriter.compare.versions.from_plan import shown_items, version_of_plan
from planwriter.compare.versions.version import PlanVersion, VersionLine
from planwriter.findings.finding import Finding, Severity
from planwriter.source.changes import changed_file
from planwriter.source.edit import Uneditable
from planwriter.start.records import dataclass

MAX_TRIALS = 400
"""So many times an outline is made and compared at most; fewer times if it is long."""
_MAX_TRIED = 200_000
"""So many items are made and compared at most."""
_LEAST_TRIALS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Absorbed:
    """What becomes of an outline; nothing is written yet."""

    before: bytes
    after: bytes
    done: tuple[AbsorbStep, ...]
    left: tuple[tuple[AbsorbStep, str], ...]
    """The changes that are not made, with the reasons."""
    merged: MergedSides
    """What the outline should print."""
    conflicts: tuple[SideConflict, ...]
    """What both sides changed differently; all but the chosen ones stay as they are in the outline."""
    figures: tuple[FigureEdit, ...]
    """The edited figures that stay as the outline cites them."""
    expanded: tuple[str, ...]
    """The clauses whose use became blocks of the outline's own, since something in them was changed."""
    follows: tuple[tuple[str, str], ...]
    """What is made from changed texts and changed with them, such as a signature, before and after."""
    sides: Sides
    findings: tuple[Finding, ...] = ()
    """The findings on the outline that are new after the change."""
    version: PlanVersion
    """What the outline prints after the change."""


def absorbed(
    outline: OpenOutline,
    sides: Sides,
    theirs: frozenset[tuple[int, int]] = frozenset(),
    here: frozenset[tuple[int, int]] | None = None,
) -> Absorbed:
    """The outline with the changes of one side taken in; the current version of `sides` must be that of the outline.

    Of the edited figures for which the outline cites targets, those in `here` are changed where they stand; all if it is None.
    """
    parts = [part.role for part in outline.plan.outline.parts] if outline.plan.outline else []
    lines = outline_map(outline.tree, parts, shown_items(outline.document))
    merged, figures = figures_apart(sides, merged_sides(sides, theirs), lines, here)
    trial = _Trial(outline, Absorption(sides, merged, lines, outline.document, _clause_values(outline)))
    data, done, left = trial.made()
    left_figures = () if here is None else tuple(each for each in figures if (each.key, each.nth) not in here)
    return Absorbed(
        before=outline.data,
        after=data,
        done=done,
        left=left,
        merged=merged,
        conflicts=merged.conflicts,
        figures=left_figures,
        expanded=tuple(lines.clause_of(each) for each in trial.plan.expanded),
        follows=trial.follows,
        sides=sides,
        findings=trial.findings,
        version=trial.version,
    )


def _clause_values(outline: OpenOutline) -> ClauseValues:
    """What knows the values of parameters by which a clause prints a text."""

    def values(name: str, variant: str, title: str, text: str) -> Mapping[str, str] | None:
        from planwriter.app.libraries import outline_libraries
        from planwriter.clauses.systems import plan_level
        from planwriter.importing.match_clauses import printing_values
        from planwriter.plan.compose.compose import base_names

        made = outline.plan.outline
        assert made is not None
        clause = outline_libraries(outline.session, made, os.path.dirname(outline.path)).value.find(name)
        if clause is None:
            return None
        level, names = plan_level(made.unit, made.region.level), base_names(made.unit, made.region, made.years)
        return printing_values(clause, level, variant, title, text, names)

    return values


class _Trial:
    """Tries steps, and keeps those after which the outline prints what it should."""

    def __init__(self, outline: OpenOutline, plan: Absorption) -> None:
        self.outline, self.plan = outline, plan
        self.current = self.version = plan.sides.current
        self.refused: dict[int, str] = {}
        self.last_refused: dict[int, str] = {}
        """The steps that could not be made in the last trial."""
        self.reason = ""
        self.trials = 0
        self.most = min(MAX_TRIALS, max(_LEAST_TRIALS, _MAX_TRIED // max(len(self.current.items), 1)))
        self.findings: tuple[Finding, ...] = ()
        self.follows: tuple[tuple[str, str], ...] = ()

    def made(self) -> tuple[bytes, tuple[AbsorbStep, ...], tuple[tuple[AbsorbStep, str], ...]]:
        steps = self.plan.steps
        kept: set[int] = set()
        data = self.outline.data
        todo: list[list[int]] = [[*range(len(steps))]] if steps else []
        while todo:
            group = todo.pop(0)
            chosen = self.plan.with_linked(kept | set(group))
            made = self.tried(chosen)
            if made is not None:
                data = made
                kept = chosen - self.last_refused.keys()
                self.refused.update(self.last_refused)
            elif len(group) == 1 and group[0] not in self.plan.in_own_words and self.plan.is_of_use(group[0]):
                self.plan.in_own_words.add(group[0])
                todo.insert(0, group)
            elif len(group) > 1 and self.trials < self.most:
                half = len(group) // 2
                todo[:0] = [group[:half], group[half:]]
            else:
                reason = self.reason if len(group) == 1 else "改不了的太多，没有一处一处试完；把别的收回以后再试"
                for at in group:
                    self.refused[at] = self.last_refused.get(at, reason)
        again = self.refused.keys() - kept - self.plan.refused.keys() if kept else set()
        for at in sorted(again):  # what did not go alone may go with others
            chosen = self.plan.with_linked(kept | {at})
            was = self.version, self.findings, self.follows, set(self.plan.expanded)
            made = self.tried(chosen) if self.trials < self.most else None
            if made is not None and at not in self.last_refused:
                data, kept = made, chosen - self.last_refused.keys()
            else:
                self.version, self.findings, self.follows, self.plan.expanded = was
        done = tuple(steps[at] for at in sorted(kept))
        left = tuple((steps[at], self.refused[at]) for at in sorted(self.refused) if at not in kept)
        return data, done, left

    def tried(self, chosen: set[int]) -> bytes | None:
        """The outline with these steps; None, and the reason, if it then is not read or printed as it should be."""
        was = set(self.plan.expanded)
        made = self.made_with(chosen)
        if made is None:
            self.plan.expanded = was
        return made

    def made_with(self, chosen: set[int]) -> bytes | None:
        wanted = realised(self.plan, chosen)
        self.last_refused = wanted.refused
        if not wanted.changes:
            wrong = next(_differences(wanted.expected, self.current), None)
            self.reason = "提纲里没有写它的地方" if wrong else ""
            return None if wrong else self.outline.data
        self.trials += 1
        outline = self.outline
        try:
            made = changed_file(outline.data, outline.tree, wanted.changes)
        except Uneditable as error:
            self.reason = str(error)
            return None
        after = plans.plan_bytes(outline.session, made, outline.shown, draft=outline.draft, path=outline.path)
        new = plans.new_findings(outline.plan.findings, after.findings)
        if after.document is None or any(each.severity is Severity.ERROR for each in new):
            told = next((each.message for each in new if each.severity is Severity.ERROR), "提纲就读不通了")
            self.reason = f"改了以后，{told}".rstrip("。")
            return None
        version = version_of_plan(after.document, outline.shown)
        wrong = next(_differences(wanted.expected, version), None)
        if wrong is not None:
            self.reason = wrong
            return None
        self.findings, self.version = tuple(new), version
        self.follows = tuple(_followers(wanted.expected, self.plan.sides, version))
        return made


def _differences(expected: Sequence[ExpectedItem], version: PlanVersion) -> Iterator[str]:
    """Where what is printed is not what was expected."""
    if len(expected) != len(version.items):
        yield f"改了以后，全文应有 {len(expected)} 段，排出来是 {len(version.items)} 段"
        return
    for wanted, item in zip(expected, version.items, strict=True):
        if wanted.content is not None and _plain(wanted.content) != _plain(content_of(item)):
            yield f"改了以后，“{short(wanted.content)}”这一段排出来是“{short(content_of(item))}”"
        elif wanted.content is not None and isinstance(item, VersionLine) and item.level != wanted.level:
            yield f"改了以后，“{short(wanted.content)}”这一段排出来不是原来那一级"


def _followers(expected: Sequence[ExpectedItem], sides: Sides, version: PlanVersion) -> Iterator[tuple[str, str]]:
    """What is made from other texts and changed with them, before and after."""
    for wanted, item in zip(expected, version.items, strict=True):
        if wanted.content is None:
            before = content_of(sides.current.items[sides.items[wanted.key].current])
            if _plain(before) != _plain(content_of(item)):
                yield shown(before), shown(content_of(item))


def _plain(content: Content) -> Content:
    return content.replace("\n", "") if isinstance(content, str) else content


def short(content: Content) -> str:
    """The content of an item as findings name it: cut in the middle if it is long."""
    text = shown(content)
    return text if len(text) <= 24 else f"{text[:12]}……{text[-11:]}"
