"""任务分解表 edited in a program for workbooks and taken in again: the outline then gives the table that was edited."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from planwriter.app.outputs import render
from planwriter.app.plans import plan_bytes, plan_file
from planwriter.app.session import Session
from planwriter.app.task_edit import SHEET, TaskEdit, import_tasks, write_edit
from planwriter.findings.finding import Finding
from planwriter.plan.tables import task_table
from planwriter.system.office import find_soffice
from planwriter.writers.xlsx import TASKS
from tests.commands import run
from tests.support import EXAMPLES, HEAD, LEAD, ROOT, TAIL

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


def test_the_sheet_is_the_one_that_is_written() -> None:
    assert SHEET == TASKS


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_without_a_change_no_byte_changes(path: Path, tmp_path: Path) -> None:
    made, findings = edited(tmp_path, lambda sheet: None, path.read_bytes())
    assert made.after == made.before == path.read_bytes()
    assert findings == () and made.changes == () and made.loose == ()


MADE: dict[str, Change] = {
    "文字": replaced(1, 3, "年底", "秋季"),
    "指标旁边的字": replaced(1, 3, "新建幼儿园", "新建、改扩建公办幼儿园"),
    "标题": replaced(1, 3, "建园。", "办好幼儿园。"),
    "标题和文字": put(4, 3, "管好食堂。公开账目。"),
    "几行的文字": replaced(2, 3, "阳光分班", "均衡分班"),
    "几段里的一段": replaced(3, 3, "第二段", "下一段"),
    "单位": put(1, 4, "计财股、办公室（配合：学前教育股）"),
    "列表里的单位": put(2, 4, "招生考试中心"),
    "括号里的单位": put(3, 4, "基础教育股（配合：办公室）"),
    "时限": put(1, 5, "2026.6.30"),
    "添上时限": put(2, 5, "2026年9月"),
    "去掉时限": put(1, 5, None),
    "章的标题": put(4, 2, "后勤管理"),
    "删去一行": deleted(1),
    "删去一章": deleted(4),
    "添一行": inserted(2, "办学", "办好托班。新增托位六十个。", "学前教育股", "2026年9月"),
    "添两行": together(
        inserted(2, "办学", "甲事。做好甲事。", "甲股（配合：乙股）", ""), inserted(3, None, "乙事", "乙股", "长期")
    ),
    "末尾添一行": inserted(5, "管理", "安全。装好门禁。", "安全股", "2026年5月"),
    "开头添一行": inserted(1, "办学", "规划。摸清底数。", "计财股", ""),
    "添一章": inserted(4, "队伍", "培训。人人轮训。", "人事股", "2026年8月"),
    "删一行添一行": together(deleted(1), inserted(1, "办学", "规划布局。逐镇摸清底数。", "办公室", "2026年1月")),
    "一起": together(
        replaced(1, 3, "年底", "秋季"), put(2, 4, "招生考试中心"), put(4, 2, "后勤管理"), put(4, 5, "2026年3月")
    ),
}


@pytest.mark.parametrize("change", MADE.values(), ids=MADE)
def test_the_outline_gives_the_edited_table(change: Change, tmp_path: Path) -> None:
    made, findings = edited(tmp_path, change)
    assert findings == () and made.changes and made.after != made.before
    wanted = [list(row) for row in table_of(tmp_path)]
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


REFUSED: dict[str, tuple[Change, str]] = {
    "指标的数": (replaced(1, 3, "12所", "15所"), "C3"),
    "两段一起": (replaced(3, 3, "第一段。第二段。", "只有一段。"), "C5"),
    "删去正文": (put(4, 3, "食堂"), "C6"),
    "去掉唯一的单位": (put(2, 4, None), "A4"),
    "下面有款的行": (deleted(3), ""),
    "没有单位的新行": (inserted(2, "办学", "甲事。做好甲事。", None, None), "C4"),
    "换了章": (put(1, 2, "管理"), "B3"),
    "花括号": (replaced(4, 3, "明厨亮灶", "{{ 指标.园 }}"), "C6"),
}


@pytest.mark.parametrize(("change", "cell"), REFUSED.values(), ids=REFUSED)
def test_a_change_whose_place_is_not_certain_is_not_made(change: Change, cell: str, tmp_path: Path) -> None:
    made, findings = edited(tmp_path, change)
    assert codes(findings) == [("PW747", cell)]
    assert made.after == made.before and made.changes == ()


def test_what_is_certain_is_made_beside_what_is_not(tmp_path: Path) -> None:
    made, findings = edited(tmp_path, together(replaced(1, 3, "12所", "15所"), put(1, 4, "办公室")))
    assert codes(findings) == [("PW747", "C3")]
    assert made.after == SMALL.replace("责任单位: 计财股   # 牵头", "责任单位: 办公室   # 牵头").encode()


def test_a_row_that_may_be_two_is_not_changed(tmp_path: Path) -> None:
    rows = "".join(
        f"      - 条: {name}灯\n        文: 改造{name}路灯一百盏，安装监控和喇叭。\n        责任单位: 办公室\n"
        for name in ("东街", "西街")
    )
    outline = f"{HEAD}{LEAD}重点任务:\n  - 章: 路灯\n    内容:\n{rows}{TAIL}"
    change = together(deleted(2), put(1, 3, "南街灯。改造南街路灯一百盏，安装监控和喇叭。"), put(1, 1, None))
    made, findings = edited(tmp_path, change, outline.encode())
    assert codes(findings) == [("PW748", "C3")] and made.after == made.before


def test_rows_in_another_order_are_told_and_stay(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        first, second = ([sheet.cell(row, at).value for at in range(1, 6)] for row in (3, 4))
        for at in range(5):
            sheet.cell(3, at + 1).value, sheet.cell(4, at + 1).value = second[at], first[at]

    made, findings = edited(tmp_path, change)
    assert codes(findings) == [("PW747", "C4")] and made.after == made.before


def test_the_text_of_a_clause_stays_and_its_units_change(tmp_path: Path) -> None:
    change = together(replaced(1, 3, "12次", "14次"), put(3, 4, "机关党委、办公室"))
    made, findings = edited(tmp_path, change, EXAMPLE.read_bytes())
    assert codes(findings) == [("PW747", "C3")]
    before, after = EXAMPLE.read_text("utf-8").split("\n"), made.after.decode().split("\n")
    changed = [(one, other) for one, other in zip(before, after, strict=True) if one != other]
    assert changed == [("        责任单位: 机关党委", "        责任单位: [机关党委, 办公室]")]


def test_it_is_said_how_rows_were_matched(tmp_path: Path) -> None:
    change = together(replaced(1, 3, "年底", "秋季"), replaced(2, 3, "招生。就近", "做好招生。就近"))
    made, _ = edited(tmp_path, change)
    assert made.matched == {"内容": 2, "标题": 1, "文字相似": 1} and made.loose == (("C4", 2, "文字相似"),)


def test_the_outline_is_written_only_if_it_is_as_it_was_read(tmp_path: Path) -> None:
    made, _ = edited(tmp_path, put(1, 4, "办公室"))
    (tmp_path / "提纲.yaml").write_bytes(SMALL.encode() + b"# new\n")
    assert [each.code for each in write_edit(made)] == ["PW802"]
    (tmp_path / "提纲.yaml").write_bytes(SMALL.encode())
    assert write_edit(made) == () and (tmp_path / "提纲.yaml").read_bytes() == made.after


def test_an_outline_without_units_is_taken_in_too(tmp_path: Path) -> None:
    rows = "".join(f"      - 条: 事项{at}\n        文: 办好第{at}件事。\n" for at in "一二三")
    outline = f"{HEAD}{LEAD}重点任务:\n  - 章: 民生\n    内容:\n{rows}".encode()
    made, findings = edited(tmp_path, replaced(2, 3, "办好", "办成"), outline)
    assert findings == () and "办成第二件事" in made.after.decode()
    every = together(*(put(at, 4, "办公室") for at in (1, 2, 3)))
    made, findings = edited(tmp_path, every, outline)
    assert findings == () and made.after.decode().count("责任单位: 办公室") == 3
    made, findings = edited(tmp_path, put(2, 4, "办公室"), outline)
    assert codes(findings) == [("PW747", "D4")] and made.after == made.before


def _saved_by_libreoffice(book: Path) -> None:
    program = find_soffice()
    assert program is not None
    out = book.parent / "saved"
    profile = f"-env:UserInstallation=file://{book.parent}/profile"
    command = [program, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(book)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    book.write_bytes((out / book.name).read_bytes())


@pytest.mark.libreoffice
@pytest.mark.skipif(find_soffice() is None, reason="LibreOffice is not installed")
def test_a_table_saved_by_libreoffice_is_taken_in(tmp_path: Path) -> None:
    made, findings = edited(tmp_path, lambda sheet: None, EXAMPLE.read_bytes(), through=_saved_by_libreoffice)
    assert made.after == made.before and findings == ()
    made, findings = edited(tmp_path, MADE["一起"], through=_saved_by_libreoffice)
    assert findings == () and rows_of(made.after) == table_of(tmp_path)


def test_the_command_shows_asks_and_writes(tmp_path: Path) -> None:
    (tmp_path / "要点.yaml").write_text(SMALL, "utf-8")
    assert run(tmp_path, "render", "要点.yaml", "--to", "xlsx").returncode == 0
    same = run(tmp_path, "tasks", "import", "要点.yaml", "要点.xlsx", "--yes")
    assert "没有改" in same.stdout and (tmp_path / "要点.yaml").read_text("utf-8") == SMALL
    book = openpyxl.load_workbook(tmp_path / "要点.xlsx")
    put(1, 4, "办公室")(book[SHEET])
    book.save(tmp_path / "要点.xlsx")
    for words in (("--dry-run",), ()):
        shown = run(tmp_path, "tasks", "import", "要点.yaml", "要点.xlsx", *words)
        assert "第 1 项　责任单位：\n  － 计财股\n  ＋ 办公室\n" in shown.stdout and "没有写" in shown.stdout
        assert (tmp_path / "要点.yaml").read_text("utf-8") == SMALL
    assert "已写进 要点.yaml" in run(tmp_path, "tasks", "import", "要点.xlsx", "要点.yaml", "--yes").stdout
    assert (tmp_path / "要点.yaml").read_text("utf-8") == SMALL.replace("责任单位: 计财股 ", "责任单位: 办公室 ")
    assert run(tmp_path, "tasks", "import", "要点.yaml", "没有.xlsx").returncode != 0
