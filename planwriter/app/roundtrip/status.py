"""What changed on each side since a .docx was made of its outline: by hand in the .docx, and in the outline."""

from __future__ import annotations

import os
from collections.abc import Iterator

from planwriter.app import outputs, plans
from planwriter.app.absorbed_before import absorbed_before
from planwriter.app.edited import BaseSource, base_of, edits_in, made_of
from planwriter.app.journal.decided import decided_cases
from planwriter.app.roundtrip.counts import outline_lines
from planwriter.app.session import Session
from planwriter.compare.edits.hand_edits import EditKind, HandEdit, HandEdits, hand_edits
from planwriter.compare.edits.taken import taken_edits
from planwriter.compare.versions.from_plan import version_of_plan
from planwriter.compare.versions.version import PlanVersion
from planwriter.findings.catalogue import finding, typed
from planwriter.findings.finding import Finding, Findings, Pos, Result
from planwriter.model import MadeFrom
from planwriter.start.enums import Enum
from planwriter.start.records import dataclass, replace
from planwriter.system import files
from planwriter.system.workspace import home_of
from planwriter.system.zip_bounds import DOCX
from planwriter.writers.docx.package import is_untouched

_CITED = 3
"""Of so many places at most a finding speaks."""


class ChangedSides(str, Enum):
    """Which side changed since the .docx was made."""

    UNMADE = "unmade"
    """There is no .docx."""
    CLEAN = "clean"
    OUTLINE = "outline"
    EDITED = "edited"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStatus:
    """An outline and its .docx."""

    outline: str
    """The paths."""
    docx: str
    sides: ChangedSides
    source: BaseSource | None = None
    """None if there is no .docx."""
    hand: HandEdits | None = None
    """What was done in the .docx and is not in the outline; None if it is as it was made, byte by byte."""
    taken: int = 0
    """How many hand edits are in the outline already."""
    ours: HandEdits | None = None
    """What changed in the outline alone; None if that is not known."""
    next: tuple[tuple[str, str], ...] = ()
    """What to do: what for, and the command."""

    def line_of(self, edit: HandEdit) -> int:
        """The line of the outline at which the block of a hand edit begins, as the outline stands; 0 if it is unknown."""
        if self.hand is None:
            return 0
        base = edit.base
        if base < 0:
            known = self.hand.matching.pairs
            base = next((known[at].old for at in range(edit.item, -1, -1) if at in known), -1)
        if base < 0 or self.ours is None:
            return edit.place
        now = self.ours.matching.new_of_old.get(base)
        return self.ours.edited.items[now].place if now is not None else 0


def docx_beside(outline: str, unit: str = "") -> str:
    """The .docx that `render` makes of an outline, or of what concerns a unit, if no other name is given."""
    return os.path.splitext(outline)[0] + outputs.unit_suffix(unit) + ".docx"


def plan_status(session: Session, outline: str, docx: str = "", unit: str = "") -> Result[PlanStatus | None]:
    """What changed on each side; None if one of the files cannot be read."""
    docx = docx or docx_beside(outline, unit)
    shown_outline, shown_docx = files.shown_path(outline), files.shown_path(docx)
    if not os.path.isfile(outline):
        return Result(None, plans.plan_file(session, outline, draft=True).findings)
    read = files.read_file(docx, shown_docx, limit=DOCX.packed) if os.path.isfile(docx) else Result(None)
    if read.findings:
        return Result(None, read.findings)
    made = made_of(read.value) if read.value is not None else None
    is_of_row = made is not None and bool(made.row)
    unit = unit or (made.unit if made is not None else "")
    plan = plans.plan_file(session, outline, draft=True)
    plan = outputs.extract(plan, unit) if unit else plan
    plan = replace(plan, document=None) if is_of_row else plan
    current = version_of_plan(plan.document, shown_outline) if plan.sound and plan.document is not None else None
    found = Findings(_not_compared(made, current, shown_outline, shown_docx))
    if read.value is None:
        todo = (_render(outline, docx, unit),)
        return found.result(PlanStatus(outline=outline, docx=docx, sides=ChangedSides.UNMADE, next=todo))
    base = found.take(base_of(read.value, docx, current, outline))
    if base is None:
        return found.result(None)
    hand = None
    if not is_untouched(read.value):
        hand = found.take(edits_in(read.value, docx, base, _now(session, plan)))
        if hand is None:
            return found.result(None)
        found += _doubts(hand, shown_docx)
    ours = None
    if current is not None and base.source is not BaseSource.OUTLINE:
        ours = hand_edits(base.version, current, by_marks=False)
    hand, ours, taken = _without_taken(session, outline, hand, ours)
    sides = _sides(hand, ours)
    return found.result(
        PlanStatus(
            outline=outline,
            docx=docx,
            sides=sides,
            source=base.source,
            hand=hand,
            taken=taken,
            ours=ours,
            next=() if is_of_row else tuple(_next(sides, hand, outline, docx, unit)),
        )
    )


