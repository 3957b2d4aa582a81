"""Takes the hand edits of a .docx back into its outline: first shows what changes, then writes all of that or nothing.

Every change is tried: afterwards the outline must print exactly what was expected, else the change is listed, with the reason, and
not made.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence

from planwriter.app import plans
from planwriter.app.journal.author_files import replace_file
from planwriter.app.journal.journal import Step
from planwriter.app.journal.rendered import kept_record
from planwriter.app.session import Session
from planwriter.compare.absorb.absorption import AbsorbStep, Absorption, shown
from planwriter.compare.absorb.clause_edits import ClauseValues
from planwriter.compare.absorb.figure_edits import FigureEdit, cited_elsewhere, figures_apart
from planwriter.compare.absorb.outline_nodes import outline_map
from planwriter.compare.absorb.placing import ExpectedItem
from planwriter.compare.absorb.realise import realised
from planwriter.compare.edits.hand_edits import EditKind, HandEdit, hand_edits
from planwriter.compare.edits.sides import Content, MergedSides, SideConflict, Sides, content_of, merged_sides, sides_of
from planwriter.compare.versions.from_plan import shown_items, version_of_plan
from planwriter.compare.versions.from_record import version_of_record
from planwriter.compare.versions.from_word import version_of_word
from planwriter.compare.versions.version import PlanVersion, VersionLine
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Findings, Pos, Result, Severity, has_errors
from planwriter.language.figures import Refusal, read_figure
from planwriter.model import Document
from planwriter.plan.changed import ChangedSentence
from planwriter.source.changes import changed_file
from planwriter.source.edit import Uneditable
from planwriter.source.keys import OUTLINE_KEYS
from planwriter.source.load import load_tree
from planwriter.source.nodes import Mapping as MappingNode
from planwriter.start.records import dataclass, field
from planwriter.start.typing import TYPE_CHECKING, TypeAlias
from planwriter.system import files
from planwriter.system.lock import locked
from planwriter.writers.docx.package import is_untouched
from planwriter.writers.docx.record import Record, record_of_docx

if TYPE_CHECKING:
    from typing import Literal

    from planwriter.compare.tracked.conflict_copy import ConflictCopy

MAX_TRIALS = 400
"""So many times an outline is made and compared at most; fewer times if it is long."""
_MAX_TRIED = 200_000
"""So many items are made and compared at most."""
_LEAST_TRIALS = 20


Numbers: TypeAlias = "Literal['指标', '这里', '问']"
"""Where a figure that was edited by hand goes if the outline cites a target there: into the target, only there, or it is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsorbChoices:
    """What was decided of what is not certain."""

    numbers: Numbers = "问"
    figures: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """For single figures: 指标, 这里 or 不改, by key and number in the item."""
    theirs: frozenset[tuple[int, int]] = frozenset()
    """The conflicts in which the wording of the file is taken."""
    ours: frozenset[tuple[int, int]] = frozenset()
    """The conflicts in which it was chosen to leave the outline as it is."""
    without_record: bool = False
    """True if the file is held against the outline as it stands, whatever it was made from."""
    deletes: bool = False
    """True if more than a third of the outline may be deleted, and a file be taken that hardly comes from it."""


NO_CHOICES = AbsorbChoices()


@dataclass(frozen=True, slots=True, kw_only=True)
class SetFigure:
    """A figure that was taken into its target, and the sentences that change with it elsewhere."""

    figure: FigureEdit
    sentences: tuple[ChangedSentence, ...]


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


@dataclass(slots=True, kw_only=True)
class OpenOutline:
    """An outline that can be changed: its bytes, its tree and its document."""

    session: Session
    path: str
    shown: str
    data: bytes
    tree: MappingNode
    plan: plans.Plan
    document: Document
    draft: bool = False
    """True if it is not finished, so that no document but a draft can be made of it."""

    def version(self) -> PlanVersion:
        """What a reader sees of it."""
        return version_of_plan(self.document, self.shown)


