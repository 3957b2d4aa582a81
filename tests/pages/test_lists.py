"""Labels counted by a program look on the page like labels that are text: the same lines, places and type."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from planwriter.start.records import replace
from tests import pages
from tests.support import drafts
from tests.wordml import render
from tests.writers.docx.listed import trees

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(bool(pages.missing()), reason=pages.missing() or "-"),
]

DOCUMENTS = {**trees(), **drafts()}
Open = Callable[[str, bool], Path]
_FIFTH = 1.2
"""A fifth of a character in millimetres, which LibreOffice sets between ① and Chinese where both are text, and not after a label."""


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Open:
    """The PDF of a document by its name, its labels counted or not; all are made in one run."""
    names = {(name, native): f"{at}-{native}" for at, name in enumerate(DOCUMENTS) for native in (False, True)}
    files = {file: render(replace(DOCUMENTS[name], native_numbering=native)) for (name, native), file in names.items()}
    made = pages.to_pdfs(files, tmp_path_factory.mktemp("lists"))
    return lambda name, native: made[names[name, native]]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_line_is_the_same_and_stands_where_it_stood(pdf: Open, name: str) -> None:
    text, counted = (
        [(at, line) for at, page in enumerate(pages.lines_of_pages(pdf(name, each))) for line in page]
        for each in (False, True)
    )
    assert [(at, line.text) for at, line in counted] == [(at, line.text) for at, line in text]
    for (_, one), (_, other) in zip(text, counted, strict=True):
        assert (other.left, other.top) == pytest.approx((one.left, one.top), abs=0.1)
        assert other.right == pytest.approx(one.right, abs=_FIFTH)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_character_has_the_same_font(pdf: Open, name: str) -> None:
    assert pages.texts_by_font(pdf(name, True)) == pages.texts_by_font(pdf(name, False))
