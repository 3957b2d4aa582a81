"""The memo of a run: the same object for the same objects, nothing for equal ones, and nothing kept for long."""

from __future__ import annotations

import gc
import weakref
from decimal import Decimal

import pytest

from planwriter.model import Block, Figure, Paragraph, Part, Text
from planwriter.model.memo import NO_MEMO, LastingMemo, Memo, Recent, apart_from_digits

calls: list[object] = []


def noted(*given: object) -> list[object]:
    calls.append(given)
    return list(given)


def make_others(memo: Memo) -> None:
    """Documents that need nothing of those before them."""
    for _ in range(6):
        memo.next_document()
        for number in range(20):
            memo.once(noted, Text(value=f"另{number}"))


@pytest.fixture(autouse=True)
def _no_calls() -> None:
    calls.clear()


def test_a_function_is_called_once_for_the_same_objects_and_equal_values() -> None:
    memo, text = Memo(), Text(value="甲")
    first = memo.once(noted, text, by=("年度", 2026))
    assert memo.once(noted, text, by=("年" + "度", 2026)) is first == ["年度", 2026, text] and len(calls) == 1
    assert memo.once(noted, text, by=("年度", 2027)) is not first
    assert memo.once(noted, text, text) is not first and len(calls) == 3


def test_equal_objects_are_not_the_same() -> None:
    """95 equals 95.0 but is printed differently, and equal texts stand at different places."""
    memo = Memo()
    first, second = Figure(value=Decimal("95")), Figure(value=Decimal("95.0"))
    assert first == second and memo.once(noted, first) is not memo.once(noted, second)


def test_what_a_few_documents_did_not_need_is_forgotten() -> None:
    memo, text = Memo(least=0), Text(value="甲")
    first = memo.once(noted, text)
    memo.next_document()
    assert memo.once(noted, text) is first, "needed by each document: kept"
    make_others(memo)
    assert memo.once(noted, text) is not first


def test_no_more_is_kept_than_a_few_documents_need() -> None:
    memo = Memo(least=0)
    for _ in range(50):
        make_others(memo)
    assert len(gc.get_referrers(noted)) < 200


def test_the_objects_are_kept_as_long_as_the_result() -> None:
    """Otherwise a different object could get the identity of one that is gone."""

    class Value:
        pass

    memo, value = Memo(least=0), Value()
    kept = weakref.ref(value)
    memo.once(noted, value)
    del value
    calls.clear()
    gc.collect()
    assert kept() is not None
    make_others(memo)
    calls.clear()
    gc.collect()
    assert kept() is None


def test_a_value_without_a_change_stays_itself() -> None:
    paragraph, text = Paragraph(text=Text(value="甲")), Text(value="乙")
    for memo in (Memo(), NO_MEMO):
        assert memo.replaced(paragraph, text=paragraph.text, duty=None) is paragraph
        assert memo.replaced(paragraph, text=text) == Paragraph(text=text)
    memo, part = Memo(), Part(role="甲", blocks=(paragraph,))
    blocks: list[Block] = [paragraph]
    assert memo.gathered(blocks, part.blocks) is part.blocks
    assert memo.replaced(paragraph, text=text) is memo.replaced(paragraph, text=text)
    assert memo.gathered([paragraph, paragraph]) is memo.gathered([paragraph, paragraph])


def test_without_a_memo_every_call_is_made() -> None:
    assert NO_MEMO.once(noted, 1) is not NO_MEMO.once(noted, 1) and len(calls) == 2


def test_a_function_with_effects_is_repeated_while_that_is_accepted() -> None:
    memo, text = Memo(), Text(value="甲")
    repeated: list[object] = []

    def again(made: list[object]) -> bool:
        repeated.append(made)
        return len(repeated) < 3

    refused: list[object] = []

    def make(before: list[object] | None) -> list[object]:
        refused.append(before)
        return noted(text)

    first = memo.once_while(make, again, text, by=("甲",))
    assert memo.once_while(make, again, text, by=("甲",)) is first and memo.once_while(make, again, text, by=("乙",))
    assert len(calls) == 2 and repeated == [first]
    assert memo.once_while(make, again, text, by=("甲",)) is first
    last = memo.once_while(make, again, text, by=("甲",))
    assert last is not first and len(calls) == 3, "not accepted: made anew, and that is remembered"
    assert refused == [None, None, first], "made from what was not accepted"
    repeated.clear()
    assert memo.once_while(make, again, text, by=("甲",)) is last
    assert NO_MEMO.once_while(make, again, text) is not NO_MEMO.once_while(make, again, text)


def test_what_was_read_for_a_result_is_counted_again() -> None:
    log: list[str] = []
    counted: list[object] = []

    def reading(text: Text) -> str:
        log.append(text.value)
        return text.value

    memo, text = Memo(log, lambda start: dict.fromkeys(log[start:], ""), counted.append), Text(value="甲")
    memo.once(reading, text)
    assert counted == []
    memo.once(reading, text)
    assert counted == [{"甲": ""}] and log == ["甲"]


def test_outlines_of_different_files_share_what_outlives_them() -> None:
    memo, text = LastingMemo(), Text(value="甲")
    assert memo.lasting(noted, text) is memo.lasting(noted, text) and len(calls) == 1
    assert memo.once(noted, text) is not memo.once(noted, text)
    assert NO_MEMO.lasting(noted, text) is not NO_MEMO.lasting(noted, text)
    assert Memo().remembers_blocks and not memo.remembers_blocks


def test_the_last_texts_are_remembered_and_no_long_ones() -> None:
    recent = Recent(size=3, longest=4)
    for number in range(4):
        recent.put(number, "短", [number])
    assert [recent.get(number) for number in range(4)] == [[0], [1], [2], [3]]
    for number in range(10, 20):
        recent.put(number, "短", [number])
        assert recent.get(3) == [3], "what is asked for stays"
    assert recent.get(0) is None and recent.get(10) is None
    recent.put("长", "很长的字", ["长"])
    recent.put("太长", "很长的文字", ["太长"])
    assert recent.get("长") == ["长"] and recent.get("太长") is None


def test_texts_that_differ_only_in_digits_have_one_key() -> None:
    assert apart_from_digits("新建3所，96.50%") == apart_from_digits("新建9所，00.13%")
    assert (
        len({apart_from_digits(text) for text in ("新建3所", "新建13所", "新建三所", "新建３所", "新建3座", "\ud800")})
        == 6
    )