def open_outline(session: Session, data: bytes, shown: str, path: str) -> Result[OpenOutline | None]:
    """An outline in memory; None, with the findings, if no document can be made of it."""
    tree = load_tree(data, shown, OUTLINE_KEYS)
    plan = plans.plan_tree(session, tree, shown, path=path)
    draft = has_errors(plan.findings)
    if draft:
        plan = plans.plan_tree(session, tree, shown, path=path, draft=True)
    if tree.value is None or plan.document is None or has_errors(plan.findings):
        return Result(None, plan.findings)
    made = OpenOutline(
        session=session,
        path=path,
        shown=shown,
        data=data,
        tree=tree.value,
        plan=plan,
        document=plan.document,
        draft=draft,
    )
    return Result(made)


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
            yield f"改了以后，“{_short(wanted.content)}”这一段排出来是“{_short(content_of(item))}”"
        elif wanted.content is not None and isinstance(item, VersionLine) and item.level != wanted.level:
            yield f"改了以后，“{_short(wanted.content)}”这一段排出来不是原来那一级"


def _followers(expected: Sequence[ExpectedItem], sides: Sides, version: PlanVersion) -> Iterator[tuple[str, str]]:
    """What is made from other texts and changed with them, before and after."""
    for wanted, item in zip(expected, version.items, strict=True):
        if wanted.content is None:
            before = content_of(sides.current.items[sides.items[wanted.key].current])
            if _plain(before) != _plain(content_of(item)):
                yield shown(before), shown(content_of(item))


def _plain(content: Content) -> Content:
    return content.replace("\n", "") if isinstance(content, str) else content


def _short(content: Content) -> str:
    text = shown(content)
    return text if len(text) <= 24 else f"{text[:12]}……{text[-11:]}"


# a file that came back


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A .docx that came back: what it was made from, and what it is now."""

    path: str
    data: bytes = b""
    record: Record | None
    base: PlanVersion | None
    """None if it is not known what it was made from."""
    edited: PlanVersion
    kept: tuple[HandEdit, ...] = ()
    """The sentences with tracked changes, if these stay as they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsorbPlan:
    """What absorbing a file does to its outline; nothing is written yet."""

    path: str
    """Of the outline."""
    docx: str
    before: bytes
    after: bytes
    absorbed: Absorbed
    conflicts: tuple[SideConflict, ...]
    """Those of which nobody has chosen a side: they stay as they are in the outline."""
    set_figures: tuple[SetFigure, ...]
    comments: tuple[HandEdit, ...]
    """The comments of people in the file."""
    formats: tuple[HandEdit, ...]
    """What was set by hand in the format, which an outline does not have."""
    renumbered: tuple[HandEdit, ...]
    """Numbers of items that were typed by hand and are not what the outline counts."""
    kept: tuple[HandEdit, ...]
    doubtful: tuple[str, ...]
    """The lines of which it is not certain that they are what they were taken for."""

    figures_left: tuple[tuple[FigureEdit, str], ...]
    """The edited figures that are not taken and about which nothing was decided, with the reasons."""

    @property
    def is_whole(self) -> bool:
        """True if all that was edited by hand is in the outline now, or was decided not to be."""
        return not (self.absorbed.left or self.figures_left or self.renumbered or self.conflicts or self.kept)


def read_returned(path: str, outline_path: str, *, keeps_tracked: bool = False) -> Result[Returned | None]:
    """The file at `path`; None, and findings, if it cannot be read."""
    shown_name = files.shown_path(path)
    data = files.read_named(path, shown_name)
    if data.value is None:
        return Result(None, data.findings)
    found = Findings()
    record = found.take(record_of_docx(data.value, shown_name))
    base = None
    if record is None and is_untouched(data.value):  # it is what it was made as
        base = version_of_word(data.value, shown_name).value
    elif record is None:
        record = found.take(kept_record(path, outline_path, data.value))
    if record is not None:
        base = version_of_record(record, shown_name)
    edited = found.take(version_of_word(data.value, shown_name, base=base))
    if edited is None:
        return found.result(None)
    kept: tuple[HandEdit, ...] = ()
    if keeps_tracked:
        before = version_of_word(data.value, shown_name, view="original", base=base).value
        if before is not None:
            tracked = hand_edits(before, edited, by_marks=False)
            kept = tuple(each for each in tracked.edits if each.kind not in (EditKind.COMMENT, EditKind.FORMAT))
            edited = before
    return found.result(Returned(path=path, data=data.value, record=record, base=base, edited=edited, kept=kept))


def outline_of(docx: str) -> str | None:
    """The outline that a .docx was made from, if it stands in the same folder; None if that is not known."""
    data = files.read_file(docx)
    record = record_of_docx(data.value, docx).value if data.value is not None else None
    name = record.made.outline if record is not None else ""
    if not name or os.path.basename(name.replace("\\", "/")) != name:  # a record may say anything
        return None
    path = os.path.join(os.path.dirname(docx), name)
    return path if os.path.isfile(path) else None


