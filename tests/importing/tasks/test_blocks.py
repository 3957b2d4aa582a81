"""Ten task lists as ten bureaus keep them: each cell is in the outline or named by a finding."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from planwriter.system.office import find_soffice
from tests.importing.tasks.accounting import account
from tests.importing.tasks.lists import TEN, workbook

_STRAY = "另附材料甲"


@pytest.mark.parametrize("make", TEN.values(), ids=TEN)
def test_every_cell_is_in_the_outline_or_named(make: Callable[[], bytes]) -> None:
    made = account(make())
    assert made.lost == []
    assert made.yaml.count("条:") + made.yaml.count("款:") >= 2


def test_a_text_that_is_lost_would_be_seen() -> None:
    assert account(TEN["plain"](), without="维修三所").lost == ["Sheet1!C4"]
    assert account(TEN["levels"](), without="企业培育").lost == ["2026!B5"]


@pytest.mark.parametrize("make", TEN.values(), ids=TEN)
def test_a_stray_text_anywhere_is_not_lost(make: Callable[[], bytes]) -> None:
    data = make()
    book = openpyxl.load_workbook(io.BytesIO(data))
    places = [
        (sheet.title, cell.coordinate)
        for sheet in book
        for row in sheet.iter_rows(1, sheet.max_row + 1, 1, sheet.max_column + 1)
        for cell in row
        if cell.value is None and not isinstance(cell, openpyxl.cell.cell.MergedCell)
    ]
    assert places
    for sheet, place in places:
        again = openpyxl.load_workbook(io.BytesIO(data))
        again[sheet][place] = _STRAY
        stream = io.BytesIO()
        again.save(stream)
        assert account(stream.getvalue()).lost == [], (sheet, place)


def _yaml(name: str) -> str:
    return account(TEN[name]()).yaml


def test_merged_tasks_are_chapters_and_merged_units_hold_for_each_row() -> None:
    assert _yaml("merged_groups").startswith(
        "- 章: 健全养老服务网络\n"
        "  内容:\n"
        "    - 条:\n"
        "      文: 建成柳林镇区域养老服务中心。\n"
        "      责任单位: 养老服务股\n"
        "      配合单位: 规划财务股\n"
        "      时限: 6月底前\n"
        "    - 条:\n"
        "      文: 为独居老人安装紧急呼叫设备。\n"
        "      责任单位: 养老服务股\n"
        "      配合单位: 各乡镇\n"
    )
    assert _yaml("merged_groups").count("责任单位: 社会救助股") == 2


def test_persons_subtotals_and_notes_are_named_and_left_out() -> None:
    made = account(TEN["two_header_rows"]())
    assert "甲某" not in made.yaml and made.at("PW736") == ["F3"]
    assert not any("甲某" in each.message for each in made.findings)
    assert made.at("PW738") == ["A8", "A11", "A12"]
    assert made.at("PW739") == ["A2", "G2", "A13"]
    assert "备注: 已列入县级项目库" in made.yaml
    assert [line for line in made.yaml.split("\n") if line.startswith("- 章")] == ["- 章: 乡村产业", "- 章: 人居环境"]


def test_sheets_are_chapters_and_one_without_tasks_is_named() -> None:
    made = account(TEN["several_sheets"]())
    assert [line for line in made.yaml.split("\n") if line.startswith("- 章")] == ["- 章: 党建工作", "- 章: 业务工作"]
    assert made.codes() == ["PW744"]


def test_units_in_brackets_are_lifted_and_other_brackets_stay() -> None:
    made = _yaml("units_in_text")
    assert "文: 改造老旧管网十二公里。\n  责任单位: 供水管理站\n  时限: 2026年9月底" in made
    assert "文: 开展清河行动，每月巡查两次。\n  责任单位: 河湖管理股\n  配合单位: 各乡镇" in made
    assert "责任单位: [水资源股, 办公室]" in made
    assert "文: 对柳林灌区（一期）实施修复（含支渠）。" in made


def test_units_that_differ_in_text_and_column_are_both_kept() -> None:
    head = ["序号", "重点任务", "具体内容", "责任单位"]
    rows = [
        head,
        [1, "修桥", "改造危桥两座。（责任单位：公路股）", "养护中心"],
        [2, "修路", "铺油。（公路股）", "公路股"],
    ]
    made = account(workbook(("表", rows, [])))
    assert made.at("PW743") == ["C2"]
    assert "责任单位: [养护中心, 公路股]" in made.yaml and "责任单位: 公路股" in made.yaml


def test_several_deadlines_go_to_the_points_or_stand_together() -> None:
    made = account(TEN["several_deadlines"]())
    assert made.at("PW741") == ["E2", "E3", "E4"]
    assert "- 款:\n      文: 建成管理平台。\n      时限: 8月底前" in made.yaml
    assert "时限: 6月底前；12月底前" in made.yaml and "时限: 看资金到位情况" in made.yaml
    assert "- 款:\n      文: 划定摊区。" in made.yaml
    assert "责任单位: [园林站, 城市管理股]" in made.yaml


def test_columns_that_order_the_list_are_levels() -> None:
    lines = [line.rstrip() for line in _yaml("levels").split("\n") if "- 章" in line or "- 节" in line]
    assert lines == [
        "- 章: 产业升级",
        "    - 节: 技术改造",
        "    - 节: 企业培育",
        "- 章: 数字转型",
        "    - 节: 网络建设",
    ]


def test_unknown_columns_go_into_remarks_and_skipped_numbers_are_told() -> None:
    made = account(TEN["progress_columns"]())
    assert made.at("PW737") == ["C2", "D2", "G2"] and made.at("PW742") == ["A8"]
    assert "进展情况：设计已批复" in made.yaml


def test_start_and_end_are_one_deadline_and_rows_without_text_add_units() -> None:
    made = _yaml("start_and_end")
    assert "责任单位: 疾控中心\n  配合单位: 各卫生院\n  时限: 2026年3月至2026年10月\n  备注: 免费" in made
    assert "责任单位: [基层卫生股, 医保经办中心]" in made and "备注: 提供名单" in made
    assert "责任单位: 县医院\n  配合单位: 规划财务股" in made and "无" not in made


def test_a_repeated_header_and_empty_numbered_rows_are_passed_over() -> None:
    made = account(TEN["repeated_header"]())
    assert made.codes() == ["PW739"] and made.yaml.count("- 条:") == 3


def test_double_braces_do_not_become_holes() -> None:
    made = account(workbook(("表", [["重点任务", "责任单位"], ["填报{{ 数值 }}", "办公室"]], [])))
    assert "填报{{ '{{' }} 数值 {{ '}}' }}" in made.yaml.replace("''", "'") and made.findings == ()


def test_hidden_rows_are_named() -> None:
    book = openpyxl.load_workbook(io.BytesIO(TEN["plain"]()))
    book["Sheet1"].row_dimensions[4].hidden = True
    stream = io.BytesIO()
    book.save(stream)
    made = account(stream.getvalue())
    assert made.at("PW745") == ["A4"] and "维修" not in made.yaml


def test_a_unit_without_any_task_is_named() -> None:
    rows = [["重点任务", "具体内容", "责任单位"], [None, None, "办公室"], ["修路", "铺油。", "公路股"]]
    assert account(workbook(("表", rows, []))).at("PW740") == ["C2"]


@pytest.mark.libreoffice
@pytest.mark.skipif(find_soffice() is None, reason="LibreOffice is not installed")
def test_lists_saved_by_libreoffice_give_the_same_blocks(tmp_path: Path) -> None:
    program = find_soffice()
    assert program is not None
    paths = [tmp_path / f"{name}.xlsx" for name in TEN]
    for path, make in zip(paths, TEN.values(), strict=True):
        path.write_bytes(make())
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [program, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "saved")]
    subprocess.run([*command, *map(str, paths)], check=True, capture_output=True, timeout=180)
    for path in paths:
        saved = account((tmp_path / "saved" / path.name).read_bytes())
        assert (saved.yaml, saved.lost) == (account(path.read_bytes()).yaml, []), path.name


def test_the_remark_of_the_first_task_is_not_that_of_its_sheet() -> None:
    rows = [["序号", "工作事项", "完成标准", "完成时间"], [1, "甲事项", "形成报告", "3月"]]
    made = account(workbook(("一季度", rows, []), ("二季度", rows, [])))
    assert made.lost == [] and made.yaml.count("完成标准：形成报告") == 2
