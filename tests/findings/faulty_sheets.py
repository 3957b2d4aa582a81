"""Findings on workbooks and targets that no outline can show: a function makes each; its docstring is the code."""

import os
from pathlib import Path

from planwriter.app.session import Session
from planwriter.findings.finding import Finding
from tests.support import outline, plan_file


def _with_workbook(name: str, data: bytes, more: str = "") -> list[Finding]:
    Path(name).write_bytes(data)
    Path("提纲.yaml").write_text(outline(extra=f"附件:\n  - 标题: 项目表\n    表: {name}\n{more}"), "utf-8")
    return list(plan_file("提纲.yaml").findings)


def a_workbook_in_the_old_format(folder: Path) -> list[Finding]:
    """PW120"""
    assert _with_workbook("项目.csv", "序号,项目\n1,食堂\n".encode()) == []
    return _with_workbook("项目.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600)


def a_cell_with_an_error(folder: Path) -> list[Finding]:
    """PW121"""
    import openpyxl

    book = openpyxl.Workbook()
    book.worksheets[0]["B2"] = "#DIV/0!"
    book.save("项目.xlsx")
    return _with_workbook("项目.xlsx", Path("项目.xlsx").read_bytes())


def a_term_without_a_wrong_form(folder: Path) -> list[Finding]:
    """PW534"""
    from planwriter.app.own_terms import read_own_terms

    Path("planwriter.yaml").write_text("", "utf-8")
    Path("用语.yaml").write_text("用语:\n  - 县融媒体中心\n", "utf-8")
    return list(read_own_terms(os.path.abspath("planwriter.yaml")).findings)


def a_format_that_cannot_be_shown(folder: Path) -> list[Finding]:
    """PW474"""
    import openpyxl

    book = openpyxl.Workbook()
    book.worksheets[0]["B2"] = 123456789012
    book.save("项目.xlsx")
    return _with_workbook("项目.xlsx", Path("项目.xlsx").read_bytes())


def a_sheet_that_is_not_there(folder: Path) -> list[Finding]:
    """PW122"""
    found = _with_workbook("项目.csv", "序号,项目\n1,食堂\n".encode(), "    工作表: 二季度\n")
    assert (found[0].pos.line, found[0].pos.column) == (8, 10)
    return found


def _targets(rows: list[list[object]], merges: str = "") -> list[Finding]:
    """What is found where 指标 is a workbook of these rows."""
    import openpyxl

    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    if merges:
        book.worksheets[0].merge_cells(merges)
    book.save("指标.xlsx")
    Path("提纲.yaml").write_text(
        outline("", lead="总体要求: 建{{ 指标.甲 }}、{{ 指标.乙 }}。\n", extra="指标: 指标.xlsx\n"), "utf-8"
    )
    return list(plan_file("提纲.yaml").findings)


def a_column_that_is_not_read(folder: Path) -> list[Finding]:
    """PW475"""
    assert _targets([["指标", "数值", "同比增长"], ["甲", 3, None], ["乙", 4, None]]) == []
    return _targets([["指标", "数值", "同比增长"], ["甲", 3, "5%"], ["乙", 4, None]])


def a_unit_above_that_is_two(folder: Path) -> list[Finding]:
    """PW476"""
    assert _targets([["单位：万元、亩"], ["指标", "数值"], ["甲（亩）", 3], ["乙", "4万元"]]) == []
    return _targets([["单位：万元、亩"], ["指标", "数值"], ["甲", 3], ["乙", 4]])


def a_unit_in_a_name_that_is_another(folder: Path) -> list[Finding]:
    """PW477"""
    assert _targets([["指标", "单位", "数值"], ["甲", "座", 3], ["乙（个）", None, 4]]) == []
    return _targets([["指标", "单位", "数值"], ["甲（座）", "个", 3], ["乙", "个", 4]])


def a_second_sheet_with_targets(folder: Path) -> list[Finding]:
    """PW478"""
    import openpyxl

    book = openpyxl.Workbook()
    for sheet, names in ((book.worksheets[0], "甲乙"), (book.create_sheet("二"), "甲丙")):
        sheet.append(["指标", "数值"])
        for name in names:
            sheet.append([name, 3])
    book.save("指标.xlsx")
    lead = "总体要求: 建{{ 指标.甲 }}、{{ 指标.乙 }}。\n"
    Path("提纲.yaml").write_text(outline("", lead=lead, extra="指标: 指标.xlsx\n"), "utf-8")
    found = list(plan_file("提纲.yaml").findings)
    named = outline("", lead=lead, extra="指标: {文件: 指标.xlsx, 工作表: Sheet}\n")
    Path("提纲.yaml").write_text(named, "utf-8")
    assert list(plan_file("提纲.yaml").findings) == []
    return found


def words_in_the_place_of_a_figure(folder: Path) -> list[Finding]:
    """PW479"""
    assert _targets([["指标", "数值"], ["甲", 3], ["乙", "100%"]]) == []
    return _targets([["指标", "数值"], ["甲", 3], ["乙", 4], ["丙", "全覆盖"]])


def a_sheet_without_a_header(folder: Path) -> list[Finding]:
    """PW420"""
    assert _targets([["指标", "数值"], ["甲", 3], ["乙", 4]]) == []
    return _targets([["甲", 3], ["乙", 4]])


def a_column_that_is_no_targets(folder: Path) -> list[Finding]:
    """PW421"""
    found = _targets([["指标", "数值", "备考"], ["甲", 3, "x"], ["乙", 4, ""]])
    assert "备注" in found[0].hint and found[0].pos.cell == "C1"
    return found


def a_row_that_adds_up(folder: Path) -> list[Finding]:
    """PW473"""
    return _targets([["指标", "数值"], ["甲", 3], ["乙", 4], ["合计", 7]])


def a_figure_merged_over_two_targets(folder: Path) -> list[Finding]:
    """PW422"""
    assert _targets([["指标", "数值", "单位"], ["甲", 3, "所"], ["乙", 4, None]], "C2:C3") == []
    return _targets([["指标", "数值", "单位"], ["甲", 3, "所"], ["乙", None, "所"]], "B2:B3")


def _set(text: str, name: str, path: tuple[str, ...], value: str) -> list[Finding]:
    """What is found when a target of an outline is set."""
    from planwriter.app.target_edit import set_values
    from planwriter.app.target_list import open_targets

    Path("提纲.yaml").write_text(outline(lead="总体要求: 建{{ 指标.甲 }}。\n", extra=text), "utf-8")
    source = open_targets(Session(), "提纲.yaml").value
    assert source is not None
    key = source.key_of(name)
    if key.value is None:
        return list(key.findings)
    return list(set_values(Session(), source, {key.value: {path: value}}).findings)


def a_target_that_is_not_there(folder: Path) -> list[Finding]:
    """PW423"""
    assert _set("指标: {甲: 3}\n", "甲", ("数值",), "4") == []
    twice = _set("指标: {甲: {名称: 丙, 数值: 3}, 乙: {名称: 丙, 数值: 3}}\n", "丙", ("数值",), "4")
    assert "有 2 个" in twice[0].hint
    return _set("指标: {甲: 3}\n", "甲园", ("数值",), "4")


def a_value_that_stands_on_two_lines(folder: Path) -> list[Finding]:
    """PW424"""
    return _set("指标:\n  甲:\n    数值: 3\n    依据: 第一行\n      第二行\n", "甲", ("依据",), "别的")


def a_sheet_that_leaves_a_target_out(folder: Path) -> list[Finding]:
    """PW425"""
    from planwriter.app.target_edit import import_changes, read_sheet
    from planwriter.app.target_list import open_targets

    _set("指标: {甲: 3, 乙: 4}\n", "甲", ("数值",), "3")
    source, found = open_targets(Session(), "提纲.yaml").value, list[list[Finding]]()
    assert source is not None
    for rows in ("甲,3\n乙,4\n", "甲,3\n"):
        Path("表.csv").write_text(f"名称,数值\n{rows}", "utf-8")
        sheet = read_sheet("表.csv").value
        assert sheet is not None
        found.append(list(import_changes(source, sheet).findings))
    assert found[0] == []
    return found[1]
