"""The questions that stand in a copy of a .docx, and how they come back."""

from __future__ import annotations

from planwriter.app.outputs import render
from planwriter.app.session import Session
from planwriter.model import MadeFrom
from planwriter.writers.docx.questions import questions_of, with_questions
from planwriter.writers.docx.record import record_of_docx
from tests.absorbing import SAMPLE, opened
from tests.hands import resaved, retouched

ONE, TWO = ("0123456789abcdef", "f" * 16), ("0" * 16, "a" * 16)


def document() -> bytes:
    data = render(Session(), opened(SAMPLE).document, "docx", made_from=MadeFrom("提纲.yaml", "0" * 64)).value
    assert data is not None
    return data


def test_they_survive_a_save_and_are_replaced_by_others() -> None:
    data = document()
    assert questions_of(data) == {}
    asked = with_questions(data, (ONE, TWO))
    for saved in (asked, resaved(asked), retouched(asked)):
        assert questions_of(saved) == dict((ONE, TWO))
        assert record_of_docx(saved, "").value == record_of_docx(data, "").value
    assert questions_of(with_questions(asked, (TWO,))) == dict((TWO,))


def test_what_is_no_question_is_none() -> None:
    data = document()
    assert questions_of(with_questions(data, (("zz", "yy"),))) == {}
    assert questions_of(b"PK") == {}
