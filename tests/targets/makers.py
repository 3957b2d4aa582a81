"""The same targets in workbooks of three makers."""

import subprocess
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from planwriter.system.office import find_soffice

TEXT = (
    "重点任务:\n  - 章: 甲\n    内容:\n      - 条: 乙\n        文: 新建{{ 指标.新建园 }}，覆盖率{{ 指标.覆盖率 }}。\n"
)
HEADER: list[object] = [
    "序号",
    "键",
    "指标名称",
    "计量单位",
    "界限",
    "2025年（基期）",
    "2026年",
    "2027",
    "目标值",
    "牵头单位",
]
ROWS: list[list[object]] = [
    [1, "覆盖率", "普惠园覆盖率", "%", "不低于", 0.915, 0.94, 0.965, 0.965, "学前股、计财股"],
    [2, "新建园", "", "所", "", "", 1200, 1300, "１，３００", "计财股"],
]
FORMS = {"F2": "0.0%", "G2": "0.0%", "H2": "0.0%", "I2": "0.00%", "G3": "#,##0", "H3": "#,##0"}


def by_openpyxl(path: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    for row in [HEADER, *ROWS]:
        sheet.append(row)
    for name, form in FORMS.items():
        sheet[name].number_format = form
    made.save(path)


def by_xlsxwriter(path: Path) -> None:
    made = xlsxwriter.Workbook(str(path))
    sheet = made.add_worksheet()
    for row, cells in enumerate([HEADER, *ROWS]):
        for column, value in enumerate(cells):
            form = FORMS.get(f"{chr(65 + column)}{row + 1}")
            sheet.write(row, column, value, made.add_format({"num_format": form}) if form else None)
    made.close()


def by_libreoffice(path: Path) -> None:
    office = find_soffice()
    assert office is not None
    (path.parent / "in").mkdir()
    by_openpyxl(path.parent / "in" / path.name)
    profile = f"-env:UserInstallation=file://{path.parent}/profile"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        str(path.parent),
        str(path.parent / "in" / path.name),
    ]
    subprocess.run(command, check=False, capture_output=True, timeout=120)
    if not path.exists():
        pytest.skip("LibreOffice without Calc")


MAKERS = [by_openpyxl, by_xlsxwriter, pytest.param(by_libreoffice, marks=pytest.mark.libreoffice)]
