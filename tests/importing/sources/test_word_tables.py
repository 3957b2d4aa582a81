"""The tables of a .docx: rows of one length, merged areas, bounds."""

from __future__ import annotations

import pytest

from planwriter.importing.sources.word_tables import MAX_COLUMNS, WordGrid, grid_of, is_box
from planwriter.model import Merge
from tests.readers.docx.making import para, read


def cell(text: str, form: str = "") -> str:
    return f"<w:tc><w:tcPr>{form}</w:tcPr>{para(text)}</w:tc>"


def row(*cells: str, form: str = "") -> str:
    return f"<w:tr><w:trPr>{form}</w:trPr>{''.join(cells)}</w:tr>"


def grid(*rows: str, limit: int = 1000) -> WordGrid:
    return grid_of(read(f"<w:tbl>{''.join(rows)}</w:tbl>").tables[0], limit)


SPAN, DOWN, ON = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_rows_have_one_length_and_merged_areas_their_text_once() -> None:
    made = grid(
        row(cell("类", DOWN), cell("指标", SPAN)),
        row(cell("", ON), cell("名"), cell("值")),
        row(cell("园"), cell("覆盖率"), cell("95%")),
    )
    assert made.rows == (("类", "指标", ""), ("", "名", "值"), ("园", "覆盖率", "95%"))
    assert set(made.merges) == {Merge(0, 0, 2, 1), Merge(0, 1, 1, 2)} and made.cells == 9


def test_a_short_row_is_filled_and_an_area_without_a_beginning_is_its_own() -> None:
    made = grid(row(cell("甲"), cell("乙")), row(cell("丙", ON)))
    assert made.rows == (("甲", "乙"), ("丙", "")) and made.merges == ()


def test_an_area_of_another_width_does_not_go_on() -> None:
    made = grid(row(cell("甲", SPAN + DOWN)), row(cell("乙", ON), cell("丙")))
    assert made.rows == (("甲", ""), ("乙", "丙")) and made.merges == (Merge(0, 0, 1, 2),)


def test_deleted_rows_are_left_out() -> None:
    assert grid(row(cell("甲"), cell("乙")), row(cell("丙"), cell("丁"), form='<w:del w:id="1"/>')).rows == (
        ("甲", "乙"),
    )


def test_paragraphs_of_a_cell_are_lines_and_tables_in_it_rows() -> None:
    inner = f"<w:tbl>{row(cell('丙'), cell('丁'))}</w:tbl>"
    made = grid(row(f"<w:tc>{para('甲')}{para('乙')}{inner}</w:tc>", cell("戊")))
    assert made.rows == (("甲\n乙\n丙\t丁", "戊"),)


def test_too_many_cells_are_only_counted() -> None:
    assert grid(row(cell("甲"), cell("乙")), limit=1) == WordGrid((), (), 2)


def test_a_row_is_bounded_in_its_width() -> None:
    made = grid(row(cell("甲", '<w:gridSpan w:val="999999999"/>'), cell("乙")))
    assert len(made.rows[0]) == MAX_COLUMNS


@pytest.mark.parametrize(("cells", "box"), [(["甲"], True), (["甲", "乙"], False)])
def test_one_column_is_a_box(cells: list[str], box: bool) -> None:
    assert is_box(read(f"<w:tbl>{row(*map(cell, cells))}</w:tbl>").tables[0]) is box
