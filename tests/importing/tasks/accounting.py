"""Whether every cell of a task list is in the outline that it gives, or named by a finding."""

from __future__ import annotations

import re
import unicodedata

from planwriter.findings.finding import Finding
from planwriter.importing.tasks.blocks import task_plan
from planwriter.importing.tasks.content import without_label
from planwriter.importing.tasks.heads import task_tables
from planwriter.importing.tasks.read import is_order, read_task_sheets
from planwriter.importing.write import blocks_yaml
from planwriter.language.deadlines import read_deadline
from planwriter.language.figures import is_blank
from planwriter.sheets.read import read_workbook
from planwriter.sheets.sheet import Sheet, cell_name, table_of
from planwriter.start.named_tuple import NamedTuple

_CUT = re.compile(r"[\n；;、，,。（）()：:\s]+|牵头|配合|责任|单位|完成时限")


class Account(NamedTuple):
    """A workbook that was read: the YAML of its blocks, the findings, and the cells that are in neither."""

    yaml: str
    findings: tuple[Finding, ...]
    lost: list[str]

    def codes(self) -> list[str]:
        """The codes of the findings, each once."""
        return sorted({each.code for each in self.findings})

    def at(self, code: str) -> list[str]:
        """The cells of the findings of a code."""
        return [each.pos.cell for each in self.findings if each.code == code]


def account(data: bytes, name: str = "表.xlsx", *, without: str = "") -> Account:
    """What becomes of the cells of a workbook; a text `without` counts as not in the outline."""
    read = read_workbook(data, name)
    assert read.findings == ()
    lists = read_task_sheets(read.value, name)
    plan = task_plan(lists.value)
    findings = (*lists.findings, *plan.findings)
    yaml = "\n".join(blocks_yaml(plan.value.blocks, plan.value.remarks))
    titles = "".join(each.text for each in plan.value.titles)
    kept = _plain(yaml + titles).replace(without or "\0", "")
    lost = [
        f"{sheet.name}!{cell_name(row, column)}"
        for sheet in read.value
        for row, column in _cells(sheet)
        if not _is_named(sheet, row, column, findings) and not _is_kept(sheet.rows[row][column], kept)
    ]
    return Account(yaml, findings, lost)


def _cells(sheet: Sheet) -> list[tuple[int, int]]:
    """The cells with a text that no header is."""
    blocks = [*task_tables(table_of(sheet))]
    heads = {block.table.places[0][row] for block in blocks for row in range(block.header.start, block.header.end)}
    texts = {sheet.rows[row] for row in heads}
    filled = ((row, column) for row, cells in enumerate(sheet.rows) for column, cell in enumerate(cells) if cell)
    return [(row, column) for row, column in filled if sheet.rows[row] not in texts]


def _is_named(sheet: Sheet, row: int, column: int, findings: tuple[Finding, ...]) -> bool:
    cell = cell_name(row, column)
    for each in findings:
        if each.source is not sheet.source and each.pos.file != sheet.source.name:
            continue
        if each.code in ("PW744", "PW735") or each.pos.cell == cell:
            return True
        if each.code in ("PW738", "PW739") and each.pos.line == row + 1 and sheet.rows[row][column] in each.message:
            return True
        if each.code == "PW736" and each.pos.column == column + 1:
            return True
    return False


def _is_kept(text: str, kept: str) -> bool:
    if is_order(text) or is_blank(text):
        return True
    lines = (without_label(line) for line in text.split("\n"))
    pieces = (piece for line in lines for each in line.split("；") for piece in _CUT.split(without_label(each)))
    return all(_plain(piece) in kept or _plain(read_deadline(piece).shown) in kept for piece in pieces)


def _plain(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
