"""The tables of a page: data or layout, rows of one length, merged areas."""

from __future__ import annotations

import pytest

from planwriter.importing.sources.markup import Block, read_page
from planwriter.importing.sources.web_tables import is_data, rows_of
from planwriter.model import Merge


def table(inner: str) -> Block:
    (block,) = read_page(f"<table>{inner}</table>").root.blocks()
    return block


@pytest.mark.parametrize(
    ("inner", "data"),
    [
        ("<tr><td>甲<td>乙<tr><td>丙<td>丁", True),
        ("<thead><tr><th>甲<th>乙<tbody><tr><td>丙<td>丁", True),
        ("<tr><td>甲<td>乙", False),
        ("<tr><td>甲<tr><td>乙", False),
        (f"<tr><td>栏目<td>{'正文。' * 600}<tr><td>甲<td>乙", False),
        ("<tr><td><table><tr><td>甲</table><td>乙<tr><td>丙<td>丁", False),
    ],
)
def test_a_table_of_data_has_rows_and_columns(inner: str, data: bool) -> None:
    assert is_data(table(inner)) is data


def test_rows_have_one_length_and_merged_areas_their_text_once() -> None:
    made = rows_of(table("<tr><td rowspan=2>甲<td colspan=2>乙<tr><td>丙<td>丁<tr><td>戊"), 100)
    assert made is not None
    assert made.rows == (("甲", "乙", ""), ("", "丙", "丁"), ("戊", "", ""))
    assert made.merges == (Merge(0, 0, 2, 1), Merge(0, 1, 1, 2))


def test_an_area_ends_with_the_table_and_before_a_cell_that_is_taken() -> None:
    made = rows_of(table("<tr><td>甲<td rowspan=9>乙<tr><td colspan=2>丙<tr><td>丁"), 100)
    assert made is not None
    assert made.rows == (("甲", "乙"), ("丙", ""), ("丁", "")) and made.merges == (Merge(0, 1, 3, 1),)


def test_too_many_cells_are_refused() -> None:
    assert rows_of(table("<tr><td rowspan=9999 colspan=9999>甲" + "<tr>" * 99), 100) is None
