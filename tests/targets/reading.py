"""Reads a sheet of targets as an outline does."""

from __future__ import annotations

from planwriter.findings.finding import Finding
from planwriter.outline.targets import read_targets
from planwriter.sheets.read import read_workbook
from planwriter.targets.formulas import complete_targets
from planwriter.targets.sheet import choose_sheet, targets_in
from planwriter.targets.values import view_of
from tests.targets.bureau_sheets import rows

Read = tuple[dict[str, str], dict[str, str], list[Finding]]


def read(*lines: list[object], merges: tuple[str, ...] = (), year: int = 2026) -> Read:
    """What the targets of a sheet print, their baselines by name (2025: 3个), and what is found."""
    sheets = read_workbook(rows(*lines, merges=merges), "指标.xlsx")
    sheet = choose_sheet(sheets.value)
    assert sheet is not None
    made = targets_in(sheet, year)
    typed = read_targets(made.value.mapping if made.value else None)
    whole = complete_targets(typed.value)
    shown = {each.title: str(view_of(each)) for each in whole.value if each.value}
    bases = {
        each.title: f"{each.baseline[0]}: {view_of(each).look_up('基期')}"
        for each in whole.value
        if each.baseline and each.value
    }
    return shown, bases, [*sheets.findings, *made.findings, *typed.findings, *whole.findings]


def codes(found: list[Finding]) -> list[tuple[str, str]]:
    """The code and the cell of each finding."""
    return [(each.code, each.pos.cell) for each in found]
