"""Tests of rows with their labels, and of tables as marked cells."""

from __future__ import annotations

from planwriter.compare.display.marked_rows import item_of, marked_cells, row_pieces, table_rows
from planwriter.compare.display.marked_text import Mark, MarkedPiece, Pieces
from planwriter.compare.edits.difference import Difference, DifferenceKind, Differences, differences
from planwriter.compare.versions.version import VersionItem
from tests.compare.sides import side, table


def _shown(pieces: Pieces) -> str:
    return "".join({Mark.KEPT: "{}", Mark.OUT: "[{}]", Mark.IN: "<{}>"}[mark].format(text) for text, mark in pieces)


def _rows(old: tuple[str | VersionItem, ...], new: tuple[str | VersionItem, ...]) -> tuple[Differences, Difference]:
    found = differences(side(*old), side(*new))
    return found, found.changes[0]


def test_a_label_that_only_counts_on_is_the_new_one_and_a_changed_one_is_marked() -> None:
    found, row = _rows(("1.甲完成3所。", "2.乙完成5所。"), ("1.乙完成6所。",))
    changed = next(each for each in found.rows if each.kind is DifferenceKind.CHANGED)
    assert _shown(row_pieces(found, changed)) == "1.乙完成[5]<6>所。"
    found, row = _rows(("1.甲完成3所。", "2.乙完成5所。"), ("1.甲完成3所。", "7.乙完成5所。"))
    assert _shown(row_pieces(found, row)) == "[2.]<7.>乙完成5所。"


def test_what_is_new_or_gone_is_marked_whole() -> None:
    found, row = _rows(("1.甲完成3所。",), ("1.甲完成3所。", "2.丙。"))
    assert row_pieces(found, row) == (MarkedPiece("2.丙。", Mark.IN),)
    found, row = _rows(("1.甲完成3所。", "2.丙。"), ("1.甲完成3所。",))
    assert row_pieces(found, row) == (MarkedPiece("2.丙。", Mark.OUT),)
    assert item_of(found, row).text == "丙。"


def test_a_table_with_its_changes() -> None:
    old, new = table("指标|数值", "床位|120", "学校|3"), table("指标|数值", "床位|150", "公路|30")
    found, row = _rows((old,), (new,))
    shown = [[_shown(cell) for cell in cells] for cells in table_rows(found, row)]
    assert shown[:2] == [["指标", "数值"], ["床位", "[120]<150>"]]
    assert next((cell.where, _shown(cell.pieces)) for cell in marked_cells(found, row)) == ("床位 · 数值", "[120]<150>")


def test_rows_that_one_table_does_not_have() -> None:
    found, row = _rows((table("指标|数值", "床位|120"),), (table("指标|数值", "床位|120", "公路|30"),))
    assert [[_shown(cell) for cell in cells] for cells in table_rows(found, row)][-1] == ["<公路>", "<30>"]
    assert [(cell.where, _shown(cell.pieces)) for cell in marked_cells(found, row)] == [("增加第3行", "<公路　30>")]


def test_a_new_table_is_marked_whole() -> None:
    found, row = _rows(("一句话。",), ("一句话。", table("甲|乙")))
    assert table_rows(found, row) == (((MarkedPiece("甲", Mark.IN),), (MarkedPiece("乙", Mark.IN),)),)
