"""Parts of a text that may be left out: which are printed, and where each printed character was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter.fill import Marks, fill
from planwriter.fill.optional import (
    bracket_fault,
    cuts,
    named_parameters,
    optional_parts,
    required_names,
    without_parts,
)
from planwriter.fill.plain import NameTable

COUNT = "完成〔{{ 参数.个数 }}个〕项目评价，〔执行率低于{{ 参数.率 }}%的｜执行偏慢的〕逐个会商。"


def printed(text: str, **values: object) -> str:
    filled, faults = fill(text, {"参数": NameTable("参数", dict(values))}, None, cuts(text, frozenset(values)))
    assert not faults
    return filled


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ({}, "完成项目评价，执行偏慢的逐个会商。"),
        ({"个数": 12}, "完成12个项目评价，执行偏慢的逐个会商。"),
        ({"率": 75}, "完成项目评价，执行率低于75%的逐个会商。"),
        ({"个数": 12, "率": 75}, "完成12个项目评价，执行率低于75%的逐个会商。"),
    ],
)
def test_a_part_is_printed_if_its_parameters_have_values(values: dict[str, object], shown: str) -> None:
    assert printed(COUNT, **values) == shown


def test_a_part_with_two_parameters_needs_both() -> None:
    text = "开展培训〔{{ 参数.期 }}期、{{ 参数.人 }}人〕。"
    assert printed(text, 期=3) == "开展培训。"
    assert printed(text, 期=3, 人=200) == "开展培训3期、200人。"


def test_a_bracket_without_a_parameter_stays() -> None:
    text = "按国办发〔2023〕39号文件，办好〔{{ 参数.件 }}件〕实事。"
    assert printed(text) == "按国办发〔2023〕39号文件，办好实事。"
    assert [text[part.start : part.end] for part in optional_parts(text)] == ["〔{{ 参数.件 }}件〕"]


def test_what_a_text_cannot_do_without() -> None:
    text = "{{ 参数.甲 }}，〔{{ 参数.乙 }}〕，〔{{ 参数.丙 }}｜{{ 参数.丁 }}〕。"
    assert required_names(text) == {"甲", "丁"}
    assert named_parameters(text) == {"甲", "乙", "丙", "丁"}


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("〔甲〔{{ 参数.数 }}〕〕", 2),
        ("{{ 参数.数 }}个〕", 11),
        ("〔{{ 参数.数 }}个", 0),
    ],
)
def test_faulty_brackets_are_found(text: str, at: int) -> None:
    assert bracket_fault(text)[0] == at


@pytest.mark.parametrize("text", [COUNT, "国办发〔2023〕39号", "没有括号的{{ 参数.数 }}", "〔没有参数〕"])
def test_sound_brackets_have_no_fault(text: str) -> None:
    assert bracket_fault(text) == (-1, "")


def test_each_character_is_traced_to_where_it_was_typed() -> None:
    marks: Marks = []
    text = COUNT
    filled, _ = fill(text, {"参数": NameTable("参数", {"率": 75})}, marks, cuts(text, frozenset({"率"})))
    for (start, at, is_hole), following in zip(marks, [*marks[1:], (len(filled), 0, False)], strict=True):
        piece = filled[start : following[0]]
        assert piece == "75" if is_hole else text[at : at + len(piece)] == piece


words = st.lists(st.sampled_from(["甲", "，", "〔", "〕", "｜", "{{ 参数.a }}", "{{ 参数.b }}", "2023"]), max_size=12)


@given(words, st.sets(st.sampled_from(["a", "b"])))
def test_whatever_is_typed_every_stretch_left_out_is_in_order_and_no_hole_is_cut(
    pieces: list[str], names: set[str]
) -> None:
    text = "".join(pieces)
    unprinted = cuts(text, frozenset(names))
    flat = [at for cut in unprinted for at in cut]
    assert flat == sorted(flat)
    required = required_names(text)
    values = dict.fromkeys(names | required, "值")
    shown, faults = fill(text, {"参数": NameTable("参数", values)}, None, cuts(text, frozenset(values)))
    assert not faults
    assert "参数" not in shown and set(without_parts(text)) <= set(text)
