"""Task lists in workbooks: an outline of them, or tasks put under a 章 of an outline that is there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from planwriter.app.import_tasks import add_tasks, import_task_bytes
from planwriter.app.plans import plan_bytes
from planwriter.app.session import Session
from planwriter.findings.finding import Severity
from planwriter.importing.identity import Given
from planwriter.writers.text import render_text
from tests.commands import run
from tests.importing.tasks.lists import TEN, workbook
from tests.support import HEAD, LEAD, ROOT, TAIL, plan

CHAPTER = "扩大普惠资源，办好学前教育"


@pytest.mark.parametrize("make", TEN.values(), ids=TEN)
def test_the_outline_of_a_list_passes_as_a_draft(make: Callable[[], bytes]) -> None:
    made = import_task_bytes(Session(), make(), "表.xlsx", Given())
    assert made.value is not None and "PW712" not in [each.code for each in made.findings]
    drafted = plan(made.value.yaml, draft=True)
    assert drafted.document is not None
    assert [each for each in drafted.findings if each.severity is Severity.ERROR] == []


def test_the_title_says_bureau_region_and_year() -> None:
    made = import_task_bytes(Session(), TEN["plain"](), "表.xlsx", Given())
    assert made.value is not None
    assert made.value.yaml.startswith(
        "# 待核：任务清单没有写文种\n文种: 工作要点\n单位: 青山县教育局\n地区: 青山县\n年度: 2026\n"
        "标题: 青山县教育局2026年重点任务清单\n\n重点任务:\n  - 条: 扩大学前学位\n"
    )
    assert [each.code for each in made.findings] == ["PW705"]


def test_a_workbook_that_is_none_is_a_finding() -> None:
    made = import_task_bytes(Session(), b"PK\x03\x04 xl/ nothing", "表.xlsx", Given())
    assert made.value is None and [each.code for each in made.findings] == ["PW120"]


def test_the_command_writes_an_outline(tmp_path: Path) -> None:
    (tmp_path / "任务清单.xlsx").write_bytes(TEN["levels"]())
    made = run(tmp_path, "import", "任务清单.xlsx", "-o", "提纲.yaml", "--kind", "工作要点")
    assert made.returncode == 0 and "已写出 提纲.yaml" in made.stdout
    text = (tmp_path / "提纲.yaml").read_text("utf-8")
    assert text.startswith("文种: 工作要点\n单位: 云岭市工业和信息化局\n") and "0000001" not in text


def test_the_command_puts_tasks_into_an_outline(tmp_path: Path) -> None:
    before = (ROOT / "examples" / "qingshan-2026.yaml").read_bytes()
    (tmp_path / "要点.yaml").write_bytes(before)
    (tmp_path / "表.xlsx").write_bytes(TEN["plain"]())
    words = ("import", "表.xlsx", "--into", "要点.yaml", "--章", CHAPTER)
    shown = run(tmp_path, *words)
    assert "添上 3 项任务" in shown.stdout and "＋       - 条: 扩大学前学位" in shown.stdout
    assert "没有写" in shown.stdout and (tmp_path / "要点.yaml").read_bytes() == before
    assert "已写进 要点.yaml" in run(tmp_path, *words, "--yes").stdout
    after = (tmp_path / "要点.yaml").read_bytes()
    start = after.index("      - 条: 扩大学前学位".encode())
    assert after[:start] == before[:start] and after.endswith(before[start:])
    assert run(tmp_path, "check", "要点.yaml").returncode == 0
    wrong = run(tmp_path, *words[:-1], "没有这一章")
    assert wrong.returncode == 1 and "PW746" in wrong.stderr


def test_options_that_do_not_go_together_are_refused(tmp_path: Path) -> None:
    assert run(tmp_path, "import", "表.xlsx", "--into", "要点.yaml").returncode == 2
    assert run(tmp_path, "import", "表.xlsx", "--章", "甲").returncode == 2


def test_braces_of_the_list_are_printed_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "要点.yaml").write_bytes((ROOT / "examples" / "qingshan-2026.yaml").read_bytes())
    rows = [["重点任务", "具体内容", "责任单位"], ["办好食堂", "指标是{{ 没有 }}。", "后勤服务中心"]]
    (tmp_path / "表.xlsx").write_bytes(workbook(("表", rows, [])))
    made = add_tasks(Session(), str(tmp_path / "要点.yaml"), str(tmp_path / "表.xlsx"), CHAPTER)
    assert made.value is not None and made.findings == ()
    plan = plan_bytes(Session(), made.value.after, "提纲.yaml")
    assert plan.document is not None and "指标是{{ 没有 }}。" in render_text(plan.document)


def test_what_would_make_the_outline_wrong_is_not_added(tmp_path: Path) -> None:
    (tmp_path / "要点.yaml").write_text(
        f"{HEAD}{LEAD}重点任务:\n  - 款: 甲\n    内容:\n      - 章: 乙\n{TAIL}", "utf-8"
    )
    (tmp_path / "表.xlsx").write_bytes(TEN["plain"]())
    made = add_tasks(Session(), str(tmp_path / "要点.yaml"), str(tmp_path / "表.xlsx"), "丙")
    assert made.value is None and [each.code for each in made.findings] == ["PW746"]


HEAD_OF_TARGETS = ["序号", "指标名称", "单位", "2025年", "2026年目标", "责任股室"]


@pytest.mark.parametrize(
    "head", [HEAD_OF_TARGETS, ["序号", "指标", "计量单位", "2025年完成", "目标值", "责任单位"]], ids=["years", "value"]
)
def test_a_sheet_of_targets_is_none_and_what_to_do_with_it_is_said(head: list[str]) -> None:
    rows = [head, [1, "粮食总产量", "万吨", 18.2, 18.5, "种植股"], [2, "机械化率", "%", "68%", "≥70%", "农机股"]]
    made = import_task_bytes(Session(), workbook(("Sheet1", rows, ())), "表格/指标.xlsx", Given())
    assert made.value is None and [each.code for each in made.findings] == ["PW735"]
    assert made.findings[0].message == "这是一张指标表（2 个指标），不是任务清单。"
    assert "“指标: 指标.xlsx”，正文写 {{ 指标.粮食总产量 }}" in made.findings[0].hint


def test_tasks_with_figures_are_tasks() -> None:
    rows = [
        ["序号", "重点任务", "目标", "工作措施", "责任单位"],
        [1, "粮食总产量", 18.5, "分乡镇下达任务，逐块核实面积。", "种植股"],
        [2, "高标准农田", 15000, "三月底前开工，年底前验收。", "农田股"],
    ]
    made = import_task_bytes(Session(), workbook(("Sheet1", rows, ())), "表.xlsx", Given())
    assert made.value is not None and "分乡镇下达任务，逐块核实面积。" in made.value.yaml
