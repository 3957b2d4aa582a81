"""Tries the changes: those are kept after which the outline gives the table that was edited."""

from __future__ import annotations

from planwriter.app import plans
from planwriter.app.session import Session
from planwriter.app.task_edit.outline_table import OutlineTable
from planwriter.app.task_edit.table_change import ELSEWHERE, TableChange, TableRow
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Findings, Result, Severity
from planwriter.importing.tasks.edited import flat
from planwriter.importing.tasks.operations import operated
from planwriter.plan.tables import task_lines
from planwriter.source.edit import Uneditable
from planwriter.source.nodes import Mapping
from planwriter.start.records import dataclass, field

_ALONE = "原来的任务都没有写单位和时限，只给几行写上，任务分解表里就只有这几行了"


@dataclass(slots=True)
class TableTrial:
    """Applies changes to the outline and keeps those after which it gives the edited table."""

    session: Session
    path: str
    shown: str
    data: bytes
    tree: Mapping
    plan: plans.Plan
    table: OutlineTable
    reason: str = field(default="")

    def made(self, changes: list[TableChange]) -> Result[tuple[bytes, list[TableChange]]]:
        """The outline with the changes, those that are made, and a finding for each other one."""
        whole = self.tried(changes) if changes else self.data
        if whole is not None:
            return Result((whole, changes))
        kept: list[TableChange] = []
        made, told = self.data, Findings()
        for change in changes:
            again = self.tried([*kept, change])
            if again is None:
                told.append(finding("PW747", change.place, cell=change.cell, reason=self.reason, advice=ELSEWHERE))
            else:
                made = again
                kept.append(change)
        return told.result((made, kept))

    def tried(self, changes: list[TableChange]) -> bytes | None:
        """The outline with the changes; None, and the reason, if it then is not read as it should be."""
        operations = [each for change in changes for each in change.operations]
        try:
            made = operated(self.data, self.tree, operations)
        except Uneditable as error:
            self.reason = str(error)
            return None
        after = plans.plan_bytes(self.session, made, self.shown, path=self.path)
        new = plans.new_findings(self.plan.findings, after.findings)
        if after.document is None or any(each.severity is Severity.ERROR for each in new):
            told = next((each.message for each in new if each.severity is Severity.ERROR), "提纲就读不通了")
            self.reason = f"改了以后，{told}".rstrip("。")
            return None
        rows = [TableRow(*line[1:]) for line in task_lines(after.document.parts)]
        if [*map(_flattened, rows)] != [*map(_flattened, self.expected(changes))]:
            is_bare = not any(row.owners or row.deadline for row in self.table.rows())
            self.reason = _ALONE if is_bare else "改了以后，任务分解表和改过的表对不上"
            return None
        return made

    def expected(self, changes: list[TableChange]) -> list[TableRow]:
        """The rows of the table after the changes."""
        old = self.table.rows()
        rows: list[TableRow | None] = [*old]
        added: dict[int, list[TableRow]] = {}
        for change in changes:
            if change.adds and change.new is not None:
                added.setdefault(change.row, []).append(change.new)
            for row in change.removes:
                rows[row] = None
            if change.row >= 0 and not change.adds:
                rows[change.row] = _merged(old[change.row], rows[change.row], change.new)
        made = [
            each
            for at in range(len(rows) + 1)
            for each in (*added.get(at, ()), *([rows[at]] if at < len(rows) else ()))
            if each
        ]
        names = {before: after for change in changes for before, after in [change.renames] if before}
        return [row._replace(task=names.get(row.task, row.task)) for row in made]


def _flattened(row: TableRow) -> TableRow:
    return TableRow(*map(flat, row))


def _merged(old: TableRow, row: TableRow | None, new: TableRow | None) -> TableRow | None:
    """A row with one more change of its cells."""
    if row is None or new is None:
        return None
    return TableRow(*(after if after != before else now for before, now, after in zip(old, row, new, strict=True)))
