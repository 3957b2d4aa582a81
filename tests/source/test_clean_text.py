"""Whether a text has slips is the same, whatever other texts were looked at before."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planwriter.source import clean_text, mend
from planwriter.source.clean_text import CleanTexts
from planwriter.source.keys import OUTLINE_KEYS
from tests.outline_series import EXAMPLES, FAULTY, SLIPS, series

KEPT = CleanTexts()
"""For all tests, so that much is known."""


def is_clean(text: str) -> bool:
    mended = mend.mend(text, "x.yaml", OUTLINE_KEYS)
    return not mended.findings and mended.value.text == text


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**9))
def test_it_agrees_with_mending(seed: int) -> None:
    for _, data in series(Random(seed)):
        text = data.decode("utf-8").replace("\r\n", "\n")
        assert KEPT.is_clean(text, OUTLINE_KEYS) == is_clean(text)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            (*FAULTY.split("\n"), *SLIPS, "  - 章: 甲", "    文: 甲 # 乙", "    文: '甲", "    乙'", "- 甲")
        ),
        max_size=12,
    )
)
def test_it_agrees_with_mending_on_heaps_of_lines(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert KEPT.is_clean(text, OUTLINE_KEYS) == is_clean(text)


def test_lines_that_differ_only_in_digits_are_looked_at_once() -> None:
    assert not any(each.isdigit() for key in OUTLINE_KEYS for each in key), "else it would matter which they are"
    chance = Random(1)
    for text in (*EXAMPLES, FAULTY, *SLIPS):
        assert KEPT.is_clean(text, OUTLINE_KEYS) == is_clean(text)
        for _ in range(5):
            other = "".join(chance.choice("0123456789") if each in "0123456789" else each for each in text)
            assert KEPT.is_clean(other, OUTLINE_KEYS) == is_clean(other)


def test_a_text_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def noted(raw: str, number: int, state: object) -> object:
        seen.append(raw)
        return mend.mend_line(raw, number, state)  # type: ignore[arg-type]

    monkeypatch.setattr(clean_text, "mend_line", noted)
    kept, text = CleanTexts(), EXAMPLES[0]
    assert kept.is_clean(text, OUTLINE_KEYS) and seen
    seen.clear()
    assert kept.is_clean(text, OUTLINE_KEYS) and not seen
    lines = text.split("\n")
    assert kept.is_clean("\n".join([*lines[:-1], "# 说明", ""]), OUTLINE_KEYS)
    assert 0 < len(seen) < len(lines) / 2


def test_what_was_known_does_not_grow_without_bound() -> None:
    kept = CleanTexts()
    for number in range(3000):
        assert kept.is_clean(f"文种: 工作要点\n标题: 第{number}个标题\n指标:\n  甲{number}: 1\n", OUTLINE_KEYS)
    assert len(kept._now) + len(kept._before) < 2500 and len(kept._states) < 2500