def plan_absorb(
    session: Session, path: str, returned: Returned, choices: AbsorbChoices = NO_CHOICES
) -> Result[AbsorbPlan | None]:
    """What absorbing the file does to the outline at `path`; None, and findings, if that is refused."""
    shown_name = files.shown_path(path)
    data = files.read_named(path, shown_name)
    if data.value is None:
        return Result(None, data.findings)
    opened = open_outline(session, data.value, shown_name, path)
    if opened.value is None:
        return Result(None, opened.findings)
    outline = opened.value
    base = None if choices.without_record else returned.base
    if base is None:
        if not choices.without_record:
            return Result(None, (finding("PW863", Pos(files.shown_path(returned.path)), file=returned.path),))
        base = outline.version()
    sides = sides_of(base, outline.version(), returned.edited)
    refused = _refusal(sides, returned, choices)
    if refused is not None:
        return Result(None, (refused,))
    first = outline
    outline, set_figures, left_figures = _with_figures(outline, sides, base, returned, choices)
    if outline is not first:
        sides = sides_of(base, outline.version(), returned.edited)
    made = absorbed(outline, sides, choices.theirs, _here(choices, outline, sides, choices.theirs))
    reasons = {(figure.key, figure.nth): reason for figure, reason in left_figures}
    undecided = [each for each in made.figures if choices.figures.get((each.key, each.nth)) != "不改"]
    return Result(
        AbsorbPlan(
            path=path,
            docx=returned.path,
            before=first.data,
            after=made.after,
            absorbed=made,
            conflicts=tuple(
                each for each in made.conflicts if (each.key, each.nth) not in choices.theirs | choices.ours
            ),
            set_figures=set_figures,
            comments=tuple(each for each in sides.edits if each.kind is EditKind.COMMENT),
            formats=tuple(each for each in sides.edits if each.kind is EditKind.FORMAT),
            renumbered=tuple(_renumbered(made)),
            kept=returned.kept,
            figures_left=tuple((each, reasons.get((each.key, each.nth), _UNDECIDED)) for each in undecided),
            doubtful=tuple(sides.edited.items[at].text for at in sorted(sides.matching.doubtful)),
        )
    )


_UNDECIDED = "没有定改指标还是只改这里"
_MOST_GONE = 1 / 3


def _refusal(sides: Sides, returned: Returned, choices: AbsorbChoices) -> Finding | None:
    """Why a file is not taken back without further ado: it hardly comes from the outline, or much of that is not in it."""
    if choices.deletes:
        return None
    place, name = Pos(files.shown_path(returned.path)), files.shown_path(returned.path)
    known = len(sides.matching.pairs)
    if 2 * known < min(len(sides.base.items), len(sides.edited.items)):
        return finding("PW864", place, file=name, known=known, count=len(sides.edited.items))
    there = set(sides.theirs)
    gone = [
        sides.current.items[at].text
        for key in sides.ours
        if key not in there and (at := sides.items[key].current) >= 0 and sides.items[key].base >= 0
    ]
    whole = sum(len(item.text) for item in sides.current.items)
    if sum(map(len, gone)) > whole * _MOST_GONE:
        return finding(
            "PW865",
            place,
            file=name,
            count=len(gone),
            share=round(100 * sum(map(len, gone)) / whole),
            first=_short(gone[0]),
        )
    return None


def _here(
    choices: AbsorbChoices, outline: OpenOutline, sides: Sides, theirs: frozenset[tuple[int, int]]
) -> frozenset[tuple[int, int]] | None:
    """The figures that are changed only where they stand; None for all."""
    if choices.numbers == "这里" and not choices.figures:
        return None
    chosen = {each for each, said in choices.figures.items() if said == "这里"}
    if choices.numbers == "这里":
        chosen |= {each[:2] for each in _figures(outline, sides, theirs) if each[:2] not in choices.figures}
    return frozenset(chosen)


def _figures(outline: OpenOutline, sides: Sides, theirs: frozenset[tuple[int, int]]) -> tuple[FigureEdit, ...]:
    parts = [part.role for part in outline.plan.outline.parts] if outline.plan.outline else []
    lines = outline_map(outline.tree, parts, shown_items(outline.document))
    return figures_apart(sides, merged_sides(sides, theirs), lines, frozenset()).figures


