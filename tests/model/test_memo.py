"""The memo of a run: the same object for the same objects, nothing for equal ones, and nothing kept for long."""

from __future__ import annotations

import gc
import weakref
from decimal import Decimal

import pytest

from planwriter.model import Block, Figure, Paragraph, Part, Text
from planwriter.model.memo import NO_MEMO, Memo

calls: list[object] = []


def noted(*given: object) -> list[object]:
    calls.append(given)
    return list(given)


def make_others(memo: Memo) -> None:
    """Documents that need nothing of those before them."""
    for _ in range(3):
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


def test_what_two_documents_did_not_need_is_forgotten() -> None:
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
