"""The rows of a 任务分解表 that was edited in a program for workbooks."""

from __future__ import annotations

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Findings, Result, Span
from planwriter.importing.tasks.heads import TaskRole
from planwriter.importing.tasks.match import MatchedRow
from planwriter.importing.tasks.read import TaskRow, TaskSheet, order_value, read_task_sheets
from planwriter.importing.tasks.units import read_units
from planwriter.language.deadlines import read_deadline
from planwriter.sheets.sheet import Sheet
from planwriter.start.records import dataclass

_USUAL = ("PW742", "PW744", "PW745")
"""Findings that a table which was edited may have: numbers that no longer follow, other sheets, hidden cells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedTask:
    """A row of the edited table; a column that the table no longer has is None."""

    key: MatchedRow
    owners: str | None
    """The units in the form of the table: 学前教育股（配合：计财股）."""
    typed_owners: str
    lead: tuple[str, ...]
    support: tuple[str, ...]
    deadline: str | None
    """In the form that is printed."""
    typed_deadline: str
    places: dict[TaskRole, Span]

    def place(self, role: TaskRole) -> Span:
        """The cell of a column; the first of the row if it is empty."""
        return self.places.get(role) or self.places[TaskRole.OTHER]


def edited_tasks(sheets: tuple[Sheet, ...], name: str, wanted: str) -> Result[tuple[EditedTask, ...] | None]:
    """The rows of the sheet `wanted`, else of the first one with a header of tasks; None, and a finding, if there is none."""
    named = tuple(sheet for sheet in sheets if sheet.name.strip() == wanted)
    read = read_task_sheets(named or sheets, name)
    lists = read.value
    if not lists:
        return Result(None, read.findings)
    found = Findings(each for each in read.findings if each.code not in _USUAL)
    made = []
    for row in lists[0].rows:
        if row.section is not None or row.joined or not row.of(TaskRole.CONTENT):
            place = row.span
            text = row.section.text if row.section else " ".join(cell.text for _, cell in row.cells)
            found.append(finding("PW740", place, cell=place.pos.cell, text=text))
            continue
        made.append(_edited(row, lists[0]))
    return found.result(tuple(made))


def _edited(row: TaskRow, sheet: TaskSheet) -> EditedTask:
    texts = {role: "".join(cell.text for cell in row.of(role)) for role, _ in row.cells}
    places = {role: row.of(role)[0].span for role, _ in row.cells}
    lead: list[str] = []
    support: list[str] = []
    for role in (TaskRole.LEAD, TaskRole.SUPPORT):
        for cell in row.of(role):
            duty = read_units(cell.text, support=role is TaskRole.SUPPORT)
            lead += duty.lead
            support += duty.support
    number = order_value(texts.get(TaskRole.NUMBER, "")) or 0
    task, content = (flat(texts.get(role, "")) for role in (TaskRole.TASK, TaskRole.CONTENT))
    deadline = "".join(texts.get(TaskRole.DEADLINE, "").split("\n"))
    return EditedTask(
        key=MatchedRow(number, task, content),
        owners=shown_units(lead, support) if {TaskRole.LEAD, TaskRole.SUPPORT} & sheet.roles else None,
        typed_owners="".join(texts.get(TaskRole.LEAD, "").split("\n")),
        lead=tuple(lead),
        support=tuple(support),
        deadline=read_deadline(deadline).shown if TaskRole.DEADLINE in sheet.roles else None,
        typed_deadline=deadline,
        places={**places, TaskRole.OTHER: row.span},
    )


def flat(text: str) -> str:
    """A text of several lines as a cell has it."""
    return "".join(line.strip() for line in text.split("\n"))


def shown_units(lead: list[str], support: list[str]) -> str:
    """The units as 任务分解表 shows them."""
    named = "、".join(lead)
    return f"{named}（配合：{'、'.join(support)}）" if support else named
