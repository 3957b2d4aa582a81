"""Charts on the page: complete, inside the type area, on the page of their captions; skipped if the tools are missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from planwriter.writers.plot import find_font
from tests import pages
from tests.pages.ink import bands
from tests.support import document, render
from tests.writers.pictures import PLAN

pytest.importorskip("matplotlib")
pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(bool(pages.missing()), reason=pages.missing() or "-"),
    pytest.mark.skipif(find_font("指标") is None, reason="no Chinese font is installed"),
]

LEFT, RIGHT, TOP, BOTTOM = 28, 184, 37, 262
MM = 1.0


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of a plan with a chart in its text, a high one and a low one in its attachments."""
    data = render(document(PLAN), "docx").value
    assert data is not None
    return pages.to_pdf(data, tmp_path_factory.mktemp("pictures"))


def test_a_chart_in_the_text_is_not_clipped_to_a_line_and_has_its_caption_below(pdf: Path) -> None:
    lines = pages.lines_of_pages(pdf)[0]
    before, caption, after = (
        next(line for line in lines if start in line.text) for start in ("上好课", "学前教育主要指标", "动起来")
    )
    assert before.bottom < caption.top < after.top
    inside = [band for band in bands(pdf, 1, red=False) if band.top > before.bottom and band.bottom < caption.top]
    assert inside[-1].bottom - inside[0].top > 45, "as high as it was drawn: 58 mm, less its white edges"
    assert min(band.left for band in inside) >= LEFT - MM and max(band.right for band in inside) <= RIGHT + MM


def test_charts_in_attachments_stand_on_the_page_of_their_title_within_the_type_area(pdf: Path) -> None:
    texts = ["".join(line.text for line in page) for page in pages.lines_of_pages(pdf)]
    assert ["主要指标走势图" in texts[1], "再看一遍" in texts[2], len(texts)] == [True, True, 3]
    for number, least in ((2, 100), (3, 45)):
        inked = [band for band in bands(pdf, number, red=False) if band.bottom < BOTTOM + MM]
        assert inked[-1].bottom - inked[0].top > least
        assert min(band.left for band in inked) >= LEFT - MM and max(band.right for band in inked) <= RIGHT + MM
