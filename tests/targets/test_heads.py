"""Sheets of targets as bureaus make them: ten read whole, and the headers and rows that they have."""

from __future__ import annotations

import pytest

from planwriter.outline.targets import read_targets
from planwriter.sheets.read import read_workbook
from planwriter.targets.formulas import complete_targets
from planwriter.targets.heads import is_heading, is_note, is_total, path_of
from planwriter.targets.rules import check_targets
from planwriter.targets.sheet import choose_sheet, targets_in
from planwriter.targets.values import view_of
from tests.targets.bureau_sheets import BUREAU_SHEETS
from tests.targets.further_sheets import FURTHER_SHEETS

SHEETS = {**BUREAU_SHEETS, **FURTHER_SHEETS}


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_of_a_bureau_simply_reads(name: str) -> None:
    wanted = SHEETS[name]
    sheets = read_workbook(wanted.data, "指标.xlsx" if wanted.data.startswith(b"PK") else "指标.csv")
    sheet = choose_sheet(sheets.value)
    assert sheet is not None
    made = targets_in(sheet, 2026)
    assert made.value is not None
    read = read_targets(made.value.mapping)
    targets = complete_targets(read.value)
    rules = check_targets(targets.value, (2026, 2028))
    found = (*sheets.findings, *made.findings, *read.findings, *targets.findings, *rules)
    assert [(each.code, each.message) for each in found if each.code not in wanted.codes] == []
    assert {each.code for each in found} == set(wanted.codes)
    assert {each.title: str(view_of(each)) for each in targets.value} == wanted.shown
    known = {each.title: each for each in targets.value}
    if wanted.lead[0]:
        duty = known[wanted.lead[0]].duty
        assert duty is not None and "、".join(unit.value for unit in duty.lead) == wanted.lead[1]
    if wanted.base[0]:
        assert str(view_of(known[wanted.base[0]]).look_up("基期")) == wanted.base[1]


@pytest.mark.parametrize(
    ("head", "path"),
    [
        ("牵头股室", ("责任单位",)),
        ("牵头（责任）单位", ("责任单位",)),
        ("责任部门", ("责任单位",)),
        ("主责处室", ("责任单位",)),
        ("配合科室", ("配合单位",)),
        ("协办部门", ("配合单位",)),
        ("2025年现状", ("基期", "数值", "2025")),
        ("2025 年完成情况", ("基期", "数值", "2025")),
        ("2025年底数", ("基期", "数值", "2025")),
        ("基数（2025年）", ("基期", "数值", "2025")),
        ("现状2025年", ("基期", "数值", "2025")),
        ("2025年（基期）", ("基期", "数值", "2025")),
        ("2025年实际完成值", ("基期", "数值", "2025")),
        ("2026年目标", ("分年", "2026")),
        ("２０２６年度目标值", ("分年", "2026")),
        ("目标（2026年）", ("分年", "2026")),
        ("2026年计划完成", ("分年", "2026")),
        ("到2028年", ("分年", "2028")),
        ("2028年底目标", ("分年", "2028")),
        ("目标值2027年", ("分年", "2027")),
        ("计量\n单位", ("单位",)),
        ("属性", ("性质",)),
        ("单价", None),
        ("类别", None),
        ("2026年3月", None),
    ],
)
def test_a_header_is_known(head: str, path: tuple[str, ...] | None) -> None:
    assert path_of(head) == path


@pytest.mark.parametrize("text", ["合计", "合　计", "总 计", "小计", "共计", "合计："])
def test_a_total_is_known(text: str) -> None:
    assert is_total(text)
    assert not is_total(f"{text}数")


@pytest.mark.parametrize("text", ["注：年报数", "备注: 略", "填表人：", "说明：以省级核定为准", "※ 按现价计算的增加值"])
def test_a_note_is_known(text: str) -> None:
    assert is_note(text)


@pytest.mark.parametrize("text", ["普惠性幼儿园覆盖率", "备注率", "单位面积产量", "说明书覆盖率"])
def test_a_name_is_no_note_and_no_heading(text: str) -> None:
    assert not is_note(text) and not is_heading(text) and not is_total(text)
