"""Takes the hand edits of a .docx back into its outline: first shows what changes, then writes all of that or nothing.

Every change is tried: afterwards the outline must print exactly what was expected, else the change is listed, with the reason, and
not made.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from planwriter.app.absorbed_before import absorbed_before
from planwriter.app.journal.author_files import replace_file
from planwriter.app.journal.decided import decided_cases, note_decided
from planwriter.app.journal.journal import Step
from planwriter.app.open_outline import OpenOutline, open_outline
from planwriter.app.outputs import render
from planwriter.app.roundtrip.absorb_choices import NO_CHOICES, AbsorbChoices
from planwriter.app.roundtrip.returned import Returned
from planwriter.app.roundtrip.set_figures import SetFigure, figures_here, with_set_figures
from planwriter.app.roundtrip.trial import Absorbed, absorbed, short
from planwriter.app.session import Session
from planwriter.compare.absorb.figure_edits import FigureEdit
from planwriter.compare.edits.hand_edits import EditKind, HandEdit, edits_around
from planwriter.compare.edits.outline_labels import is_printed
from planwriter.compare.edits.sides import SideConflict, Sides, merged_sides, sides_of
from planwriter.compare.versions.from_word import version_of_word
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos, Result, has_errors
from planwriter.start.records import dataclass, replace
from planwriter.start.typing import TYPE_CHECKING
from planwriter.system import files
from planwriter.system.lock import locked
from planwriter.system.workspace import home_of
from planwriter.writers.docx.questions import with_questions

if TYPE_CHECKING:
    from planwriter.compare.tracked.conflict_copy import ConflictCopy


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
    standing: int
    """How many conflicts are not asked about, since it was decided before that the outline's words stand."""
    decided: frozenset[str]
    """The cases in which that is decided now."""

    @property
    def is_whole(self) -> bool:
        """True if all that was edited by hand is in the outline now, or was decided not to be."""
        return not (self.absorbed.left or self.figures_left or self.renumbered or self.conflicts or self.kept)


def plan_absorb(
    session: Session, path: str, returned: Returned, choices: AbsorbChoices = NO_CHOICES
) -> Result[AbsorbPlan | None]:
    """What absorbing the file does to the outline at `path`; None, and findings, if that is refused."""
    shown_name = files.shown_path(path)
    data = files.read_named(path, shown_name)
    if data.value is None:
        return Result(None, data.findings)
    source = returned.record.made if returned.record is not None else None
    if source is not None and source.row:
        return Result(None, (finding("PW869", Pos(files.shown_path(returned.path)), row=source.row),))
    opened = open_outline(session, data.value, shown_name, path)
    if opened.value is None:
        return Result(None, opened.findings)
    outline = opened.value
    base = None if choices.without_record else returned.base
    if base is None:
        if not choices.without_record:
            return Result(None, (finding("PW863", Pos(files.shown_path(returned.path)), file=returned.path),))
        base = outline.version()
    earlier = absorbed_before(session, path, data.value, outline.version())
    sides = sides_of(base, outline.version(), returned.edited, earlier=earlier)
    refused = _refusal(sides, returned, choices)
    if refused is not None:
        return Result(None, (refused,))
    choices = _answered(choices, sides, returned)
    first = outline
    outline, set_figures, left_figures = with_set_figures(outline, sides, base, returned, choices)
    if outline is not first:
        sides = sides_of(base, outline.version(), returned.edited, earlier=earlier)
        choices = _answered(choices, sides, returned)
    made = absorbed(outline, sides, choices.theirs, figures_here(choices, outline, sides, choices.theirs))
    decided = decided_cases(home_of(path)) if not choices.again else frozenset()
    asked = {(each.key, each.nth): each.case for each in made.conflicts}
    standing = {each for each, case in asked.items() if case in decided} - choices.ours - choices.theirs
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
                each for each in made.conflicts if (each.key, each.nth) not in choices.theirs | choices.ours | standing
            ),
            standing=len(standing),
            decided=frozenset(case for each, case in asked.items() if each in choices.ours)
            | (frozenset(returned.asked.values()) - {asked[each] for each in choices.theirs & asked.keys()}),
            set_figures=set_figures,
            comments=tuple(each for each in sides.edits if each.kind is EditKind.COMMENT),
            formats=(*(each for each in sides.edits if each.kind is EditKind.FORMAT), *_edits_around(first, returned)),
            renumbered=tuple(_renumbered(made)),
            kept=returned.kept,
            figures_left=tuple((each, reasons.get((each.key, each.nth), _UNDECIDED)) for each in undecided),
            doubtful=tuple(sides.edited.items[at].text for at in sorted(sides.matching.doubtful)),
        )
    )


def _answered(choices: AbsorbChoices, sides: Sides, returned: Returned) -> AbsorbChoices:
    """The choices with those that were made in the file, in which conflicts stood as tracked changes: what it says now."""
    if not returned.asked:
        return choices
    found = frozenset((each.key, each.nth) for each in merged_sides(sides).conflicts if each.question in returned.asked)
    return replace(choices, theirs=choices.theirs | (found - choices.ours))


def _edits_around(outline: OpenOutline, returned: Returned) -> tuple[HandEdit, ...]:
    """What was edited in headers, footers, notes and pages, which the record does not know: against what the outline gives."""
    if not returned.edited.around:
        return ()
    fresh = render(outline.session, outline.document, "docx").value
    made = version_of_word(fresh, "").value if fresh is not None else None
    return tuple(edits_around(made.around, returned.edited.around)) if made is not None else ()


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
            first=short(gone[0]),
        )
    return None


def _renumbered(made: Absorbed) -> Iterator[HandEdit]:
    """The labels typed by hand that the outline does not print, and does not count on from."""
    printed = {_bare(item.text): item for item in made.version.items}
    for edit in made.sides.edits:
        if edit.kind is EditKind.RENUMBERED and edit.item >= 0:
            item = made.sides.edited.items[edit.item]
            if not is_printed(made.sides, item, printed.get(_bare(item.text))):
                yield edit


def _bare(text: str) -> str:
    """The words of a line, of which a title loses its mark if it gets a line of its own."""
    return text.strip().rstrip("。")


def conflicts_in_word(plan: AbsorbPlan, returned: Returned) -> Result[ConflictCopy | None]:
    """The returned file with the conflicts of which nobody has chosen a side as tracked changes, to be decided there."""
    from planwriter.app.roundtrip.redline import told_of_earlier
    from planwriter.compare.tracked.conflict_copy import conflict_copy

    made = plan.absorbed
    copy = conflict_copy(returned.data, made.sides, made.merged, plan.conflicts, files.shown_path(returned.path))
    if copy.value is None:
        return copy
    asked = [(each.question, each.case) for each in plan.conflicts]
    earlier = told_of_earlier(returned.data, files.shown_path(returned.path))
    return Result(copy.value._replace(data=with_questions(copy.value.data, asked)), (*earlier, *copy.findings))


def write_absorbed(plan: AbsorbPlan) -> tuple[Finding, ...]:
    """Writes the outline, all of it or nothing; nothing if it has changed since it was read. Notes what was decided."""
    told = [f"收回“{os.path.basename(plan.docx)}”里的手改"]
    with locked(plan.path) as failed:
        if failed is not None:
            return (failed,)
        written = replace_file(plan.path, plan.before, plan.after, Step("absorb"), told)
        failed = note_decided(home_of(plan.path), plan.decided) if not has_errors(written) else None
        return (*written, failed) if failed is not None else written
