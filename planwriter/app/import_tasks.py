"""Task lists in workbooks: an outline made of them, or their tasks put under a 章 of an outline that is there."""

from __future__ import annotations

from typing import TypeVar

from planwriter.app import plans
from planwriter.app.journal.author_files import replace_file
from planwriter.app.journal.journal import Step
from planwriter.app.session import Session
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Findings, Pos, Result, Severity
from planwriter.findings.report import sort_findings
from planwriter.importing.identity import Given
from planwriter.importing.tasks.into import add_to_chapter, find_chapter
from planwriter.importing.tasks.outlines import ImportedTasks, import_task_lists, left_titles, task_blocks
from planwriter.sheets.read import MAX_BYTES, read_workbook
from planwriter.source.keys import OUTLINE_KEYS
from planwriter.source.load import load_tree
from planwriter.start.records import dataclass
from planwriter.system import files

T = TypeVar("T")
_MANY = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskAddition:
    """Tasks that are to be put into an outline; nothing is written yet."""

    path: str
    before: bytes
    after: bytes
    chapter: str
    lines: tuple[str, ...]
    """The lines that are added, as they stand in the file."""
    tasks: int
    findings: tuple[Finding, ...]
    """The findings on the outline that are new after the change."""


def import_task_bytes(session: Session, data: bytes, shown: str, given: Given) -> Result[ImportedTasks | None]:
    """The outline of the task lists in the bytes of a workbook, checked as the file that it is written to."""
    found = Findings()
    sheets = found.take(read_workbook(data, shown))
    if not sheets:
        return _sorted(found.result(None))
    kinds = found.take(session.kinds())
    made = found.take(import_task_lists(sheets, shown, kinds, given))
    if made is not None:
        plan = plans.plan_bytes(session, made.yaml.encode("utf-8"), shown, draft=True)
        errors = [each for each in plan.findings if each.severity is Severity.ERROR]
        found += (finding("PW712", Pos(shown), message=each.message.rstrip("。")) for each in errors[:_MANY])
    return _sorted(found.result(made))


def _sorted(result: Result[T]) -> Result[T]:
    """A result with its findings in the order of their places."""
    return Result(result.value, tuple(sort_findings(result.findings)))


def add_tasks(session: Session, path: str, sheet: str, chapter: str) -> Result[TaskAddition | None]:
    """The tasks of a workbook put under the 章 with that title of the outline at `path`; None, and findings, if not."""
    found = Findings()
    shown, shown_sheet = files.shown_path(path), files.shown_path(sheet)
    data = found.take(files.read_named(path, shown))
    book = found.take(files.read_named(sheet, shown_sheet, limit=MAX_BYTES))
    if data is None or book is None:
        return _sorted(found.result(None))
    tree = load_tree(data, shown, OUTLINE_KEYS)
    if tree.value is None:
        return Result(None, (*found, *tree.findings))
    place = found.take(find_chapter(tree.value, chapter))
    sheets = found.take(read_workbook(book, shown_sheet))
    tasks = found.take(task_blocks(sheets, shown_sheet, place.inner)) if sheets and place else None
    if tasks is None or place is None:
        return _sorted(found.result(None))
    found += left_titles(tasks.titles)
    made = found.take(add_to_chapter(data, tree.value, place, tasks))
    if made is None:
        return _sorted(found.result(None))
    before = plans.plan_bytes(session, data, shown, path=path)
    after = plans.plan_bytes(session, made.data, shown, path=path)
    new = plans.new_findings(before.findings, after.findings)
    if after.outline is None or any(each.severity is Severity.ERROR for each in new):
        reason = "放进去以后，提纲有了新的错误"
        found += (each for each in new if each.severity is Severity.ERROR)
        found.append(finding("PW746", Pos(shown), reason=reason, advice="照上面的问题改好表，再试。"))
        return _sorted(found.result(None))
    addition = TaskAddition(
        path=path,
        before=data,
        after=made.data,
        chapter=place.title,
        lines=made.lines,
        tasks=tasks.tasks,
        findings=new,
    )
    return _sorted(found.result(addition))


def write_addition(addition: TaskAddition) -> tuple[Finding, ...]:
    """Writes the outline, all of it or nothing. To be called while the file is locked."""
    told = [f"“{addition.chapter}”添上 {addition.tasks} 项任务"]
    return replace_file(addition.path, addition.before, addition.after, Step("import --into"), told)
