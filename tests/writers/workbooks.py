"""What stands in a workbook that a writer made."""

from __future__ import annotations

from planwriter.sheets.read import read_workbook
from planwriter.sheets.sheet import table_of


def sheets(data: bytes) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The tables of a workbook as read back: what stands in their cells, below the title."""
    read = read_workbook(data, "表.xlsx")
    assert not read.findings
    return {sheet.name: table_of(sheet).rows for sheet in read.value}
