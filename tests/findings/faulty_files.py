"""Findings on files, folders and outputs that no outline can show: a function makes each; its docstring is the code."""

from pathlib import Path

from planwriter.app import outputs
from planwriter.app.outputs import guard_output
from planwriter.findings.finding import Finding
from planwriter.system import files
from planwriter.system.files import MAX_BYTES
from tests.support import outline, plan, plan_file


def a_file_that_is_not_there(folder: Path) -> list[Finding]:
    """PW101"""
    assert "没有这个文件" in plan_file("没有.yaml").findings[0].message
    return list(plan_file("没有.yaml").findings)


def a_folder_in_the_place_of_a_file(folder: Path) -> list[Finding]:
    """PW101"""
    return list(plan_file(".").findings)


def a_file_too_large(folder: Path) -> list[Finding]:
    """PW104"""
    Path("大.yaml").write_bytes(outline().encode() + b"#" * MAX_BYTES)
    return list(plan_file("大.yaml").findings)


def a_file_among_outlines_that_is_none(folder: Path) -> list[Finding]:
    """PW123"""
    from planwriter.app.chosen import outlines_among

    Path("要点.yaml").write_text(outline(), "utf-8")
    Path("本局.yaml").write_text("版式: 本局\n基于: 行距28磅\n", "utf-8")
    assert outlines_among(["要点.yaml"]).findings == ()
    return list(outlines_among(["要点.yaml", "本局.yaml"]).findings)


def two_plans_that_disagree(folder: Path) -> list[Finding]:
    """PW465"""
    from planwriter.app.plans import check_together

    goals = ("数值: 95", "数值: 96")
    made = [plan(outline(extra=f'指标:\n  率: {{名称: 普惠性幼儿园覆盖率, {goal}, 单位: "%"}}\n')) for goal in goals]
    assert check_together([made[0], made[0]]) == ()
    return list(check_together(made))


def too_many_slips(folder: Path) -> list[Finding]:
    """PW119"""
    notes = "备注:\n" + "".join(f"  - 单位：第{number}所学校\n" for number in range(1100))
    return list(plan(outline(extra=notes)).findings)


def a_folder_that_is_not_there(folder: Path) -> list[Finding]:
    """PW801"""
    return [each for each in [files.write_file("没有/要点.docx", b"x")] if each]


def a_folder_in_the_place_of_the_output(folder: Path) -> list[Finding]:
    """PW802"""
    Path("要点.docx").mkdir()
    return [each for each in [files.write_file("要点.docx", b"x")] if each]


def an_output_that_is_not_ours(folder: Path) -> list[Finding]:
    """PW803"""
    Path("要点.txt").write_text("手写的", "utf-8")
    return [each for each in [guard_output("要点.txt", b"x", "text", outline="要点.yaml")] if each]


def the_outline_as_its_own_output(folder: Path) -> list[Finding]:
    """PW804"""
    Path("要点.yaml").write_text(outline(), "utf-8")
    return [each for each in [guard_output("要点.yaml", b"x", "text", outline="要点.yaml")] if each]


def an_output_through_a_link_that_leads_out_of_the_workspace(folder: Path) -> list[Finding]:
    """PW807"""
    Path("区").mkdir()
    Path("区/planwriter.yaml").touch()
    Path("区/要点.txt").symlink_to(folder / "别处.txt")
    return [each for each in [files.write_file("区/要点.txt", b"x")] if each]


def an_edited_output_that_is_overwritten(folder: Path) -> list[Finding]:
    """PW808"""
    Path("要点.txt").write_text("手写的", "utf-8")
    refused = guard_output("要点.txt", b"x", "text", outline="要点.yaml")
    return list(outputs.write_output("要点.txt", b"x", refused, force=True))
