"""The peers' layout in two sizes: the same page and styles, with and without what is not in use."""

import io

import pytest
from docx import Document
from docx.document import Document as DocumentObject

from benchmarks import layout


def _saved(document: DocumentObject) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_the_small_layout_is_a_fraction_of_the_big_one() -> None:
    assert len(_saved(layout.small_blank())) < len(_saved(layout.blank())) / 3


@pytest.mark.parametrize("name", ["Normal", "Title", "Heading 1", "Heading 4", "Lead 2", "Footer"])
def test_the_styles_in_use_are_the_same(name: str) -> None:
    small, big = (Document(io.BytesIO(_saved(made))) for made in (layout.small_blank(), layout.blank()))
    assert small.styles[name].element.xml == big.styles[name].element.xml


def test_the_page_is_the_same() -> None:
    small, big = (Document(io.BytesIO(_saved(made))).sections[0] for made in (layout.small_blank(), layout.blank()))
    assert (small.page_width, small.top_margin, small.left_margin) == (big.page_width, big.top_margin, big.left_margin)
    assert small.even_page_footer.paragraphs[0].text == big.even_page_footer.paragraphs[0].text
