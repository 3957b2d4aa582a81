"""An outline, its 任务分解表, and ways to edit that; all places are invented."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

from planwriter.app.outputs import render
from planwriter.app.plans import plan_bytes, plan_file
from planwriter.app.session import Session
from planwriter.app.task_edit.outline_table import OutlineTable
from planwriter.app.task_edit.take_in import SHEET, TaskEdit, import_tasks
from planwriter.findings.finding import Finding
from planwriter.plan.tables import task_lines, task_table
from planwriter.source.keys import OUTLINE_KEYS
from planwriter.source.load import load_tree
from tests.support import HEAD, LEAD, ROOT, TAIL

EXAMPLE = ROOT / "examples" / "qingshan-2026.yaml"
SMALL = (
    HEAD.replace("年度: 2026", "年度: 2026   # 今年")
    + """\
指标:
  园: {数值: 12, 单位: 所}
"""
    + LEAD
    + """\
重点任务:
  # 第一章的注
  - 章: 办学
    内容:
      - 条: 建园   # 园所
        文: 新建幼儿园{{ 指标.园 }}，年底开园。
        责任单位: 计财股   # 牵头
        时限: 2026年12月
      - 条: 招生
        文: >
          就近入学，
          阳光分班。
        责任单位:
          - 基础教育股
          - 招生考试中心

      # 写在中间的注
      - 条: 编班
        文:
          - 第一段。
          - 第二段。
        责任单位: [基础教育股, 办公室]
        内容:
          - 款: 公示
            文: 张榜公示。
  - 章: 管理
    内容:
      - 条: 食堂
        文: 明厨亮灶。
        责任单位: 后勤服务中心
        时限: 长期
"""
    + TAIL
    + "# 最后一行\n"
)
Change = Callable[[Any], None]


def rows_of(text: bytes) -> list[tuple[str, ...]]:
    """The rows of the table that an outline gives, without their numbers."""
    document = plan_bytes(Session(), text, "提纲.yaml").document
    assert document is not None
    return [tuple(cell.value for cell in row[1:]) for row in task_table(document.parts).rows[1:]]


def edited(
    folder: Path, change: Change, outline: bytes = SMALL.encode(), *, through: Callable[[Path], None] | None = None
) -> tuple[TaskEdit, tuple[Finding, ...]]:
    """What the workbook of an outline changes after it was edited; `through` saves it by another program."""
    path, book = folder / "提纲.yaml", folder / "表.xlsx"
    path.write_bytes(outline)
    session = Session()
    plan = plan_file(session, str(path))
    assert plan.document is not None
    data = render(session, plan.document, "xlsx").value
    assert data is not None
    loaded = openpyxl.load_workbook(io.BytesIO(data))
    change(loaded[SHEET])
    loaded.save(book)
    if through is not None:
        through(book)
    made = import_tasks(Session(), str(path), str(book))
    assert made.value is not None, made.findings
    return made.value, made.findings


def table_of(folder: Path) -> list[tuple[str, ...]]:
    """The rows of the edited sheet, without their numbers."""
    sheet: Any = openpyxl.load_workbook(folder / "表.xlsx")[SHEET]
    rows = [tuple(cell or "" for cell in row[1:5]) for row in sheet.iter_rows(3, values_only=True)]
    return [row for row in rows if any(row)]


def put(row: int, column: int, text: str | None) -> Change:
    """Writes a text into the cell of a task; tasks and columns count from 1."""

    def change(sheet: Any) -> None:
        sheet.cell(row + 2, column).value = text

    return change


def replaced(row: int, column: int, old: str, new: str) -> Change:
    def change(sheet: Any) -> None:
        cell = sheet.cell(row + 2, column)
        assert old in cell.value
        cell.value = cell.value.replace(old, new)

    return change


def together(*changes: Change) -> Change:
    def change(sheet: Any) -> None:
        for each in changes:
            each(sheet)

    return change


def deleted(row: int) -> Change:
    return lambda sheet: sheet.delete_rows(row + 2)


def inserted(row: int, *cells: str | None) -> Change:
    """Puts a new task before the one that is there."""

    def change(sheet: Any) -> None:
        sheet.insert_rows(row + 2)
        for column, text in enumerate(cells, 2):
            sheet.cell(row + 2, column).value = text

    return change


def codes(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(each.code, each.pos.cell) for each in findings]


def check_made(folder: Path, change: Change) -> None:
    """Fails unless the outline then gives the edited table, and keeps its comments."""
    made, findings = edited(folder, change)
    assert findings == () and made.changes and made.after != made.before
    wanted = [list(row) for row in table_of(folder)]
    rows = [list(row) for row in rows_of(made.after)]
    for row, other in zip(wanted, rows, strict=True):
        row[0] = row[0] or other[0]
        row[3] = {"2026.6.30": "2026年6月30日"}.get(row[3], row[3])
    assert rows == wanted
    kept = [
        line
        for line in SMALL.split("\n")
        if "#" in line and not line.startswith(("      - 条: 建园", "        责任单位: 计"))
    ]
    assert [line for line in kept if line not in made.after.decode()] == []


def check_refused(folder: Path, change: Change, cell: str) -> None:
    """Fails unless the change is told at its cell and not made."""
    made, findings = edited(folder, change)
    assert codes(findings) == [("PW747", cell)]
    assert made.after == made.before and made.changes == ()


def outline_table(outline: str) -> OutlineTable:
    """The table that an outline gives."""
    data = outline.encode()
    plan, tree = plan_bytes(Session(), data, "提纲.yaml"), load_tree(data, "提纲.yaml", OUTLINE_KEYS).value
    assert plan.document is not None and tree is not None
    return OutlineTable(tree, "提纲.yaml", task_lines(plan.document.parts))
