"""Units and deadlines that were typed as a paragraph of their own, put to where an outline prints them: the end of the one before."""

from __future__ import annotations

from planwriter.compare.versions.version import TEXT_ROLES, PlanVersion, VersionItem, VersionLine
from planwriter.importing.duties import split_duty
from planwriter.importing.tasks.units import split_brackets
from planwriter.model import Duty, Text
from planwriter.model.added import DUTY_NOTE
from planwriter.plan.flow import BODY, HEADINGS, TITLE, LineRole, duty_note
from planwriter.start.patterns import regex
from planwriter.start.records import replace

_LABELLED = regex("[（(]?(?:责任|配合|牵头|协办|主办|承办)(?:单位|部门|科室|股室)[：:]|[（(]?完成时限[：:]")
_STARTS = frozenset((TITLE, LineRole.LABEL))
"""The lines with which a plan, or a part behind it, begins."""
_MOST = 300


def with_units_in_place(edited: PlanVersion, base: PlanVersion) -> PlanVersion:
    """The edited version; units that stand alone on a new line end the paragraph before, as they are printed.

    Before the first numbered item they are a paragraph like any other.
    Below a title under which numbered items follow they have a line of their own in print too.
    """
    notes = {at: note for at, item in enumerate(edited.items) if (note := units_alone(item))}
    if not notes or _are_missed(edited, base):
        return edited
    known = {item.text for item in base.items}
    made: list[VersionItem] = []
    is_below_item = False
    for at, item in enumerate(edited.items):
        if isinstance(item, VersionLine):
            is_below_item = item.level > 0 or (is_below_item and item.role not in _STARTS)
        before = made[-1] if made else None
        if (
            at not in notes
            or not is_below_item
            or item.mark >= 0
            or item.text in known
            or not isinstance(item, VersionLine)
        ):
            made.append(item)
        elif _is_title_of(before, edited.items[at + 1 : at + 2]):
            made.append(replace(item, text=notes[at], role=BODY, level=0))
        elif isinstance(before, VersionLine) and _takes(before):
            remarks = tuple(each._replace(start=0, end=0) for each in item.remarks)
            made[-1] = replace(before, text=before.text + notes[at], remarks=(*before.remarks, *remarks))
        else:
            made.append(item)
    return replace(edited, items=tuple(made))


def _are_missed(edited: PlanVersion, base: PlanVersion) -> bool:
    """True if such a line of the base is not found again: then a new one may be that."""
    marks, texts = {item.mark for item in edited.items}, {item.text for item in edited.items}
    return any(
        at not in marks and item.text not in texts and units_alone(item) != "" for at, item in enumerate(base.items)
    )


def units_alone(item: VersionItem) -> str:
    """The units that are all that a line says, as they are printed; "" if it says anything else."""
    if not isinstance(item, VersionLine) or item.role not in TEXT_ROLES or item.label or len(item.text) > _MOST:
        return ""
    text = item.text.strip().rstrip("。；;")
    if _LABELLED.match(text) is None:
        return ""
    note = text if text.endswith(("）", ")")) and text.startswith(("（", "(")) else DUTY_NOTE.around(text)
    rest, duty = split_duty(note)
    if duty is not None and not duty.lead and not duty.support and not rest:
        return duty_note(duty)  # a deadline alone
    before, typed = split_brackets(f"。{note}")
    if before != "。" or not typed:
        return ""
    lead, support = (tuple(Text(value=each) for each in names) for names in (typed.lead, typed.support))
    deadline = Text(value=typed.deadline) if typed.deadline else None
    return duty_note(Duty(lead=lead, support=support, deadline=deadline))


def _takes(item: VersionLine) -> bool:
    """True for a paragraph that has no units yet, and does not consist of units itself."""
    return item.role in TEXT_ROLES and split_duty(item.text)[1] is None and not units_alone(item)


def _is_title_of(item: VersionItem | None, following: tuple[VersionItem, ...]) -> bool:
    """True for a title under which numbered items follow."""
    if not isinstance(item, VersionLine) or not following or not isinstance(following[0], VersionLine):
        return False
    return item.role in HEADINGS and 0 < item.level < following[0].level
