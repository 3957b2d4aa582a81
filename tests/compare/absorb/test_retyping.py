"""What is typed for an edited text: holes stay where they can, and no other character changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter.compare.absorb.retyping import (
    TypedEdit,
    Unabsorbable,
    retyped_text,
    text_edits,
    touched_holes,
    typed_stretches,
)
from planwriter.fill import fill
from planwriter.model import Filling, Text

NAMES = {"园数": "12所", "年度": "2026"}


def filled(typed: str) -> Text:
    marks: list[tuple[int, int, bool]] = []
    value, faults = fill(typed, NAMES, marks)
    assert not faults
    return Text(value=value, filling=Filling(typed=typed, pieces=tuple(marks)) if marks else None)


def retyped(typed: str, new: str) -> str:
    text = filled(typed)
    return retyped_text(text, text_edits(text.value, new))


def test_a_hole_stays_if_it_is_not_edited() -> None:
    typed = "建园{{ 园数 }}，{{年度}}年开园。"
    assert retyped(typed, "新建园12所，2026年秋开园。") == "新建园{{ 园数 }}，{{年度}}年秋开园。"
    assert retyped(typed, "建园12所。") == "建园{{ 园数 }}。"
    assert retyped(typed, filled(typed).value) == typed


def test_an_edited_hole_becomes_what_is_printed() -> None:
    assert retyped("建园{{ 园数 }}，{{年度}}年开园。", "建园15所，2026年开园。") == "建园15所，{{年度}}年开园。"


def test_part_of_a_text() -> None:
    text = filled("建园{{ 园数 }}。\n{{年度}}年开园。")
    start = text.value.index("2026")
    assert retyped_text(text, [], start, len(text.value)) == "{{年度}}年开园。"
    assert retyped_text(text, [], start, len(text.value), printed="年度") == "2026年开园。"


def test_what_would_be_read_as_a_hole_is_refused() -> None:
    for new in ("{{ 园数 }}", "a}}", "{% if %}", "\x07"):
        with pytest.raises(Unabsorbable):
            retyped_text(Text(value="好"), [TypedEdit(0, 1, new)])


def test_touched_holes() -> None:
    text = filled("建园{{ 园数 }}好")
    assert [hole.typed for hole, _ in touched_holes(text, text_edits(text.value, "建园13所好"))] == ["{{ 园数 }}"]
    assert not [*touched_holes(text, text_edits(text.value, "建园12所很好"))]
    assert [each.is_hole for each in typed_stretches(text)] == [False, True, False]


@given(st.lists(st.sampled_from(["学校", "{{ 园数 }}", "{{年度}}", "。", "教师"]), min_size=1, max_size=8), st.data())
def test_filled_again_it_is_what_was_edited(pieces: list[str], data: st.DataObject) -> None:
    text = filled("".join(pieces))
    start = data.draw(st.integers(0, len(text.value)))
    end = data.draw(st.integers(start, len(text.value)))
    new = text.value[:start] + data.draw(st.sampled_from(["", "新", "3", "好的"])) + text.value[end:]
    assert fill(retyped_text(text, text_edits(text.value, new)), NAMES)[0] == new


def test_a_glyph_that_no_character_stands_for_is_refused() -> None:
    assert retyped("建园", "☑建园") == "☑建园"
    with pytest.raises(Unabsorbable, match="符号字体"):
        retyped("建园", "\uf0cb建园")
