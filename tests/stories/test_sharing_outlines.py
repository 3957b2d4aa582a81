"""Outlines that are made in one process share what is typed the same; not a byte and not a finding of any of them changes."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planwriter.app import outputs, plans
from planwriter.app.session import Session
from planwriter.source.passages import FilePassage, PassagePlaces, _Retyped
from tests.outline_series import FAULTY, series


def result(session: Session, name: str, data: bytes, form: str, draft: bool) -> object:
    """Everything that is made of an outline: the findings with all places and lines shown, the bytes."""
    plan = plans.plan_bytes(session, data, name, draft=draft)
    made = outputs.render_plan(session, plan, form)
    shown = [
        (each, each.remedy, each.source.lines[each.pos.line - 1 : each.pos.line] if each.source else None)
        for each in (*plan.findings, *made.findings)
    ]
    return shown, made.value


def unlike(outlines: Sequence[tuple[str, bytes]], form: str, draft: bool) -> list[int]:
    """The numbers of the outlines that become something else together than each alone."""
    session = Session()
    session.remember(outlines=True)
    together = [result(session, name, data, form, draft) for name, data in outlines]
    alone = [result(Session(), name, data, form, draft) for name, data in outlines]
    return [number for number, pair in enumerate(zip(together, alone, strict=True)) if pair[0] != pair[1]]


SEEDS, FORMS = st.integers(0, 10**9), st.sampled_from(("docx", "docx", "text", "html"))


@settings(max_examples=5, deadline=None)
@given(SEEDS, FORMS, st.booleans())
def test_any_outlines_become_together_what_each_becomes_alone(seed: int, form: str, draft: bool) -> None:
    assert unlike(series(Random(seed)), form, draft) == []


@pytest.mark.long
@settings(max_examples=300, deadline=None)
@given(SEEDS, FORMS, st.booleans())
def test_many_outlines_become_together_what_each_becomes_alone(seed: int, form: str, draft: bool) -> None:
    assert unlike(series(Random(seed)), form, draft) == []


def test_the_comparison_finds_places_that_are_not_those_of_the_outline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each part of the sharing that keeps places right is needed."""
    other = FAULTY.replace("120人", "1３0人").replace("数值: 100", "数值: 105").replace("完成，", "完成3-5项，")
    again = other.replace("完成3-5项", "完成2-6项")
    texts = (FAULTY, FAULTY, "# 说明\n" + FAULTY, other, again, other, FAULTY.replace("2027: 3", "2026: 3"))
    typed = [("一.yaml" if number == 0 else "二.yaml", text.encode()) for number, text in enumerate(texts)]
    assert unlike(typed, "docx", draft=True) == []
    for owner, name, broken in (
        (PassagePlaces, "hold", lambda self, told: True),
        (
            PassagePlaces,
            "hold",
            lambda self, told: all(each == self.whole.name for each in told if isinstance(each, str)),
        ),
        (FilePassage, "is_free", lambda self, document: True),
        (FilePassage, "place", lambda self, before, typed: setattr(self, "file", self.places.whole)),
        (FilePassage, "place", _placed_as_it_was_typed),
        (_Retyped, "is_whole", lambda self: True),
    ):
        with monkeypatch.context() as patched:
            patched.setattr(owner, name, broken)
            assert unlike(typed, "docx", draft=True) != [], name


def _placed_as_it_was_typed(self: FilePassage, before: int, typed: str) -> None:
    self.document, self.file, self.before = self.places.document, self.places.whole, before
    for each, lines, inner in self.inner:
        each.place(before + lines, inner)


def test_an_outline_that_was_copied_shares_its_blocks() -> None:
    """Only what is typed anew is composed again, also where it stands at another line."""
    session = Session()
    session.remember(outlines=True)
    first = plans.plan_bytes(session, FAULTY.encode(), "一.yaml").outline
    text = "# 说明\n" + FAULTY.replace("甲3所、乙4所，共8所", "甲3所、乙5所，共8所")
    second = plans.plan_bytes(session, text.encode(), "二.yaml").outline
    assert first is not None and second is not None
    tops = [[block for part in outline.parts for block in part.blocks] for outline in (first, second)]
    assert [one is two for one, two in zip(*tops, strict=True)] == [True, True, False, False], (
        "the last one has a 标识 that an earlier one has, too"
    )
