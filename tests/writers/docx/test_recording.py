"""What the record says of an item is the same whether it is written in a render or from the values of a record."""

from __future__ import annotations

import pytest

from planwriter.model import Document, MadeFrom
from planwriter.plan.flow import flow, shown
from planwriter.writers.docx.record import RecordTable, decode, encode, record_of
from planwriter.writers.docx.recording import packed_document, place_of, recorded, targets_of
from tests.random_outlines import planned_outline
from tests.support import document, outline
from tests.writers.framed import documents

DOCUMENTS = documents()
_MADE = MadeFrom("要点.yaml", "0" * 64, "学前教育股", True, "学校.xlsx 第3行")


def check_recorded(made: Document) -> None:
    text = packed_document(made, _MADE, [text for item in flow(made) for text in recorded(item)[0]])
    record = record_of(made, _MADE)
    assert text == encode(record) and decode(text) == record


@pytest.mark.parametrize("name", DOCUMENTS)
def test_both_ways_give_the_same(name: str) -> None:
    check_recorded(DOCUMENTS[name])


@pytest.mark.parametrize("seed", range(30))
def test_so_they_do_for_any_document(seed: int) -> None:
    check_recorded(planned_outline(seed))


def test_each_item_that_is_shown_is_one_text() -> None:
    for item in flow(DOCUMENTS["everything"]):
        assert len(recorded(item)[0]) == len(shown(item))


TABLE = "重点任务:\n  - 章: 提高质量\n    内容:\n      - 表: [[项目, 数], [园数, '共{{ 指标.园数 }}']]\n"


def test_what_was_filled_in_in_a_cell_is_known() -> None:
    made = document(outline(TABLE, extra="指标: {园数: {数值: 3, 单位: 所}}\n"))
    (table,) = (each for each in record_of(made).items if isinstance(each, RecordTable))
    assert table.rows == (("项目", "数"), ("园数", "共3所"))
    assert table.values == ((1, 1, 1, 3, "指标.园数"),)
    assert targets_of(made) == (("园数", "3所"),)


def test_a_place_is_the_line_in_the_outline() -> None:
    text = outline(TABLE, extra="指标: {园数: {数值: 3, 单位: 所}}\n")
    places = {place_of(each) for item in flow(document(text)) for each in shown(item)}
    typed = text.split("\n")
    assert {"  - 章: 提高质量", "  - 章: 强化保障", "      - 条: 加强领导"} <= {
        typed[place - 1] for place in places if place
    }