def _with_figures(
    outline: OpenOutline, sides: Sides, base: PlanVersion, returned: Returned, choices: AbsorbChoices
) -> tuple[OpenOutline, tuple[SetFigure, ...], tuple[tuple[FigureEdit, str], ...]]:
    """The outline with the figures that go into their targets, these, and those that could not, with the reasons."""
    known = {item.text for item in returned.edited.items}
    done: list[SetFigure] = []
    left: list[tuple[FigureEdit, str]] = []
    values: dict[tuple[str, tuple[str, ...]], str] = {}
    figures = _figures(outline, sides, choices.theirs)
    for figure in figures:
        said = choices.figures.get((figure.key, figure.nth), choices.numbers)
        name = (figure.target, figure.path)
        if said == "问":
            if not figure.target or cited_elsewhere(sides, figure, figures):
                continue
            said = "指标"
        if said != "指标":
            continue
        if not figure.target:
            left.append((figure, "这个数是算出来的，只能改在这里"))
        elif values.setdefault(name, figure.after) != figure.after:
            left.append((figure, f"同一个指标在别处改成了“{values[name]}”"))
        elif not any(each.figure[2:4] == name for each in done):
            made = _figure_set(outline, figure)
            if isinstance(made, str):
                left.append((figure, made))
            else:
                outline, sentences = made
                others = tuple(
                    each for each in sentences if each.after and not any(each.after in text for text in known)
                )
                done.append(SetFigure(figure=figure, sentences=others))
    return outline, tuple(done), tuple(left)


def _figure_set(outline: OpenOutline, figure: FigureEdit) -> tuple[OpenOutline, tuple[ChangedSentence, ...]] | str:
    """The outline with a target that has the edited figure, and the sentences that change with it; else the reason why not."""
    from planwriter.app.target_edit import set_values
    from planwriter.app.target_list import TargetSource

    targets = outline.tree.entries.get("指标")
    old, new = read_figure(figure.before), read_figure(figure.after)
    if not isinstance(targets, MappingNode) or figure.target not in targets.entries:
        return "指标在工作簿里，用 planwriter targets set 改"
    if isinstance(old, Refusal) or isinstance(new, Refusal):
        return f"“{figure.after}”不是一个数"
    if (old.unit, old.bound) != (new.unit, new.bound):
        return "单位或者“不低于”这样的字也改了，在“指标”里自己改"
    source = TargetSource(
        path=outline.path or outline.shown,
        data=outline.data,
        plan=outline.plan,
        tree=outline.tree,
        targets=targets,
    )
    made = set_values(outline.session, source, {figure.target: {figure.path: new._replace(unit="", bound="").plain}})
    told = made.findings
    if made.value is not None:
        again = open_outline(outline.session, made.value.after, outline.shown, outline.path)
        if again.value is not None:
            return again.value, made.value.sentences
        told = again.findings
    return told[0].message.rstrip("。") if told else "改了它会牵动别处"


def _renumbered(made: Absorbed) -> Iterator[HandEdit]:
    """The labels typed by hand that the outline does not print."""
    printed = {content_of(item): item.label for item in made.version.items if isinstance(item, VersionLine)}
    for edit in made.sides.edits:
        if edit.kind is EditKind.RENUMBERED and edit.item >= 0:
            item = made.sides.edited.items[edit.item]
            if isinstance(item, VersionLine) and printed.get(item.text, "").strip() != item.label.strip():
                yield edit


def conflicts_in_word(plan: AbsorbPlan, returned: Returned) -> Result[ConflictCopy | None]:
    """The returned file with the conflicts of which nobody has chosen a side as tracked changes, to be decided there."""
    from planwriter.compare.tracked.conflict_copy import conflict_copy

    made = plan.absorbed
    return conflict_copy(returned.data, made.sides, made.merged, plan.conflicts, files.shown_path(returned.path))


def write_absorbed(plan: AbsorbPlan) -> tuple[Finding, ...]:
    """Writes the outline, all of it or nothing; nothing if it has changed since it was read."""
    told = [f"收回“{os.path.basename(plan.docx)}”里的手改"]
    with locked(plan.path) as failed:
        if failed is not None:
            return (failed,)
        return replace_file(plan.path, plan.before, plan.after, Step("absorb"), told)
