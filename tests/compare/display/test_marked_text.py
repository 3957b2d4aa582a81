"""Tests of changed texts as pieces."""

from __future__ import annotations

import pytest
from hypothesis import given

from planwriter.compare.display.marked_text import SKIPPED, Mark, MarkedPiece, excerpt, joined, marked_pieces, only
from tests.compare.wordings import pairs


def _shown(old: str, new: str) -> str:
    signs = {Mark.KEPT: "{}", Mark.OUT: "[{}]", Mark.IN: "<{}>"}
    return "".join(signs[mark].format(text) for text, mark in excerpt(marked_pieces(old, new)))


@given(pairs())
def test_both_texts_are_in_the_pieces(pair: tuple[str, str]) -> None:
    old, new = pair
    pieces = marked_pieces(old, new)
    assert "".join(piece.text for piece in only(pieces, Mark.OUT)) == old
    assert "".join(piece.text for piece in only(pieces, Mark.IN)) == new


@given(pairs())
def test_an_excerpt_loses_nothing_that_changed(pair: tuple[str, str]) -> None:
    pieces = marked_pieces(*pair)
    short = excerpt(pieces)
    for mark in (Mark.OUT, Mark.IN):
        assert [each.text for each in short if each.mark is mark] == [each.text for each in pieces if each.mark is mark]
    kept = "".join(each.text for each in pieces if each.mark is Mark.KEPT)
    assert len("".join(each.text.replace(SKIPPED, "") for each in short if each.mark is Mark.KEPT)) <= len(kept)


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("一句。二句3所。三句。", "一句。二句5所。三句。", "……二句[3]<5>所。"),
        ("建成3所。不变的话。建成5所。", "建成4所。不变的话。建成6所。", "建成[3]<4>所。……建成[5]<6>所。"),
        ("建成3所，改造5所。", "建成4所，改造6所。", "建成[3]<4>所，改造[5]<6>所。"),
        (
            "说完了。（责任单位：甲；完成时限：3月）",
            "说完了。（责任单位：甲；完成时限：5月）",
            "……（责任单位：甲；完成时限：[3月]<5月>）",
        ),
        ("长" * 100 + "3" + "长" * 100, "长" * 100 + "5" + "长" * 100, "……" + "长" * 60 + "[3]<5>" + "长" * 60 + "……"),
        ("不变。", "不变。", "不变。"),
        ("", "新的。", "<新的。>"),
    ],
)
def test_only_the_sentences_that_changed_are_shown(old: str, new: str, shown: str) -> None:
    assert _shown(old, new) == shown


def test_neighbours_with_the_same_mark_are_one() -> None:
    pieces = (MarkedPiece("一"), MarkedPiece(""), MarkedPiece("二"), MarkedPiece("三", Mark.IN))
    assert joined(pieces) == (MarkedPiece("一二"), MarkedPiece("三", Mark.IN))
