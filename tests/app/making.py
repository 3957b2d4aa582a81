"""A small plan as a .docx with its record, and the same edited by hand. No test by itself."""

from __future__ import annotations

from planwriter.app.outputs import render_plan
from planwriter.app.session import Session
from tests.hands import Hand
from tests.support import outline, plan

OUTLINE = outline()


def made(text: str = OUTLINE) -> bytes:
    """The .docx of an outline."""
    data = render_plan(Session(), plan(text), "docx").value
    assert data is not None
    return data


def typed(data: bytes) -> bytes:
    """A .docx in which a sentence was changed by hand."""
    hand = Hand(data)
    hand.replace("上好课", "上好每一堂课")
    return hand.save()
