"""Findings on duties, tables and next year's outlines that no outline can show: a function makes each; its docstring is the code."""

from pathlib import Path

from planwriter.app import outputs
from planwriter.app.session import Session
from planwriter.findings.finding import Finding
from planwriter.start.records import replace
from tests.support import outline, plan, render


def a_unit_that_answers_for_nothing(folder: Path) -> list[Finding]:
    """PW451"""
    return list(outputs.extract(plan(outline()), "计财股").findings)


def a_workbook_without_a_table(folder: Path) -> list[Finding]:
    """PW452"""
    made = plan(outline()).document
    assert made is not None
    return list(render(replace(made, parts=()), "xlsx").findings)


def _rolled(text: str, reached: str = "") -> list[Finding]:
    from planwriter.app.roll import roll_file

    Path("要点.yaml").write_text(text, "utf-8")
    made = roll_file(Session(), "要点.yaml", reached=reached)
    return [*made.findings, *(made.value.findings if made.value else ())]


def an_outline_of_no_year_that_is_rolled(folder: Path) -> list[Finding]:
    """PW765"""
    return _rolled(outline().replace("年度: 2026\n", ""))


def a_document_of_the_old_year(folder: Path) -> list[Finding]:
    """PW766"""
    assert _rolled(outline()) == []
    return _rolled(outline().replace("上好课", "落实《青山县2026年教育工作要点》"))


def a_deadline_of_the_old_year(folder: Path) -> list[Finding]:
    """PW767"""
    return _rolled(outline().replace("文: 上好课。", "文: 上好课。\n        时限: 2026年8月"))


def a_figure_reached_for_no_target(folder: Path) -> list[Finding]:
    """PW768"""
    Path("完成.yaml").write_text("新建园: 3所\n", "utf-8")
    return _rolled(outline(), "完成.yaml")