def _not_compared(made: MadeFrom | None, current: PlanVersion | None, outline: str, docx: str) -> Iterator[Finding]:
    """Why the outline as it stands is not compared, and that the .docx was made from one of another name."""
    if made is not None and made.row:
        yield finding("PW857", Pos(docx), row=made.row)
    elif current is None:
        yield finding("PW856", Pos(outline), command=typed("planwriter", "check", outline))
    if made is not None and made.outline not in ("", os.path.basename(outline)):
        yield finding("PW853", Pos(docx), made=made.outline, outline=outline)


def _without_taken(
    session: Session, outline: str, hand: HandEdits | None, ours: HandEdits | None
) -> tuple[HandEdits | None, HandEdits | None, int]:
    """The edits of both sides without those by hand that are in the outline already, and how many these are."""
    if hand is None or ours is None or not hand.words or not ours.words:
        return hand, ours, 0
    data = files.read_file(outline).value or b""
    earlier = absorbed_before(session, outline, data, ours.edited)
    both = taken_edits(hand, ours, earlier, decided_cases(home_of(outline)))
    return _without(hand, both.hand), _without(ours, both.ours), len(both.hand)


def _without(edits: HandEdits, numbers: frozenset[int]) -> HandEdits:
    return replace(edits, edits=tuple(each for at, each in enumerate(edits.edits) if at not in numbers))


def _now(session: Session, plan: plans.Plan) -> bytes | None:
    """The .docx that the outline would give now."""
    return outputs.render_plan(session, plan, "docx").value


def _doubts(hand: HandEdits, shown: str) -> Iterator[Finding]:
    if not hand.is_of_base:
        yield finding("PW854", Pos(shown), count=len(hand.matching.pairs), total=len(hand.edited.items))
    if hand.matching.doubtful:
        told = {each.item: each.where for each in hand.edits if each.item in hand.matching.doubtful}
        places = [told.get(item) or f"第 {item + 1} 段" for item in sorted(hand.matching.doubtful)]
        more = f"等 {len(places)} 处" if len(places) > _CITED else ""
        yield finding("PW855", Pos(shown), count=len(places), places="、".join(places[:_CITED]) + more)


def _sides(hand: HandEdits | None, ours: HandEdits | None) -> ChangedSides:
    by_hand, in_outline = bool(hand and hand.edits), bool(ours and ours.edits)
    if by_hand:
        return ChangedSides.BOTH if in_outline else ChangedSides.EDITED
    return ChangedSides.OUTLINE if in_outline else ChangedSides.CLEAN


def _next(sides: ChangedSides, hand: HandEdits | None, outline: str, docx: str, unit: str) -> Iterator[tuple[str, str]]:
    """What to do: what for, and the command."""
    render = _render(outline, docx, unit)
    shown = files.shown_path(docx)
    again = "再生成" if hand is not None and hand.edits else render[0]
    if hand is not None and hand.words:
        yield "把手改的收回提纲", typed("planwriter", "absorb", shown, files.shown_path(outline))
    if hand is not None and hand.format:
        stem, ending = os.path.splitext(docx)
        yield "手改的格式提纲里没有地方写，要留着的，新的另存一份", _render(outline, f"{stem}-新{ending}", unit)[1]
        yield "不要手改的格式了", f"{render[1]} --force"
    elif hand is not None and hand.remarks:
        yield f"{again}，批注带过来", f"{render[1]} {typed('--keep-comments', shown)}"
    elif sides is not ChangedSides.CLEAN:
        yield again, render[1]


def _render(outline: str, docx: str, unit: str) -> tuple[str, str]:
    words = ["planwriter", "render", files.shown_path(outline)]
    words += ["--unit", unit] if unit else []
    words += ["-o", files.shown_path(docx)] if docx != docx_beside(outline, unit) else []
    return "生成", typed(*words)


# for programs


def status_values(made: PlanStatus) -> dict[str, object]:
    """A status as plain values, for programs."""
    hand, ours = made.hand, made.ours
    return {
        "outline": files.shown_path(made.outline),
        "document": files.shown_path(made.docx),
        "state": made.sides.value,
        "base": made.source.value if made.source is not None else "",
        "taken": made.taken,
        "words": bool(hand and hand.words),
        "format": bool(hand and hand.format),
        "comments": hand.remarks if hand is not None else 0,
        "tracked": hand.edited.tracked if hand is not None else 0,
        "matched": {how.name.lower(): count for how, count in hand.matched.items()} if hand is not None else {},
        "hand": [_edit_values(each, made.line_of(each)) for each in hand.edits] if hand is not None else [],
        "outline_changes": _outline_values(ours) if ours is not None else [],
        "next": [command for _, command in made.next],
    }


def _outline_values(ours: HandEdits) -> list[dict[str, object]]:
    return [_edit_values(each, line) for each, line in zip(ours.edits, outline_lines(ours), strict=True)]


def _edit_values(edit: HandEdit, line: int) -> dict[str, object]:
    made: dict[str, object] = {
        "kind": edit.kind.name.lower(),
        "where": edit.where,
        "line": line,
        "old": edit.old,
        "new": edit.new,
        "changed": [list(each) for each in edit.marks],
    }
    if edit.kind is EditKind.MOVED:
        made["was"], made["paragraphs"] = edit.was, edit.size
    if edit.kind is EditKind.COMMENT:
        made["author"] = edit.author
    if edit.kind is EditKind.CELL:
        made["row"], made["column"] = edit.row, edit.column
    return made
