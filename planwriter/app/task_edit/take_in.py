"""Takes an edited 任务分解表 in again: what it changes in an outline, and writing that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from planwriter.app import plans
from planwriter.app.journal.author_files import replace_file
from planwriter.app.journal.journal import Step
from planwriter.app.session import Session
from planwriter.app.task_edit.added_rows import added_rows
from planwriter.app.task_edit.changed_cells import changed_cells_of, renamed_chapters
from planwriter.app.task_edit.comparison import TableComparison
from planwriter.app.task_edit.outline_table import OutlineTable
from planwriter.app.task_edit.removed_rows import removed_rows
from planwriter.app.task_edit.table_change import NotCertain, ShownChange, TableChange, not_made
from planwriter.app.task_edit.trial import TableTrial
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Findings, Result
from planwriter.importing.tasks.edited import edited_tasks
from planwriter.importing.tasks.heads import TaskRole
from planwriter.importing.tasks.match import match_rows
from planwriter.plan.tables import task_lines
from planwriter.sheets.read import MAX_BYTES, read_workbook
from planwriter.source.keys import OUTLINE_KEYS
from planwriter.source.load import load_tree
from planwriter.start.records import dataclass
from planwriter.system import files

SHEET = "任务分解表"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskEdit:
    """What an edited table changes in an outline; nothing is written yet."""

    path: str
    before: bytes
    after: bytes
    changes: tuple[ShownChange, ...]
    matched: dict[str, int]
    """How many rows were matched by what."""
    loose: tuple[tuple[str, int, str], ...]
    """The rows that were not matched by their text or title: the cell, the number of the old row, by what."""
    findings: tuple[Finding, ...]
    """The findings on the outline that are new after the change."""


def import_tasks(session: Session, path: str, sheet: str) -> Result[TaskEdit | None]:
    """What the edited table in the workbook `sheet` changes in the outline at `path`; None, and findings, if it cannot be read."""
    shown, shown_sheet = files.shown_path(path), files.shown_path(sheet)
    found = Findings()
    data = found.take(files.read_named(path, shown))
    book = found.take(files.read_named(sheet, shown_sheet, limit=MAX_BYTES))
    if data is None or book is None:
        return found.result(None)
    plan = plans.plan_bytes(session, data, shown, path=path)
    tree = load_tree(data, shown, OUTLINE_KEYS)
    if plan.document is None or tree.value is None:
        return Result(None, plan.findings)
    sheets = found.take(read_workbook(book, shown_sheet))
    tasks = found.take(edited_tasks(sheets, shown_sheet, SHEET)) if sheets else None
    if tasks is None:
        return found.result(None)
    table = OutlineTable(tree.value, shown, task_lines(plan.document.parts))
    matching = match_rows(table.keys(), [each.key for each in tasks])
    planned = found.take(_planned(TableComparison(table, tasks, matching)))
    trial = TableTrial(session, path, shown, data, tree.value, plan, table)
    made, kept = found.take(trial.made(planned))
    after = plans.plan_bytes(session, made, shown, path=path) if kept else plan
    how = Counter(by for _, by in matching.pairs.values())
    loose = tuple(
        (tasks[at].place(TaskRole.CONTENT).pos.cell, old + 1, by)
        for at, (old, by) in sorted(matching.pairs.items())
        if by in ("文字相似", "序号")
    )
    return found.result(
        TaskEdit(
            path=path,
            before=data,
            after=made,
            changes=tuple(shown for change in kept for shown in change.shown),
            matched=dict(how),
            loose=loose,
            findings=plans.new_findings(plan.findings, after.findings),
        )
    )


def write_edit(edited: TaskEdit) -> tuple[Finding, ...]:
    """Writes the changed outline, all of it or nothing. To be called while the file is locked."""
    told = [f"{each.what}：{each.after or each.before}" for each in edited.changes]
    return replace_file(edited.path, edited.before, edited.after, Step("tasks import"), told)


def _planned(both: TableComparison) -> Result[list[TableChange]]:
    """The changes of the edited table, and findings for those that are not certain."""
    found = Findings()
    changes: list[TableChange] = []
    for each in _changes(both):
        if isinstance(each, TableChange):
            changes.append(each)
        else:
            found.append(each)
    return found.result(changes)


def _changes(both: TableComparison) -> Iterator[TableChange | Finding]:
    for at, candidates in sorted(both.matching.doubtful.items()):
        place = both.tasks[at].place(TaskRole.CONTENT)
        rows = "、".join(f"第 {each + 1} 项" for each in candidates)
        yield finding("PW748", place, cell=place.pos.cell, rows=rows)
    yield from renamed_chapters(both)
    for at, (old, _) in sorted(both.matching.pairs.items()):
        yield from changed_cells_of(both, old, both.tasks[at])
    yield from removed_rows(both)
    yield from added_rows(both)
    yield from _other_order(both)


def _other_order(both: TableComparison) -> Iterator[Finding]:
    """A finding if rows stand in another order: blocks are not moved."""
    last = -1
    for at, (old, _) in sorted(both.matching.pairs.items()):
        if old < last:
            reason = f"它原来是第 {old + 1} 项，排到了第 {last + 1} 项的后面，次序没有改"
            yield not_made(
                both.tasks[at].place(TaskRole.CONTENT), NotCertain(reason, "要换次序的，在提纲里移动这一条。")
            )
            return
        last = old
