"""Takes the hand edits of a .docx back into its outline: first shows what changes, then writes all of that or nothing.

Every change is tried: afterwards the outline must print exactly what was expected, else the change is listed, with the reason, and
not made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planwriter.app import plans
from planwriter.app.session import Session
from planwriter.compare.absorption import AbsorbStep, Absorption, ExpectedItem, shown
from planwriter.compare.from_plan import shown_items, version_of_plan
from planwriter.compare.outline_nodes import outline_map
from planwriter.compare.sides import Content, MergedSides, SideConflict, Sides, content_of, merged_sides
from planwriter.compare.version import PlanVersion, VersionLine
from planwriter.findings.finding import Finding, Result, Severity, has_errors
from planwriter.model import Document
from planwriter.source.changes import changed_file
from planwriter.source.edit import Uneditable
from planwriter.source.keys import OUTLINE_KEYS
from planwriter.source.load import load_tree
from planwriter.source.nodes import Mapping
from planwriter.start.records import dataclass

MAX_TRIALS = 400
"""So many times an outline is made and compared at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Absorbed:
    """What becomes of an outline; nothing is written yet."""

    before: bytes
    after: bytes
    done: tuple[AbsorbStep, ...]
    left: tuple[tuple[AbsorbStep, str], ...]
    """The changes that are not made, with the reasons."""
    conflicts: tuple[SideConflict, ...]
    sides: Sides
    findings: tuple[Finding, ...] = ()
    """The findings on the outline that are new after the change."""


@dataclass(slots=True, kw_only=True)
class OpenOutline:
    """An outline that can be changed: its bytes, its tree and its document."""

    session: Session
    path: str
    shown: str
    data: bytes
    tree: Mapping
    plan: plans.Plan
    document: Document

    def version(self) -> PlanVersion:
        """What a reader sees of it."""
        return version_of_plan(self.document, self.shown)


def open_outline(session: Session, data: bytes, shown: str, path: str) -> Result[OpenOutline | None]:
    """An outline in memory; None, with the findings, if no document can be made of it."""
    tree = load_tree(data, shown, OUTLINE_KEYS)
    plan = plans.plan_tree(session, tree, shown, path=path)
    if tree.value is None or plan.document is None or has_errors(plan.findings):
        return Result(None, plan.findings)
    return Result(
        OpenOutline(
            session=session, path=path, shown=shown, data=data, tree=tree.value, plan=plan, document=plan.document
        )
    )


def absorbed(outline: OpenOutline, sides: Sides, theirs: frozenset[tuple[int, int]] = frozenset()) -> Absorbed:
    """The outline with the changes of one side taken in; the current version of `sides` must be that of the outline."""
    merged = merged_sides(sides, theirs)
    trial = _Trial(outline, sides, merged)
    data, done, left = trial.made()
    return Absorbed(
        before=outline.data,
        after=data,
        done=done,
        left=left,
        conflicts=merged.conflicts,
        sides=sides,
        findings=trial.new_findings,
    )


class _Trial:
    """Tries steps, and keeps those after which the outline prints what it should."""

    def __init__(self, outline: OpenOutline, sides: Sides, merged: MergedSides) -> None:
        self.outline = outline
        parts = [part.role for part in outline.plan.outline.parts] if outline.plan.outline else []
        items = shown_items(outline.document)
        self.plan = Absorption(sides, merged, outline_map(outline.tree, parts, items), outline.document)
        self.current = sides.current
        self.refused: dict[int, str] = {}
        self.reason = ""
        self.trials = 0
        self.new_findings: tuple[Finding, ...] = ()

    def made(self) -> tuple[bytes, tuple[AbsorbStep, ...], tuple[tuple[AbsorbStep, str], ...]]:
        steps = self.plan.steps
        kept: set[int] = set()
        data = self.outline.data
        todo: list[list[int]] = [[*range(len(steps))]] if steps else []
        while todo:
            group = todo.pop(0)
            made = self.tried(kept | set(group))
            if made is not None:
                data = made
                kept |= set(group) - self.refused.keys()
            elif len(group) > 1 and self.trials < MAX_TRIALS:
                half = len(group) // 2
                todo[:0] = [group[:half], group[half:]]
            else:
                for at in group:
                    self.refused.setdefault(at, self.reason)
        done = tuple(steps[at] for at in sorted(kept))
        left = tuple((steps[at], self.refused[at]) for at in sorted(self.refused) if at not in kept)
        return data, done, left

    def tried(self, chosen: set[int]) -> bytes | None:
        """The outline with these steps; None, and the reason, if it then is not read or printed as it should be."""
        realised = self.plan.realised(chosen)
        self.refused.update(realised.refused)
        if not realised.changes:
            wrong = next(_differences(realised.expected, self.current), None)
            self.reason = "提纲里没有写它的地方" if wrong else ""
            return None if wrong else self.outline.data
        self.trials += 1
        outline = self.outline
        try:
            made = changed_file(outline.data, outline.tree, realised.changes)
        except Uneditable as error:
            self.reason = str(error)
            return None
        after = plans.plan_bytes(outline.session, made, outline.shown, path=outline.path)
        new = plans.new_findings(outline.plan.findings, after.findings)
        if after.document is None or any(each.severity is Severity.ERROR for each in new):
            told = next((each.message for each in new if each.severity is Severity.ERROR), "提纲就读不通了")
            self.reason = f"改了以后，{told}".rstrip("。")
            return None
        wrong = next(_differences(realised.expected, version_of_plan(after.document, outline.shown)), None)
        if wrong is not None:
            self.reason = wrong
            return None
        self.new_findings = tuple(new)
        return made


def _differences(expected: Sequence[ExpectedItem], version: PlanVersion) -> Iterator[str]:
    """Where what is printed is not what was expected."""
    if len(expected) != len(version.items):
        yield f"改了以后，全文应有 {len(expected)} 段，排出来是 {len(version.items)} 段"
        return
    for wanted, item in zip(expected, version.items, strict=True):
        if wanted.content is not None and _plain(wanted.content) != _plain(content_of(item)):
            yield f"改了以后，“{_short(wanted.content)}”这一段排出来是“{_short(content_of(item))}”"
        elif wanted.content is not None and isinstance(item, VersionLine) and item.level != wanted.level:
            yield f"改了以后，“{_short(wanted.content)}”这一段排出来不是原来那一级"


def _plain(content: Content) -> Content:
    return content.replace("\n", "") if isinstance(content, str) else content


def _short(content: Content) -> str:
    text = shown(content)
    return text if len(text) <= 24 else f"{text[:20]}……"
