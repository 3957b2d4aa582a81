"""The figures of style: pure functions of a text."""

from __future__ import annotations

import pytest

from planwriter.checks.prose.style import closing, commonest, is_concrete, opening, sentences, skeleton, spread


def test_spread_is_the_coefficient_of_variation() -> None:
    assert spread([100, 100, 100]) == 0
    assert spread([50, 150]) == 0.5
    assert spread([]) == 0


def test_sentences_end_with_three_marks_and_line_ends() -> None:
    assert sentences("一句。两句！三句？\n四句") == ["一句", "两句", "三句", "四句"]
    assert sentences("一句；还是一句。") == ["一句；还是一句"]


def test_the_commonest_word_is_counted_without_none() -> None:
    assert commonest(["", "", "加强", "摸清", "加强"]) == ("加强", 2)
    assert commonest(["乙", "甲"]) == ("乙", 1) or commonest(["乙", "甲"]) == ("甲", 1)
    assert commonest([""]) == ("", 0)


@pytest.mark.parametrize(
    ("text", "begins", "ends"),
    [
        ("“双减”落实到班，切实促进公平。", "双减", "促进"),
        ("一是摸清底数，逐户登记。", "摸清", "逐户"),
        ("摸清底数。", "摸清", ""),
        ("二十一、摸清底数。", "摸清", "摸清"),
        ("（三）摸清底数。", "摸清", ""),
        ("一季度摸清底数。", "一季", ""),
        ("摸清底数。登记造册，让群众满意。", "摸清", "让群"),
        ("3月底前摸清底数，12月底前销号。", "", ""),
        ("", "", ""),
    ],
)
def test_opening_and_ending_are_two_characters(text: str, begins: str, ends: str) -> None:
    assert (opening(text), closing(text)) == (begins, ends)


def test_a_skeleton_is_what_the_sentences_share_with_others() -> None:
    one = "坚持预防为主。开展检查4次。加强考核，促进提升。"
    assert skeleton(one) == "常用词开头，常用词开头+有数，常用词开头+目的收尾"
    assert skeleton("坚持公益属性。组织评比9次。健全台账，确保真实。") == skeleton(one)
    assert skeleton("坚持公益属性。组织评比。健全台账，确保真实。") != skeleton(one)


def test_a_short_text_and_an_unusual_one_have_no_skeleton() -> None:
    assert skeleton("坚持预防为主。加强考核。") == ""
    assert skeleton("村组干部分片包地块。收割前送告知书。发现火情先处置。") == ""


def test_a_sentence_is_concrete_with_a_figure_a_name_a_list_or_a_date() -> None:
    assert all(map(is_concrete, ("改造3所", "落实《预算法》", "摸清一厂、二厂、三厂", "汛前查完", "建好问题清单")))
    assert not is_concrete("认真负责地做好各项工作，不断取得新的进步")
